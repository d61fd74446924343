//! The keeper: answers requests over an open store, and packs and settles what travels.
//!
//! It waits for nothing and reads no clock but through the caller's arguments, so that the same
//! code runs on a thread, in a worker and in a test.

use super::{Opened, Reply, Request, VISITS_PAGE};
use crate::domain::collect::visit::{Visit, Whereabouts};
use crate::domain::id::{DeviceId, EventId};
use crate::domain::problem::Problem;
use crate::local::outbox::Waiting;
use crate::local::{Medium, Store};
use crate::sync::judge::{Fate, Sent, Verdict};
use crate::sync::protocol::{PROTOCOL, PUSH_MAX_ENVELOPES, Push};
use std::collections::BTreeSet;

/// The most bytes of bodies and words in one push: quick to send again where the network is thin.
const PARCEL_MAX_BYTES: usize = 512 * 1024;

/// Holds the store.
#[derive(Debug)]
pub struct Keeper {
    store: Store,
    /// The numbers of the events that are on their way.
    sending: BTreeSet<u64>,
    /// Whether a push was refused as a whole, so that envelopes go one by one until the outbox is empty.
    one_by_one: bool,
}

/// An answer, and what it sets in motion.
#[derive(Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Result<Reply, Problem>,
    /// Whether there may be something to send now.
    pub nudge: bool,
}

/// A push on its way.
#[derive(Debug, PartialEq, Eq)]
pub struct Parcel {
    /// What is sent.
    pub push: Push,
    /// What a receipt must prove, in the order of the push.
    pub sent: Vec<Sent>,
}

/// What a push came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Go on with the rest of the outbox.
    GoOn,
    /// Wait, then try again.
    Wait,
}

impl Keeper {
    /// The keeper of an open store.
    pub fn of(store: Store) -> Self {
        Self {
            store,
            sending: BTreeSet::new(),
            one_by_one: false,
        }
    }

    /// Answers a request. `id` becomes the event's id if the request submits a draft.
    pub fn answer(&mut self, request: Request, id: EventId) -> Answered {
        let nudge = matches!(
            request,
            Request::Submit { .. } | Request::TryAgain { .. } | Request::Nudge | Request::Open
        );
        let answer = match request {
            Request::Open => self.opened().map(Reply::Opened),
            Request::Keep { head, tap } => self.store.keep(&head, &tap).map(|()| Reply::Done),
            Request::Submit {
                draft,
                revision,
                at,
            } => self
                .store
                .submit(draft, revision, id, at)
                .and_then(|_| self.opened())
                .map(Reply::Opened),
            Request::Visits { before } => self.visits(before).map(Reply::Visits),
            Request::Copy { number } => self.copy(number).map(Reply::Copy),
            Request::TryAgain { number } => self.store.try_again(number).map(|()| Reply::Done),
            Request::Nudge | Request::Close => Ok(Reply::Done),
        };
        Answered { answer, nudge }
    }

    fn opened(&self) -> Result<Opened, Problem> {
        Ok(Opened {
            draft: self
                .store
                .open_draft()?
                .map(|draft| (draft.head, draft.taps)),
            next_visit: self.store.next_visit()?,
            visits: self.visits(None)?,
            lasting: self.store.medium() != Medium::Memory,
        })
    }

    fn visits(&self, before: Option<u64>) -> Result<Vec<Visit>, Problem> {
        let mut visits = self.store.visits(before, VISITS_PAGE)?;
        for visit in &mut visits {
            let waits = visit.whereabouts == Whereabouts::OnThisDevice;
            if waits && self.sending.contains(&visit.number) {
                visit.whereabouts = Whereabouts::Sending;
            }
        }
        Ok(visits)
    }

    /// A record as JSON: what a person can hand to whoever mends it.
    fn copy(&self, number: u64) -> Result<String, Problem> {
        let (waiting, why) = self.store.copy(number)?;
        let copy = serde_json::json!({
            "lookfor_record": 1,
            "sha256": waiting.sha256,
            "set_aside": why,
            "envelope": waiting.envelope,
        });
        Ok(format!("{copy:#}"))
    }

    /// Packs the oldest part of the outbox; none when it is empty.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn pack(&mut self) -> Result<Option<Parcel>, Problem> {
        let most = if self.one_by_one {
            1
        } else {
            PUSH_MAX_ENVELOPES
        };
        let waiting = self.store.outbox(most, PARCEL_MAX_BYTES)?;
        if waiting.is_empty() {
            self.one_by_one = false;
            return Ok(None);
        }
        self.sending = waiting.iter().map(|waiting| waiting.number).collect();
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
        }))
    }

    /// Writes down what a push came to. `fresh` becomes the device's id if the server knows another
    /// store under this one's.
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
        self.sending.clear();
        match verdict {
            Verdict::Judged(fates) => {
                let mut settled = Settled::GoOn;
                for (number, fate) in fates {
                    match fate {
                        Fate::Received(receipt) => self.store.received(
                            number,
                            receipt.server_number,
                            receipt.received_at_utc_ms,
                        )?,
                        Fate::SetAside(problem) => {
                            self.store.set_aside(number, &problem)?;
                            if problem == Problem::NumberTaken {
                                self.store.renew_device(fresh)?;
                            }
                        }
                        Fate::Unknown => settled = Settled::Wait,
                    }
                }
                Ok(settled)
            }
            Verdict::Refused(problem) => {
                match parcel.sent.as_slice() {
                    [alone] => self.store.set_aside(alone.number, &problem)?,
                    _ => self.one_by_one = true,
                }
                Ok(Settled::GoOn)
            }
            Verdict::TryLater => Ok(Settled::Wait),
        }
    }

    /// Closes the store.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn close(self) -> Result<(), Problem> {
        self.store.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::draft::{Act, DraftHead, Tap};
    use crate::domain::collect::form::Form;
    use crate::domain::collect::look_for::LookForKey;
    use crate::domain::collect::rating::Rating;
    use crate::domain::id::DraftId;
    use crate::domain::moment::Moment;
    use crate::local::tests::memory;
    use crate::sync::protocol::Receipt;

    const NOON: Moment = Moment {
        at_utc_ms: 1_795_608_000_000,
        offset_min: -480,
    };

    fn with_visits(visits: u8) -> Keeper {
        let mut keeper = Keeper::of(memory());
        for visit in 1..=visits {
            let id = EventId::mint(1, [visit; 10]);
            let form = Form::three_reads().form;
            let draft = DraftId::mint(1, [visit; 10]);
            let head = DraftHead {
                id: draft,
                visit: visit.into(),
                form,
                begun: NOON,
            };
            let look_for = LookForKey("purpose-said".into());
            let act = Act::Rate {
                look_for,
                rating: Some(Rating::Seen),
            };
            let tap = Tap {
                revision: 1,
                at: NOON,
                act,
            };
            assert_eq!(
                keeper.answer(Request::Keep { head, tap }, id).answer,
                Ok(Reply::Done)
            );
            let submit = Request::Submit {
                draft,
                revision: 1,
                at: NOON,
            };
            assert!(keeper.answer(submit, id).answer.is_ok());
        }
        keeper
    }

    fn fresh() -> DeviceId {
        DeviceId::mint(9, [9; 10])
    }

    fn whereabouts(keeper: &Keeper) -> Vec<Whereabouts> {
        let visits = keeper.visits(None).expect("they are listed");
        visits.into_iter().map(|visit| visit.whereabouts).collect()
    }

    fn pack(keeper: &mut Keeper) -> Parcel {
        keeper
            .pack()
            .expect("it packs")
            .expect("there is something to send")
    }

    fn received(sent: &Sent) -> (u64, Fate) {
        let Sent { number, id, sha256 } = sent.clone();
        let receipt = Receipt {
            id,
            sha256,
            server_number: number,
            received_at_utc_ms: 5,
        };
        (number, Fate::Received(receipt))
    }

    #[test]
    fn a_record_is_sending_only_while_it_is_on_its_way() {
        let mut keeper = with_visits(1);
        assert_eq!(whereabouts(&keeper), [Whereabouts::OnThisDevice]);
        let parcel = pack(&mut keeper);
        assert_eq!(whereabouts(&keeper), [Whereabouts::Sending]);
        assert_eq!(
            keeper.settle(&parcel, Verdict::TryLater, fresh()),
            Ok(Settled::Wait)
        );
        assert_eq!(whereabouts(&keeper), [Whereabouts::OnThisDevice]);
    }

    #[test]
    fn a_refused_push_is_taken_apart_until_only_the_poison_is_set_aside() {
        let mut keeper = with_visits(3);
        let malformed = Problem::Malformed {
            place: "request".into(),
            reason: "no".into(),
        };
        let mut pushes = 0;
        while let Some(parcel) = keeper.pack().expect("it packs") {
            pushes += 1;
            let poisoned = parcel.sent.iter().any(|sent| sent.number == 2);
            let verdict = match poisoned {
                true => Verdict::Refused(malformed.clone()),
                false => Verdict::Judged(parcel.sent.iter().map(received).collect()),
            };
            assert_eq!(keeper.settle(&parcel, verdict, fresh()), Ok(Settled::GoOn));
        }
        let received = Whereabouts::OnTheServer {
            received_at_utc_ms: 5,
        };
        let aside = Whereabouts::SetAside { problem: malformed };
        assert_eq!(whereabouts(&keeper), [received.clone(), aside, received]);
        assert_eq!(pushes, 4);
    }

    #[test]
    fn a_number_taken_by_a_copy_of_the_store_ends_the_device_id() {
        let mut keeper = with_visits(1);
        let parcel = pack(&mut keeper);
        let fates = Verdict::Judged(vec![(1, Fate::SetAside(Problem::NumberTaken))]);
        assert_eq!(keeper.settle(&parcel, fates, fresh()), Ok(Settled::GoOn));
        assert_eq!(keeper.store.identity().map(|me| me.device), Ok(fresh()));
    }

    #[test]
    fn a_copy_holds_the_very_bytes() {
        let mut keeper = with_visits(1);
        let body = pack(&mut keeper).push.envelopes.remove(0).body;
        let copy = keeper.copy(1).expect("it is there");
        let copy: serde_json::Value = serde_json::from_str(&copy).expect("it is JSON");
        let copied = copy.pointer("/envelope/body");
        assert_eq!(copied.and_then(|body| body.as_str()), Some(body.as_str()));
    }
}
