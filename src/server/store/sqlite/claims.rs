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
use rusqlite::{Connection, TransactionBehavior};
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
    let people = load(&transaction)?;
    let teacher = people.resolve(person);
    let agreements = agreements(&transaction)?;
    let mut stories = Vec::new();
    for walkthrough in of_code(&transaction, &code)? {
        let events = events::about(&transaction, &About::Walkthrough(walkthrough).to_string())?;
        let reads: Vec<Read> = events.into_iter().map(|event| event.read).collect();
        let story = Story::of(walkthrough, &reads, &people, &agreements);
        stories.extend(story.filter(|story| story.observer != teacher));
    }
    // What counts before what does not: whoever saw the code and may not visit there takes no visit's place.
    stories.sort_by_key(|story| story.refused.is_some());
    let free: Vec<&Story> = stories.iter().filter(|one| one.teacher.is_none()).collect();
    let counts = free.first().is_some_and(|story| story.refused.is_none());
    let taken = free
        .iter()
        .filter(|story| story.refused.is_none() == counts)
        .map(|story| story.id);
    let taken: Vec<EventId> = taken.collect();
    let Some(first) = taken.first().copied() else {
        let own = stories.iter().find(|story| story.teacher == Some(teacher));
        return Ok(own.map(|story| story.id));
    };
    for (nth, walkthrough) in (0..=u8::MAX).zip(taken) {
        let code = code.clone();
        let fact = Fact::from(Claim {
            walkthrough,
            teacher,
            code,
        });
        let words = BTreeMap::new();
        office::record(
            &transaction,
            teacher,
            &fact,
            words,
            now_utc_ms,
            random.nth(nth),
        )?;
    }
    transaction.commit()?;
    Ok(Some(first))
}

/// The visits that a code takes: one, unless somebody who saw it recorded another with it.
fn of_code(connection: &Connection, code: &ClaimCode) -> rusqlite::Result<Vec<EventId>> {
    connection
        .prepare_cached("select walkthrough from claimable where claim_sha256 = ?1")?
        .query_map([code.sha256().0], |row| {
            uuid(row, "walkthrough").map(EventId)
        })?
        .collect()
}
