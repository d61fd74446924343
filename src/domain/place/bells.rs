//! Bells: when the periods of each kind of day are.

use crate::domain::id::SiteId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A kind of day as a site names it, such as "A", "B" or "minimum".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DayType(pub String);

impl fmt::Display for DayType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The bells of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bells {
    /// The site.
    pub site: SiteId,
    /// Each kind of day once.
    pub schedules: Vec<Schedule>,
}

/// The periods of one kind of day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The kind of day.
    pub day_type: DayType,
    /// Its periods, by their starts.
    pub periods: Vec<Period>,
}

/// One period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// What it is called, such as "3" or "Lunch".
    pub name: String,
    /// When it starts, in minutes since midnight on the wall.
    pub starts_min: u16,
    /// When it ends; the first minute that is no longer in it.
    pub ends_min: u16,
}

/// How long before a period starts a class is already on its way to it, in minutes.
const PASSING_MIN: u16 = 10;

impl Bells {
    /// The schedule of a kind of day. A day whose kind nobody said has the only schedule that there is.
    pub fn schedule(&self, day_type: Option<&DayType>) -> Option<&Schedule> {
        match (day_type, self.schedules.as_slice()) {
            (Some(named), all) => all
                .iter()
                .find(|schedule| schedule.day_type.0.eq_ignore_ascii_case(&named.0)),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}

impl Schedule {
    /// The period at a minute of the day. Between two the one that starts within ten minutes; of several at
    /// once the one that started last.
    pub fn period_at(&self, minute: u16) -> Option<&Period> {
        let running = self
            .periods
            .iter()
            .filter(|period| (period.starts_min..period.ends_min).contains(&minute))
            .max_by_key(|period| period.starts_min);
        running.or_else(|| {
            self.periods
                .iter()
                .filter(|period| period.starts_min >= minute)
                .filter(|period| period.starts_min - minute <= PASSING_MIN)
                .min_by_key(|period| period.starts_min)
        })
    }
}

/// Whether a class that says it meets in `said` meets in this period of this kind of day. Rosters write "3",
/// "03", "Period 3", "A3", "3(A)" or "3-A" for the third period.
pub fn meets(said: &str, period: &str, day_type: Option<&DayType>) -> bool {
    let (said, period) = (plain(said), plain(period));
    if said.is_empty() || period.is_empty() {
        return false;
    }
    let day_type = day_type.map(|day_type| plain(&day_type.0));
    said == period
        || day_type.is_some_and(|day_type| {
            said == format!("{day_type}{period}") || said == format!("{period}{day_type}")
        })
}

/// Letters in capitals and digits without leading zeros, and nothing else; without the word "period".
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut in_number = false;
    for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
        if letter == '0' && !in_number {
            continue;
        }
        in_number = letter.is_ascii_digit();
        plain.extend(letter.to_uppercase());
    }
    for word in ["PERIOD", "PER", "P"] {
        let number = plain.strip_prefix(word).filter(|rest| {
            let first = rest.bytes().next();
            first.is_some_and(|byte| byte.is_ascii_digit())
        });
        if let Some(number) = number {
            return number.into();
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn schedule() -> Schedule {
        let period = |name: &str, starts_min, ends_min| Period {
            name: name.into(),
            starts_min,
            ends_min,
        };
        Schedule {
            day_type: DayType("A".into()),
            periods: vec![
                period("1", 480, 535),
                period("3", 541, 665),
                period("Lunch", 665, 700),
            ],
        }
    }

    #[rstest]
    #[case::long_before(400, None)]
    #[case::just_before(470, Some("1"))]
    #[case::the_first_minute(480, Some("1"))]
    #[case::the_last_minute(534, Some("1"))]
    #[case::between_two(535, Some("3"))]
    #[case::the_next_at_once(665, Some("Lunch"))]
    #[case::after_all(700, None)]
    fn a_period_runs_until_its_bell(#[case] minute: u16, #[case] wanted: Option<&str>) {
        let schedule = schedule();
        let period = schedule.period_at(minute);
        assert_eq!(period.map(|period| &*period.name), wanted);
    }

    #[rstest]
    #[case::the_same("3", true)]
    #[case::with_a_zero("03", true)]
    #[case::in_words("Period 3", true)]
    #[case::shortened("P3", true)]
    #[case::with_its_day("A3", true)]
    #[case::with_its_day_behind("3(A)", true)]
    #[case::on_the_other_day("3(B)", false)]
    #[case::another("4", false)]
    #[case::a_longer_number("33", false)]
    #[case::ten_is_not_one("30", false)]
    #[case::nothing("", false)]
    #[case::a_hyphen("-", false)]
    fn a_class_meets_in_the_period_that_its_roster_means(#[case] said: &str, #[case] wanted: bool) {
        assert_eq!(meets(said, "3", Some(&DayType("a".into()))), wanted);
    }

    #[test]
    fn a_day_of_unknown_kind_has_the_only_schedule_there_is() {
        let mut bells = Bells {
            site: SiteId::mint(1, [1; 10]),
            schedules: vec![schedule()],
        };
        assert_eq!(bells.schedule(None), Some(&schedule()));
        assert_eq!(
            bells.schedule(Some(&DayType("a".into()))),
            Some(&schedule())
        );
        assert_eq!(bells.schedule(Some(&DayType("B".into()))), None);
        bells.schedules.push(Schedule {
            day_type: DayType("B".into()),
            periods: Vec::new(),
        });
        assert_eq!(bells.schedule(None), None);
    }

    proptest! {
        #[test]
        fn no_texts_make_meeting_panic(said in ".{0,12}", period in ".{0,12}", day in ".{0,6}") {
            meets(&said, &period, Some(&DayType(day)));
        }
    }
}
