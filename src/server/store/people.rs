//! Who is who, and who does what where, for those who may ask.

use super::Later;
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::people::Post;
use crate::domain::place::District;
use crate::domain::problem::Problem;
use crate::sync::office::{
    AddPerson, ChangePerson, ChangePosts, KeepClass, OfficePerson, PAGE_MAX, Site,
};

/// What a store answers that can also refuse; what is refused has changed nothing.
pub type Asked<'a, T> = Later<'a, Result<T, Problem>>;

/// Keeps people and their posts.
///
/// A district always has an admin who has not left: what would take the last one is `NotAllowed`. Whatever
/// changes people marks them for the projector, in the same transaction. `now_utc_ms` is the server's
/// clock, in milliseconds since 1970.
pub trait Persons {
    /// What the person does now, under all entries that were merged with theirs.
    fn posts(&self, person: PersonId) -> Later<'_, Vec<Post>>;

    /// All entries of the person that this one is of; the first stands for all.
    fn entries(&self, person: PersonId) -> Later<'_, Vec<PersonId>>;

    /// The person, if there is such an entry.
    fn person(&self, person: PersonId) -> Later<'_, Option<OfficePerson>>;

    /// The [`PAGE_MAX`] people after this one, by id; from the first, if there is none.
    fn people(&self, after: Option<PersonId>) -> Later<'_, Vec<OfficePerson>>;

    /// Adds a checked person. Refused: `IdTaken` when the id is another person's, `Malformed` for a mail
    /// address that another person has and for a site that is not known.
    fn add_person(&self, person: AddPerson, now_utc_ms: i64) -> Asked<'_, OfficePerson>;

    /// Makes a checked change. A name that the office gives to somebody who was added on the spot confirms them, as
    /// [`Persons::confirm_person`]. Another mail address in the place of one ends the links and cards that were sent there.
    /// Refused: `NotFound` when there is no such entry, `Malformed` as above.
    fn change_person(
        &self,
        person: PersonId,
        change: ChangePerson,
        now_utc_ms: i64,
    ) -> Asked<'_, OfficePerson>;

    /// Makes a checked change that the person asks for themselves, as above: it does not say that the office knows
    /// them.
    fn change_own(
        &self,
        person: PersonId,
        change: ChangePerson,
        now_utc_ms: i64,
    ) -> Asked<'_, OfficePerson>;

    /// Says that the office knows somebody who was added on the spot, by a visitor or by a lead who began a pilot:
    /// from then on they count as a teacher, and read what their team reads. Whoever added them may have had their
    /// link, so their devices are signed out and what signs in as them ends, unless somebody looked and says that
    /// they are theirs. Refused: `NotFound`.
    fn confirm_person(
        &self,
        person: PersonId,
        devices_are_theirs: bool,
        now_utc_ms: i64,
    ) -> Asked<'_, ()>;

    /// Gives and ends checked posts. What is more than teaching and testing ends the person's open invitations,
    /// which were made for less. Refused: as above, and `NotAllowed` for giving a post to somebody
    /// who has left.
    fn change_posts(
        &self,
        person: PersonId,
        change: ChangePosts,
        now_utc_ms: i64,
    ) -> Asked<'_, OfficePerson>;
}

/// Keeps sites and classes, and what the district has said of itself. Whatever changes them marks people for the
/// projector.
pub trait Places {
    /// The district's settings; where it has said nothing, what holds until then.
    fn district(&self) -> Later<'_, District>;

    /// The [`PAGE_MAX`] sites after this one, by id; from the first, if there is none.
    fn sites(&self, after: Option<SiteId>) -> Later<'_, Vec<Site>>;

    /// Keeps a checked site, new or renamed.
    fn keep_site(&self, site: Site) -> Later<'_, ()>;

    /// Keeps a checked class, new or changed. Refused: `IdTaken` when the id is a class of another site or
    /// year, `Malformed` when the site or a teacher is not known.
    fn keep_class(&self, class: KeepClass, now_utc_ms: i64) -> Asked<'_, ClassId>;
}

/// The length of a page, as SQLite counts.
pub(super) const PAGE: i64 = PAGE_MAX as i64;
