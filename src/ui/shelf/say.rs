//! Saying something about a visit, or that there can be none today; keeping what is being written.

use super::{Claiming, jotting_of};
use crate::domain::act::saying::Saying;
use crate::domain::collect::today::Classroom;
use crate::domain::event::Factual;
use crate::domain::id::EventId;
use crate::domain::place::{ClassMissed, Missed, Why};
use crate::host::{Reply, Request, clock};
use crate::ui::desk::{Desk, Trouble};
use crate::ui::launch;
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use serde_json::Value;

/// How long a pause in typing is, after which what was typed is kept.
const PAUSE_MS: u64 = 300;

impl Desk {
    /// Says a fact about a visit, with these words: it is shown at once, and taken back loudly if the store
    /// cannot keep it.
    pub fn tell(self, fact: &dyn Factual, said: &[(&str, &str)]) {
        let at = clock::now();
        let id = EventId::mint(at.at_utc_ms, clock::random());
        let words = (!said.is_empty()).then(|| words(said));
        self.keep_said(Saying::of(id, at, fact, words));
    }

    fn keep_said(mut self, saying: Saying) {
        self.shelf.saying.write().push(saying.clone());
        let id = saying.id;
        let answer = self.ask(Request::Say(saying.clone()));
        spawn_forever(async move {
            let kept = answer.await;
            self.shelf.saying.write().retain(|one| one.id != id);
            match kept {
                Ok(_) => {
                    let mut sayings = self.shelf.sayings.write();
                    if !sayings.iter().any(|one| one.id == id) {
                        sayings.push(saying);
                    }
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
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
        let at = clock::now();
        let id = EventId::mint(at.at_utc_ms, clock::random());
        let answer = self.ask(Request::Say(Saying::of(id, at, &fact, None)));
        let name = room.name.clone().unwrap_or_else(|| room.title.clone());
        spawn_forever(async move {
            match answer.await {
                Ok(_) => {
                    self.off_today.set(Some(name));
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

    /// Keeps what is being written on the view in view, at the next pause; nothing takes it away at once.
    pub fn jot(mut self, text: String) {
        let Some(key) = jotting_of(*self.seat.view.peek()) else {
            return;
        };
        if text.is_empty() {
            self.shelf.jotted.set(None);
        }
        self.shelf.typed += 1;
        let typed = *self.shelf.typed.peek();
        spawn_forever(async move {
            if !text.is_empty() {
                clock::sleep(PAUSE_MS).await;
            }
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
