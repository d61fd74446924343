//! What the agreement says of a visit before and while it is made, and of the list of earlier ones.

use super::Agreement;

const MINUTE_MS: i64 = 60 * 1000;

/// How long a visit has gone on, against the longest that was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// There is time.
    Within,
    /// The last minute runs.
    Ending,
    /// It is longer than was agreed.
    Over,
}

impl Agreement {
    /// Whether somebody who would come as a colleague asks first: those visits want a yes, and the teacher's is
    /// not known.
    pub fn ask_first(&self, comes_as_peer: bool, said_yes: bool) -> bool {
        self.peer_visits_voluntary && comes_as_peer && !said_yes
    }

    /// How long a visit has gone on, against the longest that was agreed. Both in milliseconds since 1970.
    pub fn pace(&self, begun_utc_ms: i64, now_utc_ms: i64) -> Pace {
        let agreed_ms = i64::from(self.minutes_max) * MINUTE_MS;
        match now_utc_ms.saturating_sub(begun_utc_ms) {
            // A record counts minutes that were begun.
            gone if gone > agreed_ms => Pace::Over,
            gone if gone >= agreed_ms - MINUTE_MS => Pace::Ending,
            _ => Pace::Within,
        }
    }

    /// Whether the list of an observer's earlier visits still says whose lesson it was: as long as forms name
    /// teachers, and until the words of that visit are erased. Both in milliseconds since 1970.
    pub fn shows_names(&self, visited_utc_ms: i64, now_utc_ms: i64) -> bool {
        let due = self.words_due_before(now_utc_ms);
        self.names && due.is_none_or(|before| visited_utc_ms >= before)
    }
}

#[cfg(test)]
mod tests {
    use super::super::DAY_MS;
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_colleague_without_a_yes(true, true, false, true)]
    #[case::a_colleague_with_a_yes(true, true, true, false)]
    #[case::the_principal(true, false, false, false)]
    #[case::where_nobody_asks(false, true, false, false)]
    fn a_colleague_asks_first_where_that_was_agreed(
        #[case] voluntary: bool,
        #[case] peer: bool,
        #[case] yes: bool,
        #[case] asks: bool,
    ) {
        let agreement = Agreement {
            peer_visits_voluntary: voluntary,
            ..Agreement::first()
        };
        assert_eq!(agreement.ask_first(peer, yes), asks);
    }

    #[rstest]
    #[case::at_the_door(0, Pace::Within)]
    #[case::two_minutes_before(8 * 60, Pace::Within)]
    #[case::the_last_minute(9 * 60, Pace::Ending)]
    #[case::to_the_second(10 * 60, Pace::Ending)]
    #[case::a_second_over(10 * 60 + 1, Pace::Over)]
    #[case::a_clock_that_was_set_back(-3600, Pace::Within)]
    fn a_visit_of_ten_minutes_is_said_to_end_before_it_is_over(
        #[case] seconds: i64,
        #[case] pace: Pace,
    ) {
        assert_eq!(
            Agreement::first().pace(DAY_MS, DAY_MS + seconds * 1000),
            pace
        );
    }

    #[rstest]
    #[case::today(true, Some(30), 0, true)]
    #[case::on_the_last_day(true, Some(30), 30, true)]
    #[case::the_day_after(true, Some(30), 31, false)]
    #[case::where_words_are_kept(true, None, 9999, true)]
    #[case::where_forms_name_nobody(false, None, 0, false)]
    fn a_name_fades_from_the_list_when_the_words_of_the_visit_go(
        #[case] names: bool,
        #[case] kept: Option<u16>,
        #[case] days: i64,
        #[case] shown: bool,
    ) {
        let agreement = Agreement {
            names,
            words_kept_days: kept,
            ..Agreement::first()
        };
        let visited = 20_000 * DAY_MS;
        assert_eq!(
            agreement.shows_names(visited, visited + days * DAY_MS),
            shown
        );
    }

    proptest::proptest! {
        #[test]
        fn a_name_that_faded_never_comes_back_by_waiting(
            kept in 1u16..3650,
            visited in 0i64..1i64 << 41,
            first in 0i64..1i64 << 41,
            later in 0i64..1i64 << 41,
        ) {
            let agreement = Agreement { words_kept_days: Some(kept), ..Agreement::first() };
            let (now, then) = (visited + first, visited + first + later);
            if !agreement.shows_names(visited, now) {
                proptest::prop_assert!(!agreement.shows_names(visited, then));
            }
        }
    }
}
