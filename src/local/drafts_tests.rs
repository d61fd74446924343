//! What the store promises about open visits, their forms, their words, and the roster.

use super::tests::{born, memory, on_disk, open_file, random};
use super::*;
use crate::domain::collect::draft::{Act, DraftHead, Tap};
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;
use crate::domain::collect::samples::every_kind;
use crate::domain::collect::visit::Whereabouts;
use crate::domain::collect::walkthrough::{Lesson, Visited};
use crate::domain::document::{Audience, Name};
use crate::domain::id::{ClassId, SiteId};
use crate::domain::moment::Moment;
use crate::local::inbox::{Change, Delivery};
use crate::local::scrub::Need;

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};
const HEARD: &str = "I heard: we drew it first and then we knew";

fn site() -> SiteId {
    SiteId::mint(1, [8; 10])
}

fn teacher() -> PersonId {
    PersonId::mint(1, [9; 10])
}

fn head(seed: u8, visit: u32) -> DraftHead {
    DraftHead {
        id: DraftId::mint(2, [seed; 10]),
        visit,
        form: every_kind().form,
        begun: NOON,
        lesson: Some(Lesson {
            site: site(),
            whom: Visited::Named {
                teacher: teacher(),
                class: Some(ClassId::mint(1, [7; 10])),
            },
        }),
    }
}

fn acts(store: &mut Store, head: &DraftHead, acts: &[Act]) -> u32 {
    let mut revision = 0;
    for act in acts {
        revision += 1;
        let tap = Tap {
            revision,
            at: NOON,
            act: act.clone(),
        };
        store.keep(head, &tap).expect("it is kept");
    }
    revision
}

fn seen() -> Act {
    Act::Rate {
        look_for: LookForKey("purpose-said".into()),
        rating: Some(Rating::Seen),
    }
}

fn with_words() -> [Act; 4] {
    let write = Act::Write {
        look_for: None,
        text: HEARD.into(),
    };
    let bright = Act::Bright {
        look_for: None,
        on: true,
    };
    let support = Act::Support {
        category: crate::domain::act::support::Category::Content,
        on: true,
    };
    [seen(), write, bright, support]
}

fn change(kind: &str, id: &str, json: Option<&str>) -> Delivery {
    let name = Name {
        kind: kind.into(),
        id: id.into(),
    };
    let json = json.map(str::to_owned);
    Delivery {
        feed: 1,
        portions: vec![(Audience::Everyone, 1, vec![Change { name, json }])],
        lost: vec![],
    }
}

fn kinds(store: &Store) -> Vec<String> {
    let mut all = store
        .connection
        .prepare("select kind from event order by number")
        .expect("it is SQL");
    let rows = all.query_map([], |row| row.get(0)).expect("it answers");
    rows.map(|kind| kind.expect("a text")).collect()
}

fn holds(folder: &std::path::Path, text: &str) -> bool {
    let mut files = std::fs::read_dir(folder).expect("the folder").flatten();
    files.any(|file| {
        let bytes = std::fs::read(file.path()).expect("a file");
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[test]
fn several_visits_are_open_and_the_one_in_hand_opens_again() {
    let (folder, mut store) = on_disk();
    for seed in 1..=2 {
        store.begin(&head(seed, seed.into())).expect("it begins");
        acts(&mut store, &head(seed, seed.into()), &[seen()]);
    }
    drop(store);
    let mut store = open_file(folder.path(), 1);
    let in_hand = store.in_hand().expect("it answers").expect("one is");
    assert_eq!((in_hand.head.visit, in_hand.taps.len()), (2, 1));
    let open: Vec<u32> = store
        .unfinished()
        .expect("it answers")
        .iter()
        .map(|one| one.visit)
        .collect();
    assert_eq!(open, [1]);
    store.take_in_hand(None).expect("it is laid down");
    let open: Vec<(u32, u32, u32)> = store
        .unfinished()
        .expect("it answers")
        .iter()
        .map(|one| (one.visit, one.answered, one.asked))
        .collect();
    assert_eq!(open, [(2, 1, 8), (1, 1, 8)]);
    assert_eq!(store.in_hand(), Ok(None));
}

#[test]
fn a_visit_that_was_begun_and_never_touched_leaves_nothing() {
    let mut store = memory();
    store.begin(&head(1, 1)).expect("it begins");
    store.begin(&head(2, 2)).expect("it begins");
    assert_eq!(store.unfinished(), Ok(vec![]));
    assert_eq!(store.sheet(head(1, 1).id), Err(Problem::UnknownDraft));
}

#[test]
fn a_form_that_is_withdrawn_or_changed_disturbs_no_open_visit() {
    let mut store = memory();
    store.begin(&head(1, 1)).expect("it begins");
    acts(&mut store, &head(1, 1), &[seen()]);
    store
        .take(&change("form", "every-kind@1", None))
        .expect("it is taken");
    let gone = store.begin(&head(2, 2));
    assert!(matches!(gone, Err(Problem::UnknownForm { .. })), "{gone:?}");
    // Read anew, as after a kill: the draft has its own copy.
    store.forms.clear();
    let tap = Tap {
        revision: 2,
        at: NOON,
        act: Act::Undo,
    };
    store.keep(&head(1, 1), &tap).expect("it is kept");
    assert_eq!(
        store.sheet(head(1, 1).id).map(|sheet| sheet.form),
        Ok(every_kind())
    );
}

#[test]
fn what_is_said_with_a_visit_is_sealed_with_it_each_an_event_of_its_own() {
    let mut store = memory();
    let revision = acts(&mut store, &head(1, 1), &with_words());
    let number = store.submit(head(1, 1).id, revision, NOON, &mut random(1));
    assert_eq!(number, Ok(1));
    assert_eq!(
        kinds(&store),
        [
            "walkthrough_submitted",
            "bright_spot_tagged",
            "support_wanted"
        ]
    );
    let waiting = store.outbox(0, 9, usize::MAX).expect("it answers");
    assert!(waiting.iter().all(|one| one.envelope.open().is_ok()));
    let words: Vec<bool> = waiting
        .iter()
        .map(|one| one.envelope.words.is_some())
        .collect();
    assert_eq!(words, [true, true, false]);
    assert!(
        waiting
            .iter()
            .all(|one| !one.envelope.body.contains("drew"))
    );
    // The visit is on the server when all of it is.
    let places = |store: &Store| -> Vec<Whereabouts> {
        let visits = store.visits(None, 9).expect("they are listed");
        visits.into_iter().map(|visit| visit.whereabouts).collect()
    };
    store.received(1, 11, 5).expect("it is noted");
    assert_eq!(places(&store), [Whereabouts::OnThisDevice]);
    store
        .set_aside(2, &Problem::IdTaken)
        .expect("it is set aside");
    let problem = Problem::IdTaken;
    assert_eq!(places(&store), [Whereabouts::SetAside { problem }]);
    assert_eq!(store.copy(1).map(|(copy, _)| copy.number), Ok(2));
    store.try_again(1).expect("it is put back");
    for number in 2..=3 {
        store.received(number, 11 + number, 6).expect("it is noted");
    }
    let received_at_utc_ms = 6;
    assert_eq!(
        places(&store),
        [Whereabouts::OnTheServer { received_at_utc_ms }]
    );
    // Submitted again, it is the same visit; nothing is doubled.
    assert_eq!(
        store.submit(head(1, 1).id, revision, NOON, &mut random(2)),
        Ok(1)
    );
    assert_eq!(kinds(&store).len(), 3);
}

#[test]
fn erased_words_leave_the_taps_of_their_visit_to_the_last_byte() {
    let (folder, mut store) = on_disk();
    let revision = acts(&mut store, &head(1, 1), &with_words());
    store
        .submit(head(1, 1).id, revision, NOON, &mut random(1))
        .expect("it is submitted");
    assert!(holds(folder.path(), HEARD));
    let waiting = store.outbox(0, 9, usize::MAX).expect("it answers");
    for waiting in waiting {
        let erased = change("erased", &waiting.id.to_string(), Some("{}"));
        store.take(&erased).expect("it is taken");
    }
    assert_eq!(store.scrub(Need::Now), Ok(true));
    assert!(!holds(folder.path(), HEARD));
    assert_eq!(store.visits(None, 9).map(|visits| visits.len()), Ok(1));
}

#[test]
fn a_visit_that_is_put_away_can_be_taken_out_again_for_a_day() {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let (folder, mut store) = on_disk();
    acts(&mut store, &head(1, 1), &with_words());
    let listed = |store: &Store| store.unfinished().map(|all| all.len());
    store
        .put_away(head(1, 1).id, Some(NOON.at_utc_ms))
        .expect("it is put away");
    assert_eq!(listed(&store), Ok(0));
    store
        .put_away(head(1, 1).id, None)
        .expect("it is taken out");
    assert_eq!(listed(&store), Ok(1));
    store
        .put_away(head(1, 1).id, Some(NOON.at_utc_ms))
        .expect("it is put away");
    store.tidy(NOON.at_utc_ms + DAY_MS).expect("it tidies");
    assert_eq!(store.put_away(head(1, 1).id, None), Ok(()));
    assert_eq!(listed(&store), Ok(1));
    store
        .put_away(head(1, 1).id, Some(NOON.at_utc_ms))
        .expect("it is put away");
    store.tidy(NOON.at_utc_ms + DAY_MS + 1).expect("it tidies");
    assert_eq!(store.sheet(head(1, 1).id), Err(Problem::UnknownDraft));
    assert_eq!(store.scrub(Need::WhenQuiet), Ok(true));
    assert!(!holds(folder.path(), HEARD), "its words are gone, too");
}

#[test]
fn a_teacher_added_on_the_spot_is_named_in_words_alone_and_found_at_once() {
    let (folder, mut store) = on_disk();
    let name = "Añorve of room 9";
    let add = |store: &mut Store| store.add_person(teacher(), site(), name, NOON, &mut random(1));
    assert_eq!(add(&mut store), Ok(()));
    assert_eq!(add(&mut store), Ok(()), "asked twice, added once");
    assert_eq!(kinds(&store), ["person_added"]);
    let waiting = store.outbox(0, 9, usize::MAX).expect("it answers");
    let one = waiting.first().expect("an event");
    assert!(!one.envelope.body.contains("room 9"));
    assert!(
        one.envelope
            .words
            .as_ref()
            .is_some_and(|words| words.contains(name))
    );
    let found = store.classes("room 9", 9, 0).expect("it answers");
    let found: Vec<_> = found.iter().map(|one| (one.class, one.teacher)).collect();
    assert_eq!(found, [(None, teacher())]);
    // Erased, the name is nowhere.
    let erased = change("erased", &one.id.to_string(), Some("{}"));
    store.take(&erased).expect("it is taken");
    store.scrub(Need::Now).expect("it scrubs");
    assert!(!holds(folder.path(), "of room 9"));
    assert_eq!(store.name_of(teacher()), Ok(None));
}

fn roster(store: &mut Store, classes: u8) {
    for number in 0..classes {
        let class = ClassId::mint(1, [number; 10]).to_string();
        let person = PersonId::mint(1, [100 + number; 10]);
        let json = serde_json::json!({"kind": "class", "body": {
            "id": class, "site": site(), "school_year": 2027, "title": format!("Grade {}", number % 6),
            "room": format!("{number:02}"), "teachers": [person],
        }});
        let named = serde_json::json!({"kind": "person", "body": {
            "id": person, "name": format!("Teacher {number:02}"), "left": false,
            "posts": [{"role": "teacher", "place": {"site": site()}}],
        }});
        let (json, named) = (json.to_string(), named.to_string());
        store
            .take(&change("class", &class, Some(&json)))
            .expect("it is taken");
        store
            .take(&change("person", &person.to_string(), Some(&named)))
            .expect("it is taken");
    }
}

#[test]
fn classes_are_searched_by_room_title_and_name_page_by_page() {
    let mut store = memory();
    roster(&mut store, 45);
    let names = |search: &str, skip| -> Vec<String> {
        let found = store.classes(search, 20, skip).expect("it answers");
        found.into_iter().filter_map(|one| one.name).collect()
    };
    let all: Vec<String> = [0, 20, 40]
        .into_iter()
        .flat_map(|skip| names("", skip))
        .collect();
    assert_eq!(
        all,
        (0..45)
            .map(|number| format!("Teacher {number:02}"))
            .collect::<Vec<_>>()
    );
    assert_eq!(names("teacher 07", 0), ["Teacher 07"]);
    assert_eq!(names("grade 5 05", 0), ["Teacher 05"]);
    assert_eq!(names("33", 0), ["Teacher 33"]);
    assert_eq!(names("%", 0), Vec::<String>::new());
    // A class and a teacher that are gone are found no more.
    let class = ClassId::mint(1, [7; 10]).to_string();
    store
        .take(&change("class", &class, None))
        .expect("it is taken");
    assert_eq!(
        store.classes("Teacher 07", 20, 0).map(|found| found.len()),
        Ok(1)
    );
    let lost = Delivery {
        feed: 1,
        portions: vec![],
        lost: vec![Audience::Everyone],
    };
    store.take(&lost).expect("it is taken");
    assert_eq!(store.classes("", 20, 0), Ok(vec![]));
}

/// The roster of a store from before there was one is read out of its inbox.
#[test]
fn a_store_of_version_2_gets_its_roster() {
    let connection = Connection::open_in_memory().expect("memory opens");
    let fixture = include_str!("../../tests/fixtures/device/v2.sql");
    connection
        .execute_batch(fixture)
        .expect("the fixture is a store");
    let class = ClassId::mint(1, [1; 10]);
    let json = serde_json::json!({"kind": "class", "body": {
        "id": class, "site": site(), "school_year": 2027, "title": "Grade 5", "teachers": [teacher()],
    }});
    let sql = "insert into inbox values ('everyone', 'class', ?1, cast(?2 as blob))";
    connection
        .execute(sql, (class.to_string(), json.to_string()))
        .expect("it is there");
    let mut store = Store::open(connection, Medium::Memory, born(9), 0).expect("it opens");
    let found = store.classes("grade", 9, 0).expect("it answers");
    assert_eq!(found.first().and_then(|one| one.class), Some(class));
    // Its open draft goes on, on the form that its version carried, and can be submitted.
    let open = store.unfinished().expect("it answers");
    let open = open.first().expect("a draft");
    let sheet = store.sheet(open.draft).expect("it has its form");
    assert_eq!(
        sheet.form,
        crate::domain::collect::form::Form::three_reads()
    );
    let tap = Tap {
        revision: sheet.taps.len() as u32 + 1,
        at: NOON,
        act: seen(),
    };
    store.keep(&sheet.head, &tap).expect("it is kept");
    let number = store.submit(open.draft, tap.revision, NOON, &mut random(1));
    assert_eq!(number, Ok(3));
}
