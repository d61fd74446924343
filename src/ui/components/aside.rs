//! What was said and set aside, where it was said: what it was, its words, why, and what can be done with it.

use super::visits::{Where, why_aside};
use crate::domain::act::saying::{Said, Saying};
use crate::domain::collect::visit::Whereabouts;
use crate::domain::event::said;
use crate::text::voices::Voice as Say;
use crate::ui::desk::Desk;
use crate::ui::reading;
use crate::ui::screens::after::when;
use crate::ui::screens::voices::{in_words, log};
use crate::ui::seat::View;
use crate::ui::voices::{self, Voice};
use dioxus::prelude::*;

/// All words that something can be said with, in the order in which they are read.
const WORDS: [&str; 7] = [
    said::FEEDBACK,
    said::STUDENTS,
    said::QUESTION,
    said::REPLY,
    said::NOTE,
    said::ADDED,
    said::NAME,
];

/// What was set aside of what is said on the view in view.
pub fn set_aside(desk: Desk) -> Element {
    let view = (desk.seat.view)();
    let mut aside = desk.shelf.set_aside();
    aside.retain(|one| is_said_on(view, &one.saying));
    rsx! {
        div { role: "status", class: "aside",
            if !aside.is_empty() {
                ol { class: "visit-list",
                    for one in aside {
                        {one_aside(desk, &one)}
                    }
                }
            }
        }
    }
}

/// Where a person looks for what they said; the panel of the store has all of it.
fn is_said_on(view: View, saying: &Saying) -> bool {
    let about = |visit| reading::data(saying).is_some_and(|data| data.walkthrough == visit);
    let is = |kind: &str| saying.kind.starts_with(kind);
    match view {
        View::Storage => true,
        _ if saying.is_noted() => false,
        View::Card(visit) | View::Record(visit) => about(visit),
        View::Feedback(visit) => is("feedback_sent") && about(visit),
        View::Replies => is("feedback_sent"),
        View::BrightSpots => is("bright_spot") || is("permission"),
        View::Support => is("support"),
        View::Week => is("survey"),
        View::Log => is("lesson"),
        View::Welcome => is("visit_welcomed") || is("welcome"),
        View::Today => is("class_missed"),
        _ => false,
    }
}

fn one_aside(desk: Desk, one: &Said) -> Element {
    let language = (desk.language)();
    let Said {
        number: Some(number),
        saying,
        whereabouts: Whereabouts::SetAside { problem },
    } = one
    else {
        return rsx! {};
    };
    let texts = WORDS
        .into_iter()
        .filter_map(|name| reading::said(saying, name));
    let mut texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    let own = voices::of_saying(saying);
    if let Some(log) = own.as_ref().filter(|own| own.voice == Voice::Lesson) {
        texts.insert(0, log::means(desk, log));
    }
    let day = own.as_ref().and_then(|own| {
        let day = own.word("day").or(own.word("week"))?;
        Some(in_words(desk, day.parse().ok()?))
    });
    let about = match day {
        Some(week) if own.is_some_and(|own| own.voice == Voice::Answers) => {
            language.voice(Say::WeekOf(&week))
        }
        Some(day) => day,
        None => when(desk, saying.at),
    };
    rsx! {
        li { key: "{saying.id}", class: "card visit-row", "data-kind": "{saying.kind}",
            div { class: "visit-row-top",
                div { class: "grow",
                    strong { {language.record(&saying.kind)} }
                    span { class: "quiet line", "{about}" }
                }
                Where { whereabouts: one.whereabouts.clone() }
            }
            for text in texts {
                p { class: "said", "{text}" }
            }
            {why_aside(desk, *number, problem)}
        }
    }
}
