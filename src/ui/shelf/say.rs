//! Saying something about a visit, or that there can be none today; keeping what is being written.

use super::{Claiming, jotting_of};
use crate::domain::act::saying::{HOLD_MS, Said, Saying};
use crate::domain::collect::today::Classroom;
use crate::domain::collect::visit::Whereabouts;
use crate::domain::event::Factual;
use crate::domain::id::EventId;
use crate::domain::place::{ClassMissed, Missed, Why};
use crate::host::{Reply, Request, clock};
use crate::text::undo::Undo;
use crate::ui::desk::{Desk, Trouble};
use crate::ui::launch;
use crate::ui::walk::Then;
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use serde_json::Value;

/// How long a pause in typing is, after which what was typed is kept.
const PAUSE_MS: u64 = 300;

impl Desk {
    /// Says a fact about a visit, with these words: it is shown at once, and taken back loudly if the store
    /// cannot keep it.
    pub fn tell(self, fact: &dyn Factual, said: &[(&str, &str)]) {
        self.tell_then(fact, said, Box::new(|_, _| {}));
    }

    /// The same, and does `then` as soon as it is kept: what was chosen for it is needed until then.
    pub fn tell_then(mut self, fact: &dyn Factual, said: &[(&str, &str)], then: Then) {
        let saying = saying(fact, said);
        if !saying.is_noted() {
            // Whoever goes on meant what was said before.
            self.shelf.undoing.set(None);
        }
        self.keep_asked(saying.clone(), Request::Say(saying), then);
    }

    /// Says a fact as [`Desk::tell`] does, and lets it be taken back for some seconds.
    pub fn tell_soon(self, fact: &dyn Factual, said: &[(&str, &str)], undo: Undo) {
        let saying = saying(fact, said);
        self.offer_undo(saying.id, (self.language)().undo(undo).to_owned());
        self.keep_asked(saying.clone(), Request::Hold(saying), Box::new(|_, _| {}));
    }

    /// The same with words that were written on the view in view as this text. If the store cannot keep them, the
    /// text is there again to be gone on with.
    pub fn send(mut self, fact: &dyn Factual, said: &[(&str, &str)], written: String, undo: Undo) {
        let at = clock::now();
        // What the last pause has not kept yet is kept first; the store forgets it when it keeps what is said.
        self.shelf.typed += 1;
        if let Some(key) = jotting_of(*self.seat.view.peek()) {
            let text = written.clone();
            drop(self.ask(Request::Jot { key, text, at }));
        }
        self.shelf.jotted.set(Some(written));
        self.tell_soon(fact, said, undo);
    }

    /// Offers to take back what is about to be held, and has it said when the time is over.
    fn offer_undo(mut self, id: EventId, words: String) {
        self.shelf.undoing.set(Some((Some(id), words)));
        spawn_forever(async move {
            clock::sleep(HOLD_MS).await;
            let offered = self.shelf.undoing.peek().as_ref().and_then(|(id, _)| *id);
            if offered == Some(id) {
                self.shelf.undoing.set(None);
            }
            // What cannot be sealed now is when something else is said, or when the store is opened again.
            let _ = self.ask(Request::SayHeld { only: Some(id) }).await;
        });
    }

    /// Says whatever could still be taken back.
    #[cfg_attr(
        not(all(feature = "web", target_arch = "wasm32")),
        expect(
            dead_code,
            reason = "a window that is closed says it by closing its store"
        )
    )]
    pub(in crate::ui) fn say_held(mut self) {
        self.shelf.undoing.set(None);
        let answer = self.ask(Request::SayHeld { only: None });
        spawn_forever(async move {
            let _ = answer.await;
        });
    }

    /// Takes back what is offered. The store puts back what was written, to be changed and sent; where it was being
    /// written, it is shown.
    pub fn unsay(mut self) {
        let offered = self.shelf.undoing.take().and_then(|(id, _)| id);
        let Some(id) = offered else { return };
        let answer = self.ask(Request::Unsay { id });
        spawn_forever(async move {
            match answer.await {
                Ok(Reply::Unsaid(true)) => {
                    self.shelf.turn += 1;
                    self.read_jotted(id).await;
                    self.shelf.sayings.write().retain(|one| one.saying.id != id);
                    self.read_today();
                }
                Ok(_) => {
                    let words = (self.language)().undo(Undo::TooLate).to_owned();
                    self.shelf.undoing.set(Some((None, words)));
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Reads what is being written on the view in view, after `taken_back` was taken back.
    async fn read_jotted(mut self, taken_back: EventId) {
        let view = *self.seat.view.peek();
        let Some(key) = jotting_of(view) else { return };
        let here = {
            let sayings = self.shelf.sayings.peek();
            let saying = sayings.iter().find(|one| one.saying.id == taken_back);
            saying.and_then(|one| one.saying.jotting()).as_ref() == Some(&key)
        };
        if here {
            // The store has it behind what was put back: a field that is open is drawn anew from there.
            self.shelf.typed += 1;
        }
        let jotted = self.kept_choice(key).await;
        if *self.seat.view.peek() == view {
            self.shelf.jotted.set(jotted);
            if here {
                self.undone += 1;
            }
        }
    }

    /// Whoever goes elsewhere has seen that it came too late. What can still be taken back can be there, too.
    pub(in crate::ui) fn forget_undo(mut self) {
        if matches!(*self.shelf.undoing.peek(), Some((None, _))) {
            self.shelf.undoing.set(None);
        }
    }

    fn keep_asked(mut self, saying: Saying, request: Request, then: Then) {
        let written = saying.jotting();
        let id = saying.id;
        let answer = self.ask(request);
        self.shelf.saying.write().push(saying.clone());
        spawn_forever(async move {
            let kept = answer.await;
            self.shelf.saying.write().retain(|one| one.id != id);
            self.shelf.turn += 1;
            match kept {
                Ok(reply) => {
                    if written.is_some() && written == jotting_of(*self.seat.view.peek()) {
                        self.shelf.jotted.set(None);
                    }
                    let mut sayings = self.shelf.sayings.write();
                    if !sayings.iter().any(|one| one.saying.id == id) {
                        sayings.push(Said {
                            number: None,
                            saying,
                            whereabouts: Whereabouts::OnThisDevice,
                        });
                    }
                    drop(sayings);
                    then(self, reply);
                }
                Err(problem) => {
                    // What was not kept cannot be on its way.
                    let offered = self.shelf.undoing.peek().as_ref().and_then(|(id, _)| *id);
                    if offered == Some(id) {
                        self.shelf.undoing.set(None);
                    }
                    self.trouble.set(Some(Trouble::NotDone(problem)));
                }
            }
        });
    }

    /// Says that a class cannot be visited today. It leaves the list when the store has kept that.
    pub fn not_today(mut self, room: &Classroom, why: Why) {
        let missed = match (why, room.class) {
            // Whoever is away is away from every class.
            (Why::Substitute, _) | (_, None) => Missed::Teacher(room.teacher),
            (_, Some(class)) => Missed::Class(class),
        };
        let site = room.site;
        let fact = ClassMissed { site, missed, why };
        let saying = saying(&fact, &[]);
        let id = saying.id;
        let answer = self.ask(Request::Hold(saying));
        let name = room.name.clone().unwrap_or_else(|| room.title.clone());
        spawn_forever(async move {
            match answer.await {
                Ok(_) => {
                    self.offer_undo(id, (self.language)().off_today(&name));
                    self.read_today();
                    launch::focus("next");
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Keeps what was chosen and is not sent under a key, at once; nothing takes it away.
    pub fn keep_choice(mut self, key: String, text: String) {
        let at = clock::now();
        let answer = self.ask(Request::Jot { key, text, at });
        spawn_forever(async move {
            if let Err(problem) = answer.await {
                self.trouble.set(Some(Trouble::NotDone(problem)));
            }
        });
    }

    /// What was chosen and is not sent under a key.
    pub async fn kept_choice(self, key: String) -> Option<String> {
        match self.ask(Request::Jotted { key }).await {
            Ok(Reply::Jotted(kept)) => kept,
            _ => None,
        }
    }

    /// Keeps what is being written on the view in view, at the next pause; nothing takes it away.
    pub fn jot(mut self, text: String) {
        let Some(key) = jotting_of(*self.seat.view.peek()) else {
            return;
        };
        self.shelf.typed += 1;
        let typed = *self.shelf.typed.peek();
        spawn_forever(async move {
            clock::sleep(PAUSE_MS).await;
            if *self.shelf.typed.peek() != typed {
                return;
            }
            let at = clock::now();
            if let Err(problem) = self.ask(Request::Jot { key, text, at }).await {
                self.trouble.set(Some(Trouble::NotDone(problem)));
            }
        });
    }

    /// Takes a numbered visit with its code.
    pub fn claim(mut self, code: String) {
        self.shelf.claiming.set(Claiming::Busy);
        let answer = self.ask(Request::Claim { code });
        spawn_forever(async move {
            self.shelf.claiming.set(match answer.await {
                Ok(_) => Claiming::Taken,
                Err(problem) => Claiming::Refused(problem),
            });
        });
    }
}

/// This fact, said now with these words.
fn saying(fact: &dyn Factual, said: &[(&str, &str)]) -> Saying {
    let at = clock::now();
    let id = EventId::mint(at.at_utc_ms, clock::random());
    let words = (!said.is_empty()).then(|| words(said));
    Saying::of(id, at, fact, words)
}

/// The bytes of words, with a salt of their own.
fn words(said: &[(&str, &str)]) -> String {
    let mut texts = serde_json::Map::new();
    for (name, text) in said {
        texts.insert((*name).to_owned(), Value::from(*text));
    }
    let mut words = serde_json::Map::new();
    words.insert("salt".into(), salt().into());
    words.insert("said".into(), Value::Object(texts));
    Value::Object(words).to_string()
}

fn salt() -> String {
    use std::fmt::Write;
    let bytes = clock::random().into_iter().chain(clock::random());
    bytes.take(16).fold(String::new(), |mut salt, byte| {
        write!(salt, "{byte:02x}").expect("a string takes what is written");
        salt
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_the_protocol_wants_them() {
        let words: crate::domain::event::Words =
            serde_json::from_str(&words(&[("reply", "«¿qué?»")])).expect("they are words");
        assert_eq!(words.said.get("reply").map(String::as_str), Some("«¿qué?»"));
        assert_eq!(words.salt.len(), 32);
    }

    #[test]
    fn a_salt_is_32_digits_and_never_the_same() {
        let (one, other) = (salt(), salt());
        assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_ne!(one, other);
    }
}
