//! A line of text with its stems, saved as it is typed: in every pause, and when the field is left.

use crate::domain::collect::draft::{Act, LINE_MAX_CHARS, NOTE_MAX_CHARS};
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
    let mut text = use_signal(|| written(desk, place));
    let mut typed = use_signal(|| 0_u32);
    let mut waits = use_signal(|| false);
    let mut keep = move || {
        waits.set(false);
        write(desk, place, text());
    };
    let mut type_in = move |new: String| {
        text.set(new);
        typed += 1;
        waits.set(true);
        let now = typed();
        spawn(async move {
            clock::sleep(PAUSE_MS).await;
            // Only the last of those that wait finds nothing typed after it.
            if typed() == now {
                keep();
            }
        });
    };
    // Not every browser says that a field is left when a button is touched.
    use_drop(move || {
        if *waits.peek() {
            write(desk, place, text.peek().clone());
        }
    });
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
                onblur: move |_| keep(),
            }
        }
    }
}

/// What the draft has.
fn written(desk: Desk, place: Option<usize>) -> String {
    let pad = desk.pad.peek();
    let Some(draft) = pad.as_ref().map(|pad| pad.draft()) else {
        return String::new();
    };
    match place {
        Some(place) => draft.mark(place).map(|mark| mark.text.clone()),
        None => Some(draft.beside.note.clone()),
    }
    .unwrap_or_default()
}

/// Writes what was typed into the draft, if that is new.
fn write(desk: Desk, place: Option<usize>, text: String) {
    if written(desk, place) == text {
        return;
    }
    let look_for = place.and_then(|place| {
        let pad = desk.pad.peek();
        let look_for = pad.as_ref()?.form.look_fors.get(place)?;
        Some(look_for.key.clone())
    });
    if look_for.is_some() == place.is_some() {
        desk.act(Act::Write { look_for, text });
    }
}
