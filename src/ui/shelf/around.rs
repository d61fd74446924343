//! Where it is looked for what is said about a visit: ids tell when they were minted, as far as clocks were right.

use crate::domain::id::EventId;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long after a visit something may be said about it that a screen of that visit shows, in days; and by how
/// much clocks may be wrong.
const SAID_WITHIN_DAYS: i64 = 120;
const CLOCKS_WRONG_DAYS: i64 = 7;

/// Between which ids stands what is said about a visit: ids tell when they were minted.
pub(super) fn around(visit: EventId) -> (String, String) {
    let ms = minted_ms(visit);
    let id = |ms, digit| EventId::mint(ms, [digit; 10]).to_string();
    (
        id(ms + SAID_WITHIN_DAYS * DAY_MS, 255),
        id(ms - CLOCKS_WRONG_DAYS * DAY_MS, 0),
    )
}

/// Between which ids it is looked for what is said about a visit, one look after the other: around the visit, and if
/// that can miss it, among all. A clock that was wrong and was set right made ids that are far from each other.
pub(super) fn looks(visit: EventId, now_utc_ms: i64) -> Vec<(Option<String>, String)> {
    let (from, to) = around(visit);
    let ms = minted_ms(visit);
    let soon = CLOCKS_WRONG_DAYS * DAY_MS;
    let all = if ms > now_utc_ms.saturating_add(soon) {
        Some((None, String::new()))
    } else if ms.saturating_add(SAID_WITHIN_DAYS * DAY_MS) < now_utc_ms {
        Some((None, to.clone()))
    } else {
        None
    };
    std::iter::once((Some(from), to)).chain(all).collect()
}

/// When an id says that it was minted.
fn minted_ms(id: EventId) -> i64 {
    (id.0.as_u128() >> 80) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::yesterday(-1, 1, false)]
    #[case::a_clock_that_goes_a_day_fast(1, 1, false)]
    #[case::last_winter(-300, 2, true)]
    #[case::next_year(300, 2, true)]
    fn a_visit_whose_clock_may_have_been_wrong_is_looked_for_a_second_time(
        #[case] days: i64,
        #[case] times: usize,
        #[case] found: bool,
    ) {
        let now = 1_795_608_000_000;
        let visit = EventId::mint(now + days * DAY_MS, [7; 10]);
        let looks = looks(visit, now);
        assert_eq!(looks.len(), times);
        // What is said about it now, by a clock that was set right.
        let said = EventId::mint(now, [1; 10]).to_string();
        let finds = |(from, to): &(Option<String>, String)| {
            from.as_ref().is_none_or(|from| said < *from) && *to < said
        };
        assert_eq!(looks.iter().skip(1).any(finds), found);
        assert!(looks.iter().any(finds));
    }

    #[test]
    fn what_is_said_about_a_visit_stands_between_two_ids() {
        let visit = EventId::mint(1_795_608_000_000, [7; 10]);
        let (from, to) = around(visit);
        let said = EventId::mint(1_795_608_000_000 + 3 * DAY_MS, [1; 10]).to_string();
        assert!(to < visit.to_string() && visit.to_string() < said && said < from);
        let next_year = EventId::mint(1_795_608_000_000 + 365 * DAY_MS, [1; 10]).to_string();
        assert!(next_year > from);
    }
}
