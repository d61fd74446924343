//! Every screen in every state that it has: what a reader hears, and what axe finds.

use crate::support::states::{STATES, walk};
use lookfor::text::Language;
use lookfor::ui::desk::Stage;
use lookfor::ui::seat::View;
use rstest::rstest;
use std::collections::BTreeSet;

/// The name under which `tests/support/states` lists a screen. A screen that is not named here does not compile:
/// add it to the list, with the states that it has, and to a tour.
fn name_of(view: View) -> &'static str {
    match view {
        View::Today => "today",
        View::Visits => "visits",
        View::Me => "me",
        View::Visit => "visit",
        View::Review => "review",
        View::Classes => "classes",
        View::SignIn => "sign-in",
        View::People => "people",
        View::Code => "code",
        View::Agreement => "agreement",
        View::Storage => "storage",
        View::About => "about",
        View::Leave => "leave",
        View::AboutMe => "about-me",
        View::Card(_) => "card",
        View::Record(_) => "record",
        View::Feedback(_) => "feedback",
        View::Replies => "replies",
        View::BrightSpots => "bright-spots",
        View::Support => "support",
        View::Week => "week",
        View::Log => "log",
        View::Welcome => "welcome",
        View::Pilot => "pilot",
    }
}

/// The same for what is shown in the place of a screen.
fn name_of_stage(stage: &Stage) -> Option<&'static str> {
    match stage {
        Stage::Opening => Some("opening"),
        Stage::Open => None,
        Stage::Elsewhere => Some("elsewhere"),
        Stage::Moved => Some("moved"),
        Stage::Failed(_) => Some("does-not-open"),
    }
}

#[test]
fn every_screen_and_each_of_its_states_is_listed_once() {
    let listed: BTreeSet<&str> = STATES.iter().map(|state| state.screen).collect();
    let visit = lookfor::domain::id::EventId::mint(1, [1; 10]);
    let views = [
        View::Today,
        View::Visits,
        View::Me,
        View::Visit,
        View::Review,
        View::Classes,
        View::SignIn,
        View::People,
        View::Code,
        View::Agreement,
        View::Storage,
        View::About,
        View::Leave,
        View::AboutMe,
        View::Card(visit),
        View::Record(visit),
        View::Feedback(visit),
        View::Replies,
        View::BrightSpots,
        View::Support,
        View::Week,
        View::Log,
        View::Welcome,
        View::Pilot,
    ];
    for view in views {
        assert!(listed.contains(name_of(view)), "{view:?}");
    }
    let failed = Stage::Failed(lookfor::domain::problem::Problem::StoreFull);
    for stage in [Stage::Opening, Stage::Elsewhere, Stage::Moved, failed] {
        let name = name_of_stage(&stage).unwrap();
        assert!(listed.contains(name), "{stage:?}");
    }
    let all = STATES
        .iter()
        .map(|state| (state.screen, format!("{:?}", state.kind)));
    let once: BTreeSet<_> = all.collect();
    assert_eq!(once.len(), STATES.len());
}

#[rstest]
#[case::in_english(Language::English)]
#[case::in_spanish(Language::Spanish)]
#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_heard_and_axe_finds_nothing_in_it(#[case] language: Language) {
    let _alone = crate::one_browser_at_a_time().await;
    let walked = walk(language).await;
    assert_eq!(walked.missed, Vec::<String>::new());
    let violations = walked.violations.join("\n");
    assert!(walked.violations.is_empty(), "{violations}");
    assert!(walked.looks >= 10 * STATES.len() as u32);
}
