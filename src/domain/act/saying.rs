//! A saying: one of the facts that a person says about a visit after it, about one that cannot be, or about lessons
//! of their own, as it goes from the page to the
//! store and back, before the feed brings what came of it.
//!
//! It carries the fact's data and words as the bytes that they are sealed with, so that neither page nor store
//! needs the readers and writers of all kinds.

use super::feedback::{BETWEEN, PARTS};
use crate::domain::collect::visit::Whereabouts;
use crate::domain::event::{Factual, said};
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
/// A kind that no person says: the device notes it when a card is looked at.
const OPENED: &str = "feedback_opened";

/// Under which key feedback on a visit is kept while it is written.
pub fn feedback_jotting(visit: EventId) -> String {
    format!("feedback:{visit}")
}

/// Under which key a reply to feedback on a visit is kept while it is written.
pub fn reply_jotting(visit: EventId) -> String {
    format!("reply:{visit}")
}

/// Under which key the answers to the questions of a week are kept while they are chosen: of a change idea, by its
/// key, and the first day of the week.
pub fn week_jotting(idea: &str, week: &str) -> String {
    format!("week:{idea}:{week}")
}

/// Under which key a fact of this kind, with this data, was being written; none for what is not written.
pub fn jotting_of(kind: &str, data: &str) -> Option<String> {
    let key = match kind {
        "feedback_sent" => feedback_jotting,
        "feedback_answered" => reply_jotting,
        "survey_answered" => {
            let data = json::parsed(data).ok()?;
            let idea = data.pointer("/form/key")?.as_str()?;
            return Some(week_jotting(idea, data.get("week")?.as_str()?));
        }
        _ => return None,
    };
    let data = json::parsed(data).ok()?;
    let visit = data.get("walkthrough")?.as_str()?;
    visit.parse().ok().map(key)
}

/// The id of the document that the feed brings anew when the server has taken a fact up: the one that it makes, else
/// the one that it is about. None for what no document of its author tells.
pub fn document_of(kind: &str, id: &str, data: &serde_json::Value) -> Option<String> {
    if kind == CLASS_MISSED || !SAYABLE.contains(&kind) {
        return None;
    }
    let about = ["feedback", "bright_spot", "wanted", "welcome"];
    let about = about.into_iter().find_map(|name| data.get(name)?.as_str());
    Some(about.unwrap_or(id).to_owned())
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
        // Thanks have no words: a reply may still be written.
        if self.words.is_none() && self.kind == "feedback_answered" {
            return None;
        }
        jotting_of(&self.kind, &self.data)
    }

    /// Under which key it was being written, and as which text; none for what has no text.
    pub fn written(&self) -> Option<(String, String)> {
        let words = json::parsed(self.words.as_ref()?).ok()?;
        let said = |name| {
            let text = words.get("said").and_then(|said| said.get(name)?.as_str());
            text.unwrap_or_default()
        };
        let text = match self.kind.as_str() {
            "feedback_sent" => PARTS.map(said).join(BETWEEN),
            "feedback_answered" => said(said::REPLY).to_owned(),
            _ => return None,
        };
        Some((self.jotting()?, text))
    }

    /// Whether it was noted by the device and said by nobody: then it ends nothing that could be taken back.
    pub fn is_noted(&self) -> bool {
        self.kind == OPENED
    }

    /// Whether its kind is one that is said in this way.
    pub fn is_sayable(&self) -> bool {
        SAYABLE.contains(&self.kind.as_str())
    }
}

/// Something that was said here, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The number of its event on this device; none as long as it can be taken back.
    pub number: Option<u64>,
    /// What was said.
    pub saying: Saying,
    /// Where it is.
    pub whereabouts: Whereabouts,
}

impl Said {
    /// Whether it stands, here or on the server: what was set aside says nothing to anybody.
    pub fn stands(&self) -> bool {
        !matches!(self.whereabouts, Whereabouts::SetAside { .. })
    }

    /// Whether it stands and is not on the server.
    pub fn waits(&self) -> bool {
        matches!(
            self.whereabouts,
            Whereabouts::OnThisDevice | Whereabouts::Sending
        )
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
