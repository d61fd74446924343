//! What teachers are asked about a change idea that they try.

use crate::domain::collect::look_for::Bilingual;
use serde::{Deserialize, Serialize};

/// A question of the teachers' survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its key, stable across versions.
    pub key: String,
    /// What is asked, or the sentence that teachers agree with or not.
    pub words: Bilingual,
    /// How it is answered.
    pub answer: Answer,
    /// Whether agreeing says that something is in the way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reverse: bool,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// From 1, disagree, to 5, agree.
    Agree,
    /// A number of the last five lessons, 0 to 5.
    Lessons,
    /// Yes or no.
    YesNo,
    /// Hours in a week.
    Hours,
}

/// The largest answer in hours, which stands for more as well.
pub const HOURS_MOST: u8 = 8;

impl Answer {
    /// What can be answered, in the order in which it is offered: a number, or 1 for yes and 0 for no.
    pub fn values(self) -> &'static [u8] {
        match self {
            Self::Agree => &[1, 2, 3, 4, 5],
            Self::Lessons => &[0, 1, 2, 3, 4, 5],
            Self::YesNo => &[1, 0],
            Self::Hours => &[0, 1, 2, 3, 4, 5, 6, 7, HOURS_MOST],
        }
    }

    /// Whether this is an answer to such a question.
    pub fn takes(self, answer: u8) -> bool {
        self.values().contains(&answer)
    }
}

impl Question {
    /// The key of the question that every idea has.
    pub const COMMON: &str = "lessons-used";

    /// The question that every idea has, and that no file writes.
    pub fn common() -> Self {
        Self {
            key: Self::COMMON.into(),
            words: Bilingual {
                en: "How many lessons in the last 5 did you use it?".into(),
                es: "¿En cuántas de sus últimas 5 clases lo usó?".into(),
            },
            answer: Answer::Lessons,
            reverse: false,
        }
    }
}
