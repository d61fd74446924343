//! The card: what a teacher reads of one visit, and what they can say to it.

use super::after::{After, looking, nothing, when, where_and_when, written};
use super::permission::spot_of_mine;
use super::support::categories;
use crate::domain::act::feedback::{FeedbackAnswered, FeedbackShared, Reaction};
use crate::domain::document::{FeedbackDocument, WalkthroughDocument};
use crate::domain::event::said;
use crate::domain::id::{EventId, PersonId};
use crate::domain::visibility::{Relation, Row};
use crate::text::agreement::kept;
use crate::text::feedback::REPLY_MAX;
use crate::text::spots::Spot;
use crate::text::talk::Talk;
use crate::text::undo::Undo;
use crate::ui::components::agreed::not_agreed;
use crate::ui::desk::Desk;
use crate::ui::launch;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The screen.
#[component]
pub fn Card(visit: EventId) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let found = desk.shelf.visit(visit).zip(desk.me());
    let Some((visit, me)) = found.filter(|_| desk.shelf.is_read(View::Card(visit))) else {
        return rsx! {
            After { title: language.talk(Talk::AVisit), up: View::AboutMe,
                if desk.shelf.is_read(View::Card(visit)) {
                    {nothing(language.talk(Talk::NotHere))}
                } else {
                    {looking(desk)}
                }
            }
        };
    };
    let feedback = desk.shelf.feedback(me, Some(visit.id));
    let spots = desk.shelf.spots();
    let id = visit.id;
    let idea = desk.shelf.idea_of(&visit.form, language);
    let newest = feedback.first().cloned();
    let agreement = desk.told_of(visit.agreed);
    let named = agreement.names;
    rsx! {
        After {
            title: language.talk(Talk::VisitAbout(&idea)),
            over: where_and_when(desk, &visit),
            up: View::AboutMe,
            section { class: "card sheet",
                for one in feedback.iter() {
                    {noticed(desk, one)}
                }
                if feedback.is_empty() {
                    p { class: "quiet", {language.talk(Talk::NoFeedbackYetMeans)} }
                }
                for spot in spots {
                    {spot_of_mine(desk, spot, id, &agreement)}
                }
                if let Some(question) = newest.as_ref().and_then(|one| one.question.clone()) {
                    div { class: "part",
                        h2 { {language.talk(Talk::OneQuestion)} }
                        p { class: "ask", "{question}" }
                    }
                }
            }
            // A record without feedback can be answered, too, unless it counts for nothing.
            if let Some(feedback) = newest.clone().or_else(|| to_record(desk, &visit, me)) {
                Answer { feedback }
            }
            {not_agreed(desk, &visit, true)}
            button { r#type: "button", class: "wide", id: "everything", onclick: move |_| desk.go(View::Record(id)),
                {language.talk(Talk::Everything)}
            }
            {who_and_why(desk, &visit, newest)}
            section { class: "card page", aria_labelledby: "support-title",
                h2 { id: "support-title", {language.spot(Spot::AskForSupport)} }
                p { class: "quiet",
                    {language.spot(if named { Spot::SupportMeans } else { Spot::SupportMeansUnnamed })}
                }
                {categories(desk, id)}
            }
        }
    }
}

fn to_record(desk: Desk, visit: &WalkthroughDocument, me: PersonId) -> Option<FeedbackDocument> {
    let counts = visit.refused.is_none();
    counts.then(|| desk.shelf.answers_to(visit, me)).flatten()
}

fn noticed(desk: Desk, feedback: &FeedbackDocument) -> Element {
    let language = (desk.language)();
    rsx! {
        div { class: "part",
            h2 { {language.talk(Talk::Noticed)} }
            {written(desk, feedback.text.clone())}
        }
        if feedback.students.is_some() {
            div { class: "part",
                h2 { {language.talk(Talk::StudentsDid)} }
                {written(desk, feedback.students.clone())}
            }
        }
    }
}

/// What the teacher answered, and the two ways to answer.
#[component]
fn Answer(feedback: FeedbackDocument) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let mut writing = use_signal(|| desk.shelf.jotted().is_some());
    let thanked = feedback
        .answers
        .iter()
        .any(|one| one.answer == Reaction::Thanks);
    let answer = move |answer| FeedbackAnswered {
        walkthrough: feedback.walkthrough,
        feedback: feedback.id,
        answer,
    };
    rsx! {
        div { role: "status", class: "answered",
            if !feedback.answers.is_empty() {
                section { class: "card page", id: "answers",
                    h2 { {language.talk(Talk::YouAnswered)} }
                    for one in feedback.answers.iter() {
                        if one.answer == Reaction::Thanks {
                            p { {language.talk(Talk::YouThanked)} }
                        } else {
                            {written(desk, one.text.clone())}
                        }
                    }
                    if desk.shelf.waits(feedback.walkthrough) {
                        p { class: "quiet", id: "waits", {language.talk(Talk::Waits)} }
                    }
                }
            }
        }
        if writing() {
            Replying {
                // What was taken back is in the store, before what is being written: drawn anew from there.
                key: "{desk.undone}",
                on_send: move |text: String| {
        desk.send(&answer(Reaction::Reply), &[(said::REPLY, &text)], text.clone(), Undo::Reply);
                    writing.set(false);
                    launch::focus("write-reply");
                },
            }
        } else {
            div { class: "two",
                button {
                    r#type: "button",
                    id: "thank",
                    disabled: thanked,
                    onclick: move |_| desk.tell_soon(&answer(Reaction::Thanks), &[], Undo::Thanks),
                    {language.talk(Talk::Thank)}
                }
                button {
                    r#type: "button",
                    class: "primary",
                    id: "write-reply",
                    onclick: move |_| {
                        writing.set(true);
                        launch::focus("reply");
                    },
                    {language.talk(Talk::Reply)}
                }
            }
        }
    }
}

#[component]
fn Replying(on_send: EventHandler<String>) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let mut text = use_signal(|| desk.shelf.jotted().unwrap_or_default());
    let over = text.read().chars().count().saturating_sub(REPLY_MAX);
    rsx! {
        form {
            class: "card typed page",
            onsubmit: move |event| {
                event.prevent_default();
                let text = text.peek().trim().to_owned();
                if !text.is_empty() && over == 0 {
                    on_send.call(text);
                }
            },
            label { r#for: "reply", {language.talk(Talk::Reply)} }
            textarea {
                id: "reply",
                rows: "4",
                aria_describedby: "reply-hint",
                aria_invalid: if over > 0 { "true" } else { "false" },
                value: "{text}",
                oninput: move |event| {
                    text.set(event.value());
                    desk.jot(event.value());
                },
            }
            p { id: "reply-hint", class: "quiet", role: "status",
                if over > 0 {
                    {language.talk(Talk::TooLong(over))}
                } else {
                    {language.talk(Talk::ReplyHint(REPLY_MAX))}
                }
            }
            button {
                r#type: "submit",
                class: "primary",
                id: "send-reply",
                disabled: over > 0 || text.read().trim().is_empty(),
                {language.talk(Talk::SendReply)}
            }
        }
    }
}

/// Who came and why, that it is no evaluation, who can read it and for how long: made from the agreement.
fn who_and_why(
    desk: Desk,
    visit: &WalkthroughDocument,
    feedback: Option<FeedbackDocument>,
) -> Element {
    let language = (desk.language)();
    let agreement = desk.told_of(visit.agreed);
    let name = desk.shelf.name(Some(visit.observer));
    let who = match &name {
        Some(name) => language.talk(Talk::VisitedBy(name)),
        None => language.talk(Talk::VisitedBySomebody),
    };
    let name = name.unwrap_or_else(|| language.spot(Spot::WhoeverVisited));
    let coaches = !agreement.withholds(Row::Feedback, Relation::Coach);
    let shared = feedback.as_ref().is_some_and(|one| one.shared);
    let readable = match (shared, coaches) {
        (true, _) => Talk::Shared,
        (false, true) => Talk::ReadableByAndCoaches(&name),
        (false, false) => Talk::ReadableBy(&name),
    };
    let theory = desk
        .shelf
        .form_of(&visit.form)
        .map(|form| language.of(&form.theory).to_owned());
    let opened = feedback.as_ref().and_then(|one| one.opened);
    rsx! {
        section { class: "card page who", aria_labelledby: "who",
            div { class: "who-top",
                h2 { id: "who", class: "grow", "{who}" }
                span { class: "mark", {language.talk(Talk::NotAnEvaluation)} }
            }
            if let Some(theory) = theory {
                p { class: "quiet", {language.talk(Talk::Because(&theory))} }
            }
            p { class: "quiet", id: "readable", {language.talk(readable)} }
            p { class: "quiet", {kept(agreement.words_kept_days, language)} }
            if let Some(opened) = opened {
                p { class: "quiet", id: "opened", {language.talk(Talk::YouOpened(&when(desk, opened)))} }
            }
            div { class: "acts",
                if let Some(one) = feedback.filter(|one| coaches && !one.shared) {
                    button {
                        r#type: "button",
                        id: "share",
                        onclick: move |_| {
                            let (walkthrough, feedback) = (one.walkthrough, one.id);
                            desk.tell_soon(&FeedbackShared { walkthrough, feedback }, &[], Undo::Shared);
                        },
                        {language.talk(Talk::Share)}
                    }
                }
                button { r#type: "button", onclick: move |_| desk.go(View::Agreement),
                    {language.talk(Talk::WhatWasAgreed)}
                }
            }
        }
    }
}
