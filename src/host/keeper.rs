//! The keeper: answers requests over an open store. What it packs for the way and settles afterwards is
//! in `parcel`.
//!
//! It waits for nothing and reads no clock but through the caller's arguments, so that the same
//! code runs on a thread, in a worker and in a test.

use super::{Kept, Me, Opened, Reply, Request, VISITS_PAGE};
use crate::domain::collect::today::{CLASSES_PAGE, Today};
use crate::domain::collect::visit::{Visit, Whereabouts};
use crate::domain::document::Name;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use crate::local::outbox::Waiting;
use crate::local::person::SignedOut;
use crate::local::scrub::Need;
use crate::local::submit::Random;
use crate::local::{Medium, Store};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

/// Holds the store.
#[derive(Debug)]
pub struct Keeper {
    pub(super) store: Store,
    /// Which of this program's keepers it is. What one of them sent, no other one settles: they may hold
    /// the stores of different people, whose records have the same numbers.
    pub(super) sitting: u64,
    /// The numbers of the events that are on their way.
    pub(super) sending: BTreeSet<u64>,
    /// How envelopes are put together.
    pub(super) packing: super::parcel::Packing,
    /// Whether the server refused the token since the store was opened.
    pub(super) refused: bool,
}

/// An answer, and what it sets in motion.
#[derive(Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Result<Reply, Problem>,
    /// Whether there may be something to send now.
    pub nudge: bool,
}

impl Keeper {
    /// The keeper of an open store.
    pub fn of(store: Store) -> Self {
        static SITTINGS: AtomicU64 = AtomicU64::new(1);
        Self {
            store,
            sitting: SITTINGS.fetch_add(1, Ordering::Relaxed),
            sending: BTreeSet::new(),
            packing: super::parcel::Packing::default(),
            refused: false,
        }
    }

    /// Answers a request at `now`. Ids and salts of what it records are made of `random`.
    pub fn answer(&mut self, request: Request, now: Moment, random: Random<'_>) -> Answered {
        let nudge = matches!(
            request,
            Request::Submit { .. }
                | Request::AddPerson { .. }
                | Request::Say(_)
                | Request::Hold(_)
                | Request::SayHeld { .. }
                | Request::TryAgain { .. }
                | Request::Nudge
                | Request::Open
        );
        let answer = match request {
            Request::Open => {
                // Whoever could have taken it back is gone. A store that takes nothing more opens all the same.
                let _ = self.store.say_held(None);
                self.opened(now).map(Reply::Opened)
            }
            Request::Today => self.today(now).map(Reply::Today),
            Request::LayDown => self
                .store
                .take_in_hand(None)
                .and_then(|()| self.today(now))
                .map(Reply::Today),
            Request::Begin { head } => self.store.begin(&head).map(|()| Reply::Done),
            Request::GoOn { draft } => self
                .store
                .take_in_hand(Some(draft))
                .and_then(|()| self.store.sheet(draft))
                .map(|sheet| Reply::Sheet(Box::new(sheet))),
            Request::Discard { draft, at_utc_ms } => self
                .store
                .put_away(draft, at_utc_ms)
                .and_then(|()| self.store.take_in_hand(None))
                .and_then(|()| self.today(now))
                .map(Reply::Today),
            Request::Classes { search, skip } => self
                .store
                .classes(&search, CLASSES_PAGE, skip)
                .and_then(|mut classes| {
                    self.store.mark_ask_first(&mut classes, now)?;
                    Ok(Reply::Classes(classes))
                }),
            Request::AddPerson {
                person,
                site,
                name,
                at,
            } => self
                .store
                .add_person(person, site, &name, at, random)
                .map(|()| Reply::Done),
            Request::Keep { head, tap } => self.store.keep(&head, &tap).map(|()| Reply::Done),
            Request::Submit {
                draft,
                revision,
                at,
            } => self
                .store
                .submit(draft, revision, at, random)
                .and_then(|_| self.today(now))
                .map(Reply::Today),
            Request::Visits { before } => self.visits(before).map(Reply::Visits),
            Request::Copy { number } => self.copy(number).map(Reply::Copy),
            Request::TryAgain { number } => self.store.try_again(number).map(|()| Reply::Done),
            Request::Documents { kind, before } => self
                .store
                .documents(&kind, before.as_deref())
                .map(Reply::Documents),
            Request::Say(saying) => self.store.say(&saying).map(Reply::Said),
            Request::Hold(saying) => self.store.hold_back(&saying).map(|()| Reply::Done),
            Request::Unsay { id } => self.store.unsay(id).map(Reply::Unsaid),
            Request::SayHeld { only } => self.store.say_held(only).map(|_| Reply::Done),
            Request::Sayings => self.store.sayings().map(Reply::Sayings),
            Request::Jot { key, text, at } => self
                .store
                .jot(&key, &text, at.at_utc_ms)
                .map(|()| Reply::Done),
            Request::Jotted { key } => self.store.jotted(&key).map(Reply::Jotted),
            Request::LookUp { names } => self.look_up(&names).map(Reply::Documents),
            Request::Storage => self.store.storage().map(|held| Reply::Storage {
                bytes: held.bytes,
                waiting: held.waiting,
                set_aside: held.set_aside,
            }),
            Request::CopyUnsent => self.copy_unsent().map(Reply::Copy),
            Request::Speak { language } => {
                self.store.choose_language(&language).map(|()| Reply::Done)
            }
            Request::Nudge => Ok(Reply::Done),
            // The door answers these; they do not come here.
            Request::Close
            | Request::SignIn { .. }
            | Request::SignOut
            | Request::People
            | Request::Use { .. }
            | Request::NewCode
            | Request::Claim { .. }
            | Request::Office => Err(Problem::NotAllowed),
        };
        Answered { answer, nudge }
    }

    /// What the first screen needs.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn opened(&self, now: Moment) -> Result<Opened, Problem> {
        Ok(Opened {
            me: self.me()?,
            sheet: self.store.in_hand()?.map(Box::new),
            today: self.today(now)?,
            lasting: self.lasts(),
            language: self.store.language()?,
        })
    }

    fn today(&self, now: Moment) -> Result<Box<Today>, Problem> {
        let mut today = self.store.today(VISITS_PAGE, now)?;
        self.mark_sending(&mut today.visits);
        Ok(Box::new(today))
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn me(&self) -> Result<Me, Problem> {
        let Some(person) = self.store.person()? else {
            return Ok(Me::Nobody {
                usable: self.store.has_records()?,
            });
        };
        let (id, name) = (person.id, person.name);
        Ok(match person.signed_out {
            None => Me::SignedIn { id, name },
            Some(SignedOut::ByServer) => Me::SignInAgain { id, name },
            Some(SignedOut::ByPerson) => Me::SignedOut { id, name },
        })
    }

    /// Removes what the server has had for long enough, and what erased text may have left behind.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn tidy(&mut self, now_utc_ms: i64) -> Result<(), Problem> {
        self.store.tidy(now_utc_ms)?;
        self.store.scrub(Need::WhenQuiet).map(drop)
    }

    pub(super) fn visits(&self, before: Option<u64>) -> Result<Vec<Visit>, Problem> {
        let mut visits = self.store.visits(before, VISITS_PAGE)?;
        self.mark_sending(&mut visits);
        Ok(visits)
    }

    fn mark_sending(&self, visits: &mut [Visit]) {
        for visit in visits {
            let waits = visit.whereabouts == Whereabouts::OnThisDevice;
            if waits && self.sending.contains(&visit.number) {
                visit.whereabouts = Whereabouts::Sending;
            }
        }
    }

    /// Documents by name. A visit of one's own that the feed has not brought yet is made from its event.
    fn look_up(&self, names: &[Name]) -> Result<Vec<Kept>, Problem> {
        let mut found = self.store.look_up(names)?;
        for name in names.iter().filter(|name| name.kind == "walkthrough") {
            let Ok(id) = name.id.parse() else { continue };
            if found.iter().any(|kept| kept.id == name.id) {
                continue;
            }
            if let Some(json) = self.store.own_visit(id)? {
                let id = name.id.clone();
                found.push(Kept { id, json });
            }
        }
        Ok(found)
    }

    /// A record as JSON: what a person can hand to whoever mends it.
    pub(super) fn copy(&self, number: u64) -> Result<String, Problem> {
        self.store.copy(number).map(|one| carried(&one))
    }

    /// All records that the server does not have, in the same form, one after the other in a list.
    fn copy_unsent(&self) -> Result<String, Problem> {
        let unsent = self.store.not_on_the_server()?;
        let copies: Vec<String> = unsent.iter().map(carried).collect();
        Ok(format!("[{}]", copies.join(",\n")))
    }

    /// Whether what is kept outlives the page.
    pub fn lasts(&self) -> bool {
        self.store.medium() != Medium::Memory
    }

    /// Closes the store.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn close(mut self) -> Result<(), Problem> {
        // What cannot be sealed now is when the store is opened again.
        let _ = self.store.say_held(None);
        self.store.close()
    }
}

/// A record as JSON, with its bytes as they were made.
fn carried((waiting, why): &(Waiting, Option<Problem>)) -> String {
    let copy = serde_json::json!({
        "lookfor_record": 1,
        "sha256": waiting.sha256,
        "set_aside": why,
        "envelope": waiting.envelope,
    });
    format!("{copy:#}")
}
