//! A connection with the settings that the promises rest on, each read back after it was set.

use super::migrate;
use crate::server::error::StartError;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// How long a statement waits for another reader or writer of the file, in milliseconds.
const BUSY_TIMEOUT_MS: i64 = 5_000;
/// How many statements stay prepared: as many as the projector has, and some.
const STATEMENTS_MAX: usize = 128;

/// Opens the database file, making it if needed, and brings it to this version.
///
/// # Errors
/// [`StartError::StoreIsNewer`], [`StartError::Setting`], [`StartError::Sqlite`].
pub fn open(database: &Path) -> Result<Connection, StartError> {
    let mut connection = Connection::open(database)?;
    // Before anything is written: a later version's file stays as it is.
    migrate::check(&connection)?;
    set(
        &connection,
        "busy_timeout",
        BUSY_TIMEOUT_MS.to_string(),
        BUSY_TIMEOUT_MS.to_string(),
    )?;
    set(&connection, "journal_mode", "wal", "wal")?;
    // A receipt is a promise: every commit is flushed to the disk, which FULL (2) means in WAL.
    set(&connection, "synchronous", "full", "2")?;
    set(&connection, "foreign_keys", "on", "1")?;
    // What is erased is overwritten, so that it is in no free page.
    set(&connection, "secure_delete", "on", "1")?;
    migrate::run(&mut connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(connection)
}

/// Opens the database file of this version only to read.
///
/// # Errors
/// [`StartError::Setting`], [`StartError::Sqlite`].
pub fn open_to_read(database: &Path) -> Result<Connection, StartError> {
    let connection = Connection::open_with_flags(
        database,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    let timeout = BUSY_TIMEOUT_MS.to_string();
    set(&connection, "busy_timeout", timeout.clone(), timeout)?;
    set(&connection, "query_only", "on", "1")?;
    Ok(connection)
}

/// Sets a pragma and reads it back: SQLite answers a setting that it cannot follow with silence.
fn set(
    connection: &Connection,
    name: &'static str,
    value: impl Into<String>,
    wanted: impl Into<String>,
) -> Result<(), StartError> {
    let wanted = wanted.into();
    connection.execute_batch(&format!("pragma {name} = {}", value.into()))?;
    let found = connection.pragma_query_value(None, name, |row| {
        row.get_ref(0).map(|value| match value {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            other => other.as_str().unwrap_or("nothing").to_owned(),
        })
    })?;
    if found == wanted {
        return Ok(());
    }
    Err(StartError::Setting {
        name,
        wanted,
        found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_sqlite_does_not_take_is_an_error() {
        // A database in memory answers the wish for WAL with "memory", and no error.
        let connection = Connection::open_in_memory().expect("memory is there");
        let refused = set(&connection, "journal_mode", "wal", "wal");
        assert!(matches!(
            refused,
            Err(StartError::Setting { name: "journal_mode", found, .. }) if found == "memory"
        ));
    }

    #[test]
    fn a_store_is_opened_with_every_setting() {
        let folder = tempfile::tempdir().expect("there is room");
        let connection = open(&folder.path().join("lookfor.sqlite")).expect("it opens");
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        assert_eq!(number("synchronous"), Ok(2));
        assert_eq!(number("foreign_keys"), Ok(1));
        assert_eq!(number("busy_timeout"), Ok(BUSY_TIMEOUT_MS));
        assert_eq!(number("user_version"), Ok(migrate::KNOWN));
    }
}
