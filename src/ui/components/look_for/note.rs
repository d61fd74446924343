//! A line of text with its stems, saved as it is typed: in every pause, and when the field is left.

use crate::domain::collect::draft::{LINE_MAX_CHARS, NOTE_MAX_CHARS};
use crate::host::clock;
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// How long a pause in typing is.
const PAUSE_MS: u64 = 400;

/// The field. Drawn anew, with another key, when something was taken back.
#[component]
pub fn NoteField(
    /// The place of its look-for on the form, from 0; none for the visit's line of evidence.
    place: Option<usize>,
) -> Element {
    let desk: Desk = use_context();
    let mut text = use_signal(|| desk.written(place));
    let mut typed = use_signal(|| 0_u32);
    let mut type_in = move |new: String| {
        desk.type_in(place, &new);
        text.set(new);
        typed += 1;
        let now = typed();
        spawn(async move {
            clock::sleep(PAUSE_MS).await;
            // Only the last of those that wait finds nothing typed after it.
            if typed() == now {
                desk.write_typed();
            }
        });
    };
    // Not every browser says that a field is left when a button is touched.
    use_drop(move || desk.write_typed());
    let id = place.map_or("note".to_owned(), |place| format!("note-{place}"));
    let name = match place {
        Some(place) => format!("title-{place}"),
        None => "note-title".into(),
    };
    let most = if place.is_some() {
        LINE_MAX_CHARS
    } else {
        NOTE_MAX_CHARS
    };
    let stems = [Walk::ISaw, Walk::IHeard].map(|stem| desk.walk(stem));
    rsx! {
        div { class: "note",
            div { class: "stems",
                for stem in stems {
                    button {
                        key: "{stem}",
                        r#type: "button",
                        class: "stem",
                        onclick: {
                            let (id, stem) = (id.clone(), stem.clone());
                            move |_| {
                                let before = text();
                                let gap = if before.trim().is_empty() { "" } else { " " };
                                let stem = stem.trim_end_matches('…');
                                let new = format!("{}{gap}{stem} ", before.trim_end());
                                if new.chars().count() <= most {
                                    type_in(new);
                                }
                                crate::ui::launch::focus_on(id.clone());
                            }
                        },
                        "{stem}"
                    }
                }
            }
            textarea {
                id: "{id}",
                name: "{id}",
                rows: "2",
                maxlength: "{most}",
                autocomplete: "off",
                aria_labelledby: "{name}",
                value: "{text}",
                oninput: move |event| type_in(event.value()),
                onblur: move |_| desk.write_typed(),
            }
        }
    }
}
