//! Writing feedback: a draft of what was marked, three parts, ways to begin, and a gentle word about words that
//! judge.

use super::after::{After, looking, nothing, where_and_when, written};
use super::record::state;
use crate::domain::act::feedback::FeedbackSent;
use crate::domain::act::saying::feedback_jotting;
use crate::domain::document::{FeedbackDocument, WalkthroughDocument};
use crate::domain::event::said;
use crate::domain::id::EventId;
use crate::text::feedback::{PART_MAX, Part, Parts};
use crate::text::lint::judging;
use crate::text::talk::Talk;
use crate::text::undo::Undo;
use crate::ui::desk::Desk;
use crate::ui::launch;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The screen.
#[component]
pub fn Feedback(visit: EventId) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let view = View::Feedback(visit);
    let found = desk.shelf.visit(visit).zip(desk.me());
    let own = found.filter(|(visit, me)| visit.observer == *me && desk.shelf.is_read(view));
    let Some((visit, me)) = own else {
        return rsx! {
            After { title: language.talk(Talk::WriteFeedback), up: View::Visits,
                if desk.shelf.is_read(view) {
                    {nothing(language.talk(Talk::NotHere))}
                } else {
                    {looking(desk)}
                }
            }
        };
    };
    let newest = desk.shelf.feedback(me, Some(visit.id)).into_iter().next();
    // What came from another device while somebody writes here takes nothing out of their hands.
    let written_here = desk.shelf.jotted().is_some();
    match newest {
        Some(feedback) if !written_here || desk.shelf.is_said(feedback.id) => {
            sent(desk, &visit, &feedback)
        }
        other => rsx! { Writing { visit, other } },
    }
}

/// It is sent: what it says, and what came back.
fn sent(desk: Desk, visit: &WalkthroughDocument, feedback: &FeedbackDocument) -> Element {
    let language = (desk.language)();
    let id = visit.id;
    rsx! {
        After {
            title: language.talk(Talk::FeedbackIsSent),
            over: where_and_when(desk, visit),
            up: View::Visits,
            section { class: "card page", role: "status", id: "sent",
                p { {language.talk(Talk::FeedbackIsSentMeans)} }
                if desk.shelf.waits(id) {
                    p { class: "quiet", id: "waits", {language.talk(Talk::Waits)} }
                } else {
                    {state(desk, feedback)}
                }
            }
            {its_parts(desk, feedback)}
            button { r#type: "button", class: "wide", id: "everything", onclick: move |_| desk.go(View::Record(id)),
                {language.talk(Talk::Everything)}
            }
        }
    }
}

fn its_parts(desk: Desk, feedback: &FeedbackDocument) -> Element {
    rsx! {
        section { class: "card sheet",
            for (part, text) in [
                (Part::Noticed, feedback.text.clone()),
                (Part::Students, feedback.students.clone()),
                (Part::Question, feedback.question.clone()),
            ] {
                if text.is_some() || part == Part::Noticed {
                    div { class: "part", key: "{part:?}",
                        h2 { {(desk.language)().talk(heading(part))} }
                        {written(desk, text)}
                    }
                }
            }
        }
    }
}

/// The words of feedback on this visit that was set aside last, to be changed and sent anew.
fn aside(desk: Desk, visit: EventId) -> Option<String> {
    let key = feedback_jotting(visit);
    let aside = desk.shelf.set_aside();
    let mut written = aside.iter().rev().filter_map(|one| one.saying.written());
    written.find(|(of, _)| *of == key).map(|(_, text)| text)
}

/// The form; `other` is what was sent from another device meanwhile.
#[component]
fn Writing(visit: WalkthroughDocument, other: Option<FeedbackDocument>) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let draft = {
        let visit = visit.clone();
        move || {
            // What was being written is gone on with.
            if let Some(jotted) = desk.shelf.jotted().or_else(|| aside(desk, visit.id)) {
                return Parts::split(&jotted);
            }
            let form = desk.shelf.form_of(&visit.form);
            language.feedback_draft(
                form.as_ref(),
                &visit.rated,
                visit.note.as_deref(),
                &visit.notes,
            )
        }
    };
    let parts = use_signal(draft);
    let whom = match desk.name_on(visit.teacher, visit.at) {
        Some(name) => language.talk(Talk::For(&name)),
        None => language.talk(Talk::ForTheTeacher),
    };
    let over = format!("{whom} · {}", where_and_when(desk, &visit));
    let why_not = why_not(&parts.read());
    let walkthrough = visit.id;
    let send = move |_| {
        let parts = parts.peek();
        let text = |part| parts.of(part).trim();
        let said: Vec<(&str, &str)> = [
            (said::FEEDBACK, text(Part::Noticed)),
            (said::STUDENTS, text(Part::Students)),
            (said::QUESTION, text(Part::Question)),
        ]
        .into_iter()
        // The first part is always there, as the place of the others.
        .filter(|(name, text)| !text.is_empty() || *name == said::FEEDBACK)
        .collect();
        desk.send(
            &FeedbackSent { walkthrough },
            &said,
            parts.joined(),
            Undo::Feedback,
        );
        launch::focus("heading");
    };
    rsx! {
        After {
            title: language.talk(Talk::WriteFeedback),
            over,
            up: View::Record(walkthrough),
            bar: rsx! {
                div { class: "bar",
                    if let Some(why) = why_not {
                        span { id: "why-not", class: "quiet grow", role: "status", {language.talk(why)} }
                    }
                    button {
                        r#type: "button",
                        class: "primary",
                        id: "send",
                        disabled: why_not.is_some(),
                        onclick: send,
                        {language.talk(Talk::Send)}
                    }
                }
            },
            if let Some(other) = other {
                p { class: "card page", id: "sent-elsewhere", role: "status",
                    {language.talk(Talk::SentElsewhere)}
                }
                {its_parts(desk, &other)}
            } else {
                p { class: "theory", {language.talk(Talk::DraftMeans)} }
            }
            for part in Part::ALL {
                {one_part(desk, part, parts)}
            }
        }
    }
}

/// Why this cannot be sent, if it cannot.
fn why_not(parts: &Parts) -> Option<Talk<'static>> {
    let texts = Part::ALL.map(|part| parts.of(part));
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Some(Talk::WriteFirst);
    }
    let over = texts.map(|text| text.chars().count().saturating_sub(PART_MAX));
    let most = over.into_iter().max().unwrap_or_default();
    (most > 0).then_some(Talk::TooLong(most))
}

fn heading(part: Part) -> Talk<'static> {
    match part {
        Part::Noticed => Talk::Noticed,
        Part::Students => Talk::StudentsDid,
        Part::Question => Talk::OneQuestion,
    }
}

/// A part of feedback: its text, ways to begin, and what the first word that judges could say instead.
fn one_part(desk: Desk, part: Part, mut parts: Signal<Parts>) -> Element {
    let language = (desk.language)();
    let id = match part {
        Part::Noticed => "part-noticed",
        Part::Students => "part-students",
        Part::Question => "part-question",
    };
    let text = parts.read().of(part).to_owned();
    let found = judging(&text).into_iter().next();
    rsx! {
        section { key: "{id}", class: "card page writing",
            label { class: "strong", r#for: "{id}", {language.talk(heading(part))} }
            textarea {
                id: "{id}",
                rows: if part == Part::Question { "2" } else { "4" },
                aria_describedby: "{id}-instead",
                value: "{text}",
                oninput: move |event| {
                    *parts.write().of_mut(part) = event.value();
                    desk.jot(parts.peek().joined());
                },
            }
            // There is room for it before it is said, so that nothing moves under a thumb.
            p { id: "{id}-instead", class: "instead", role: "status",
                if let Some(found) = found {
                    {language.instead(&found)}
                }
            }
            div { class: "stems", role: "group", aria_label: language.talk(Talk::BeginWith),
                for stem in language.stems(part) {
                    button {
                        key: "{stem}",
                        r#type: "button",
                        class: "stem",
                        onclick: move |_| {
                            {
                                let mut parts = parts.write();
                                let text = parts.of_mut(part);
                                if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                                    text.push(' ');
                                }
                                text.push_str(stem);
                            }
                            desk.jot(parts.peek().joined());
                            launch::focus(id);
                        },
                        "{stem}"
                    }
                }
            }
        }
    }
}
