//! The registers of the office: lists made for its pages, searched and paged by the store.

use super::people::Asked;
use super::{Caller, Later};
use crate::domain::id::{ClassId, DeviceId, PersonId, SiteId};
use crate::report::office::devices::DeviceLine;
use crate::report::office::ideas::KnownIdea;
use crate::report::office::people::{Choice, PersonLine, PersonSheet, Which};
use crate::report::office::places::{ClassLine, SiteLine};
use crate::server::chance::Chance;

/// How many lines a page of a register has.
pub const LINES: usize = 25;

/// Reads what the office lists, and merges entries. `now_utc_ms` is the server's clock, in milliseconds
/// since 1970.
pub trait Registers {
    /// People by name, without entries that were merged into others.
    fn find_people(&self, asked: PeopleAsked, now_utc_ms: i64) -> Later<'_, Listed<PersonLine>>;

    /// One person with posts, devices and invitation; none when there is no such entry.
    fn person_sheet(&self, person: PersonId, now_utc_ms: i64) -> Later<'_, Option<PersonSheet>>;

    /// Devices, those heard of last first.
    fn find_devices(&self, asked: DevicesAsked) -> Later<'_, Listed<DeviceLine>>;

    /// Sites by name.
    fn find_sites(&self, asked: SitesAsked) -> Later<'_, Listed<SiteLine>>;

    /// A site and a page of its classes, the newest school year first; none when there is no such site.
    fn find_classes(
        &self,
        site: SiteId,
        after: Option<ClassId>,
    ) -> Later<'_, Option<(SiteLine, Listed<ClassLine>)>>;

    /// A class with its site and its teachers; none when there is none.
    fn class_line(&self, class: ClassId) -> Later<'_, Option<(SiteId, ClassLine)>>;

    /// All sites by name, to choose from.
    fn site_choices(&self) -> Later<'_, Vec<Choice>>;

    /// Who teaches at a site now, by name, to choose from.
    fn teacher_choices(&self, site: SiteId) -> Later<'_, Vec<Choice>>;

    /// All change ideas that are known here, by key: the library's, the district's, and those that only a team
    /// or visits name.
    fn known_ideas(&self) -> Later<'_, Vec<KnownIdea>>;

    /// Says, by the office's own device, that two entries are one person, of whom `into` stands for both.
    /// Refused: `NotFound` for an entry that there is not, and `Malformed` for one that is the other.
    fn merge(
        &self,
        by: Caller,
        from: PersonId,
        into: PersonId,
        random: Chance,
        now_utc_ms: i64,
    ) -> Asked<'_, ()>;
}

/// A page of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// Its lines, at most [`LINES`].
    pub lines: Vec<T>,
    /// How many lines all pages have.
    pub all: u64,
    /// Whether there are more after this page.
    pub more: bool,
}

/// Which people are asked for.
#[derive(Clone, Debug, Default)]
pub struct PeopleAsked {
    /// Part of a name, in any case and without accents; of an address too, if [`Self::mails`]. Empty for all.
    pub text: String,
    /// Whether addresses are searched.
    pub mails: bool,
    /// Only those with a post at this site.
    pub site: Option<SiteId>,
    /// Who, of all.
    pub which: Which,
    /// Not this one.
    pub except: Option<PersonId>,
    /// After this one.
    pub after: Option<PersonId>,
}

/// Which devices are asked for.
#[derive(Clone, Debug, Default)]
pub struct DevicesAsked {
    /// Part of the name of their person.
    pub text: String,
    /// Those that were signed out, instead of those that are signed in.
    pub ended: bool,
    /// After this one.
    pub after: Option<DeviceId>,
}

/// Which sites are asked for.
#[derive(Clone, Debug, Default)]
pub struct SitesAsked {
    /// Part of the name.
    pub text: String,
    /// After this one.
    pub after: Option<SiteId>,
}
