//! What device and server say to each other, once for both ends.
//!
//! `POST /api/v1/push` with a [`Push`] answers [`Pushed`], after the commit. Every other answer of
//! ours is a [`Failure`]. `docs/protocol.md` says the same for those who do not read Rust.

use crate::domain::event::Envelope;
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};

/// The version of the protocol.
pub const PROTOCOL: u32 = 1;
/// Where a push goes.
pub const PUSH_PATH: &str = "/api/v1/push";
/// The most envelopes in one push.
pub const PUSH_MAX_ENVELOPES: usize = 100;
/// The largest body of a push request, in bytes: JSON strings may double what they carry.
pub const PUSH_MAX_BYTES: usize = 4 * 1024 * 1024;

/// A push: envelopes of one device in the order of their numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// Must be [`PROTOCOL`].
    pub protocol: u32,
    /// 1 to [`PUSH_MAX_ENVELOPES`] envelopes.
    pub envelopes: Vec<Envelope>,
}

/// The answer to a push: one answer for each envelope, in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// The answers.
    pub answers: Vec<Answer>,
}

/// What became of one envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is on the server, now or already before.
    Receipt(Receipt),
    /// It can never be accepted; the server kept nothing of it.
    Refused(Problem),
}

/// Proof that the server has an event: made after its commit, and the same however often it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The event.
    pub id: EventId,
    /// The hash of the body's bytes as the server stored them.
    pub sha256: Sha256,
    /// The event's number on the server, in the order of its commits.
    pub server_number: u64,
    /// When the server stored it, by the server's clock, in milliseconds since 1970.
    pub received_at_utc_ms: i64,
}

/// A request that failed as a whole; nothing of it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Why.
    pub problem: Problem,
}
