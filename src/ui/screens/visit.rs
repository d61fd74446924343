//! The screen of a visit: the form at walking speed.

use super::notices;
use crate::domain::collect::draft::Act;
use crate::domain::collect::walkthrough::Phase;
use crate::text::Say;
use crate::text::agreed::Agreed;
use crate::text::walk::Walk;
use crate::ui::components::agreed::{UnderName, line};
use crate::ui::components::look_for::OneLookFor;
use crate::ui::components::look_for::choices::strip;
use crate::ui::components::look_for::note::NoteField;
use crate::ui::components::look_for::tools::{DockedTool, Elapsed};
use crate::ui::desk::Desk;
use crate::ui::launch;
use crate::ui::pad::Standing;
use crate::ui::seat::View;
use crate::ui::walk::{Counts, Glance};
use dioxus::prelude::*;

/// The most students that are asked for.
const STUDENTS_MOST: u16 = 59;

/// The screen of a visit.
#[component]
pub fn Recording() -> Element {
    let desk: Desk = use_context();
    // Which visit it is, and how many look-fors its form has: all that the list as a whole depends on.
    let sheet = desk.glance(
        |pad, _| Glance::Sheet(pad.draft().head.id, pad.form.look_fors.len()),
        0,
    );
    let tools = desk.glance(|pad, _| Glance::Tools(pad.tools()), 0);
    let (sheet, tools) = (sheet.read(), tools.read());
    let (Glance::Sheet(draft, look_fors), Glance::Tools(tools)) = (&*sheet, &*tools) else {
        return rsx! {};
    };
    let (draft, look_fors) = (*draft, *look_fors);
    rsx! {
        Top { key: "{draft}" }
        main { class: "form",
            notices::Standing {}
            for place in 0..look_fors {
                OneLookFor { key: "{draft}-{place}", place, docked: tools.contains(&place) }
            }
            section { class: "card look-for", id: "evidence",
                div { class: "look-for-top",
                    span { class: "place", aria_hidden: "true", "✎" }
                    h2 { id: "note-title", class: "question", {desk.walk(Walk::NoteMeans)} }
                }
                NoteField { key: "{draft}-{desk.undone}", place: None }
            }
            Lesson { key: "{draft}-lesson" }
            p { class: "quiet foot", {desk.say(Say::TapAgainToClear)} }
        }
        // Docked, so that nothing moves under the thumb when something has to be said.
        div { class: "dock",
            notices::Happened {}
            if !tools.is_empty() {
                section { class: "tools", aria_label: desk.walk(Walk::Tools),
                    for place in tools.iter() {
                        DockedTool { key: "{draft}-{place}", place: *place }
                    }
                }
            }
            Bar {}
        }
    }
}

/// Where am I, since when, and is it kept.
#[component]
fn Top() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    // The name may change when the class was a wrong guess; nothing else does.
    let named = desk.glance(
        |pad, _| Glance::Top(pad.name.clone(), pad.draft().beside.phase),
        0,
    );
    let pad = desk.pad.peek();
    let (Glance::Top(name, phase), Some(pad)) = (named(), pad.as_ref()) else {
        return rsx! {};
    };
    let head = &pad.draft().head;
    let visit = desk.say(Say::Visit(head.visit));
    let can_change = head.lesson.is_some();
    let mut words = language.of(&pad.form.title).to_owned();
    if let Some(phase) = phase {
        words.push_str(" · ");
        words.push_str(&desk.walk(Walk::Phase(phase)));
    }
    rsx! {
        header { class: "top visit-top",
            button {
                r#type: "button",
                id: "back",
                aria_label: desk.walk(Walk::BackToToday),
                onclick: move |_| desk.lay_down(),
                "‹"
            }
            div { class: "grow",
                h1 { id: "heading", tabindex: "-1",
                    if can_change {
                        button {
                            r#type: "button",
                            class: "change-class",
                            title: desk.walk(Walk::ChangeClass),
                            onclick: move |_| desk.go(View::Classes),
                            {name.unwrap_or(visit)}
                        }
                    } else {
                        {name.unwrap_or(visit)}
                    }
                }
                UnderName { begun_utc_ms: head.begun.at_utc_ms, words }
            }
            div { class: "at-hand",
                Keeping {}
                span { class: "clock", title: desk.walk(Walk::SinceBegun),
                    Elapsed { since_ms: Some(head.begun.at_utc_ms), before_ms: 0 }
                }
            }
        }
    }
}

#[component]
fn Keeping() -> Element {
    let desk: Desk = use_context();
    let standing = desk.glance(|pad, _| Glance::Standing(pad.standing()), 0);
    let (state, say) = match standing() {
        Glance::Standing(Standing::Keeping) => ("keeping", Some(Say::Keeping)),
        Glance::Standing(Standing::Kept) if !(desk.lasting)() => ("kept", Some(Say::KeptInThisTab)),
        Glance::Standing(Standing::Kept) => ("kept", Some(Say::Kept)),
        Glance::Standing(Standing::Lost) => ("lost", Some(Say::NotKept)),
        _ => ("untouched", None),
    };
    rsx! {
        span { class: "standing", id: "standing", role: "status", "data-state": state,
            if let Some(say) = say {
                span { class: "dot", aria_hidden: "true" }
                span { class: "word", {desk.say(say)} }
            }
        }
    }
}

/// What is recorded about the visit itself: the part of the lesson, who visits, how many students.
#[component]
fn Lesson() -> Element {
    let desk: Desk = use_context();
    let beside = desk.glance(
        |pad, _| Glance::Beside(pad.draft().beside.clone(), pad.form.seats),
        0,
    );
    let Glance::Beside(beside, seats) = beside() else {
        return rsx! {};
    };
    let (notice, from) = desk.agreed(|agreement| {
        let notice = agreement.needs_notice(beside.observers);
        (notice, agreement.notice_from_observers)
    });
    let (students, focus_seats) = (beside.students, beside.focus_seats);
    rsx! {
        section { class: "card look-for", id: "lesson",
            h2 { class: "question", {desk.walk(Walk::TheLesson)} }
            h3 { id: "phase", class: "heading", {desk.walk(Walk::WhichPhase)} }
            div { class: "thirds", role: "group", aria_labelledby: "phase",
                for phase in Phase::ALL {
                    {toggle(
                        desk,
                        beside.phase == Some(phase),
                        &desk.walk(Walk::Phase(phase)),
                        Act::Phase { phase: (beside.phase != Some(phase)).then_some(phase) },
                    )}
                }
            }
            h3 { id: "observers", class: "heading", {desk.walk(Walk::HowMany)} }
            div { class: "thirds", role: "group", aria_labelledby: "observers",
                for observers in 1..=4_u8 {
                    {toggle(
                        desk,
                        beside.observers == observers,
                        &desk.walk(if observers == 1 { Walk::JustMe } else { Walk::WeAre(observers) }),
                        Act::Observers { observers },
                    )}
                }
            }
            if notice {
                {toggle(
                    desk,
                    beside.notice_given,
                    &desk.walk(Walk::NoticeGiven),
                    Act::Notice { given: !beside.notice_given },
                )}
            }
            div { role: "status",
                if let Some(from) = from.filter(|_| notice && !beside.notice_given) {
                    {line(desk, Agreed::TellFirst(from))}
                }
            }
            if seats {
                {strip(desk, &desk.walk(Walk::Students), students, STUDENTS_MOST, Counts::Students(students))}
                {strip(
                    desk,
                    &desk.walk(Walk::FocusSeats),
                    focus_seats,
                    STUDENTS_MOST,
                    Counts::FocusSeats(focus_seats),
                )}
            }
        }
    }
}

/// A choice that stands for itself, and what touching it does.
pub(super) fn toggle(desk: Desk, on: bool, words: &str, act: Act) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "choice",
            aria_pressed: if on { "true" } else { "false" },
            onclick: move |_| desk.act(act.clone()),
            "{words}"
        }
    }
}

/// What is done with one thumb: take back, shine, write, be done.
#[component]
fn Bar() -> Element {
    let desk: Desk = use_context();
    let state = desk.glance(
        |pad, _| {
            let draft = pad.draft();
            Glance::Bar(
                draft.last().is_some(),
                draft.beside.bright,
                draft.answered().0 > 0,
            )
        },
        0,
    );
    let Glance::Bar(any, bright, answered) = state() else {
        return rsx! {};
    };
    rsx! {
        div { class: "bar",
            button {
                r#type: "button",
                id: "undo",
                class: "tidy",
                disabled: !any,
                aria_label: desk.walk(Walk::Undo),
                onclick: move |_| desk.undo(),
                span { aria_hidden: "true", "↶" }
                span { class: "bar-word", {desk.walk(Walk::Undo)} }
            }
            button {
                r#type: "button",
                id: "bright",
                class: "tidy bright",
                aria_label: desk.walk(Walk::BrightSpot),
                aria_pressed: if bright { "true" } else { "false" },
                onclick: move |_| desk.act(Act::Bright { look_for: None, on: !bright }),
                span { aria_hidden: "true", "★" }
                span { class: "bar-word", {desk.walk(Walk::BrightSpot)} }
            }
            button {
                r#type: "button",
                id: "to-note",
                class: "tidy",
                aria_label: desk.walk(Walk::Note),
                onclick: move |_| {
                    launch::reveal("evidence".into());
                    launch::focus("note");
                },
                span { aria_hidden: "true", "✎" }
                span { class: "bar-word", {desk.walk(Walk::Note)} }
            }
            button {
                r#type: "button",
                class: "primary",
                id: "done",
                disabled: !answered,
                onclick: move |_| desk.review(),
                {desk.say(Say::Done)}
            }
        }
    }
}
