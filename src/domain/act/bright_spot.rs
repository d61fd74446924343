//! A bright spot: something that worked and that another room could borrow, shown to others only with
//! the teacher's permission.

use crate::domain::collect::look_for::LookForKey;
use crate::domain::id::EventId;
use serde::{Deserialize, Serialize};

/// A bright spot was tagged on a visit. The line of evidence is its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrightSpotTagged {
    /// The visit.
    pub walkthrough: EventId,
    /// The look-for that it shows; none when it is about something else.
    pub look_for: Option<LookForKey>,
}

/// A bright spot was put under another practice of its form, by its observer or by a coach of the site. Of several,
/// the largest id stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrightSpotFiled {
    /// The visit.
    pub walkthrough: EventId,
    /// The bright spot: the event that tagged it.
    pub bright_spot: EventId,
    /// The look-for that it shows; none when it is about something else.
    pub look_for: Option<LookForKey>,
}

/// The teacher was asked for permission to show a bright spot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionAsked {
    /// The visit.
    pub walkthrough: EventId,
    /// The bright spot: the event that tagged it.
    pub bright_spot: EventId,
}

/// The teacher gave permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionGiven {
    /// The visit.
    pub walkthrough: EventId,
    /// The bright spot: the event that tagged it.
    pub bright_spot: EventId,
    /// The question that it answers: the event that asked.
    pub asked: EventId,
    /// For whom.
    pub circle: Circle,
}

/// The teacher refused permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionRefused {
    /// The visit.
    pub walkthrough: EventId,
    /// The bright spot: the event that tagged it.
    pub bright_spot: EventId,
    /// The question that it answers: the event that asked.
    pub asked: EventId,
}

/// The teacher took a permission back. It ends every permission given to that question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionWithdrawn {
    /// The visit.
    pub walkthrough: EventId,
    /// The bright spot: the event that tagged it.
    pub bright_spot: EventId,
    /// The question that had been answered: the event that asked.
    pub asked: EventId,
}

/// Who may see a permitted bright spot, as the teacher chose; the smaller circle first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circle {
    /// Everybody who works at the site.
    Site,
    /// Everybody in the district.
    District,
}
