//! What a finger means: the act of touching something on the form, given what is marked there.

use super::act::Act;
use super::{Draft, Mark};
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{Choice, Kind, LookFor};
use crate::domain::collect::rating::Rating;
use crate::domain::moment::Moment;

/// What on a look-for was touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A choice that excludes all others: touched again it is cleared.
    Rating(Rating),
    /// One of the choices of which there may be many, by its key.
    Choice(String),
    /// "+1" of a counter, or "−".
    Step(bool),
    /// The button of a timer. When it runs: for how long, as the page knows.
    Timer(Option<u64>),
    /// A digit (0 to 9) or a ten (10, 20, 30) on the strip of "how many", or of "of how many".
    Number {
        /// Whether it is "of how many".
        of: bool,
        /// The digit or ten.
        number: u16,
    },
    /// "+1" or "−" at the focus seats or the others.
    Seats {
        /// Whether at the focus seats.
        focus: bool,
        /// Whether it is one more.
        more: bool,
    },
    /// The star of a bright spot.
    Bright,
}

impl Draft {
    /// The act of touching something on the look-for at this place of the form; none when that means
    /// nothing.
    pub fn touch(&self, form: &Form, place: usize, touch: Touch, at: Moment) -> Option<Act> {
        let LookFor { key, kind, .. } = form.look_fors.get(place)?;
        let mark = self.mark(place)?;
        let look_for = key.clone();
        Some(match touch {
            Touch::Rating(rating) => {
                let marked = mark.rating.as_ref() == Some(&rating);
                let rating = (!marked).then_some(rating);
                Act::Rate { look_for, rating }
            }
            Touch::Choice(touched) => {
                let Kind::Many { choices } = kind else {
                    return None;
                };
                let rating = many(choices, mark, &touched);
                Act::Rate { look_for, rating }
            }
            Touch::Step(true) => Act::Count {
                look_for,
                at_s: seconds_between(self.head.begun, at),
            },
            Touch::Step(false) => Act::Uncount { look_for },
            Touch::Timer(ran_ms) => match mark.running {
                None => Act::Start { look_for },
                Some(_) => Act::Stop { look_for, ran_ms },
            },
            Touch::Number { of: false, number } => Act::Part {
                look_for,
                number: stripped(mark.part, number),
            },
            Touch::Number { of: true, number } => Act::Of {
                look_for,
                number: stripped(mark.of, number),
            },
            Touch::Seats { focus: at, more } => {
                let (mut focus, mut others) = match mark.rating {
                    Some(Rating::Seats { focus, others }) => (focus, others),
                    _ => (0, 0),
                };
                let seat = if at { &mut focus } else { &mut others };
                *seat = match more {
                    true => seat.saturating_add(1),
                    false => seat.saturating_sub(1),
                };
                let rating = Some(Rating::Seats { focus, others });
                Act::Rate { look_for, rating }
            }
            Touch::Bright => Act::Bright {
                look_for: Some(look_for),
                on: !mark.bright,
            },
        })
    }
}

/// The choices after one of them was touched, in the form's order. One that stands apart excludes the
/// others, and they exclude it.
fn many(choices: &[Choice], mark: &Mark, touched: &str) -> Option<Rating> {
    let before: &[String] = match &mark.rating {
        Some(Rating::Many(keys)) => keys,
        _ => &[],
    };
    let apart = |key: &str| choices.iter().any(|one| one.key == key && one.apart);
    let on = !before.iter().any(|key| key == touched);
    let keys: Vec<String> = choices
        .iter()
        .map(|choice| &choice.key)
        .filter(|key| match key.as_str() == touched {
            true => on,
            false => before.contains(key) && (!on || apart(key) == apart(touched)),
        })
        .cloned()
        .collect();
    (!keys.is_empty()).then_some(Rating::Many(keys))
}

/// A number after a digit or a ten of its strip was touched. What is marked is cleared by a second touch; the
/// digit and the ten make the number together.
pub fn stripped(number: Option<u16>, touched: u16) -> Option<u16> {
    let before = number.unwrap_or(0);
    let (tens, ones) = (before / 10 * 10, before % 10);
    match (touched >= 10, number) {
        (_, None) => Some(touched),
        (true, Some(_)) if touched == tens => (ones > 0).then_some(ones),
        (true, Some(_)) => Some(touched + ones),
        (false, Some(_)) if touched == ones && (ones > 0 || tens == 0) => {
            (tens > 0).then_some(tens)
        }
        (false, Some(_)) => Some(tens + touched),
    }
}

/// Whether a digit or a ten of a strip is part of the number.
pub fn is_on_the_strip(number: Option<u16>, shown: u16) -> bool {
    number.is_some_and(|number| match shown >= 10 {
        true => number / 10 * 10 == shown,
        false => number % 10 == shown && (shown > 0 || number == 0),
    })
}

/// Whole seconds from one moment to another; 0 when a clock went back.
fn seconds_between(from: Moment, to: Moment) -> u32 {
    u32::try_from(to.at_utc_ms.saturating_sub(from.at_utc_ms) / 1_000).unwrap_or(0)
}
