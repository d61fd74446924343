//! An envelope as it arrived: opened and hashed before it reaches the one thread that writes.

use crate::domain::event::{About, Body, Envelope, Fact, Words, said};
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use crate::domain::unseen::is_unseen;
use crate::sync::protocol::{Answer, Receipt};
use serde::Deserialize;

/// The longest key in a body, in bytes: forms have shorter ones.
const KEY_MAX_BYTES: usize = 64;

/// An envelope with what was found on opening it.
pub struct Arrival {
    /// The bytes, as they came.
    pub envelope: Envelope,
    /// The hash of the body's bytes.
    pub sha256: Sha256,
    /// The body, or what is wrong with the envelope.
    pub opened: Result<Body, Problem>,
    /// What it is about; none when this version does not read it.
    pub about: Option<About>,
}

impl From<Envelope> for Arrival {
    fn from(envelope: Envelope) -> Self {
        let mut opened = envelope.open();
        let fact = opened.as_ref().ok().and_then(|body| body.read().ok()?);
        let read = match (&opened, &fact) {
            (Ok(body), Some(fact)) => Some(fact.about(body.id)),
            _ => None,
        };
        let problem = fact.as_ref().and_then(beyond).or_else(|| {
            let body = opened.as_ref().ok()?;
            is_empty(body, fact.as_ref()?, envelope.words.as_deref()).then(no_words)
        });
        if let Some(problem) = problem {
            opened = Err(problem);
        }
        Self {
            sha256: envelope.sha256(),
            about: read,
            opened,
            envelope,
        }
    }
}

/// What a fact says that no device of ours says: words where keys are, and a time that no clock shows. A body is never
/// erased, so it is no place for words. What earlier versions stored stays as it is.
pub(in crate::server) fn beyond(fact: &Fact) -> Option<Problem> {
    let wrong = if !fact.keys().into_iter().all(is_key) {
        "a key of 1 to 64 small letters, digits and hyphens"
    } else if matches!(fact, Fact::WalkthroughClaimed(claim) if !claim.code.is_one()) {
        "a claim code"
    } else if !fact.moment().is_none_or(Moment::is_possible) {
        "a time that a clock can show, with minutes from -1080 to 1080"
    } else {
        return None;
    };
    Some(Problem::Malformed {
        place: "body.data".into(),
        reason: wrong.into(),
    })
}

/// Whether it is feedback or a prediction that says nothing. Whether words that are missing were erased is known
/// where it is stored: [`Arrival::lacks_words`].
fn is_empty(body: &Body, fact: &Fact, words: Option<&str>) -> bool {
    let Some(saying) = saying(fact) else {
        return false;
    };
    let Some(words) = words else {
        return body.words_sha256.is_none();
    };
    let words = serde_json::from_str::<Words>(words).ok();
    let said = words.map(|words| words.said).unwrap_or_default();
    let is_seen = |sign: char| !sign.is_whitespace() && !is_unseen(sign);
    let has_text = |name: &&str| {
        said.get(*name)
            .is_some_and(|text| text.chars().any(is_seen))
    };
    !saying.iter().any(has_text)
}

/// Of what counts by having been said, the words that say it: one is enough. None for other kinds.
fn saying(fact: &Fact) -> Option<&'static [&'static str]> {
    match fact {
        Fact::FeedbackSent(_) => Some(&[said::FEEDBACK, said::STUDENTS, said::QUESTION]),
        Fact::PredictionLocked(_) => Some(&[said::PREDICTION]),
        _ => None,
    }
}

/// What is wrong with feedback or a prediction without words.
pub(in crate::server) fn no_words() -> Problem {
    Problem::Malformed {
        place: "words".into(),
        reason: "feedback or a prediction that says something".into(),
    }
}

/// Whether this could be the key of a form, a look-for, a question or a choice.
fn is_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=KEY_MAX_BYTES).contains(&key.len()) && key.bytes().all(plain)
}

impl Arrival {
    /// Whether words that must be there did not come with it: they are missing rightly only once they were erased.
    pub fn lacks_words(&self) -> bool {
        let body = self.opened.as_ref().ok();
        let fact = body.and_then(|body| body.read().ok()?);
        self.envelope.words.is_none() && fact.as_ref().and_then(saying).is_some()
    }

    /// The id to look for among the stored events; none when not even that can be read.
    ///
    /// An envelope that does not open is looked up too: a version of the server that has become
    /// stricter still owes the receipt for what an earlier version stored.
    pub fn id(&self) -> Option<EventId> {
        #[derive(Deserialize)]
        struct Named {
            id: EventId,
        }
        match &self.opened {
            Ok(body) => Some(body.id),
            Err(_) => serde_json::from_str(&self.envelope.body)
                .map(|named: Named| named.id)
                .ok(),
        }
    }

    /// The answer to an arrival that was not stored now, from the event that has its id.
    pub fn answer(&self, stored: Option<Receipt>) -> Answer {
        match (&self.opened, stored) {
            (_, Some(receipt)) if receipt.sha256 == self.sha256 => Answer::Receipt(receipt),
            (Err(problem), _) => Answer::Refused(problem.clone()),
            (Ok(_), Some(_)) => Answer::Refused(Problem::IdTaken),
            // Well formed, its id is free, and the schema took it not: the number is another's.
            (Ok(_), None) => Answer::Refused(Problem::NumberTaken),
        }
    }
}

#[cfg(test)]
mod tests;
