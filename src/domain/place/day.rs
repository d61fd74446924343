//! A date on a calendar, without a time.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A day, written `2026-11-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of a year, a month from 1 and a day of the month from 1; none when there is no such day in the
    /// years 1 to 9999.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Self> {
        let known = (1..=9999).contains(&year);
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|_| known)
            .map(Self)
    }

    /// The day that is so many days after 1970-01-01; none outside the years 1 to 9999.
    pub fn from_epoch(days: i64) -> Option<Self> {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
        let step = Days::new(days.unsigned_abs());
        let day = if days < 0 {
            epoch.checked_sub_days(step)
        } else {
            epoch.checked_add_days(step)
        }?;
        Self::of(day.year(), day.month(), day.day())
    }

    /// How many days it is after 1970-01-01.
    pub fn since_epoch(self) -> i64 {
        const EPOCH_FROM_CE: i64 = 719_163;
        i64::from(self.0.num_days_from_ce()) - EPOCH_FROM_CE
    }

    /// The next day; the last day that there is stays.
    pub fn next(self) -> Self {
        Self::from_epoch(self.since_epoch() + 1).unwrap_or(self)
    }

    /// So many days later, or earlier; the first and the last day that there are stay.
    pub fn plus(self, days: i64) -> Self {
        Self::from_epoch(self.since_epoch().saturating_add(days)).unwrap_or(self)
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_from_monday() as u8
    }

    /// Whether it is one of Monday to Friday.
    pub fn is_weekday(self) -> bool {
        self.weekday() <= 5
    }

    /// The first day of the week that it is in, when weeks begin on this day: 1 is Monday, 7 is Sunday.
    pub fn week(self, starts: u8) -> Self {
        let since = (i64::from(self.weekday()) - i64::from(starts)).rem_euclid(7);
        self.plus(-since)
    }

    /// The calendar year in which the school year that it is in ends: school years begin on 1 July.
    pub fn school_year(self) -> i32 {
        self.0.year() + i32::from(self.0.month() >= 7)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(day) = self;
        write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
    }
}

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "a day such as 2026-11-22";
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits);
            let part = part.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            part.and_then(|part| part.parse::<u32>().ok()).ok_or(WANTED)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        match parts.next() {
            Some(_) => Err(WANTED),
            None => Self::of(year.cast_signed(), month, day).ok_or(WANTED),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[rstest]
    #[case::no_such_day("2027-02-29")]
    #[case::american("11/22/2026")]
    #[case::short("2026-1-2")]
    #[case::a_time("2026-11-22T10:00")]
    #[case::signed("2026-+1-02")]
    #[case::nothing("")]
    #[case::a_year_too_many("2026-11-22-01")]
    #[case::year_zero("0000-01-01")]
    fn what_is_no_day_is_refused(#[case] text: &str) {
        assert!(text.parse::<Day>().is_err());
    }

    #[rstest]
    #[case::a_monday("2026-11-23", 1, "2026-11-23")]
    #[case::a_sunday("2026-11-22", 1, "2026-11-16")]
    #[case::a_sunday_where_weeks_begin_on_it("2026-11-22", 7, "2026-11-22")]
    #[case::a_saturday("2026-11-28", 7, "2026-11-22")]
    fn a_week_begins_where_the_district_says(
        #[case] text: &str,
        #[case] starts: u8,
        #[case] wanted: &str,
    ) {
        assert_eq!(day(text).week(starts), day(wanted));
    }

    #[rstest]
    #[case::in_june("2026-06-30", 2026)]
    #[case::in_july("2026-07-01", 2027)]
    fn a_school_year_begins_in_july(#[case] text: &str, #[case] year: i32) {
        assert_eq!(day(text).school_year(), year);
    }

    proptest! {
        #[test]
        fn a_day_is_read_as_it_is_written(days in -700_000i64..2_900_000) {
            if let Some(day) = Day::from_epoch(days) {
                prop_assert_eq!(day.since_epoch(), days);
                prop_assert_eq!(day.to_string().parse(), Ok(day));
                prop_assert_eq!(day.next().since_epoch() - days, 1);
            }
        }

        #[test]
        fn no_number_of_days_makes_it_panic(days: i64, text in ".{0,12}") {
            let _ = Day::from_epoch(days).map(|day| day.plus(days));
            let _ = text.parse::<Day>();
        }
    }
}
