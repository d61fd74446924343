//! Feedback on a visit: what the teacher is told, and what the teacher says to it.
//!
//! Its text and every reply are words of their events, under [`crate::domain::event::said`].

use crate::domain::event::said;
use crate::domain::id::EventId;
use serde::{Deserialize, Serialize};

/// The names of the parts of feedback among its words, in the order in which they are read.
pub const PARTS: [&str; 3] = [said::FEEDBACK, said::STUDENTS, said::QUESTION];

/// Stands between the parts where they are kept as one text; nobody types it (the unit separator of ASCII).
pub const BETWEEN: &str = "\u{1f}";

/// Feedback was sent to the teacher who was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackSent {
    /// The visit that it is about.
    pub walkthrough: EventId,
}

/// The teacher opened feedback: an act of the reader, never of a mail scanner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackOpened {
    /// The visit that it is about.
    pub walkthrough: EventId,
    /// The feedback: the event that sent it.
    pub feedback: EventId,
}

/// The teacher answered feedback, or the record itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackAnswered {
    /// The visit that it is about.
    pub walkthrough: EventId,
    /// What is answered: the event that sent the feedback, or the visit once more.
    pub feedback: EventId,
    /// How.
    pub answer: Reaction,
}

/// How a teacher answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// A thank you, without words.
    Thanks,
    /// A reply in words.
    Reply,
}

/// The teacher let the coaches of the site read feedback and its replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackShared {
    /// The visit that it is about.
    pub walkthrough: EventId,
    /// The feedback: the event that sent it.
    pub feedback: EventId,
}
