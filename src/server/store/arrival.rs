//! An envelope as it arrived: opened and hashed before it reaches the one thread that writes.

use crate::domain::event::{About, Body, Envelope};
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
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
        if fact.is_some_and(|fact| !fact.keys().all(is_key)) {
            opened = Err(Problem::Malformed {
                place: "body.data".into(),
                reason: "a key of 1 to 64 small letters, digits and hyphens".into(),
            });
        }
        Self {
            sha256: envelope.sha256(),
            about: read,
            opened,
            envelope,
        }
    }
}

/// Whether this could be the key of a form, a look-for or a choice. A body is never erased: it is no place for words.
/// What earlier versions stored stays as it is.
fn is_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=KEY_MAX_BYTES).contains(&key.len()) && key.bytes().all(plain)
}

impl Arrival {
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
mod tests {
    use super::*;
    use crate::domain::collect::look_for::Kind;
    use crate::server::library::starter::{earlier, starter};
    use rstest::rstest;

    #[rstest]
    #[case::plain("purpose-said", true)]
    #[case::digits("3-reads", true)]
    #[case::nothing("", false)]
    #[case::a_name("Ms. Ortega", false)]
    #[case::capitals("Ortega", false)]
    #[case::letters_with_marks("jalapeño", false)]
    fn a_key_is_no_place_for_words(#[case] key: &str, #[case] fits: bool) {
        assert_eq!(is_key(key), fits);
        assert!(is_key(&"a".repeat(64)) && !is_key(&"a".repeat(65)));
    }

    #[test]
    fn every_key_of_the_library_is_one() {
        let forms = earlier()
            .iter()
            .chain(starter().iter().map(|idea| &idea.form));
        for form in forms {
            assert!(is_key(&form.form.key));
            for look_for in &form.look_fors {
                assert!(is_key(&look_for.key.0), "{}", look_for.key);
                if let Kind::One { choices } | Kind::Many { choices } = &look_for.kind {
                    assert!(choices.iter().all(|choice| is_key(&choice.key)));
                }
            }
        }
    }
}
