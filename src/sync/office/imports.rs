//! What an office asks about imports: look at files, then take them.

use crate::domain::id::{ImportId, PersonId};
use crate::domain::import::Preview;
use serde::{Deserialize, Serialize};

/// `GET` (admin): an [`ImportsPage`], the newest first. `POST` (admin) of a zip (`application/zip`) or one
/// CSV (`text/csv`): looks at it and answers the [`Import`]; nothing is taken. `?id=` names it by an id
/// that the asker minted, `?source=` a second roster beside the usual one.
pub const IMPORTS_PATH: &str = "/api/v1/imports";
/// `GET` (admin): the [`ImportNow`], also while it is looked at or taken.
pub const IMPORT_PATH: &str = "/api/v1/imports/{id}";
/// `POST` (admin) of a [`TakeImport`]: takes what was looked at, whole or not at all, and answers the
/// [`Import`]. Taking it again changes nothing.
pub const IMPORT_TAKE_PATH: &str = "/api/v1/imports/{id}/take";

/// The largest upload, in bytes.
pub const IMPORT_MAX_BYTES: u64 = 512 * 1024 * 1024;
/// The most imports on one page.
pub const IMPORTS_PAGE_MAX: usize = 20;
/// How long what was read waits to be taken, in milliseconds.
pub const IMPORT_WAITS_MS: i64 = 24 * 60 * 60 * 1000;

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Its files are being read.
    Reading,
    /// It is being compared with what is there, or taken.
    Working,
    /// It was looked at and can be taken, for a day.
    Looked,
    /// It cannot be taken.
    Blocked,
    /// It was taken.
    Taken,
}

/// An import that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The import.
    pub id: ImportId,
    /// Whoever sent it; none when it came from the command line.
    pub person: Option<PersonId>,
    /// When it was looked at, by the server's clock, in milliseconds since 1970.
    pub looked_at_utc_ms: i64,
    /// When it was taken; none while it was not.
    pub taken_at_utc_ms: Option<i64>,
    /// Where it stands.
    pub state: ImportState,
    /// What is in it, and what it does or did.
    pub preview: Preview,
}

/// An import as it is at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportNow {
    /// Where it stands.
    pub state: ImportState,
    /// How much of `all` is done: bytes while it is read, rows while it is worked on.
    pub done: u64,
    /// How much there is to do.
    pub all: u64,
    /// What is known of it; none before it was looked at to the end.
    pub import: Option<Import>,
}

/// Takes an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeImport {
    /// Whether more than a third of the people or classes may be marked as left.
    #[serde(default)]
    pub leavers: bool,
}

/// A page of imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportsPage {
    /// The imports, the newest first.
    pub imports: Vec<Import>,
    /// What to ask for after this page; none when it is the last.
    pub next: Option<ImportId>,
}
