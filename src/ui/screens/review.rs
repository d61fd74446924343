//! The review: everything that is recorded, what was not looked for, and what else could be said, before the
//! visit is sent.

use super::notices;
use super::visit::toggle;
use crate::domain::act::support::Category;
use crate::domain::collect::draft::Act;
use crate::domain::collect::draft::touch::Touch;
use crate::domain::collect::rating::Rating;
use crate::text::Say;
use crate::text::walk::Walk;
use crate::ui::components::agreed::cautions;
use crate::ui::components::look_for::choice;
use crate::ui::desk::Desk;
use crate::ui::pad::Pad;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The review.
#[component]
pub fn Review() -> Element {
    let desk: Desk = use_context();
    let pad = desk.pad.read();
    let Some(pad) = pad.as_ref() else {
        return rsx! {};
    };
    let language = (desk.language)();
    let places = (0..pad.form.look_fors.len()).filter(|place| pad.draft().asks(*place));
    let (marked, left): (Vec<usize>, Vec<usize>) =
        places.partition(|place| rating(pad, *place).is_some());
    let beside = &pad.draft().beside;
    let bright = beside.bright;
    rsx! {
        header { class: "top",
            button { r#type: "button", id: "back", onclick: move |_| desk.go(View::Visit),
                {desk.say(Say::Back)}
            }
            h1 { id: "heading", class: "grow", tabindex: "-1", {desk.walk(Walk::Review)} }
        }
        main {
            {cautions(desk, pad.draft())}
            section { class: "card recorded", aria_labelledby: "recorded",
                h2 { id: "recorded", class: "heading", {desk.walk(Walk::Recorded)} }
                for place in marked {
                    {line(desk, pad, place)}
                }
                if !beside.note.trim().is_empty() {
                    blockquote { class: "said", "{beside.note}" }
                }
            }
            if !left.is_empty() {
                section { class: "card recorded", aria_labelledby: "left",
                    h2 { id: "left", class: "heading", {desk.walk(Walk::NotLookedFor)} }
                    p { class: "quiet", {desk.walk(Walk::NotLookedForMeans)} }
                    for place in left {
                        {line(desk, pad, place)}
                    }
                }
            }
            section { class: "card recorded bright-part", aria_labelledby: "bright-title",
                h2 { id: "bright-title", class: "heading", "★ {desk.walk(Walk::BrightSpot)}" }
                p { class: "quiet", {desk.walk(Walk::BrightMeans)} }
                div { class: "chips", role: "group", aria_labelledby: "bright-title",
                    for (place, look_for) in (0..).zip(&pad.form.look_fors) {
                        if rating(pad, place).is_some() && pad.draft().asks(place) {
                            {shines(desk, pad, place, language.of(&look_for.words))}
                        }
                    }
                    {toggle(
                        desk,
                        bright,
                        &desk.walk(Walk::WholeVisit),
                        Act::Bright { look_for: None, on: !bright },
                    )}
                }
            }
            section { class: "card recorded support-part", aria_labelledby: "support-title",
                h2 { id: "support-title", class: "heading", {desk.walk(Walk::SupportWanted)} }
                p { class: "quiet", {desk.walk(Walk::SupportMeans)} }
                div { class: "chips", role: "group", aria_labelledby: "support-title",
                    for category in Category::ALL {
                        {toggle(
                            desk,
                            beside.support.contains(&category),
                            (desk.language)().category(category),
                            Act::Support { category, on: !beside.support.contains(&category) },
                        )}
                    }
                }
            }
            p { class: "quiet foot", {desk.say(Say::Formative)} }
        }
        div { class: "dock",
            notices::Happened {}
            div { class: "bar",
                button { r#type: "button", class: "primary", id: "send", onclick: move |_| desk.submit(),
                    {desk.walk(Walk::Send)}
                }
            }
        }
    }
}

fn rating(pad: &Pad, place: usize) -> Option<&Rating> {
    pad.draft().mark(place)?.rating.as_ref()
}

/// A look-for that may be a bright spot.
fn shines(desk: Desk, pad: &Pad, place: usize, words: &str) -> Element {
    let on = pad.draft().mark(place).is_some_and(|mark| mark.bright);
    choice(desk, place, Touch::Bright, on, "", words)
}

/// One look-for: what is recorded, and the way back to it.
fn line(desk: Desk, pad: &Pad, place: usize) -> Element {
    let language = (desk.language)();
    let Some(look_for) = pad.form.look_fors.get(place) else {
        return rsx! {};
    };
    let words = language.of(&look_for.words);
    let text = pad.draft().mark(place).map(|mark| mark.text.clone());
    let recorded = match rating(pad, place) {
        Some(Rating::Noted) => text.unwrap_or_default(),
        Some(rating) => language.recorded(Some(look_for), rating),
        None => String::new(),
    };
    let missing = recorded.is_empty();
    let one_of_two = pad.draft().mark(place);
    let one_of_two = one_of_two.is_some_and(|mark| mark.part.is_some() != mark.of.is_some());
    let change = desk.walk(Walk::Change(words));
    rsx! {
        div { class: "line", "data-place": "{place}",
            div { class: "grow",
                span { class: "line-words", "{words}" }
                if !missing {
                    strong { class: "line-rating", "{recorded}" }
                } else if one_of_two {
                    span { class: "not-whole", {desk.walk(Walk::OneOfTwo)} }
                }
            }
            if missing {
                button {
                    r#type: "button",
                    class: "choice apart",
                    onclick: move |_| desk.touch(place, Touch::Rating(Rating::NotTheMoment)),
                    {desk.say(Say::NotTheMoment)}
                }
            }
            button {
                r#type: "button",
                class: "tidy",
                aria_label: "{change}",
                onclick: move |_| desk.go_to(place),
                {desk.walk(Walk::ChangeIt)}
            }
        }
    }
}
