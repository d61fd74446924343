//! What an observer marks for a look-for.

use serde::{Deserialize, Serialize};

/// The three states of a look-for, none of them "no" by default, and the one that stands apart.
/// A look-for without a rating was not looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// It was there.
    Seen,
    /// Some of it was there.
    Partly,
    /// It was looked for and was not there.
    NotSeen,
    /// The lesson was not at a point where it could be there; outside every denominator.
    NotTheMoment,
}

impl Rating {
    /// All of them, in the order in which they stand on the form.
    pub const ALL: [Self; 4] = [Self::Seen, Self::Partly, Self::NotSeen, Self::NotTheMoment];
}
