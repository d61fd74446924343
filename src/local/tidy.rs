//! Tidying: what the server has had for long enough leaves the device.

use super::{Store, problem};
use crate::domain::problem::Problem;

/// How long a record stays after its receipt, in milliseconds.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// How long a draft that was put away can be taken out again, in milliseconds.
const AWAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Before this there was no Lookfor: the first moment of 2026, in UTC.
const NO_LOOKFOR_UTC_MS: i64 = 1_767_225_600_000;

/// How long a class that was missed is kept: the day for which it holds, wherever that is, and a margin.
const MISSED_MS: i64 = 3 * 24 * 60 * 60 * 1000;

impl Store {
    /// Removes the records whose receipt is older than 30 days, with their drafts and taps, and the drafts that
    /// were put away a day ago. What has no receipt is never removed, nor is what was sealed with it as one visit;
    /// visits and events go on counting. Gives how many records were removed.
    ///
    /// What is being written goes after 30 days, too. When no clock can be right that says it was written then, its
    /// time begins now.
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
            transaction.execute(include_str!("tidy_unheard.sql"), [before])?;
            let removed = transaction.execute(include_str!("tidy_events.sql"), [before])?;
            let away_before = now_utc_ms.saturating_sub(AWAY_MS);
            transaction.execute(include_str!("tidy_away_taps.sql"), [away_before])?;
            let sql = "delete from draft where number is null and put_away_at_utc_ms < ?1";
            let dropped = transaction.execute(sql, [away_before])?;
            let sql = "delete from draft_form where id not in \
                       (select form_id from draft where form_id is not null)";
            transaction.execute(sql, [])?;
            let sql = include_str!("tidy_jotting_times.sql");
            transaction.execute(sql, (now_utc_ms, NO_LOOKFOR_UTC_MS))?;
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
    use crate::domain::act::saying::Saying;
    use crate::domain::collect::draft::{Act, DraftHead, Tap};
    use crate::domain::collect::form::Form;
    use crate::domain::collect::look_for::LookForKey;
    use crate::domain::collect::rating::Rating;
    use crate::domain::id::{DraftId, PersonId, SiteId};
    use crate::domain::moment::Moment;
    use crate::domain::place::{ClassMissed, Missed, Why};
    use crate::local::tests::{memory, random, submitted};

    const NOON: Moment = Moment {
        at_utc_ms: 1_795_608_000_000,
        offset_min: -480,
    };

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
    fn a_visit_stays_whole_until_the_server_has_had_every_part_of_it_for_thirty_days() {
        let mut store = memory();
        let head = DraftHead {
            id: DraftId::mint(2, [8; 10]),
            visit: 1,
            form: Form::three_reads().form,
            begun: NOON,
            lesson: None,
        };
        let look_for = LookForKey("purpose-said".into());
        let acts = [
            Act::Rate {
                look_for: look_for.clone(),
                rating: Some(Rating::Seen),
            },
            Act::Bright {
                look_for: Some(look_for),
                on: true,
            },
        ];
        for (revision, act) in (1..).zip(acts) {
            let tap = Tap {
                revision,
                at: NOON,
                act,
            };
            store.keep(&head, &tap).expect("the tap is kept");
        }
        store
            .submit(head.id, 2, NOON, &mut random(8))
            .expect("it is submitted");
        let said = Saying::of(
            crate::domain::id::EventId::mint(3, [3; 10]),
            NOON,
            &ClassMissed {
                site: SiteId::mint(1, [1; 10]),
                missed: Missed::Teacher(PersonId::mint(1, [2; 10])),
                why: Why::Test,
            },
            None,
        );
        assert_eq!(store.say(&said), Ok(3));
        // The visit and what was said after it are on the server; its bright spot was refused.
        store.received(1, 71, 0).expect("it is noted");
        store.received(3, 73, 0).expect("it is noted");
        store.set_aside(2, &Problem::NumberTaken).expect("noted");
        let there = |store: &Store| store.visits(None, 9).map(|visits| visits.len());
        assert_eq!((store.tidy(KEPT_MS + 1), there(&store)), (Ok(1), Ok(1)));
        store.received(2, 72, 5).expect("it is noted");
        assert_eq!((store.tidy(KEPT_MS + 5), there(&store)), (Ok(0), Ok(1)));
        assert_eq!((store.tidy(KEPT_MS + 6), there(&store)), (Ok(2), Ok(0)));
        assert_eq!(submitted(&mut store, 3, 2), 4);
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
