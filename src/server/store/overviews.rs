//! What the overview of the office counts.

use super::Later;
use crate::report::office::overview::Overview;

/// Counts for the overview.
pub trait Overviews {
    /// The counts, and what needs doing as far as the store knows it: not whether mail is set up, nor how
    /// old backups are. Nothing in it rests on fewer teachers than [`crate::domain::study::small_group`]
    /// lets the district see, and nothing that the agreement closes for it.
    ///
    /// `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn overview(&self, now_utc_ms: i64) -> Later<'_, Overview>;
}
