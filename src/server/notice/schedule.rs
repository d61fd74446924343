//! When a mail is tried again.

const MINUTE_MS: i64 = 60 * 1000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// How long a mail is tried: what comes after two days is no news.
pub const FOR_MS: i64 = 2 * DAY_MS;
/// How old feedback may be, by the server's own receipt, for a first mail: so a server that gets its mail
/// server later does not write to everybody about last year.
pub const NEWS_MS: i64 = FOR_MS;

/// The waits after the first tries; the last one is for all that follow.
const WAITS_MIN: [i64; 6] = [1, 5, 15, 60, 180, 360];

/// How many milliseconds to wait after the try of this number, from 1.
pub fn wait_ms(number: u32) -> i64 {
    let place = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let [.., longest] = WAITS_MIN;
    WAITS_MIN.get(place).copied().unwrap_or(longest) * MINUTE_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_first(1, 1)]
    #[case::the_third(3, 15)]
    #[case::the_last_that_grows(6, 360)]
    #[case::all_after_it(400, 360)]
    fn waits_grow_from_a_minute_to_six_hours(#[case] number: u32, #[case] minutes: i64) {
        assert_eq!(wait_ms(number), minutes * MINUTE_MS);
    }

    #[test]
    fn there_are_a_dozen_tries_in_two_days() {
        let tries = (1..).scan(0, |at, number| {
            *at += wait_ms(number);
            (*at <= FOR_MS).then_some(number)
        });
        assert_eq!(tries.count(), 12);
    }
}
