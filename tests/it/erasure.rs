//! Erasure from push to the last byte of the last file.

use crate::district::{District, Member, at_site, post};
use crate::facts::{named, replied, sent, tagged};
use crate::server::TestServer;
use lookfor::domain::agreement::Agreement;
use lookfor::domain::document::Document;
use lookfor::domain::erasure::{Why, WordsErased};
use lookfor::domain::event::{Envelope, said};
use lookfor::domain::id::{EventId, PersonId};
use lookfor::domain::people::{PersonAdded, Place, Role};
use lookfor::server::store::Events;
use lookfor::server::store::backups::Backups;
use rusqlite::types::Value;
use std::path::Path;

/// How many visits with their feedback are told, of which every second is erased.
const VISITS: usize = 60;

/// What was recorded: each event with its text.
struct Told {
    observer: Member,
    teacher: Member,
    admin: Member,
    events: Vec<(EventId, Envelope, String)>,
}

/// Visits with feedback, replies and bright spots, each with words that stand nowhere else.
async fn told(district: &District) -> Told {
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let admin = district.member(3, &[post(Role::Admin, Place::District)]);
    let mut events = Vec::new();
    // Of many lengths, so that rows move between the pages of the file.
    let text = |part: &str, round: usize| {
        let long = "one two three ".repeat(round * 7 % 90);
        format!("{part}-{round:04}-distinctive {long}")
    };
    for round in 0..VISITS {
        let note = text("note", round);
        let (visit, envelope) = observer.visit(named(&teacher), &note);
        events.push((visit, envelope, note));
        let words = text("feedback", round);
        let (feedback, envelope) = observer.seal(sent(visit), &[(said::FEEDBACK, &words)]);
        events.push((feedback, envelope, words));
        let words = text("spot", round);
        let (spot, envelope) = observer.seal(tagged(visit), &[(said::NOTE, &words)]);
        events.push((spot, envelope, words));
        let words = text("reply", round);
        let (reply, envelope) = teacher.seal(replied(visit, feedback), &[(said::REPLY, &words)]);
        events.push((reply, envelope, words));
    }
    push_all(&district.server, &observer, &teacher, &events).await;
    Told {
        observer,
        teacher,
        admin,
        events,
    }
}

async fn push_all(
    server: &TestServer,
    observer: &Member,
    teacher: &Member,
    events: &[(EventId, Envelope, String)],
) {
    let (replies, others): (Vec<_>, Vec<_>) = events
        .iter()
        .partition(|(_, _, text)| text.starts_with("reply"));
    for (member, events) in [(observer, others), (teacher, replies)] {
        let envelopes: Vec<Envelope> = events.iter().map(|event| event.1.clone()).collect();
        for some in envelopes.chunks(100) {
            for answer in member.push(server, some).await {
                crate::server::receipt(&answer);
            }
        }
    }
}

fn erased(events: &[EventId]) -> WordsErased {
    WordsErased {
        events: events.to_vec(),
        why: Why::Asked,
    }
}

/// The texts that stand in any byte of any file of a folder.
fn found<'a>(folder: &Path, texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    // As text, which is searched fast; what is no text has no text of ours.
    let files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    let stands = |text: &String| {
        let key = text.split(' ').next().unwrap();
        files.iter().any(|file| file.contains(key))
    };
    texts.filter(|text| stands(text)).cloned().collect()
}

/// Everything that is counted, with the documents that show it.
fn statistics(district: &District) -> Vec<Vec<Value>> {
    let connection = district.server.stored().0;
    let mut rows = Vec::new();
    for sql in [
        "select walkthrough, form, form_version, site, teacher, observer, as_of \
         from counted_visit order by 1",
        "select * from counted_rating order by 1, 2",
        "select * from counted_support order by 1",
        "select audience, kind, id, body from document \
         where kind in ('measures', 'support_counts') order by 1, 2, 3",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let found = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect());
        rows.extend(found.unwrap().map(Result::unwrap));
    }
    rows
}

async fn restarted(district: &mut District, rebuild: bool) {
    let data = district.server.data.clone();
    district.server.stop().await;
    let again = TestServer::with(|config| {
        config.data = data;
        config.rebuild = rebuild;
    })
    .await;
    district.follow(again);
    district.settled().await;
}

#[tokio::test]
async fn what_is_erased_is_in_no_byte_and_the_statistics_stay() {
    let mut district = District::open().await;
    let told = told(&district).await;
    district.settled().await;
    let before = statistics(&district);
    let receipts = told
        .observer
        .push(&district.server, &[told.events[0].1.clone()])
        .await;
    let texts = || told.events.iter().map(|(_, _, text)| text);
    assert_eq!(
        found(&district.server.data, texts()).len(),
        told.events.len()
    );
    let backup = tempfile::tempdir().unwrap();

    let gone: Vec<_> = told.events.iter().step_by(2).collect();
    let ids: Vec<EventId> = gone.iter().map(|(id, _, _)| *id).collect();
    let erasure = told.admin.seal(erased(&ids), &[]);
    // A copy of the folder as it was before, for later.
    let data = district.server.data.clone();
    district.server.stop().await;
    copy(&data, backup.path());
    let again = TestServer::with(|config| config.data = data).await;
    district.follow(again);

    told.admin
        .says(&district.server, (erasure.0, erasure.1.clone()))
        .await;
    district.settled().await;
    let texts = || gone.iter().map(|(_, _, text)| text);
    assert_eq!(found(&district.server.data, texts()), [""; 0]);
    assert_eq!(statistics(&district), before);

    // The author's devices are told, and nobody keeps the text.
    let documents = told.observer.documents(&district.server).await;
    let heard = documents.iter().any(
        |document| matches!(document, Document::Erased(erased) if erased.id == told.events[0].0),
    );
    assert!(heard);
    for member in [&told.observer, &told.teacher] {
        let text = format!("{:?}", member.documents(&district.server).await);
        for (_, _, erased) in &gone {
            assert!(!text.contains(erased.as_str()));
        }
    }

    // The original envelopes bring nothing back, and get the receipts that they had.
    push_all(
        &district.server,
        &told.observer,
        &told.teacher,
        &told.events,
    )
    .await;
    let again = told
        .observer
        .push(&district.server, &[told.events[0].1.clone()])
        .await;
    assert_eq!(again, receipts);
    restarted(&mut district, false).await;
    restarted(&mut district, true).await;
    assert_eq!(found(&district.server.data, texts()), [""; 0]);
    assert_eq!(statistics(&district), before);
    // What was not erased is still there.
    let kept: Vec<_> = told.events.iter().skip(1).step_by(2).collect();
    let texts = || kept.iter().map(|(_, _, text)| text);
    assert_eq!(found(&district.server.data, texts()).len(), kept.len());

    // A backup from before obeys when it hears the erasure again.
    let folder = backup.path().to_owned();
    let brought_back = District::with_data(folder.clone()).await;
    let texts = || gone.iter().map(|(_, _, text)| text);
    assert_eq!(found(&folder, texts()).len(), gone.len());
    told.admin.says(&brought_back.server, erasure).await;
    brought_back.settled().await;
    assert_eq!(found(&folder, texts()), [""; 0]);
}

fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[tokio::test]
async fn only_their_author_or_an_admin_erases_words() {
    let district = District::open().await;
    let told = told(&district).await;
    let (server, data) = (&district.server, &district.server.data);
    let (note, words) = (told.events[0].0, &told.events[0].2);
    let by_teacher = told.teacher.seal(erased(&[note]), &[]);
    told.teacher.says(server, by_teacher).await;
    district.settled().await;
    assert_eq!(found(data, [words].into_iter()).len(), 1);
    let by_author = told.observer.seal(erased(&[note]), &[]);
    told.observer.says(server, by_author).await;
    district.settled().await;
    assert_eq!(found(data, [words].into_iter()), [""; 0]);
}

#[tokio::test]
async fn what_was_written_on_a_look_for_is_read_with_the_visit_until_it_is_erased() {
    let district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let server = &district.server;
    let visit = observer.visit(named(&teacher), "distinctive");
    let visit = observer.says(server, visit).await;
    district.settled().await;
    let notes = async |member: &Member| {
        let documents = member.documents(server).await;
        let notes = documents.into_iter().find_map(|document| match document {
            Document::Walkthrough(visit) => Some(visit.notes),
            _ => None,
        });
        notes.expect("a visit").into_values().collect::<Vec<_>>()
    };
    for member in [&observer, &teacher] {
        assert_eq!(notes(member).await, ["distinctive"]);
    }
    observer
        .says(server, observer.seal(erased(&[visit]), &[]))
        .await;
    district.settled().await;
    for member in [&observer, &teacher] {
        assert_eq!(notes(member).await, [""; 0]);
    }
}

#[tokio::test]
async fn an_erasure_that_comes_before_its_event_holds_for_its_author_alone() {
    let district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let (server, data) = (&district.server, &district.server.data);
    let (own, own_event) = observer.visit(named(&teacher), "own-distinctive");
    let (other, other_event) = observer.visit(named(&teacher), "other-distinctive");
    let by_author = observer.seal(erased(&[own]), &[]);
    observer.says(server, by_author).await;
    let by_teacher = teacher.seal(erased(&[other]), &[]);
    teacher.says(server, by_teacher).await;
    district.settled().await;
    observer.push(server, &[own_event, other_event]).await;
    district.settled().await;
    let texts = ["own-distinctive".to_owned(), "other-distinctive".to_owned()];
    assert_eq!(found(data, texts.iter()), [texts[1].clone()]);
}

#[tokio::test]
async fn the_name_of_a_person_who_was_added_on_the_spot_can_be_erased() {
    let district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let server = &district.server;
    let added = PersonAdded {
        person: PersonId::mint(5, [77; 10]),
        site: crate::district::site(1),
    };
    let name_of = async || {
        let documents = observer.documents(server).await;
        documents.into_iter().find_map(|document| match document {
            Document::Person(person) if person.id == added.person => Some(person.name),
            _ => None,
        })
    };
    let event = observer.seal(added.clone(), &[(said::NAME, "Distinctive-Ortega")]);
    let event = observer.says(server, event).await;
    district.settled().await;
    assert_eq!(name_of().await, Some(Some("Distinctive-Ortega".into())));
    let erasure = observer.seal(erased(&[event]), &[]);
    observer.says(server, erasure).await;
    district.settled().await;
    assert_eq!(name_of().await, Some(None));
    let name = "Distinctive-Ortega".to_owned();
    assert_eq!(found(&server.data, [&name].into_iter()), [""; 0]);
}

#[tokio::test]
async fn words_are_erased_when_the_agreement_says_so() {
    let mut district = District::open().await;
    let told = told(&district).await;
    district.agree(&Agreement {
        words_kept_days: Some(30),
        ..Agreement::first()
    });
    district.settled().await;
    let before = statistics(&district);
    // As if all but the last had come long ago.
    let sql = "update event set received_at_utc_ms = received_at_utc_ms - 31 * 86400000 \
               where server_number < (select max(server_number) from words)";
    let connection = district.server.stored().0;
    connection.execute(sql, []).unwrap();
    drop(connection);
    restarted(&mut district, false).await;
    district.until("select count(*) from words", 1).await;
    district.settled().await;
    let texts = || told.events.iter().map(|(_, _, text)| text);
    let left = found(&district.server.data, texts());
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(statistics(&district), before);
    let documents = told.teacher.documents(&district.server).await;
    let heard = documents
        .iter()
        .filter(|document| matches!(document, Document::Erased(_)));
    assert!(heard.count() >= VISITS - 1);
}

/// From now on nothing that is about this can be made into a document.
fn break_documents(district: &District, about: &str) {
    let trigger = format!(
        "create trigger broken before insert on document \
         when new.about = '{about}' and new.body is not null begin select raise(abort, 'broken'); end"
    );
    let connection = district.server.stored().0;
    connection.execute_batch(&trigger).unwrap();
}

/// Waits until something could not be made, and what was erased is out of every file even so; then mends
/// it all and starts again.
async fn mended(district: &mut District, gone: &str) {
    district.until("select count(*) from parked", 1).await;
    district.until("select erasure_due from feed", 0).await;
    let gone = gone.to_owned();
    assert_eq!(found(&district.server.data, [&gone].into_iter()), [""; 0]);
    let connection = district.server.stored().0;
    connection.execute_batch("drop trigger broken").unwrap();
    drop(connection);
    restarted(district, false).await;
    assert_eq!(found(&district.server.data, [&gone].into_iter()), [""; 0]);
}

fn has_walkthrough(documents: &[Document]) -> bool {
    let mut documents = documents.iter();
    documents.any(|document| matches!(document, Document::Walkthrough(_)))
}

#[tokio::test]
async fn what_is_erased_goes_even_when_its_documents_cannot_be_made_again() {
    let mut district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let visit = observer.visit(named(&teacher), "note-distinctive");
    let visit = observer.says(&district.server, visit).await;
    district.settled().await;
    assert!(has_walkthrough(&teacher.documents(&district.server).await));

    break_documents(&district, &format!("walkthrough:{visit}"));
    let erasure = observer.seal(erased(&[visit]), &[]);
    observer.says(&district.server, erasure).await;
    district.until("select count(*) from parked", 1).await;
    assert!(!has_walkthrough(&teacher.documents(&district.server).await));
    mended(&mut district, "note-distinctive").await;
    assert!(has_walkthrough(&teacher.documents(&district.server).await));
}

#[tokio::test]
async fn an_erasure_that_waits_for_its_event_holds_even_when_the_event_cannot_be_projected() {
    let mut district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let (visit, event) = observer.visit(named(&teacher), "note-distinctive");
    let erasure = observer.seal(erased(&[visit]), &[]);
    observer.says(&district.server, erasure).await;
    district.settled().await;
    break_documents(&district, &format!("walkthrough:{visit}"));
    observer.push(&district.server, &[event]).await;
    mended(&mut district, "note-distinctive").await;
}

#[tokio::test]
async fn an_erased_name_goes_even_when_people_cannot_be_made_again() {
    let mut district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let added = PersonAdded {
        person: PersonId::mint(5, [77; 10]),
        site: crate::district::site(1),
    };
    let event = observer.seal(added, &[(said::NAME, "Distinctive-Ortega")]);
    let event = observer.says(&district.server, event).await;
    district.settled().await;
    let people = "select count(*) from document where kind = 'person' and body is not null";
    let connection = district.server.stored().0;
    let before: i64 = connection.query_row(people, [], |row| row.get(0)).unwrap();
    drop(connection);

    break_documents(&district, "people");
    let erasure = observer.seal(erased(&[event]), &[]);
    observer.says(&district.server, erasure).await;
    district.until("select count(*) from parked", 1).await;
    // Three audiences knew the name; everybody else is still there.
    district.until(people, before - 3).await;
    mended(&mut district, "Distinctive-Ortega").await;
    district.until(people, before).await;
}

/// The receipt of an erasure is a promise for what is made afterwards, whatever the projector still has to do.
#[tokio::test]
async fn a_backup_that_is_made_after_an_erasure_has_none_of_it() {
    let district = District::open().await;
    let told = told(&district).await;
    district.settled().await;
    let ids: Vec<EventId> = told.events.iter().map(|(id, _, _)| *id).collect();
    let data = district.server.data.clone();
    let kept = tempfile::tempdir().unwrap();
    let erasures = told.admin.seal(erased(&ids), &[]);
    // A store of its own: nobody projects there.
    copy(&data, kept.path());
    let store = lookfor::server::store::sqlite::SqliteStore::open(kept.path()).unwrap();
    let caller = lookfor::server::store::Caller {
        person: told.admin.person,
        device: told.admin.device,
    };
    let now = chrono::Utc::now().timestamp_millis();
    let taken = store.push(vec![erasures.1.into()], caller, now).await;
    assert_eq!(taken.unwrap().unwrap().len(), 1);
    let made = store.back_up(now).await.unwrap();
    let file = store.backup_file(made.name).await.unwrap().unwrap();
    let bytes = std::fs::read(file).unwrap();
    let there = |text: &str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    let left = told
        .events
        .iter()
        .filter(|(_, _, text)| there(text))
        .count();
    assert_eq!(left, 0);
}
