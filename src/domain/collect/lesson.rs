//! The lesson log: in some seconds, what a teacher says of a lesson of their own. It stands beside what
//! observers saw and is never merged with it.

use super::form::FormRef;
use super::look_for::LookForKey;
use crate::domain::id::ClassId;
use crate::domain::place::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A teacher logged a lesson. What they add in words of their own is the event's words.
///
/// Said again for the same idea, class and day it replaces what was said before: see [`Self::revision`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonLogged {
    /// The form whose parts they are; its key is the change idea's.
    pub form: FormRef,
    /// The class; none for a teacher of whom no class is known.
    pub class: Option<ClassId>,
    /// The day of the lesson.
    pub day: Day,
    /// The first day of its week, as the district begins its weeks.
    pub week: Day,
    /// From 1; a correction has one more than the largest that its device knows of.
    pub revision: u32,
    /// Whether the idea happened; none takes the log back.
    pub happened: Option<Happened>,
    /// Which of its parts did, by look-for. A part of which nothing was said is not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<LookForKey, Happened>,
    /// How it went, in one word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub went: Option<Went>,
}

/// Whether something happened in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// All of it.
    Yes,
    /// Some of it.
    Partly,
    /// None of it.
    No,
}

impl Happened {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// As it stands in events and documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }
}

/// How a lesson went for its teacher. It is a word for the teacher's own eyes, and no scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Went {
    /// It went smoothly.
    Smoothly,
    /// Some of it did.
    Mixed,
    /// It was hard.
    Hard,
}

impl Went {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Smoothly, Self::Mixed, Self::Hard];

    /// As it stands in events and documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smoothly => "smoothly",
            Self::Mixed => "mixed",
            Self::Hard => "hard",
        }
    }
}
