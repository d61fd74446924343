//! What the store of this device holds, and the language that is read on it.

use super::desk::{Desk, Trouble};
use super::launch;
use crate::domain::problem::Problem;
use crate::host::{Reply, Request};
use crate::text::Language;
use dioxus::core::spawn_forever;
use dioxus::prelude::*;

/// What the device promised about the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// It is a file, which stays.
    File,
    /// The browser keeps it.
    Given,
    /// The browser may clear it when room is short.
    NotGiven,
}

/// What the store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its size, in bytes.
    pub bytes: u64,
    /// Records that are still to be sent.
    pub waiting: u32,
    /// Records that were set aside.
    pub set_aside: u32,
    /// All of these as a text to save, if there are any.
    pub copy: Option<String>,
    /// Whether it stays.
    pub promise: Promise,
}

impl Desk {
    /// Says everything in this language from now on, and keeps that for whoever sits here.
    pub fn speak(mut self, language: Language) {
        self.language.set(language);
        launch::name_language(language);
        let tag = language.tag().into();
        self.hear(Request::Speak { language: tag }, Box::new(|_, _| {}));
    }

    /// Shows the language that whoever sits here chose, else that of the device.
    pub(super) fn show_language(mut self, chosen: Option<&str>) {
        let language = chosen.map_or(self.device_language, |tag| Language::best([tag]));
        if language != *self.language.peek() {
            self.language.set(language);
            launch::name_language(language);
        }
    }

    /// Reads what the store holds.
    pub(super) fn look_at_storage(mut self) {
        spawn_forever(async move {
            match self.read_held().await {
                Ok(held) => {
                    self.held.set(held);
                    self.read_set_aside().await;
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    async fn read_held(self) -> Result<Option<Held>, Problem> {
        let Reply::Storage {
            bytes,
            waiting,
            set_aside,
        } = self.ask(Request::Storage).await?
        else {
            return Ok(None);
        };
        let copy = match waiting + set_aside {
            0 => None,
            _ => match self.ask(Request::CopyUnsent).await? {
                Reply::Copy(text) => Some(text),
                _ => None,
            },
        };
        Ok(Some(Held {
            bytes,
            waiting,
            set_aside,
            copy,
            promise: launch::promise().await,
        }))
    }
}
