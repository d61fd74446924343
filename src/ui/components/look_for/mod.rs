//! A look-for with all its choices in view: nothing opens, nothing moves.
//!
//! Each look-for listens to its own mark and draws itself again alone. The parts of a kind are plain
//! functions, not components: small, and drawn with their look-for.
//!
//! Reading order: here, [`choices`] (states, levels, choices, strips), [`tools`] (counters, timers, seats),
//! [`note`].

pub mod choices;
pub mod note;
pub mod tools;

use crate::domain::collect::draft::Mark;
use crate::domain::collect::draft::touch::Touch;
use crate::domain::collect::look_for::{Component, Kind};
use crate::domain::collect::rating::Rating;
use crate::text::Say;
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use crate::ui::pad::Pad;
use crate::ui::walk::Glance;
use dioxus::prelude::*;

/// The look-for at this place of the form, unless it is not asked.
#[component]
pub fn OneLookFor(
    /// Its place on the form, from 0.
    place: usize,
    /// Whether it stays in reach of the thumb as well, where the screen has room for that.
    docked: bool,
) -> Element {
    let desk: Desk = use_context();
    let glance = desk.glance(mark_at, place);
    let glance = glance.read();
    let pad = desk.pad.peek();
    let (Glance::Mark(mark), Some(pad)) = (&*glance, pad.as_ref()) else {
        return rsx! {};
    };
    let Some(look_for) = pad.form.look_fors.get(place) else {
        return rsx! {};
    };
    let language = (desk.language)();
    let words = language.of(&look_for.words);
    let dose = pad.form.dose.as_ref();
    let tells_dose = dose.is_some_and(|dose| dose.look_for == look_for.key);
    let component = match look_for.component {
        Component::Adults => Say::Adults,
        Component::Students => Say::Students,
        Component::Outcome => Say::Outcome,
    };
    let title = format!("title-{place}");
    rsx! {
        section {
            class: "card look-for",
            id: "look-for-{place}",
            "data-docked": if docked { "true" },
            div { class: "look-for-top",
                span { class: "place in-order", aria_hidden: "true" }
                h2 { id: "{title}", class: "question", "{words}" }
                span { class: "component",
                    if tells_dose {
                        "★ {desk.walk(Walk::InUse)}"
                    } else {
                        {desk.say(component)}
                    }
                }
            }
            div { role: "group", aria_labelledby: "{title}",
                {parts(desk, place, &look_for.kind, mark, words)}
            }
        }
    }
}

/// What is recorded for a look-for; nothing when it is not asked.
pub(super) fn mark_at(pad: &Pad, place: usize) -> Glance {
    pad.asked(place).map_or(Glance::Nothing, Glance::Mark)
}

fn parts(desk: Desk, place: usize, kind: &Kind, mark: &Mark, words: &str) -> Element {
    match kind {
        Kind::States => choices::states(desk, place, mark),
        Kind::Level { anchors } => choices::levels(desk, place, mark, anchors),
        Kind::One { choices } => choices::choices(desk, place, mark, choices, false),
        Kind::Many { choices } => choices::choices(desk, place, mark, choices, true),
        Kind::Ratio { part, of, .. } => choices::ratio(desk, place, mark, kind, (part, of)),
        Kind::Counter => rsx! {
            div { class: "tool-row", {tools::counter(desk, place, mark, words)} {not_the_moment(desk, place, mark)} }
        },
        Kind::Timer => rsx! {
            div { class: "tool-row", {tools::timer(desk, place, mark, words)} {not_the_moment(desk, place, mark)} }
        },
        Kind::Seats => tools::seats(desk, place, mark, words),
        Kind::Note => rsx! {
            note::NoteField { key: "{desk.undone}", place }
        },
    }
}

/// A choice that is touched.
pub(crate) fn choice(
    desk: Desk,
    place: usize,
    touch: Touch,
    on: bool,
    class: &'static str,
    words: &str,
) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "choice {class}",
            aria_pressed: if on { "true" } else { "false" },
            onclick: move |_| desk.touch(place, touch.clone()),
            "{words}"
        }
    }
}

/// "Not the moment" stands apart on every kind.
pub(super) fn not_the_moment(desk: Desk, place: usize, mark: &Mark) -> Element {
    let on = mark.rating == Some(Rating::NotTheMoment);
    let touch = Touch::Rating(Rating::NotTheMoment);
    let words = desk.say(Say::NotTheMoment);
    choice(desk, place, touch, on, "apart", &words)
}
