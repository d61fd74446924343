//! What was just done, with the button that takes it back. It stands in the dock, where nothing moves.

use super::notice::{Notice, Tone};
use crate::text::talk::Talk;
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// What can still be taken back, if there is something.
pub fn undoing(desk: Desk) -> Element {
    let Some((id, body)) = (desk.shelf.undoing)() else {
        return rsx! {};
    };
    rsx! {
        Notice {
            tone: Tone::Calm,
            body,
            act: id.map(|_| (desk.language)().talk(Talk::Undo)),
            on_act: move |()| desk.unsay(),
        }
    }
}
