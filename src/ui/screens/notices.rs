//! What the observer should know on any screen: nothing is kept, nothing travels, something went wrong.

use crate::host::Me;
use crate::text::Say;
use crate::text::walk::Walk;
use crate::ui::components::notice::{Notice, Tone};
use crate::ui::components::undo::undoing;
use crate::ui::desk::{Desk, Trouble};
use crate::ui::launch;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// Where the page stands in the way of keeping or sending: said at the top, since it holds for the whole page.
#[component]
pub fn Standing() -> Element {
    let desk: Desk = use_context();
    let said = match (desk.seat.me)() {
        Some(Me::SignInAgain { .. }) => Some((Say::SignInAgain, Say::SignInAgainMeans)),
        Some(Me::Nobody { .. }) => Some((Say::NotSignedInYet, Say::NotSignedInYetMeans)),
        Some(Me::SignedIn { .. } | Me::SignedOut { .. }) | None => None,
    };
    rsx! {
        if !(desk.lasting)() {
            Notice {
                tone: Tone::Loud,
                title: desk.say(Say::NotKeptHere),
                body: desk.say(Say::NotKeptHereMeans),
                on_act: |()| {},
            }
        }
        if let Some((title, body)) = said {
            Notice {
                tone: Tone::Calm,
                title: desk.say(title),
                body: desk.say(body),
                act: desk.say(Say::SignIn),
                on_act: move |()| desk.go(View::SignIn),
            }
        }
        if (desk.seat.outdated)() {
            Notice {
                tone: Tone::Calm,
                title: desk.say(Say::UpdateNeeded),
                body: desk.say(Say::UpdateNeededMeans),
                on_act: |()| {},
            }
        }
    }
}

/// What just happened: said in the dock, so that nothing moves under the thumb.
#[component]
pub fn Happened() -> Element {
    let mut desk: Desk = use_context();
    let language = (desk.language)();
    let trouble = (desk.trouble)().map(|trouble| match trouble {
        Trouble::TapLost(problem) => desk.say(Say::TapLost(&language.problem(&problem))),
        Trouble::NotSubmitted(problem) => desk.say(Say::NotSubmitted(&language.problem(&problem))),
        Trouble::NotDone(problem) => language.problem(&problem),
    });
    rsx! {
        if let Some(body) = trouble {
            Notice {
                tone: Tone::Loud,
                body,
                act: desk.say(Say::Close),
                on_act: move |()| desk.trouble.set(None),
            }
        }
        if let Some(draft) = (desk.away)() {
            Notice {
                tone: Tone::Calm,
                body: desk.walk(Walk::IsPutAway),
                act: desk.walk(Walk::Undo),
                on_act: move |()| desk.put_away(draft, false),
            }
        }
        {undoing(desk)}
        if (desk.update)() {
            Notice {
                tone: Tone::Calm,
                title: desk.say(Say::UpdateReady),
                body: desk.say(Say::UpdateReadyMeans),
                act: desk.say(Say::Update),
                on_act: |()| launch::take_update(),
            }
        }
    }
}
