//! What a person said here about visits: sealed into the outbox, and read again as long as the feed has not
//! brought what came of it, and as long as it is set aside.

use super::{Store, problem};
use crate::domain::act::saying::{CLASS_MISSED, Said, Saying, document_of};
use crate::domain::collect::visit::Whereabouts;
use crate::domain::event::{Body, Envelope, Origin, said};
use crate::domain::id::{EventId, SiteId};
use crate::domain::json;
use crate::domain::moment::Moment;
use crate::domain::place::Missed;
use crate::domain::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Deserialize;
use serde_json::Value;

impl Store {
    /// Seals what is said and forgets what of it was being written, in one transaction with whatever could still be
    /// taken back before it: who goes on meant that. What the device notes by itself seals nothing else. Gives the
    /// event's number; what is sealed already gives the number that it got then.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] for a kind that is not said in this way, [`Problem::TooLarge`],
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. Nothing is kept then.
    pub fn say(&mut self, saying: &Saying) -> Result<u64, Problem> {
        if !saying.is_sayable() {
            return Err(Problem::NotAllowed);
        }
        let transaction = self.connection.transaction().map_err(problem)?;
        if !saying.is_noted() {
            super::held::seal(&transaction, None)?;
        }
        let number = seal(&transaction, saying)?;
        forget_written(&transaction, saying).map_err(problem)?;
        transaction.commit().map_err(problem)?;
        Ok(number)
    }

    /// What was said here and the feed has not brought back, each with where it is: what waits, what the server has,
    /// what was set aside, visits among that; oldest first, and last what can still be taken back.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn sayings(&self) -> Result<Vec<Said>, Problem> {
        let sealed: rusqlite::Result<Vec<Said>> = self
            .connection
            .prepare_cached(include_str!("saying_here.sql"))
            .and_then(|mut all| all.query_map([], said_here)?.collect());
        let mut all = sealed.map_err(problem)?;
        let held = super::held::held(&self.connection, None).map_err(problem)?;
        all.extend(held.into_iter().map(|saying| Said {
            number: None,
            saying,
            whereabouts: Whereabouts::OnThisDevice,
        }));
        Ok(all)
    }

    /// A visit that was submitted here, as the document that the feed will bring to its observer; none when it
    /// is not here.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn own_visit(&self, id: EventId) -> Result<Option<String>, Problem> {
        let sql = "select number, body, words from event where id = ?1 and kind = 'walkthrough_submitted'";
        let found = self
            .connection
            .query_row(sql, [id.to_string()], opened)
            .optional()
            .map_err(problem)?;
        Ok(found.and_then(|(body, words)| as_document(&body, words.as_deref())))
    }
}

/// Seals what is said. What is sealed already gives the number that it got then.
pub(super) fn seal(connection: &Connection, saying: &Saying) -> Result<u64, Problem> {
    if let Some(number) = number_of(connection, saying.id).map_err(problem)? {
        return Ok(number);
    }
    let number = super::outbox::next_number(connection).map_err(problem)?;
    let (origin, envelope) = sealed(connection, number, saying)?;
    super::outbox::put(connection, &origin, saying, &envelope).map_err(problem)?;
    note_missed(connection, saying).map_err(problem)?;
    Ok(number)
}

/// What is said, as the event of this number would be.
///
/// # Errors
/// [`Problem::TooLarge`]: a server would set it aside; here its writer can still make it shorter.
pub(super) fn sealed(
    connection: &Connection,
    number: u64,
    saying: &Saying,
) -> Result<(Origin, Envelope), Problem> {
    let me = super::identity(connection).map_err(problem)?;
    let origin = Origin {
        id: saying.id,
        device: me.device,
        number,
        author: me.author,
        at: saying.at,
    };
    let envelope = Envelope::seal_with(origin, saying, saying.words.clone());
    envelope.within_limits()?;
    Ok((origin, envelope))
}

/// Forgets what of this was being written. Only what is said now does that: what was held some seconds ago may have
/// been followed by a first line of the next.
pub(super) fn forget_written(connection: &Connection, saying: &Saying) -> rusqlite::Result<()> {
    match saying.jotting() {
        Some(key) => super::jotting::forget(connection, &key),
        None => Ok(()),
    }
}

/// A class that cannot be visited today is off the list at once, and not only when the feed has brought it.
pub(super) fn note_missed(connection: &Connection, saying: &Saying) -> rusqlite::Result<()> {
    #[derive(Deserialize)]
    struct Data {
        site: SiteId,
        missed: Missed,
    }
    if saying.kind != CLASS_MISSED {
        return Ok(());
    }
    let data = serde_json::from_str(&saying.data);
    let Data { site, missed } = data.map_err(|error| super::unreadable(0, error))?;
    let named = ("here", &*saying.id.to_string());
    super::likely::note_missed(connection, named, (site, missed, saying.at))
}

pub(super) fn number_of(connection: &Connection, id: EventId) -> rusqlite::Result<Option<u64>> {
    connection
        .prepare_cached("select number from event where id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()
}

/// The body and the bytes of the words of a row (number, body, words).
fn opened(row: &Row<'_>) -> rusqlite::Result<(Body, Option<String>)> {
    let text =
        |bytes, column| String::from_utf8(bytes).map_err(|error| super::unreadable(column, error));
    let body = text(row.get(1)?, 1)?;
    let words: Option<Vec<u8>> = row.get(2)?;
    let body = serde_json::from_str(&body).map_err(|error| super::unreadable(1, error))?;
    Ok((body, words.map(|words| text(words, 2)).transpose()?))
}

fn said_here(row: &Row<'_>) -> rusqlite::Result<Said> {
    let (body, words) = opened(row)?;
    Ok(Said {
        number: row.get(0)?,
        saying: Saying {
            id: body.id,
            at: at_of(&body),
            schema: body.schema,
            data: body.data.get().to_owned(),
            kind: body.kind,
            words,
        },
        whereabouts: super::visit::whereabouts(row, 3, 4)?,
    })
}

/// Notes that the server has what was said, and that the feed has not brought it back: its document may have come
/// before the receipt, if the answer to an earlier push was lost.
pub(super) fn note_unheard(connection: &Connection, number: u64) -> rusqlite::Result<()> {
    let found: Option<(String, String, Vec<u8>)> = connection
        .prepare_cached("select id, kind, body from event where number = ?1")?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let document = found.and_then(|(id, kind, body)| {
        let body = json::parsed(&String::from_utf8(body).ok()?).ok()?;
        document_of(&kind, &id, body.get("data")?)
    });
    let Some(document) = document else {
        return Ok(());
    };
    connection
        .prepare_cached(include_str!("saying_unheard.sql"))?
        .execute((number, document))
        .map(drop)
}

/// The feed has brought this document anew, or that it is gone: what was said about it is in it.
pub(super) fn heard(connection: &Connection, document: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("delete from unheard where document = ?1")?
        .execute([document])
        .map(drop)
}

fn at_of(body: &Body) -> Moment {
    Moment {
        at_utc_ms: body.at_utc_ms,
        offset_min: body.offset_min,
    }
}

/// Put together from the parts of the body as they stand in its bytes: nothing is read that is only handed on.
fn as_document(body: &Body, words: Option<&str>) -> Option<String> {
    let data = json::parsed(body.data.get()).ok()?;
    let words: Value = words
        .and_then(|words| json::parsed(words).ok())
        .unwrap_or_default();
    let said = words.get("said").and_then(Value::as_object);
    let notes = said.into_iter().flatten().filter_map(|(name, text)| {
        let look_for = said::noted_on(name)?;
        Some((look_for.to_owned(), text.clone()))
    });
    let at = |value: &Value, path: &str| value.pointer(path).unwrap_or(&Value::Null).to_string();
    let Moment {
        at_utc_ms,
        offset_min,
    } = at_of(body);
    Some(format!(
        r#"{{"kind":"walkthrough","body":{{"id":"{}","observer":"{}","teacher":{},"class":{},"site":{},"visit":{},"form":{},"begun":{},"at":{{"at_utc_ms":{at_utc_ms},"offset_min":{offset_min}}},"minutes":{},"rated":{},"amended":0,"note":{},"notes":{}}}}}"#,
        body.id,
        body.author,
        at(&data, "/setting/whom/named/teacher"),
        at(&data, "/setting/whom/named/class"),
        at(&data, "/setting/site"),
        at(&data, "/visit"),
        at(&data, "/form"),
        at(&data, "/begun"),
        at(&data, "/setting/minutes"),
        at(&data, "/rated"),
        at(&words, "/said/note"),
        Value::Object(notes.collect()),
    ))
}

#[cfg(test)]
mod tests;
