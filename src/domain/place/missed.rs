//! "Not today": a class that an observer came for and that could not be visited. It is no visit.

use crate::domain::id::{ClassId, PersonId, SiteId};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::borrow::Cow;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A substitute teaches.
    Substitute,
    /// A test is written.
    Test,
    /// Nobody is in the room.
    EmptyRoom,
    /// A reason of a later version.
    Other,
}

/// A reason of a later version is a name as these are, of at most 64 bytes, and no sentence: a body is never erased.
impl<'de> Deserialize<'de> for Why {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        match &*text {
            "substitute" => Ok(Self::Substitute),
            "test" => Ok(Self::Test),
            "empty_room" => Ok(Self::EmptyRoom),
            name if (1..=64).contains(&name.len()) && name.bytes().all(plain) => Ok(Self::Other),
            _ => Err(de::Error::custom("a reason")),
        }
    }
}

impl Why {
    /// Those that are offered, in their order.
    pub const ALL: [Self; 3] = [Self::Substitute, Self::Test, Self::EmptyRoom];
}
