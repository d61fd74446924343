//! What travels: packed out of the store, and settled when an answer came.
//!
//! Nothing here waits. A parcel names the keeper that packed it; no other one settles it.

use super::keeper::Keeper;
use crate::domain::event::{Body, Envelope};
use crate::domain::id::DeviceId;
use crate::domain::problem::Problem;
use crate::local::inbox::{Change, Delivery, Position};
use crate::local::outbox::Waiting;
use crate::local::person::Token;
use crate::local::scrub::Need;
use crate::sync::delivered::Delivered;
use crate::sync::judge::{Fate, Sent, Verdict};
use crate::sync::protocol::{PROTOCOL, PUSH_MAX_ENVELOPES, Pull, Pulled, Push};

/// The most bytes of bodies and words in one push: quick to send again where the network is thin.
const PARCEL_MAX_BYTES: usize = 512 * 1024;
/// After how many failures of the server in a row a push is taken apart: one record may be the cause.
const FAILURES_MAX: u32 = 3;

/// How envelopes are put together.
#[derive(Debug, Default)]
pub(super) struct Packing {
    /// Whether envelopes go one by one until the outbox is empty: a push was refused as a whole, or the
    /// server failed on it again and again.
    one_by_one: bool,
    /// How often the server failed in a row.
    failures: u32,
    /// The number after which the next envelope is looked for: what the server failed on goes behind all
    /// others.
    after: u64,
}

/// A push on its way.
#[derive(Debug, PartialEq, Eq)]
pub struct Parcel {
    /// What is sent.
    pub push: Push,
    /// What a receipt must prove, in the order of the push.
    pub sent: Vec<Sent>,
    /// Whose device sends it.
    pub token: Token,
    sitting: u64,
}

/// A pull on its way.
#[derive(Debug, PartialEq, Eq)]
pub struct Order {
    /// What is asked.
    pub pull: Pull,
    /// Whose device asks.
    pub token: Token,
    sitting: u64,
}

/// What a push came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Go on with the rest of the outbox.
    GoOn,
    /// Wait, then try again.
    Wait,
    /// The server does not know the token: nothing travels until the person signs in again.
    SignInAgain,
    /// The server speaks another version of the protocol: wait, and say that Lookfor wants an update.
    OtherVersion,
}

/// What a pull came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// There is more to pull at once, and whether documents changed.
    More(bool),
    /// That was all, and whether documents changed.
    All(bool),
    /// As after a push.
    Not(Settled),
}

impl Keeper {
    /// The token to travel with; none when nobody is signed in or the server refused it.
    pub fn token(&self) -> Option<Token> {
        if self.refused {
            return None;
        }
        self.store.token().ok().flatten()
    }

    /// Packs the oldest part of the outbox; none when it is empty or nobody is signed in.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn pack(&mut self) -> Result<Option<Parcel>, Problem> {
        let Some(token) = self.token() else {
            return Ok(None);
        };
        let most = if self.packing.one_by_one {
            1
        } else {
            PUSH_MAX_ENVELOPES
        };
        let after = std::mem::take(&mut self.packing.after);
        let mut waiting = self.store.outbox(after, most, PARCEL_MAX_BYTES)?;
        if waiting.is_empty() && after > 0 {
            waiting = self.store.outbox(0, most, PARCEL_MAX_BYTES)?;
        }
        if waiting.is_empty() {
            self.packing = Packing::default();
            return Ok(None);
        }
        self.sending.clear();
        self.sending
            .extend(waiting.iter().map(|waiting| waiting.number));
        let (sent, envelopes) = waiting
            .into_iter()
            .map(
                |Waiting {
                     number,
                     id,
                     sha256,
                     envelope,
                 }| (Sent { number, id, sha256 }, envelope),
            )
            .unzip();
        Ok(Some(Parcel {
            push: Push {
                protocol: PROTOCOL,
                envelopes,
            },
            sent,
            token,
            sitting: self.sitting,
        }))
    }

    /// Writes down what a push came to. `fresh` becomes the device's id if the server knows another
    /// store under this one's. A push of another keeper changes nothing.
    ///
    /// # Errors
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]: then some fates are not written down, and the
    /// same push will be made again, which is harmless.
    pub fn settle(
        &mut self,
        parcel: &Parcel,
        verdict: Verdict,
        fresh: DeviceId,
    ) -> Result<Settled, Problem> {
        if parcel.sitting != self.sitting {
            return Ok(Settled::GoOn);
        }
        self.sending.clear();
        if verdict != Verdict::ServerFailed {
            self.packing.failures = 0;
        }
        match verdict {
            Verdict::Judged(fates) => self.settle_each(parcel, fates, fresh),
            Verdict::Refused(problem) => {
                match parcel.sent.as_slice() {
                    [alone] => self.store.set_aside(alone.number, &problem)?,
                    _ => self.packing.one_by_one = true,
                }
                Ok(Settled::GoOn)
            }
            Verdict::TryLater => Ok(Settled::Wait),
            Verdict::ServerFailed => {
                self.packing.failures += 1;
                if self.packing.failures >= FAILURES_MAX {
                    self.packing.one_by_one = true;
                }
                if let ([alone], true) = (parcel.sent.as_slice(), self.packing.one_by_one) {
                    self.packing.after = alone.number;
                }
                Ok(Settled::Wait)
            }
            Verdict::SignInAgain => {
                self.refused = true;
                self.store.token_is_known(false)?;
                Ok(Settled::SignInAgain)
            }
            Verdict::OtherVersion => Ok(Settled::OtherVersion),
        }
    }

    fn settle_each(
        &mut self,
        parcel: &Parcel,
        fates: Vec<(u64, Fate)>,
        fresh: DeviceId,
    ) -> Result<Settled, Problem> {
        let mut settled = Settled::GoOn;
        for ((number, fate), envelope) in fates.into_iter().zip(&parcel.push.envelopes) {
            match fate {
                Fate::Received(receipt) => {
                    self.store.received(
                        number,
                        receipt.server_number,
                        receipt.received_at_utc_ms,
                    )?;
                }
                Fate::SetAside(problem) => {
                    self.store.set_aside(number, &problem)?;
                    // What was recorded under an id that was given up already asks for no other one.
                    if problem == Problem::NumberTaken
                        && device_of(envelope) == Some(self.store.device()?)
                    {
                        self.store.renew_device(fresh)?;
                    }
                }
                Fate::Unknown => settled = Settled::Wait,
            }
        }
        Ok(settled)
    }

    /// What to pull; none when nobody is signed in.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn order(&self) -> Result<Option<Order>, Problem> {
        let Some(token) = self.token() else {
            return Ok(None);
        };
        let Position { feed, cursors } = self.store.position()?;
        Ok(Some(Order {
            pull: Pull {
                protocol: PROTOCOL,
                feed,
                cursors,
            },
            token,
            sitting: self.sitting,
        }))
    }

    /// Takes what a pull came to. A pull of another keeper changes nothing.
    ///
    /// # Errors
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]: then nothing is taken.
    pub fn arrive(&mut self, order: &Order, delivered: Delivered) -> Result<Arrived, Problem> {
        if order.sitting != self.sitting {
            return Ok(Arrived::More(false));
        }
        match delivered {
            Delivered::Pulled(pulled) => {
                let more = pulled.more;
                let changed = self.store.take(&delivery(pulled))?;
                if more {
                    return Ok(Arrived::More(changed));
                }
                // What cannot be scrubbed now stays marked, and is when the day is tidied.
                let _ = self.store.scrub(Need::Now);
                Ok(Arrived::All(changed))
            }
            Delivered::TryLater => Ok(Arrived::Not(Settled::Wait)),
            Delivered::SignInAgain => {
                self.refused = true;
                self.store.token_is_known(false)?;
                Ok(Arrived::Not(Settled::SignInAgain))
            }
            Delivered::OtherVersion => Ok(Arrived::Not(Settled::OtherVersion)),
        }
    }

    /// Notes that the server took the token. Gives whether that is news.
    pub fn token_was_taken(&mut self) -> bool {
        // If it cannot be noted now, it is after the next answer.
        self.store.token_is_known(true).unwrap_or(false)
    }
}

fn delivery(pulled: Pulled) -> Delivery {
    let change = |change: crate::sync::protocol::Change| Change {
        name: change.name,
        json: change.document.map(|json| json.get().to_owned()),
    };
    Delivery {
        feed: pulled.feed,
        portions: (pulled.portions.into_iter())
            .map(|portion| {
                let changes = portion.changes.into_iter().map(change).collect();
                (portion.audience, portion.cursor, changes)
            })
            .collect(),
        lost: pulled.lost,
    }
}

/// The device that an envelope was recorded on.
fn device_of(envelope: &Envelope) -> Option<DeviceId> {
    let body: Body = serde_json::from_str(&envelope.body).ok()?;
    Some(body.device)
}

#[cfg(test)]
mod tests;
