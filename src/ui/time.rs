//! The time of a visit in hand: which of two clocks says it.

use super::desk::Desk;
use crate::domain::moment::Moment;
use crate::host::clock;
use dioxus::prelude::*;

/// Among what was started by the clock that only goes forward: the visit itself, in the place of a look-for.
const THE_VISIT: usize = usize::MAX;
/// By how much two clocks may differ about a visit before the wall clock must have been set, in milliseconds.
const CLOCKS_AGREE_MS: u64 = 60_000;

impl Desk {
    /// The visit begins in this page.
    pub(super) fn begin_time(self, begun: Moment) {
        let mut started = self.started;
        let visit = (THE_VISIT, begun.at_utc_ms, clock::steady_ms());
        started.write().push(visit);
    }

    /// Now, as the visit has it that began then. As long as this page has been in sight since it began the visit, that
    /// is by the clock that only goes forward: a wall clock that is set meanwhile makes a visit no longer and no shorter.
    pub fn now_in_visit(&self, begun_utc_ms: i64) -> Moment {
        let mut now = clock::now();
        let steady = clock::steady_ms();
        let started = self.started.peek();
        let mut started = started.iter();
        let found = started.find(|(one, wall, _)| *one == THE_VISIT && *wall == begun_utc_ms);
        if let Some((_, _, began)) = found {
            let ran = steady.saturating_sub(*began);
            now.at_utc_ms = in_visit(begun_utc_ms, ran, now.at_utc_ms);
        }
        now
    }

    /// The page is out of sight: the device may sleep, and the clock that only goes forward stand still.
    #[cfg_attr(
        not(all(feature = "web", target_arch = "wasm32")),
        expect(dead_code, reason = "only a page says that it is out of sight")
    )]
    pub(in crate::ui) fn out_of_sight(self) {
        let mut started = self.started;
        started.write().retain(|(one, ..)| *one != THE_VISIT);
    }
}

/// Which of two clocks says what time it is in a visit that began then and took so long by the clock that only goes
/// forward: the wall clock, unless it was set.
fn in_visit(begun_utc_ms: i64, ran_ms: u64, wall_utc_ms: i64) -> i64 {
    let ran = begun_utc_ms.saturating_add_unsigned(ran_ms);
    match ran.abs_diff(wall_utc_ms) > CLOCKS_AGREE_MS {
        true => ran,
        false => wall_utc_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const MINUTE_MS: i64 = 60_000;

    #[rstest]
    #[case::clocks_that_agree(12, 12)]
    #[case::a_little_apart(13, 13)]
    #[case::set_three_hours_ahead(192, 12)]
    #[case::set_back(-48, 12)]
    fn a_visit_takes_as_long_as_it_takes_whatever_the_wall_clock_is_set_to(
        #[case] wall: i64,
        #[case] minutes: i64,
    ) {
        let begun = 1_795_608_000_000;
        let now = in_visit(begun, 12 * MINUTE_MS as u64, begun + wall * MINUTE_MS);
        assert_eq!(now, begun + minutes * MINUTE_MS);
    }
}
