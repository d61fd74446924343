//! What the server keeps, behind traits: one for each thing that is asked of a store.
//!
//! [`arrival`] is an envelope as it came, read before it meets a store; [`people`], [`secrets`],
//! [`devices`], [`agreements`], [`forms`], [`imports`] and [`demo`] are what is asked beside events; [`sessions`],
//! [`registers`], [`pilots`], [`invitations`], [`overviews`] and [`backups`] are what the pages of the office ask;
//! [`sqlite`] is the store of one server
//! process on one machine. PostgreSQL joins as another folder with the same traits and the same test
//! suite.
//!
//! Never here: HTTP, clocks, and the meaning of a record. A store takes what is well formed, once.

pub mod agreements;
pub mod arrival;
pub mod backups;
pub mod cards;
pub mod demo;
pub mod devices;
pub mod feed;
pub mod forms;
pub mod imports;
pub mod invitations;
pub mod notices;
pub mod overviews;
pub mod people;
pub mod pilots;
pub mod projection;
pub mod registers;
pub mod secrets;
pub mod sessions;
pub mod sqlite;

use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, PersonId};
use crate::sync::protocol::Answer;
use agreements::AgreementVersions;
use arrival::Arrival;
use backups::Backups;
use cards::Cards;
use demo::Demos;
use devices::Devices;
use feed::{Claims, Feed};
use forms::{Forms, Ideas};
use imports::Imports;
use invitations::InvitationMails;
use notices::Notices;
use overviews::Overviews;
use people::{Persons, Places};
use pilots::Pilots;
use projection::Projection;
use registers::Registers;
use secrets::Secrets;
use sessions::Sessions;
use std::fmt;
use std::pin::Pin;

/// What a store answers, on its way. It comes after the commit.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreFailure>> + Send + 'a>>;

/// Everything that the server asks of its store.
pub trait ServerStore:
    Events
    + Tokens
    + Persons
    + Places
    + Secrets
    + Devices
    + AgreementVersions
    + Forms
    + Ideas
    + Projection
    + Feed
    + Claims
    + Cards
    + Notices
    + Imports
    + Demos
    + Sessions
    + Registers
    + Pilots
    + InvitationMails
    + Overviews
    + Backups
    + Send
    + Sync
{
}

impl<Store> ServerStore for Store where
    Store: Events
        + Tokens
        + Persons
        + Places
        + Secrets
        + Devices
        + AgreementVersions
        + Forms
        + Ideas
        + Projection
        + Feed
        + Claims
        + Cards
        + Notices
        + Imports
        + Demos
        + Sessions
        + Registers
        + Pilots
        + InvitationMails
        + Overviews
        + Backups
        + Send
        + Sync
{
}
/// Keeps events and their words, once each.
pub trait Events {
    /// Stores what can be stored, in one transaction, and answers each arrival in its order.
    ///
    /// An event that is already stored with the same hash gets the receipt that it got the first time,
    /// and nothing changes. Refused, with nothing of it kept and without hindering the others: `IdTaken`
    /// for the id of an event with another hash, `NumberTaken` for the number of another event of that
    /// device, `NotTheAuthor` when it names another author than the caller or a device that
    /// signed in as another person, and whatever kept the envelope from being opened. Arrivals of one push obey the same rules among themselves. Words of an event
    /// that was erased are not kept. Refused as a whole: `NotSignedIn`, when the caller's device was ended meanwhile.
    ///
    /// `received_at_utc_ms` is the server's clock, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`StoreFailure`] when the store itself failed; then nothing of the push was kept.
    fn push(
        &self,
        arrivals: Vec<Arrival>,
        caller: Caller,
        received_at_utc_ms: i64,
    ) -> people::Asked<'_, Vec<Answer>>;
}

/// Knows whose devices are signed in.
pub trait Tokens {
    /// The caller that a device's token belongs to, under the entry that stands for them; none when it is no token, or was ended, or the person
    /// has left. Notes, at most once a minute, that the device was seen.
    ///
    /// `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn caller(&self, token_sha256: Sha256, now_utc_ms: i64) -> Later<'_, Option<Caller>>;

    /// Whether a caller's device is still signed in, and as the same person.
    fn is_still(&self, caller: Caller) -> Later<'_, bool>;
}

/// Who asks: a person on a signed-in device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The person: the entry that stands for them, which need not be the one that the device signed in as.
    pub person: PersonId,
    /// The device that signed in.
    pub device: DeviceId,
}

/// A fault of the store, for the log; whoever asked learns only that the server failed.
#[derive(Debug)]
pub struct StoreFailure(pub String);

impl fmt::Display for StoreFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreFailure {}
