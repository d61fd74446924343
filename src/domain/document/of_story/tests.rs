#![allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::act::bright_spot::Circle;
use crate::domain::act::feedback::Reaction;
use crate::domain::act::support::Category;
use crate::domain::agreement::Withheld;
use crate::domain::collect::form::Form;
use crate::domain::collect::walkthrough::{Setting, Walkthrough};
use crate::domain::hash::Sha256;
use crate::domain::id::{ClassId, DraftId, SiteId};
use crate::domain::moment::Moment;
use rstest::rstest;
use std::collections::BTreeSet;

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};

fn id(number: u8) -> EventId {
    EventId::mint(1, [9, 9, 9, 9, 9, 9, 9, 9, 9, number])
}

fn observer() -> PersonId {
    PersonId::mint(1, [1; 10])
}

fn teacher() -> PersonId {
    PersonId::mint(1, [2; 10])
}

fn class() -> ClassId {
    ClassId::mint(1, [4; 10])
}

fn site() -> SiteId {
    SiteId::mint(1, [3; 10])
}

fn named() -> Whom {
    Whom::Named {
        teacher: teacher(),
        class: Some(class()),
    }
}

/// A visit of which everything came that can come.
fn story(whom: Whom, permission: Permission, shared: bool) -> Story {
    Story {
        id: id(0),
        observer: observer(),
        teacher: Some(teacher()),
        counted_teacher: Some(teacher()),
        at: NOON,
        day_utc_ms: NOON.at_utc_ms,
        as_of: 1,
        refused: None,
        breaks: Vec::new(),
        waits_for_form: false,
        answers: Vec::new(),
        walkthrough: Walkthrough {
            draft: DraftId::mint(1, [1; 10]),
            visit: 1,
            form: Form::three_reads().form,
            begun: NOON,
            rated: Vec::new(),
            phase: None,
            students: None,
            focus_seats: None,
            setting: Some(Setting {
                site: site(),
                whom,
                observers: 1,
                notice_given: false,
                minutes: 5,
                agreement: 1,
            }),
        },
        rated: Vec::new(),
        amended: 0,
        note: Some("note".into()),
        notes: Default::default(),
        feedback: vec![fold::Feedback {
            id: id(1),
            at: NOON,
            text: Some("text".into()),
            students: Some("students".into()),
            question: Some("question".into()),
            opened: Some(NOON),
            answers: vec![fold::Answered {
                id: id(2),
                at: NOON,
                answer: Reaction::Reply,
                text: Some("reply".into()),
            }],
            shared,
        }],
        bright_spots: vec![fold::BrightSpot {
            id: id(3),
            by: observer(),
            at: NOON,
            look_for: None,
            evidence: Some("evidence".into()),
            permission,
            open_questions: vec![id(4)],
            given_questions: vec![id(5)],
        }],
        support: vec![fold::Support {
            id: id(6),
            by: observer(),
            at: NOON,
            category: Category::Content,
            given: None,
            as_of: 2,
        }],
    }
}

fn agreements(names: bool, withheld: Vec<Withheld>) -> Agreements {
    Agreements::of(vec![Agreement {
        names,
        withheld,
        ..Agreement::first()
    }])
}

fn made(story: &Story) -> Vec<(Audience, Document)> {
    of_story(story, &agreements(true, Vec::new()))
}

/// The kinds that an audience gets.
fn kinds(made: &[(Audience, Document)], audience: &Audience) -> BTreeSet<String> {
    let own = made.iter().filter(|(for_whom, _)| for_whom == audience);
    own.map(|(_, document)| document.name().kind).collect()
}

const ALL: &[&str] = &["bright_spot", "feedback", "support", "walkthrough"];
const SPOT: &[&str] = &["bright_spot"];
const COACHED: &[&str] = &["bright_spot", "support"];
const ASKED: Permission = Permission::Asked;
const SITE: Permission = Permission::Given(Circle::Site);
const DISTRICT: Permission = Permission::Given(Circle::District);

#[rstest]
#[case::observer(Audience::Person(observer()), ALL, ALL, ALL)]
#[case::teacher(Audience::Person(teacher()), ALL, ALL, ALL)]
#[case::coaches(Audience::Coaches(site()), COACHED, COACHED, COACHED)]
#[case::principals(Audience::Principals(site()), &[], SPOT, SPOT)]
#[case::colleagues(Audience::Site(site()), &[], SPOT, SPOT)]
#[case::team(Audience::Team("three-reads".into()), &[], SPOT, SPOT)]
#[case::district(Audience::District, &[], SPOT, SPOT)]
#[case::everyone(Audience::Everyone, &[], &[], SPOT)]
fn an_audience_gets_what_the_table_gives_it(
    #[case] audience: Audience,
    #[case] asked: &[&str],
    #[case] for_site: &[&str],
    #[case] for_district: &[&str],
) {
    for (permission, wanted) in [(ASKED, asked), (SITE, for_site), (DISTRICT, for_district)] {
        let made = made(&story(named(), permission, false));
        let wanted: BTreeSet<String> = wanted.iter().map(|kind| (*kind).to_owned()).collect();
        assert_eq!(kinds(&made, &audience), wanted, "{permission:?}");
    }
}

#[test]
fn nobody_else_gets_anything() {
    let known = [
        Audience::Person(observer()),
        Audience::Person(teacher()),
        Audience::Coaches(site()),
        Audience::Principals(site()),
        Audience::Site(site()),
        Audience::Team("three-reads".into()),
        Audience::District,
        Audience::Everyone,
    ];
    for (audience, _) in made(&story(named(), DISTRICT, true)) {
        assert!(known.contains(&audience), "{audience}");
    }
}

#[test]
fn a_coach_reads_feedback_that_is_shared_and_not_who_opened_it() {
    let coaches = Audience::Coaches(site());
    assert!(!kinds(&made(&story(named(), ASKED, false)), &coaches).contains("feedback"));
    let made = made(&story(named(), ASKED, true));
    let opened = |audience: &Audience| {
        made.iter().find_map(|(for_whom, document)| match document {
            Document::Feedback(feedback) if for_whom == audience => Some(feedback.opened),
            _ => None,
        })
    };
    assert_eq!(opened(&coaches), Some(None));
    assert_eq!(opened(&Audience::Person(observer())), Some(Some(NOON)));
    assert_eq!(opened(&Audience::Person(teacher())), Some(Some(NOON)));
}

#[rstest]
#[case::the_agreement_keeps_names_off(named(), false)]
#[case::the_form_has_no_name(Whom::Numbered { claim_sha256: Sha256::of(b"code") }, true)]
#[case::both(Whom::Numbered { claim_sha256: Sha256::of(b"code") }, false)]
fn without_names_only_the_teacher_is_told_who_it_was(#[case] whom: Whom, #[case] names: bool) {
    let story = story(whom, DISTRICT, true);
    let made = of_story(&story, &agreements(names, Vec::new()));
    assert!(made.len() > 10);
    for (audience, document) in made {
        let text = serde_json::to_string(&document).expect("documents are JSON");
        let own = audience == Audience::Person(teacher());
        assert_eq!(
            text.contains(&teacher().to_string()),
            own,
            "{audience}: {text}"
        );
        if !own {
            assert!(!text.contains(&class().to_string()), "{audience}: {text}");
        }
    }
}

#[test]
fn only_the_teacher_has_questions_to_answer_and_only_those_who_speak_know_the_visit() {
    for (audience, document) in made(&story(named(), DISTRICT, true)) {
        let Document::BrightSpot(spot) = document else {
            continue;
        };
        let teacher = audience == Audience::Person(teacher());
        let speaks = [Audience::Person(observer()), Audience::Coaches(site())];
        assert_eq!(!spot.open_questions.is_empty(), teacher, "{audience}");
        assert_eq!(!spot.given_questions.is_empty(), teacher, "{audience}");
        assert_eq!(
            spot.walkthrough.is_some(),
            teacher || speaks.contains(&audience),
            "{audience}"
        );
    }
}

#[test]
fn a_teacher_who_visited_themselves_is_one_reader() {
    let mut story = story(named(), ASKED, false);
    story.observer = teacher();
    let made = made(&story);
    let names: Vec<_> = made
        .iter()
        .filter(|(audience, _)| *audience == Audience::Person(teacher()))
        .map(|(_, document)| document.name())
        .collect();
    let once: BTreeSet<_> = names.iter().collect();
    assert_eq!(names.len(), once.len());
}

#[test]
fn what_the_agreement_withholds_is_not_made() {
    let withheld = vec![
        Withheld {
            row: Row::BrightSpotPermitted,
            from: Relation::Principal,
        },
        Withheld {
            row: Row::Support,
            from: Relation::Coach,
        },
    ];
    let made = of_story(
        &story(named(), DISTRICT, false),
        &agreements(true, withheld),
    );
    assert!(kinds(&made, &Audience::Principals(site())).is_empty());
    assert_eq!(
        kinds(&made, &Audience::Coaches(site())),
        ["bright_spot".to_owned()].into()
    );
}
