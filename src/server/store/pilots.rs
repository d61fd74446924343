//! A pilot without IT: people, posts and invitations in one step.

use super::Caller;
use super::people::Asked;
use crate::domain::hash::Sha256;
use crate::domain::id::{PersonId, SiteId};
use crate::domain::pasted::Unread;
use crate::server::chance::Chance;
use crate::sync::office::Language;

/// Begins pilots.
pub trait Pilots {
    /// Has an idea that is not visited yet be visited as baseline. Adds the people who are not known by their
    /// address, has all of them be pilots of the idea and those who do not teach yet teach at the site, and invites
    /// those who cannot sign in yet: all of it or nothing.
    ///
    /// Whom a lead adds was met and is not known: they count as no teacher and read nothing of the team until an
    /// admin confirms them ([`Persons::confirm_person`](super::people::Persons::confirm_person)). Of those who are
    /// known a lead takes whoever does nothing but teach, and never themselves.
    ///
    /// The same again does nothing twice: people have ids that were minted before, and a link ends the one
    /// before it. Only an admin gets links of people who were there before; for a lead they would be a way
    /// to sign in as somebody else.
    ///
    /// The inner error says which lines cannot be taken, such as people who have left. Refused: `Malformed` for a site that
    /// is not known (at `site`), and for an idea without a form or one that was abandoned (at `key`). `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn begin_pilot(&self, pilot: NewPilot, now_utc_ms: i64) -> Asked<'_, PilotBegun>;
}

/// Who was invited how; or why lines cannot be, by their numbers, and then nothing was done.
pub type PilotBegun = Result<Vec<Invited>, Vec<(usize, Unread)>>;

/// A pilot that begins.
#[derive(Clone, Debug)]
pub struct NewPilot {
    /// Who begins it.
    pub by: Caller,
    /// Whether that is an admin.
    pub by_admin: bool,
    /// Where.
    pub site: SiteId,
    /// The name of the site, if it is to be added.
    pub new_site: Option<String>,
    /// The change idea, by its key.
    pub idea: String,
    /// In which language those who are added are written to.
    pub language: Language,
    /// Whether the server sends mail.
    pub mails: bool,
    /// Until when links can be used.
    pub expires_utc_ms: i64,
    /// The people.
    pub people: Vec<NewPilotTeacher>,
}

/// A person of a pilot, as they were pasted.
#[derive(Clone, Debug)]
pub struct NewPilotTeacher {
    /// The line, from 1.
    pub line: usize,
    /// The id that they get if they are not known.
    pub id: PersonId,
    /// The name that they get then.
    pub name: String,
    /// Their mail address.
    pub mail: Option<String>,
    /// The hash of a secret for them, if they need one.
    pub secret_sha256: Sha256,
    /// Randomness for the event that says who added them.
    pub random: Chance,
}

/// What became of a person of a pilot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The line, from 1.
    pub line: usize,
    /// The person.
    pub person: PersonId,
    /// How they come in.
    pub way: InvitedBy,
}

/// How a person of a pilot comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitedBy {
    /// By the link with their secret.
    Link,
    /// By a mail that waits to be sent.
    Mail,
    /// They need nothing, or get nothing from here.
    Nothing,
}
