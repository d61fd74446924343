//! A look-for with all its choices in view: nothing opens, nothing moves.

use crate::domain::collect::look_for::{Component, LookFor};
use crate::domain::collect::rating::Rating;
use crate::text::{Language, Say};
use dioxus::prelude::*;

/// A look-for that is rated in three states, and "not the moment" apart from them.
#[component]
pub fn TriState(
    /// The look-for.
    look_for: LookFor,
    /// Its place on the form, from 1.
    place: usize,
    /// What is marked.
    rating: Option<Rating>,
    /// The reader's language.
    language: Language,
    /// Whether it takes touches: not before the store has said what is marked.
    ready: bool,
    /// Called with the choice that was touched.
    on_touch: EventHandler<Rating>,
) -> Element {
    let title = format!("look-for-{}", look_for.key);
    let component = match look_for.component {
        Component::Adults => Say::Adults,
        Component::Students => Say::Students,
        Component::Outcome => Say::Outcome,
    };
    rsx! {
        section { class: "card look-for",
            div { class: "look-for-top",
                span { class: "place", aria_hidden: "true", "{place}" }
                h2 { id: "{title}", class: "question", {language.of(&look_for.words)} }
                span { class: "component", {language.say(&component)} }
            }
            div { class: "choices", role: "group", aria_labelledby: "{title}",
                for choice in &Rating::STATES {
                    button {
                        key: "{choice:?}",
                        r#type: "button",
                        class: if *choice == Rating::NotTheMoment { "choice apart" } else { "choice" },
                        disabled: !ready,
                        aria_pressed: if rating.as_ref() == Some(choice) { "true" } else { "false" },
                        onclick: move |_| on_touch.call(choice.clone()),
                        {language.recorded(None, choice)}
                    }
                }
            }
        }
    }
}
