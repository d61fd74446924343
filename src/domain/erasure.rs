//! Erasure: words go, bodies stay.
//!
//! The body of an event names the hash of its words and nothing of their content. When words are
//! erased, on a server or a device, the words and their salt are removed from every file; receipts and
//! statistics, which rest on bodies, stay as they were.

use super::id::EventId;
use serde::{Deserialize, Serialize};

/// The most events in one erasure.
pub const EVENTS_MAX: usize = 1000;
/// The most events of which one person can wait to have the words erased: events that have not arrived, or are
/// somebody else's. An honest device erases what it has sent, or is about to.
pub const AWAITED_MAX: u32 = 2000;

/// The words of some events were erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsErased {
    /// The events, which may not have arrived yet: then their words are dropped when they do.
    pub events: Vec<EventId>,
    /// Why.
    pub why: Why,
}

/// Why words are erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Their author took them back.
    TakenBack,
    /// Somebody entitled to it asked.
    Asked,
    /// The time that the agreement keeps them is over.
    Retention,
}
