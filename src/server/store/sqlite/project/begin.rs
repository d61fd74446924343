//! A start, and a rebuild.

use crate::domain::event::Body;
use crate::domain::id::EventId;
use crate::server::store::arrival::beyond;
use crate::server::store::sqlite::forms::shelve;
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

pub(super) fn begin(connection: &mut Connection, now_utc_ms: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let new = transaction.execute(
        "insert into feed (only_row, feed, next_number) values (1, ?1, 1) on conflict do nothing",
        [now_utc_ms.max(1)],
    )?;
    if new == 1 {
        transaction.execute_batch(REFRESH_ALL)?;
    }
    shelve(&transaction, now_utc_ms)?;
    transaction.execute_batch(include_str!("unpark.sql"))?;
    read_again(&transaction)?;
    transaction.commit()
}

/// What is not made from single events.
const REFRESH_ALL: &str = "insert into to_refresh (about) values ('people'), ('agreement'), ('ideas') on conflict do nothing";

/// The new feed has a number that no feed had before it, also where a backup was brought back: the time.
pub(super) fn rebuild(connection: &mut Connection, now_utc_ms: i64) -> rusqlite::Result<()> {
    begin(connection, now_utc_ms)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(include_str!("rebuild.sql"))?;
    transaction.execute_batch(REFRESH_ALL)?;
    transaction.execute(
        "update feed set feed = max(feed + 1, ?1), next_number = 1",
        [now_utc_ms],
    )?;
    transaction.commit()
}

/// Takes up events that an earlier version kept unread and this one reads.
fn read_again(transaction: &Transaction) -> rusqlite::Result<()> {
    // One by one: anybody can push kinds that nobody reads, and all their bodies need not fit into the memory.
    let mut next = transaction.prepare_cached(include_str!("unread_after.sql"))?;
    let mut after = 0;
    while let Some((server_number, id, body)) = next
        .query_row([after], |row| {
            let body: Vec<u8> = row.get("body")?;
            Ok((
                row.get::<_, i64>("server_number")?,
                EventId(uuid(row, "id")?),
                body,
            ))
        })
        .optional()?
    {
        after = server_number;
        let body = serde_json::from_slice::<Body>(&body).ok();
        let fact = body.and_then(|body| body.read().ok().flatten());
        // What would be refused today stays unread: nobody looked at it when it came.
        let Some(fact) = fact.filter(|fact| beyond(fact).is_none()) else {
            continue;
        };
        transaction.execute(
            "update event set about = ?2 where server_number = ?1",
            params![server_number, fact.about(id).to_string()],
        )?;
        transaction.execute(
            "insert into to_project (server_number) values (?1) on conflict do nothing",
            [server_number],
        )?;
    }
    Ok(())
}
