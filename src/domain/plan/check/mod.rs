//! Whether a form can be used: it fits a short visit and a phone, both languages are there, and everything
//! that it names is there.
//!
//! [`words`] has the lengths and the keys, [`look_fors`] the form, [`rules`] what one look-for says of
//! another, [`measures`] the prediction, the survey and the outcomes. All faults are found, not only the
//! first. Never here: a file, and the difference to an earlier version ([`super::versions`]).

mod look_fors;
mod measures;
mod rules;
pub mod words;

use super::change_idea::ChangeIdea;
use super::fault::{Fault, Wrong};
use words::Limit;

/// The largest version of a form, so that the ids of its documents sort.
pub const VERSION_MAX: u32 = 9_999;

/// What is wrong with a change idea, in the order of its parts.
pub fn check(idea: &ChangeIdea) -> Vec<Fault> {
    let mut faults = Faults::default();
    faults.key("key", &idea.form.form.key);
    faults.require(
        (1..=VERSION_MAX).contains(&idea.form.form.version),
        "version",
        Wrong::OutOfRange {
            least: 1,
            most: VERSION_MAX,
        },
    );
    faults.words("title", &idea.form.title, Limit::TITLE);
    faults.words("theory", &idea.form.theory, Limit::THEORY);
    faults.theory("theory", &idea.form.theory);
    faults.words("scope", &idea.scope, Limit::SCOPE);
    faults.words("source", &idea.source, Limit::SOURCE);
    for (place, driver) in idea.drivers.iter().enumerate() {
        faults.words(&format!("drivers[{place}]"), driver, Limit::DRIVER);
    }
    faults.keys(idea);
    look_fors::check(&mut faults, &idea.form);
    measures::check(&mut faults, idea);
    faults.0
}

/// Faults as they are found.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, place: impl Into<String>, wrong: Wrong) {
        self.0.push(Fault {
            place: place.into(),
            wrong,
        });
    }

    fn require(&mut self, holds: bool, place: impl Into<String>, wrong: Wrong) {
        if !holds {
            self.add(place, wrong);
        }
    }

    /// Every measure has a key of its own, whether it is a look-for, a question or an outcome.
    fn keys(&mut self, idea: &ChangeIdea) {
        let look_fors = idea.form.look_fors.iter().map(|one| &*one.key.0);
        let questions = idea.questions.iter().map(|one| &*one.key);
        let outcomes = idea.outcomes.iter().map(|one| &*one.key);
        let keys = (look_fors.enumerate().map(|key| ("look_for", key)))
            .chain(questions.enumerate().map(|key| ("question", key)))
            .chain(outcomes.enumerate().map(|key| ("outcome", key)));
        let mut seen = Vec::new();
        for (list, (place, key)) in keys {
            let place = format!("{list}[{place}].key");
            self.key(&place, key);
            if seen.contains(&key) {
                self.add(place, Wrong::KeyTwice);
            }
            seen.push(key);
        }
    }
}
