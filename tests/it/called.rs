//! What somebody is called who was added on the spot, and who says it; and whoever is two entries.

use crate::district::{District, Member, at_site, post, site};
use crate::facts::{named, sent};
use lookfor::domain::document::Document;
use lookfor::domain::erasure::{Why, WordsErased};
use lookfor::domain::event::said;
use lookfor::domain::id::{EventId, PersonId};
use lookfor::domain::people::{PersonAdded, PersonMerged, Place, Role};
use lookfor::server::store::people::Persons;
use lookfor::sync::office::ChangePerson;
use rstest::rstest;
use serde_json::json;

fn met() -> PersonId {
    PersonId::mint(5, [77; 10])
}

/// What the observer's device calls the person who was met.
async fn called(district: &District, observer: &Member) -> Option<Option<String>> {
    district.settled().await;
    let documents = observer.documents(&district.server).await;
    documents.into_iter().find_map(|document| match document {
        Document::Person(person) if person.id == met() => Some(person.name),
        _ => None,
    })
}

async fn adds(district: &District, observer: &Member, name: &str) -> EventId {
    let added = PersonAdded {
        person: met(),
        site: site(1),
    };
    let event = observer.seal(added, &[(said::NAME, name)]);
    observer.says(&district.server, event).await
}

async fn erases(district: &District, observer: &Member, event: EventId) {
    let erased = WordsErased {
        events: vec![event],
        why: Why::TakenBack,
    };
    let erasure = observer.seal(erased, &[]);
    observer.says(&district.server, erasure).await;
}

fn name(name: &str) -> ChangePerson {
    ChangePerson {
        name: Some(name.into()),
        ..ChangePerson::default()
    }
}

#[rstest]
#[case::they_gave_themselves(true)]
#[case::the_office_gave(false)]
#[tokio::test]
async fn whoever_added_a_person_cannot_erase_the_name_that(#[case] own: bool) {
    let district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let event = adds(&district, &observer, "Typed-At-The-Door").await;
    let typed = Some(Some("Typed-At-The-Door".to_owned()));
    assert_eq!(called(&district, &observer).await, typed);
    let store = district.server.store();
    let changed = match own {
        true => store.change_own(met(), name("Luz Ortega"), 1),
        false => store.change_person(met(), name("Luz Ortega"), 1),
    };
    changed.await.unwrap().unwrap();
    erases(&district, &observer, event).await;
    let theirs = Some(Some("Luz Ortega".to_owned()));
    assert_eq!(called(&district, &observer).await, theirs);
}

#[tokio::test]
async fn a_name_goes_with_the_addition_it_came_from_also_after_an_admin_has_confirmed() {
    let district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let event = adds(&district, &observer, "Typed-At-The-Door").await;
    district.settled().await;
    let store = district.server.store();
    store
        .confirm_person(met(), false, 1)
        .await
        .unwrap()
        .unwrap();
    // A language is no name.
    let language = ChangePerson {
        language: Some(lookfor::sync::office::Language::Spanish),
        ..ChangePerson::default()
    };
    let changed = store.change_person(met(), language, 1);
    changed.await.unwrap().unwrap();
    erases(&district, &observer, event).await;
    assert_eq!(called(&district, &observer).await, Some(None));
}

#[rstest]
#[case::as_long_as_a_book("x".repeat(201))]
#[case::in_two_lines("Luz\nAdmin".into())]
#[case::turned_around("Luz \u{202e}nimdA".into())]
#[tokio::test]
async fn a_person_is_added_on_the_spot_without_a_name_that_is(#[case] name: String) {
    let district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    adds(&district, &observer, &name).await;
    assert_eq!(called(&district, &observer).await, Some(None));
}

#[tokio::test]
async fn who_was_merged_away_and_is_still_signed_in_does_what_is_theirs() {
    let district = District::open().await;
    let server = &district.server;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let entry = district.member(3, &[at_site(Role::Teacher)]);
    let admin = district.member(4, &[post(Role::Admin, Place::District)]);
    let visit = observer.visit(named(&teacher), "seen");
    let visit = observer.says(server, visit).await;
    let feedback = observer.seal(sent(visit), &[(said::FEEDBACK, "I saw")]);
    let feedback = observer.says(server, feedback).await;
    let merged = PersonMerged {
        from: teacher.person,
        into: entry.person,
    };
    admin.says(server, admin.seal(merged, &[])).await;
    district.settled().await;
    let revoke = format!("/api/v1/cards/{feedback}/revoke");
    for who in [&teacher, &entry] {
        let said = who.post(server, &revoke, String::new()).await;
        assert_eq!(said.status, 200, "{}", said.text());
        // Under either of their ids.
        for id in [teacher.person, entry.person] {
            let path = format!("/api/v1/people/{id}");
            let change = json!({"peer_visits": true}).to_string();
            let said = who.post(server, &path, change).await;
            assert_eq!(said.status, 200, "{}", said.text());
        }
    }
}

#[tokio::test]
async fn nobody_is_merged_into_an_entry_that_has_left_and_so_shut_out() {
    let district = District::open().await;
    let server = &district.server;
    let gone = district.member(3, &[at_site(Role::Teacher)]);
    let admin = district.member(4, &[post(Role::Admin, Place::District)]);
    let path = format!("/api/v1/people/{}", gone.person);
    let left = json!({ "left": true }).to_string();
    assert_eq!(admin.post(server, &path, left).await.status, 200);
    let merged = PersonMerged {
        from: admin.person,
        into: gone.person,
    };
    admin.says(server, admin.seal(merged, &[])).await;
    district.settled().await;
    // Still who they were, and still an admin.
    let back = json!({ "left": false }).to_string();
    assert_eq!(admin.post(server, &path, back).await.status, 200);
    // Now the entry is somebody's again, and all merges are looked at with the next one: what did not count does not.
    let [twin, teacher] = [5, 6].map(|number| district.member(number, &[at_site(Role::Teacher)]));
    let merged = PersonMerged {
        from: twin.person,
        into: teacher.person,
    };
    admin.says(server, admin.seal(merged, &[])).await;
    district.settled().await;
    let name = json!({ "name": "Lucía Ferrer" }).to_string();
    assert_eq!(admin.post(server, &path, name).await.status, 200);
}

#[tokio::test]
async fn a_yes_to_peers_makes_no_documents_of_people_again() {
    let district = District::open().await;
    let server = &district.server;
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let colleague = district.member(3, &[at_site(Role::Teacher)]);
    district.settled().await;
    // As a trace: whoever makes documents of people again writes this one anew.
    let connection = server.stored().0;
    let broken = "update document set body = '{}' where kind = 'person' and audience = 'district'";
    let documents = connection.execute(broken, []).unwrap();
    assert!(documents > 0);
    let path = format!("/api/v1/people/{}", teacher.person);
    let yes = json!({ "peer_visits": true }).to_string();
    assert_eq!(teacher.post(server, &path, yes).await.status, 200);
    district.settled().await;
    let kinds = colleague.kinds(server).await;
    assert!(kinds.contains("peers_welcome"), "{kinds:?}");
    let count = "select count(*) from document where body = '{}'";
    let left: usize = connection.query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(left, documents);
}

#[tokio::test]
async fn nobody_says_a_teachers_yes_for_them_and_an_admin_can_take_it_back() {
    let district = District::open().await;
    let server = &district.server;
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let admin = district.member(4, &[post(Role::Admin, Place::District)]);
    let says = async |who: &Member, whose: &Member, yes: bool| {
        let path = format!("/api/v1/people/{}", whose.person);
        let change = json!({ "peer_visits": yes }).to_string();
        who.post(server, &path, change).await.status
    };
    assert_eq!(says(&admin, &teacher, true).await, 403);
    assert_eq!(says(&teacher, &teacher, true).await, 200);
    assert_eq!(says(&admin, &teacher, false).await, 200);
    assert_eq!(says(&admin, &admin, true).await, 200);
}
