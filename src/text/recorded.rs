//! What was recorded for a look-for, in words: for reviews, cards and the whole record.

use super::{Language, Say};
use crate::domain::collect::look_for::{Choice, Kind, LookFor};
use crate::domain::collect::rating::Rating;

impl Language {
    /// What was recorded, as a short phrase that begins with a small letter where the language's own word
    /// does. `look_for` is none where its form is not here: then choices are said by their keys.
    pub fn recorded(self, look_for: Option<&LookFor>, rating: &Rating) -> String {
        match rating {
            Rating::Seen => self.say(&Say::Seen),
            Rating::Partly => self.say(&Say::Partly),
            Rating::NotSeen => self.say(&Say::NotSeen),
            Rating::NotTheMoment => self.say(&Say::NotTheMoment),
            Rating::Level(level) => match look_for.map(|look_for| &look_for.kind) {
                Some(Kind::Level { anchors }) => anchors
                    .get(usize::from(*level))
                    .map(|anchor| self.of(anchor).to_owned())
                    .unwrap_or_default(),
                _ => String::new(),
            },
            Rating::Count(times) => self.times(times.len()),
            Rating::Timed { seconds, .. } => self.lasted(*seconds),
            Rating::Ratio { part, of } => match self {
                Self::English => format!("{part} of {of}"),
                Self::Spanish => format!("{part} de {of}"),
            },
            Rating::Seats { focus, others } => match self {
                Self::English => format!("focus seats {focus}, others {others}"),
                Self::Spanish => format!("lugares de enfoque {focus}, otros {others}"),
            },
            Rating::One(key) => self.choice(look_for, key),
            Rating::Many(keys) => {
                let words: Vec<String> =
                    keys.iter().map(|key| self.choice(look_for, key)).collect();
                words.join(", ")
            }
            Rating::Noted => match self {
                Self::English => "written down".into(),
                Self::Spanish => "anotado".into(),
            },
        }
    }

    /// How often.
    pub fn times(self, times: usize) -> String {
        match (self, times) {
            (Self::English, 1) => "once".into(),
            (Self::English, _) => format!("{times} times"),
            (Self::Spanish, 1) => "una vez".into(),
            (Self::Spanish, _) => format!("{times} veces"),
        }
    }

    /// How long, in minutes and seconds.
    pub fn lasted(self, seconds: u32) -> String {
        match (seconds / 60, seconds % 60) {
            (0, seconds) => format!("{seconds} s"),
            (minutes, 0) => format!("{minutes} min"),
            (minutes, seconds) => format!("{minutes} min {seconds} s"),
        }
    }

    fn choice(self, look_for: Option<&LookFor>, key: &str) -> String {
        let choices: &[Choice] = match look_for.map(|look_for| &look_for.kind) {
            Some(Kind::One { choices } | Kind::Many { choices }) => choices,
            _ => &[],
        };
        choices
            .iter()
            .find(|choice| choice.key == key)
            .map_or_else(|| key.into(), |choice| self.of(&choice.words).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::once(Rating::Count(vec![4]), "once", "una vez")]
    #[case::never(Rating::Count(vec![]), "0 times", "0 veces")]
    #[case::a_time(Rating::Timed { seconds: 78, unsure: false }, "1 min 18 s", "1 min 18 s")]
    #[case::a_ratio(Rating::Ratio { part: 3, of: 5 }, "3 of 5", "3 de 5")]
    #[case::a_choice_of_an_unknown_form(Rating::One("second".into()), "second", "second")]
    fn a_rating_is_said_in_both_languages(
        #[case] rating: Rating,
        #[case] english: &str,
        #[case] spanish: &str,
    ) {
        assert_eq!(Language::English.recorded(None, &rating), english);
        assert_eq!(Language::Spanish.recorded(None, &rating), spanish);
    }
}
