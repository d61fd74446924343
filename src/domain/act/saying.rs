//! A saying: one of the facts that a person says about a visit after it, about one that cannot be, or about lessons
//! of their own, as it goes from the page to the
//! store and back, before the feed brings what came of it.
//!
//! It carries the fact's data and words as the bytes that they are sealed with, so that neither page nor store
//! needs the readers and writers of all kinds.

use crate::domain::event::Factual;
use crate::domain::id::EventId;
use crate::domain::json;
use crate::domain::moment::Moment;
use serde::{Deserialize, Serialize};

/// The kinds that are said in this way. A visit is submitted, and an office speaks for itself.
pub const SAYABLE: [&str; 17] = [
    "feedback_sent",
    "feedback_opened",
    "feedback_answered",
    "feedback_shared",
    "bright_spot_tagged",
    "bright_spot_filed",
    "permission_asked",
    "permission_given",
    "permission_refused",
    "permission_withdrawn",
    "support_wanted",
    "support_given",
    CLASS_MISSED,
    "survey_answered",
    "lesson_logged",
    "visit_welcomed",
    "welcome_withdrawn",
];

/// A kind that is about no visit: a class that cannot be visited today.
pub const CLASS_MISSED: &str = "class_missed";

/// Under which key feedback on a visit is kept while it is written.
pub fn feedback_jotting(visit: EventId) -> String {
    format!("feedback:{visit}")
}

/// Under which key a reply to feedback on a visit is kept while it is written.
pub fn reply_jotting(visit: EventId) -> String {
    format!("reply:{visit}")
}

/// Under which key a fact of this kind, with this data, was being written; none for what is not written.
pub fn jotting_of(kind: &str, data: &str) -> Option<String> {
    let key = match kind {
        "feedback_sent" => feedback_jotting,
        "feedback_answered" => reply_jotting,
        _ => return None,
    };
    let data = json::parsed(data).ok()?;
    let visit = data.get("walkthrough")?.as_str()?;
    visit.parse().ok().map(key)
}
/// How long what was said can be taken back, in milliseconds.
pub const HOLD_MS: u64 = 8_000;

/// A fact to be sealed, or one that was sealed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// The event's id, minted by the page: said twice, it is one event.
    pub id: EventId,
    /// When.
    pub at: Moment,
    /// The kind of fact.
    pub kind: String,
    /// The schema version of its data.
    pub schema: u32,
    /// What happened, as JSON.
    pub data: String,
    /// The bytes of [`crate::domain::event::Words`]; none when there are none, and when they were erased.
    pub words: Option<String>,
}

impl Saying {
    /// This fact, with these words.
    pub fn of(id: EventId, at: Moment, fact: &dyn Factual, words: Option<String>) -> Self {
        let (kind, schema) = fact.kind();
        Self {
            id,
            at,
            kind: kind.to_owned(),
            schema,
            data: fact.data(),
            words,
        }
    }

    /// Under which key it was being written; none for what has no text.
    pub fn jotting(&self) -> Option<String> {
        self.words.as_ref()?;
        jotting_of(&self.kind, &self.data)
    }

    /// Whether its kind is one that is said in this way.
    pub fn is_sayable(&self) -> bool {
        SAYABLE.contains(&self.kind.as_str())
    }
}

impl Factual for Saying {
    fn kind(&self) -> (&str, u32) {
        (&self.kind, self.schema)
    }

    fn data(&self) -> String {
        self.data.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Fact;

    #[test]
    fn every_sayable_kind_is_a_kind_of_fact() {
        for kind in SAYABLE {
            assert!(Fact::KINDS.contains(&kind), "{kind}");
        }
    }
}
