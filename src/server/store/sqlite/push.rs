//! The transaction of one push.

use super::ask::Stop;
use super::bounds;
use super::people::{entries, had_left};
use super::tokens::uuid;
use crate::domain::event::{Body, Fact};
use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, EventId, PersonId};
use crate::domain::problem::Problem;
use crate::server::store::arrival::{Arrival, no_words};
use crate::server::store::people::Asked;
use crate::server::store::sqlite::SqliteStore;
use crate::server::store::{Caller, Events};
use crate::sync::protocol::{Answer, Receipt};
use rusqlite::{OptionalExtension, Row, Transaction};
use rusqlite::{named_params, params};

impl Events for SqliteStore {
    fn push(
        &self,
        arrivals: Vec<Arrival>,
        caller: Caller,
        received_at_utc_ms: i64,
    ) -> Asked<'_, Vec<Answer>> {
        self.ask(move |transaction| push(transaction, &arrivals, caller, received_at_utc_ms))
    }
}

/// Stores the arrivals in one transaction; the answers are true when that is committed.
fn push(
    transaction: &Transaction,
    arrivals: &[Arrival],
    caller: Caller,
    received_at_utc_ms: i64,
) -> Result<Vec<Answer>, Stop> {
    // It may have been ended while the push came and waited: a body is sent as slowly as its sender likes.
    let ended = transaction
        .prepare_cached("select 1 from device where id = ?1 and ended_at_utc_ms is not null")?
        .exists([caller.device.0.as_bytes()])?;
    if ended {
        return Err(Problem::NotSignedIn.into());
    }
    let answers = arrivals
        .iter()
        .map(|arrival| answer(transaction, arrival, caller, received_at_utc_ms))
        .collect::<rusqlite::Result<_>>()?;
    Ok(answers)
}

fn answer(
    transaction: &Transaction,
    arrival: &Arrival,
    caller: Caller,
    received_at_utc_ms: i64,
) -> rusqlite::Result<Answer> {
    if let Ok(body) = &arrival.opened
        && (!is_by(transaction, body.author, caller.person)?
            || is_of_another(transaction, body.device, caller)?)
    {
        return Ok(Answer::Refused(Problem::NotTheAuthor));
    }
    // A visit is taken at `/api/v1/claims` alone, where it is known whether somebody has it already: ids are
    // made on devices, and an older one must not take a visit from its teacher.
    if let Ok(body) = &arrival.opened
        && body.kind == "walkthrough_claimed"
    {
        return Ok(Answer::Refused(Problem::NotAllowed));
    }
    if let (Ok(body), Some(id)) = (&arrival.opened, arrival.id())
        && receipt(transaction, id)?.is_none()
    {
        if arrival.lacks_words() && !is_erased(transaction, id)? {
            return Ok(Answer::Refused(no_words()));
        }
        if let Some(problem) =
            bounds::beyond(transaction, arrival, body, caller, received_at_utc_ms)?
        {
            return Ok(Answer::Refused(problem));
        }
    }
    // First the insert, which the schema's unique constraints decide; then the question what is there.
    if let Ok(body) = &arrival.opened
        && let Some(receipt) = insert(transaction, arrival, body, received_at_utc_ms)?
    {
        bounds::note_awaited(transaction, body, caller)?;
        return Ok(Answer::Receipt(receipt));
    }
    let stored = match arrival.id() {
        Some(id) => receipt(transaction, id)?,
        None => None,
    };
    Ok(arrival.answer(stored))
}

/// Inserts an event and its words; none when its id or its number is taken.
pub(super) fn insert(
    transaction: &Transaction,
    arrival: &Arrival,
    body: &Body,
    received_at_utc_ms: i64,
) -> rusqlite::Result<Option<Receipt>> {
    let inserted = transaction
        .prepare_cached(include_str!("event_insert.sql"))?
        .execute(named_params! {
            ":id": body.id.0.as_bytes(),
            ":device": body.device.0.as_bytes(),
            ":number": body.number.cast_signed(),
            ":author": body.author.0.as_bytes(),
            ":kind": body.kind,
            ":schema": body.schema,
            ":at_utc_ms": body.at_utc_ms,
            ":offset_min": body.offset_min,
            ":sha256": arrival.sha256.0,
            ":body": arrival.envelope.body.as_bytes(),
            ":words_sha256": body.words_sha256.map(|sum| sum.0),
            ":received_at_utc_ms": received_at_utc_ms,
            ":about": arrival.about.as_ref().map(ToString::to_string),
        })?;
    if inserted == 0 {
        return Ok(None);
    }
    let server_number = transaction.last_insert_rowid();
    transaction
        .prepare_cached("insert into to_project (server_number) values (?1)")?
        .execute([server_number])?;
    if body.kind == "person_merged"
        && let Ok(Some(Fact::PersonMerged(fact))) = body.read()
        && had_left(transaction, fact.into, received_at_utc_ms)?
    {
        transaction
            .prepare_cached("insert into merge_refused (server_number) values (?1)")?
            .execute([server_number])?;
    }
    if let Some(words) = &arrival.envelope.words
        && !is_erased(transaction, body.id)?
    {
        transaction
            .prepare_cached("insert into words (server_number, words) values (?1, ?2)")?
            .execute(params![server_number, words.as_bytes()])?;
    }
    Ok(Some(Receipt {
        id: body.id,
        sha256: arrival.sha256,
        server_number: body.number,
        received_at_utc_ms,
    }))
}

/// Whether an author is the person: by that id, by one that a store drew for itself before the person
/// signed in, or by an entry that was merged into the person's.
pub(super) fn is_by(
    transaction: &Transaction,
    author: PersonId,
    person: PersonId,
) -> rusqlite::Result<bool> {
    if author == person {
        return Ok(true);
    }
    // The entry that a store's own id stands for, if the author is one.
    let entry = transaction
        .prepare_cached("select person from alias where source = 'device' and external_id = ?1")?
        .query_row([author.to_string()], |row| uuid(row, "person"))
        .optional()?
        .map_or(author, PersonId);
    Ok(entries(transaction, person)?.contains(&entry))
}

/// Whether a device is another person's: its numbers are theirs alone. What a store recorded under an
/// id that it has given up is nobody else's.
fn is_of_another(
    transaction: &Transaction,
    device: DeviceId,
    caller: Caller,
) -> rusqlite::Result<bool> {
    if device == caller.device {
        return Ok(false);
    }
    let whose = transaction
        .prepare_cached("select person from device where id = ?1")?
        .query_row([device.0.as_bytes()], |row| uuid(row, "person"))
        .optional()?;
    match whose {
        None => is_the_office(transaction, device),
        Some(whose) => Ok(!entries(transaction, caller.person)?.contains(&PersonId(whose))),
    }
}

/// Whether a device is the server's own.
fn is_the_office(transaction: &Transaction, device: DeviceId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("select 1 from office where device = ?1")?
        .exists([device.0.as_bytes()])
}

fn is_erased(transaction: &Transaction, id: EventId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("select 1 from erased where id = ?1")?
        .exists([id.0.as_bytes()])
}

/// The receipt of the stored event with this id.
fn receipt(transaction: &Transaction, id: EventId) -> rusqlite::Result<Option<Receipt>> {
    transaction
        .prepare_cached("select sha256, number, received_at_utc_ms from event where id = ?1")?
        .query_row([id.0.as_bytes()], |row| row_to_receipt(id, row))
        .optional()
}

fn row_to_receipt(id: EventId, row: &Row) -> rusqlite::Result<Receipt> {
    Ok(Receipt {
        id,
        sha256: Sha256(row.get("sha256")?),
        server_number: row.get::<_, i64>("number")?.unsigned_abs(),
        received_at_utc_ms: row.get("received_at_utc_ms")?,
    })
}
