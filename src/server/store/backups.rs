//! The data folder, and the backups in it.

use super::Later;
use crate::report::office::data::{BackupLine, DataSheet};
use std::path::PathBuf;

/// How many backups are kept.
pub const KEPT: usize = 7;

/// Makes and lists backups of the store.
pub trait Backups {
    /// Where the store is, how large it is, and its backups.
    fn data_sheet(&self) -> Later<'_, DataSheet>;

    /// Copies the whole store, as it stood at one moment, into a file beside it, and removes all backups
    /// but the newest [`KEPT`]. The store works on meanwhile. The copy is checked before it counts as one.
    ///
    /// `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn back_up(&self, now_utc_ms: i64) -> Later<'_, BackupLine>;

    /// The file of the backup with this name; none when there is none.
    fn backup_file(&self, name: String) -> Later<'_, Option<PathBuf>>;
}
