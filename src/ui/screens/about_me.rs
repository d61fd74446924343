//! Visits to the reader's class: every one of them, newest first, and taking one that carries no name.

use super::after::{After, looking, nothing, older, when};
use super::{Ways, notices, voices};
use crate::domain::document::{FeedbackDocument, WalkthroughDocument};
use crate::domain::problem::Problem;
use crate::text::Say;
use crate::text::talk::Talk;
use crate::text::walk::Walk;
use crate::ui::components::notice::{Notice, Tone};
use crate::ui::desk::Desk;
use crate::ui::seat::View;
use crate::ui::shelf::Claiming;
use dioxus::prelude::*;

/// The screen.
#[component]
pub fn AboutMe() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let Some(me) = desk.me() else {
        return rsx! {};
    };
    let visits = desk.shelf.visits();
    let feedback = desk.shelf.feedback(me, None);
    let newest = |visit: &WalkthroughDocument| {
        let about = |one: &&FeedbackDocument| one.walkthrough == visit.id;
        feedback.iter().find(about)
    };
    let title = language.talk(Talk::AboutMe);
    let list = rsx! {
        if !desk.shelf.is_read(View::AboutMe) {
            {looking(desk)}
        } else if visits.is_empty() && !desk.shelf.has_more() {
            {nothing(language.talk(Talk::AboutMeEmpty))}
        }
        ol { class: "visit-list",
            for visit in visits.iter() {
                {row(desk, visit, newest(visit))}
            }
        }
        {older(desk)}
        TakeVisit {}
    };
    // For whoever teaches this is one of the first screens, with the bar; for others it is below their menu.
    let teaches = desk
        .today
        .read()
        .as_ref()
        .is_some_and(|today| today.teaches);
    if !teaches {
        return rsx! {
            After { title, up: View::Me, {list} }
        };
    }
    rsx! {
        header { class: "top",
            h1 { id: "heading", class: "grow large", tabindex: "-1", {desk.walk(Walk::ForYou)} }
        }
        main {
            notices::Standing {}
            {voices::ways(desk)}
            h2 { class: "heading", "{title}" }
            {list}
            p { class: "quiet foot", {desk.say(Say::Formative)} }
        }
        Ways {}
    }
}

fn row(desk: Desk, visit: &WalkthroughDocument, feedback: Option<&FeedbackDocument>) -> Element {
    let language = (desk.language)();
    let id = visit.id;
    let idea = desk.shelf.idea_of(&visit.form, language);
    let who = match desk.shelf.name(Some(visit.observer)) {
        Some(name) => language.talk(Talk::VisitedBy(&name)),
        None => language.talk(Talk::VisitedBySomebody),
    };
    let (state, say) = match feedback {
        None => ("none", Talk::NoFeedbackYet),
        Some(one) if !one.answers.is_empty() => ("answered", Talk::Answered),
        Some(one) if one.opened.is_some() => ("read", Talk::Read),
        Some(_) => ("unread", Talk::Unread),
    };
    rsx! {
        li { key: "{id}",
            button {
                r#type: "button",
                class: "card whole-row",
                "data-visit": "{id}",
                onclick: move |_| desk.go(View::Card(id)),
                span { class: "grow",
                    strong { {language.talk(Talk::VisitAbout(&idea))} }
                    span { class: "quiet line", {when(desk, visit.begun)} }
                    span { class: "quiet line", "{who}" }
                }
                span { class: "mark", "data-state": state, {language.talk(say)} }
            }
        }
    }
}

/// Where forms carry no names, the teacher takes a visit with the code that the observer gave.
#[component]
fn TakeVisit() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let mut typed = use_signal(String::new);
    let claiming = (desk.shelf.claiming)();
    let refused = match &claiming {
        Claiming::Refused(Problem::SecretUnknown) => Some(language.talk(Talk::CodeUnknown)),
        Claiming::Refused(problem) => Some(language.problem(problem)),
        Claiming::Not | Claiming::Busy | Claiming::Taken => None,
    };
    rsx! {
        details { class: "card more",
            summary { {language.talk(Talk::TakeVisit)} }
            form {
                class: "typed",
                onsubmit: move |event| {
                    event.prevent_default();
                    desk.claim(typed.peek().clone());
                },
                p { id: "claim-means", class: "quiet", {language.talk(Talk::TakeVisitMeans)} }
                label { r#for: "claim", {language.talk(Talk::VisitCode)} }
                input {
                    id: "claim",
                    r#type: "text",
                    autocomplete: "off",
                    autocapitalize: "characters",
                    spellcheck: "false",
                    maxlength: "40",
                    aria_describedby: "claim-means",
                    aria_invalid: if refused.is_some() { "true" } else { "false" },
                    value: "{typed}",
                    oninput: move |event| typed.set(event.value()),
                }
                if let Some(body) = refused.clone() {
                    Notice { tone: Tone::Loud, body, on_act: |()| {} }
                }
                if claiming == Claiming::Taken {
                    Notice { tone: Tone::Calm, body: language.talk(Talk::Taken), on_act: |()| {} }
                }
                button { r#type: "submit", id: "take", disabled: claiming == Claiming::Busy,
                    {language.talk(Talk::TakeIt)}
                }
            }
        }
    }
}
