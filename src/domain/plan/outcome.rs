//! What is watched beside visits: slips, interviews, achievement.

use super::prediction::Direction;
use crate::domain::collect::look_for::{Bilingual, Component};
use serde::{Deserialize, Serialize};

/// A measure that does not come from visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its key, stable across versions.
    pub key: String,
    /// What is measured.
    pub words: Bilingual,
    /// Whose doing it shows.
    pub component: Component,
    /// Where it comes from.
    pub source: Source,
    /// Which way is better.
    pub better: Direction,
    /// What is made of single values.
    pub counted_as: CountedAs,
}

/// Where a measure comes from. Sources are never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Visits.
    Observation,
    /// What teachers log of their own lessons.
    SelfLog,
    /// Slips at the end of a lesson.
    ExitSlip,
    /// The teachers' survey.
    Survey,
    /// Interviews.
    Interview,
    /// Tasks, tests, marks.
    Achievement,
}

/// What is made of single values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedAs {
    /// The share of those that are so.
    Share,
    /// The mean.
    Mean,
}
