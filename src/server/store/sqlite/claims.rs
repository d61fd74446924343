//! Numbered visits, and who takes them.

use super::people::load;
use super::project::{agreements, events};
use super::tokens::uuid;
use super::{SqliteStore, office};
use crate::domain::claim::ClaimCode;
use crate::domain::collect::walkthrough::Claim;
use crate::domain::event::{About, Fact};
use crate::domain::fold::{Read, Story};
use crate::domain::id::{EventId, PersonId};
use crate::server::chance::Chance;
use crate::server::store::Later;
use crate::server::store::feed::Claims;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::collections::BTreeMap;

impl Claims for SqliteStore {
    fn claim(
        &self,
        person: PersonId,
        code: ClaimCode,
        now_utc_ms: i64,
        random: Chance,
    ) -> Later<'_, Option<EventId>> {
        self.write(move |connection| claim(connection, person, code, now_utc_ms, random))
    }
}

fn claim(
    connection: &mut Connection,
    person: PersonId,
    code: ClaimCode,
    now_utc_ms: i64,
    random: Chance,
) -> rusqlite::Result<Option<EventId>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let walkthrough = transaction
        .prepare_cached("select walkthrough from claimable where claim_sha256 = ?1")?
        .query_row([code.sha256().0], |row| {
            uuid(row, "walkthrough").map(EventId)
        })
        .optional()?;
    let Some(walkthrough) = walkthrough else {
        return Ok(None);
    };
    let events = events::about(&transaction, &About::Walkthrough(walkthrough).to_string())?;
    let reads: Vec<Read> = events.into_iter().map(|event| event.read).collect();
    let people = load(&transaction)?;
    let agreements = agreements(&transaction)?;
    let Some(story) = Story::of(walkthrough, &reads, &people, &agreements) else {
        return Ok(None);
    };
    let teacher = people.resolve(person);
    if story.observer == teacher {
        return Ok(None);
    }
    if let Some(taken) = story.teacher {
        return Ok((taken == teacher).then_some(walkthrough));
    }
    let fact = Fact::from(Claim {
        walkthrough,
        teacher,
        code,
    });
    let words = BTreeMap::new();
    office::record(&transaction, teacher, &fact, words, now_utc_ms, random)?;
    transaction.commit()?;
    Ok(Some(walkthrough))
}
