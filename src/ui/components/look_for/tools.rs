//! What is worked with during the whole visit: counters, timers, seats. The first few stay docked in reach of
//! the thumb while the list scrolls.

use super::{mark_at, not_the_moment};
use crate::domain::collect::draft::Mark;
use crate::domain::collect::draft::touch::Touch;
use crate::domain::collect::look_for::Kind;
use crate::domain::collect::rating::Rating;
use crate::host::clock;
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use crate::ui::walk::Glance;
use dioxus::prelude::*;

/// How often a running clock is drawn.
const TICK_MS: u64 = 500;

/// A counter or timer of the dock.
#[component]
pub fn DockedTool(
    /// The place of its look-for on the form, from 0.
    place: usize,
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
    let words = (desk.language)().of(&look_for.words);
    rsx! {
        div { class: "tool", role: "group", aria_label: "{words}",
            span { class: "tool-words", aria_hidden: "true", "{words}" }
            div { class: "tool-row",
                if look_for.kind == Kind::Timer {
                    {timer(desk, place, mark, words)}
                } else {
                    {counter(desk, place, mark, words)}
                }
            }
        }
    }
}

/// One less, how often, one more.
pub(super) fn counter(desk: Desk, place: usize, mark: &Mark, words: &str) -> Element {
    let counted = mark.counted().map(|times| times.to_string());
    steps(desk, place, counted, words, Touch::Step)
}

/// The two buttons of something that is counted, and the figure between them; a dash before it is looked for.
fn steps(
    desk: Desk,
    place: usize,
    counted: Option<String>,
    words: &str,
    step: fn(bool) -> Touch,
) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "less",
            aria_label: desk.walk(Walk::OneLess(words)),
            onclick: move |_| desk.touch(place, step(false)),
            "−"
        }
        output { class: "figure", role: "status", {counted.unwrap_or_else(|| "–".into())} }
        button {
            r#type: "button",
            class: "primary more",
            aria_label: desk.walk(Walk::OneMore(words)),
            onclick: move |_| desk.touch(place, step(true)),
            "+1"
        }
    }
}

/// How long, and the button that starts and stops it.
pub(super) fn timer(desk: Desk, place: usize, mark: &Mark, words: &str) -> Element {
    let unsure = matches!(mark.rating, Some(Rating::Timed { unsure: true, .. }));
    let running = mark.running.is_some();
    let word = desk.walk(if running {
        Walk::StopTimer
    } else {
        Walk::StartTimer
    });
    let since_ms = mark.running.map(|since| since.at_utc_ms);
    rsx! {
        span { class: "figure",
            Elapsed { since_ms, before_ms: mark.ran_ms }
            if unsure {
                small { class: "quiet", {desk.walk(Walk::TimeUnsure)} }
            }
        }
        button {
            r#type: "button",
            class: "run",
            aria_label: "{word}: {words}",
            "data-running": if running { "true" } else { "false" },
            onclick: move |_| desk.touch(place, Touch::Timer(None)),
            span { aria_hidden: "true", if running { "■ " } else { "▶ " } }
            "{word}"
        }
    }
}

/// Minutes and seconds, drawn again by itself and alone while the clock runs.
#[component]
pub fn Elapsed(
    /// Since when it runs, by the wall clock; none while it stands.
    since_ms: Option<i64>,
    /// How long it ran before.
    before_ms: u64,
) -> Element {
    let mut now_ms = use_signal(|| clock::now().at_utc_ms);
    use_future(move || async move {
        loop {
            clock::sleep(TICK_MS).await;
            now_ms.set(clock::now().at_utc_ms);
        }
    });
    let running = match since_ms {
        Some(since) => u64::try_from(now_ms().saturating_sub(since)).unwrap_or(0),
        None => 0,
    };
    let seconds = (before_ms + running) / 1_000;
    rsx! {
        span { class: "elapsed", role: "timer", {format!("{:02}:{:02}", seconds / 60, seconds % 60)} }
    }
}

/// What a side is called, how much was counted there, and what a step is.
type Side = (Walk<'static>, Option<u16>, fn(bool) -> Touch);

/// Two counters side by side: the focus seats and the others.
pub(super) fn seats(desk: Desk, place: usize, mark: &Mark, words: &str) -> Element {
    let (focus, others) = match mark.rating {
        Some(Rating::Seats { focus, others }) => (Some(focus), Some(others)),
        _ => (None, None),
    };
    let at_focus = |more| Touch::Seats { focus: true, more };
    let at_others = |more| Touch::Seats { focus: false, more };
    let sides: [Side; 2] = [
        (Walk::FocusSeats, focus, at_focus),
        (Walk::OtherSeats, others, at_others),
    ];
    rsx! {
        div { class: "seats",
            for (name, counted, step) in sides {
                div { class: "tool",
                    span { class: "tool-words", {desk.walk(name)} }
                    div { class: "tool-row",
                        {steps(
                            desk,
                            place,
                            counted.map(|number| number.to_string()),
                            &format!("{words}, {}", desk.walk(name)),
                            step,
                        )}
                    }
                }
            }
        }
        div { class: "ratio-end",
            span {}
            {not_the_moment(desk, place, mark)}
        }
    }
}
