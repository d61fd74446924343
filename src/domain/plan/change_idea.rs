//! A change idea as its author wrote it: the form, and everything that a test of it needs beside the form.

use super::outcome::Outcome;
use super::prediction::Prediction;
use super::voice::Question;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{Bilingual, Component};
use serde::{Deserialize, Serialize};

/// How many change ideas a district is advised to test at a time.
pub const ACTIVE_ADVISED: u32 = 3;

/// A change idea with the form of one version. Devices get the [`Form`] alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeIdea {
    /// The form; its key is the idea's key.
    pub form: Form,
    /// For which subjects and grades it was written.
    pub scope: Bilingual,
    /// Where it comes from.
    pub source: Bilingual,
    /// The drivers that it is believed to move; none where the district names its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<Bilingual>,
    /// What its authors expect.
    pub prediction: Prediction,
    /// What teachers are asked.
    pub questions: Vec<Question>,
    /// What is watched beside visits.
    pub outcomes: Vec<Outcome>,
}

impl ChangeIdea {
    /// The component of a measure: of a look-for, a question or an outcome. None when there is no such
    /// measure. What teachers say of their lessons is about what adults do.
    pub fn component(&self, measure: &str) -> Option<Component> {
        let look_fors = self.form.look_fors.iter();
        let look_for = look_fors
            .filter(|look_for| look_for.key.0 == measure)
            .map(|look_for| look_for.component);
        let questions = self.questions.iter();
        let question = questions
            .filter(|question| question.key == measure)
            .map(|_| Component::Adults);
        let outcomes = self.outcomes.iter();
        let outcome = outcomes
            .filter(|outcome| outcome.key == measure)
            .map(|outcome| outcome.component);
        look_for.chain(question).chain(outcome).next()
    }
}
