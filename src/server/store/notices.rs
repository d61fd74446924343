//! What the job that tells teachers asks of a store.

use super::Later;
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::text::Language;

/// Keeps which feedback a teacher is told about by mail, and how far that has come.
pub trait Notices {
    /// Makes a mail for each feedback that its teacher was not told about, and says how far it looked, so
    /// that the next call can go on from there; from the start with [`Looked::default`]. And one for each visit
    /// that names its teacher, when nobody wrote to them within the agreement's days for the copy.
    ///
    /// No mail is made for feedback that the server received before `since_utc_ms` (old news), for visits whose
    /// copy was due and which were received before that, for what the teacher has opened, or if the teacher has
    /// left or has no address. The clocks are the server's, in
    /// milliseconds since 1970.
    fn note_feedback(&self, after: Looked, since_utc_ms: i64, now_utc_ms: i64)
    -> Later<'_, Looked>;

    /// Begins a try of the mail that is due longest; none when nothing is due.
    ///
    /// In one commit, before anything is sent: the try is counted, the next one is set to come after
    /// `wait_ms` of the number of this try, and the card's secret becomes good. So a server that dies while
    /// it sends waits, and tries again. Mails that there is no reason to send any more are given up on the
    /// way.
    fn begin_try(&self, card: NewCard, rules: Rules, now_utc_ms: i64) -> Later<'_, Option<Try>>;

    /// A mail was accepted by the mail server.
    fn accepted(&self, mail: MailId, now_utc_ms: i64) -> Later<'_, ()>;

    /// A mail will never be accepted; `why` names nobody.
    fn give_up(&self, mail: MailId, why: String) -> Later<'_, ()>;
}

/// How far [`Notices::note_feedback`] has looked: numbers are of one feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// The feed.
    pub feed: i64,
    /// The largest number in it.
    pub number: i64,
}

/// The number of a mail in its store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailId(pub i64);

/// The secret of a card that is about to be mailed.
#[derive(Clone, Copy, Debug)]
pub struct NewCard {
    /// The hash of the secret, which is all that is kept of it.
    pub sha256: Sha256,
    /// When it ends to be good, in milliseconds since 1970.
    pub expires_utc_ms: i64,
}

/// How long a mail is tried.
#[derive(Clone, Copy)]
pub struct Rules {
    /// The milliseconds from the try of this number, from 1, to the next one.
    pub wait_ms: fn(u32) -> i64,
    /// How many milliseconds after it was made a mail is given up.
    pub for_ms: i64,
}

/// A mail that is being tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// Which mail.
    pub mail: MailId,
    /// The feedback that it is about, or the visit.
    pub feedback: EventId,
    /// The number of this try, from 1.
    pub number: u32,
    /// Where it goes.
    pub address: String,
    /// The language of its reader.
    pub language: Language,
}
