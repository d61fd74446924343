//! Invitations that go out by mail.

use super::Later;
use super::notices::{MailId, Rules};
use super::people::Asked;
use crate::domain::hash::Sha256;
use crate::domain::id::PersonId;
use crate::text::Language;

/// Keeps which invitations are to be mailed, and how far that has come. The clocks are the server's, in
/// milliseconds since 1970.
pub trait InvitationMails {
    /// Has an invitation for the person mailed; one that waits already is enough. Links that they were
    /// given before end. Refused: `NotFound` when there is no such entry, `NotAllowed` when the person has
    /// left, `Malformed` when they have no address.
    fn mail_invitation(&self, person: PersonId, now_utc_ms: i64) -> Asked<'_, ()>;

    /// Begins a try of the invitation that is due longest; none when nothing is due.
    ///
    /// In one commit, before anything is sent: the try is counted, the next one is set, and the secret
    /// becomes good until `expires_utc_ms`. Secrets of earlier tries stay good: if a mail came although the
    /// connection was cut, its link works. Invitations of people who have left or have no address any more,
    /// and those that were tried for too long, are given up on the way.
    fn begin_invitation(
        &self,
        secret_sha256: Sha256,
        expires_utc_ms: i64,
        rules: Rules,
        now_utc_ms: i64,
    ) -> Later<'_, Option<InvitationTry>>;

    /// An invitation was accepted by the mail server.
    fn invitation_accepted(&self, mail: MailId, now_utc_ms: i64) -> Later<'_, ()>;

    /// An invitation will never be accepted; `why` names nobody.
    fn give_up_invitation(&self, mail: MailId, why: String) -> Later<'_, ()>;
}

/// An invitation that is being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationTry {
    /// Which.
    pub mail: MailId,
    /// The number of this try, from 1.
    pub number: u32,
    /// Where it goes.
    pub address: String,
    /// The language of its reader.
    pub language: Language,
}
