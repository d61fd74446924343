//! What a team decided about a change idea.

use serde::{Deserialize, Serialize};

/// A decision was taken. Its reasons are its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionTaken {
    /// The change idea, by its key.
    pub idea: String,
    /// What was decided.
    pub decision: Decision,
}

/// The three ways on. None of them is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Keep it and spread it.
    Adopt,
    /// Change it and test again.
    Adapt,
    /// End it and keep what was learned.
    Abandon,
}
