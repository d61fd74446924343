//! Forms by version, and the change ideas that are in use.

use super::Later;
use super::people::Asked;
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::id::PersonId;
use crate::domain::plan::change_idea::ChangeIdea;
use crate::domain::plan::fault::Fault;
use crate::server::chance::Chance;
use crate::sync::office::ideas::{FormOrigin, KeepIdea, OfficeIdea};

/// Keeps forms. A version that is kept never changes.
pub trait Forms {
    /// The newest version of each form, of the library and of the district, by key.
    fn shelf(&self) -> Later<'_, Vec<OnShelf>>;

    /// The form of this version, if there is one.
    fn form(&self, form: FormRef) -> Later<'_, Option<Form>>;

    /// Keeps a checked change idea as the next version of its form. The same again changes nothing.
    /// Refused, and nothing is kept: a version that is not the next one, and a key that would mean
    /// something else than in the version before; the faults are at places of this idea.
    ///
    /// `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn add_form(
        &self,
        idea: ChangeIdea,
        by: PersonId,
        now_utc_ms: i64,
    ) -> Later<'_, Result<FormRef, Vec<Fault>>>;
}

/// Keeps the change ideas that are in use. Whatever changes them marks them for the projector.
pub trait Ideas {
    /// All of them, by key.
    fn ideas(&self) -> Later<'_, Vec<OfficeIdea>>;

    /// Puts an idea to use, or changes its state or the version in use. The same again changes nothing.
    /// Refused: `Malformed` for a form or version that is not there, `NotTheNextStep` for a state that does
    /// not follow, `PredictionFirst` for testing before the prediction of the cycle is locked.
    ///
    /// `now_utc_ms` is the server's clock, in milliseconds since 1970.
    fn keep_idea(&self, keep: KeepIdea, by: PersonId, now_utc_ms: i64) -> Asked<'_, OfficeIdea>;

    /// Locks what is expected of the next test of an idea, in the name of whoever says it, by an event whose words are the
    /// sentence. Refused: `NotFound` for an idea that is not in use, `NotTheNextStep` where the prediction of that cycle is
    /// locked, `Malformed` for a sentence that is empty or too long.
    fn lock_prediction(
        &self,
        key: String,
        sentence: String,
        by: PersonId,
        random: Chance,
        now_utc_ms: i64,
    ) -> Asked<'_, ()>;
}

/// The newest version of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnShelf {
    /// The change idea.
    pub idea: ChangeIdea,
    /// Whose it is.
    pub origin: FormOrigin,
    /// Whether the idea was put to use.
    pub in_use: bool,
}
