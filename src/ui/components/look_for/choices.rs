//! What is chosen: states, levels, one or many choices, numbers on strips.

use super::{choice, not_the_moment};
use crate::domain::collect::draft::touch::{Touch, is_on_the_strip};
use crate::domain::collect::draft::{Mark, most};
use crate::domain::collect::look_for::{Bilingual, Choice, Kind};
use crate::domain::collect::rating::Rating;
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use crate::ui::walk::Counts;
use dioxus::prelude::*;

/// Seen, partly, not seen, and apart from them "not the moment".
pub(super) fn states(desk: Desk, place: usize, mark: &Mark) -> Element {
    let language = (desk.language)();
    rsx! {
        div { class: "choices",
            for rating in &Rating::STATES {
                {choice(
                    desk,
                    place,
                    Touch::Rating(rating.clone()),
                    mark.rating.as_ref() == Some(rating),
                    if *rating == Rating::NotTheMoment { "apart" } else { "" },
                    &language.recorded(None, rating),
                )}
            }
        }
    }
}

/// The anchors in words, from the least to the most.
pub(super) fn levels(desk: Desk, place: usize, mark: &Mark, anchors: &[Bilingual]) -> Element {
    let language = (desk.language)();
    rsx! {
        div { class: "anchors",
            for (level, anchor) in (0_u8..).zip(anchors) {
                {choice(
                    desk,
                    place,
                    Touch::Rating(Rating::Level(level)),
                    mark.rating == Some(Rating::Level(level)),
                    "anchor",
                    language.of(anchor),
                )}
            }
            {not_the_moment(desk, place, mark)}
        }
    }
}

/// One choice, or any of them; those that exclude the others stand apart.
pub(super) fn choices(
    desk: Desk,
    place: usize,
    mark: &Mark,
    choices: &[Choice],
    many: bool,
) -> Element {
    let language = (desk.language)();
    let on = |key: &String| match &mark.rating {
        Some(Rating::One(one)) => one == key,
        Some(Rating::Many(keys)) => keys.contains(key),
        _ => false,
    };
    rsx! {
        div { class: "chips",
            for one in choices {
                {choice(
                    desk,
                    place,
                    if many {
                        Touch::Choice(one.key.clone())
                    } else {
                        Touch::Rating(Rating::One(one.key.clone()))
                    },
                    on(&one.key),
                    if one.apart { "apart" } else { "" },
                    language.of(&one.words),
                )}
            }
            {not_the_moment(desk, place, mark)}
        }
    }
}

/// So many of so many, on two strips of digits and tens.
pub(super) fn ratio(
    desk: Desk,
    place: usize,
    mark: &Mark,
    kind: &Kind,
    (part, of): (&Bilingual, &Bilingual),
) -> Element {
    let language = (desk.language)();
    let students = desk
        .pad
        .peek()
        .as_ref()
        .and_then(|pad| pad.draft().beside.students);
    let most = most(kind, students);
    let wrong = matches!((mark.part, mark.of), (Some(part), Some(of)) if part > of);
    rsx! {
        {strip(desk, language.of(part), mark.part, most, Counts::Ratio { place, of: false })}
        {strip(desk, language.of(of), mark.of, most, Counts::Ratio { place, of: true })}
        div { class: "ratio-end",
            span { class: "quiet", role: "status",
                if wrong {
                    {desk.walk(Walk::MoreThanAll)}
                } else if let Some(Rating::Ratio { .. }) = &mark.rating {
                    {mark.rating.as_ref().map(|rating| language.recorded(None, rating)).unwrap_or_default()}
                }
            }
            {not_the_moment(desk, place, mark)}
        }
    }
}

/// The digits, and the tens up to the most: together they make a number without a keyboard.
pub(crate) fn strip(
    desk: Desk,
    words: &str,
    number: Option<u16>,
    most: u16,
    counts: Counts,
) -> Element {
    let tens = (10..=most.min(90)).step_by(10);
    rsx! {
        div { class: "strip", role: "group", aria_label: "{words}",
            span { class: "strip-words", aria_hidden: "true",
                "{words}"
                strong { class: "strip-number", {number.map(|number| number.to_string()).unwrap_or_default()} }
            }
            div { class: "strip-numbers",
                for shown in (0..10).chain(tens) {
                    button {
                        key: "{shown}",
                        r#type: "button",
                        class: if shown >= 10 { "choice number ten" } else { "choice number" },
                        aria_pressed: if is_on_the_strip(number, shown) { "true" } else { "false" },
                        onclick: move |_| desk.number(counts, shown),
                        if shown >= 10 { "+{shown}" } else { "{shown}" }
                    }
                }
            }
        }
    }
}
