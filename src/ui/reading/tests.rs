#![allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::act::bright_spot::PermissionGiven;
use crate::domain::act::feedback::FeedbackAnswered;
use crate::domain::act::support::SupportWanted;
use crate::domain::document::{Document, PersonDocument};
use crate::domain::people::{Class, Place, Post, Role};
use proptest::prelude::*;

fn any_moment() -> impl Strategy<Value = Moment> {
    (any::<i64>(), any::<i16>()).prop_map(|(at_utc_ms, offset_min)| Moment {
        at_utc_ms,
        offset_min,
    })
}

fn any_uuid() -> impl Strategy<Value = Uuid> {
    any::<[u8; 16]>().prop_map(Uuid::from_bytes)
}

fn any_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(".{0,12}")
}

fn any_form() -> impl Strategy<Value = FormRef> {
    (".{0,9}", any::<u32>()).prop_map(|(key, version)| FormRef { key, version })
}

/// Of each rating one, and of those with numbers and texts many.
fn any_rating() -> impl Strategy<Value = Rating> {
    let samples: Vec<_> = Rating::samples().collect();
    prop_oneof![
        prop::sample::select(samples),
        any::<u8>().prop_map(Rating::Level),
        prop::collection::vec(any::<u32>(), 0..4).prop_map(Rating::Count),
        (any::<u32>(), any::<bool>())
            .prop_map(|(seconds, unsure)| Rating::Timed { seconds, unsure }),
        (any::<u16>(), any::<u16>()).prop_map(|(part, of)| Rating::Ratio { part, of }),
        (any::<u16>(), any::<u16>()).prop_map(|(focus, others)| Rating::Seats { focus, others }),
        ".{0,9}".prop_map(Rating::One),
        prop::collection::vec(".{0,9}", 0..4).prop_map(Rating::Many),
    ]
}

/// The document as it comes, read again.
fn again<T>(document: &Document, read: fn(&Value) -> Option<T>) -> Option<T> {
    let json = serde_json::to_string(document).expect("a document is JSON");
    read(&body(&json)?)
}

proptest! {
    #[test]
    fn a_visit_is_read_as_it_was_written(
        ids in prop::collection::vec(any_uuid(), 5),
        some in any::<bool>(),
        form in any_form(),
        moments in prop::collection::vec(any_moment(), 2),
        rated in prop::collection::vec((".{0,9}", any_rating()), 0..5),
        numbers in any::<(u32, u32)>(),
        note in any_text(),
        small: u16,
        reply in any_text(),
        notes in prop::collection::btree_map(".{0,9}".prop_map(LookForKey), ".{0,9}", 0..3),
    ) {
        let rated = rated.into_iter().map(|(key, rating)| Rated { look_for: LookForKey(key), rating });
        let document = WalkthroughDocument {
            id: EventId(ids[0]),
            observer: PersonId(ids[1]),
            teacher: some.then_some(PersonId(ids[2])),
            class: some.then_some(ClassId(ids[3])),
            site: some.then_some(SiteId(ids[4])),
            visit: numbers.0,
            form,
            begun: moments[0],
            at: moments[1],
            minutes: some.then_some(small),
            rated: rated.collect(),
            unread: Vec::new(),
            amended: numbers.1,
            note,
            notes,
            refused: some.then_some(Problem::NotAllowed),
            breaks: some.then(|| Problem::AgreementSaysNo { field: "minutes_max".into() }).into_iter().collect(),
            answers: some.then(|| AnswerDocument { at: moments[0], answer: Reaction::Reply, text: reply }).into_iter().collect(),
            agreed: numbers.0,
        };
        prop_assert_eq!(again(&Document::Walkthrough(document.clone()), visit), Some(document));
    }

    #[test]
    fn feedback_is_read_as_it_was_written(
        ids in prop::collection::vec(any_uuid(), 4),
        flags in any::<(bool, bool)>(),
        at in any_moment(),
        texts in prop::collection::vec(any_text(), 3),
        answers in prop::collection::vec((any_moment(), any::<bool>(), any_text()), 0..4),
    ) {
        let answers = answers.into_iter().map(|(at, thanks, text)| AnswerDocument {
            at,
            answer: if thanks { Reaction::Thanks } else { Reaction::Reply },
            text,
        });
        let document = FeedbackDocument {
            id: EventId(ids[0]),
            walkthrough: EventId(ids[1]),
            from: PersonId(ids[2]),
            teacher: flags.0.then_some(PersonId(ids[3])),
            at,
            text: texts[0].clone(),
            students: texts[1].clone(),
            question: texts[2].clone(),
            answers: answers.collect(),
            opened: flags.0.then_some(at),
            shared: flags.1,
        };
        prop_assert_eq!(again(&Document::Feedback(document.clone()), feedback), Some(document));
    }

    #[test]
    fn a_bright_spot_and_a_call_are_read_as_they_were_written(
        ids in prop::collection::vec(any_uuid(), 6),
        some in any::<bool>(),
        at in any_moment(),
        form in any_form(),
        texts in prop::collection::vec(any_text(), 2),
        permission in prop::sample::select(&[
            PermissionDocument::NotAsked,
            PermissionDocument::Asked,
            PermissionDocument::GivenForSite,
            PermissionDocument::GivenForDistrict,
            PermissionDocument::Refused,
            PermissionDocument::Withdrawn,
        ][..]),
        category in prop::sample::select(&Category::ALL[..]),
    ) {
        let spot = BrightSpotDocument {
            id: EventId(ids[0]),
            walkthrough: some.then_some(EventId(ids[1])),
            teacher: some.then_some(PersonId(ids[2])),
            site: some.then_some(SiteId(ids[3])),
            form,
            look_for: texts[0].clone().map(LookForKey),
            at,
            evidence: texts[1].clone(),
            permission,
            open_questions: vec![EventId(ids[4])],
            given_questions: vec![EventId(ids[5])],
        };
        prop_assert_eq!(again(&Document::BrightSpot(spot.clone()), bright_spot), Some(spot));
        let call = SupportDocument {
            id: EventId(ids[0]),
            walkthrough: some.then_some(EventId(ids[1])),
            teacher: some.then_some(PersonId(ids[2])),
            site: some.then_some(SiteId(ids[3])),
            form: some.then(|| crate::domain::collect::form::Form::three_reads().form),
            at,
            category,
            given: some.then_some(at),
        };
        prop_assert_eq!(again(&Document::Support(call.clone()), support), Some(call));
    }

    #[test]
    fn no_text_makes_reading_panic(json in ".{0,60}") {
        if let Some(body) = body(&json) {
            let _ = (visit(&body), feedback(&body), bright_spot(&body), support(&body), known(&body));
        }
    }
}

#[test]
fn of_a_person_and_a_class_is_read_what_a_page_needs() {
    let (id, site) = (PersonId::mint(1, [1; 10]), SiteId::mint(1, [2; 10]));
    let post = |role, place| Post { role, place };
    let person = Document::Person(PersonDocument {
        id,
        name: Some("Cho".into()),
        posts: vec![
            post(Role::Coach, Place::Site(site)),
            post(Role::Pilot, Place::Idea("three-reads".into())),
        ],
        left: false,
    });
    let wanted = Known {
        id,
        name: Some("Cho".into()),
        coaches: true,
        ideas: vec!["three-reads".into()],
        left: false,
    };
    assert_eq!(again(&person, known), Some(wanted));
    let class = Document::Class(Class {
        id: ClassId::mint(1, [3; 10]),
        site,
        school_year: 2027,
        title: "Grade 5, room 12".into(),
        teachers: vec![],
        room: None,
        grades: vec![],
        subjects: vec![],
        periods: vec![],
        students: None,
    });
    assert_eq!(again(&class, title), Some("Grade 5, room 12".into()));
}

#[test]
fn what_was_said_here_is_read_with_its_words() {
    let id = |number| EventId::mint(1, [number; 10]);
    let at = Moment {
        at_utc_ms: 5,
        offset_min: 0,
    };
    let words = r#"{"salt":"00","said":{"reply":"They heard"}}"#.to_owned();
    let fact = FeedbackAnswered {
        walkthrough: id(1),
        feedback: id(2),
        answer: Reaction::Reply,
    };
    let answered = Saying::of(id(3), at, &fact, Some(words));
    let read = data(&answered).expect("it is read");
    assert_eq!((read.walkthrough, read.feedback), (id(1), Some(id(2))));
    assert_eq!(read.answer, Some(Reaction::Reply));
    assert_eq!(said(&answered, "reply").as_deref(), Some("They heard"));
    assert_eq!(said(&answered, "note"), None);
    for circle in [Circle::Site, Circle::District] {
        let fact = PermissionGiven {
            walkthrough: id(1),
            bright_spot: id(2),
            asked: id(3),
            circle,
        };
        let read = data(&Saying::of(id(4), at, &fact, None)).expect("it is read");
        let questions = (read.bright_spot, read.asked, read.circle);
        assert_eq!(questions, (Some(id(2)), Some(id(3)), Some(circle)));
    }
    for category in Category::ALL {
        let walkthrough = id(1);
        let fact = SupportWanted {
            walkthrough,
            category,
        };
        let read = data(&Saying::of(id(4), at, &fact, None)).expect("it is read");
        assert_eq!(read.category, Some(category));
    }
}

#[test]
fn each_rating_is_read_and_one_of_a_later_version_is_not_taken_for_nothing() {
    for sample in Rating::samples() {
        let json = serde_json::to_value(&sample).expect("it is JSON");
        assert_eq!(rating(&json), Some(sample));
    }
    let at = serde_json::json!({"at_utc_ms": 5, "offset_min": 0});
    let id = EventId::mint(1, [1; 10]);
    let body = serde_json::json!({
        "id": id, "observer": id, "visit": 1, "form": {"key": "three-reads", "version": 1},
        "begun": at, "at": at, "amended": 0,
        "rated": [
            {"look_for": "purpose-said", "rating": "seen"},
            {"look_for": "drawn", "rating": {"photograph": 2}},
        ],
    });
    let read = visit(&body).expect("it is read");
    let keys: Vec<_> = read.rated.iter().map(|rated| &*rated.look_for.0).collect();
    assert_eq!(keys, ["purpose-said"]);
    assert_eq!(read.unread, [LookForKey("drawn".into())]);
}
