//! The weekly questions: what a teacher who tries a change idea says of the week.
//!
//! Nobody but the teacher reads the answers, unless they let their team read them with their name; the team and
//! the district get what many say together, once for each week (`visibility`, and [`crate::domain::study::pool`]).

use super::form::FormRef;
use crate::domain::place::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A teacher answered the questions of a week. What they add in words of their own is the event's words.
///
/// Said again for the same idea and week it replaces what was said before: see [`Self::revision`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyAnswered {
    /// The form whose questions they are; its key is the change idea's.
    pub form: FormRef,
    /// The first day of the week, as the district begins its weeks.
    pub week: Day,
    /// From 1; a correction has one more than the largest that its device knows of.
    pub revision: u32,
    /// By the question's key: 1 to 5 for agreement, 0 to 5 lessons, 0 or 1 for no and yes, hours. A question
    /// without an answer is not there. Without any answer, what was said before is taken back.
    pub answers: BTreeMap<String, u8>,
    /// Whether the team may read these answers with the teacher's name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
}
