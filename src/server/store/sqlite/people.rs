//! Who is who, and who does what where, read as [`People`]; and merges, written as aliases.
//!
//! These are parts of transactions that others open: the projector, and the traits of the store.

use super::invitations;
use super::project::voices::welcomes;
use super::secrets::was_not_them;
use super::tokens::uuid;
use crate::domain::event::{Body, Fact};
use crate::domain::id::PersonId;
use crate::domain::people::{Merges, People, PersonMerged, Place, Post, Role};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// Who is who now, and all posts that are or were held.
///
/// An id that a store drew for itself before its person signed in counts as an entry that was merged
/// into the person's.
pub(in crate::server) fn load(connection: &Connection) -> rusqlite::Result<People> {
    let mut aliases = connection.prepare_cached(
        // What a store drew for itself is no entry: one that is both, from before that was looked at, is itself.
        "select external_id, person from alias where source = 'merged' \
         or source = 'device' \
         and not exists (select 1 from person where id = unhex(external_id, '-'))",
    )?;
    let facts = aliases
        .query_map([], |row| {
            Ok(PersonMerged {
                from: parsed(row, "external_id")?,
                into: PersonId(uuid(row, "person")?),
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut posts =
        connection.prepare_cached("select person, role, place, until_utc_ms from post")?;
    let posts = posts
        .query_map([], |row| {
            Ok((
                PersonId(uuid(row, "person")?),
                row_to_post(row)?,
                row.get::<_, Option<i64>>("until_utc_ms")?,
            ))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let ended = posts
        .iter()
        .filter_map(|(person, post, until)| until.map(|until| (*person, post.clone(), until)));
    let ended: Vec<_> = ended.collect();
    let posts = posts
        .into_iter()
        .map(|(person, post, until)| (person, post, until.is_none()));
    let mut persons = connection.prepare_cached(include_str!("people_standing.sql"))?;
    let (mut consent, mut added, mut merged_of_office) = (Vec::new(), Vec::new(), Vec::new());
    let mut rows = persons.query([])?;
    while let Some(row) = rows.next()? {
        let person = PersonId(uuid(row, "id")?);
        consent.extend(
            row.get::<_, Option<i64>>("yes_until")?
                .map(|until| (person, until)),
        );
        added.extend(row.get::<_, bool>("added")?.then_some(person));
        merged_of_office.extend(row.get::<_, bool>("merged_of_office")?.then_some(person));
    }
    Ok(People::of(Merges::of(&facts), posts)
        .with_ended(ended)
        .with_consent(consent)
        .with_met(added, merged_of_office)
        .with_welcomes(welcomes(connection)?))
}

/// Takes a merge whose event is stored, and says whether it counts: only what was said by somebody who
/// was an admin when the server received it does.
///
/// The aliases of all merged entries are written from all merges, so that neither order nor repetition
/// matters. Whoever signs in under one entry does what is done under any, so the invitations end that were
/// open for them now, at `now_utc_ms`, in milliseconds since 1970. An entry that was only met, and now is somebody whom the
/// office knows, loses its devices, its address and the name that was typed, and what it said stands no more: whoever
/// added it may have been signed in as it.
pub(in crate::server) fn merge(
    transaction: &Transaction,
    fact: &PersonMerged,
    now_utc_ms: i64,
) -> rusqlite::Result<bool> {
    let facts = said(transaction)?;
    if !facts.contains(fact) {
        return Ok(false);
    }
    let merges = Merges::of(&facts);
    let only_met = |entry| was_only_met(transaction, &entries(transaction, entry)?);
    let mut met_before = Vec::new();
    for entry in facts.iter().flat_map(|fact| [fact.from, fact.into]) {
        if only_met(entry)? {
            met_before.push(entry);
        }
    }
    transaction.execute("delete from alias where source = 'merged'", [])?;
    let mut insert = transaction.prepare_cached(
        "insert into alias (source, external_id, person) values ('merged', ?1, ?2)",
    )?;
    let mut merged: Vec<PersonId> = facts.iter().map(|fact| fact.from).collect();
    merged.extend(facts.iter().map(|fact| fact.into));
    merged.sort_unstable();
    merged.dedup();
    for entry in merged {
        let one = merges.resolve(entry);
        // An entry that the server has not heard of yet gets its alias with the next merge; until then
        // there is nobody to stand for it.
        if one != entry && is_known(transaction, one)? {
            insert.execute(params![entry.to_string(), one.0.as_bytes()])?;
        }
    }
    for entry in met_before {
        if !only_met(entry)? {
            was_not_them(transaction, entry, now_utc_ms)?;
            invitations::end_open(transaction, entry, now_utc_ms)?;
            as_the_office_says(transaction, entry)?;
        }
    }
    invitations::end_open(transaction, fact.from, now_utc_ms)?;
    // Cards of an entry that stands no more went to its own address, which nobody changes from now on.
    for entry in [fact.from, fact.into] {
        if merges.resolve(entry) != entry {
            transaction
                .prepare_cached(include_str!("address_end.sql"))?
                .execute(params![entry.0.as_bytes(), now_utc_ms])?;
        }
    }
    refresh(transaction, "people")?;
    Ok(true)
}

/// Has an entry that somebody added be called and written to as the office says of the same person.
fn as_the_office_says(transaction: &Transaction, met: PersonId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("update person set mail = null where id = ?1")?
        .execute([met.0.as_bytes()])?;
    let entries = entries(transaction, met)?;
    if entries.first() != Some(&met) {
        return Ok(());
    }
    // It stands for all of them: what is known of another one is said of it from now on.
    let mut known = transaction
        .prepare_cached("select name, mail from person where id = ?1 and added_by is null")?;
    for entry in entries {
        let said = known
            .query_row([entry.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let said: Option<(Option<String>, Option<String>)> = said;
        if let Some((name, mail)) = said {
            transaction
                .prepare_cached("update person set mail = null where id = ?1")?
                .execute([entry.0.as_bytes()])?;
            transaction
                .prepare_cached(
                    "update person set name = ?2, mail = ?3, named_by = null where id = ?1",
                )?
                .execute(params![met.0.as_bytes(), name, mail])?;
            return Ok(());
        }
    }
    Ok(())
}

/// The merges that count, in the order in which they came. One into an entry that had left when the server received it
/// would shut out whoever is merged, and does not; nor does one of two whom the office does not know.
fn said(connection: &Connection) -> rusqlite::Result<Vec<PersonMerged>> {
    let mut statement = connection.prepare_cached(include_str!("merges.sql"))?;
    let bodies = statement
        .query_map([], |row| row.get("body"))?
        .collect::<rusqlite::Result<Vec<Vec<u8>>>>()?;
    let mut facts = Vec::new();
    for bytes in bodies {
        // What cannot be read was kept unread, by a version that knew less or more than this one.
        let Ok(body) = serde_json::from_slice::<Body>(&bytes) else {
            continue;
        };
        if let Ok(Some(Fact::PersonMerged(fact))) = body.read()
            && !both_only_met(connection, &fact)?
        {
            facts.push(fact);
        }
    }
    Ok(facts)
}

/// Whether nobody whom the office knows is in a merge: of two that were added on the spot each may be in the hands of
/// whoever added it, and would be the other by it. Once one of them is confirmed the merge can be said, or counts with the
/// next one.
pub(super) fn both_only_met(
    connection: &Connection,
    fact: &PersonMerged,
) -> rusqlite::Result<bool> {
    let mut added =
        connection.prepare_cached("select 1 from person where id = ?1 and added_by is not null")?;
    Ok(added.exists([fact.from.0.as_bytes()])? && added.exists([fact.into.0.as_bytes()])?)
}

/// Whether an entry had left at a moment, in milliseconds since 1970.
pub(super) fn had_left(
    connection: &Connection,
    person: PersonId,
    at_utc_ms: i64,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("select 1 from person where id = ?1 and left_at_utc_ms <= ?2")?
        .exists(params![person.0.as_bytes(), at_utc_ms])
}

/// Whether there is an entry with this id.
pub(super) fn is_known(connection: &Connection, person: PersonId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("select 1 from person where id = ?1")?
        .exists([person.0.as_bytes()])
}

/// All entries of the person that this one stands for, itself included; the first stands for all.
pub(super) fn entries(
    connection: &Connection,
    person: PersonId,
) -> rusqlite::Result<Vec<PersonId>> {
    let mut one = connection
        .prepare_cached("select person from alias where source = 'merged' and external_id = ?1")?;
    let one = one
        .query_map([person.to_string()], |row| uuid(row, "person"))?
        .next()
        .transpose()?
        .map_or(person, PersonId);
    let mut merged = connection
        .prepare_cached("select external_id from alias where source = 'merged' and person = ?1")?;
    let mut entries = vec![one];
    for entry in merged.query_map([one.0.as_bytes()], |row| parsed(row, "external_id"))? {
        entries.push(entry?);
    }
    Ok(entries)
}

/// Whether somebody added the person on the spot and no office knows them, as
/// [`People::was_only_met`] has it; these are all entries of a person.
pub(super) fn was_only_met(
    connection: &Connection,
    entries: &[PersonId],
) -> rusqlite::Result<bool> {
    let mut added = connection
        .prepare_cached("select added_by is not null as added from person where id = ?1")?;
    let mut met = false;
    for entry in entries {
        for added in added.query_map([entry.0.as_bytes()], |row| row.get::<_, bool>("added"))? {
            if !added? {
                return Ok(false);
            }
            met = true;
        }
    }
    Ok(met)
}

/// What the person does now, under all their entries.
pub(super) fn posts(connection: &Connection, person: PersonId) -> rusqlite::Result<Vec<Post>> {
    let mut held = connection.prepare_cached(
        "select role, place from post where person = ?1 and until_utc_ms is null order by id",
    )?;
    let mut posts = Vec::new();
    for entry in entries(connection, person)? {
        for post in held.query_map([entry.0.as_bytes()], row_to_post)? {
            posts.push(post?);
        }
    }
    Ok(posts)
}

/// Whether the person is an admin now, under any of their entries.
pub(super) fn is_admin(connection: &Connection, person: PersonId) -> rusqlite::Result<bool> {
    let posts = posts(connection, person)?;
    Ok(posts.iter().any(|post| post.role == Role::Admin))
}

/// Has the projector make documents again: of `people`, of the `agreement`, or of what events are about.
pub(in crate::server) fn refresh(transaction: &Transaction, about: &str) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("insert into to_refresh (about) values (?1) on conflict do nothing")?
        .execute([about])?;
    Ok(())
}

/// The role and place of a row of `post`.
pub(super) fn row_to_post(row: &Row) -> rusqlite::Result<Post> {
    let role: String = row.get("role")?;
    let place: String = row.get("place")?;
    let role = Role::ALL
        .into_iter()
        .find(|known| role_name(*known) == role)
        .ok_or_else(|| unread("role"))?;
    let place = match place.split_once(':') {
        None if place == "district" => Some(Place::District),
        Some(("site", id)) => id.parse().ok().map(Place::Site),
        Some(("idea", key)) if !key.is_empty() => Some(Place::Idea(key.into())),
        _ => None,
    };
    Ok(Post {
        role,
        place: place.ok_or_else(|| unread("place"))?,
    })
}

/// A role as the column `post.role` has it.
pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Teacher => "teacher",
        Role::Principal => "principal",
        Role::Coach => "coach",
        Role::Pilot => "pilot",
        Role::Lead => "lead",
        Role::Admin => "admin",
    }
}

/// A place as the column `post.place` has it.
pub(super) fn place_text(place: &Place) -> String {
    match place {
        Place::Site(site) => format!("site:{site}"),
        Place::Idea(key) => format!("idea:{key}"),
        Place::District => "district".into(),
    }
}

fn parsed(row: &Row, column: &str) -> rusqlite::Result<PersonId> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| unread(column))
}

/// A column that holds what no version of ours has written. Its content is not said: it may be a name.
fn unread(column: &str) -> rusqlite::Error {
    let what = format!("{column} is not as it was written");
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, what.into())
}

#[cfg(test)]
mod tests;
