//! Jottings: what is being written and is not sent. They never leave the device.

use super::scrub::{Need, mark};
use super::{Store, problem};
use crate::domain::act::saying::{Saying, feedback_jotting, jotting_of, reply_jotting};
use crate::domain::json;
use crate::domain::problem::Problem;
use rusqlite::{Connection, OptionalExtension};

/// How long a jotting stays that nobody goes on with, in milliseconds.
pub(super) const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

impl Store {
    /// Keeps what is being written under a key, over what was there; nothing removes it.
    ///
    /// # Errors
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. What was there stays then.
    pub fn jot(&mut self, key: &str, text: &str, now_utc_ms: i64) -> Result<(), Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        (|| {
            mark(&transaction, Need::WhenQuiet)?;
            if text.is_empty() {
                return transaction.execute("delete from jotting where key = ?1", [key]);
            }
            let sql = "insert or replace into jotting values (?1, ?2, ?3)";
            transaction.execute(sql, (key, now_utc_ms, text))
        })()
        .map_err(problem)?;
        transaction.commit().map_err(problem)
    }

    /// What is being written under a key.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn jotted(&self, key: &str) -> Result<Option<String>, Problem> {
        self.connection
            .query_row("select text from jotting where key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
            .map_err(problem)
    }
}

/// Forgets what was being written under a key, in the transaction that sends or erases it.
pub(super) fn forget(connection: &Connection, key: &str) -> rusqlite::Result<()> {
    let gone = connection
        .prepare_cached("delete from jotting where key = ?1")?
        .execute([key])?;
    match gone {
        0 => Ok(()),
        _ => mark(connection, Need::WhenQuiet),
    }
}

/// Puts back what was being written, in the transaction that takes back what was said. A reply that was begun meanwhile
/// stands behind it.
pub(super) fn put_back(connection: &Connection, saying: &Saying) -> rusqlite::Result<()> {
    let Some((key, mut text)) = saying.written() else {
        return Ok(());
    };
    let there: Option<String> = connection
        .query_row("select text from jotting where key = ?1", [&key], |row| {
            row.get(0)
        })
        .optional()?;
    let begun = there.filter(|there| *there != text && saying.kind == "feedback_answered");
    if let Some(begun) = begun {
        text = format!("{text}\n\n{begun}");
    }
    let sql = "insert or replace into jotting values (?1, ?2, ?3)";
    connection
        .execute(sql, (key, saying.at.at_utc_ms, text))
        .map(drop)
}

/// Forgets what was being written about an event whose words are erased, and what it was itself written as.
pub(super) fn forget_about(connection: &Connection, event: &str) -> rusqlite::Result<()> {
    if let Ok(visit) = event.parse() {
        forget(connection, &feedback_jotting(visit))?;
        forget(connection, &reply_jotting(visit))?;
    }
    let body: Option<Vec<u8>> = connection
        .prepare_cached("select body from event where id = ?1")?
        .query_row([event], |row| row.get(0))
        .optional()?;
    let key = body.and_then(|body| {
        let body = json::parsed(&String::from_utf8(body).ok()?).ok()?;
        jotting_of(body.get("kind")?.as_str()?, &body.get("data")?.to_string())
    });
    key.map_or(Ok(()), |key| forget(connection, &key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::tests::memory;
    use rstest::rstest;

    const NOON_MS: i64 = 1_795_608_000_000;

    #[rstest]
    #[case::in_1970(5)]
    #[case::in_2020(1_577_836_800_000)]
    #[case::next_year(NOON_MS + 365 * 24 * 60 * 60 * 1000)]
    fn what_was_written_while_the_clock_was_wrong_stays_a_month_from_when_that_is_seen(
        #[case] at: i64,
    ) {
        let mut store = memory();
        store.jot("reply:a", "They heard", at).expect("it is kept");
        let jotted = |store: &Store| store.jotted("reply:a").expect("it answers");
        store.tidy(NOON_MS).expect("it is tidied");
        assert!(jotted(&store).is_some());
        store.tidy(NOON_MS + KEPT_MS).expect("it is tidied");
        assert!(jotted(&store).is_some());
        store.tidy(NOON_MS + KEPT_MS + 1).expect("it is tidied");
        assert_eq!(jotted(&store), None);
    }

    #[test]
    fn the_last_that_was_written_is_there_until_it_is_taken_away_or_a_month_is_over() {
        let mut store = memory();
        let at = NOON_MS;
        assert_eq!(store.jotted("reply:a"), Ok(None));
        for (key, text) in [
            ("reply:a", "They"),
            ("reply:a", "They heard"),
            ("reply:b", "No"),
        ] {
            store.jot(key, text, at).expect("it is kept");
        }
        assert_eq!(store.jotted("reply:a"), Ok(Some("They heard".into())));
        store.jot("reply:a", "", at + 1).expect("it is taken away");
        assert_eq!(store.jotted("reply:a"), Ok(None));
        store.tidy(at + KEPT_MS).expect("it is tidied");
        assert_eq!(store.jotted("reply:b"), Ok(Some("No".into())));
        store.tidy(at + KEPT_MS + 1).expect("it is tidied");
        assert_eq!(store.jotted("reply:b"), Ok(None));
    }
}
