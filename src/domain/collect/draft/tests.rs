//! What taps come to.

use super::touch::{Touch, is_on_the_strip, stripped};
use super::*;
use crate::domain::claim::ClaimCode;
use crate::domain::collect::samples::every_kind;
use crate::domain::collect::walkthrough::{Visited, Whom};
use crate::domain::event::said;
use crate::domain::id::{PersonId, SiteId};
use proptest::prelude::*;
use rstest::rstest;

fn at(at_utc_ms: i64) -> Moment {
    Moment {
        at_utc_ms,
        offset_min: 0,
    }
}

fn head(form: &Form) -> DraftHead {
    DraftHead {
        id: DraftId::mint(0, [0; 10]),
        visit: 1,
        form: form.form.clone(),
        begun: at(0),
        lesson: None,
    }
}

/// A hand on a draft of the form with every kind.
struct Hand {
    form: Form,
    draft: Draft,
    log: Vec<Tap>,
}

impl Hand {
    fn new() -> Self {
        let form = every_kind();
        let draft = Draft::begin(head(&form), &form);
        Self {
            form,
            draft,
            log: Vec::new(),
        }
    }

    fn place(&self, key: &str) -> usize {
        let mut keys = self.form.look_fors.iter();
        keys.position(|one| one.key.0 == key).expect("it is there")
    }

    fn does(&mut self, ms: i64, act: Act) -> &mut Self {
        let tap = Tap {
            revision: self.draft.revision + 1,
            at: at(ms),
            act,
        };
        self.draft.apply(&self.form, &tap).expect("it applies");
        self.log.push(tap);
        self
    }

    fn touches(&mut self, ms: i64, key: &str, touch: Touch) -> &mut Self {
        let place = self.place(key);
        let act = self.draft.touch(&self.form, place, touch, at(ms));
        self.does(ms, act.expect("it means something"))
    }

    fn rating(&self, key: &str) -> Option<Rating> {
        let key = LookForKey(key.into());
        self.draft.rating(&self.form, &key).cloned()
    }
}

#[test]
fn touching_a_choice_again_clears_it() {
    let mut hand = Hand::new();
    hand.touches(1, "purpose-said", Touch::Rating(Rating::Seen));
    assert_eq!(hand.rating("purpose-said"), Some(Rating::Seen));
    hand.touches(2, "purpose-said", Touch::Rating(Rating::Seen));
    assert_eq!(hand.rating("purpose-said"), None);
    let refused = hand.draft.finish(&hand.form, at(3), 1);
    assert_eq!(refused, Err(Problem::NothingRecorded));
}

#[rstest]
#[case::the_same_again(1)]
#[case::one_was_lost(3)]
#[case::from_nowhere(0)]
fn a_tap_out_of_order_changes_nothing(#[case] revision: u32) {
    let mut hand = Hand::new();
    hand.touches(1, "purpose-said", Touch::Rating(Rating::Partly));
    let before = hand.draft.clone();
    let late = Tap {
        revision,
        at: at(1),
        act: Act::Undo,
    };
    let refused = hand.draft.apply(&hand.form, &late);
    let expected = Problem::OutOfOrder {
        expected: 2,
        got: revision,
    };
    assert_eq!(refused, Err(expected));
    assert_eq!(hand.draft, before);
}

#[rstest]
#[case::of_another_form("pace", Some(Rating::Seen), true)]
#[case::a_state_for_a_counter("questions", Some(Rating::Seen), false)]
#[case::a_level_that_is_not_there("support", Some(Rating::Level(4)), false)]
#[case::a_choice_that_is_not_there("routine", Some(Rating::One("fourth".into())), false)]
#[case::more_than_all("can-say", Some(Rating::Ratio { part: 6, of: 5 }), false)]
fn what_does_not_fit_is_refused(
    #[case] key: &str,
    #[case] rating: Option<Rating>,
    #[case] unknown: bool,
) {
    let act = Act::Rate {
        look_for: LookForKey(key.into()),
        rating,
    };
    let look_for = key.to_owned();
    let problem = match unknown {
        true => Problem::UnknownLookFor { look_for },
        false => Problem::DoesNotFit { look_for },
    };
    assert_eq!(act.fits(&every_kind()), Err(problem));
}

#[test]
fn a_counter_stamps_each_count_and_takes_the_last_back() {
    let mut hand = Hand::new();
    for ms in [3_900, 40_000, 41_000] {
        hand.touches(ms, "questions", Touch::Step(true));
    }
    hand.touches(42_000, "questions", Touch::Step(false));
    assert_eq!(hand.rating("questions"), Some(Rating::Count(vec![3, 40])));
    // "−" with nothing counted says that there was none.
    let mut none = Hand::new();
    none.touches(1, "questions", Touch::Step(false));
    assert_eq!(none.rating("questions"), Some(Rating::Count(vec![])));
}

#[rstest]
#[case::both_clocks_agree(60_000, Some(60_200), 60, false)]
#[case::after_a_kill_the_wall_clock_stands(61_000, None, 61, false)]
#[case::the_device_slept(300_000, Some(10_000), 300, true)]
#[case::the_wall_clock_went_back(-5_000, Some(42_000), 42, true)]
#[case::the_wall_clock_jumped_a_day(86_400_000, Some(42_000), 42, true)]
fn a_timer_takes_the_longer_time_and_says_when_clocks_disagree(
    #[case] wall_ms: i64,
    #[case] ran_ms: Option<u64>,
    #[case] seconds: u32,
    #[case] unsure: bool,
) {
    let mut hand = Hand::new();
    hand.touches(0, "talking", Touch::Timer(None));
    assert!(hand.draft.times());
    hand.touches(wall_ms, "talking", Touch::Timer(ran_ms));
    let rating = Rating::Timed { seconds, unsure };
    assert_eq!(hand.rating("talking"), Some(rating));
}

#[test]
fn a_timer_adds_its_runs_and_stops_with_the_visit() {
    let mut hand = Hand::new();
    hand.touches(0, "talking", Touch::Timer(None));
    hand.touches(10_000, "talking", Touch::Timer(Some(10_000)));
    hand.touches(20_000, "talking", Touch::Timer(None));
    let done = hand.draft.finish(&hand.form, at(25_000), 1);
    let rated = done.map(|done| done.walkthrough.rated);
    let lasted = Rated {
        look_for: LookForKey("talking".into()),
        rating: Rating::Timed {
            seconds: 15,
            unsure: false,
        },
    };
    assert_eq!(rated, Ok(vec![lasted]));
}

#[rstest]
#[case::a_digit(&[7], Some(7))]
#[case::a_ten_and_a_digit(&[20, 3], Some(23))]
#[case::a_digit_and_a_ten(&[3, 20], Some(23))]
#[case::another_digit(&[20, 3, 4], Some(24))]
#[case::the_digit_again(&[20, 3, 3], Some(20))]
#[case::the_ten_again(&[20, 3, 20], Some(3))]
#[case::nought(&[0], Some(0))]
#[case::nought_again(&[0, 0], None)]
#[case::nought_after_a_ten(&[30, 0], Some(30))]
#[case::a_digit_again(&[5, 5], None)]
fn a_strip_makes_any_number_without_a_keyboard(
    #[case] touched: &[u16],
    #[case] number: Option<u16>,
) {
    let found = touched
        .iter()
        .fold(None, |number, one| stripped(number, *one));
    assert_eq!(found, number);
    let shown: Vec<u16> = (0..10)
        .chain([10, 20, 30])
        .filter(|one| is_on_the_strip(found, *one))
        .collect();
    assert_eq!(shown.iter().sum::<u16>(), found.unwrap_or(0));
}

#[test]
fn a_ratio_is_recorded_when_it_is_whole_and_never_more_than_all() {
    let mut hand = Hand::new();
    let touch = |of, number| Touch::Number { of, number };
    hand.touches(1, "can-say", touch(false, 3));
    assert_eq!(hand.rating("can-say"), None);
    hand.touches(2, "can-say", touch(true, 5));
    let whole = Rating::Ratio { part: 3, of: 5 };
    assert_eq!(hand.rating("can-say"), Some(whole));
    hand.touches(3, "can-say", touch(false, 6));
    assert_eq!(hand.rating("can-say"), None);
}

#[test]
fn a_choice_that_stands_apart_excludes_the_others() {
    let mut hand = Hand::new();
    let touch = |key: &str| Touch::Choice(key.into());
    let many = |keys: &[&str]| Some(Rating::Many(keys.iter().map(|key| (*key).into()).collect()));
    hand.touches(1, "moves", touch("build"));
    hand.touches(2, "moves", touch("clarify"));
    assert_eq!(hand.rating("moves"), many(&["clarify", "build"]));
    hand.touches(3, "moves", touch("none"));
    assert_eq!(hand.rating("moves"), many(&["none"]));
    hand.touches(4, "moves", touch("support"));
    assert_eq!(hand.rating("moves"), many(&["support"]));
    hand.touches(5, "moves", touch("support"));
    assert_eq!(hand.rating("moves"), None);
}

#[test]
fn what_is_not_asked_stays_out_of_the_record_and_comes_back() {
    let mut hand = Hand::new();
    let ratio = hand.place("can-say");
    hand.touches(1, "can-say", Touch::Rating(Rating::NotTheMoment));
    assert_eq!(hand.draft.answered(), (1, 8));
    hand.touches(2, "routine", Touch::Rating(Rating::One("none".into())));
    assert!(!hand.draft.asks(ratio));
    assert_eq!(hand.draft.answered(), (1, 7));
    let done = hand.draft.finish(&hand.form, at(3), 1).expect("it is");
    assert_eq!(done.walkthrough.rated.len(), 1);
    hand.does(3, Act::Undo);
    assert!(hand.draft.asks(ratio));
    assert_eq!(hand.rating("can-say"), Some(Rating::NotTheMoment));
}

#[test]
fn several_observers_are_asked_all_of_the_form() {
    let mut hand = Hand::new();
    let heard = hand.place("heard");
    assert!(!hand.draft.asks(heard));
    hand.does(1, Act::Observers { observers: 2 });
    assert!(hand.draft.asks(heard));
}

#[test]
fn a_finished_visit_says_where_whom_and_what_else() {
    let mut hand = Hand::new();
    let code = ClaimCode::mint([7; 10]);
    let lesson = Lesson {
        site: SiteId::mint(1, [1; 10]),
        whom: Visited::Numbered { code: code.clone() },
    };
    let text = "  I heard: we drew it first. ".to_owned();
    hand.does(1, Act::Enter { lesson });
    hand.touches(2, "purpose-said", Touch::Rating(Rating::Seen));
    hand.touches(3, "purpose-said", Touch::Bright);
    hand.does(
        4,
        Act::Write {
            look_for: None,
            text,
        },
    );
    for category in [Category::Language, Category::Content] {
        hand.does(5, Act::Support { category, on: true });
    }
    let phase = Some(Phase::Middle);
    hand.does(6, Act::Phase { phase });
    let done = hand
        .draft
        .finish(&hand.form, at(360_001), 4)
        .expect("it is");
    let setting = done.walkthrough.setting.clone().expect("it has one");
    assert_eq!(
        (setting.minutes, setting.agreement, setting.observers),
        (7, 4, 1)
    );
    let claim_sha256 = code.sha256();
    assert_eq!(setting.whom, Whom::Numbered { claim_sha256 });
    assert_eq!(done.walkthrough.schema(), 3);
    assert_eq!(done.walkthrough.phase, phase);
    let note = "I heard: we drew it first.".to_owned();
    assert_eq!(done.said.get(said::NOTE), Some(&note));
    let spot = (Some(LookForKey("purpose-said".into())), Some(note));
    assert_eq!(done.bright_spots, [spot]);
    assert_eq!(done.support, [Category::Content, Category::Language]);
    let body = serde_json::to_string(&done.walkthrough).expect("it is JSON");
    assert!(!body.contains("drew") && !body.contains("70707"), "{body}");
}

#[test]
fn the_name_of_a_teacher_is_an_id_in_the_record() {
    let mut hand = Hand::new();
    let teacher = PersonId::mint(1, [2; 10]);
    let lesson = Lesson {
        site: SiteId::mint(1, [1; 10]),
        whom: Visited::Named {
            teacher,
            class: None,
        },
    };
    hand.does(1, Act::Enter { lesson });
    hand.touches(2, "purpose-said", Touch::Rating(Rating::Seen));
    let done = hand.draft.finish(&hand.form, at(-5), 1).expect("it is");
    assert_eq!(done.walkthrough.teacher(), Some(teacher));
    assert_eq!(done.walkthrough.schema(), 2);
    assert_eq!(done.walkthrough.setting.map(|one| one.minutes), Some(1));
}

/// Any touch of any look-for, and what is beside them.
fn touches() -> impl Strategy<Value = (usize, Touch)> {
    let touch = prop_oneof![
        prop::sample::select(&Rating::STATES[..]).prop_map(Touch::Rating),
        (0u8..4).prop_map(|level| Touch::Rating(Rating::Level(level))),
        prop::sample::select(vec!["clarify", "build", "none"])
            .prop_map(|key| Touch::Choice(key.into())),
        prop::sample::select(vec!["first", "none"])
            .prop_map(|key| Touch::Rating(Rating::One(key.into()))),
        any::<bool>().prop_map(Touch::Step),
        prop::option::of(0u64..90_000).prop_map(Touch::Timer),
        (any::<bool>(), 0u16..40).prop_map(|(of, number)| Touch::Number { of, number }),
        (any::<bool>(), any::<bool>()).prop_map(|(focus, more)| Touch::Seats { focus, more }),
        Just(Touch::Bright),
    ];
    (0usize..9, touch)
}

proptest! {
    #[test]
    fn taps_fold_to_the_same_draft_and_undo_is_the_one_before(
        touches in prop::collection::vec(touches(), 1..60)
    ) {
        let form = every_kind();
        let mut draft = Draft::begin(head(&form), &form);
        let mut log: Vec<Tap> = Vec::new();
        for (ms, (place, touch)) in (0..).step_by(700).zip(touches) {
            let Some(act) = draft.touch(&form, place, touch, at(ms)) else { continue };
            let before = draft.clone();
            let revision = draft.revision + 1;
            let tap = Tap { revision, at: at(ms), act };
            // What the look-for does not take is refused, and then nothing is changed.
            if draft.apply(&form, &tap).is_err() {
                prop_assert_eq!(&draft, &before);
                continue;
            }
            let mut undone = draft.clone();
            let undo = Tap { revision: revision + 1, at: at(ms), act: Act::Undo };
            undone.apply(&form, &undo).expect("undo fits every form");
            prop_assert_eq!(undone.rated(&form), before.rated(&form));
            prop_assert_eq!(&undone.beside, &before.beside);
            log.push(tap);
        }
        let folded = Draft::fold(head(&form), &form, &log).expect("in order");
        prop_assert_eq!(&folded, &draft);
        // Whatever is recorded fits the form, and survives its own JSON.
        for rated in draft.rated(&form) {
            let act = Act::Rate { look_for: rated.look_for, rating: Some(rated.rating) };
            prop_assert_eq!(act.fits(&form), Ok(()));
        }
        let json = serde_json::to_string(&log).expect("taps are JSON");
        prop_assert_eq!(serde_json::from_str::<Vec<Tap>>(&json).ok(), Some(log));
    }

    #[test]
    fn the_last_tap_on_a_look_for_decides(
        ratings in prop::collection::vec(prop::option::of(prop::sample::select(&Rating::STATES[..])), 1..40)
    ) {
        let form = every_kind();
        let look_for = LookForKey("purpose-said".into());
        let taps: Vec<Tap> = (1..).zip(&ratings)
            .map(|(revision, rating)| Tap {
                revision,
                at: at(0),
                act: Act::Rate { look_for: look_for.clone(), rating: rating.clone() },
            })
            .collect();
        let draft = Draft::fold(head(&form), &form, &taps).expect("in order");
        prop_assert_eq!(draft.rating(&form, &look_for), ratings.last().and_then(Option::as_ref));
        prop_assert_eq!(draft.revision as usize, ratings.len());
    }
}
