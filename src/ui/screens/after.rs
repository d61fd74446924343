//! What the screens after a visit share: their frame, and how they say that they look or find nothing.
//!
//! What holds no state of its own is a function and no component here and in those screens: each component costs
//! every tablet a kilobyte.

use crate::domain::document::WalkthroughDocument;
use crate::domain::moment::Moment;
use crate::text::Say;
use crate::text::talk::Talk;
use crate::ui::components::aside::set_aside;
use crate::ui::components::notice::{Notice, Tone};
use crate::ui::components::undo::undoing;
use crate::ui::desk::{Desk, Trouble};
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The frame of a screen after a visit: the way back, one line above the title, the title, what was said here and set
/// aside, and what is on it.
#[component]
pub fn After(
    /// What it is.
    title: String,
    /// When and where, above the title.
    over: Option<String>,
    /// Where the way back leads.
    up: View,
    /// What is docked at the bottom.
    bar: Option<Element>,
    /// What is on it.
    children: Element,
) -> Element {
    let mut desk: Desk = use_context();
    let trouble = (desk.trouble)().map(|trouble| match trouble {
        Trouble::TapLost(problem) | Trouble::NotSubmitted(problem) | Trouble::NotDone(problem) => {
            (desk.language)().problem(&problem)
        }
    });
    rsx! {
        header { class: "top slim",
            button { r#type: "button", id: "back", onclick: move |_| desk.go(up),
                {desk.say(Say::Back)}
            }
        }
        main { class: "after",
            div { class: "lead",
                if let Some(over) = over {
                    p { class: "quiet", "{over}" }
                }
                h1 { id: "heading", tabindex: "-1", "{title}" }
            }
            {set_aside(desk)}
            {children}
        }
        div { class: "dock",
            if let Some(body) = trouble {
                Notice {
                    tone: Tone::Loud,
                    body,
                    act: desk.say(Say::Close),
                    on_act: move |()| desk.trouble.set(None),
                }
            }
            {undoing(desk)}
            if let Some(bar) = bar {
                {bar}
            }
        }
    }
}

/// The store is being read. Nothing moves when it has answered: this stands where the first card will.
pub fn looking(desk: Desk) -> Element {
    rsx! {
        p { class: "card page quiet", role: "status", {(desk.language)().talk(Talk::Looking)} }
    }
}

/// There is nothing, and why.
pub fn nothing(means: String) -> Element {
    rsx! {
        p { class: "card page quiet", role: "status", "{means}" }
    }
}

/// What somebody wrote; that it was erased, when there is nothing left of it.
pub fn written(desk: Desk, text: Option<String>) -> Element {
    match text {
        Some(text) => rsx! {
            p { class: "said", "{text}" }
        },
        None => rsx! {
            p { class: "quiet", {(desk.language)().talk(Talk::Erased)} }
        },
    }
}

/// The button that shows older ones, where there are any.
pub fn older(desk: Desk) -> Element {
    rsx! {
        if desk.shelf.has_more() {
            button {
                r#type: "button",
                class: "wide",
                id: "older",
                onclick: move |_| desk.show_older_documents(),
                {(desk.language)().talk(Talk::Older)}
            }
        }
    }
}

/// A day and a time: "Tuesday, November 24, 10:46 AM".
pub fn when(desk: Desk, at: Moment) -> String {
    let language = (desk.language)();
    format!("{}, {}", language.day(at), language.time(at))
}

/// When a visit was, how long it took, and in which class.
pub fn where_and_when(desk: Desk, visit: &WalkthroughDocument) -> String {
    let language = (desk.language)();
    let mut parts = vec![when(desk, visit.begun)];
    if let Some(minutes) = visit.minutes {
        parts.push(language.talk(Talk::Minutes(minutes.into())));
    }
    // In an observer's history names fade as it was agreed; in the teacher's the class is their own.
    parts.extend(
        match visit.observer == desk.me().unwrap_or(visit.observer) {
            true => desk.name_on(visit.class, visit.at),
            false => desk.shelf.name(visit.class),
        },
    );
    parts.join(" · ")
}
