//! The versions of the agreement.

use super::Later;
use super::people::Asked;
use crate::domain::agreement::Agreement;
use crate::domain::id::PersonId;

/// Keeps the versions of the agreement, each whole and unchanged.
pub trait AgreementVersions {
    /// All versions that were adopted, by version.
    fn agreements(&self) -> Later<'_, Vec<Agreement>>;

    /// Adopts a checked version and marks the agreement for the projector. The same again changes nothing.
    /// Refused: `Malformed` for a version that is not larger than all before, and for one that would hold before it is
    /// adopted, unless it is the district's first.
    ///
    /// `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn adopt(&self, agreement: Agreement, by: PersonId, now_utc_ms: i64) -> Asked<'_, ()>;
}
