//! The screens. Each is made of components and of sentences from `text`.

pub mod about_me;
pub mod after;
pub mod agreement;
pub mod bright_spots;
pub mod card;
pub mod classes;
pub mod device;
pub mod feedback;
pub mod menu;
pub mod notices;
pub mod permission;
pub mod record;
pub mod replies;
pub mod review;
pub mod sign_in;
pub mod support;
pub mod today;
pub mod visit;
pub mod voices;

use crate::domain::collect::today::Today;
use crate::domain::problem::Problem;
use crate::text::Say;
use crate::text::walk::Walk;
use crate::ui::components::visits::Visits;
use crate::ui::desk::{Desk, Stage};
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The screen that is in view: what the store allows, then who sits here, then where they went.
#[component]
pub fn Screen() -> Element {
    let desk: Desk = use_context();
    let demo = desk.today.read().as_ref().is_some_and(|today| today.demo);
    rsx! {
        if demo {
            p { class: "demo", {(desk.language)().demo()} }
        }
        {in_view(desk)}
    }
}

fn in_view(desk: Desk) -> Element {
    match (desk.stage)() {
        Stage::Elsewhere => rsx! {
            Held { title: Say::OpenElsewhere, means: Say::OpenElsewhereMeans }
        },
        Stage::Moved => rsx! {
            Held { title: Say::MovedElsewhere, means: Say::MovedElsewhereMeans }
        },
        Stage::Failed(problem) => rsx! { DoesNotOpen { problem } },
        Stage::Opening | Stage::Open => rsx! { Seated {} },
    }
}

#[component]
fn Seated() -> Element {
    let desk: Desk = use_context();
    if (desk.seat.joining)().is_some() {
        return rsx! { sign_in::Invited {} };
    }
    // Until the store has said what is open, the page keeps its calm shape without words.
    if !desk.is_open() {
        return rsx! {};
    }
    if desk.seat.is_taken_by_nobody() {
        return match (desk.seat.view)() {
            View::People => rsx! { menu::People {} },
            _ => rsx! { sign_in::SignIn {} },
        };
    }
    match (desk.seat.view)() {
        View::Today => rsx! { today::TodayPage {} },
        View::Visits => rsx! { VisitsPage {} },
        View::Me => rsx! { menu::MePage {} },
        View::Visit => rsx! { visit::Recording {} },
        View::Review => rsx! { review::Review {} },
        View::Classes => rsx! { classes::Classes {} },
        View::SignIn => rsx! { sign_in::SignIn {} },
        View::People => rsx! { menu::People {} },
        View::Code => rsx! { menu::Code {} },
        View::Agreement => rsx! { agreement::AgreementPage {} },
        View::Storage => rsx! { device::Storage {} },
        View::About => rsx! { device::About {} },
        View::Leave => rsx! { menu::Leave {} },
        View::AboutMe => rsx! { about_me::AboutMe {} },
        View::Card(visit) => rsx! { card::Card { key: "{visit}", visit } },
        View::Record(visit) => rsx! { record::Record { key: "{visit}", visit } },
        View::Feedback(visit) => rsx! { feedback::Feedback { key: "{visit}", visit } },
        View::Replies => rsx! { replies::Replies {} },
        View::BrightSpots => rsx! { bright_spots::BrightSpots {} },
        View::Support => rsx! { support::SupportWanted {} },
        View::Week => rsx! { voices::week::Week {} },
        View::Log => rsx! { voices::log::Log {} },
        View::Welcome => rsx! { voices::welcome::Welcome {} },
        View::Pilot => rsx! { voices::pilot::Pilot {} },
    }
}

/// The screens that the bar at the bottom leads to, in its order. What is there for a teacher comes first for
/// whoever does nothing else.
fn ways(today: Option<&Today>) -> Vec<(View, Walk<'static>)> {
    let mut ways = vec![
        (View::Today, Walk::Today),
        (View::Visits, Walk::Visits),
        (View::Me, Walk::Me),
    ];
    if let Some(today) = today.filter(|today| today.teaches) {
        let place = usize::from(!today.only_teaches());
        ways.insert(place, (View::AboutMe, Walk::ForYou));
    }
    ways
}

/// The bar at the bottom.
#[component]
fn Ways() -> Element {
    let desk: Desk = use_context();
    let ways = ways(desk.today.read().as_ref());
    rsx! {
        div { class: "dock",
            notices::Happened {}
            nav { class: "ways", aria_label: desk.walk(Walk::Ways),
                for (view, name) in ways {
                    button {
                        key: "{name:?}",
                        r#type: "button",
                        id: "way-{name:?}",
                        aria_current: if (desk.seat.view)() == view { "page" },
                        onclick: move |_| desk.go(view),
                        {desk.walk(name)}
                    }
                }
            }
        }
    }
}

/// The submitted visits.
#[component]
fn VisitsPage() -> Element {
    let desk: Desk = use_context();
    rsx! {
        header { class: "top",
            h1 { id: "heading", class: "grow", tabindex: "-1", {desk.walk(Walk::Visits)} }
            today::Unsent {}
        }
        main {
            notices::Standing {}
            Visits {}
            p { class: "quiet foot", {desk.say(Say::Formative)} }
        }
        Ways {}
    }
}

/// A page below another: the way back, what it is, and what is on it.
#[component]
fn Below(title: String, children: Element) -> Element {
    let desk: Desk = use_context();
    rsx! {
        header { class: "top",
            button { r#type: "button", id: "back", onclick: move |_| desk.back(), {desk.say(Say::Back)} }
            h1 { id: "heading", class: "grow", tabindex: "-1", "{title}" }
        }
        main { {children} }
        div { class: "dock", notices::Happened {} }
    }
}

/// The store is held by another tab.
#[component]
fn Held(title: Say<'static>, means: Say<'static>) -> Element {
    let desk: Desk = use_context();
    rsx! {
        main { class: "alone",
            section { class: "card", role: "status",
                h1 { {desk.say(title)} }
                p { {desk.say(means)} }
                button { r#type: "button", class: "primary", id: "use-here", onclick: move |_| desk.take_over(),
                    {desk.say(Say::UseHere)}
                }
            }
        }
    }
}

#[component]
fn DoesNotOpen(problem: Problem) -> Element {
    let desk: Desk = use_context();
    rsx! {
        main { class: "alone",
            section { class: "card", role: "alert",
                h1 { {desk.say(Say::DoesNotOpen)} }
                p { {(desk.language)().problem(&problem)} }
                button { r#type: "button", class: "primary", id: "open-again", onclick: move |_| desk.open_again(),
                    {desk.say(Say::TryAgain)}
                }
            }
        }
    }
}
