//! Tidying: what the server has had for long enough leaves the device.

use super::{Store, problem};
use crate::domain::problem::Problem;

/// How long a record stays after its receipt, in milliseconds.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// How long a draft that was put away can be taken out again, in milliseconds.
const AWAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How long a class that was missed is kept: the day for which it holds, wherever that is, and a margin.
const MISSED_MS: i64 = 3 * 24 * 60 * 60 * 1000;

impl Store {
    /// Removes the records whose receipt is older than 30 days, with their drafts and taps, and the drafts that
    /// were put away a day ago. What has no receipt is never removed; visits and events go on counting. Gives
    /// how many records were removed.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`]. Nothing is removed then.
    pub fn tidy(&mut self, now_utc_ms: i64) -> Result<usize, Problem> {
        let before = now_utc_ms.saturating_sub(KEPT_MS);
        let transaction = self.connection.transaction().map_err(problem)?;
        let removed = (|| {
            transaction.execute(include_str!("tidy_count_on.sql"), [before])?;
            transaction.execute(include_str!("tidy_taps.sql"), [before])?;
            transaction.execute(include_str!("tidy_drafts.sql"), [before])?;
            let sql = "delete from event where received_at_utc_ms < ?1";
            let removed = transaction.execute(sql, [before])?;
            let away_before = now_utc_ms.saturating_sub(AWAY_MS);
            transaction.execute(include_str!("tidy_away_taps.sql"), [away_before])?;
            let sql = "delete from draft where number is null and put_away_at_utc_ms < ?1";
            let dropped = transaction.execute(sql, [away_before])?;
            let sql = "delete from draft_form where id not in \
                       (select form_id from draft where form_id is not null)";
            transaction.execute(sql, [])?;
            let written_before = now_utc_ms.saturating_sub(super::jotting::KEPT_MS);
            let sql = "delete from jotting where at_utc_ms < ?1";
            let forgotten = transaction.execute(sql, [written_before])?;
            let missed_before = now_utc_ms.saturating_sub(MISSED_MS);
            transaction.execute("delete from missed where at_utc_ms < ?1", [missed_before])?;
            if removed + dropped + forgotten > 0 {
                super::scrub::mark(&transaction, super::scrub::Need::WhenQuiet)?;
            }
            Ok(removed)
        })()
        .map_err(problem)?;
        transaction.commit().map_err(problem)?;
        Ok(removed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::tests::{memory, submitted};

    #[test]
    fn only_what_has_had_its_receipt_for_thirty_days_is_removed() {
        let mut store = memory();
        for visit in 1..=3 {
            submitted(&mut store, visit, visit.into());
        }
        store.received(1, 1, 0).expect("it is noted");
        store.received(2, 2, 1).expect("it is noted");
        // A day before, on the day, and ten years later.
        assert_eq!(store.tidy(KEPT_MS), Ok(0));
        assert_eq!(store.tidy(KEPT_MS + 1), Ok(1));
        assert_eq!(store.tidy(KEPT_MS * 120), Ok(1));
        assert_eq!(store.visits(None, 9).map(|visits| visits.len()), Ok(1));
        assert_eq!(store.unsent(), Ok(1));
        let taps: u32 = store
            .connection
            .query_row("select count(*) from tap", [], |row| row.get(0))
            .expect("it counts");
        assert_eq!(taps, 1);
    }

    #[test]
    fn visits_and_events_go_on_counting() {
        let mut store = memory();
        for visit in 1..=2 {
            let number = submitted(&mut store, visit, visit.into());
            store.received(number, number, 0).expect("it is noted");
        }
        assert_eq!(store.tidy(KEPT_MS * 2), Ok(2));
        assert_eq!(store.next_visit(), Ok(3));
        assert_eq!(submitted(&mut store, 3, 3), 3);
        assert_eq!(store.has_records(), Ok(true));
    }
}
