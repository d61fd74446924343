//! Whose device a token belongs to.

use super::SqliteStore;
use super::people::entries;
use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, PersonId};
use crate::server::store::{Caller, Later, Tokens};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// How often it is noted that a device was seen, in milliseconds.
const SEEN_EVERY_MS: i64 = 60_000;

impl Tokens for SqliteStore {
    fn caller(&self, token_sha256: Sha256, now_utc_ms: i64) -> Later<'_, Option<Caller>> {
        Box::pin(async move {
            let found = self.read(move |connection| {
                let transaction = connection.transaction()?;
                let found = transaction
                    .prepare_cached(include_str!("caller.sql"))?
                    .query_row([token_sha256.0], row_to_caller)
                    .optional()?;
                let Some((caller, seen_at_utc_ms)) = found else {
                    return Ok(None);
                };
                Ok(Some((standing(&transaction, caller)?, seen_at_utc_ms)))
            });
            let Some((caller, seen_at_utc_ms)) = found.await? else {
                return Ok(None);
            };
            if now_utc_ms.saturating_sub(seen_at_utc_ms) >= SEEN_EVERY_MS {
                self.write(move |connection| {
                    connection
                        .prepare_cached("update device set seen_at_utc_ms = ?2 where id = ?1")?
                        .execute(params![caller.device.0.as_bytes(), now_utc_ms])
                })
                .await?;
            }
            Ok(Some(caller))
        })
    }

    fn is_still(&self, caller: Caller) -> Later<'_, bool> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            let whose = transaction
                .prepare_cached(
                    "select person from device where id = ?1 and ended_at_utc_ms is null",
                )?
                .query_row([caller.device.0.as_bytes()], |row| uuid(row, "person"))
                .optional()?;
            let Some(person) = whose.map(PersonId) else {
                return Ok(false);
            };
            let device = caller.device;
            Ok(standing(&transaction, Caller { person, device })? == caller)
        })
    }
}

/// The caller under the entry that stands for them: whose entry was merged into another is that one, whatever their
/// device signed in as. Nobody else has to think of it.
pub(super) fn standing(connection: &Connection, caller: Caller) -> rusqlite::Result<Caller> {
    let one = entries(connection, caller.person)?.first().copied();
    Ok(Caller {
        person: one.unwrap_or(caller.person),
        ..caller
    })
}

fn row_to_caller(row: &Row) -> rusqlite::Result<(Caller, i64)> {
    let caller = Caller {
        person: PersonId(uuid(row, "person")?),
        device: DeviceId(uuid(row, "id")?),
    };
    Ok((caller, row.get("seen_at_utc_ms")?))
}

/// A column that holds the 16 bytes of an id.
pub(super) fn uuid(row: &Row, column: &str) -> rusqlite::Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}
