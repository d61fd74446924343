//! What an office asks: people and their posts, sites, classes, devices and the agreement.
//!
//! Every request is a `POST` or `GET` with the token of a device. What is marked "admin" is refused to
//! others with `NotAllowed`. Lists come in pages, by id: `?after=<the page's next>` asks for the next one.
//! Requests say ids that the asker minted, so that one that was sent twice does nothing twice.
//! [`check`] says which values can stand; [`ideas`] is what is asked of change ideas.

mod check;
pub mod ideas;
pub mod imports;

pub use check::{is_idea, is_mail};

use crate::domain::agreement::Agreement;
use crate::domain::id::{ClassId, DeviceId, PersonId, SiteId};
use crate::domain::people::Post;
use serde::{Deserialize, Deserializer, Serialize};

/// `GET` (admin): a [`PeoplePage`]. `POST` (admin) of an [`AddPerson`]: the [`OfficePerson`].
pub const PEOPLE_PATH: &str = "/api/v1/people";
/// `GET` (admin, or oneself): the [`OfficePerson`]. `POST` of a [`ChangePerson`]: the person as changed.
pub const PERSON_PATH: &str = "/api/v1/people/{id}";
/// `POST` (admin) of a [`ChangePosts`]: the [`OfficePerson`].
pub const POSTS_PATH: &str = "/api/v1/people/{id}/posts";
/// `POST` (admin), without a body: an [`Invitation`] for the person. Those given before end.
pub const INVITATION_PATH: &str = "/api/v1/people/{id}/invitation";
/// `GET` (admin): a [`SitesPage`]. `POST` (admin) of a [`Site`]: the site, new or renamed.
pub const SITES_PATH: &str = "/api/v1/sites";
/// `POST` (admin) of a [`KeepClass`]: the class, new or changed.
pub const CLASSES_PATH: &str = "/api/v1/classes";
/// `GET`: all [`AgreementVersions`]. `POST` (admin) of an [`Agreement`]: the same, with it.
pub const AGREEMENT_PATH: &str = "/api/v1/agreement";
/// `GET`: a [`DevicesPage`] of one's own devices; an admin's has everybody's.
pub const DEVICES_PATH: &str = "/api/v1/devices";
/// `POST` (admin, or one's own), without a body: the device is signed out; answers the [`Device`].
pub const DEVICE_END_PATH: &str = "/api/v1/devices/{id}/end";
/// `POST`, without a body: the device that asks is signed out; answers the [`Device`].
pub const SIGN_OUT_PATH: &str = "/api/v1/sign-out";
/// `POST` (lead, admin) of an [`OpenOffice`]: an [`OfficeDoor`].
pub const OFFICE_DOOR_PATH: &str = "/api/v1/office-door";
/// Where a link leads that signs in; the secret stands behind its `#`.
pub const JOIN_PATH: &str = "/join";

/// The largest body of such a request, in bytes.
pub const OFFICE_MAX_BYTES: usize = 64 * 1024;
/// The most entries of one page.
pub const PAGE_MAX: u32 = 200;
/// The longest name or title, in characters.
pub const NAME_MAX_CHARS: usize = 200;
/// The longest mail address, in bytes (RFC 5321, section 4.5.3.1.3).
pub const MAIL_MAX_BYTES: usize = 254;
/// The longest key of a change idea, in bytes.
pub const IDEA_MAX_BYTES: usize = 64;
/// The most posts, or teachers of a class, in one request.
pub const LIST_MAX: usize = 50;
/// The calendar years in which a school year can end.
pub const SCHOOL_YEARS: std::ops::RangeInclusive<u16> = 1990..=2200;

/// The language in which a person is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

/// Adds a person. The same again changes nothing; the id with other values is `IdTaken`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddPerson {
    /// Minted by the asker.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Where they are told that there is something to read; none when nowhere.
    #[serde(default)]
    pub mail: Option<String>,
    /// In which language.
    #[serde(default)]
    pub language: Language,
    /// What they do.
    #[serde(default)]
    pub posts: Vec<Post>,
}

/// Changes what is said here, and nothing else. A person may change their own name, language and
/// whether peers may visit; the rest is for admins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePerson {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Another mail address; `null` for none.
    #[serde(
        default,
        deserialize_with = "said",
        skip_serializing_if = "Option::is_none"
    )]
    pub mail: Option<Option<String>>,
    /// Another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether they say yes to visits by peers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_visits: Option<bool>,
    /// Whether they have left. Leaving ends their posts, devices and invitations; coming back gives none
    /// of them again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<bool>,
}

/// Gives and ends posts; each that is held, or not held, already stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePosts {
    /// What the person does from now on.
    #[serde(default)]
    pub give: Vec<Post>,
    /// What the person does no longer.
    #[serde(default)]
    pub end: Vec<Post>,
}

/// A person as the office knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficePerson {
    /// The person.
    pub id: PersonId,
    /// What they are called; none when it was erased.
    pub name: Option<String>,
    /// The mail address.
    pub mail: Option<String>,
    /// The language in which they are written to.
    pub language: Language,
    /// Whether they said yes to visits by peers.
    pub peer_visits: bool,
    /// When they left, by the server's clock, in milliseconds since 1970; none when they are there.
    pub left_at_utc_ms: Option<i64>,
    /// What they do now.
    pub posts: Vec<Post>,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// The people, by id.
    pub people: Vec<OfficePerson>,
    /// What to ask for after this page; none when it is the last.
    pub next: Option<PersonId>,
}

/// A link for a person. It is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The link within the server: `/join#<secret>`.
    pub link: String,
    /// Until when it can be used, by the server's clock, in milliseconds since 1970.
    pub expires_utc_ms: i64,
}

/// A school or other place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Minted by the asker.
    pub id: SiteId,
    /// What it is called.
    pub name: String,
}

/// A page of sites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitesPage {
    /// The sites, by id.
    pub sites: Vec<Site>,
    /// What to ask for after this page; none when it is the last.
    pub next: Option<SiteId>,
}

/// A class as it is to be: new, or changed in title, teachers and end. Its site and year stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepClass {
    /// Minted by the asker.
    pub id: ClassId,
    /// Where it is.
    pub site: SiteId,
    /// The calendar year in which its school year ends.
    pub school_year: u16,
    /// What the school calls it.
    pub title: String,
    /// Who teaches it.
    pub teachers: Vec<PersonId>,
    /// Whether it is over.
    #[serde(default)]
    pub ended: bool,
}

/// The versions of the agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementVersions {
    /// All of them, by version; before a district has set any, the first that is built in.
    pub versions: Vec<Agreement>,
}

/// A device that is or was signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The device.
    pub id: DeviceId,
    /// Whose it is.
    pub person: PersonId,
    /// What they are called.
    pub name: Option<String>,
    /// What they recognise it by, such as "Chrome, Android".
    pub label: String,
    /// When it signed in last, by the server's clock, in milliseconds since 1970.
    pub signed_in_at_utc_ms: i64,
    /// When it was last heard of, to about a minute.
    pub seen_at_utc_ms: i64,
    /// When it was signed out; none when it is signed in.
    pub ended_at_utc_ms: Option<i64>,
}

/// A page of devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesPage {
    /// The devices, by id.
    pub devices: Vec<Device>,
    /// What to ask for after this page; none when it is the last.
    pub next: Option<DeviceId>,
}

/// Asks for the way into the pages of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenOffice {
    /// Minutes east of UTC on the device's wall clock, by which the pages say times.
    pub offset_min: i16,
}

/// The way into the office. It works once, for two minutes, in the browser that goes there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeDoor {
    /// The address within the server: `/office/enter/<secret>`.
    pub path: String,
}

/// Tells `null` from nothing.
fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mail_is_told_from_nothing_said() {
        let read = |text| serde_json::from_str::<ChangePerson>(text).map(|change| change.mail);
        assert_eq!(read("{}").ok(), Some(None));
        assert_eq!(read(r#"{"mail":null}"#).ok(), Some(Some(None)));
        let mail = Some(Some(Some("a@b.example".to_owned())));
        assert_eq!(read(r#"{"mail":"a@b.example"}"#).ok(), mail);
    }
}
