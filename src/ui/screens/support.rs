//! Support: how a teacher or an observer asks for it, and the coach's queue.

use super::after::{After, looking, nothing, when};
use crate::domain::act::support::{Category, SupportGiven, SupportWanted as Wanted};
use crate::domain::document::SupportDocument;
use crate::domain::id::EventId;
use crate::host::clock;
use crate::text::spots::Spot;
use crate::text::talk::Talk;
use crate::ui::desk::Desk;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// For how long a call that was closed can be opened again with one touch.
const UNDO_MS: i64 = 10 * 60 * 1000;

/// The kinds of support, to ask for on a visit. Touched again, a kind is not needed any more.
pub fn categories(desk: Desk, visit: EventId) -> Element {
    let open: Vec<SupportDocument> = desk.shelf.support();
    let open_call = |category| {
        let calls = open.iter().filter(|call| call.given.is_none());
        calls
            .filter(|call| call.category == category)
            .map(|call| call.id)
            .next()
    };
    rsx! {
        div { class: "categories", role: "group", aria_labelledby: "support-title",
            for category in Category::ALL {
                {ask(desk, visit, category, open_call(category))}
            }
        }
    }
}

fn ask(desk: Desk, visit: EventId, category: Category, call: Option<EventId>) -> Element {
    rsx! {
        button {
            key: "{category:?}",
            r#type: "button",
            class: "choice support",
            aria_pressed: if call.is_some() { "true" } else { "false" },
            onclick: move |_| {
                let walkthrough = visit;
                match call {
                    Some(wanted) => desk.tell(&SupportGiven { walkthrough, wanted }, &[]),
                    None => desk.tell(&Wanted { walkthrough, category }, &[]),
                }
            },
            {(desk.language)().category(category)}
        }
    }
}

/// The queue of a coach: by kind, the oldest first; what was closed just now can be opened again.
#[component]
pub fn SupportWanted() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let calls = desk.shelf.support();
    let just = clock::now().at_utc_ms.saturating_sub(UNDO_MS);
    // What was closed just now stays where it stood, so that nothing moves and it can be opened again.
    let queued = |call: &&SupportDocument| call.given.is_none_or(|given| given.at_utc_ms > just);
    let queue: Vec<&SupportDocument> = calls.iter().rev().filter(queued).collect();
    let open = |closed: &SupportDocument| {
        let again = |call: &&SupportDocument| {
            call.given.is_none()
                && call.walkthrough == closed.walkthrough
                && call.category == closed.category
        };
        queue.iter().copied().any(|call| again(&call))
    };
    let waiting = queue.iter().any(|call| call.given.is_none());
    rsx! {
        After { title: language.spot(Spot::SupportWanted), up: View::Me,
            if !desk.shelf.is_read(View::Support) {
                {looking(desk)}
            } else if !waiting {
                {nothing(language.spot(Spot::SupportEmpty))}
            }
            for category in Category::ALL {
                if queue.iter().any(|call| call.category == category) {
                    section { key: "{category:?}", class: "visits",
                        h2 { class: "heading", {language.category(category)} }
                        ol { class: "visit-list",
                            for call in queue.iter().filter(|call| call.category == category) {
                                {one_call(desk, call, !open(call))}
                            }
                        }
                    }
                }
            }
        }
    }
}

fn one_call(desk: Desk, call: &SupportDocument, can_undo: bool) -> Element {
    let language = (desk.language)();
    let teacher = desk.shelf.name(call.teacher);
    let teacher = teacher.unwrap_or_else(|| language.spot(Spot::ATeacher));
    let (wanted, category) = (call.id, call.category);
    rsx! {
        li { key: "{wanted}", class: "card visit-row",
            div { class: "visit-row-top",
                div { class: "grow",
                    strong { "{teacher}" }
                    span { class: "quiet line",
                        if let Some(form) = &call.form {
                            "{desk.shelf.idea_of(form, language)} · "
                        }
                        match call.given {
                            Some(given) => rsx! { {language.spot(Spot::SupportClosed(&when(desk, given)))} },
                            None => rsx! { {when(desk, call.at)} },
                        }
                    }
                }
                // An earlier server does not say which visit it was; then nothing can be said to it.
                if let Some(walkthrough) = call.walkthrough {
                    if call.given.is_none() {
                        button {
                            r#type: "button",
                            class: "was-given",
                            onclick: move |_| desk.tell(&SupportGiven { walkthrough, wanted }, &[]),
                            {language.spot(Spot::WasGiven)}
                        }
                    } else if can_undo {
                        button {
                            r#type: "button",
                            class: "undo",
                            onclick: move |_| desk.tell(&Wanted { walkthrough, category }, &[]),
                            {language.talk(Talk::Undo)}
                        }
                    }
                }
            }
        }
    }
}
