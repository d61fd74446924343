#![allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::act::welcome::WelcomeWithdrawn;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::lesson::Happened;
use crate::domain::id::SiteId;
use crate::domain::people::{Merges, PersonMerged, Post};
use proptest::prelude::*;
use rstest::rstest;

const TEACHER: u8 = 1;
/// An entry that was merged into the teacher's.
const TEACHER_TOO: u8 = 2;
const OTHER: u8 = 3;

fn person(number: u8) -> PersonId {
    PersonId::mint(1, [number; 10])
}

fn site() -> SiteId {
    SiteId::mint(1, [1; 10])
}

fn id(number: u8) -> EventId {
    EventId::mint(1, [9, 9, 9, 9, 9, 9, 9, 9, 9, number])
}

fn people() -> People {
    let merged = PersonMerged {
        from: person(TEACHER_TOO),
        into: person(TEACHER),
    };
    let post = |role, place| Post { role, place };
    People::of(
        Merges::of([&merged]),
        [
            (
                person(TEACHER),
                post(Role::Pilot, Place::Idea("idea".into())),
                false,
            ),
            (
                person(TEACHER),
                post(Role::Teacher, Place::Site(site())),
                true,
            ),
        ],
    )
}

fn week() -> Day {
    Day::of(2026, 11, 16).expect("a Monday")
}

fn read(event: u8, number: u64, author: u8, fact: impl Into<Fact>) -> Read {
    Read {
        id: id(event),
        number,
        author: person(author),
        at: Moment {
            at_utc_ms: i64::from(event),
            offset_min: 0,
        },
        received_at_utc_ms: i64::from(event),
        server_number: u64::from(event),
        fact: fact.into(),
        said: BTreeMap::from([(said::ADDED.to_owned(), format!("added {event}"))]),
    }
}

fn form() -> FormRef {
    FormRef {
        key: "idea".into(),
        version: 1,
    }
}

fn answers(revision: u32, answer: Option<u8>) -> SurveyAnswered {
    let answers = answer.map(|answer| ("q".to_owned(), answer));
    SurveyAnswered {
        form: form(),
        week: week(),
        revision,
        answers: answers.into_iter().collect(),
        named: false,
    }
}

fn log(revision: u32, class: Option<u8>, happened: Option<Happened>) -> LessonLogged {
    LessonLogged {
        form: form(),
        class: class.map(|class| ClassId::mint(1, [class; 10])),
        day: week(),
        week: week(),
        revision,
        happened,
        parts: BTreeMap::new(),
        went: None,
    }
}

/// Revision, number on the device, answer.
#[rstest]
#[case::a_correction(&[(1, 1, 3), (2, 2, 4)], Some(4))]
#[case::a_correction_on_another_device_with_smaller_numbers(&[(1, 70, 3), (2, 2, 4)], Some(4))]
#[case::two_devices_that_did_not_know_of_each_other(&[(1, 9, 3), (1, 2, 4)], Some(3))]
#[case::two_at_one_number(&[(1, 5, 3), (1, 5, 4)], Some(4))]
fn of_what_was_said_twice_one_stands_whatever_came_first(
    #[case] said: &[(u32, u64, u8)],
    #[case] wanted: Option<u8>,
) {
    let mut events: Vec<Read> = (1..)
        .zip(said)
        .map(|(event, (revision, number, answer))| {
            read(event, *number, TEACHER, answers(*revision, Some(*answer)))
        })
        .collect();
    for _ in 0..2 {
        let stands = answered(&events, &people());
        assert_eq!(stands.len(), 1);
        assert_eq!(stands[0].what.answers.get("q").copied(), wanted);
        events.reverse();
    }
}

#[test]
fn answers_that_are_taken_back_are_gone_and_another_teachers_stay() {
    let events = [
        read(1, 1, TEACHER, answers(1, Some(3))),
        read(2, 1, OTHER, answers(1, Some(5))),
        read(3, 2, TEACHER_TOO, answers(2, None)),
    ];
    let stands = answered(&events, &people());
    assert_eq!(stands.len(), 1);
    assert_eq!(
        (stands[0].teacher, stands[0].in_team),
        (person(OTHER), false)
    );
    assert_eq!(stands[0].added.as_deref(), Some("added 2"));
}

#[test]
fn a_name_that_was_given_once_is_remembered() {
    let mut named = answers(1, Some(3));
    named.named = true;
    let events = [
        read(1, 1, TEACHER_TOO, named),
        read(2, 2, TEACHER, answers(2, Some(4))),
    ];
    assert_eq!(ever_named(&events, &people()), [person(TEACHER)]);
}

#[test]
fn each_class_has_a_log_of_its_own_and_one_that_says_nothing_is_taken_back() {
    let events = [
        read(1, 1, TEACHER, log(1, Some(1), Some(Happened::Yes))),
        read(2, 2, TEACHER, log(1, Some(2), Some(Happened::No))),
        read(3, 3, TEACHER, log(2, Some(1), None)),
    ];
    let stands = logged(&events, &people());
    assert_eq!(stands.len(), 1);
    assert_eq!((stands[0].id, stands[0].in_team), (id(2), true));
}

fn welcome() -> VisitWelcomed {
    VisitWelcomed {
        site: site(),
        class: None,
        day: week(),
        idea: Some("idea".into()),
        peers: true,
    }
}

#[rstest]
#[case::by_whoever_said_it(TEACHER, Some(2))]
#[case::under_another_entry(TEACHER_TOO, Some(2))]
#[case::by_somebody_else(OTHER, None)]
fn a_welcome_is_taken_back_by_its_teacher_alone(#[case] author: u8, #[case] wanted: Option<i64>) {
    let withdrawn = |event| read(event, 9, author, WelcomeWithdrawn { welcome: id(1) });
    let events = [withdrawn(3), read(1, 1, TEACHER, welcome()), withdrawn(2)];
    let welcome = Welcome::of(id(1), &events, &people(), &[]).expect("it is there");
    assert_eq!(welcome.withdrawn_utc_ms, wanted);
    assert!(welcome.teaches_here && welcome.stands.in_team);
    assert_eq!(Welcome::of(id(1), &[withdrawn(2)], &people(), &[]), None);
}

#[test]
fn whoever_does_not_teach_there_welcomes_nobody() {
    let events = [read(1, 1, OTHER, welcome())];
    let welcome = Welcome::of(id(1), &events, &people(), &[]).expect("it is there");
    assert!(!welcome.teaches_here && !welcome.stands.in_team);
}

#[rstest]
#[case::their_own(&[TEACHER], true)]
#[case::under_another_entry(&[OTHER, TEACHER_TOO], true)]
#[case::a_colleagues(&[OTHER], false)]
#[case::that_nobody_has(&[], false)]
fn a_class_is_welcomed_to_by_whoever_teaches_it(#[case] teach: &[u8], #[case] counts: bool) {
    let class = Some(ClassId::mint(1, [1; 10]));
    let said = VisitWelcomed { class, ..welcome() };
    let teach: Vec<PersonId> = teach.iter().map(|one| person(*one)).collect();
    let events = [read(1, 1, TEACHER, said)];
    let welcome = Welcome::of(id(1), &events, &people(), &teach).expect("it is there");
    assert_eq!(welcome.teaches_here, counts);
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let happened = prop_oneof![
        Just(None),
        Just(Some(Happened::Yes)),
        Just(Some(Happened::No))
    ];
    prop_oneof![
        (1u32..4, prop::option::of(0u8..5))
            .prop_map(|(revision, answer)| Fact::from(answers(revision, answer))),
        (1u32..4, prop::option::of(0u8..2), happened)
            .prop_map(|(revision, class, happened)| Fact::from(log(revision, class, happened))),
        Just(Fact::from(welcome())),
        (0u8..12).prop_map(|event| Fact::from(WelcomeWithdrawn { welcome: id(event) })),
    ]
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_come_to_the_same(
        facts in prop::collection::vec((any_fact(), 1u64..5, 1u8..4), 0..12),
        order in prop::collection::vec((any::<u32>(), 1usize..3), 12),
    ) {
        let events: Vec<Read> = (0..)
            .zip(facts)
            .map(|(event, (fact, number, author))| read(event, number, author, fact))
            .collect();
        let mut arrived: Vec<(u32, Read)> = Vec::new();
        for (event, (place, times)) in events.iter().zip(order) {
            arrived.extend((0..times).map(|time| (place.wrapping_mul(time as u32 + 1), event.clone())));
        }
        arrived.sort_by_key(|(place, _)| *place);
        let arrived: Vec<Read> = arrived.into_iter().map(|(_, event)| event).collect();
        let people = people();
        prop_assert_eq!(answered(&arrived, &people), answered(&events, &people));
        prop_assert_eq!(ever_named(&arrived, &people), ever_named(&events, &people));
        prop_assert_eq!(logged(&arrived, &people), logged(&events, &people));
        for event in 0..12 {
            prop_assert_eq!(
                Welcome::of(id(event), &arrived, &people, &[]),
                Welcome::of(id(event), &events, &people, &[])
            );
        }
    }
}
