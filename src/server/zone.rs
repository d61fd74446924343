//! Time zones, on the server alone: what the wall clocks of a zone show over some years.

use crate::domain::place::{Day, Offset, Offsets};
use chrono::{DateTime, Offset as _};
use chrono_tz::Tz;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const MINUTE_MS: i64 = 60 * 1000;

/// The calendar year of an instant, in UTC; 1970 for one that no calendar has.
pub fn year(at_utc_ms: i64) -> i32 {
    Day::from_epoch(at_utc_ms.div_euclid(DAY_MS)).map_or(1970, Day::year)
}

/// What the clocks of a zone show in a year, the one before and the one after: what devices compare is rarely
/// older, and the next change is known long before it comes. Empty for a name that is no zone.
pub fn offsets(zone: Option<&str>, year: i32) -> Offsets {
    let zone = zone.and_then(|zone| zone.parse::<Tz>().ok());
    let first = Day::of(year - 1, 1, 1);
    let end = Day::of(year + 2, 1, 1);
    let (Some(zone), Some(first), Some(end)) = (zone, first, end) else {
        return Offsets::default();
    };
    let mut changes = Vec::new();
    let mut last = None;
    for day in first.since_epoch()..end.since_epoch() {
        let at = day * DAY_MS;
        let found = offset_min(zone, at);
        if found == last {
            continue;
        }
        let from_utc_ms = match last {
            None => at,
            Some(_) => changed_at(zone, at - DAY_MS, at),
        };
        changes.extend(found.map(|offset_min| Offset {
            from_utc_ms,
            offset_min,
        }));
        last = found;
    }
    changes.into()
}

/// How far from UTC the clocks of a zone are at an instant, in minutes; none for a name that is no zone.
pub fn offset(zone: Option<&str>, at_utc_ms: i64) -> Option<i16> {
    offset_min(zone?.parse().ok()?, at_utc_ms)
}

/// The minute between two instants at which the clocks were changed.
fn changed_at(zone: Tz, mut before: i64, mut after: i64) -> i64 {
    let new = offset_min(zone, after);
    while after - before > MINUTE_MS {
        let middle = before + (after - before) / (2 * MINUTE_MS) * MINUTE_MS;
        match offset_min(zone, middle) == new {
            true => after = middle,
            false => before = middle,
        }
    }
    after
}

fn offset_min(zone: Tz, at_utc_ms: i64) -> Option<i16> {
    let at = DateTime::from_timestamp_millis(at_utc_ms)?.with_timezone(&zone);
    i16::try_from(at.offset().fix().local_minus_utc().div_euclid(60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Each change of 2026 as `UTC day hour:minute offset`.
    #[rstest]
    #[case::los_angeles("America/Los_Angeles", &["2026-03-08 10:00 -420", "2026-11-01 09:00 -480"])]
    #[case::phoenix("America/Phoenix", &[])]
    #[case::sydney("Australia/Sydney", &["2026-04-04 16:00 600", "2026-10-03 16:00 660"])]
    #[case::half_an_hour("Australia/Lord_Howe", &["2026-04-04 15:00 630", "2026-10-03 15:30 660"])]
    fn the_changes_are_those_of_the_zone(#[case] zone: &str, #[case] wanted: &[&str]) {
        let offsets: Vec<Offset> = offsets(Some(zone), 2026).into();
        let said = offsets.iter().map(|change| {
            let minutes = change.from_utc_ms.div_euclid(MINUTE_MS);
            let day = Day::from_epoch(minutes.div_euclid(24 * 60)).expect("a day");
            let (hour, minute) = (minutes.rem_euclid(24 * 60) / 60, minutes % 60);
            format!("{day} {hour:02}:{minute:02} {}", change.offset_min)
        });
        let said: Vec<String> = said.filter(|said| said.starts_with("2026")).collect();
        assert_eq!(said, wanted);
    }

    #[test]
    fn the_years_around_are_known_from_their_first_minute_on() {
        let offsets = offsets(Some("America/Los_Angeles"), 2026);
        let first = Day::of(2025, 1, 1).map(|day| day.since_epoch() * DAY_MS);
        assert_eq!(first.and_then(|first| offsets.at(first)), Some(-480));
        assert_eq!(first.and_then(|first| offsets.at(first - 1)), None);
    }

    #[rstest]
    #[case::nobody_said_it(None)]
    #[case::no_zone(Some("Pacific"))]
    fn an_unknown_zone_has_no_offsets(#[case] zone: Option<&str>) {
        assert!(offsets(zone, 2026).is_empty());
    }
}
