#![allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::act::bright_spot::{
    BrightSpotFiled, BrightSpotTagged, Circle, PermissionAsked, PermissionGiven, PermissionRefused,
    PermissionWithdrawn,
};
use crate::domain::act::decision::{Decision, DecisionTaken};
use crate::domain::act::feedback::{
    FeedbackAnswered, FeedbackOpened, FeedbackSent, FeedbackShared, Reaction,
};
use crate::domain::act::support::{Category, SupportGiven, SupportWanted};
use crate::domain::act::welcome::{VisitWelcomed, WelcomeWithdrawn};
use crate::domain::claim::ClaimCode;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::lesson::{Happened, LessonLogged, Went};
use crate::domain::collect::look_for::{Kind, LookForKey};
use crate::domain::collect::rating::Rating;
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::collect::walkthrough::{Amendment, Claim, Phase, Setting, Walkthrough, Whom};
use crate::domain::erasure::{self, WordsErased};
use crate::domain::event::Factual;
use crate::domain::id::{ClassId, DraftId, PersonId, SiteId};
use crate::domain::people::{PersonAdded, PersonMerged};
use crate::domain::place::{ClassMissed, Day, Missed, Why};
use crate::domain::plan::prediction::PredictionLocked;
use crate::server::library::starter::{earlier, starter};
use rstest::rstest;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

#[rstest]
#[case::plain("purpose-said", true)]
#[case::digits("3-reads", true)]
#[case::nothing("", false)]
#[case::a_name("Ms. Ortega", false)]
#[case::capitals("Ortega", false)]
#[case::letters_with_marks("jalapeño", false)]
fn a_key_is_no_place_for_words(#[case] key: &str, #[case] fits: bool) {
    assert_eq!(is_key(key), fits);
    assert!(is_key(&"a".repeat(64)) && !is_key(&"a".repeat(65)));
}

#[test]
fn every_key_of_the_library_is_one() {
    let forms = earlier()
        .iter()
        .chain(starter().iter().map(|idea| &idea.form));
    for form in forms {
        assert!(is_key(&form.form.key));
        for look_for in &form.look_fors {
            assert!(is_key(&look_for.key.0), "{}", look_for.key);
            if let Kind::One { choices } | Kind::Many { choices } = &look_for.kind {
                assert!(choices.iter().all(|choice| is_key(&choice.key)));
            }
        }
    }
}

/// One fact of every kind that a device can say, with a text in each place where it has one.
fn one_of_each() -> Vec<Fact> {
    let event = EventId::mint(1, [1; 10]);
    let (person, class) = (PersonId::mint(1, [2; 10]), ClassId::mint(1, [3; 10]));
    let (site, walkthrough) = (SiteId::mint(1, [4; 10]), event);
    let (day, idea) = (Day::of(2026, 11, 16).expect("a day"), || "idea".to_owned());
    let form = || FormRef {
        key: idea(),
        version: 1,
    };
    let look_for = || LookForKey("look".into());
    let rated = || {
        let rated = |rating| Rated {
            look_for: look_for(),
            rating,
        };
        Rating::samples().map(rated).collect::<Vec<_>>()
    };
    let visit = |whom| Walkthrough {
        draft: DraftId::mint(1, [5; 10]),
        visit: 1,
        form: form(),
        begun: Moment {
            at_utc_ms: 1,
            offset_min: 0,
        },
        rated: rated(),
        setting: Some(Setting {
            site,
            whom,
            observers: 1,
            notice_given: true,
            minutes: 5,
            agreement: 1,
        }),
        phase: Some(Phase::Middle),
        students: Some(1),
        focus_seats: Some(1),
    };
    let code = ClaimCode::mint([7; 10]);
    let class_of = Some(class);
    let numbered = Whom::Numbered {
        claim_sha256: code.sha256(),
    };
    let named = Whom::Named {
        teacher: person,
        class: class_of,
    };
    let (bright_spot, asked, feedback, wanted) = (event, event, event, event);
    vec![
        visit(numbered).into(),
        visit(named).into(),
        Amendment {
            walkthrough,
            base: event,
            rated: rated(),
        }
        .into(),
        Claim {
            walkthrough,
            teacher: person,
            code,
        }
        .into(),
        FeedbackSent { walkthrough }.into(),
        FeedbackOpened {
            walkthrough,
            feedback,
        }
        .into(),
        FeedbackAnswered {
            walkthrough,
            feedback,
            answer: Reaction::Reply,
        }
        .into(),
        FeedbackShared {
            walkthrough,
            feedback,
        }
        .into(),
        BrightSpotTagged {
            walkthrough,
            look_for: Some(look_for()),
        }
        .into(),
        BrightSpotFiled {
            walkthrough,
            bright_spot,
            look_for: Some(look_for()),
        }
        .into(),
        PermissionAsked {
            walkthrough,
            bright_spot,
        }
        .into(),
        PermissionGiven {
            walkthrough,
            bright_spot,
            asked,
            circle: Circle::Site,
        }
        .into(),
        PermissionRefused {
            walkthrough,
            bright_spot,
            asked,
        }
        .into(),
        PermissionWithdrawn {
            walkthrough,
            bright_spot,
            asked,
        }
        .into(),
        SupportWanted {
            walkthrough,
            category: Category::Content,
        }
        .into(),
        SupportGiven {
            walkthrough,
            wanted,
        }
        .into(),
        PredictionLocked {
            idea: idea(),
            cycle: 1,
        }
        .into(),
        DecisionTaken {
            idea: idea(),
            decision: Decision::Adopt,
        }
        .into(),
        PersonAdded { person, site }.into(),
        PersonMerged {
            from: person,
            into: person,
        }
        .into(),
        ClassMissed {
            site,
            missed: Missed::Class(class),
            why: Why::Test,
        }
        .into(),
        SurveyAnswered {
            form: form(),
            week: day,
            revision: 1,
            answers: [("question".to_owned(), 4)].into(),
            named: true,
        }
        .into(),
        LessonLogged {
            form: form(),
            class: class_of,
            day,
            week: day,
            revision: 1,
            happened: Some(Happened::Yes),
            parts: [(look_for(), Happened::Partly)].into(),
            went: Some(Went::Mixed),
        }
        .into(),
        VisitWelcomed {
            site,
            class: class_of,
            day,
            idea: Some(idea()),
            peers: true,
        }
        .into(),
        WelcomeWithdrawn { welcome: event }.into(),
        WordsErased {
            events: vec![event],
            why: erasure::Why::Asked,
        }
        .into(),
    ]
}

fn arrived(kind: &str, schema: u32, data: &Value) -> Arrival {
    let id = "01a21293-b600-7101-8101-010101010101";
    let body = json!({
        "id": id, "device": id, "number": 1, "author": id, "kind": kind, "schema": schema,
        "at_utc_ms": 1, "offset_min": 0, "words_sha256": "00".repeat(32), "data": data,
    });
    Arrival::from(Envelope {
        body: body.to_string(),
        words: None,
    })
}

/// The value with a sentence in the place of one text: of the `nth` of all texts and of all names of fields and entries.
/// None when there are not so many. Says whether it was a name.
fn with_a_sentence(value: &Value, nth: &mut usize) -> (Value, Option<bool>) {
    const SENTENCE: &str = "Ms. Ortega shouted";
    let here = |nth: &mut usize| match nth.checked_sub(1) {
        Some(left) => {
            *nth = left;
            false
        }
        None => true,
    };
    match value {
        Value::String(_) if here(nth) => (SENTENCE.into(), Some(false)),
        Value::Array(values) => {
            let mut done = None;
            let values = values.iter().map(|value| match done {
                Some(_) => value.clone(),
                None => {
                    let (value, found) = with_a_sentence(value, nth);
                    done = found;
                    value
                }
            });
            (values.collect::<Vec<_>>().into(), done)
        }
        Value::Object(fields) => {
            let mut done = None;
            let mut changed = Map::new();
            for (name, value) in fields {
                if done.is_none() && here(nth) {
                    done = Some(true);
                    changed.insert(SENTENCE.into(), value.clone());
                } else if done.is_none() {
                    let (value, found) = with_a_sentence(value, nth);
                    done = found;
                    changed.insert(name.clone(), value);
                } else {
                    changed.insert(name.clone(), value.clone());
                }
            }
            (changed.into(), done)
        }
        other => (other.clone(), None),
    }
}

#[test]
fn no_text_of_any_fact_can_be_a_sentence() {
    let facts = one_of_each();
    let kinds: BTreeSet<&str> = facts.iter().map(|fact| fact.kind().0).collect();
    assert_eq!(kinds, Fact::KINDS.iter().copied().collect());
    for fact in facts {
        let (kind, schema) = fact.kind();
        let data: Value = serde_json::from_str(&fact.data()).expect("JSON");
        assert!(arrived(kind, schema, &data).opened.is_ok(), "{kind}");
        for nth in 0.. {
            let (data, found) = with_a_sentence(&data, &mut nth.clone());
            let Some(is_name) = found else { break };
            let arrived = arrived(kind, schema, &data);
            let Ok(body) = arrived.opened else { continue };
            // A field that nobody asks for stays in the bytes, and is read by nobody.
            let read = format!("{:?}", body.read());
            assert!(is_name && !read.contains("Ortega"), "{kind}: {data}");
        }
    }
}

#[rstest]
#[case::of_a_later_version("field_trip", true)]
#[case::a_sentence("Ms. Ortega shouted", false)]
#[case::nothing("", false)]
fn a_reason_is_a_name_and_no_sentence(#[case] why: &str, #[case] taken: bool) {
    let id = "01a21293-b600-7101-8101-010101010101";
    let data = json!({"site": id, "missed": {"class": id}, "why": why});
    assert_eq!(arrived("class_missed", 1, &data).opened.is_ok(), taken);
}

#[rstest]
#[case::west(-1080, true)]
#[case::too_far_east(1081, false)]
#[case::the_largest(i16::MAX, false)]
fn a_visit_begins_at_a_time_that_a_clock_can_show(#[case] offset_min: i16, #[case] taken: bool) {
    let visits = one_of_each();
    let (kind, schema) = visits[0].kind();
    let mut data: Value = serde_json::from_str(&visits[0].data()).expect("JSON");
    data["begun"]["offset_min"] = offset_min.into();
    assert_eq!(arrived(kind, schema, &data).opened.is_ok(), taken);
}
