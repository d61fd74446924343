//! A moment as the device saw it. Order never comes from here: clocks are wrong, numbers are not.

use serde::{Deserialize, Serialize};

/// A point in time by one device's clock, with the offset that its wall showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub at_utc_ms: i64,
    /// Minutes east of UTC.
    pub offset_min: i16,
}

impl Moment {
    /// The offsets that a wall clock can show, in minutes: UTC-12 to UTC+14, with a margin.
    pub const OFFSETS_MIN: std::ops::RangeInclusive<i16> = -1080..=1080;

    /// Whether a clock can show it: within [`Self::OFFSETS_MIN`], and so many milliseconds from 1970 as JSON carries
    /// exactly everywhere (RFC 8259, section 6).
    pub fn is_possible(self) -> bool {
        Self::OFFSETS_MIN.contains(&self.offset_min) && self.at_utc_ms.unsigned_abs() <= 1 << 53
    }

    /// Hours and minutes on the wall of the place where it was recorded.
    pub fn wall_clock(self) -> (u8, u8) {
        const DAY_MIN: i64 = 24 * 60;
        let minutes = self.at_utc_ms.div_euclid(60_000) + i64::from(self.offset_min);
        let in_day = minutes.rem_euclid(DAY_MIN);
        ((in_day / 60) as u8, (in_day % 60) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::in_utc(0, 0, (0, 0))]
    #[case::west_of_utc(0, -480, (16, 0))]
    #[case::before_1970(-60_000, 0, (23, 59))]
    #[case::half_hour_zone(3_600_000, 330, (6, 30))]
    fn the_wall_clock_is_the_one_of_the_place(
        #[case] at_utc_ms: i64,
        #[case] offset_min: i16,
        #[case] wall: (u8, u8),
    ) {
        assert_eq!(
            Moment {
                at_utc_ms,
                offset_min
            }
            .wall_clock(),
            wall
        );
    }
}
