//! The sentences of the office's pages: one list for each page.
//!
//! A list is a table: each line is a sentence's name and what it says in English and in Spanish, so that a
//! sentence cannot be missing in a language. Sentences with something in them are functions that answer
//! every language in one match.

pub mod agreement;
pub mod data;
pub mod devices;
pub mod frame;
pub mod ideas;
pub mod imports;
pub mod letter;
pub mod overview;
pub mod people;
pub mod pilot;
pub mod places;

use super::Language;
use crate::domain::moment::Moment;
use crate::domain::people::Role;
use chrono::{DateTime, Datelike};

/// Makes a list of sentences. What each one says in English is its documentation.
macro_rules! sentences {
    ($(#[$about:meta])* $list:ident { $($say:ident: $english:literal, $spanish:literal;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $list {
            $(#[doc = concat!("\"", $english, "\"")] $say,)+
        }

        impl $list {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$say),+];
        }

        impl $crate::text::office::Sentence for $list {
            fn of(self, language: $crate::text::Language) -> &'static str {
                match (language, self) {
                    $(($crate::text::Language::English, Self::$say) => $english,)+
                    $(($crate::text::Language::Spanish, Self::$say) => $spanish,)+
                }
            }
        }
    };
}
pub(in crate::text) use sentences;

/// A sentence without anything in it.
pub trait Sentence: Copy {
    /// What it says.
    fn of(self, language: Language) -> &'static str;
}

impl Language {
    /// A sentence of the office.
    pub fn office(self, sentence: impl Sentence) -> &'static str {
        sentence.of(self)
    }

    /// What a role is called.
    pub fn role(self, role: Role) -> &'static str {
        let (english, spanish) = match role {
            Role::Teacher => ("Teacher", "Docente"),
            Role::Principal => ("Principal", "Dirección"),
            Role::Coach => ("Coach", "Asesoría"),
            Role::Pilot => ("Pilot teacher", "Docente piloto"),
            Role::Lead => ("Improvement lead", "Responsable de mejora"),
            Role::Admin => ("Admin", "Administración"),
        };
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }

    /// A day with its year, and the time, short enough for a table: "Nov 24, 2026, 10:46 AM".
    pub fn day_and_time(self, moment: Moment) -> String {
        format!("{}, {}", self.short_day(moment), self.time(moment))
    }

    /// A day with its year: "Nov 24, 2026", "24 nov 2026". Empty for a time that no calendar has.
    pub fn short_day(self, moment: Moment) -> String {
        const MONTHS: [(&str, &str); 12] = [
            ("Jan", "ene"),
            ("Feb", "feb"),
            ("Mar", "mar"),
            ("Apr", "abr"),
            ("May", "may"),
            ("Jun", "jun"),
            ("Jul", "jul"),
            ("Aug", "ago"),
            ("Sep", "sep"),
            ("Oct", "oct"),
            ("Nov", "nov"),
            ("Dec", "dic"),
        ];
        let offset_ms = i64::from(moment.offset_min) * 60_000;
        let on_the_wall = moment
            .at_utc_ms
            .checked_add(offset_ms)
            .and_then(DateTime::from_timestamp_millis);
        let Some(at) = on_the_wall else {
            return String::new();
        };
        let (day, year) = (at.day(), at.year());
        let Some((english, spanish)) = MONTHS.get(at.month0() as usize) else {
            return String::new();
        };
        match self {
            Self::English => format!("{english} {day}, {year}"),
            Self::Spanish => format!("{day} {spanish} {year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ<T: Sentence + std::fmt::Debug>(list: &[T], same: &[&str]) {
        for sentence in list {
            let (english, spanish) = (
                sentence.of(Language::English),
                sentence.of(Language::Spanish),
            );
            assert!(!english.is_empty() && !spanish.is_empty(), "{sentence:?}");
            assert!(
                english != spanish || same.contains(&english),
                "{sentence:?}"
            );
            assert!(!english.contains('!') && !spanish.contains('!'));
        }
    }

    #[test]
    fn every_sentence_is_said_in_both_languages() {
        differ(frame::FrameSay::ALL, &["Lookfor"]);
        differ(overview::OverviewSay::ALL, &[]);
        differ(people::PeopleSay::ALL, &["No"]);
        differ(devices::DevicesSay::ALL, &[]);
        differ(agreement::AgreementSay::ALL, &[]);
        differ(letter::LetterSay::ALL, &[]);
        differ(places::PlacesSay::ALL, &[]);
        differ(pilot::PilotSay::ALL, &[]);
        differ(data::DataSay::ALL, &[]);
        differ(ideas::IdeasSay::ALL, &[]);
        differ(imports::ImportsSay::ALL, &[]);
    }

    #[test]
    fn a_day_in_a_table_has_its_year() {
        let moment = Moment {
            at_utc_ms: 1_795_608_000_000,
            offset_min: -480,
        };
        assert_eq!(
            Language::English.day_and_time(moment),
            "Nov 25, 2026, 4:00\u{a0}AM"
        );
        assert_eq!(Language::Spanish.short_day(moment), "25 nov 2026");
    }
}
