//! The whole record of a visit: each look-for of its form in words, the line of evidence, and, for whoever made
//! it, what came of it.

use super::after::{After, looking, nothing, when, where_and_when, written};
use super::permission::{evidence, practice};
use super::support::categories;
use crate::domain::act::bright_spot::{BrightSpotTagged, PermissionAsked};
use crate::domain::act::feedback::Reaction;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{LookFor, LookForKey};
use crate::domain::collect::rating::Rating;
use crate::domain::document::{
    BrightSpotDocument, FeedbackDocument, PermissionDocument, WalkthroughDocument,
};
use crate::domain::event::said;
use crate::domain::id::EventId;
use crate::text::Language;
use crate::text::spots::Spot;
use crate::text::talk::Talk;
use crate::text::undo::Undo;
use crate::text::walk::Walk;
use crate::ui::components::agreed::not_agreed;
use crate::ui::desk::Desk;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The screen.
#[component]
pub fn Record(visit: EventId) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let view = View::Record(visit);
    let found = desk.shelf.visit(visit).zip(desk.me());
    let Some((visit, me)) = found.filter(|_| desk.shelf.is_read(view)) else {
        return rsx! {
            After { title: language.talk(Talk::Everything), up: View::Visits,
                if desk.shelf.is_read(view) {
                    {nothing(language.talk(Talk::NotHere))}
                } else {
                    {looking(desk)}
                }
            }
        };
    };
    let mine = visit.observer == me;
    let up = match visit.teacher == Some(me) {
        true => View::Card(visit.id),
        false => View::Visits,
    };
    let idea = desk.shelf.idea_of(&visit.form, language);
    let over = format!("{idea} · {}", where_and_when(desk, &visit));
    rsx! {
        After { title: language.talk(Talk::Everything), over, up,
            {not_agreed(desk, &visit, !mine)}
            {look_fors(desk, &visit, mine)}
            if visit.note.is_some() {
                section { class: "card page", aria_labelledby: "note-title",
                    h2 { id: "note-title", {language.talk(Talk::SeenOrHeard)} }
                    {written(desk, visit.note.clone())}
                }
            }
            if mine {
                {came_of_it(desk, &visit)}
            }
        }
    }
}

/// A line of the record: what was looked for, what was recorded, and under which key.
type Line = (String, Option<String>, LookForKey);

/// Every look-for of the form; where the form is not here, those that were recorded, by their keys.
fn lines(language: Language, form: Option<&Form>, visit: &WalkthroughDocument) -> Vec<Line> {
    // A note is said in its own words, as long as they are there.
    let said = |look_for: Option<&LookFor>, rated: &Rated| match visit.notes.get(&rated.look_for) {
        Some(text) if rated.rating == Rating::Noted => text.clone(),
        _ => language.recorded(look_for, &rated.rating),
    };
    let newer = || Some(language.walk(Walk::RatingNeedsNewer));
    let rated = &visit.rated;
    let Some(form) = form else {
        let all = rated.iter().map(|rated| {
            let key = rated.look_for.clone();
            (key.to_string(), Some(said(None, rated)), key)
        });
        let unread = visit.unread.iter();
        let unread = unread.map(|key| (key.to_string(), newer(), key.clone()));
        return all.chain(unread).collect();
    };
    let all = form.look_fors.iter().map(|look_for| {
        let found = rated.iter().find(|rated| rated.look_for == look_for.key);
        let said = match found {
            Some(rated) => Some(said(Some(look_for), rated)),
            None if visit.unread.contains(&look_for.key) => newer(),
            None => None,
        };
        let words = language.of(&look_for.words).to_owned();
        (words, said, look_for.key.clone())
    });
    all.collect()
}

fn look_fors(desk: Desk, visit: &WalkthroughDocument, mine: bool) -> Element {
    let language = (desk.language)();
    let form = desk.shelf.form_of(&visit.form);
    let spots = desk.shelf.spots();
    let tagged = |key: &LookForKey| spots.iter().any(|spot| spot.look_for.as_ref() == Some(key));
    // What was not there, or not looked for, is nothing to borrow.
    let there = |key: &LookForKey| {
        let found = visit.rated.iter().find(|rated| rated.look_for == *key);
        found.is_some_and(|rated| !matches!(rated.rating, Rating::NotSeen | Rating::NotTheMoment))
    };
    rsx! {
        section { class: "card page record",
            dl {
                for (words, said, key) in lines(language, form.as_ref(), visit) {
                    div { key: "{key}", class: "line",
                        dt { "{words}" }
                        if let Some(said) = said {
                            dd { "{said}" }
                        } else {
                            dd { class: "quiet", {language.talk(Talk::NotLookedFor)} }
                        }
                        if mine && there(&key) {
                            dd { class: "tagging", {tag(desk, visit, tagged(&key), key)} }
                        }
                    }
                }
            }
            if visit.amended > 0 {
                p { class: "quiet", {language.talk(Talk::Corrected(visit.amended))} }
            }
        }
    }
}

/// One tap tags a bright spot. Its line of evidence is the visit's.
fn tag(desk: Desk, visit: &WalkthroughDocument, tagged: bool, look_for: LookForKey) -> Element {
    let language = (desk.language)();
    let (id, note) = (visit.id, visit.note.clone());
    rsx! {
        button {
            r#type: "button",
            class: "tag",
            aria_pressed: if tagged { "true" } else { "false" },
            disabled: tagged,
            onclick: move |_| {
                let fact = BrightSpotTagged { walkthrough: id, look_for: Some(look_for.clone()) };
                let note = note.as_deref().map(|note| (said::NOTE, note));
                desk.tell_soon(&fact, note.as_slice(), Undo::Tagged);
            },
            span { aria_hidden: "true", "★" }
            {language.spot(Spot::BrightSpot)}
        }
    }
}

/// What came of one's own visit: feedback and what was answered, bright spots, support.
fn came_of_it(desk: Desk, visit: &WalkthroughDocument) -> Element {
    let language = (desk.language)();
    let me = visit.observer;
    let feedback = desk.shelf.feedback(me, Some(visit.id));
    let id = visit.id;
    rsx! {
        section {
            class: "card page",
            aria_labelledby: "came",
            // Nothing can come of it as long as it counts for nothing.
            hidden: visit.refused.is_some() && feedback.is_empty(),
            h2 { id: "came", {language.talk(Talk::WhatCameOfIt)} }
            for one in feedback.iter() {
                {state(desk, one)}
            }
            if let Some(record) = desk.shelf.answers_to(visit, me) {
                {answers(desk, &record)}
            }
            if feedback.is_empty() && visit.refused.is_none() {
                p { class: "quiet", {language.talk(Talk::NoFeedbackYet)} }
                button { r#type: "button", class: "primary", id: "write", onclick: move |_| desk.go(View::Feedback(id)),
                    {language.talk(Talk::WriteFeedback)}
                }
            }
            if desk.shelf.waits(id) {
                p { class: "quiet", id: "waits", role: "status", {language.talk(Talk::Waits)} }
            }
        }
        for spot in desk.shelf.spots() {
            {spot_of_visit(desk, &spot, id)}
        }
        section { class: "card page", aria_labelledby: "support-title",
            h2 { id: "support-title", {language.spot(Spot::SupportWanted)} }
            {categories(desk, id)}
        }
    }
}

/// Whether feedback was opened, and what was answered.
pub fn state(desk: Desk, feedback: &FeedbackDocument) -> Element {
    let language = (desk.language)();
    rsx! {
        div { key: "{feedback.id}", class: "stands",
            p { class: "quiet",
                match feedback.opened {
                    Some(opened) => language.talk(Talk::TheyOpened(&when(desk, opened))),
                    None => language.talk(Talk::NotOpened),
                }
            }
            {answers(desk, feedback)}
        }
    }
}

fn answers(desk: Desk, feedback: &FeedbackDocument) -> Element {
    let language = (desk.language)();
    rsx! {
        for one in feedback.answers.iter() {
            if one.answer == Reaction::Thanks {
                p { {language.talk(Talk::TheyThanked)} }
            } else if one.text.is_some() {
                blockquote { class: "said", {one.text.clone()} }
            } else {
                p { class: "quiet", {language.talk(Talk::ReplyErased)} }
            }
        }
    }
}

fn spot_of_visit(desk: Desk, spot: &BrightSpotDocument, visit: EventId) -> Element {
    rsx! {
        section { key: "{spot.id}", class: "card page spot-card",
            if let Some(practice) = practice(desk, spot) {
                h2 { "{practice}" }
            }
            if spot.evidence.is_some() {
                p { class: "said", {evidence(desk, spot)} }
            }
            {asking(desk, spot, Some(visit))}
        }
    }
}

/// Where the permission stands, and the button that asks the teacher: once, and never after a no.
pub fn asking(desk: Desk, spot: &BrightSpotDocument, visit: Option<EventId>) -> Element {
    let language = (desk.language)();
    let unasked = spot.permission == PermissionDocument::NotAsked;
    let bright_spot = spot.id;
    rsx! {
        div { class: "acts",
            span { class: "mark bright", role: "status",
                span { aria_hidden: "true", "★ " }
                {language.permission(spot.permission)}
            }
            if let Some(walkthrough) = visit.filter(|_| unasked) {
                button {
                    r#type: "button",
                    class: "ask-teacher",
                    onclick: move |_| {
                        desk.tell_soon(&PermissionAsked { walkthrough, bright_spot }, &[], Undo::Asked);
                    },
                    {language.spot(Spot::AskTeacher)}
                }
            }
        }
    }
}
