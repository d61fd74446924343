//! A person whose entry was merged into another one, on a device with a store of theirs: what they left there goes
//! out when they are back, under whichever entry that is.

use crate::device_sign_in::sign_in;
use crate::district::{District, Member, at_site, post};
use crate::native::{device, open, until_on_the_server, until_there, visit, whereabouts};
use crate::server::TestServer;
use crate::signed_in::{asking, new_device, read, secret_of, signed_in};
use crate::support::forms::publish_three_reads;
use lookfor::domain::collect::visit::Whereabouts;
use lookfor::domain::event::Body;
use lookfor::domain::id::PersonId;
use lookfor::domain::people::{PersonMerged, Place, Role};
use lookfor::host::{Host, Me, Opened, Reply, Request};
use lookfor::sync::office::Invitation;
use rstest::rstest;
use tempfile::TempDir;

/// Somebody with two entries, a colleague, an admin, and a device.
struct Twice {
    district: District,
    admin: Member,
    merged: Member,
    stands: Member,
    colleague: Member,
    folder: TempDir,
}

impl Twice {
    async fn entered() -> Self {
        let server = TestServer::start().await;
        publish_three_reads(&server.data);
        let district = District::on(server);
        Self {
            admin: district.member(1, &[post(Role::Admin, Place::District)]),
            merged: district.member(2, &[at_site(Role::Principal)]),
            stands: district.member(3, &[at_site(Role::Principal)]),
            colleague: district.member(4, &[at_site(Role::Principal)]),
            folder: tempfile::tempdir().unwrap(),
            district,
        }
    }

    /// The device, on which the first entry signed in, left, and has a visit that was not sent.
    async fn with_a_visit_left_behind(&self) -> Host {
        let host = device(self.folder.path(), &self.district.server.url);
        open(&host).await;
        sign_in(&host, self.secret(&self.merged).await).await;
        until_there(&host).await;
        let left = host.ask(Request::SignOut).await;
        assert!(matches!(left, Ok(Reply::Opened(_))), "{left:?}");
        visit(&host, 1).await;
        assert_eq!(whereabouts(&host).await, [Whereabouts::OnThisDevice]);
        host
    }

    async fn merge(&self) {
        let fact = PersonMerged {
            from: self.merged.person,
            into: self.stands.person,
        };
        let said = self.admin.seal(fact, &[]);
        self.admin.says(&self.district.server, said).await;
        self.district.settled().await;
    }

    async fn secret(&self, whom: &Member) -> String {
        let path = format!("/api/v1/people/{}/invitation", whom.person);
        let said = self
            .admin
            .post(&self.district.server, &path, "null".into())
            .await;
        secret_of(&read::<Invitation>(&said).link)
    }

    /// Who made the visits that the server has, in the order in which they came.
    fn authors(&self) -> Vec<PersonId> {
        let rows = self.district.server.stored().rows();
        let bodies = rows
            .iter()
            .map(|row| serde_json::from_slice::<Body>(&row.body).unwrap());
        let visits = bodies.filter(|body| body.kind == "walkthrough_submitted");
        visits.map(|body| body.author).collect()
    }
}

fn is(opened: &Opened, person: &Member) -> bool {
    matches!(opened.me, Me::SignedIn { id, .. } if id == person.person)
}

async fn go_on_as(host: &Host, person: PersonId) -> Opened {
    match host.ask(Request::Use { person }).await {
        Ok(Reply::Opened(opened)) => opened,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_sign_in_says_every_entry_of_the_person() {
    let twice = Twice::entered().await;
    let url = &twice.district.server.url;
    let secret = twice.secret(&twice.merged).await;
    let before = signed_in(url, &asking(&secret, new_device(1))).await;
    assert_eq!(before.entries, [twice.merged.person]);
    twice.merge().await;
    let both = [twice.stands.person, twice.merged.person];
    for (number, whom) in [(2, &twice.merged), (3, &twice.stands)] {
        let secret = twice.secret(whom).await;
        let after = signed_in(url, &asking(&secret, new_device(number))).await;
        assert_eq!(
            (after.person, &after.entries[..]),
            (twice.stands.person, &both[..])
        );
    }
}

#[rstest]
#[case::with_their_own_store_open(false)]
#[case::beside_the_store_of_a_colleague(true)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_left_before_a_merge_goes_out_when_the_person_is_back(#[case] beside: bool) {
    let twice = Twice::entered().await;
    let host = twice.with_a_visit_left_behind().await;
    if beside {
        sign_in(&host, twice.secret(&twice.colleague).await).await;
    }
    twice.merge().await;
    let opened = sign_in(&host, twice.secret(&twice.stands).await).await;
    assert!(is(&opened, &twice.stands), "{:?}", opened.me);
    assert_eq!(opened.today.visits.len(), 1);
    until_on_the_server(&host, 1).await;
    visit(&host, 2).await;
    until_on_the_server(&host, 2).await;
    assert_eq!(twice.authors(), [twice.merged.person, twice.stands.person]);

    // Switched off and on, it is the same store.
    assert_eq!(host.ask(Request::Close).await, Ok(Reply::Done));
    let opened = open(&host).await;
    assert!(is(&opened, &twice.stands), "{:?}", opened.me);
    assert_eq!(opened.today.visits.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_with_a_store_under_either_entry_loses_neither() {
    let twice = Twice::entered().await;
    let host = twice.with_a_visit_left_behind().await;
    sign_in(&host, twice.secret(&twice.stands).await).await;
    visit(&host, 1).await;
    until_on_the_server(&host, 1).await;
    twice.merge().await;

    go_on_as(&host, twice.merged.person).await;
    let opened = sign_in(&host, twice.secret(&twice.stands).await).await;
    assert!(is(&opened, &twice.merged), "{:?}", opened.me);
    until_on_the_server(&host, 1).await;
    let opened = go_on_as(&host, twice.stands.person).await;
    assert!(is(&opened, &twice.stands), "{:?}", opened.me);
    visit(&host, 2).await;
    until_on_the_server(&host, 2).await;
    let (stands, merged) = (twice.stands.person, twice.merged.person);
    assert_eq!(twice.authors(), [stands, merged, stands]);
}
