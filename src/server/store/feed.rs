//! What readers ask of a store.

use super::Later;
use crate::domain::claim::ClaimCode;
use crate::domain::document::Audience;
use crate::domain::id::{EventId, PersonId};
use crate::server::chance::Chance;
use crate::sync::protocol::Portion;
use std::collections::{BTreeMap, BTreeSet};

/// Hands out documents, to whom they were made for.
pub trait Feed {
    /// The audiences that the person is in now.
    fn audiences(&self, person: PersonId) -> Later<'_, BTreeSet<Audience>>;

    /// What is new for the person since the cursors, all of one moment: at most `changes_max` changes.
    ///
    /// An audience without a cursor, or with one of another feed, is filled from the start, without what
    /// is gone.
    fn pull(&self, person: PersonId, since: Since, changes_max: u32) -> Later<'_, News>;
}

/// How far a device has read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// The feed that the cursors belong to.
    pub feed: Option<u64>,
    /// The largest number of each audience, by the keys that the device knows, whatever they are.
    pub cursors: BTreeMap<String, u64>,
}

/// What is new for a person.
#[derive(Debug)]
pub struct News {
    /// The feed.
    pub feed: u64,
    /// One portion for each audience of the person.
    pub portions: Vec<Portion>,
    /// Keys of audiences that the person is not in.
    pub lost: Vec<String>,
    /// Whether there is more at once.
    pub more: bool,
}

/// Lets teachers take numbered visits.
pub trait Claims {
    /// The visit that the code belongs to, taken by the person now or already before; none
    /// when there is no such visit, when somebody else took it, and when it is the observer who asks.
    fn claim(
        &self,
        person: PersonId,
        code: ClaimCode,
        now_utc_ms: i64,
        random: Chance,
    ) -> Later<'_, Option<EventId>>;
}
