//! An envelope as it arrived: opened and hashed before it reaches the one thread that writes.

use crate::domain::event::{About, Body, Envelope};
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use crate::sync::protocol::{Answer, Receipt};
use serde::Deserialize;

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
        let opened = envelope.open();
        let read = opened.as_ref().ok().and_then(|body| {
            let fact = body.read().ok()??;
            Some(fact.about(body.id))
        });
        Self {
            sha256: envelope.sha256(),
            about: read,
            opened,
            envelope,
        }
    }
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
