//! Events as they are read from their rows.

use crate::domain::event::{Body, Words};
use crate::domain::fold::Read;
use crate::domain::id::{EventId, PersonId};
use crate::domain::moment::Moment;
use crate::server::projector::made::Stored;
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{Connection, Row, named_params};

/// All events about one thing that this version reads, in the order in which they came.
pub(in crate::server::store::sqlite) fn about(
    connection: &Connection,
    about: &str,
) -> rusqlite::Result<Vec<Stored>> {
    let mut statement = connection.prepare_cached(include_str!("events_about.sql"))?;
    let rows = statement
        .query_map([about], row_to_stored)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// What was said about one thing under one id of a person, in the order in which it came: with `all`, else what
/// waits for the projector and is in no document yet.
pub(in crate::server::store::sqlite) fn by(
    connection: &Connection,
    about: &str,
    author: PersonId,
    all: bool,
) -> rusqlite::Result<Vec<Read>> {
    let mut statement = connection.prepare_cached(include_str!("events_by.sql"))?;
    let row = named_params! { ":about": about, ":author": author.0.as_bytes(), ":all": all };
    let rows = statement
        .query_map(row, row_to_stored)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows.into_iter().flatten().map(|event| event.read).collect())
}

/// The event with this number; none when this version does not read it.
pub(super) fn numbered(
    connection: &Connection,
    server_number: u64,
) -> rusqlite::Result<Option<Stored>> {
    connection
        .prepare_cached(include_str!("event_numbered.sql"))?
        .query_row([server_number.cast_signed()], row_to_stored)
}

fn row_to_stored(row: &Row) -> rusqlite::Result<Option<Stored>> {
    let body: Vec<u8> = row.get("body")?;
    let words: Option<Vec<u8>> = row.get("words")?;
    // What does not open any more was accepted by another version: it is kept unread.
    let opened = serde_json::from_slice::<Body>(&body)
        .ok()
        .and_then(|body| Some((body.number, body.read().ok().flatten()?)));
    let Some((number, fact)) = opened else {
        return Ok(None);
    };
    let said = words
        .and_then(|words| serde_json::from_slice::<Words>(&words).ok())
        .map(|words| words.said)
        .unwrap_or_default();
    let server_number = row.get::<_, i64>("server_number")?.unsigned_abs();
    Ok(Some(Stored {
        server_number,
        erased: row.get("erased")?,
        read: Read {
            id: EventId(uuid(row, "id")?),
            number,
            author: PersonId(uuid(row, "author")?),
            at: Moment {
                at_utc_ms: row.get("at_utc_ms")?,
                offset_min: row.get("offset_min")?,
            },
            received_at_utc_ms: row.get("received_at_utc_ms")?,
            server_number,
            fact,
            said,
        },
    }))
}
