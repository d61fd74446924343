//! A site at one moment: what day it is, and which period.

use super::Site;
use super::bells::{Bells, DayType, Period};
use super::calendar::{Calendar, Kind};
use super::wall::Wall;
use crate::domain::id::SiteId;
use crate::domain::moment::Moment;

/// What is known of when a site teaches.
#[derive(Clone, Copy, Debug)]
pub struct Hours<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its bells, if it has given any.
    pub bells: Option<&'a Bells>,
    /// Its days, if it has given any.
    pub calendar: Option<&'a Calendar>,
}

/// A site at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now<'a> {
    /// The site.
    pub site: SiteId,
    /// What its wall shows.
    pub wall: Wall,
    /// Whether there is school today.
    pub is_school_day: bool,
    /// The kind of day, where the calendar says it.
    pub day_type: Option<&'a DayType>,
    /// Whether the bells of such a day are known.
    pub has_bells: bool,
    /// The period that runs, or the one that starts within ten minutes.
    pub period: Option<&'a Period>,
}

impl<'a> Hours<'a> {
    /// The site at a moment; none for a time that no calendar has.
    pub fn now(&self, at: Moment) -> Option<Now<'a>> {
        let wall = self.site.offsets.wall(at)?;
        let kind = match self.calendar {
            Some(calendar) => calendar.kind(wall.day),
            None if wall.day.is_weekday() => Kind::School(None),
            None => Kind::NoSchool,
        };
        let (is_school_day, day_type) = match kind {
            Kind::School(day_type) => (true, day_type),
            Kind::NoSchool => (false, None),
        };
        let schedule = self
            .bells
            .filter(|_| is_school_day)
            .and_then(|bells| bells.schedule(day_type));
        Some(Now {
            site: self.site.id,
            wall,
            is_school_day,
            day_type,
            has_bells: schedule.is_some(),
            period: schedule.and_then(|schedule| schedule.period_at(wall.minute)),
        })
    }

    /// How many school days have gone by since a moment, up to another one: 0 on the same day. None for a time
    /// that no calendar has.
    pub fn school_days(&self, since: Moment, until: Moment) -> Option<u32> {
        let (since, until) = (
            self.site.offsets.wall(since)?,
            self.site.offsets.wall(until)?,
        );
        Some(match self.calendar {
            Some(calendar) => calendar.school_days(since.day, until.day),
            None => Calendar::default().school_days(since.day, until.day),
        })
    }

    /// The end of the school day that is so many school days after a moment's: the first instant of the next day,
    /// in milliseconds since 1970. 0 is the day itself, whether there is school on it or not. This is where a
    /// deadline of the agreement ends (`copy_within_days`). None for a time that no calendar has.
    pub fn school_days_after(&self, at: Moment, school_days: u32) -> Option<i64> {
        let wall = self.site.offsets.wall(at)?;
        let last = match self.calendar {
            Some(calendar) => calendar.school_days_after(wall.day, school_days),
            None => Calendar::default().school_days_after(wall.day, school_days),
        };
        let end = Wall::midnight(last.next());
        Some(self.site.offsets.instant(end, at.offset_min))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::{Day, Offset, Offsets, Schedule};
    use rstest::rstest;

    const HOUR_MS: i64 = 60 * 60 * 1000;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    /// In California, around the change of clocks on 1 November 2026.
    fn site() -> Site {
        let winter = day("2026-11-01").since_epoch() * 24 * HOUR_MS + 9 * HOUR_MS;
        let offset = |from_utc_ms, offset_min| Offset {
            from_utc_ms,
            offset_min,
        };
        Site {
            id: SiteId::mint(1, [1; 10]),
            name: "North".into(),
            offsets: Offsets::from(vec![offset(0, -420), offset(winter, -480)]),
        }
    }

    fn bells() -> Bells {
        let schedule = |day_type: &str, ends_min| Schedule {
            day_type: DayType(day_type.into()),
            periods: vec![Period {
                name: "3".into(),
                starts_min: 600,
                ends_min,
            }],
        };
        Bells {
            site: site().id,
            schedules: vec![schedule("A", 665), schedule("minimum", 630)],
        }
    }

    fn calendar() -> Calendar {
        let kind = |kind: &str| Some(DayType(kind.into()));
        let days = [
            ("2026-10-30", kind("A")),
            ("2026-11-02", kind("A")),
            ("2026-11-03", None),
            ("2026-11-04", kind("minimum")),
        ];
        Calendar::of(days.into_iter().map(|(on, kind)| (day(on), kind)).collect())
    }

    /// A moment by the wall of the site; the device itself is in another zone.
    fn at(on: &str, minute: u16) -> Moment {
        let wall = Wall {
            day: day(on),
            minute,
        };
        Moment {
            at_utc_ms: site().offsets.instant(wall, 0),
            offset_min: 600,
        }
    }

    #[rstest]
    #[case::before_the_change("2026-10-30", 640, Some(665))]
    #[case::after_the_change("2026-11-02", 640, Some(665))]
    #[case::on_a_holiday("2026-11-03", 640, None)]
    #[case::on_a_minimum_day("2026-11-04", 620, Some(630))]
    #[case::after_a_minimum_day("2026-11-04", 640, None)]
    #[case::on_a_day_of_unknown_kind("2026-11-05", 640, None)]
    fn the_period_is_the_one_of_the_day_and_of_the_wall(
        #[case] on: &str,
        #[case] minute: u16,
        #[case] ends: Option<u16>,
    ) {
        let (site, bells, calendar) = (site(), bells(), calendar());
        let hours = Hours {
            site: &site,
            bells: Some(&bells),
            calendar: Some(&calendar),
        };
        let now = hours.now(at(on, minute)).expect("a day");
        assert_eq!(now.wall.day, day(on));
        assert_eq!(now.period.map(|period| period.ends_min), ends);
    }

    #[test]
    fn a_deadline_ends_with_its_day_in_the_zone_of_the_site() {
        let (site, calendar) = (site(), calendar());
        let hours = Hours {
            site: &site,
            bells: None,
            calendar: Some(&calendar),
        };
        let friday = at("2026-10-30", 700);
        for (school_days, next_day) in [(0, "2026-10-31"), (1, "2026-11-03"), (2, "2026-11-05")] {
            let wanted = at(next_day, 0).at_utc_ms;
            assert_eq!(hours.school_days_after(friday, school_days), Some(wanted));
        }
        assert_eq!(hours.school_days(friday, at("2026-11-04", 0)), Some(2));
        assert_eq!(hours.school_days(friday, friday), Some(0));
    }
}
