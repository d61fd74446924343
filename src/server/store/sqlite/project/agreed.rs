//! An agreement that begins to hold: what follows the agreement of the moment is made again then, though nothing came.

use super::agreements;
use rusqlite::{Connection, Transaction};

/// Has all figures counted again if they were made under another version than holds now. Says whether.
pub(super) fn renew(transaction: &Transaction, now_utc_ms: i64) -> rusqlite::Result<bool> {
    let holds = agreements(transaction)?.at(now_utc_ms).version;
    let noted = transaction
        .prepare_cached("update feed set figures_agreement = ?1 where figures_agreement is not ?1")?
        .execute([holds])?;
    if noted == 0 {
        return Ok(false);
    }
    transaction
        .prepare_cached(include_str!("count_again.sql"))?
        .execute([])?;
    Ok(true)
}

/// When the next version begins to hold, in milliseconds since 1970; none when no other was adopted.
pub(super) fn next(connection: &mut Connection, now_utc_ms: i64) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("select min(from_utc_ms) from agreement where from_utc_ms > ?1")?
        .query_row([now_utc_ms], |row| row.get(0))
}
