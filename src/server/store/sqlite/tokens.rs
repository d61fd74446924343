//! Whose device a token belongs to.

use super::SqliteStore;
use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, PersonId};
use crate::server::store::{Caller, Later, Tokens};
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

impl Tokens for SqliteStore {
    fn caller(&self, token_sha256: Sha256) -> Later<'_, Option<Caller>> {
        self.read(move |connection| {
            connection
                .prepare_cached(include_str!("caller.sql"))?
                .query_row([token_sha256.0], row_to_caller)
                .optional()
        })
    }
}

fn row_to_caller(row: &Row) -> rusqlite::Result<Caller> {
    Ok(Caller {
        person: PersonId(uuid(row, "person")?),
        device: DeviceId(uuid(row, "id")?),
    })
}

/// A column that holds the 16 bytes of an id.
pub(super) fn uuid(row: &Row, column: &str) -> rusqlite::Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}
