//! What the projector takes in one transaction, and that one failure stops nothing else.

use super::pen::Pen;
use super::schools::Schools;
use super::{agreed, agreements, erase, ideas, people, places, visit, voices};
use crate::domain::agreement::Agreements;
use crate::domain::collect::published::Published;
use crate::domain::people::People;
use crate::server::store::projection::Projected;
use crate::server::store::sqlite::forms::published;
use crate::server::store::sqlite::people::load;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most events, and the most things to make again, in one transaction: pushes wait behind it.
const BATCH_MAX: usize = 100;
/// What events about other events are about: each is taken by itself.
const EVENTS: &str = "events";
/// What events are about that this version does not read.
pub(super) const UNREAD: &str = "unread";

/// What everything in a batch is made with.
pub(super) struct Desk<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) people: People,
    pub(super) agreements: Agreements,
    pub(super) published: Published,
    pub(super) schools: Schools,
    pub(super) now_utc_ms: i64,
}

pub(super) fn project(connection: &mut Connection, now_utc_ms: i64) -> rusqlite::Result<Projected> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    places::renew(&transaction, now_utc_ms)?;
    voices::renew(&transaction, now_utc_ms)?;
    let renewed = agreed::renew(&transaction, now_utc_ms)?;
    let (events, refreshed) = waiting(&transaction)?;
    if events.is_empty() && refreshed.is_empty() && !renewed {
        return Ok(Projected::default());
    }
    let desk = Desk {
        transaction: &transaction,
        people: load(&transaction)?,
        agreements: agreements(&transaction)?,
        published: published(&transaction)?,
        schools: Schools::default(),
        now_utc_ms,
    };
    let mut pen = Pen::new(&transaction)?;
    let more = events.len() == BATCH_MAX || refreshed.len() == BATCH_MAX;
    // Before they are made: what one of them has made again, such as a merge into somebody who is only added here,
    // is another turn's and stays on the list.
    for (server_number, _) in &events {
        transaction
            .prepare_cached("delete from to_project where server_number = ?1")?
            .execute([server_number.cast_signed()])?;
    }
    for (about, numbers) in things(&events, refreshed) {
        one(&desk, &mut pen, &about, &numbers)?;
    }
    let audiences = pen.down()?;
    // What was made may have put more on the list: visits of people who are one now, for example.
    let waits = "select exists (select 1 from to_refresh) or exists (select 1 from to_project)";
    let more = more || transaction.query_row(waits, [], |row| row.get(0))?;
    transaction.commit()?;
    Ok(Projected { audiences, more })
}

type Event = (u64, Option<String>);

/// The next events, and the next things to make again, which are taken off their list here.
fn waiting(transaction: &Transaction) -> rusqlite::Result<(Vec<Event>, Vec<String>)> {
    let mut events = transaction.prepare_cached(include_str!("waiting.sql"))?;
    let events = events
        .query_map([BATCH_MAX], |row| {
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut refreshed =
        transaction.prepare_cached("select about from to_refresh order by about limit ?1")?;
    let refreshed: Vec<String> = refreshed
        .query_map([BATCH_MAX], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for about in &refreshed {
        transaction
            .prepare_cached("delete from to_refresh where about = ?1")?
            .execute([about])?;
    }
    Ok((events, refreshed))
}

/// Each thing once, with the new events about it. What this version does not read is one thing.
fn things(events: &[Event], refreshed: Vec<String>) -> Vec<(String, Vec<u64>)> {
    let mut things: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (server_number, about) in events {
        let about = about.as_deref().unwrap_or(UNREAD).to_owned();
        things.entry(about).or_default().push(*server_number);
    }
    for about in refreshed {
        things.entry(about).or_default();
    }
    things.into_iter().collect()
}

/// Makes one thing. If that fails, it is taken back, logged by the number of an event, and parked; what was
/// to be erased of it is erased all the same.
fn one(desk: &Desk, pen: &mut Pen, about: &str, numbers: &[u64]) -> rusqlite::Result<()> {
    let mark = pen.mark();
    desk.transaction.execute_batch("savepoint thing")?;
    let made = catch_unwind(AssertUnwindSafe(|| make(desk, pen, about, numbers)));
    let failed = match made {
        Ok(Ok(())) => return desk.transaction.execute_batch("release thing"),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "a fault in the server's own code".into(),
    };
    desk.transaction
        .execute_batch("rollback to thing; release thing")?;
    pen.back_to(mark);
    let server_number = numbers.last();
    tracing::error!(server_number, failed, "An event could not be projected.");
    desk.transaction
        .prepare_cached("insert into parked values (?1, ?2) on conflict do nothing")?
        .execute(params![about, desk.now_utc_ms])?;
    // If this fails the disk does, and then the whole batch waits: nothing that is erased may be shown.
    erase::all_the_same(desk, pen, about)
}

fn make(desk: &Desk, pen: &mut Pen, about: &str, numbers: &[u64]) -> rusqlite::Result<()> {
    match about.split_once(':') {
        // An erasure may have come before the one that erases what it says itself.
        None if about == EVENTS => {
            erase::said(desk, numbers)?;
            erase::awaited(desk, Some(about))
        }
        None if about == UNREAD => erase::awaited(desk, None),
        None if about == "ideas" => {
            ideas::ideas(desk, pen)?;
            voices::questions(desk, pen)
        }
        // Whatever changes people or classes may have come with bells and days.
        None if about == "people" => {
            people::people(desk, pen)?;
            voices::questions(desk, pen)?;
            places::places(desk, pen)
        }
        None if about == "peers" => people::peers(desk, pen),
        None if about == places::PLACES => places::places(desk, pen),
        None if about == "agreement" => people::agreement(desk, pen),
        Some(("walkthrough", id)) => visit::visit(desk, pen, about, id),
        Some(("survey", _)) => voices::survey(desk, pen, about),
        Some(("lessons", _)) => voices::lessons(desk, pen, about),
        Some(("welcome", id)) => voices::welcome(desk, pen, about, id),
        Some(("missed", _)) => places::missed(desk, pen, about),
        Some(("person", _)) => people::person(desk, pen, about, numbers),
        // A prediction, a decision: what they say of others is nothing yet; their words can be erased.
        _ => visit::others(desk, pen, about),
    }
}
