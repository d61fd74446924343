//! Which look-fors are asked: by the rules of the form, and by whether one observer visits or several.

use super::mark::Mark;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{LookForKey, Rule};
use crate::domain::collect::rating::Rating;

/// For each look-for of the form, whether it is asked. A rule looks at what is recorded for look-fors before
/// it; what is recorded for one that is not asked itself does not count.
///
/// One observer is asked the core, where the form has one; several are asked all.
pub fn asked(form: &Form, marks: &[Mark], observers: u8) -> Vec<bool> {
    let core = observers < 2 && form.look_fors.iter().any(|look_for| look_for.core);
    let mut asked = Vec::with_capacity(form.look_fors.len());
    for look_for in &form.look_fors {
        let seen = Seen {
            form,
            marks,
            asked: &asked,
        };
        let relevant = look_for.when.as_ref().is_none_or(|rule| seen.holds(rule));
        asked.push(relevant && (look_for.core || !core));
    }
    asked
}

/// What a rule can look at.
struct Seen<'a> {
    form: &'a Form,
    marks: &'a [Mark],
    asked: &'a [bool],
}

impl Seen<'_> {
    fn holds(&self, rule: &Rule) -> bool {
        match rule {
            Rule::Is { look_for, any_of } => self
                .rating(look_for)
                .is_some_and(|rating| any_of.iter().any(|value| has(rating, value))),
            Rule::AtLeast { look_for, number } => self
                .rating(look_for)
                .and_then(amount)
                .is_some_and(|amount| amount >= *number),
            Rule::All(rules) => rules.iter().all(|rule| self.holds(rule)),
            Rule::Any(rules) => rules.iter().any(|rule| self.holds(rule)),
            Rule::Not(rule) => !self.holds(rule),
        }
    }

    fn rating(&self, key: &LookForKey) -> Option<&Rating> {
        let before = self.form.look_fors.iter().zip(self.marks).zip(self.asked);
        let mut found = before.filter(|((look_for, _), asked)| **asked && look_for.key == *key);
        found.next()?.0.1.rating.as_ref()
    }
}

/// Whether the rating has this value: the name of a state, or the key of a choice.
pub fn has(rating: &Rating, value: &str) -> bool {
    match rating {
        Rating::Seen => value == "seen",
        Rating::Partly => value == "partly",
        Rating::NotSeen => value == "not_seen",
        Rating::NotTheMoment => value == "not_the_moment",
        Rating::One(key) => key == value,
        Rating::Many(keys) => keys.iter().any(|key| key == value),
        _ => false,
    }
}

/// The level, count, seconds, part or number at all seats.
fn amount(rating: &Rating) -> Option<u32> {
    match rating {
        Rating::Level(level) => Some(u32::from(*level)),
        Rating::Count(times) => u32::try_from(times.len()).ok(),
        Rating::Timed { seconds, .. } => Some(*seconds),
        Rating::Ratio { part, .. } => Some(u32::from(*part)),
        Rating::Seats { focus, others } => Some(u32::from(*focus) + u32::from(*others)),
        _ => None,
    }
}
