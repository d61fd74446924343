//! What was said and can still be taken back, for some seconds. It is kept as soon as it is said and sealed when its
//! time is over, when something else is said, or when the store is opened again: a kill says it, and loses nothing.

use super::saying::{forget_written, note_missed, number_of, sealed};
use super::scrub::{Need, mark};
use super::{Store, from_json, problem};
use crate::domain::act::saying::Saying;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use rusqlite::Connection;

impl Store {
    /// Keeps what is said so that it can still be taken back, and forgets what of it was being written. What could be taken back before is sealed: there is
    /// one at a time. What is held or sealed already stays as it is.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] for a kind that is not said in this way, [`Problem::TooLarge`],
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. Nothing is kept then.
    pub fn hold_back(&mut self, saying: &Saying) -> Result<(), Problem> {
        if !saying.is_sayable() {
            return Err(Problem::NotAllowed);
        }
        let transaction = self.connection.transaction().map_err(problem)?;
        let known = number_of(&transaction, saying.id)
            .map_err(problem)?
            .is_some();
        let held = held(&transaction, None).map_err(problem)?;
        if known || held.iter().any(|one| one.id == saying.id) {
            // Asked again by a page that has lost the answer: it may have asked again to keep what was written, too.
            forget_written(&transaction, saying).map_err(problem)?;
            return transaction.commit().map_err(problem);
        }
        seal(&transaction, None)?;
        sealed(&transaction, 1, saying)?;
        let json = serde_json::to_string(saying).expect("a saying has string keys");
        let sql = "insert into held (id, saying) values (?1, ?2)";
        transaction
            .execute(sql, (saying.id.to_string(), json))
            .and_then(|_| note_missed(&transaction, saying))
            .and_then(|()| forget_written(&transaction, saying))
            .map_err(problem)?;
        transaction.commit().map_err(problem)
    }

    /// Takes back what was said, and puts back what was being written. False when it is too late: it is sealed.
    /// True also for what is not here: it was taken back before, or it could never be kept.
    ///
    /// # Errors
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. It stays held then.
    pub fn unsay(&mut self, id: EventId) -> Result<bool, Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        let taken_back = (|| {
            let Some(saying) = held(&transaction, Some(id))?.pop() else {
                return Ok(number_of(&transaction, id)?.is_none());
            };
            let id = id.to_string();
            transaction.execute("delete from held where id = ?1", [&id])?;
            let sql = "delete from missed where audience = 'here' and id = ?1";
            transaction.execute(sql, [&id])?;
            super::jotting::put_back(&transaction, &saying)?;
            mark(&transaction, Need::WhenQuiet)?;
            Ok(true)
        })();
        let taken_back = taken_back.map_err(problem)?;
        transaction.commit().map_err(problem)?;
        Ok(taken_back)
    }

    /// Seals what could still be taken back: all of it, or this one. Gives how many that were.
    ///
    /// # Errors
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. It stays held then.
    pub fn say_held(&mut self, only: Option<EventId>) -> Result<usize, Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        let sealed = seal(&transaction, only)?;
        transaction.commit().map_err(problem)?;
        Ok(sealed)
    }
}

/// What is held: all of it, or this one. Ids tell when they were minted, so the oldest is first.
pub(super) fn held(
    connection: &Connection,
    only: Option<EventId>,
) -> rusqlite::Result<Vec<Saying>> {
    let sql = "select saying from held where ?1 is null or id = ?1 order by id";
    let only = only.map(|id| id.to_string());
    let mut all = connection.prepare_cached(sql)?;
    all.query_map([only], |row| from_json(row, 0))?.collect()
}

/// Seals what is held, in the transaction of whoever asks: all of it, or this one.
pub(super) fn seal(connection: &Connection, only: Option<EventId>) -> Result<usize, Problem> {
    let due = held(connection, only).map_err(problem)?;
    for saying in &due {
        super::saying::seal(connection, saying)?;
        connection
            .execute("delete from held where id = ?1", [saying.id.to_string()])
            .and_then(|_| mark(connection, Need::WhenQuiet))
            .map_err(problem)?;
    }
    Ok(due.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::feedback::{FeedbackAnswered, FeedbackSent, Reaction};
    use crate::domain::act::saying::{feedback_jotting, reply_jotting};
    use crate::domain::event::{Factual, Words, said};
    use crate::domain::id::{ClassId, SiteId};
    use crate::domain::moment::Moment;
    use crate::domain::place::{ClassMissed, Missed, Why};
    use crate::local::tests::{memory, on_disk, open_file};

    const NOON: Moment = Moment {
        at_utc_ms: 1_795_608_000_000,
        offset_min: -480,
    };

    fn id(number: u8) -> EventId {
        EventId::mint(1, [9, 9, 9, 9, 9, 9, 9, 9, 9, number])
    }

    fn thanks(number: u8) -> Saying {
        let fact = FeedbackAnswered {
            walkthrough: id(100),
            feedback: id(101),
            answer: Reaction::Thanks,
        };
        Saying::of(id(number), NOON, &fact, None)
    }

    /// Feedback, or a reply to it, with these words.
    fn written(number: u8, fact: &dyn Factual, said: &[(&str, &str)]) -> Saying {
        let named = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let words = Words {
            salt: "0".repeat(32),
            said: said.iter().map(named).collect(),
        };
        let words = serde_json::to_string(&words).expect("words have string keys");
        Saying::of(id(number), NOON, fact, Some(words))
    }

    fn reply(number: u8, text: &str) -> Saying {
        let fact = FeedbackAnswered {
            walkthrough: id(100),
            feedback: id(101),
            answer: Reaction::Reply,
        };
        written(number, &fact, &[(said::REPLY, text)])
    }

    fn sayings(store: &Store) -> Vec<Saying> {
        let all = store.sayings().expect("it answers");
        all.into_iter().map(|one| one.saying).collect()
    }

    fn outbox(store: &Store) -> Vec<EventId> {
        let waiting = store.outbox(0, 9, 99_999).expect("it answers");
        waiting.into_iter().map(|one| one.id).collect()
    }

    #[test]
    fn what_is_taken_back_in_time_was_never_said() {
        let mut store = memory();
        store.hold_back(&thanks(1)).expect("it is kept");
        let shown: Vec<Saying> = sayings(&store);
        assert_eq!(shown, [thanks(1)]);
        assert_eq!((outbox(&store), store.unsent()), (vec![], Ok(1)));
        assert_eq!(store.unsay(id(1)), Ok(true));
        assert_eq!(sayings(&store), []);
        // Asked again by a page that has lost the answer.
        assert_eq!(store.unsay(id(1)), Ok(true));
        assert_eq!(store.say_held(None), Ok(0));
        assert_eq!((outbox(&store), store.unsent()), (vec![], Ok(0)));
    }

    #[test]
    fn what_is_not_taken_back_is_said_once_and_then_it_is_too_late() {
        let mut store = memory();
        for _ in 0..2 {
            store.hold_back(&thanks(1)).expect("it is kept");
        }
        assert_eq!(store.say_held(Some(id(2))), Ok(0));
        assert_eq!(store.say_held(Some(id(1))), Ok(1));
        assert_eq!(store.unsay(id(1)), Ok(false));
        store.hold_back(&thanks(1)).expect("it is there already");
        assert_eq!(store.say_held(None), Ok(0));
        assert_eq!(outbox(&store), [id(1)]);
    }

    #[test]
    fn whoever_says_something_else_meant_what_was_said_before_in_that_order() {
        let mut store = memory();
        store.hold_back(&thanks(1)).expect("it is kept");
        store.hold_back(&thanks(2)).expect("it is kept");
        assert_eq!(outbox(&store), [id(1)]);
        assert_eq!(store.say(&thanks(3)), Ok(3));
        assert_eq!(outbox(&store), [id(1), id(2), id(3)]);
    }

    #[test]
    fn a_kill_loses_nothing_that_was_said() {
        let (folder, mut store) = on_disk();
        store.hold_back(&thanks(1)).expect("it is kept");
        // No farewell: the process is gone.
        std::mem::forget(store);
        let mut again = open_file(folder.path(), 1);
        assert_eq!(again.say_held(None), Ok(1));
        assert_eq!(outbox(&again), [id(1)]);
    }

    #[test]
    fn what_was_written_is_put_back_with_the_taking_back_under_the_key_of_its_own_visit() {
        let mut store = memory();
        let (feedback, other) = (feedback_jotting(id(100)), feedback_jotting(id(102)));
        store.jot(&other, "Another class", 5).expect("it is kept");
        let parts = [(said::FEEDBACK, "Two pairs."), (said::QUESTION, "Why?")];
        let fact = FeedbackSent {
            walkthrough: id(100),
        };
        store
            .hold_back(&written(1, &fact, &parts))
            .expect("it is kept");
        assert_eq!(store.jotted(&feedback), Ok(None));
        assert_eq!(store.unsay(id(1)), Ok(true));
        let there = store.jotted(&feedback).expect("it answers");
        assert_eq!(there.as_deref(), Some("Two pairs.\u{1f}\u{1f}Why?"));
        assert_eq!(store.jotted(&other), Ok(Some("Another class".into())));
    }

    #[test]
    fn a_reply_that_was_begun_meanwhile_stays_behind_the_one_that_is_put_back() {
        let mut store = memory();
        let key = reply_jotting(id(100));
        store.hold_back(&reply(1, "They heard.")).expect("kept");
        store.jot(&key, "And they", 5).expect("it is kept");
        assert_eq!(store.unsay(id(1)), Ok(true));
        let both = "They heard.\n\nAnd they".to_owned();
        assert_eq!(store.jotted(&key), Ok(Some(both)));
        // Thanks were not written, and leave what is.
        store.hold_back(&thanks(2)).expect("it is kept");
        assert_eq!(store.unsay(id(2)), Ok(true));
        assert!(store.jotted(&key).is_ok_and(|there| there.is_some()));
    }

    #[test]
    fn a_page_that_asks_again_to_keep_what_it_wrote_and_says_it_again_leaves_nothing_in_the_field()
    {
        let mut store = memory();
        let key = reply_jotting(id(100));
        for sealed in [false, true] {
            for _ in 0..2 {
                store.jot(&key, "They heard.", 5).expect("it is kept");
                store.hold_back(&reply(1, "They heard.")).expect("kept");
            }
            assert_eq!(store.jotted(&key), Ok(None), "sealed: {sealed}");
            store.say_held(None).expect("it is sealed");
        }
    }

    #[test]
    fn a_class_is_off_the_list_at_once_and_back_when_that_is_taken_back() {
        let mut store = memory();
        let fact = ClassMissed {
            site: SiteId::mint(1, [1; 10]),
            missed: Missed::Class(ClassId::mint(1, [2; 10])),
            why: Why::Test,
        };
        let missed = |store: &Store| -> u32 {
            let sql = "select count(*) from missed";
            store
                .connection
                .query_row(sql, [], |row| row.get(0))
                .expect("it counts")
        };
        store
            .hold_back(&Saying::of(id(1), NOON, &fact, None))
            .expect("it is kept");
        assert_eq!(missed(&store), 1);
        assert_eq!(store.unsay(id(1)), Ok(true));
        assert_eq!(missed(&store), 0);
    }

    #[test]
    fn a_text_without_an_end_is_refused_while_it_can_be_made_shorter() {
        let mut store = memory();
        let mut long = thanks(1);
        long.words = Some("x".repeat(70_000));
        assert!(matches!(
            store.hold_back(&long),
            Err(Problem::TooLarge { .. })
        ));
        long.kind = "person_merged".into();
        assert_eq!(store.hold_back(&long), Err(Problem::NotAllowed));
        assert_eq!(store.unsent(), Ok(0));
    }
}
