//! What the projector asks of a store.

use super::Later;
use crate::server::chance::Chance;
use std::collections::BTreeSet;

/// Makes documents and counts from events.
///
/// One projector at a time asks. Each call is one transaction; a call that fails has changed nothing and
/// can be asked again. `now_utc_ms` is the server's clock, in milliseconds since 1970.
pub trait Projection {
    /// Makes the feed if there is none, takes up what was parked and what this version reads for the
    /// first time. Asked once, at the start.
    fn begin(&self, now_utc_ms: i64) -> Later<'_, ()>;

    /// Throws away all documents and counts and has all of them made again, as another feed.
    fn rebuild(&self, now_utc_ms: i64) -> Later<'_, ()>;

    /// Projects the next few things that wait. What cannot be projected is parked and logged, and stops
    /// nothing else.
    fn project(&self, now_utc_ms: i64) -> Later<'_, Projected>;

    /// Makes the documents of the next few figures that have changed.
    fn count(&self, now_utc_ms: i64) -> Later<'_, Projected>;

    /// When the next version of the agreement begins to hold, in milliseconds since 1970; then all figures are made
    /// again under it by [`Projection::project`] and [`Projection::count`]. None when no other was adopted.
    fn next_agreement(&self, now_utc_ms: i64) -> Later<'_, Option<i64>>;

    /// Erases the next words whose time is over by the agreement, by an event of the office. Says how many.
    fn retain(&self, now_utc_ms: i64, random: Chance) -> Later<'_, u64>;

    /// Sees to it that what was erased is in no file, if anything was. Says whether that is done; not
    /// while a reader still holds an older state.
    fn settle(&self) -> Later<'_, bool>;
}

/// What one step of the projector did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projected {
    /// The keys of the audiences that have something new.
    pub audiences: BTreeSet<String>,
    /// Whether more was waiting.
    pub more: bool,
}
