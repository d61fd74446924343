//! What an observer records for a look-for.

use serde::{Deserialize, Serialize};

/// What is recorded for a look-for. A look-for without a rating was not looked for, which is never "no".
///
/// Which ratings a look-for takes is said by its [`super::look_for::Kind`]; [`Rating::NotTheMoment`] is
/// possible on every kind and outside every denominator. The states, and that something was noted, are a text in
/// JSON; the others are objects of one field. [`Rating::since_schema`] says which schema brought which.
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

    /// Whether it is one of the three states, or "not the moment".
    pub fn is_state(&self) -> bool {
        Self::STATES.contains(self)
    }

    /// The first schema of a walkthrough that can say it. A new rating gets a schema of its own: a server that
    /// does not know that schema keeps the visit unread, and one that knows it reads it. Under a schema that it
    /// knows, a rating that it does not know would be refused for ever.
    pub fn since_schema(&self) -> u32 {
        match self {
            Self::Seen | Self::Partly | Self::NotSeen | Self::NotTheMoment => 1,
            Self::Level(_)
            | Self::Count(_)
            | Self::Timed { .. }
            | Self::Ratio { .. }
            | Self::Seats { .. }
            | Self::One(_)
            | Self::Many(_)
            | Self::Noted => 3,
        }
    }

    /// One of each, for tests: whoever adds a rating finds that this does not compile without it.
    #[cfg(any(test, feature = "tests"))]
    pub fn samples() -> impl Iterator<Item = Self> {
        std::iter::successors(Some(Self::Seen), |before| match before {
            Self::Seen => Some(Self::Partly),
            Self::Partly => Some(Self::NotSeen),
            Self::NotSeen => Some(Self::NotTheMoment),
            Self::NotTheMoment => Some(Self::Level(2)),
            Self::Level(_) => Some(Self::Count(vec![3, 40])),
            Self::Count(_) => Some(Self::Timed {
                seconds: 95,
                unsure: true,
            }),
            Self::Timed { .. } => Some(Self::Ratio { part: 3, of: 5 }),
            Self::Ratio { .. } => Some(Self::Seats {
                focus: 2,
                others: 7,
            }),
            Self::Seats { .. } => Some(Self::One("second".into())),
            Self::One(_) => Some(Self::Many(vec!["clarify".into()])),
            Self::Many(_) => Some(Self::Noted),
            Self::Noted => None,
        })
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
