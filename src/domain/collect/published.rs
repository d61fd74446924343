//! Which forms are published, and what they have.
//!
//! A record names its form and its look-fors by keys, in a body that is never erased. What no published form has could
//! be anything that somebody typed: it is kept, and neither counted nor shown to others before its form comes.

use super::form::FormRef;
use super::look_for::LookForKey;
use super::survey::SurveyAnswered;
use crate::domain::plan::voice::Answer;
use std::collections::{BTreeMap, BTreeSet};

/// The forms that are published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published(BTreeMap<String, Form>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Form {
    versions: BTreeSet<u32>,
    look_fors: BTreeSet<LookForKey>,
    questions: BTreeMap<String, Answer>,
}

impl Published {
    /// Of every version of every form, its look-fors.
    pub fn of(look_fors: impl IntoIterator<Item = (FormRef, LookForKey)>) -> Self {
        let mut forms: BTreeMap<String, Form> = BTreeMap::new();
        for (form, look_for) in look_fors {
            let known = forms.entry(form.key).or_default();
            known.versions.insert(form.version);
            known.look_fors.insert(look_for);
        }
        Self(forms)
    }

    /// With the questions that forms ask teachers, each by the key of its form and its own.
    pub fn with_questions(
        mut self,
        questions: impl IntoIterator<Item = (String, String, Answer)>,
    ) -> Self {
        for (form, question, answer) in questions {
            let known = self.0.entry(form).or_default();
            known.questions.insert(question, answer);
        }
        self
    }

    /// Whether some version of the form is there.
    pub fn has_some(&self, form: &str) -> bool {
        let known = self.0.get(form);
        known.is_some_and(|known| !known.versions.is_empty())
    }

    /// Whether some version of the form asks this, and takes such an answer: a question keeps its meaning from version
    /// to version.
    pub fn takes(&self, form: &str, question: &str, answer: u8) -> bool {
        let known = self.0.get(form);
        let asked = known.and_then(|known| known.questions.get(question));
        asked.is_some_and(|asked| asked.takes(answer))
    }

    /// Whether some version of the form asks this.
    pub fn asks(&self, form: &str, question: &str) -> bool {
        let known = self.0.get(form);
        known.is_some_and(|known| known.questions.contains_key(question))
    }

    /// What of these answers is for others than their teacher: none of a version that is not there, and those alone that
    /// its questions take.
    pub fn answers(&self, said: &SurveyAnswered) -> SurveyAnswered {
        let form = &said.form;
        let mut shown = said.clone();
        let is_there = self.has(form);
        shown
            .answers
            .retain(|question, answer| is_there && self.takes(&form.key, question, *answer));
        shown
    }

    /// Whether this version of the form is there.
    pub fn has(&self, form: &FormRef) -> bool {
        let known = self.0.get(&form.key);
        known.is_some_and(|known| known.versions.contains(&form.version))
    }

    /// Whether some version of the form has the look-for: a key keeps its meaning from version to version.
    pub fn has_look_for(&self, form: &str, look_for: &LookForKey) -> bool {
        let known = self.0.get(form);
        known.is_some_and(|known| known.look_fors.contains(look_for))
    }
}
