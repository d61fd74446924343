//! What the server keeps, behind one trait.
//!
//! [`arrival`] is an envelope as it came, read before it meets a store; [`sqlite`] is the store of
//! one server process on one machine. PostgreSQL joins as another folder with the same trait and
//! the same test suite.
//!
//! Never here: HTTP, clocks, and the meaning of a record. A store takes what is well formed, once.

pub mod arrival;
pub mod sqlite;

use crate::sync::protocol::Answer;
use arrival::Arrival;
use std::fmt;
use std::pin::Pin;

/// The answers to one push, on their way.
pub type Answers<'a> = Pin<Box<dyn Future<Output = Result<Vec<Answer>, StoreFailure>> + Send + 'a>>;

/// Keeps events and their words, once each.
pub trait ServerStore: Send + Sync {
    /// Stores what can be stored, in one transaction, and answers each arrival in its order.
    ///
    /// The answers come after the commit. An event that is already stored with the same hash gets
    /// the receipt that it got the first time, and nothing changes. Refused, with nothing of it
    /// kept and without hindering the others: `IdTaken` for the id of an event with another hash,
    /// `NumberTaken` for the number of another event of that device, and whatever kept the
    /// envelope from being opened. Arrivals of one push obey the same rules among themselves.
    ///
    /// `received_at_utc_ms` is the server's clock, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`StoreFailure`] when the store itself failed; then nothing of the push was kept.
    fn push(&self, arrivals: Vec<Arrival>, received_at_utc_ms: i64) -> Answers<'_>;
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
