//! A prediction: what a team expects to see, locked before the first visit counts.

use crate::domain::collect::look_for::{Bilingual, Component};
use serde::{Deserialize, Serialize};

/// A prediction was locked. Its sentence is its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionLocked {
    /// The change idea, by its key.
    pub idea: String,
    /// Which cycle of testing, from 1.
    pub cycle: u32,
}

/// What the authors of a change idea expect. A team begins its own prediction with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prediction {
    /// In a sentence.
    pub words: Bilingual,
    /// In numbers.
    pub claims: Vec<PredictionClaim>,
    /// The measures that a team may choose its primary ones from, by their keys: one for each component.
    pub primary: Vec<String>,
}

/// One number of a prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionClaim {
    /// The measure, by its key: a look-for, a question or an outcome.
    pub measure: String,
    /// Whose doing the measure shows.
    pub component: Component,
    /// Which way it is to go.
    pub direction: Direction,
    /// How far.
    pub target: Target,
    /// By the end of which week of testing, from 1.
    pub by_week: u16,
}

/// Which way a measure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More of it.
    Up,
    /// Less of it.
    Down,
}

/// How far a measure is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// To this value.
    To {
        /// The number.
        number: u32,
        /// Of what; never [`Unit::Points`].
        unit: Unit,
    },
    /// By so much from the baseline.
    By {
        /// The number.
        number: u32,
        /// Of what; never [`Unit::Gap`].
        unit: Unit,
    },
}

/// What a number of a prediction counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Percent: of visits, of those counted, or of the baseline where it is a change.
    Percent,
    /// Percentage points.
    Points,
    /// Times in a visit.
    Times,
    /// Minutes.
    Minutes,
    /// The difference between a focus seat and another seat, in times for each seat; 0 is no difference.
    Gap,
}
