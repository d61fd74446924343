//! Relevance, told once: what a rule can ask of a look-for of each kind, and when it holds.
//!
//! Drafts decide by it what is asked, the check of a form what may stand in a rule, and the demo what is marked.

use super::look_for::{Kind, LookForKey, Rule};
use super::rating::Rating;

/// What a rule can ask of a look-for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Askable {
    /// Whether it has one of these values, "not the moment" aside.
    Values(Vec<String>),
    /// Whether its number is at least another; the largest that can be asked, where there is one.
    Number(Option<u32>),
    /// Nothing but "not the moment".
    Nothing,
}

impl Kind {
    /// What a rule can ask of a look-for of this kind.
    pub fn askable(&self) -> Askable {
        match self {
            Self::States => {
                Askable::Values(["seen", "partly", "not_seen"].map(String::from).into())
            }
            Self::One { choices } | Self::Many { choices } => {
                Askable::Values(choices.iter().map(|choice| choice.key.clone()).collect())
            }
            Self::Level { anchors } => {
                let most = u32::try_from(anchors.len()).unwrap_or(u32::MAX);
                Askable::Number(Some(most.saturating_sub(1)))
            }
            Self::Counter | Self::Timer | Self::Ratio { .. } => Askable::Number(None),
            // Of two numbers side by side neither is the look-for's.
            Self::Seats | Self::Note => Askable::Nothing,
        }
    }
}

impl Rule {
    /// Whether it holds, by what is recorded for a look-for. What has no rating has no value and no number.
    pub fn holds<'a>(&self, rating: &dyn Fn(&LookForKey) -> Option<&'a Rating>) -> bool {
        match self {
            Self::Is { look_for, any_of } => {
                rating(look_for).is_some_and(|rating| any_of.iter().any(|value| has(rating, value)))
            }
            Self::AtLeast { look_for, number } => rating(look_for)
                .and_then(number_of)
                .is_some_and(|found| found >= *number),
            Self::All(rules) => rules.iter().all(|rule| rule.holds(rating)),
            Self::Any(rules) => rules.iter().any(|rule| rule.holds(rating)),
            Self::Not(rule) => !rule.holds(rating),
        }
    }
}

/// Whether the rating has this value: the name of a state, or the key of a choice.
fn has(rating: &Rating, value: &str) -> bool {
    match rating {
        Rating::Seen => value == "seen",
        Rating::Partly => value == "partly",
        Rating::NotSeen => value == "not_seen",
        Rating::NotTheMoment => value == "not_the_moment",
        Rating::One(key) => key == value,
        Rating::Many(keys) => keys.iter().any(|key| key == value),
        Rating::Level(_)
        | Rating::Count(_)
        | Rating::Timed { .. }
        | Rating::Ratio { .. }
        | Rating::Seats { .. }
        | Rating::Noted => false,
    }
}

/// The level, count, seconds or part.
fn number_of(rating: &Rating) -> Option<u32> {
    match rating {
        Rating::Level(level) => Some(u32::from(*level)),
        Rating::Count(times) => u32::try_from(times.len()).ok(),
        Rating::Timed { seconds, .. } => Some(*seconds),
        Rating::Ratio { part, .. } => Some(u32::from(*part)),
        Rating::Seen
        | Rating::Partly
        | Rating::NotSeen
        | Rating::NotTheMoment
        | Rating::Seats { .. }
        | Rating::One(_)
        | Rating::Many(_)
        | Rating::Noted => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::draft::Act;
    use crate::domain::collect::samples::every_kind;

    /// What a form may ask is what a visit can answer: for each kind of look-for and each rating that it takes.
    #[test]
    fn a_rule_may_ask_what_a_rating_can_answer_and_nothing_else() {
        let form = every_kind();
        for look_for in &form.look_fors {
            let takes = |rating: &Rating| {
                let rate = Act::Rate {
                    look_for: look_for.key.clone(),
                    rating: Some(rating.clone()),
                };
                *rating != Rating::NotTheMoment && rate.fits(&form).is_ok()
            };
            for rating in Rating::samples().filter(takes) {
                let (values, number) = match look_for.kind.askable() {
                    Askable::Values(values) => (values, false),
                    Askable::Number(_) => (Vec::new(), true),
                    Askable::Nothing => (Vec::new(), false),
                };
                let key = &look_for.key;
                assert_eq!(number_of(&rating).is_some(), number, "{key}: {rating:?}");
                let found = values.iter().any(|value| has(&rating, value));
                assert_eq!(found, !values.is_empty(), "{key}: {rating:?}");
            }
        }
    }

    #[test]
    fn a_rule_looks_at_what_is_recorded_alone() {
        let counted = Rating::Count(vec![3, 40]);
        let rating = |key: &LookForKey| (key.0 == "questions").then_some(&counted);
        let at_least = |key: &str, number| Rule::AtLeast {
            look_for: LookForKey(key.into()),
            number,
        };
        let (two, three, none) = (
            at_least("questions", 2),
            at_least("questions", 3),
            at_least("talking", 0),
        );
        assert!(two.holds(&rating) && !three.holds(&rating) && !none.holds(&rating));
        assert!(Rule::Any(vec![three.clone(), two.clone()]).holds(&rating));
        assert!(!Rule::All(vec![two, three.clone()]).holds(&rating));
        assert!(Rule::Not(Box::new(three)).holds(&rating));
    }
}
