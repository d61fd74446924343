//! The calendar: which days are school days, and of what kind.

use super::bells::DayType;
use super::day::Day;
use crate::domain::id::SiteId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The days of a site. An empty one is no calendar: then Monday to Friday are school days.
///
/// Districts write calendars in two ways. One that names more than half of the weekdays between its first and
/// its last day is taken as whole: what it leaves out has no school. One that names fewer lists exceptions, and
/// what it leaves out are Monday to Friday. Outside of its first and last day no calendar says anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Day, Option<DayType>>,
    whole: bool,
}

/// What the feed carries of a calendar: the days that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDocument {
    /// The site.
    pub site: SiteId,
    /// Each day that is named, with its kind; none where there is no school.
    pub days: BTreeMap<Day, Option<DayType>>,
}

/// What kind of day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// There is no school.
    NoSchool,
    /// A school day, with its kind where the calendar says it.
    School(Option<&'a DayType>),
}

/// After so many days without school in a row a calendar is taken to have ended.
const LONGEST_PAUSE_DAYS: u32 = 400;

impl From<CalendarDocument> for Calendar {
    fn from(document: CalendarDocument) -> Self {
        Self::of(document.days)
    }
}

impl Calendar {
    /// The calendar that names these days.
    pub fn of(days: BTreeMap<Day, Option<DayType>>) -> Self {
        let whole = match (days.first_key_value(), days.last_key_value()) {
            (Some((first, _)), Some((last, _))) => {
                let named = days.iter().filter(|(_, kind)| kind.is_some()).count() as i64;
                2 * named > weekdays(*first, last.next())
            }
            _ => false,
        };
        Self { days, whole }
    }

    /// What kind of day it is.
    pub fn kind(&self, day: Day) -> Kind<'_> {
        match self.days.get(&day) {
            Some(None) => Kind::NoSchool,
            Some(Some(day_type)) => Kind::School(Some(day_type)),
            None if self.whole && self.spans(day) => Kind::NoSchool,
            None if day.is_weekday() => Kind::School(None),
            None => Kind::NoSchool,
        }
    }

    /// Whether there is school.
    pub fn is_school_day(&self, day: Day) -> bool {
        self.kind(day) != Kind::NoSchool
    }

    /// How many school days there are after `from`, up to and with `until`: 1 from a Monday to the Tuesday. 0 when
    /// `until` is not later. Counting ends at 400 days.
    pub fn school_days(&self, from: Day, until: Day) -> u32 {
        let mut count = 0;
        let mut day = from;
        for _ in 0..LONGEST_PAUSE_DAYS {
            if day >= until {
                break;
            }
            day = day.next();
            count += u32::from(self.is_school_day(day));
        }
        count
    }

    /// The day that is so many school days after `from`; for 0, `from` itself, whatever day it is. Past 400 days
    /// without school Monday to Friday count.
    pub fn school_days_after(&self, from: Day, school_days: u32) -> Day {
        let (mut day, mut left, mut pause) = (from, school_days, 0);
        while left > 0 && day.next() > day {
            day = day.next();
            let ended = pause >= LONGEST_PAUSE_DAYS;
            let is_school = match ended {
                true => day.is_weekday(),
                false => self.is_school_day(day),
            };
            left -= u32::from(is_school);
            match is_school {
                true if !ended => pause = 0,
                _ => pause += 1,
            }
        }
        day
    }

    fn spans(&self, day: Day) -> bool {
        let first = self.days.first_key_value();
        let last = self.days.last_key_value();
        first.is_some_and(|(first, _)| *first <= day) && last.is_some_and(|(last, _)| day <= *last)
    }
}

/// How many of Monday to Friday there are from a day on, up to another one, which does not count.
fn weekdays(from: Day, until: Day) -> i64 {
    let days = (until.since_epoch() - from.since_epoch()).max(0);
    let rest = (0..days % 7).filter(|step| from.plus(*step).is_weekday());
    days / 7 * 5 + rest.count() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn calendar(days: &[(&str, Option<&str>)]) -> Calendar {
        let entry = |(on, kind): &(&str, Option<&str>)| {
            let kind = kind.map(|kind| DayType(kind.into()));
            (day(on), kind)
        };
        Calendar::of(days.iter().map(entry).collect())
    }

    /// Two weeks of A and B days with a minimum Wednesday, a holiday on the second Monday, and nothing said of
    /// the second Tuesday.
    fn whole() -> Calendar {
        calendar(&[
            ("2026-11-09", Some("A")),
            ("2026-11-10", Some("B")),
            ("2026-11-11", None),
            ("2026-11-12", Some("A")),
            ("2026-11-13", Some("B")),
            ("2026-11-16", None),
            ("2026-11-18", Some("minimum")),
            ("2026-11-19", Some("A")),
            ("2026-11-20", Some("B")),
        ])
    }

    #[rstest]
    #[case::an_a_day("2026-11-12", Some(Some("A")))]
    #[case::a_minimum_day("2026-11-18", Some(Some("minimum")))]
    #[case::a_holiday("2026-11-16", None)]
    #[case::left_out("2026-11-17", None)]
    #[case::a_weekend("2026-11-14", None)]
    #[case::a_weekday_after_its_end("2026-11-23", Some(None))]
    #[case::a_weekend_after_its_end("2026-11-22", None)]
    fn a_whole_calendar_says_which_days_are_school_days(
        #[case] on: &str,
        #[case] wanted: Option<Option<&str>>,
    ) {
        let calendar = whole();
        let found = match calendar.kind(day(on)) {
            Kind::NoSchool => None,
            Kind::School(kind) => Some(kind.map(|kind| &*kind.0)),
        };
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_list_of_exceptions_leaves_the_other_weekdays_alone() {
        let exceptions = calendar(&[
            ("2026-09-07", None),
            ("2026-11-11", None),
            ("2026-11-14", Some("Saturday school")),
            ("2026-12-18", Some("minimum")),
        ]);
        assert!(!exceptions.is_school_day(day("2026-11-11")));
        assert!(exceptions.is_school_day(day("2026-11-12")));
        assert!(exceptions.is_school_day(day("2026-11-14")));
        assert!(!exceptions.is_school_day(day("2026-11-15")));
    }

    #[rstest]
    #[case::the_same_day("2026-11-13", "2026-11-13", 0)]
    #[case::the_day_before("2026-11-13", "2026-11-12", 0)]
    #[case::over_a_weekend_and_a_holiday("2026-11-13", "2026-11-18", 1)]
    #[case::two_weeks("2026-11-09", "2026-11-20", 6)]
    fn school_days_between_two_days_are_counted(
        #[case] from: &str,
        #[case] until: &str,
        #[case] wanted: u32,
    ) {
        assert_eq!(whole().school_days(day(from), day(until)), wanted);
    }

    #[rstest]
    #[case::the_same_day("2026-11-14", 0, "2026-11-14")]
    #[case::one_over_a_holiday("2026-11-13", 1, "2026-11-18")]
    #[case::past_the_end("2026-11-20", 2, "2026-11-24")]
    fn a_deadline_falls_on_a_school_day(
        #[case] from: &str,
        #[case] school_days: u32,
        #[case] wanted: &str,
    ) {
        let found = whole().school_days_after(day(from), school_days);
        assert_eq!(found, day(wanted));
    }

    #[test]
    fn without_a_calendar_monday_to_friday_are_school_days() {
        let none = Calendar::default();
        assert_eq!(none.school_days(day("2026-11-20"), day("2026-11-30")), 6);
        assert_eq!(
            none.school_days_after(day("2026-11-20"), 1),
            day("2026-11-23")
        );
    }

    #[test]
    fn a_deadline_comes_even_where_the_calendar_has_no_school_for_years() {
        let days = (0..1500).map(|step| (day("2026-01-01").plus(step), None));
        let closed = Calendar::of(days.collect());
        assert!(closed.school_days_after(day("2026-01-01"), 3) < day("2027-04-01"));
    }

    proptest! {
        #[test]
        fn counting_and_stepping_agree(from in 0i64..20, school_days in 0u32..30) {
            let calendar = whole();
            let from = day("2026-11-01").plus(from);
            let after = calendar.school_days_after(from, school_days);
            prop_assert_eq!(calendar.school_days(from, after), school_days);
        }

        #[test]
        fn weekdays_are_counted_as_one_counts_them(from in 0i64..40_000, days in 0i64..60) {
            let from = Day::from_epoch(from).expect("a day");
            let one_by_one = (0..days).filter(|step| from.plus(*step).is_weekday()).count();
            prop_assert_eq!(weekdays(from, from.plus(days)), one_by_one as i64);
        }
    }
}
