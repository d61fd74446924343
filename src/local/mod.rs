//! What the device remembers: one SQLite store per server and person, the only truth on the device.
//!
//! The same code under a file natively and under OPFS in a browser's worker. It decides nothing
//! about travelling and never waits; each act of a person is one transaction.
//!
//! Reading order: [`open`] (pragmas, schema), [`schema`], then one file per thing: [`person`],
//! [`draft`] and [`submit`], [`outbox`], [`visit`], [`inbox`] and the [`roster`] in it, `likely` (which
//! classes to visit now), [`peers`], `welcome` ("come and see this"), [`today`], [`jotting`], [`saying`], [`held`], [`storage`]; [`tidy`] and
//! [`scrub`] remove what is over.

pub mod draft;
pub mod held;
pub mod inbox;
pub mod jotting;
mod likely;
pub mod open;
pub mod outbox;
pub mod peers;
pub mod person;
pub mod roster;
pub mod saying;
pub mod schema;
pub mod scrub;
pub mod storage;
pub mod submit;
pub mod tidy;
pub mod today;
pub mod visit;
mod welcome;

use crate::domain::collect::form::Form;
use crate::domain::id::{DeviceId, DraftId, PersonId};
use crate::domain::json;
use crate::domain::problem::Problem;
use rusqlite::{Connection, ErrorCode};
use std::rc::Rc;

/// Where a store keeps its pages, which decides how a commit becomes durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A file of the operating system: write-ahead log, flushed at each commit.
    File,
    /// The browser's private file system: no shared memory, so a rollback journal, flushed too.
    Opfs,
    /// Memory only, where the browser gives nothing else: lost when the page is closed.
    Memory,
}

/// The store of one person on one device.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    medium: Medium,
    /// The forms of the drafts that were tapped last.
    forms: Vec<(DraftId, Rc<Form>)>,
}

/// Who this store is to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The store.
    pub device: DeviceId,
    /// The person whose store it is.
    pub author: PersonId,
}

impl Store {
    /// Where the store keeps its pages.
    pub fn medium(&self) -> Medium {
        self.medium
    }

    /// Who this store is.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn identity(&self) -> Result<Identity, Problem> {
        identity(&self.connection).map_err(problem)
    }

    /// Takes a new device id, because another store was found to use this one: a copied or restored
    /// store. What is recorded from now on travels under the new id.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn renew_device(&mut self, device: DeviceId) -> Result<(), Problem> {
        self.connection
            .execute("update self set device = ?1", [device.to_string()])
            .map(drop)
            .map_err(problem)
    }

    /// Closes the store, so that another tab can open it.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn close(self) -> Result<(), Problem> {
        self.connection.close().map_err(|(_, error)| problem(error))
    }
}

fn identity(connection: &Connection) -> rusqlite::Result<Identity> {
    connection.query_row("select device, author from self", [], |row| {
        Ok(Identity {
            device: DeviceId(parsed(row, 0)?),
            author: PersonId(parsed(row, 1)?),
        })
    })
}

/// A column that holds a value as text.
fn parsed<T: std::str::FromStr>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|error| unreadable(column, error))
}

/// A column that holds a value as JSON.
fn from_json<T: serde::de::DeserializeOwned>(
    row: &rusqlite::Row<'_>,
    column: usize,
) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    json::read(&text).map_err(|error| unreadable(column, error))
}

fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}

/// What SQLite's error means to a person. The detail names codes, never content.
pub(crate) fn problem(error: rusqlite::Error) -> Problem {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Problem::StoreFull,
        Some(code) => Problem::StoreFailed {
            detail: format!("{code:?}"),
        },
        None => Problem::StoreFailed {
            detail: "a stored value cannot be read".into(),
        },
    }
}

#[cfg(test)]
mod drafts_tests;
#[cfg(test)]
pub(crate) mod tests;
