//! What an import asks of a store: compare, keep, take, look up.

use super::Later;
use super::people::Asked;
use crate::domain::id::{ImportId, PersonId};
use crate::server::import::progress::Progress;
use crate::server::import::roster::Roster;
use crate::sync::office::imports::Import;
use std::collections::HashSet;
use std::sync::Arc;

/// A file that was read and is to be compared with what is stored.
#[derive(Clone, Debug)]
pub struct Look {
    /// The import's id, by its asker.
    pub id: ImportId,
    /// Whoever sent it; none for the command line.
    pub person: Option<PersonId>,
    /// What was read.
    pub roster: Roster,
    /// The server's clock, in milliseconds since 1970.
    pub now_utc_ms: i64,
}

/// An import that is to be taken.
#[derive(Clone, Copy, Debug)]
pub struct Take {
    /// The import.
    pub id: ImportId,
    /// Whether more than a third may be marked as left.
    pub leavers: bool,
    /// The server's clock, in milliseconds since 1970.
    pub now_utc_ms: i64,
}

/// Keeps imports, and what they bring.
///
/// Taking an import is one transaction: all of it, or nothing. It changes only what its source says
/// otherwise than the last time, so that what an office has set since stays, and taking the same files
/// again changes nothing. Nobody is deleted: who is no longer there is marked.
pub trait Imports {
    /// The ids by which this source has named people.
    fn known_staff(&self, source: String) -> Later<'_, HashSet<String>>;

    /// Compares, changes nothing else, and keeps what was read for a day so that it can be taken.
    /// The same id again gives what was kept. What it would do is found out by doing it, and taking it back.
    fn look_at_import(&self, look: Look, progress: Arc<Progress>) -> Later<'_, Import>;

    /// Forgets what was read and not taken within a day, which a look does too, and says of how many imports.
    fn forget_imports(&self, now_utc_ms: i64) -> Later<'_, usize>;

    /// Takes what was looked at. Refused: `NotFound` when there is no such import, or what was read is no
    /// longer kept; `ImportBlocked`; `LeaversNeedConsent`. One that was taken is given as it is.
    fn take_import(&self, take: Take, progress: Arc<Progress>) -> Asked<'_, Import>;

    /// The import, if it was looked at.
    fn import(&self, id: ImportId) -> Later<'_, Option<Import>>;

    /// A page of imports, the newest first, those before this one.
    fn imports(&self, before: Option<ImportId>) -> Later<'_, Vec<Import>>;
}
