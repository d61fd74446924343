//! A prediction: what a team expects to see, locked before the first visit counts.

use serde::{Deserialize, Serialize};

/// A prediction was locked. Its sentence is its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionLocked {
    /// The change idea, by its key.
    pub idea: String,
    /// Which cycle of testing, from 1.
    pub cycle: u32,
}
