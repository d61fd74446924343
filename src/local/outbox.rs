//! The outbox: the events without a receipt, and what became of those that were sent.

use super::{Store, from_json, parsed, problem};
use crate::domain::event::{Envelope, Factual, Origin};
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Row};

/// An event as it lies in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number on this device.
    pub number: u64,
    /// Its id.
    pub id: EventId,
    /// The hash of its bytes.
    pub sha256: Sha256,
    /// Its bytes.
    pub envelope: Envelope,
}

/// Writes a sealed event.
pub(super) fn put(
    connection: &Connection,
    origin: &Origin,
    fact: &impl Factual,
    envelope: &Envelope,
) -> rusqlite::Result<()> {
    connection
        .execute(
            include_str!("outbox_put.sql"),
            rusqlite::named_params! {
                ":number": origin.number,
                ":id": origin.id.to_string(),
                ":kind": fact.kind().0,
                ":at_utc_ms": origin.at.at_utc_ms,
                ":offset_min": origin.at.offset_min,
                ":sha256": envelope.sha256().to_string(),
                ":body": envelope.body.as_bytes(),
                ":words": envelope.words.as_ref().map(String::as_bytes),
            },
        )
        .map(drop)
}

/// The number of the next event. Those that were tidied away are counted too.
pub(super) fn next_number(connection: &Connection) -> rusqlite::Result<u64> {
    let sql = "select max(last_number, (select coalesce(max(number), 0) from event)) + 1 from self";
    connection.query_row(sql, [], |row| row.get(0))
}

impl Store {
    /// The oldest events of the outbox with numbers above `after`: at most `most`, and no more than
    /// `most_bytes` of bodies and words together, but at least one if there is one.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn outbox(
        &self,
        after: u64,
        most: usize,
        most_bytes: usize,
    ) -> Result<Vec<Waiting>, Problem> {
        let read = || -> rusqlite::Result<Vec<Waiting>> {
            let mut select = self
                .connection
                .prepare_cached(include_str!("outbox_oldest.sql"))?;
            let mut taken = Vec::new();
            let mut bytes = 0;
            for row in select.query_map((most, after), waiting)? {
                let row = row?;
                bytes +=
                    row.envelope.body.len() + row.envelope.words.as_ref().map_or(0, String::len);
                if bytes > most_bytes && !taken.is_empty() {
                    break;
                }
                taken.push(row);
            }
            Ok(taken)
        };
        read().map_err(problem)
    }

    /// Notes that the server has an event. A receipt for an event that was set aside clears that. What a person said
    /// is shown from the event until the feed brings it back.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn received(
        &mut self,
        number: u64,
        server_number: u64,
        received_at_utc_ms: i64,
    ) -> Result<(), Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        transaction
            .prepare_cached(include_str!("outbox_received.sql"))
            .and_then(|mut update| update.execute((number, server_number, received_at_utc_ms)))
            .and_then(|_| super::saying::note_unheard(&transaction, number))
            .map_err(problem)?;
        transaction.commit().map_err(problem)
    }

    /// Sets an event aside: the server can never accept it. It delays nothing and is kept.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn set_aside(&mut self, number: u64, why: &Problem) -> Result<(), Problem> {
        let why = serde_json::to_string(why).expect("a problem has string keys");
        let sql = "update event set set_aside = ?2 where number = ?1 and server_number is null";
        self.connection
            .execute(sql, (number, why))
            .map(drop)
            .map_err(problem)
    }

    /// Puts an event that was set aside back into the outbox, with all that was sealed with the visit if it is
    /// one.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn try_again(&mut self, number: u64) -> Result<(), Problem> {
        self.connection
            .execute(include_str!("outbox_try_again.sql"), [number])
            .map(drop)
            .map_err(problem)
    }

    /// An event with its bytes as they are, to be carried by hand, with why it was set aside.
    ///
    /// # Errors
    /// [`Problem::UnknownDraft`] when there is none of this number, [`Problem::StoreFailed`].
    pub fn copy(&self, number: u64) -> Result<(Waiting, Option<Problem>), Problem> {
        self.connection
            .query_row(include_str!("outbox_copy.sql"), [number], carried)
            .optional()
            .map_err(problem)?
            .ok_or(Problem::UnknownDraft)
    }
}

/// A record with its bytes, and why it was set aside.
pub(super) fn carried(row: &Row<'_>) -> rusqlite::Result<(Waiting, Option<Problem>)> {
    let why = match row.get_ref(5)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(from_json(row, 5)?),
    };
    Ok((waiting(row)?, why))
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    let text = |column| -> rusqlite::Result<Option<String>> {
        let bytes: Option<Vec<u8>> = row.get(column)?;
        bytes
            .map(String::from_utf8)
            .transpose()
            .map_err(|error| super::unreadable(column, error))
    };
    let envelope = Envelope {
        body: text(3)?.unwrap_or_default(),
        words: text(4)?,
    };
    let sha256: String = row.get(2)?;
    let sha256 = sha256
        .parse()
        .map_err(|_| super::unreadable(2, std::fmt::Error))?;
    Ok(Waiting {
        number: row.get(0)?,
        id: EventId(parsed(row, 1)?),
        sha256,
        envelope,
    })
}
