//! The projector's transactions: from events to documents and counts.
//!
//! Reading order: [`batch`] (what is taken, and that one failure stops nothing else), [`events`] (events as
//! they are read), [`pen`] (documents and their numbers), then what is made: [`visit`], [`counts`],
//! [`figures`], [`people`], [`places`], [`ideas`], [`voices`]; [`standing`] (which visits to make again when people change),
//! [`agreed`] (a version of the agreement begins to
//! hold), [`erase`] (words go), [`begin`] (a start, and a rebuild).
//!
//! What documents say is decided in [`crate::server::projector`] and `domain`. Never here: a rule about who
//! sees what, and a clock.

mod agreed;
mod batch;
mod begin;
mod counts;
mod erase;
pub(super) mod events;
mod figures;
mod ideas;
mod pen;
mod people;
pub(super) mod places;
mod schools;
mod standing;
mod visit;
pub(super) mod voices;

use super::SqliteStore;
use crate::domain::agreement::{Agreement, Agreements};
use crate::server::chance::Chance;
use crate::server::store::Later;
use crate::server::store::projection::{Projected, Projection};
use rusqlite::Connection;

impl Projection for SqliteStore {
    fn begin(&self, now_utc_ms: i64) -> Later<'_, ()> {
        self.write(move |connection| begin::begin(connection, now_utc_ms))
    }

    fn rebuild(&self, now_utc_ms: i64) -> Later<'_, ()> {
        self.write(move |connection| begin::rebuild(connection, now_utc_ms))
    }

    fn project(&self, now_utc_ms: i64) -> Later<'_, Projected> {
        self.write(move |connection| batch::project(connection, now_utc_ms))
    }

    fn count(&self, now_utc_ms: i64) -> Later<'_, Projected> {
        self.write(move |connection| figures::count(connection, now_utc_ms))
    }

    fn next_agreement(&self, now_utc_ms: i64) -> Later<'_, Option<i64>> {
        self.read(move |connection| agreed::next(connection, now_utc_ms))
    }

    fn retain(&self, now_utc_ms: i64, random: Chance) -> Later<'_, u64> {
        Box::pin(async move {
            // Looked for beside the writer: there may be many words, and few that are due.
            let due = self
                .read(move |connection| erase::due(connection, now_utc_ms))
                .await?;
            let erased = due.len() as u64;
            if erased > 0 {
                self.write(move |connection| erase::retain(connection, due, now_utc_ms, random))
                    .await?;
            }
            Ok(erased)
        })
    }

    fn settle(&self) -> Later<'_, bool> {
        self.write(erase::settle)
    }
}

/// Does what waits in a store that nobody else writes, such as a copy: erased words are in no row and no page of it then.
pub(super) fn finish(connection: &mut Connection, now_utc_ms: i64) -> rusqlite::Result<()> {
    // Without a feed no server has run on it: there is nothing that was made.
    let has_begun: bool =
        connection.query_row("select exists (select 1 from feed)", [], |row| row.get(0))?;
    while has_begun && batch::project(connection, now_utc_ms)?.more {}
    erase::settle(connection)?;
    Ok(())
}

/// All versions of the agreement.
pub(super) fn agreements(connection: &Connection) -> rusqlite::Result<Agreements> {
    let mut statement = connection.prepare_cached("select version, body from agreement")?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(u32, String)>>>()?;
    let versions = rows.into_iter().filter_map(|(version, body)| {
        let read = serde_json::from_str::<Agreement>(&body);
        read.inspect_err(
            |error| tracing::error!(version, %error, "A version of the agreement is not read."),
        )
        .ok()
    });
    Ok(Agreements::of(versions.collect()))
}
