//! Days and times as people write them.

use super::Language;
use crate::domain::moment::Moment;
use chrono::{DateTime, Datelike, NaiveDateTime};

const DAYS: [(&str, &str); 7] = [
    ("Monday", "lunes"),
    ("Tuesday", "martes"),
    ("Wednesday", "miércoles"),
    ("Thursday", "jueves"),
    ("Friday", "viernes"),
    ("Saturday", "sábado"),
    ("Sunday", "domingo"),
];
const MONTHS: [(&str, &str); 12] = [
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
];

impl Language {
    /// The day on the wall of the place: "Tuesday, November 24", "martes 24 de noviembre". Empty for a
    /// time that no calendar has.
    pub fn day(self, moment: Moment) -> String {
        let Some(at) = on_the_wall(moment) else {
            return String::new();
        };
        let weekday = DAYS.get(at.weekday().num_days_from_monday() as usize);
        let month = MONTHS.get(at.month0() as usize);
        let (Some(weekday), Some(month)) = (weekday, month) else {
            return String::new();
        };
        let day = at.day();
        match self {
            Self::English => format!("{}, {} {day}", weekday.0, month.0),
            Self::Spanish => format!("{} {day} de {}", weekday.1, month.1),
        }
    }

    /// The time on the wall of the place: "10:46 AM", "10:46 a. m.".
    pub fn time(self, moment: Moment) -> String {
        self.clock(moment.wall_clock())
    }

    /// An hour, from 0, and a minute, as people here say them.
    pub fn clock(self, (hour, minute): (u8, u8)) -> String {
        let half = match (self, hour < 12) {
            (Self::English, true) => "AM",
            (Self::English, false) => "PM",
            (Self::Spanish, true) => "a.\u{a0}m.",
            (Self::Spanish, false) => "p.\u{a0}m.",
        };
        let hour = (hour + 11) % 12 + 1;
        format!("{hour}:{minute:02}\u{a0}{half}")
    }
}

fn on_the_wall(moment: Moment) -> Option<NaiveDateTime> {
    let offset_ms = i64::from(moment.offset_min) * 60_000;
    DateTime::from_timestamp_millis(moment.at_utc_ms.checked_add(offset_ms)?)
        .map(|at| at.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// 2026-11-25T12:00Z, a Wednesday.
    const NOON: i64 = 1_795_608_000_000;

    #[rstest]
    #[case::in_california(NOON, -480, "Wednesday, November 25", "miércoles 25 de noviembre")]
    #[case::the_day_before(NOON, -780, "Tuesday, November 24", "martes 24 de noviembre")]
    #[case::no_calendar_has_it(i64::MAX, 0, "", "")]
    fn a_day_is_the_one_of_the_place(
        #[case] at_utc_ms: i64,
        #[case] offset_min: i16,
        #[case] english: &str,
        #[case] spanish: &str,
    ) {
        let moment = Moment {
            at_utc_ms,
            offset_min,
        };
        assert_eq!(Language::English.day(moment), english);
        assert_eq!(Language::Spanish.day(moment), spanish);
    }

    #[rstest]
    #[case::midnight(-720, "12:00\u{a0}AM")]
    #[case::morning(-480, "4:00\u{a0}AM")]
    #[case::noon(0, "12:00\u{a0}PM")]
    #[case::evening(545, "9:05\u{a0}PM")]
    fn a_clock_has_twelve_hours(#[case] offset_min: i16, #[case] english: &str) {
        let at_utc_ms = NOON;
        let moment = Moment {
            at_utc_ms,
            offset_min,
        };
        assert_eq!(Language::English.time(moment), english);
    }
}
