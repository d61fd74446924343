//! Support: what a teacher could use more of, as a coach hears it.

use crate::domain::id::EventId;
use serde::{Deserialize, Serialize};

/// A visit showed that support is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportWanted {
    /// The visit.
    pub walkthrough: EventId,
    /// What kind.
    pub category: Category,
}

/// Support was given, or found not to be needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportGiven {
    /// The visit.
    pub walkthrough: EventId,
    /// The call: the event that said what was wanted.
    pub wanted: EventId,
}

/// Kinds of support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Materials.
    Materials,
    /// Time to plan.
    PlanningTime,
    /// Seeing it done.
    Modelling,
    /// The content itself.
    Content,
    /// Grouping students.
    Grouping,
    /// Language.
    Language,
}

impl Category {
    /// All of them, in the order in which they stand on a form.
    pub const ALL: [Self; 6] = [
        Self::Materials,
        Self::PlanningTime,
        Self::Modelling,
        Self::Content,
        Self::Grouping,
        Self::Language,
    ];

    /// As it stands in events and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Materials => "materials",
            Self::PlanningTime => "planning_time",
            Self::Modelling => "modelling",
            Self::Content => "content",
            Self::Grouping => "grouping",
            Self::Language => "language",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_named_as_it_is_sent() {
        for category in Category::ALL {
            let sent = serde_json::to_value(category).expect("it is JSON");
            assert_eq!(sent, category.name());
        }
    }
}
