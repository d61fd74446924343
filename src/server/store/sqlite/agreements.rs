//! The versions of the agreement.

use super::SqliteStore;
use super::ask::malformed;
use super::people::refresh;
use crate::domain::agreement::Agreement;
use crate::domain::id::PersonId;
use crate::server::store::Later;
use crate::server::store::agreements::AgreementVersions;
use crate::server::store::people::Asked;
use rusqlite::types::Type;
use rusqlite::{Connection, named_params};

impl AgreementVersions for SqliteStore {
    fn agreements(&self) -> Later<'_, Vec<Agreement>> {
        self.read(|connection| load(connection))
    }

    fn adopt(&self, agreement: Agreement, by: PersonId, now_utc_ms: i64) -> Asked<'_, ()> {
        self.ask(move |transaction| {
            let versions = load(transaction)?;
            if versions.contains(&agreement) {
                return Ok(());
            }
            // The first is built in. One by one: a number far ahead would leave none for those that follow.
            let newest = versions.iter().map(|known| known.version).max();
            let before = newest.unwrap_or(Agreement::first().version);
            if before.checked_add(1) != Some(agreement.version) {
                return Err(malformed(
                    "agreement.version",
                    "the number that follows the newest version's",
                ));
            }
            // Names that an agreement has closed must not be opened by one that says it held before. What a district
            // signed before it came to Lookfor is its first.
            if newest.is_some() && agreement.from_utc_ms < now_utc_ms {
                return Err(malformed(
                    "agreement.from_utc_ms",
                    "now or later: a version does not hold before it is adopted",
                ));
            }
            transaction
                .prepare_cached(include_str!("agreement_insert.sql"))?
                .execute(named_params! {
                    ":version": agreement.version,
                    ":from_utc_ms": agreement.from_utc_ms,
                    ":body": serde_json::to_string(&agreement).map_err(unwritten)?,
                    ":adopted_by": by.0.as_bytes(),
                    ":adopted_at_utc_ms": now_utc_ms,
                })?;
            refresh(transaction, "agreement")?;
            Ok(())
        })
    }
}

/// All versions that were adopted, by version. None of them is [`Agreement::first`]: what holds before is
/// for `domain::agreement::Agreements` to say.
pub(in crate::server) fn load(connection: &Connection) -> rusqlite::Result<Vec<Agreement>> {
    connection
        .prepare_cached("select body from agreement order by version")?
        .query_map([], |row| {
            let body: String = row.get("body")?;
            serde_json::from_str(&body).map_err(|error| {
                rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into())
            })
        })?
        .collect()
}

fn unwritten(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}
