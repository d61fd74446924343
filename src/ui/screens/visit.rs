//! The screen of a visit: the form at walking speed.

use super::notices;
use crate::domain::collect::draft::Act;
use crate::domain::collect::draft::touch::stripped;
use crate::domain::collect::walkthrough::Phase;
use crate::text::Say;
use crate::text::walk::Walk;
use crate::ui::components::look_for::OneLookFor;
use crate::ui::components::look_for::choices::strip;
use crate::ui::components::look_for::note::NoteField;
use crate::ui::components::look_for::tools::{DockedTool, Elapsed};
use crate::ui::desk::Desk;
use crate::ui::launch;
use crate::ui::pad::Standing;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The most students that are asked for.
const STUDENTS_MOST: u16 = 59;

/// The screen of a visit.
#[component]
pub fn Recording() -> Element {
    let desk: Desk = use_context();
    // Which visit it is, and how many look-fors its form has: all that the list as a whole depends on.
    let sheet = use_memo(move || {
        let pad = desk.pad.read();
        let pad = pad.as_ref()?;
        Some((pad.draft().head.id, pad.form.look_fors.len()))
    });
    let tools = use_memo(move || {
        let pad = desk.pad.read();
        pad.as_ref().map(|pad| pad.tools()).unwrap_or_default()
    });
    let Some((draft, look_fors)) = sheet() else {
        return rsx! {};
    };
    rsx! {
        Top { key: "{draft}" }
        main { class: "form",
            notices::Standing {}
            for place in 0..look_fors {
                OneLookFor { key: "{draft}-{place}", place, docked: tools.read().contains(&place) }
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
            if !tools.read().is_empty() {
                section { class: "tools", aria_label: desk.walk(Walk::Tools),
                    for place in tools.read().iter() {
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
    let named = use_memo(move || {
        let pad = desk.pad.read();
        let pad = pad.as_ref()?;
        Some((pad.name.clone(), pad.draft().beside.phase))
    });
    let pad = desk.pad.peek();
    let (Some((name, phase)), Some(pad)) = (named(), pad.as_ref()) else {
        return rsx! {};
    };
    let head = &pad.draft().head;
    let visit = desk.say(Say::Visit(head.visit));
    let can_change = head.lesson.is_some();
    let phase = phase.map(|phase| format!(" · {}", desk.walk(Walk::Phase(phase))));
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
                span { class: "quiet", {language.of(&pad.form.title)} {phase} }
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
    let standing = use_memo(move || desk.pad.read().as_ref().map(|pad| pad.standing()));
    let (state, say) = match standing() {
        None | Some(Standing::Untouched) => ("untouched", None),
        Some(Standing::Keeping) => ("keeping", Some(Say::Keeping)),
        Some(Standing::Kept) if !(desk.lasting)() => ("kept", Some(Say::KeptInThisTab)),
        Some(Standing::Kept) => ("kept", Some(Say::Kept)),
        Some(Standing::Lost) => ("lost", Some(Say::NotKept)),
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
    let beside = use_memo(move || {
        let pad = desk.pad.read();
        let pad = pad.as_ref()?;
        Some((pad.draft().beside.clone(), pad.form.seats))
    });
    let Some((beside, seats)) = beside() else {
        return rsx! {};
    };
    let notice = desk
        .today
        .read()
        .as_ref()
        .is_some_and(|today| today.agreement.needs_notice(beside.observers));
    let (students, focus_seats) = (beside.students, beside.focus_seats);
    rsx! {
        section { class: "card look-for", id: "lesson",
            h2 { class: "question", {desk.walk(Walk::TheLesson)} }
            h3 { id: "phase", class: "heading", {desk.walk(Walk::WhichPhase)} }
            div { class: "thirds", role: "group", aria_labelledby: "phase",
                for phase in Phase::ALL {
                    {toggle(beside.phase == Some(phase), &desk.walk(Walk::Phase(phase)), move |on| {
                        desk.act(Act::Phase { phase: on.then_some(phase) });
                    })}
                }
            }
            h3 { id: "observers", class: "heading", {desk.walk(Walk::HowMany)} }
            div { class: "thirds", role: "group", aria_labelledby: "observers",
                for observers in 1..=4_u8 {
                    {toggle(
                        beside.observers == observers,
                        &desk.walk(if observers == 1 { Walk::JustMe } else { Walk::WeAre(observers) }),
                        move |on| desk.act(Act::Observers { observers: if on { observers } else { 1 } }),
                    )}
                }
            }
            if notice {
                {toggle(beside.notice_given, &desk.walk(Walk::NoticeGiven), move |given| {
                    desk.act(Act::Notice { given });
                })}
            }
            if seats {
                {strip(&desk.walk(Walk::Students), students, STUDENTS_MOST, move |number| {
                    desk.act(Act::Students { students: stripped(students, number) });
                })}
                {strip(&desk.walk(Walk::FocusSeats), focus_seats, STUDENTS_MOST, move |number| {
                    desk.act(Act::FocusSeats { focus_seats: stripped(focus_seats, number) });
                })}
            }
        }
    }
}

/// A choice that stands for itself. Calls with whether it shall be on.
pub(super) fn toggle(on: bool, words: &str, on_touch: impl Fn(bool) + 'static) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "choice",
            aria_pressed: if on { "true" } else { "false" },
            onclick: move |_| on_touch(!on),
            "{words}"
        }
    }
}

/// What is done with one thumb: take back, shine, write, be done.
#[component]
fn Bar() -> Element {
    let desk: Desk = use_context();
    let state = use_memo(move || {
        let pad = desk.pad.read();
        let draft = pad.as_ref()?.draft();
        Some((
            draft.last().is_some(),
            draft.beside.bright,
            draft.answered().0 > 0,
        ))
    });
    let (any, bright, answered) = state().unwrap_or_default();
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
