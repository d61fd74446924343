//! What people are given to sign in, and what becomes of it.

use super::Later;
use super::people::Asked;
use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, PersonId};

/// Keeps the secrets that sign devices in, each as its hash. `now_utc_ms` is the server's clock, in
/// milliseconds since 1970.
pub trait Secrets {
    /// Has the first admin's secret be this one, if no admin is signed in on any device. Those made before
    /// end. Gives whether it was taken.
    ///
    /// It is for the admin who has held the post longest, so that a district whose only admin lost their
    /// device gets in again by starting the server; if there is none, a person named "Admin", who is also
    /// a lead, is added.
    fn give_first_admin(
        &self,
        secret_sha256: Sha256,
        person_if_none: PersonId,
        now_utc_ms: i64,
        expires_utc_ms: i64,
    ) -> Later<'_, bool>;

    /// Gives a person a secret; those of its kind that were given to them before end. Refused: `NotFound`
    /// when there is no such entry, `NotAllowed` when the person has left.
    fn give(&self, secret: NewSecret) -> Asked<'_, ()>;

    /// Uses a secret up and signs the device in, both or neither. The answer may be lost: for ten minutes the same
    /// device may use it again, as long as its sign-in was not ended, and the token of before ends.
    ///
    /// Refused, with the secret still good: `SecretUnknown` for one that was used, has expired, was
    /// ended, never was, or is of a person who left; `NotAllowed` when the device is another person's, or
    /// when `formerly` is a known person, already another's, or named by what is stored.
    fn sign_in(&self, attempt: SignInAttempt) -> Asked<'_, Newcomer>;
}

/// A secret that signs a device in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// A link for a person.
    Invitation,
    /// A code to be typed.
    Code,
}

/// A secret for a person.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// What kind.
    pub kind: SecretKind,
    /// For whom.
    pub person: PersonId,
    /// Its hash.
    pub sha256: Sha256,
    /// When it was made.
    pub made_at_utc_ms: i64,
    /// Until when it can be used.
    pub expires_utc_ms: i64,
}

/// As what a secret is shown: each is limited by its own rate, so none is taken for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownAs {
    /// What stands behind the `#` of a link.
    Link,
    /// A code that was typed.
    Code,
}

/// A device that signs in.
#[derive(Clone, Debug)]
pub struct SignInAttempt {
    /// As what the secret is shown.
    pub shown_as: ShownAs,
    /// The hash of the secret that it shows.
    pub secret_sha256: Sha256,
    /// The hash of the token that it gets.
    pub token_sha256: Sha256,
    /// The store that will be the person's.
    pub device: DeviceId,
    /// The id that the store drew for itself before.
    pub formerly: Option<PersonId>,
    /// What a person recognises the device by.
    pub label: String,
    /// Now.
    pub now_utc_ms: i64,
}

/// Who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The person.
    pub person: PersonId,
    /// What they are called; none when it was erased.
    pub name: Option<String>,
    /// Every entry of theirs, the one that stands for all first.
    pub entries: Vec<PersonId>,
}
