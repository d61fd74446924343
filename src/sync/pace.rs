//! When to try again. Pure: the caller waits.

/// The first wait, in milliseconds.
const FIRST_MS: u64 = 1_000;
/// The longest wait, in milliseconds: how long a record may lie after the network came back without
/// the device noticing.
const LONGEST_MS: u64 = 20_000;

/// How long to wait after so many failures in a row (from 1), in milliseconds: doubling, capped,
/// and spread by up to a quarter either way, so that a school's tablets do not return as one.
/// `random` is any byte.
pub fn wait_ms(failures: u32, random: u8) -> u64 {
    let doubled = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(16));
    let wait = doubled.min(LONGEST_MS);
    wait * 3 / 4 + wait / 2 * u64::from(random) / 255
}

/// How long to wait between pulls where the server has no stream, in milliseconds: about a minute.
pub fn poll_ms(random: u8) -> u64 {
    54_000 + 12_000 * u64::from(random) / 255
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_grow_and_are_capped(failures in 1u32.., random: u8) {
            let wait = wait_ms(failures, random);
            prop_assert!((FIRST_MS * 3 / 4..=LONGEST_MS * 5 / 4).contains(&wait));
            prop_assert!(wait_ms(failures.saturating_add(1), random) >= wait);
        }
    }

    #[test]
    fn the_first_wait_is_about_a_second() {
        assert_eq!((wait_ms(1, 0), wait_ms(1, 255)), (750, 1_250));
    }
}
