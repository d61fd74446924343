//! What the wall clock of a site shows at an instant, by the changes of its offset that the feed carries.
//!
//! A device knows no time zones: it has one row for each time that clocks are changed, as the server made them
//! of the district's zone.

use super::day::Day;
use crate::domain::moment::Moment;
use serde::{Deserialize, Serialize};

const MINUTE_MS: i64 = 60_000;
const DAY_MIN: i64 = 24 * 60;

/// From when on a wall clock is so far from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offset {
    /// From this instant, in milliseconds since 1970.
    pub from_utc_ms: i64,
    /// Minutes east of UTC.
    pub offset_min: i16,
}

/// A day and a time of day as a wall clock shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wall {
    /// The day.
    pub day: Day,
    /// Minutes since midnight, 0 to 1439.
    pub minute: u16,
}

impl Wall {
    /// Midnight at the beginning of a day.
    pub fn midnight(day: Day) -> Self {
        Self { day, minute: 0 }
    }
}

/// The changes of a site's offset, in the order of their instants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Offset>", into = "Vec<Offset>")]
pub struct Offsets(Vec<Offset>);

impl From<Vec<Offset>> for Offsets {
    fn from(mut changes: Vec<Offset>) -> Self {
        changes.retain(|change| Moment::OFFSETS_MIN.contains(&change.offset_min));
        changes.sort_by_key(|change| change.from_utc_ms);
        Self(changes)
    }
}

impl From<Offsets> for Vec<Offset> {
    fn from(offsets: Offsets) -> Self {
        offsets.0
    }
}

impl Offsets {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The offset at an instant, in minutes east of UTC; none before the first change that is known.
    pub fn at(&self, at_utc_ms: i64) -> Option<i16> {
        let holding = |change: &&Offset| change.from_utc_ms <= at_utc_ms;
        self.0
            .iter()
            .rev()
            .find(holding)
            .map(|change| change.offset_min)
    }

    /// What the wall shows at a moment. Where the site's offset is not known the moment's own counts, which is
    /// that of the device. None for a time that no calendar has.
    pub fn wall(&self, at: Moment) -> Option<Wall> {
        let offset_min = self.at(at.at_utc_ms).unwrap_or(at.offset_min);
        let minutes = at.at_utc_ms.div_euclid(MINUTE_MS) + i64::from(offset_min);
        Some(Wall {
            day: Day::from_epoch(minutes.div_euclid(DAY_MIN))?,
            minute: minutes.rem_euclid(DAY_MIN) as u16,
        })
    }

    /// In which week of something that began at an instant a moment is, from 1, when weeks begin on this day (1 is
    /// Monday, 7 is Sunday); none before it began.
    pub fn week_of(&self, from_utc_ms: i64, now: Moment, week_start: u8) -> Option<u32> {
        let week = |at_utc_ms| {
            let wall = self.wall(Moment { at_utc_ms, ..now })?;
            Some(wall.day.week(week_start).since_epoch())
        };
        let began = Some(from_utc_ms).filter(|from| *from <= now.at_utc_ms)?;
        let days = week(now.at_utc_ms)? - week(began)?;
        u32::try_from(days / 7 + 1).ok()
    }

    /// The first instant at which the wall shows this, or something later where it never shows it: in the hour
    /// that is left out in spring. Where no offset is known, `otherwise_min` counts.
    pub fn instant(&self, wall: Wall, otherwise_min: i16) -> i64 {
        let local_min = wall.day.since_epoch() * DAY_MIN + i64::from(wall.minute);
        let read = |offset_min: i16| (local_min - i64::from(offset_min)) * MINUTE_MS;
        let shown = |instant: i64| {
            let offset_min = self.at(instant).unwrap_or(otherwise_min);
            instant.div_euclid(MINUTE_MS) + i64::from(offset_min)
        };
        // Either a known offset leads to it, or a change jumps over it.
        let by_offset = self.0.iter().map(|change| read(change.offset_min));
        let by_change = self.0.iter().map(|change| change.from_utc_ms);
        by_offset
            .chain(by_change)
            .chain([read(otherwise_min)])
            .filter(|instant| shown(*instant) >= local_min && shown(*instant - 1) < local_min)
            .min()
            .unwrap_or_else(|| read(otherwise_min))
    }
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    /// An instant by its UTC day and minute.
    fn utc(text: &str, minute: i64) -> i64 {
        (day(text).since_epoch() * DAY_MIN + minute) * MINUTE_MS
    }

    fn offsets(changes: &[(i64, i16)]) -> Offsets {
        let change = |(from_utc_ms, offset_min): &(i64, i16)| Offset {
            from_utc_ms: *from_utc_ms,
            offset_min: *offset_min,
        };
        changes.iter().map(change).collect::<Vec<_>>().into()
    }

    /// The changes of 2026 as the database of time zones has them.
    fn los_angeles() -> Offsets {
        offsets(&[
            (utc("2026-01-01", 0), -480),
            (utc("2026-03-08", 10 * 60), -420),
            (utc("2026-11-01", 9 * 60), -480),
        ])
    }

    fn phoenix() -> Offsets {
        offsets(&[(utc("2026-01-01", 0), -420)])
    }

    /// South of the equator the summer is at the turn of the year.
    fn sydney() -> Offsets {
        offsets(&[
            (utc("2026-01-01", 0), 660),
            (utc("2026-04-04", 16 * 60), 600),
            (utc("2026-10-03", 16 * 60), 660),
        ])
    }

    #[rstest]
    #[case::before_spring(los_angeles(), utc("2026-03-08", 599), "2026-03-08", 119)]
    #[case::after_spring(los_angeles(), utc("2026-03-08", 600), "2026-03-08", 180)]
    #[case::before_autumn(los_angeles(), utc("2026-11-01", 539), "2026-11-01", 119)]
    #[case::after_autumn(los_angeles(), utc("2026-11-01", 540), "2026-11-01", 60)]
    #[case::phoenix_in_march(phoenix(), utc("2026-03-08", 600), "2026-03-08", 180)]
    #[case::phoenix_in_november(phoenix(), utc("2026-11-01", 540), "2026-11-01", 120)]
    #[case::sydney_before_autumn(sydney(), utc("2026-04-04", 959), "2026-04-05", 179)]
    #[case::sydney_after_autumn(sydney(), utc("2026-04-04", 960), "2026-04-05", 120)]
    #[case::sydney_before_spring(sydney(), utc("2026-10-03", 959), "2026-10-04", 119)]
    #[case::sydney_after_spring(sydney(), utc("2026-10-03", 960), "2026-10-04", 180)]
    fn the_wall_of_the_site_counts_on_the_days_on_which_clocks_are_changed(
        #[case] offsets: Offsets,
        #[case] at_utc_ms: i64,
        #[case] wanted: &str,
        #[case] minute: u16,
    ) {
        // The device travelled: its own offset is another one.
        let moment = Moment {
            at_utc_ms,
            offset_min: 0,
        };
        let wanted = Wall {
            day: day(wanted),
            minute,
        };
        assert_eq!(offsets.wall(moment), Some(wanted));
    }

    #[rstest]
    #[case::the_hour_left_out_in_spring(los_angeles(), "2026-03-08", 150, utc("2026-03-08", 600))]
    #[case::the_first_of_two_in_autumn(los_angeles(), "2026-11-01", 90, utc("2026-11-01", 510))]
    #[case::midnight_in_summer(los_angeles(), "2026-07-01", 0, utc("2026-07-01", 420))]
    #[case::midnight_in_winter(los_angeles(), "2026-12-01", 0, utc("2026-12-01", 480))]
    #[case::the_second_hour_of_an_autumn_night(
        sydney(),
        "2026-04-05",
        180,
        utc("2026-04-04", 1020)
    )]
    #[case::an_unknown_site(Offsets::default(), "2026-12-01", 0, utc("2026-12-01", 480))]
    fn a_time_on_the_wall_is_the_first_instant_that_shows_it(
        #[case] offsets: Offsets,
        #[case] on: &str,
        #[case] minute: u16,
        #[case] wanted: i64,
    ) {
        let wall = Wall {
            day: day(on),
            minute,
        };
        assert_eq!(offsets.instant(wall, -480), wanted);
    }

    #[test]
    fn a_day_of_change_is_as_long_as_it_is() {
        let hours = |on: &str, offsets: Offsets| {
            let begins = |day| offsets.instant(Wall::midnight(day), 0);
            (begins(day(on).next()) - begins(day(on))) / MINUTE_MS / 60
        };
        assert_eq!(hours("2026-03-08", los_angeles()), 23);
        assert_eq!(hours("2026-11-01", los_angeles()), 25);
        assert_eq!(hours("2026-11-01", phoenix()), 24);
        assert_eq!(hours("2026-10-04", sydney()), 23);
    }

    #[test]
    fn an_unknown_site_shows_what_the_device_shows() {
        let moment = Moment {
            at_utc_ms: utc("2026-11-22", 0),
            offset_min: -480,
        };
        let wall = Offsets::default().wall(moment).expect("a day");
        assert_eq!((wall.day, wall.minute), (day("2026-11-21"), 16 * 60));
    }

    const MONDAY: u8 = 1;
    const SUNDAY: u8 = 7;

    // 9 September 2026 is a Wednesday; in Los Angeles a day begins at 7:00 UTC in summer and at 8:00 in winter.
    #[rstest]
    #[case::the_day_it_began("2026-09-09", 16 * 60, MONDAY, Some(1))]
    #[case::before_it_began("2026-09-09", 14 * 60, MONDAY, None)]
    #[case::the_last_minute_of_a_sunday("2026-09-14", 6 * 60 + 59, MONDAY, Some(1))]
    #[case::the_first_of_a_monday("2026-09-14", 7 * 60, MONDAY, Some(2))]
    #[case::weeks_that_begin_on_a_sunday("2026-09-13", 7 * 60, SUNDAY, Some(2))]
    #[case::before_clocks_are_changed_back("2026-10-26", 6 * 60 + 59, MONDAY, Some(7))]
    #[case::after_clocks_are_changed_back("2026-11-02", 7 * 60 + 59, MONDAY, Some(8))]
    #[case::the_hour_that_they_moved("2026-11-02", 8 * 60, MONDAY, Some(9))]
    fn a_week_of_a_cycle_is_cut_by_the_wall_clock_and_the_day_on_which_weeks_begin(
        #[case] on: &str,
        #[case] minute: i64,
        #[case] week_start: u8,
        #[case] week: Option<u32>,
    ) {
        let now = Moment {
            at_utc_ms: utc(on, minute),
            // A tablet that stands elsewhere changes nothing.
            offset_min: 540,
        };
        let began = utc("2026-09-09", 15 * 60);
        assert_eq!(los_angeles().week_of(began, now, week_start), week);
    }

    proptest! {
        #[test]
        fn an_instant_is_found_again_by_what_the_wall_shows(
            // On the day before the first change that is known, two offsets may show one time.
            minutes in 1_440i64..525_600,
            zone in 0usize..3,
        ) {
            let offsets = [los_angeles(), phoenix(), sydney()][zone].clone();
            let at_utc_ms = utc("2026-01-01", minutes);
            let moment = Moment { at_utc_ms, offset_min: 0 };
            let wall = offsets.wall(moment).expect("a day of this year");
            let found = offsets.instant(wall, 0);
            // In the hour that autumn shows twice the first one is found.
            let hour = 60 * MINUTE_MS;
            prop_assert!(found == at_utc_ms || found == at_utc_ms - hour);
            prop_assert_eq!(offsets.wall(Moment { at_utc_ms: found, offset_min: 0 }), Some(wall));
        }

        #[test]
        fn no_offsets_and_no_instant_make_it_panic(
            changes in prop::collection::vec((any::<i64>(), any::<i16>()), 0..6),
            at_utc_ms: i64,
            offset_min: i16,
        ) {
            let offsets = offsets(&changes);
            if let Some(wall) = offsets.wall(Moment { at_utc_ms, offset_min }) {
                offsets.instant(wall, offset_min);
            }
        }
    }
}
