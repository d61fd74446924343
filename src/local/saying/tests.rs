#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::act::feedback::{FeedbackAnswered, FeedbackOpened, FeedbackSent, Reaction};
use crate::domain::act::saying::{feedback_jotting, reply_jotting, week_jotting};
use crate::domain::collect::draft::{Act, DraftHead, Tap};
use crate::domain::collect::form::FormRef;
use crate::domain::collect::look_for::Kind;
use crate::domain::collect::samples::every_kind;
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::document::{Audience, Document, Name, WalkthroughDocument, body_of};
use crate::domain::event::{Fact, Words};
use crate::domain::id::{DraftId, PersonId};
use crate::domain::place::Day;
use crate::local::inbox::{Change, Delivery};
use crate::local::tests::{memory, on_disk, open_file, random, submitted};

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};

fn id(number: u8) -> EventId {
    EventId::mint(1, [9, 9, 9, 9, 9, 9, 9, 9, 9, number])
}

fn feedback(number: u8, text: &str) -> Saying {
    let words = Words {
        salt: "0123456789abcdef".repeat(2),
        said: [(said::FEEDBACK.to_owned(), text.to_owned())].into(),
    };
    let words = serde_json::to_string(&words).expect("words have string keys");
    let fact = FeedbackSent {
        walkthrough: id(100),
    };
    Saying::of(id(number), NOON, &fact, Some(words))
}

#[test]
fn what_is_said_twice_is_one_event_and_goes_out_as_a_fact_that_a_server_can_open() {
    let mut store = memory();
    let said = feedback(1, "I noticed two pairs.");
    assert_eq!(store.say(&said), Ok(1));
    assert_eq!(store.say(&said), Ok(1));
    let waiting = store.outbox(0, 9, 9_999).expect("it answers");
    let [one] = waiting.as_slice() else {
        panic!("there are {}", waiting.len());
    };
    let body = one.envelope.open().expect("a server can open it");
    let fact = Fact::from(FeedbackSent {
        walkthrough: id(100),
    });
    assert_eq!(body.read(), Ok(Some(fact)));
    assert!(one.envelope.words.is_some());
}

fn here(store: &Store) -> Vec<(EventId, Whereabouts)> {
    let all = store.sayings().expect("it answers");
    let here = |one: Said| (one.saying.id, one.whereabouts);
    all.into_iter().map(here).collect()
}

const RECEIVED: Whereabouts = Whereabouts::OnTheServer {
    received_at_utc_ms: 5,
};

/// Brings a document to the person, or takes it away.
fn bring(store: &mut Store, kind: &str, id: EventId, json: Option<&str>) {
    let change = Change {
        name: Name {
            kind: kind.into(),
            id: id.to_string(),
        },
        json: json.map(str::to_owned),
    };
    let me = Audience::Person(PersonId::mint(1, [1; 10]));
    let delivery = Delivery {
        feed: 7,
        portions: vec![(me, 1, vec![change])],
        lost: vec![],
    };
    store.take(&delivery).expect("it is taken");
}

#[test]
fn what_was_said_is_read_until_the_feed_brings_it_whatever_else_that_brings() {
    let (folder, mut store) = on_disk();
    for said in [feedback(1, "one"), feedback(2, "two")] {
        store.say(&said).expect("it is said");
    }
    let waits = Whereabouts::OnThisDevice;
    assert_eq!(
        here(&store),
        [(id(1), waits.clone()), (id(2), waits.clone())]
    );
    store.received(1, 71, 5).expect("it is noted");
    assert_eq!(here(&store), [(id(1), RECEIVED), (id(2), waits)]);
    store.received(2, 72, 5).expect("it is noted");
    bring(&mut store, "measures", id(99), Some("{}"));
    // Another worker, without a network.
    drop(store);
    let mut store = open_file(folder.path(), 1);
    assert_eq!(here(&store), [(id(1), RECEIVED), (id(2), RECEIVED)]);
    bring(&mut store, "feedback", id(1), Some("{}"));
    assert_eq!(here(&store), [(id(2), RECEIVED)]);
    // The answer to its push came late: the feed was faster.
    store.say(&feedback(3, "three")).expect("it is said");
    bring(&mut store, "feedback", id(3), Some("{}"));
    store.received(3, 73, 5).expect("it is noted");
    assert_eq!(here(&store), [(id(2), RECEIVED)]);
    assert_eq!(store.tidy(30 * 24 * 60 * 60 * 1000 + 6), Ok(3));
    assert_eq!(here(&store), []);
}

#[test]
fn an_answer_is_heard_when_the_document_that_it_is_about_changes_or_goes() {
    let answer = |number: u8, about: u8| {
        let fact = FeedbackAnswered {
            walkthrough: id(100),
            feedback: id(about),
            answer: Reaction::Thanks,
        };
        Saying::of(id(number), NOON, &fact, None)
    };
    let mut store = memory();
    for (number, about) in [(1, 50), (2, 51)] {
        bring(&mut store, "feedback", id(about), Some("{}"));
        let number = store.say(&answer(number, about)).expect("it is said");
        store.received(number, 70 + number, 5).expect("it is noted");
    }
    assert_eq!(here(&store), [(id(1), RECEIVED), (id(2), RECEIVED)]);
    bring(&mut store, "feedback", id(50), Some("{\"answered\":1}"));
    assert_eq!(here(&store), [(id(2), RECEIVED)]);
    bring(&mut store, "feedback", id(51), None);
    assert_eq!(here(&store), []);
}

#[test]
fn what_was_set_aside_stays_with_its_words_and_the_reason_until_the_server_has_it() {
    let mut store = memory();
    let said = feedback(1, "I noticed two pairs.");
    store.say(&said).expect("it is said");
    store
        .set_aside(1, &Problem::NotTheAuthor)
        .expect("it is noted");
    let aside = Said {
        number: Some(1),
        saying: said,
        whereabouts: Whereabouts::SetAside {
            problem: Problem::NotTheAuthor,
        },
    };
    assert_eq!(store.sayings(), Ok(vec![aside]));
    store.try_again(1).expect("it waits again");
    assert_eq!(here(&store), [(id(1), Whereabouts::OnThisDevice)]);
}

#[test]
fn what_the_device_notes_by_itself_ends_nothing_that_can_be_taken_back() {
    let mut store = memory();
    store.hold_back(&feedback(1, "one")).expect("it is kept");
    let fact = FeedbackOpened {
        walkthrough: id(100),
        feedback: id(50),
    };
    let opened = Saying::of(id(2), NOON, &fact, None);
    assert_eq!(store.say(&opened), Ok(1));
    assert_eq!(store.unsay(id(1)), Ok(true));
}

#[test]
fn answers_of_a_week_are_no_longer_chosen_when_they_are_said_and_only_then() {
    let mut store = memory();
    let fact = SurveyAnswered {
        form: FormRef {
            key: "three-reads".into(),
            version: 2,
        },
        week: Day::of(2026, 11, 16).expect("a day"),
        revision: 1,
        answers: [("fits".to_owned(), 4)].into(),
        named: false,
    };
    let key = week_jotting("three-reads", "2026-11-16");
    store.jot(&key, "{}", 5).expect("it is kept");
    let mut long = Saying::of(id(1), NOON, &fact, Some("x".repeat(70_000)));
    assert!(store.say(&long).is_err());
    assert_eq!(store.jotted(&key), Ok(Some("{}".into())));
    long.words = None;
    store.say(&long).expect("it is said");
    assert_eq!(store.jotted(&key), Ok(None));
}

#[test]
fn what_is_sent_is_no_longer_being_written_and_what_cannot_be_sent_still_is() {
    let mut store = memory();
    let written = |store: &Store| {
        let jotted = [feedback_jotting(id(100)), reply_jotting(id(100))];
        jotted.map(|key| store.jotted(&key).expect("it answers"))
    };
    let keep = |store: &mut Store, key: &str, text: &str| {
        store.jot(key, text, 5).expect("it is kept");
    };
    let long = "x".repeat(70_000);
    keep(&mut store, &feedback_jotting(id(100)), &long);
    keep(&mut store, &reply_jotting(id(100)), "Yes, and");
    assert!(store.say(&feedback(1, &long)).is_err());
    assert_eq!(written(&store), [Some(long), Some("Yes, and".into())]);
    store.say(&feedback(2, "short")).expect("it is said");
    assert_eq!(written(&store), [None, Some("Yes, and".into())]);
    let fact = FeedbackAnswered {
        walkthrough: id(100),
        feedback: id(2),
        answer: Reaction::Thanks,
    };
    // Thanks have no words: the reply is still being written.
    store
        .say(&Saying::of(id(3), NOON, &fact, None))
        .expect("it is said");
    assert_eq!(written(&store), [None, Some("Yes, and".into())]);
    let reply = FeedbackAnswered {
        answer: Reaction::Reply,
        ..fact
    };
    let words = feedback(4, "Yes, and no.").words;
    store
        .say(&Saying::of(id(4), NOON, &reply, words))
        .expect("it is said");
    assert_eq!(written(&store), [None, None]);
}

#[test]
fn a_kind_that_a_person_does_not_say_so_is_refused_and_so_is_a_text_without_an_end() {
    let mut store = memory();
    let mut other = feedback(1, "x");
    other.kind = "person_merged".into();
    assert_eq!(store.say(&other), Err(Problem::NotAllowed));
    let long = feedback(2, &"x".repeat(70_000));
    assert!(matches!(store.say(&long), Err(Problem::TooLarge { .. })));
    assert_eq!(store.unsent(), Ok(0));
}

#[test]
fn a_visit_of_ones_own_is_there_before_the_feed_brings_it() {
    let mut store = memory();
    submitted(&mut store, 1, 1);
    let visits = store.visits(None, 8).expect("it answers");
    let [visit] = visits.as_slice() else {
        panic!("there are {}", visits.len());
    };
    let own = store.own_visit(visit.id).expect("it answers");
    let own = own.expect("it is here");
    let document: Document = serde_json::from_str(&own).expect("it is a document");
    assert_eq!(document.name().id, visit.id.to_string());
    let own: WalkthroughDocument = body_of("walkthrough", &own).expect("it is a visit");
    assert_eq!((own.id, own.visit, own.rated.len()), (visit.id, 1, 1));
    assert_eq!(store.own_visit(id(7)), Ok(None));
}

#[test]
fn the_notes_on_its_look_fors_are_there_with_it_as_the_server_would_show_them() {
    let mut store = memory();
    let form = every_kind();
    let notes: Vec<_> = form
        .look_fors
        .iter()
        .filter(|one| matches!(one.kind, Kind::Note))
        .map(|one| one.key.clone())
        .collect();
    let [heard] = notes.as_slice() else {
        panic!("the form has {} notes", notes.len());
    };
    let head = DraftHead {
        id: DraftId::mint(2, [8; 10]),
        visit: 1,
        form: form.form.clone(),
        begun: NOON,
        lesson: None,
    };
    let acts = [
        // Beyond the core: it is asked of a group.
        Act::Observers { observers: 2 },
        Act::Write {
            look_for: Some(heard.clone()),
            text: "“We drew it first.”".into(),
        },
        Act::Write {
            look_for: None,
            text: "A quiet room.".into(),
        },
    ];
    for (revision, act) in (1..).zip(acts) {
        let tap = Tap {
            revision,
            at: NOON,
            act,
        };
        store.keep(&head, &tap).expect("the tap is kept");
    }
    store
        .submit(head.id, 3, NOON, &mut random(8))
        .expect("it is submitted");
    let visits = store.visits(None, 1).expect("it answers");
    let own = store.own_visit(visits[0].id).expect("it answers");
    let own = own.expect("it is here");
    let own: WalkthroughDocument = body_of("walkthrough", &own).expect("it is a visit");
    assert_eq!(
        own.notes.get(heard).map(String::as_str),
        Some("“We drew it first.”")
    );
    assert_eq!(own.note.as_deref(), Some("A quiet room."));
    // The page reads it by hand; it must find the same.
    let json = store
        .own_visit(own.id)
        .expect("it answers")
        .expect("it is here");
    let body = crate::domain::json::parsed(&json).expect("it is JSON");
    assert!(body.pointer(&format!("/body/notes/{}", heard.0)).is_some());
}
