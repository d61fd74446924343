//! Erasure: words go from every row and every file; bodies stay.

use super::batch::{Desk, UNREAD};
use super::pen::Pen;
use super::{agreements, events};
use crate::domain::erasure::{EVENTS_MAX, Why, WordsErased};
use crate::domain::event::Fact;
use crate::domain::id::{EventId, PersonId};
use crate::domain::people::{People, Place, Role};
use crate::server::chance::Chance;
use crate::server::projector::made::Stored;
use crate::server::store::sqlite::office;
use crate::server::store::sqlite::people::{load, refresh};
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

/// Obeys erasures: of their author's own words, of all words if an admin or the office says so. Whoever
/// is neither has said nothing.
pub(super) fn said(desk: &Desk, numbers: &[u64]) -> rusqlite::Result<()> {
    hear(desk, numbers, &desk.people)
}

fn hear(desk: &Desk, numbers: &[u64], people: &People) -> rusqlite::Result<()> {
    for number in numbers {
        let Some(event) = events::numbered(desk.transaction, *number)? else {
            continue;
        };
        let Fact::WordsErased(fact) = &event.read.fact else {
            continue;
        };
        let of_all = may_erase_all(desk.transaction, &event)?;
        // Each once, however often it is named.
        let events: BTreeSet<&EventId> = fact.events.iter().take(EVENTS_MAX).collect();
        for id in events {
            let author = author(desk.transaction, *id)?;
            let own = author.map(|author| people.are_one(author, event.read.author));
            if of_all || own == Some(true) {
                erase(desk.transaction, *id, desk.now_utc_ms)?;
            } else {
                // It counts when the event comes and is theirs, and when the two turn out to be one person.
                desk.transaction
                    .prepare_cached(
                        "insert into erasure_awaited values (?1, ?2) on conflict do nothing",
                    )?
                    .execute(params![id.0.as_bytes(), event.read.author.0.as_bytes()])?;
            }
        }
    }
    Ok(())
}

/// Obeys erasures of a thing's events that did not count when they came and do now; with none, of the
/// events that this version does not read.
pub(super) fn awaited(desk: &Desk, about: Option<&str>) -> rusqlite::Result<()> {
    let mut statement = desk
        .transaction
        .prepare_cached(include_str!("erasures_awaited.sql"))?;
    let awaited = statement
        .query_map([about], |row| {
            let (by, author) = (uuid(row, "said_by")?, uuid(row, "author")?);
            Ok((EventId(uuid(row, "id")?), PersonId(by), PersonId(author)))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for (id, by, author) in awaited {
        if desk.people.are_one(by, author) {
            erase(desk.transaction, id, desk.now_utc_ms)?;
        }
    }
    Ok(())
}

/// Hears erasures again of those of whom something is said that was not when they spoke: they may turn out to have
/// been an admin, or the words' author. Nobody else's: what one person said must not cost every change of people.
pub(super) fn said_again(desk: &Desk, changed: &BTreeSet<PersonId>) -> rusqlite::Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    // A merge of this very batch counts, too.
    let people = load(desk.transaction)?;
    let mut said = desk
        .transaction
        .prepare_cached(include_str!("erasures_said.sql"))?;
    let mut awaited = desk
        .transaction
        .prepare_cached(include_str!("erasures_awaited_by.sql"))?;
    let mut authors: BTreeSet<PersonId> = BTreeSet::new();
    for person in changed {
        authors.extend(people.entries(*person));
    }
    for by in authors {
        if people.has_held(by, Role::Admin, &Place::District) {
            let numbers = said
                .query_map([by.0.as_bytes()], |row| {
                    row.get::<_, i64>(0).map(i64::unsigned_abs)
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            hear(desk, &numbers, &people)?;
            continue;
        }
        let events = awaited
            .query_map([by.0.as_bytes()], |row| {
                Ok((EventId(uuid(row, "id")?), PersonId(uuid(row, "author")?)))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        for (id, author) in events {
            if people.are_one(by, author) {
                erase(desk.transaction, id, desk.now_utc_ms)?;
            }
        }
    }
    Ok(())
}

/// Erases what was to be erased of a thing that could not be made: the words that its making would have
/// erased, and the documents that may still hold what was erased before. Those are gone until it is made.
pub(super) fn all_the_same(desk: &Desk, pen: &mut Pen, about: &str) -> rusqlite::Result<()> {
    awaited(desk, Some(about).filter(|about| *about != UNREAD))?;
    if pen.take_back_erased(about)? {
        desk.transaction
            .execute("update feed set erasure_due = 1", [])?;
    }
    Ok(())
}

/// Removes the words of an event, whether it is there or still to come, and has what was made with them
/// made again.
fn erase(transaction: &Transaction, id: EventId, now_utc_ms: i64) -> rusqlite::Result<()> {
    let new = transaction
        .prepare_cached("insert into erased values (?1, ?2) on conflict do nothing")?
        .execute(params![id.0.as_bytes(), now_utc_ms])?;
    // Nobody waits for it any longer.
    transaction
        .prepare_cached("delete from erasure_awaited where id = ?1")?
        .execute([id.0.as_bytes()])?;
    let found: Option<(i64, Option<String>)> = transaction
        .prepare_cached("select server_number, about from event where id = ?1")?
        .query_row([id.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((server_number, about)) = found else {
        return Ok(());
    };
    let removed = transaction
        .prepare_cached("delete from words where server_number = ?1")?
        .execute([server_number])?;
    if new + removed == 0 {
        return Ok(());
    }
    transaction
        .prepare_cached("update person set name = null where named_by = ?1")?
        .execute([id.0.as_bytes()])?;
    transaction.execute("update feed set erasure_due = 1", [])?;
    if let Some(about) = about {
        refresh(transaction, &about)?;
        if about.starts_with("person:") {
            refresh(transaction, "people")?;
        }
    }
    Ok(())
}

/// Whether all words may be erased by whoever said this: the office, or somebody who was an admin when the
/// server heard it.
pub(super) fn may_erase_all(transaction: &Transaction, event: &Stored) -> rusqlite::Result<bool> {
    let by_office =
        office::device(transaction)?.is_some_and(|office| event.read.author.0 == office.0);
    Ok(by_office
        || transaction
            .prepare_cached(include_str!("said_by_admin.sql"))?
            .exists(params![
                event.server_number.cast_signed(),
                event.read.author.to_string()
            ])?)
}

fn author(transaction: &Transaction, id: EventId) -> rusqlite::Result<Option<PersonId>> {
    transaction
        .prepare_cached("select author from event where id = ?1")?
        .query_row([id.0.as_bytes()], |row| uuid(row, "author").map(PersonId))
        .optional()
}

/// The next words whose time is over. Time counts from when the server received them: a device's clock
/// that is years behind must not erase what was said today.
pub(super) fn due(connection: &mut Connection, now_utc_ms: i64) -> rusqlite::Result<Vec<EventId>> {
    let agreements = agreements(connection)?;
    let Some(before) = agreements.at(now_utc_ms).words_due_before(now_utc_ms) else {
        return Ok(Vec::new());
    };
    connection
        .prepare_cached(include_str!("words_due.sql"))?
        .query_map(params![before, EVENTS_MAX], |row| {
            uuid(row, "id").map(EventId)
        })?
        .collect()
}

/// Erases words whose time is over, by an event of the office.
pub(super) fn retain(
    connection: &mut Connection,
    due: Vec<EventId>,
    now_utc_ms: i64,
    random: Chance,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let author = office::itself(&transaction, now_utc_ms, &random)?;
    // At once, so that the next call finds the next ones. The projector finds nothing left to do.
    for id in &due {
        erase(&transaction, *id, now_utc_ms)?;
    }
    let fact = Fact::WordsErased(WordsErased {
        events: due,
        why: Why::Retention,
    });
    let words = BTreeMap::new();
    office::record(&transaction, author, &fact, words, now_utc_ms, random)?;
    transaction.commit()
}

/// Writes the file anew after erasures and empties the log.
///
/// SQLite overwrites what it frees (`secure_delete`), and yet may leave an old copy of a row between the
/// cells of a page when it moved the row to another page; one in some thousand erased rows did in a trial.
/// Only a file that is written anew has none.
pub(super) fn settle(connection: &mut Connection) -> rusqlite::Result<bool> {
    let due = |connection: &Connection| {
        connection
            .query_row("select erasure_due from feed", [], |row| row.get(0))
            .optional()
    };
    if due(connection)? != Some(true) {
        return Ok(true);
    }
    connection.execute_batch("vacuum")?;
    let held: bool =
        connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
    if held {
        return Ok(false);
    }
    connection.execute("update feed set erasure_due = 0", [])?;
    Ok(true)
}
