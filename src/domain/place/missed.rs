//! "Not today": a class that an observer came for and that could not be visited. It is no visit.

use crate::domain::id::{ClassId, PersonId, SiteId};
use serde::{Deserialize, Serialize};

/// A class could not be visited today. It has no words, counts for no teacher and against none, and nobody but
/// its observer reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassMissed {
    /// Where.
    pub site: SiteId,
    /// Which class, or whose.
    pub missed: Missed,
    /// Why.
    pub why: Why,
}

/// What was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missed {
    /// A class.
    Class(ClassId),
    /// Every class of a teacher.
    Teacher(PersonId),
}

/// Why a class cannot be visited today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A substitute teaches.
    Substitute,
    /// A test is written.
    Test,
    /// Nobody is in the room.
    EmptyRoom,
    /// A reason of a later version.
    #[serde(other)]
    Other,
}

impl Why {
    /// Those that are offered, in their order.
    pub const ALL: [Self; 3] = [Self::Substitute, Self::Test, Self::EmptyRoom];
}
