//! The mails in the store.

use super::SqliteStore;
use super::cards::{feedback_for, reader};
use super::tokens::uuid;
use crate::domain::event::About;
use crate::domain::id::{EventId, PersonId};
use crate::server::store::Later;
use crate::server::store::notices::{Looked, MailId, NewCard, Notices, Rules, Try};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior};
use rusqlite::{named_params, params};

impl Notices for SqliteStore {
    fn note_feedback(
        &self,
        after: Looked,
        since_utc_ms: i64,
        now_utc_ms: i64,
    ) -> Later<'_, Looked> {
        self.write(move |connection| note_feedback(connection, after, since_utc_ms, now_utc_ms))
    }

    fn begin_try(&self, card: NewCard, rules: Rules, now_utc_ms: i64) -> Later<'_, Option<Try>> {
        self.write(move |connection| begin_try(connection, card, rules, now_utc_ms))
    }

    fn accepted(&self, mail: MailId, now_utc_ms: i64) -> Later<'_, ()> {
        self.write(move |connection| {
            connection
                .prepare_cached("update mail set sent_at_utc_ms = ?2 where id = ?1")?
                .execute(params![mail.0, now_utc_ms])?;
            Ok(())
        })
    }

    fn give_up(&self, mail: MailId, why: String) -> Later<'_, ()> {
        self.write(move |connection| give_up(connection, mail, &why))
    }
}

fn note_feedback(
    connection: &mut Connection,
    after: Looked,
    since_utc_ms: i64,
    now_utc_ms: i64,
) -> rusqlite::Result<Looked> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let looked = transaction
        .prepare_cached(include_str!("notice_looked.sql"))?
        .query_row([], |row| {
            Ok(Looked {
                feed: row.get("feed")?,
                number: row.get("number")?,
            })
        })?;
    // A feed that was made again is numbered anew.
    let from = if looked.feed == after.feed {
        after.number
    } else {
        0
    };
    transaction
        .prepare_cached(include_str!("notice_note.sql"))?
        .execute(named_params! {
            ":after": from,
            ":since_utc_ms": since_utc_ms,
            ":now_utc_ms": now_utc_ms,
        })?;
    transaction
        .prepare_cached(include_str!("notice_copies.sql"))?
        .execute(named_params! {
            ":since_utc_ms": since_utc_ms,
            ":now_utc_ms": now_utc_ms,
        })?;
    transaction.commit()?;
    Ok(looked)
}

/// A row of `mail` that is due.
struct Due {
    mail: MailId,
    feedback: EventId,
    person: PersonId,
    made_at_utc_ms: i64,
    tries: u32,
}

fn begin_try(
    connection: &mut Connection,
    card: NewCard,
    rules: Rules,
    now_utc_ms: i64,
) -> rusqlite::Result<Option<Try>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut begun = None;
    // Ends: what is not tried is given up, and so not due any more.
    while let Some(due) = next_due(&transaction, now_utc_ms)? {
        match tried(&transaction, &due, card, rules, now_utc_ms)? {
            Ok(this) => {
                begun = Some(this);
                break;
            }
            Err(why) => give_up(&transaction, due.mail, why)?,
        }
    }
    transaction.commit()?;
    Ok(begun)
}

fn next_due(transaction: &Transaction, now_utc_ms: i64) -> rusqlite::Result<Option<Due>> {
    transaction
        .prepare_cached(include_str!("notice_due.sql"))?
        .query_row(named_params! { ":now_utc_ms": now_utc_ms }, row_to_due)
        .optional()
}

fn row_to_due(row: &Row) -> rusqlite::Result<Due> {
    Ok(Due {
        mail: MailId(row.get("id")?),
        feedback: EventId(uuid(row, "feedback")?),
        person: PersonId(uuid(row, "person")?),
        made_at_utc_ms: row.get("made_at_utc_ms")?,
        tries: row.get("tries")?,
    })
}

/// Begins a try of this mail, or says why there is no reason to send it.
fn tried(
    transaction: &Transaction,
    due: &Due,
    card: NewCard,
    rules: Rules,
    now_utc_ms: i64,
) -> rusqlite::Result<Result<Try, &'static str>> {
    if now_utc_ms.saturating_sub(due.made_at_utc_ms) > rules.for_ms {
        return Ok(Err("too late"));
    }
    let Some(reader) = reader(transaction, due.person)? else {
        return Ok(Err("the teacher has left"));
    };
    let Some(address) = reader.address else {
        return Ok(Err("no address"));
    };
    match feedback_for(transaction, reader.person, due.feedback)? {
        Some(feedback) if feedback.opened.is_some() => return Ok(Err("opened without it")),
        None if !is_copy_due(transaction, due.feedback)? => {
            return Ok(Err("nothing to show any more"));
        }
        _ => {}
    }
    let number = due.tries.saturating_add(1);
    transaction
        .prepare_cached("update mail set tries = ?2, due_at_utc_ms = ?3 where id = ?1")?
        .execute(params![
            due.mail.0,
            number,
            now_utc_ms.saturating_add((rules.wait_ms)(number))
        ])?;
    transaction
        .prepare_cached(include_str!("card_secret_insert.sql"))?
        .execute(named_params! {
            ":sha256": card.sha256.0,
            ":person": reader.person.0.as_bytes(),
            ":feedback": due.feedback.0.as_bytes(),
            ":now_utc_ms": now_utc_ms,
            ":expires_utc_ms": card.expires_utc_ms,
        })?;
    Ok(Ok(Try {
        mail: due.mail,
        feedback: due.feedback,
        number,
        address,
        language: reader.language,
    }))
}

/// Whether this is a visit to which its teacher was not written; if feedback came since, its own mail says so.
fn is_copy_due(transaction: &Transaction, walkthrough: EventId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("select 1 from copy_due where about = ?1")?
        .exists([About::Walkthrough(walkthrough).to_string()])
}

fn give_up(connection: &Connection, mail: MailId, why: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("update mail set given_up = ?2 where id = ?1 and sent_at_utc_ms is null")?
        .execute(params![mail.0, why])?;
    Ok(())
}
