//! The feed, as readers get it.

use super::SqliteStore;
use super::people::{entries, posts, was_only_met};
use crate::domain::document::{Audience, Name, audiences};
use crate::domain::id::PersonId;
use crate::domain::people::Role;
use crate::server::store::Later;
use crate::server::store::feed::{Feed, News, Since};
use crate::sync::protocol::{Change, Portion};
use rusqlite::{Connection, Row, params};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// The most bytes of documents in one answer, so that one of many long notes stays an answer that a slow
/// network carries. One document is always answered, however long.
const PULL_MAX_BYTES: usize = 1024 * 1024;

impl Feed for SqliteStore {
    fn audiences(&self, person: PersonId) -> Later<'_, BTreeSet<Audience>> {
        self.read(move |connection| audiences_of(connection, person))
    }

    fn pull(&self, person: PersonId, since: Since, changes_max: u32) -> Later<'_, News> {
        self.read(move |connection| {
            // One transaction, so that the portions are of one moment.
            let transaction = connection.transaction()?;
            pull(&transaction, person, since, changes_max as usize)
        })
    }
}

/// The audiences of whoever this entry stands for.
pub(super) fn audiences_of(
    connection: &Connection,
    person: PersonId,
) -> rusqlite::Result<BTreeSet<Audience>> {
    let mut posts = posts(connection, person)?;
    let entries = entries(connection, person)?;
    let one = entries.first().copied().unwrap_or(person);
    // Whoever added somebody on the spot may have given them away who they are: what a team reads is for those
    // whom the office knows.
    if was_only_met(connection, &entries)? {
        posts.retain(|post| post.role != Role::Pilot);
    }
    Ok(audiences(one, &posts))
}

fn pull(
    connection: &Connection,
    person: PersonId,
    mut since: Since,
    changes_max: usize,
) -> rusqlite::Result<News> {
    let feed: i64 = connection.query_row("select feed from feed", [], |row| row.get("feed"))?;
    let same = since.feed == Some(feed.unsigned_abs());
    let mut room = Room {
        changes: changes_max,
        bytes: PULL_MAX_BYTES,
        full: false,
    };
    let mut portions = Vec::new();
    for audience in audiences_of(connection, person)? {
        let known = since.cursors.remove(&audience.to_string());
        let newest = newest(connection, &audience)?;
        // A cursor that this audience never had is none. It is compared with nothing of others: what is taken and what
        // is not would tell how many documents they got.
        let from = known.filter(|cursor| same && *cursor <= newest);
        let from = from.unwrap_or(0);
        portions.push(portion(connection, audience, (from, newest), &mut room)?);
    }
    Ok(News {
        feed: feed.unsigned_abs(),
        portions,
        lost: since.cursors.into_keys().collect(),
        more: room.full,
    })
}

/// What an answer still has room for.
struct Room {
    changes: usize,
    bytes: usize,
    /// Whether something did not fit.
    full: bool,
}

/// The largest number among the documents of an audience, also of those that are gone.
fn newest(connection: &Connection, audience: &Audience) -> rusqlite::Result<u64> {
    let newest: i64 = connection
        .prepare_cached("select ifnull(max(number), 0) from document where audience = ?1")?
        .query_row([audience.to_string()], |row| row.get(0))?;
    Ok(newest.unsigned_abs())
}

fn portion(
    connection: &Connection,
    audience: Audience,
    (from, newest): (u64, u64),
    room: &mut Room,
) -> rusqlite::Result<Portion> {
    // A device that has nothing of this audience has nothing to forget.
    let mut statement = connection.prepare_cached(match from {
        0 => include_str!("document_first.sql"),
        _ => include_str!("document_since.sql"),
    })?;
    let mut portion = Portion {
        cursor: from,
        changes: Vec::new(),
        audience,
    };
    // One more than there is room for says whether that is all.
    let most = room.changes + 1;
    let mut rows = statement.query(params![
        portion.audience.to_string(),
        from.cast_signed(),
        most
    ])?;
    while let Some(row) = rows.next()? {
        let (number, bytes, change) = row_to_change(row)?;
        let first = room.bytes == PULL_MAX_BYTES;
        if room.full || room.changes == 0 || (bytes > room.bytes && !first) {
            room.full = true;
            return Ok(portion);
        }
        room.changes -= 1;
        room.bytes = room.bytes.saturating_sub(bytes.max(1));
        portion.cursor = number;
        portion.changes.push(change);
    }
    // All of it, with what is gone. Not as far as the whole feed is: that would tell how much others got.
    portion.cursor = portion.cursor.max(newest);
    Ok(portion)
}

fn row_to_change(row: &Row) -> rusqlite::Result<(u64, usize, Change)> {
    let number: i64 = row.get("number")?;
    let body: Option<String> = row.get("body")?;
    let bytes = body.as_ref().map_or(0, String::len);
    let name = Name {
        kind: row.get("kind")?,
        id: row.get("id")?,
    };
    let document = body.map(RawValue::from_string).transpose();
    let document = document.map_err(|error| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(0, kind, error.into())
    })?;
    Ok((number.unsigned_abs(), bytes, Change { name, document }))
}
