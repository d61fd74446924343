//! Documents of what is counted: calls for support, and look-fors. Never a person.

use crate::domain::act::support::Category;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::look_for::LookForKey;
use serde::{Deserialize, Serialize};

/// How many calls for support there are, by category: never a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportCounts {
    /// What is counted over: the text of an audience, such as `site:<id>` or `district`.
    pub scope: String,
    /// Up to which of the server's events it counts.
    pub as_of: u64,
    /// The categories that may be shown.
    pub counts: Vec<SupportCount>,
    /// Whether categories are hidden because they are about few.
    pub some_hidden: bool,
}

/// A category and how often support of its kind was wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportCount {
    /// The category.
    pub category: Category,
    /// How often it was wanted.
    pub wanted: u32,
    /// How often it was given.
    pub given: u32,
}

/// What is counted on a change idea, look-for by look-for. Of the look-fors those alone that are marked as seen,
/// partly or not seen: how often something was counted, how long it lasted and what was chosen are in no figure yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// The form; all its versions are counted together, since look-for keys are stable.
    pub form: FormRef,
    /// Up to which of the server's events it counts.
    pub as_of: u64,
    /// How many visits.
    pub visits: u32,
    /// How many teachers they were to; visits without a name count no teacher.
    pub teachers: u32,
    /// How many people made them.
    pub observers: u32,
    /// Whether it rests on fewer teachers than are shown outside the team.
    pub small: bool,
    /// The look-fors.
    pub look_fors: Vec<Tally>,
}

/// How often a look-for was marked as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The look-for.
    pub look_for: LookForKey,
    /// Seen.
    pub seen: u32,
    /// Partly.
    pub partly: u32,
    /// Not seen.
    pub not_seen: u32,
    /// Not the moment: outside every denominator.
    pub not_the_moment: u32,
}
