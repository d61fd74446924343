//! What device and server say to each other, once for both ends.
//!
//! `POST /api/v1/push` with a [`Push`] answers [`Pushed`], after the commit; `POST /api/v1/pull` with a
//! [`Pull`] answers [`Pulled`]. Both carry the device's token, which `POST /api/v1/sign-in` gave. Every
//! other answer of ours is a [`Failure`]. `docs/protocol.md` says the same for those who do not read Rust.

use crate::domain::claim::ClaimCode;
use crate::domain::document::{Audience, Name};
use crate::domain::event::Envelope;
use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, EventId, PersonId};
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

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
    /// The event's own number on its device, as its body has it. Devices of before keep it as the server's number, which
    /// would tell whoever sends now and then how much others sent meanwhile.
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

/// Where a pull goes.
pub const PULL_PATH: &str = "/api/v1/pull";
/// The largest body of a pull request, in bytes: room for the cursors of some thousand audiences.
pub const PULL_REQUEST_MAX_BYTES: usize = 256 * 1024;
/// The most changes in one answer to a pull.
pub const PULL_MAX_CHANGES: u32 = 500;
/// Where a device waits to hear that there is something to pull: server-sent events that say nothing else.
pub const NEWS_PATH: &str = "/api/v1/news";

/// A pull: how far the device has read, for each audience that it knows to be in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pull {
    /// Must be [`PROTOCOL`].
    pub protocol: u32,
    /// The feed that the cursors belong to; none before the first pull. A feed that was rebuilt is
    /// another one.
    pub feed: Option<u64>,
    /// The largest number that the device has of each audience.
    pub cursors: BTreeMap<Audience, u64>,
}

/// The answer to a pull.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pulled {
    /// The feed. If it is not the one that was asked for, the device forgets every document it has
    /// before it takes these.
    pub feed: u64,
    /// What is new, audience by audience.
    pub portions: Vec<Portion>,
    /// Audiences that the person is no longer in: their documents are forgotten.
    pub lost: Vec<Audience>,
    /// Whether there is more to pull at once.
    pub more: bool,
}

/// What is new for one audience.
#[derive(Debug, Serialize, Deserialize)]
pub struct Portion {
    /// The audience. One without changes is named, too: so a device knows that it is in it.
    pub audience: Audience,
    /// The cursor after these changes.
    pub cursor: u64,
    /// The changes, by their numbers.
    pub changes: Vec<Change>,
}

/// One document that is there now, or is no longer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Change {
    /// Which document.
    pub name: Name,
    /// The document as [`crate::domain::document::Document`] in JSON, kept as the bytes that came, since
    /// it may be of a kind that the device does not know; none when it is gone.
    pub document: Option<Box<RawValue>>,
}

/// Where a device signs in.
pub const SIGN_IN_PATH: &str = "/api/v1/sign-in";

/// A device asks to become the device of whoever was given the secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Must be [`PROTOCOL`].
    pub protocol: u32,
    /// The secret of an invitation's link, or a code that was typed.
    pub secret: String,
    /// The store that will be this person's.
    pub device: DeviceId,
    /// The id under which this store recorded before anybody signed in, if it did: those records become
    /// the person's.
    pub formerly: Option<PersonId>,
}

/// The answer to a sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who signed in.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Every entry of theirs: that of `person`, which stands for all, and those that were merged into it. A store of
    /// any of them is theirs. Empty from a server that does not say it yet.
    #[serde(default)]
    pub entries: Vec<PersonId>,
    /// What the device shows from now on to prove whose it is. The server keeps only its hash.
    pub token: String,
}

/// Where a device ends its own sign-in.
pub const SIGN_OUT_PATH: &str = "/api/v1/sign-out";

/// Where devices are listed, and below their ids ended.
pub const DEVICES_PATH: &str = "/api/v1/devices";

/// Where a device asks for a code that signs in another one of the same person.
pub const CODES_PATH: &str = "/api/v1/codes";

/// A code to be typed on another device of the same person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInCode {
    /// The code.
    pub code: String,
    /// Until when it can be used, by the server's clock, in milliseconds since 1970.
    pub expires_utc_ms: i64,
}

/// The answer to `POST /api/v1/cards/{feedback}/revoke`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardsRevoked {
    /// How many links of the card worked until then.
    pub revoked: u32,
}

/// Where a teacher takes a numbered visit.
pub const CLAIMS_PATH: &str = "/api/v1/claims";

/// A teacher takes a numbered visit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimVisit {
    /// The code that the observer gave.
    pub code: ClaimCode,
}

/// The answer to a claim: the visit is the caller's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// The visit.
    pub walkthrough: EventId,
}

/// Where a person takes along everything that they may see.
pub const EXPORT_PATH: &str = "/api/v1/export";

/// Everything that a person may see, as one file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Exported {
    /// The person who asked.
    pub person: PersonId,
    /// The feed that it was taken from.
    pub feed: u64,
    /// The documents, audience by audience.
    pub portions: Vec<ExportedPortion>,
}

/// The documents of one audience.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedPortion {
    /// The audience.
    pub audience: Audience,
    /// The documents by `<kind>/<id>`.
    pub documents: BTreeMap<String, Box<RawValue>>,
}
