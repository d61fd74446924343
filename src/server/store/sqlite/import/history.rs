//! Imports that were looked at, and what became of them; and what waits to be taken.

use crate::domain::id::{ImportId, PersonId};
use crate::domain::import::Preview;
use crate::server::import::roster::Roster;
use crate::server::store::imports::{Look, Take};
use crate::server::store::sqlite::tokens::uuid;
use crate::sync::office::imports::{IMPORT_WAITS_MS, IMPORTS_PAGE_MAX, Import, ImportState};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use uuid::Uuid;

/// Forgets what was read and not taken within its time, and says of how many imports.
pub(super) fn forget_old(transaction: &Transaction, now_utc_ms: i64) -> rusqlite::Result<usize> {
    transaction
        .prepare_cached(include_str!("forget_old.sql"))?
        .execute([now_utc_ms.saturating_sub(IMPORT_WAITS_MS)])
}

/// Keeps a look, and what was read unless that can never be taken.
pub(super) fn keep(
    transaction: &Transaction,
    look: &Look,
    preview: Preview,
) -> rusqlite::Result<Import> {
    let state = match preview.blocked {
        true => ImportState::Blocked,
        false => ImportState::Looked,
    };
    transaction
        .prepare_cached(
            "insert into import (id, person, looked_at_utc_ms, state, preview) \
             values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            look.id.0.as_bytes(),
            look.person.map(|person| *person.0.as_bytes()),
            look.now_utc_ms,
            name(state),
            text(&preview),
        ])?;
    if state == ImportState::Looked {
        let roster = serde_json::to_vec(&look.roster).map_err(unreadable)?;
        transaction
            .prepare_cached("insert into import_roster (import, roster) values (?1, ?2)")?
            .execute(params![look.id.0.as_bytes(), roster])?;
    }
    Ok(Import {
        id: look.id,
        person: look.person,
        looked_at_utc_ms: look.now_utc_ms,
        taken_at_utc_ms: None,
        state,
        preview,
    })
}

/// What was read and waits.
pub(super) fn roster(transaction: &Transaction, id: ImportId) -> rusqlite::Result<Option<Roster>> {
    let roster = transaction
        .prepare_cached("select roster from import_roster where import = ?1")?
        .query_row([id.0.as_bytes()], |row| row.get::<_, Vec<u8>>(0))
        .optional()?;
    roster
        .map(|bytes| serde_json::from_slice(&bytes).map_err(unreadable))
        .transpose()
}

/// Notes that it was taken, and forgets what was read.
pub(super) fn taken(
    transaction: &Transaction,
    take: Take,
    import: &Import,
    preview: Preview,
) -> rusqlite::Result<Import> {
    transaction
        .prepare_cached(
            "update import set state = 'taken', taken_at_utc_ms = :now_utc_ms, preview = :preview \
             where id = :id",
        )?
        .execute(named_params! {
            ":id": take.id.0.as_bytes(),
            ":now_utc_ms": take.now_utc_ms,
            ":preview": text(&preview),
        })?;
    transaction
        .prepare_cached("delete from import_roster where import = ?1")?
        .execute([take.id.0.as_bytes()])?;
    Ok(Import {
        state: ImportState::Taken,
        taken_at_utc_ms: Some(take.now_utc_ms),
        preview,
        ..import.clone()
    })
}

pub(super) fn find(connection: &Connection, id: ImportId) -> rusqlite::Result<Option<Import>> {
    connection
        .prepare_cached("select * from import where id = ?1")?
        .query_row([id.0.as_bytes()], row_to_import)
        .optional()
}

pub(super) fn page(
    connection: &Connection,
    before: Option<ImportId>,
) -> rusqlite::Result<Vec<Import>> {
    let before = before.map_or(Uuid::max(), |import| import.0);
    connection
        .prepare_cached("select * from import where id < ?1 order by id desc limit ?2")?
        .query_map(
            params![before.as_bytes(), IMPORTS_PAGE_MAX as i64],
            row_to_import,
        )?
        .collect()
}

fn row_to_import(row: &Row) -> rusqlite::Result<Import> {
    let person: Option<[u8; 16]> = row.get("person")?;
    let preview: String = row.get("preview")?;
    let state: String = row.get("state")?;
    Ok(Import {
        id: ImportId(uuid(row, "id")?),
        person: person.map(|person| PersonId(Uuid::from_bytes(person))),
        looked_at_utc_ms: row.get("looked_at_utc_ms")?,
        taken_at_utc_ms: row.get("taken_at_utc_ms")?,
        state: match &*state {
            "blocked" => ImportState::Blocked,
            "taken" => ImportState::Taken,
            _ => ImportState::Looked,
        },
        preview: serde_json::from_str(&preview).map_err(unreadable)?,
    })
}

fn name(state: ImportState) -> &'static str {
    match state {
        ImportState::Blocked => "blocked",
        ImportState::Taken => "taken",
        _ => "looked",
    }
}

fn text(preview: &Preview) -> String {
    serde_json::to_string(preview).expect("a preview has keys that are names")
}

/// What another version wrote. Its content is not said.
fn unreadable(_: serde_json::Error) -> rusqlite::Error {
    let what = "an import is not as it was written";
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, what.into())
}
