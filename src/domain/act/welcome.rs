//! "Come and see this": a teacher invites observers to a lesson.
//!
//! Those who may visit there anyway hear of it: the principals and coaches of the site, and the district. With
//! `peers` it goes to the teachers of the site and the pilot team too, and is the teacher's yes to their visit, for
//! that class on that day and no other. It ends with that day, or when it is taken back.

use crate::domain::id::{ClassId, EventId, SiteId};
use crate::domain::place::Day;
use serde::{Deserialize, Serialize};

/// A teacher welcomes a visit. What there is to see is the event's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitWelcomed {
    /// Where.
    pub site: SiteId,
    /// The class; none for a teacher of whom no class is known, and then any.
    pub class: Option<ClassId>,
    /// On which day.
    pub day: Day,
    /// The change idea that can be seen, by its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idea: Option<String>,
    /// Whether peers are welcome, too: it is a yes to their visit.
    pub peers: bool,
}

/// The teacher took it back: what was recorded until then stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelcomeWithdrawn {
    /// The welcome: the event that said it.
    pub welcome: EventId,
}
