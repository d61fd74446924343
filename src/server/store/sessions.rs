//! Who works in the office: doors that open it once, and the sessions of browsers.

use super::people::Asked;
use super::{Caller, Later};
use crate::domain::hash::Sha256;
use crate::domain::people::Post;
use crate::text::Language;

/// Keeps doors and sessions, each as the hash of its secret. `now_utc_ms` is the server's clock, in
/// milliseconds since 1970.
pub trait Sessions {
    /// Keeps a door. Those that have expired, and earlier ones of the same device, go.
    fn make_door(&self, door: Door) -> Later<'_, ()>;

    /// Uses a door up and begins a session, both or neither.
    ///
    /// Refused with `SecretUnknown`: a door that was used, has expired or never was, and one whose device
    /// was signed out or whose person has left meanwhile.
    fn enter(&self, door_sha256: Sha256, session: NewSession) -> Asked<'_, ()>;

    /// Who has this session; none when it was ended or has expired, when its device was signed out (also
    /// if it signed in again), and when the person has left.
    fn session(&self, sha256: Sha256, now_utc_ms: i64) -> Later<'_, Option<Seated>>;

    /// Has a session speak this language.
    fn speak(&self, sha256: Sha256, language: Language) -> Later<'_, ()>;

    /// Ends a session. One that is not there stays so.
    fn end_session(&self, sha256: Sha256) -> Later<'_, ()>;
}

/// A door for a person on a signed-in device.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// The hash of its secret.
    pub sha256: Sha256,
    /// For whom.
    pub caller: Caller,
    /// Minutes east of UTC on the device's wall clock.
    pub offset_min: i16,
    /// When it was made.
    pub made_at_utc_ms: i64,
    /// Until when it can be used.
    pub expires_utc_ms: i64,
}

/// A session that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewSession {
    /// The hash of the cookie.
    pub sha256: Sha256,
    /// Now.
    pub made_at_utc_ms: i64,
    /// Until when it lasts.
    pub expires_utc_ms: i64,
}

/// Who has a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// The person, on the device that they came from.
    pub caller: Caller,
    /// What they are called; none when it was erased.
    pub name: Option<String>,
    /// What they do now.
    pub posts: Vec<Post>,
    /// The language of the pages.
    pub language: Language,
    /// Minutes east of UTC on their wall clock.
    pub offset_min: i16,
}
