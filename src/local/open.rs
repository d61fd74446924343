//! Opening a store: what must hold before anything is kept in it.

use super::{Identity, Medium, Store, problem, schema};
use crate::domain::problem::Problem;
use rusqlite::Connection;

impl Store {
    /// Makes a store of an open connection: sets the pragmas and reads each one back, brings the schema
    /// to the newest version, and gives a new store the identity `fresh` at `now_utc_ms`.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`] also when a pragma did not take, [`Problem::StoreIsNewer`],
    /// [`Problem::StoreFull`].
    pub fn open(
        mut connection: Connection,
        medium: Medium,
        fresh: Identity,
        now_utc_ms: i64,
    ) -> Result<Self, Problem> {
        // A store that a newer Lookfor wrote is left as it is.
        schema::check(&connection)?;
        for (pragma, wanted, answer) in pragmas(medium) {
            set(&connection, pragma, wanted, answer)?;
        }
        schema::migrate(&mut connection, fresh, now_utc_ms)?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(Self {
            connection,
            medium,
            forms: Vec::new(),
        })
    }
}

/// Pragma, value to set, answer that proves it. Browser and native builds of SQLite differ in their
/// defaults (foreign keys, journal), so nothing is left to them.
fn pragmas(medium: Medium) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let journal = match medium {
        // The log is flushed at each commit, so a commit survives a power cut.
        Medium::File => Some(("journal_mode", "wal", "wal")),
        // No shared memory for a log; emptying the journal is cheaper than deleting it.
        Medium::Opfs => Some(("journal_mode", "truncate", "truncate")),
        Medium::Memory => None,
    };
    let apple = matches!(medium, Medium::File).then_some([
        // Without these, Apple's flush stops at the drive's cache.
        ("fullfsync", "on", "1"),
        ("checkpoint_fullfsync", "on", "1"),
    ]);
    // One worker, one window holds a store. Said before anything is read, this spares OPFS a look at
    // the journal for each statement.
    let alone =
        matches!(medium, Medium::Opfs).then_some(("locking_mode", "exclusive", "exclusive"));
    alone
        .into_iter()
        .chain([("foreign_keys", "on", "1")])
        .chain(journal)
        .chain([
            ("synchronous", "full", "2"),
            ("trusted_schema", "off", "0"),
            // What is deleted is overwritten.
            ("secure_delete", "on", "1"),
        ])
        .chain(apple.into_iter().flatten())
}

fn set(connection: &Connection, pragma: &str, value: &str, answer: &str) -> Result<(), Problem> {
    connection
        .pragma_update(None, pragma, value)
        .map_err(problem)?;
    let read: String = connection
        .query_row(&format!("pragma {pragma}"), [], |row| {
            row.get_ref(0).map(|value| match value {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap_or_default().to_owned(),
            })
        })
        .map_err(problem)?;
    if read == answer {
        return Ok(());
    }
    Err(Problem::StoreFailed {
        detail: format!("{pragma} is {read}, not {answer}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::tests::{memory, on_disk, open_file};

    #[test]
    fn a_file_is_opened_with_a_log_flushed_at_each_commit() {
        let (_folder, store) = on_disk();
        let read = |pragma: &str| -> rusqlite::types::Value {
            let sql = format!("pragma {pragma}");
            store
                .connection
                .query_row(&sql, [], |row| row.get(0))
                .expect("it answers")
        };
        assert_eq!(read("journal_mode"), "wal".to_owned().into());
        assert_eq!(read("synchronous"), 2.into());
        assert_eq!(read("foreign_keys"), 1.into());
    }

    #[test]
    fn a_pragma_that_does_not_take_is_an_error() {
        // A store in memory answers "memory" whatever journal is asked for.
        let connection = Connection::open_in_memory().expect("memory opens");
        let refused = set(&connection, "journal_mode", "wal", "wal");
        let detail = "journal_mode is memory, not wal".into();
        assert_eq!(refused, Err(Problem::StoreFailed { detail }));
    }

    #[test]
    fn a_store_keeps_the_identity_that_it_was_born_with() {
        let (folder, store) = on_disk();
        let born = store.identity();
        drop(store);
        assert_eq!(open_file(folder.path(), 9).identity(), born);
        assert_ne!(memory().identity(), Err(Problem::StoreFull));
    }
}
