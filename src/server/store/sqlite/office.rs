//! The server's own store of events: it records for people who act without a device of their own, such
//! as on a card, and what the server does by itself. Its events go the road of all others.

use super::push::insert;
use super::tokens::uuid;
use crate::domain::event::{Envelope, Fact, Origin, Words};
use crate::domain::id::{DeviceId, EventId, PersonId};
use crate::domain::moment::Moment;
use crate::server::chance::Chance;
use crate::server::store::arrival::Arrival;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeMap;

/// Records a fact in the name of `author`, who was there and did it. `words` are the texts by name, as
/// [`crate::domain::event::said`] has them; empty for none. `now_utc_ms` is the server's clock, in
/// milliseconds since 1970.
///
/// Gives the event's id. It is stored, and waits for the projector, when the transaction is committed;
/// whoever opened that wakes the projector afterwards.
pub(in crate::server) fn record(
    transaction: &Transaction,
    author: PersonId,
    fact: &Fact,
    words: BTreeMap<String, String>,
    now_utc_ms: i64,
    random: Chance,
) -> rusqlite::Result<EventId> {
    let id = EventId::mint(now_utc_ms, random.take());
    record_as(transaction, id, author, fact, words, now_utc_ms, random)?;
    Ok(id)
}

/// Like [`record`], under an id that was drawn before, so that a form which is posted twice records
/// once. Says whether it was recorded now: `false` when the id is already taken.
pub(in crate::server) fn record_as(
    transaction: &Transaction,
    id: EventId,
    author: PersonId,
    fact: &Fact,
    words: BTreeMap<String, String>,
    now_utc_ms: i64,
    random: Chance,
) -> rusqlite::Result<bool> {
    let (device, number) = next(transaction, now_utc_ms, &random)?;
    let origin = Origin {
        id,
        device,
        number: number.unsigned_abs(),
        author,
        at: Moment {
            at_utc_ms: now_utc_ms,
            offset_min: 0,
        },
    };
    let words = (!words.is_empty()).then(|| Words {
        salt: random.salt(),
        said: words,
    });
    let arrival = Arrival::from(Envelope::seal(origin, fact, words.as_ref()));
    let body = arrival.opened.as_ref().map_err(|problem| {
        // The code alone: a problem of ours does not quote, and this one should not come at all.
        tracing::error!(?problem, "The office made an event that does not open.");
        rusqlite::Error::QueryReturnedNoRows
    })?;
    let recorded = insert(transaction, &arrival, body, now_utc_ms)?.is_some();
    if recorded {
        transaction.execute("update office set next_number = ?1", [number + 1])?;
    }
    Ok(recorded)
}

/// The office's own device, and the author of what it records in nobody's name; none before it has
/// recorded anything.
pub(super) fn device(transaction: &Transaction) -> rusqlite::Result<Option<DeviceId>> {
    transaction
        .prepare_cached("select device from office")?
        .query_row([], |row| uuid(row, "device").map(DeviceId))
        .optional()
}

/// The author of what the server does by itself. Nobody signs in as it, so that no push can speak for it.
pub(super) fn itself(
    transaction: &Transaction,
    now_utc_ms: i64,
    random: &Chance,
) -> rusqlite::Result<PersonId> {
    Ok(PersonId(next(transaction, now_utc_ms, random)?.0.0))
}

/// The office's device and the number of its next event. The first one founds it.
fn next(
    transaction: &Transaction,
    now_utc_ms: i64,
    random: &Chance,
) -> rusqlite::Result<(DeviceId, i64)> {
    let device = DeviceId::mint(now_utc_ms, random.other());
    transaction
        .prepare_cached(
            "insert into office (only_row, device, next_number) values (1, ?1, 1) \
             on conflict do nothing",
        )?
        .execute(params![device.0.as_bytes()])?;
    transaction.query_row("select device, next_number from office", [], |row| {
        Ok((DeviceId(uuid(row, "device")?), row.get("next_number")?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::feedback::FeedbackShared;
    use crate::domain::event::said;
    use crate::server::store::sqlite::connection;
    use rusqlite::Connection;

    const NOW: i64 = 1_795_608_000_000;

    fn store() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().expect("there is room");
        let connection = connection::open(&folder.path().join("lookfor.sqlite"));
        (folder, connection.expect("it opens"))
    }

    #[test]
    fn the_office_numbers_its_events_and_keeps_their_words_apart() {
        let (_folder, mut connection) = store();
        let author = PersonId::mint(NOW, [3; 10]);
        let fact = Fact::from(FeedbackShared {
            walkthrough: EventId::mint(NOW, [4; 10]),
            feedback: EventId::mint(NOW, [6; 10]),
        });
        let words = BTreeMap::from([(said::FEEDBACK.to_owned(), "I noticed".to_owned())]);
        let transaction = connection.transaction().expect("one writer");
        for seed in [1, 2] {
            let random = Chance([seed; 36]);
            record(&transaction, author, &fact, words.clone(), NOW, random).expect("it records");
        }
        transaction.commit().expect("it commits");
        let sql = "select group_concat(number), count(distinct device), count(words) \
                   from event join words using (server_number) join to_project using (server_number)";
        let found =
            connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        assert_eq!(found, Ok(("1,2".to_owned(), 1, 2)));
    }

    #[test]
    fn a_form_that_is_posted_twice_records_once() {
        let (_folder, mut connection) = store();
        let author = PersonId::mint(NOW, [3; 10]);
        let id = EventId::mint(NOW, [5; 10]);
        let fact = Fact::from(FeedbackShared {
            walkthrough: EventId::mint(NOW, [4; 10]),
            feedback: EventId::mint(NOW, [6; 10]),
        });
        let transaction = connection.transaction().expect("one writer");
        let post = |seed| {
            let (words, random) = (BTreeMap::new(), Chance([seed; 36]));
            record_as(&transaction, id, author, &fact, words, NOW, random)
        };
        assert_eq!(post(1), Ok(true));
        assert_eq!(post(2), Ok(false));
    }
}
