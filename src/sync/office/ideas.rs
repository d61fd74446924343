//! What leads and admins ask of change ideas and their forms.

use super::IDEA_MAX_BYTES;
use super::check::require;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::plan::stage::IdeaState;
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};

/// `GET`: the [`Library`].
pub const LIBRARY_PATH: &str = "/api/v1/library";
/// `GET`: the [`IdeasInUse`]. `POST` (lead or admin) of a [`KeepIdea`]: the [`KeptIdea`].
pub const IDEAS_PATH: &str = "/api/v1/ideas";
/// `POST` (lead or admin) of a form in TOML: the [`AddedForm`], or a [`FormFailure`].
pub const FORMS_PATH: &str = "/api/v1/forms";
/// What the body of a form says that it is; IANA lists it.
pub const TOML: &str = "application/toml";

/// Whose a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormOrigin {
    /// The starter library's.
    Library,
    /// The district's.
    District,
}

/// Everything that can be put to use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library {
    /// The ideas, by key, each in its newest version.
    pub ideas: Vec<LibraryIdea>,
}

/// A change idea, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryIdea {
    /// The newest version of its form.
    pub form: FormRef,
    /// Its name.
    pub title: Bilingual,
    /// The theory of action.
    pub theory: Bilingual,
    /// For which subjects and grades it was written.
    pub scope: Bilingual,
    /// Where it comes from.
    pub source: Bilingual,
    /// The drivers that it is believed to move.
    pub drivers: Vec<Bilingual>,
    /// What its authors expect.
    pub prediction: Bilingual,
    /// How many look-fors a solo visit has.
    pub core: u32,
    /// How many look-fors there are, with those of group walks.
    pub look_fors: u32,
    /// Whose it is.
    pub origin: FormOrigin,
    /// Whether it was put to use.
    pub in_use: bool,
}

/// Puts an idea to use, or changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepIdea {
    /// The key of its form.
    pub key: String,
    /// The state that it is to have.
    pub state: IdeaState,
    /// The version that visits begin on; none: as it is, and the newest when it is put to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// Since when, by the server's clock, in milliseconds since 1970; none: now. A team that began on paper
    /// says so here. Never in the future, and never before the state that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_utc_ms: Option<i64>,
}

impl KeepIdea {
    /// Whether the values can stand; whether there is such a form is the store's to say.
    ///
    /// # Errors
    /// [`Problem::Malformed`] with the field's name as its place.
    pub fn check(&self) -> Result<(), Problem> {
        require(
            "key",
            (1..=IDEA_MAX_BYTES).contains(&self.key.len()),
            "the key of a form",
        )
    }
}

/// The change ideas of a district.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeasInUse {
    /// All that were put to use, by key.
    pub ideas: Vec<OfficeIdea>,
    /// How many are in baseline or testing.
    pub active: u32,
    /// How many a district is advised to have there at a time.
    pub active_advised: u32,
}

/// A change idea that is in use, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeIdea {
    /// The version of its form that visits begin on; the form's key is the idea's.
    pub form: FormRef,
    /// The newest version of its form.
    pub newest: u32,
    /// Where it stands.
    pub state: IdeaState,
    /// Since when, by the server's clock, in milliseconds since 1970.
    pub state_from_utc_ms: i64,
    /// Its name.
    pub title: Bilingual,
    /// The theory of action.
    pub theory: Bilingual,
    /// Which cycle of testing, from 1.
    pub cycle: u32,
    /// Since when that cycle goes on.
    pub cycle_from_utc_ms: i64,
}

/// An idea as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptIdea {
    /// The idea.
    pub idea: OfficeIdea,
    /// How many are in baseline or testing.
    pub active: u32,
    /// How many a district is advised to have there at a time. More are taken, and each gets less attention.
    pub active_advised: u32,
}

/// A form that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedForm {
    /// Its key and version.
    pub form: FormRef,
}

/// A form that was not added, and all that is wrong with it. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFailure {
    /// Why the request was refused: `malformed` at `form`.
    pub problem: Problem,
    /// What is wrong, by line.
    pub faults: Vec<FormFault>,
}

/// Something that is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFault {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
    /// Where in the form, such as `look_for[2].anchors[1].es`, counted from 0; empty for the whole form.
    pub place: String,
    /// What is wrong, in words.
    pub says: Bilingual,
}
