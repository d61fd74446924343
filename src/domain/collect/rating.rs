//! What an observer records for a look-for.

use serde::{Deserialize, Serialize};

/// What is recorded for a look-for. A look-for without a rating was not looked for, which is never "no".
///
/// Which ratings a look-for takes is said by its [`super::look_for::Kind`]; [`Rating::NotTheMoment`] is
/// possible on every kind and outside every denominator. The three states are a text in JSON, as they were
/// in schemas 1 and 2 of a walkthrough; the others came with schema 3 and are objects of one field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// It was there.
    Seen,
    /// Some of it was there.
    Partly,
    /// It was looked for and was not there.
    NotSeen,
    /// The lesson was not at a point where it could be there; outside every denominator.
    NotTheMoment,
    /// The anchor that fits best, by its place among the anchors, from 0. It is never shown as a number.
    Level(u8),
    /// Each time that it was counted, in seconds since the visit began.
    Count(Vec<u32>),
    /// How long it lasted.
    Timed {
        /// In seconds, all runs together.
        seconds: u32,
        /// Whether the device's clocks disagreed about it by more than a second.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unsure: bool,
    },
    /// So many of so many.
    Ratio {
        /// How many of them.
        part: u16,
        /// Of how many; never less than `part`.
        of: u16,
    },
    /// How often at the focus seats, and how often at the others.
    Seats {
        /// At the focus seats.
        focus: u16,
        /// At the other seats.
        others: u16,
    },
    /// One of the look-for's choices, by its key.
    One(String),
    /// Some of the look-for's choices, by their keys, in the form's order.
    Many(Vec<String>),
    /// Something was written down; the text is in the words of the event.
    Noted,
}

impl Rating {
    /// The choices of a look-for of three states, in the order in which they stand on the form.
    pub const STATES: [Self; 4] = [Self::Seen, Self::Partly, Self::NotSeen, Self::NotTheMoment];

    /// Whether schemas 1 and 2 of a walkthrough could say it.
    pub fn is_state(&self) -> bool {
        Self::STATES.contains(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_state(Rating::NotTheMoment, r#""not_the_moment""#)]
    #[case::a_level(Rating::Level(2), r#"{"level":2}"#)]
    #[case::a_count(Rating::Count(vec![3, 40]), r#"{"count":[3,40]}"#)]
    #[case::a_time(Rating::Timed { seconds: 95, unsure: false }, r#"{"timed":{"seconds":95}}"#)]
    #[case::a_ratio(Rating::Ratio { part: 3, of: 5 }, r#"{"ratio":{"part":3,"of":5}}"#)]
    #[case::a_choice(Rating::One("second".into()), r#"{"one":"second"}"#)]
    fn a_rating_is_written_as_the_protocol_says(#[case] rating: Rating, #[case] json: &str) {
        assert_eq!(serde_json::to_string(&rating).ok().as_deref(), Some(json));
        assert_eq!(serde_json::from_str::<Rating>(json).ok(), Some(rating));
    }
}
