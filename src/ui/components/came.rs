//! What came of a visit, in a few lines of its row: what does not keep to the agreement, whether feedback was opened and
//! answered, what the teacher lets others see; and what to do next.

use super::agreed::not_kept;
use crate::domain::act::feedback::Reaction;
use crate::domain::document::{FeedbackDocument, PermissionDocument};
use crate::domain::id::EventId;
use crate::text::Say;
use crate::text::talk::Talk;
use crate::ui::desk::Desk;
use crate::ui::reading;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// Whether the one who sits here visited and has not written to the teacher yet.
pub fn waits_for_words(desk: Desk, id: EventId) -> bool {
    let found = desk.shelf.visit(id).zip(desk.me());
    found.is_some_and(|(visit, me)| {
        visit.observer == me
            && visit.refused.is_none()
            && desk.shelf.feedback(me, Some(id)).is_empty()
    })
}

fn is_offered_above(desk: Desk, id: EventId) -> bool {
    *desk.seat.view.read() == View::Today
        && desk.written_visit().is_some_and(|written| written.id == id)
}

/// The way to the words for the teacher.
pub fn write_feedback(desk: Desk, id: EventId, class: &'static str) -> Element {
    rsx! {
        button { r#type: "button", class, onclick: move |_| desk.go(View::Feedback(id)),
            {(desk.language)().talk(Talk::WriteFeedback)}
        }
    }
}

/// The lines and the buttons. Before the store has answered there is the way to the record alone.
pub fn came(desk: Desk, id: EventId) -> Element {
    let language = (desk.language)();
    let found = desk.shelf.visit(id).zip(desk.me());
    let mut to_write = false;
    let mut lines = Vec::new();
    if let Some((visit, me)) = found.filter(|(visit, me)| visit.observer == *me) {
        lines = not_kept(desk, &visit, false);
        match desk.shelf.feedback(me, Some(id)).first() {
            Some(feedback) => lines.push(answer(desk, feedback)),
            None => {
                to_write = visit.refused.is_none();
                let record = desk.shelf.answers_to(&visit, me);
                let answered = record.filter(|record| !record.answers.is_empty());
                lines.extend(answered.map(|record| answer(desk, &record)));
            }
        }
        let spots = desk.shelf.spots();
        let about = spots.iter().filter(|spot| spot.walkthrough == Some(id));
        // Nothing was asked yet: nothing came of it.
        let asked = about.filter(|spot| spot.permission != PermissionDocument::NotAsked);
        lines.extend(asked.map(|spot| format!("★ {}", language.permission(spot.permission))));
    }
    for one in desk.shelf.set_aside() {
        let about = reading::data(&one.saying).is_some_and(|data| data.walkthrough == id);
        if about && !one.saying.is_noted() {
            let what = language.record(&one.saying.kind);
            lines.push(format!("{what}: {}", desk.say(Say::SetAside)));
        }
    }
    rsx! {
        for line in lines {
            p { key: "{line}", class: "quiet came", "{line}" }
        }
        div { class: "acts",
            // On the first screen the visit that was just sent has that way above.
            if to_write && !is_offered_above(desk, id) {
                {write_feedback(desk, id, "write")}
            }
            button { r#type: "button", onclick: move |_| desk.go(View::Record(id)),
                {language.talk(Talk::WhatCameOfIt)}
            }
        }
    }
}

/// The last that came back of feedback, or that nothing did yet.
fn answer(desk: Desk, feedback: &FeedbackDocument) -> String {
    let language = (desk.language)();
    match feedback.answers.last() {
        Some(last) if last.answer == Reaction::Thanks => language.talk(Talk::TheyThanked),
        Some(last) => match &last.text {
            Some(text) => language.either("“", "«").to_owned() + text + language.either("”", "»"),
            None => language.talk(Talk::ReplyErased),
        },
        None => match feedback.opened {
            Some(opened) => language.talk(Talk::TheyOpened(&crate::ui::screens::after::when(
                desk, opened,
            ))),
            None => language.talk(Talk::NotOpened),
        },
    }
}
