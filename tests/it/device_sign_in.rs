//! Signing in, on a device without a window: each person a store, and nothing lost on the way.

use crate::native::{device, open, until_on_the_server, until_there, visit, whereabouts};
use crate::server::Stored;
use crate::support::forms::of_form;
use crate::support::office::Office;
use crate::support::program::Program;
use axum::http::StatusCode;
use lookfor::domain::agreement::Agreement;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::visit::Whereabouts;
use lookfor::domain::document::{Audience, Document, ErasedDocument, PersonDocument};
use lookfor::domain::event::Body;
use lookfor::domain::id::{EventId, PersonId, SiteId};
use lookfor::domain::problem::Problem;
use lookfor::host::{Here, Host, Me, Opened, Reply, Request};
use rusqlite::Connection;
use serde_json::json;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A server behind an office, and the folder of a device.
struct District {
    data: TempDir,
    folder: TempDir,
    office: Office,
    _server: Program,
}

impl District {
    async fn open() -> Self {
        let data = tempfile::tempdir().unwrap();
        // No page is asked for, so there need be none.
        let server = Program::start(data.path(), data.path());
        let office = Office::before(&server);
        for (kind, id, body) in of_form(&Form::three_reads()) {
            office.say(Audience::Everyone, kind, &id, &body);
        }
        Self {
            office,
            folder: tempfile::tempdir().unwrap(),
            data,
            _server: server,
        }
    }

    fn device(&self) -> Host {
        device(self.folder.path(), &self.office.url())
    }

    fn bodies(&self) -> Vec<Body> {
        let rows = Stored::in_folder(self.data.path()).rows();
        let read = |row: &crate::server::Row| serde_json::from_slice(&row.body).unwrap();
        rows.iter().map(read).collect()
    }
}

fn ada() -> PersonId {
    PersonId::mint(1, [5; 10])
}

fn ben() -> PersonId {
    PersonId::mint(1, [6; 10])
}

pub async fn sign_in(host: &Host, secret: String) -> Opened {
    match host.ask(Request::sign_in(secret)).await {
        Ok(Reply::Opened(opened)) => opened,
        other => panic!("{other:?}"),
    }
}

/// Puts a form into the store of a device that no server has given one.
pub fn carry(folder: &Path) {
    let store = Connection::open(folder.join("store.sqlite")).unwrap();
    store.busy_timeout(Duration::from_secs(10)).unwrap();
    for (kind, id, body) in of_form(&Form::three_reads()) {
        let json = json!({ "kind": kind, "body": body }).to_string();
        let sql = "insert into inbox (audience, kind, id, body) values ('everyone', ?1, ?2, ?3)";
        store.execute(sql, (kind, id, json.into_bytes())).unwrap();
    }
}

async fn people(host: &Host) -> (Vec<Here>, u32) {
    match host.ask(Request::People).await {
        Ok(Reply::People { here, unsent }) => (here, unsent),
        other => panic!("{other:?}"),
    }
}

pub async fn ids(host: &Host, kind: &str) -> Vec<String> {
    let request = Request::Documents {
        kind: kind.into(),
        before: None,
    };
    match host.ask(request).await {
        Ok(Reply::Documents(found)) => found.into_iter().map(|kept| kept.id).collect(),
        other => panic!("{other:?}"),
    }
}

pub async fn until_ids(host: &Host, kind: &str, wanted: &[&str]) {
    for _ in 0..2_000 {
        if ids(host, kind).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("still {:?}", ids(host, kind).await);
}

async fn until_me(host: &Host, wanted: impl Fn(&Me) -> bool) {
    for _ in 0..2_000 {
        if wanted(&open(host).await.me) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("still {:?}", open(host).await.me);
}

fn agreement(version: u32) -> Document {
    Document::Agreement(Agreement {
        version,
        ..Agreement::first()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn visits_from_before_the_sign_in_become_the_persons_and_travel() {
    let district = District::open().await;
    let host = district.device();
    assert_eq!(open(&host).await.me, Me::Nobody { usable: false });
    // What versions without a sign-in carried within them.
    carry(district.folder.path());
    visit(&host, 1).await;
    assert_eq!(open(&host).await.me, Me::Nobody { usable: true });
    assert_eq!(district.office.pushes(), 0);
    assert_eq!(whereabouts(&host).await, [Whereabouts::OnThisDevice]);

    let opened = sign_in(&host, district.office.invite(ada(), "Ada")).await;
    assert!(matches!(opened.me, Me::SignedIn { id, .. } if id == ada()));
    until_on_the_server(&host, 1).await;
    visit(&host, 2).await;
    until_on_the_server(&host, 2).await;

    let [first, second] = &district.bodies()[..] else {
        panic!("two records")
    };
    let [asked] = &district.office.sign_ins()[..] else {
        panic!("one sign-in")
    };
    assert_eq!(asked.formerly, Some(first.author));
    assert_eq!(asked.device, first.device);
    assert_eq!((second.author, second.device), (ada(), first.device));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_has_a_store_and_what_one_left_unsent_travels_when_they_are_back() {
    let district = District::open().await;
    let host = district.device();
    open(&host).await;
    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    district
        .office
        .fail(Some((StatusCode::BAD_GATEWAY, Problem::ServerFailed)));
    visit(&host, 1).await;
    assert_eq!(people(&host).await.1, 1);

    let opened = sign_in(&host, district.office.invite(ben(), "Ben")).await;
    assert_eq!((opened.today.visits.len(), opened.today.next_visit), (0, 1));
    district.office.fail(None);
    visit(&host, 1).await;
    until_on_the_server(&host, 1).await;
    assert_eq!(district.bodies().len(), 1, "Ada's visit waits for Ada");

    // The device is switched off and on: Ben still sits there.
    assert_eq!(host.ask(Request::Close).await, Ok(Reply::Done));
    drop(host);
    let host = district.device();
    assert!(matches!(open(&host).await.me, Me::SignedIn { id, .. } if id == ben()));
    let (here, unsent) = people(&host).await;
    let told: Vec<_> = here.iter().map(|one| (&*one.name, one.current)).collect();
    assert_eq!((told, unsent), (vec![("Ada", false), ("Ben", true)], 0));

    let back = host.ask(Request::Use { person: ada() }).await;
    assert!(matches!(back, Ok(Reply::Opened(opened)) if opened.today.visits.len() == 1));
    until_on_the_server(&host, 1).await;
    let authors: Vec<PersonId> = district.bodies().iter().map(|body| body.author).collect();
    assert_eq!(authors, [ben(), ada()]);
    let devices: std::collections::BTreeSet<_> =
        district.bodies().iter().map(|body| body.device).collect();
    assert_eq!(devices.len(), 2);
    let stranger = PersonId::mint(1, [9; 10]);
    let refused = host.ask(Request::Use { person: stranger }).await;
    assert_eq!(refused, Err(Problem::NotAllowed));
    assert!(matches!(open(&host).await.me, Me::SignedIn { id, .. } if id == ada()));
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_drops_nothing_and_the_same_person_goes_on() {
    let district = District::open().await;
    let host = district.device();
    open(&host).await;
    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    district
        .office
        .fail(Some((StatusCode::BAD_GATEWAY, Problem::ServerFailed)));
    visit(&host, 1).await;
    let left = host.ask(Request::SignOut).await;
    let Ok(Reply::Opened(left)) = left else {
        panic!("{left:?}")
    };
    assert!(matches!(left.me, Me::SignedOut { id, .. } if id == ada()));
    assert_eq!(district.office.devices(), 0);
    district.office.fail(None);
    assert_eq!(host.ask(Request::Nudge).await, Ok(Reply::Done));
    assert_eq!(whereabouts(&host).await, [Whereabouts::OnThisDevice]);

    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    until_on_the_server(&host, 1).await;
    assert_eq!(district.bodies().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_device_records_on_and_sends_after_the_next_sign_in() {
    let district = District::open().await;
    let host = district.device();
    open(&host).await;
    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    until_there(&host).await;
    district.office.end_all();
    visit(&host, 1).await;
    until_me(&host, |me| matches!(me, Me::SignInAgain { .. })).await;
    visit(&host, 2).await;
    assert_eq!(district.bodies().len(), 0);

    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    until_on_the_server(&host, 2).await;
    assert!(matches!(open(&host).await.me, Me::SignedIn { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_signs_in_another_device_of_the_same_person_once() {
    let district = District::open().await;
    let host = district.device();
    open(&host).await;
    assert_eq!(host.ask(Request::NewCode).await, Err(Problem::NotSignedIn));
    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    let answer = host.ask(Request::NewCode).await;
    let Ok(Reply::Code { code, .. }) = answer else {
        panic!("{answer:?}")
    };
    let folder = tempfile::tempdir().unwrap();
    let phone = device(folder.path(), &district.office.url());
    open(&phone).await;
    let typed = format!(" {} ", code.to_lowercase());
    let opened = sign_in(&phone, typed).await;
    assert!(matches!(opened.me, Me::SignedIn { id, .. } if id == ada()));
    let again = phone.ask(Request::sign_in(code)).await;
    assert_eq!(again, Err(Problem::SecretUnknown));
    assert!(matches!(open(&phone).await.me, Me::SignedIn { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_without_a_network_says_so_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let host = device(folder.path(), "http://127.0.0.1:9");
    open(&host).await;
    let secret = "https://lookfor.example.org/join#s".to_owned();
    let refused = host.ask(Request::sign_in(secret)).await;
    assert_eq!(refused, Err(Problem::NoAnswer));
    assert_eq!(open(&host).await.me, Me::Nobody { usable: false });
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_come_by_themselves_and_go_with_their_audience() {
    let district = District::open().await;
    let host = district.device();
    open(&host).await;
    for version in 1..=5 {
        district
            .office
            .publish(Audience::Everyone, &agreement(version));
    }
    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    until_ids(&host, "agreement", &["5", "4", "3", "2", "1"]).await;

    // The quiet stream says that there is news; nobody asks.
    let name = |name: Option<&str>| {
        Document::Person(PersonDocument {
            id: ben(),
            name: name.map(str::to_owned),
            posts: vec![],
            left: false,
        })
    };
    let mine = Audience::Person(ada());
    let ben = ben().to_string();
    district.office.publish(mine.clone(), &name(Some("Ben")));
    until_ids(&host, "person", &[&ben]).await;
    district.office.take_back(mine.clone(), &name(None));
    until_ids(&host, "person", &[]).await;
    district.office.take_back(Audience::Everyone, &agreement(5));
    until_ids(&host, "agreement", &["4", "3", "2", "1"]).await;
    district.office.remove_from(ada(), &Audience::Everyone);
    until_ids(&host, "agreement", &[]).await;

    // Another site's documents are none of ours.
    let elsewhere = Audience::Site(SiteId::mint(1, [1; 10]));
    district.office.publish(elsewhere, &agreement(9));
    district.office.publish(mine, &name(Some("Ben")));
    until_ids(&host, "person", &[&ben]).await;
    assert_eq!(ids(&host, "agreement").await, Vec::<String>::new());
}

/// A record with words, as a screen that writes them will leave it.
fn with_words(folder: &std::path::Path, id: EventId, text: &str) {
    let store = rusqlite::Connection::open(folder.join("store.sqlite")).unwrap();
    let sql = "insert into event (number, id, kind, at_utc_ms, offset_min, sha256, body, words, \
               server_number, received_at_utc_ms) values (50, ?1, 'note', 1, 0, ?2, x'7b7d', ?3, \
               1, 4000000000000)";
    let row = (id.to_string(), "0".repeat(64), text.as_bytes());
    store.execute(sql, row).unwrap();
}

fn found_in(folder: &std::path::Path, text: &str) -> Vec<String> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(found_in(&entry.path(), text));
        } else {
            let bytes = std::fs::read(entry.path()).unwrap();
            if bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
            {
                found.push(entry.path().display().to_string());
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_the_feed_erases_are_in_no_file_of_the_device() {
    const SAID: &str = "the pair by the window read again";
    let district = District::open().await;
    let folder = district.folder.path();
    let host = district.device();
    open(&host).await;
    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    assert_eq!(host.ask(Request::Close).await, Ok(Reply::Done));
    let id = EventId::mint(7, [7; 10]);
    with_words(folder, id, SAID);
    assert!(!found_in(folder, SAID).is_empty());

    open(&host).await;
    let erased = Document::Erased(ErasedDocument { id });
    district.office.publish(Audience::Person(ada()), &erased);
    until_ids(&host, "erased", &[&id.to_string()]).await;
    for _ in 0..2_000 {
        if found_in(folder, SAID).is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("still in {:?}", found_in(folder, SAID));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_the_server_fails_on_holds_up_no_other() {
    let district = District::open().await;
    let host = district.device();
    open(&host).await;
    carry(district.folder.path());
    for number in 1..=3 {
        visit(&host, number).await;
    }
    // The middle one is poison, wherever it stands in a push.
    let Ok(Reply::Copy(copy)) = host.ask(Request::Copy { number: 2 }).await else {
        panic!("no copy")
    };
    let copy: serde_json::Value = serde_json::from_str(&copy).unwrap();
    let body: Body = serde_json::from_str(copy["envelope"]["body"].as_str().unwrap()).unwrap();
    district.office.poison(&body.id.to_string());
    sign_in(&host, district.office.invite(ada(), "Ada")).await;
    for _ in 0..3_000 {
        if let [
            Whereabouts::OnTheServer { .. },
            _,
            Whereabouts::OnTheServer { .. },
        ] = whereabouts(&host).await[..]
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("still {:?}", whereabouts(&host).await);
}
