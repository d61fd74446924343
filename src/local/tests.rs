//! What the store promises, on real files where it matters.

use super::*;
use crate::domain::collect::draft::{Act, DraftHead, Tap};
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;
use crate::domain::collect::samples::every_kind;
use crate::domain::collect::visit::Whereabouts;
use crate::domain::hash::Sha256;
use crate::domain::id::DraftId;
use crate::domain::moment::Moment;
use rstest::rstest;
use std::path::Path;

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};

/// An identity to be born with.
pub(crate) fn born(seed: u8) -> Identity {
    Identity {
        device: DeviceId::mint(1, [seed; 10]),
        author: PersonId::mint(1, [seed; 10]),
    }
}

/// A store in memory.
pub(crate) fn memory() -> Store {
    let connection = Connection::open_in_memory().expect("memory opens");
    let store = Store::open(connection, Medium::Memory, born(1), 0).expect("a new store opens");
    with_forms(store)
}

/// A store that has the forms of the tests.
fn with_forms(store: Store) -> Store {
    for form in [Form::three_reads(), every_kind()] {
        let id = form.form.document_id();
        let json = serde_json::json!({"kind": "form", "body": form}).to_string();
        let sql = "insert or ignore into inbox values ('everyone', 'form', ?1, cast(?2 as blob))";
        let put = store.connection.execute(sql, (id, json));
        put.expect("it is there");
    }
    store
}

/// Ten bytes that differ each time.
pub(crate) fn random(seed: u8) -> impl FnMut() -> [u8; 10] {
    let mut times = 0;
    move || {
        times += 1;
        [seed, times, 3, 3, 3, 3, 3, 3, 3, 3]
    }
}

/// The store in `folder`, which is born with `seed` if it is not there yet.
pub(crate) fn open_file(folder: &Path, seed: u8) -> Store {
    let connection = Connection::open(folder.join("store.sqlite")).expect("the file opens");
    with_forms(Store::open(connection, Medium::File, born(seed), 0).expect("the store opens"))
}

/// A new store in a folder of its own.
pub(crate) fn on_disk() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_file(folder.path(), 1);
    (folder, store)
}

fn head(seed: u8, visit: u32) -> DraftHead {
    let id = DraftId::mint(2, [seed; 10]);
    DraftHead {
        id,
        visit,
        form: Form::three_reads().form,
        begun: NOON,
        lesson: None,
    }
}

fn tap(revision: u32, rating: Rating) -> Tap {
    let look_for = LookForKey("purpose-said".into());
    Tap {
        revision,
        at: NOON,
        act: Act::Rate {
            look_for,
            rating: Some(rating),
        },
    }
}

/// A visit that was submitted in a store; gives the event's number.
pub(crate) fn submitted(store: &mut Store, seed: u8, visit: u32) -> u64 {
    let head = head(seed, visit);
    store
        .keep(&head, &tap(1, Rating::Seen))
        .expect("the tap is kept");
    store
        .submit(head.id, 1, NOON, &mut random(seed))
        .expect("it is submitted")
}

/// The taps of the draft of this seed.
fn taps_of(store: &Store, seed: u8) -> Vec<Tap> {
    let sheet = store.sheet(DraftId::mint(2, [seed; 10]));
    sheet.map(|sheet| sheet.taps).unwrap_or_default()
}

fn whereabouts(store: &Store) -> Vec<Whereabouts> {
    let visits = store.visits(None, 10).expect("they are listed");
    visits.into_iter().map(|visit| visit.whereabouts).collect()
}

#[test]
fn a_kept_tap_is_there_after_reopening() {
    let (folder, mut store) = on_disk();
    store
        .keep(&head(1, 1), &tap(1, Rating::Partly))
        .expect("the tap is kept");
    drop(store);
    let found = open_file(folder.path(), 1).sheet(head(1, 1).id);
    let found = found.expect("a draft");
    assert_eq!(
        (found.head, found.taps),
        (head(1, 1), vec![tap(1, Rating::Partly)])
    );
}

#[test]
fn a_tap_kept_twice_is_one_tap() {
    let mut store = memory();
    for _ in 0..2 {
        store
            .keep(&head(1, 1), &tap(1, Rating::Partly))
            .expect("the tap is kept");
    }
    assert_eq!(taps_of(&store, 1).len(), 1);
}

#[rstest]
#[case::another_tap_has_its_revision(1)]
#[case::one_before_it_is_missing(3)]
fn a_tap_out_of_order_is_refused_and_not_kept(#[case] revision: u32) {
    let mut store = memory();
    store
        .keep(&head(1, 1), &tap(1, Rating::Partly))
        .expect("the tap is kept");
    let refused = store.keep(&head(1, 1), &tap(revision, Rating::Seen));
    assert_eq!(
        refused,
        Err(Problem::OutOfOrder {
            expected: 2,
            got: revision
        })
    );
    assert_eq!(taps_of(&store, 1), [tap(1, Rating::Partly)]);
}

#[test]
fn a_first_tap_that_is_refused_begins_no_draft() {
    let mut store = memory();
    assert!(store.keep(&head(1, 1), &tap(2, Rating::Seen)).is_err());
    assert_eq!(store.unfinished(), Ok(vec![]));
    assert_eq!(store.next_visit(), Ok(1));
}

#[test]
fn submitting_twice_makes_one_event() {
    let mut store = memory();
    let first = submitted(&mut store, 1, 1);
    let again = store.submit(head(1, 1).id, 1, NOON, &mut random(9));
    assert_eq!(again, Ok(first));
    assert_eq!(
        store.outbox(0, 10, usize::MAX).map(|waiting| waiting.len()),
        Ok(1)
    );
    let late = store.keep(&head(1, 1), &tap(2, Rating::NotSeen));
    assert_eq!(late, Err(Problem::AlreadySubmitted));
}

#[test]
fn a_draft_is_submitted_only_as_the_observer_saw_it() {
    let mut store = memory();
    store
        .keep(&head(1, 1), &tap(1, Rating::Seen))
        .expect("the tap is kept");
    let refused = store.submit(head(1, 1).id, 2, NOON, &mut random(1));
    assert_eq!(
        refused,
        Err(Problem::OutOfOrder {
            expected: 1,
            got: 2
        })
    );
    assert_eq!(store.visits(None, 10), Ok(vec![]));
}

#[test]
fn the_bytes_in_the_outbox_are_those_that_were_sealed() {
    let (folder, mut store) = on_disk();
    submitted(&mut store, 1, 1);
    let sealed = store.outbox(0, 1, usize::MAX).expect("it answers");
    drop(store);
    let reopened = open_file(folder.path(), 1)
        .outbox(0, 1, usize::MAX)
        .expect("it answers");
    assert_eq!(reopened, sealed);
    let waiting = reopened.first().expect("one event");
    assert_eq!(Sha256::of(waiting.envelope.body.as_bytes()), waiting.sha256);
    assert_eq!(
        waiting.envelope.open().map(|body| (body.id, body.number)),
        Ok((waiting.id, 1))
    );
}

#[test]
fn only_a_receipt_empties_the_outbox() {
    let mut store = memory();
    let number = submitted(&mut store, 1, 1);
    assert_eq!(whereabouts(&store), [Whereabouts::OnThisDevice]);
    store.received(number, 41, 5).expect("it is noted");
    assert_eq!(
        whereabouts(&store),
        [Whereabouts::OnTheServer {
            received_at_utc_ms: 5
        }]
    );
    assert_eq!(store.outbox(0, 10, usize::MAX), Ok(vec![]));
}

#[test]
fn what_is_set_aside_is_kept_and_can_be_tried_again() {
    let mut store = memory();
    let number = submitted(&mut store, 1, 1);
    store
        .set_aside(number, &Problem::NumberTaken)
        .expect("it is set aside");
    assert_eq!(
        whereabouts(&store),
        [Whereabouts::SetAside {
            problem: Problem::NumberTaken
        }]
    );
    assert_eq!(store.outbox(0, 10, usize::MAX), Ok(vec![]));
    let (copy, why) = store.copy(number).expect("it can be taken out");
    assert_eq!((copy.number, why), (number, Some(Problem::NumberTaken)));
    store.try_again(number).expect("it is put back");
    assert_eq!(
        store.outbox(0, 10, usize::MAX).map(|waiting| waiting.len()),
        Ok(1)
    );
}

#[test]
fn a_receipt_is_never_taken_back() {
    let mut store = memory();
    let number = submitted(&mut store, 1, 1);
    store.received(number, 41, 5).expect("it is noted");
    store
        .set_aside(number, &Problem::IdTaken)
        .expect("it answers");
    store.received(number, 42, 6).expect("it answers");
    assert_eq!(
        whereabouts(&store),
        [Whereabouts::OnTheServer {
            received_at_utc_ms: 5
        }]
    );
}

#[test]
fn a_batch_is_bounded_by_count_and_by_bytes_but_never_empty() {
    let mut store = memory();
    for visit in 1..=5 {
        submitted(&mut store, visit, visit.into());
    }
    let numbers = |most, bytes| -> Vec<u64> {
        let taken = store.outbox(0, most, bytes).expect("it answers");
        taken.iter().map(|waiting| waiting.number).collect()
    };
    assert_eq!(numbers(3, usize::MAX), [1, 2, 3]);
    assert_eq!(numbers(3, 1), [1]);
}

#[test]
fn a_store_that_was_copied_goes_on_under_a_new_device_id() {
    let mut store = memory();
    let renewed = DeviceId::mint(7, [7; 10]);
    store.renew_device(renewed).expect("it is renewed");
    submitted(&mut store, 1, 1);
    let waiting = store.outbox(0, 1, usize::MAX).expect("it answers");
    let body = waiting.first().map(|waiting| waiting.envelope.open());
    assert!(matches!(body, Some(Ok(body)) if body.device == renewed));
}

#[test]
fn a_full_device_is_told_and_keeps_what_it_has() {
    let (_folder, mut store) = on_disk();
    store
        .keep(&head(1, 1), &tap(1, Rating::Seen))
        .expect("the tap is kept");
    let pages: u32 = store
        .connection
        .query_row("pragma page_count", [], |row| row.get(0))
        .expect("pages");
    store
        .connection
        .pragma_update(None, "max_page_count", pages)
        .expect("it is set");
    let refused = (2..4000).map(|n| store.keep(&head(1, 1), &tap(n, Rating::Partly)));
    let first = refused
        .into_iter()
        .enumerate()
        .find_map(|(n, kept)| kept.err().map(|e| (n, e)));
    let (kept, error) = first.expect("it is full at some point");
    assert_eq!(error, Problem::StoreFull);
    assert_eq!(taps_of(&store, 1).len(), kept + 1);
}

/// A store that version 1 wrote, with an open draft, a visit in the outbox and one with a receipt.
#[test]
fn a_store_of_version_1_opens_with_everything_in_it() {
    let mut connection = Connection::open_in_memory().expect("memory opens");
    let fixture = include_str!("../../tests/fixtures/device/v1.sql");
    connection
        .execute_batch(fixture)
        .expect("the fixture is a store");
    schema::migrate(&mut connection, born(1), 0).expect("it is migrated");
    let store = Store::open(connection, Medium::Memory, born(1), 0).expect("it opens");
    // The open draft has the form that its version carried, and goes on with it.
    let open = store.unfinished().expect("it answers");
    let open: Vec<u32> = open.iter().map(|one| one.visit).collect();
    assert_eq!(open, [3]);
    let found = whereabouts(&store);
    let received = Whereabouts::OnTheServer {
        received_at_utc_ms: 1_795_608_001_000,
    };
    assert_eq!(found, [Whereabouts::OnThisDevice, received]);
    let waiting = store.outbox(0, 10, usize::MAX).expect("it answers");
    assert!(
        waiting
            .iter()
            .all(|waiting| waiting.envelope.sha256() == waiting.sha256)
    );
    assert_eq!(waiting.len(), 1);
}

/// What version 2 wrote: as version 1, with somebody signed in, a neighbour and a document.
#[test]
fn a_store_of_version_2_opens_with_everything_in_it() {
    let connection = Connection::open_in_memory().expect("memory opens");
    let fixture = include_str!("../../tests/fixtures/device/v2.sql");
    connection
        .execute_batch(fixture)
        .expect("the fixture is a store");
    let store = Store::open(connection, Medium::Memory, born(9), 0).expect("it opens");
    let name = store.person().map(|person| person.map(|one| one.name));
    assert_eq!(name, Ok(Some("Ada Lovelace".into())));
    assert!(store.token().is_ok_and(|token| token.is_some()));
    assert_eq!(store.identity(), Ok(born(1)));
    assert_eq!(store.visits(None, 9).map(|visits| visits.len()), Ok(2));
    assert_eq!(store.unsent(), Ok(1));
    let pages = store.documents("agreement", None);
    assert_eq!(pages.map(|page| page.len()), Ok(1));
    assert_eq!(store.neighbours().map(|all| all.len()), Ok(1));
    assert_eq!(store.position().map(|one| one.feed), Ok(Some(7)));
}

/// A store of this version: that of version 2, brought up by the frozen migrations, with what each version had beside.
fn of_version(version: u32) -> Connection {
    let fixture = include_str!("../../tests/fixtures/device/v2.sql");
    let beside = [
        include_str!("../../tests/fixtures/device/rows_v3.sql"),
        include_str!("../../tests/fixtures/device/rows_v4.sql"),
        include_str!("../../tests/fixtures/device/rows_v5.sql"),
        include_str!("../../tests/fixtures/device/rows_v6.sql"),
        include_str!("../../tests/fixtures/device/rows_v7.sql"),
        include_str!("../../tests/fixtures/device/rows_v8.sql"),
    ];
    let connection = Connection::open_in_memory().expect("memory opens");
    connection
        .execute_batch(fixture)
        .expect("the fixture is a store");
    let steps = (3..=version).zip(schema::MIGRATIONS.iter().skip(2).zip(beside));
    for (version, (migration, beside)) in steps {
        connection
            .execute_batch(migration)
            .expect("the migration runs");
        if version == 5 {
            roster::read_inbox(&connection).expect("the roster is read");
        }
        connection.execute_batch(beside).expect("the rows fit");
        connection
            .pragma_update(None, "user_version", version)
            .expect("it is set");
    }
    connection
}

/// Version 5 as it lay on a tablet, schema and all.
fn shipped() -> Connection {
    let connection = Connection::open_in_memory().expect("memory opens");
    connection
        .execute_batch(include_str!("../../tests/fixtures/device/v5.sql"))
        .expect("the fixture is a store");
    connection
}

#[rstest]
#[case::version_3(3, of_version(3))]
#[case::version_4(4, of_version(4))]
#[case::version_5(5, of_version(5))]
#[case::version_6(6, of_version(6))]
#[case::version_7(7, of_version(7))]
#[case::version_8(8, of_version(8))]
#[case::version_5_as_it_lay_on_a_tablet(5, shipped())]
fn a_store_of_a_later_version_opens_with_everything_in_it(
    #[case] version: u32,
    #[case] connection: Connection,
) {
    let store = Store::open(connection, Medium::Memory, born(9), 0).expect("it opens");
    assert_eq!(store.identity(), Ok(born(1)));
    assert_eq!(store.visits(None, 9).map(|visits| visits.len()), Ok(2));
    assert_eq!(store.unsent(), Ok(1 + u32::from(version >= 7)));
    let language = (version >= 6).then(|| "es".to_owned());
    assert_eq!(store.language(), Ok(language));
    // Feedback that the server has and the feed has not brought, and a thank you that can still be taken back.
    let said = store.sayings().expect("it answers");
    let said: Vec<_> = said.iter().map(|one| (one.number, one.waits())).collect();
    let wanted = match version {
        8.. => vec![(Some(3), false), (None, true)],
        7 => vec![(None, true)],
        _ => vec![],
    };
    assert_eq!(said, wanted);
    // The visit in hand is to a class by its name; the older one waits, the one that was put away does not.
    let hand = store
        .in_hand()
        .expect("it answers")
        .expect("one is in hand");
    assert_eq!((hand.head.visit, hand.taps.len()), (4, 1));
    assert!(hand.head.lesson.is_some());
    let open = store.unfinished().expect("it answers");
    let open: Vec<u32> = open.iter().map(|one| one.visit).collect();
    assert!(open.contains(&3) && !open.contains(&5), "{open:?}");
    let found = store.classes("luz", 9, 0).expect("it answers");
    let found: Vec<_> = found.iter().map(|one| &*one.title).collect();
    assert_eq!(found, ["Grade 5"]);
    let met = store.classes("mo n", 9, 0).expect("it answers");
    assert_eq!(
        met.first().and_then(|one| one.name.as_deref()),
        Some("Mo Núñez")
    );
    let jotted = store.jotted("feedback:00000000-0003-7101-8101-010101010101");
    let wanted = (version >= 4).then(|| "I noticed".to_owned());
    assert_eq!(jotted, Ok(wanted));
    let count = |sql: &str| {
        store
            .connection
            .query_row(sql, [], |row| row.get::<_, u32>(0))
    };
    assert_eq!(count("select count(*) from pilot"), Ok(1));
    assert_eq!(
        count("select count(*) from missed"),
        Ok(u32::from(version >= 5))
    );
}
