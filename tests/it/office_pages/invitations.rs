//! Invitations: what ends one that is open.

use super::people::{links, sign_in};
use super::{AN_ADMIN, Visitor, school};
use crate::district::site;
use crate::notice::until;
use crate::server::TestServer;
use crate::signed_in::person;
use rstest::rstest;

/// Whether the link signs somebody in.
async fn is_good(server: &TestServer, link: &str, device: u8) -> bool {
    sign_in(server, link, device).await.is_some()
}

async fn link_for(admin: &mut Visitor, whom: u8) -> String {
    let page = format!("/office/people/{}", person(whom));
    admin.get(&page).await;
    let said = admin.post(&format!("{page}/invitation"), &[]).await;
    links(&said.text()).remove(0)
}

#[tokio::test]
async fn two_entries_that_become_one_end_the_invitations_of_both() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let (stays, goes, beside) = (
        link_for(&mut admin, 5).await,
        link_for(&mut admin, 6).await,
        link_for(&mut admin, 7).await,
    );
    // Only what somebody said who was an admin by then counts.
    let store = server.stored().0;
    store
        .execute("update post set from_utc_ms = 0", [])
        .unwrap();
    let merge = format!("/office/people/{}/merge/{}", person(5), person(6));
    admin.get(&merge).await;
    admin.done(&merge, &[]).await;
    until("the two are one", || {
        let sql = "select count(*) from alias where source = 'merged'";
        let merged = store.query_row(sql, [], |row| row.get::<_, i64>(0));
        (merged == Ok(1)).then_some(())
    })
    .await;
    assert!(!is_good(&server, &goes, 1).await);
    assert!(!is_good(&server, &stays, 2).await);
    assert!(is_good(&server, &beside, 3).await);
    // One that is made afterwards is for both.
    let new = link_for(&mut admin, 5).await;
    assert!(is_good(&server, &new, 4).await);
}

#[rstest]
#[case::teacher("teacher", true)]
#[case::pilot("pilot", true)]
#[case::coach("coach", false)]
#[case::principal("principal", false)]
#[case::lead("lead", false)]
#[tokio::test]
async fn an_invitation_ends_when_more_is_given_than_it_was_made_for(
    #[case] role: &str,
    #[case] good: bool,
) {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let link = link_for(&mut admin, 7).await;
    let place = match role {
        "pilot" => "idea:three-reads".to_owned(),
        "lead" => "district".to_owned(),
        _ => format!("site:{}", site(1)),
    };
    let give = [("act", "give"), ("role", role), ("place", &*place)];
    let posts = format!("/office/people/{}/posts", person(7));
    admin.done(&posts, &give).await;
    assert_eq!(is_good(&server, &link, 1).await, good);
}

/// A mail that went to somebody else opens nothing once that is found out.
#[tokio::test]
async fn what_was_sent_to_an_address_ends_when_another_takes_its_place() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let page = format!("/office/people/{}", person(7));
    let details = |mail: &'static str| [("name", "Person 7"), ("mail", mail), ("language", "en")];
    admin.get(&page).await;
    // The first address takes the place of none.
    let handed_over = link_for(&mut admin, 7).await;
    admin.done(&page, &details("wrong@a.example")).await;
    assert!(is_good(&server, &handed_over, 1).await);
    let sent = link_for(&mut admin, 7).await;
    let store = server.stored().0;
    let sql = "insert into secret (sha256, kind, person, feedback, made_at_utc_ms, expires_utc_ms) \
               values (zeroblob(32), 'card', ?1, zeroblob(16), 0, 9000000000000)";
    store.execute(sql, [person(7).0.as_bytes()]).unwrap();
    let cards = || {
        let sql = "select count(*) from secret where kind = 'card' and revoked_at_utc_ms is null";
        store.query_row(sql, [], |row| row.get::<_, i64>(0))
    };
    admin.done(&page, &details("wrong@a.example")).await;
    assert_eq!(cards(), Ok(1));
    admin.done(&page, &details("right@a.example")).await;
    assert!(!is_good(&server, &sent, 2).await);
    assert_eq!(cards(), Ok(0));
}
