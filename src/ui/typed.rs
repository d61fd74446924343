//! What is typed on a visit: it is written into the draft at each pause, and before the visit is laid down.

use super::desk::Desk;
use crate::domain::collect::draft::Act;
use dioxus::prelude::*;

impl Desk {
    /// The text that the draft has: of the look-for at this place, or the visit's line of evidence.
    pub fn written(&self, place: Option<usize>) -> String {
        let pad = self.pad.peek();
        let Some(draft) = pad.as_ref().map(|pad| pad.draft()) else {
            return String::new();
        };
        match place {
            Some(place) => draft.mark(place).map(|mark| mark.text.clone()),
            None => Some(draft.beside.note.clone()),
        }
        .unwrap_or_default()
    }

    /// Something is typed; it is written into the draft at the next pause. One field is typed in at a time.
    pub fn type_in(mut self, place: Option<usize>, text: &str) {
        let other = matches!(&*self.typing.peek(), Some((before, _)) if *before != place);
        if other {
            self.write_typed();
        }
        self.typing.set(Some((place, text.to_owned())));
    }

    /// Writes what was typed into the draft, if that is new.
    pub fn write_typed(mut self) {
        let typed = self.typing.write().take();
        let Some((place, text)) = typed.filter(|(place, text)| self.written(*place) != *text)
        else {
            return;
        };
        let look_for = place.and_then(|place| {
            let pad = self.pad.peek();
            let look_for = pad.as_ref()?.form.look_fors.get(place)?;
            Some(look_for.key.clone())
        });
        if look_for.is_some() == place.is_some() {
            self.act(Act::Write { look_for, text });
        }
    }
}
