//! The transaction that begins a pilot.

use super::SqliteStore;
use super::ask::{Stop, malformed};
use super::ideas;
use super::invitations::wait;
use super::people::{entries, posts, refresh};
use super::persons;
use super::secrets::{end_given, insert};
use super::tokens::uuid;
use crate::domain::id::PersonId;
use crate::domain::pasted::Unread;
use crate::domain::people::{Place, Post, Role};
use crate::server::store::people::Asked;
use crate::server::store::pilots::{
    Invited, InvitedBy, NewPilot, NewPilotTeacher, PilotBegun, Pilots,
};
use crate::sync::office::AddPerson;
use rusqlite::{OptionalExtension, Transaction, params};

impl Pilots for SqliteStore {
    fn begin_pilot(&self, pilot: NewPilot, now_utc_ms: i64) -> Asked<'_, PilotBegun> {
        self.ask(move |transaction| begin(transaction, &pilot, now_utc_ms))
    }
}

fn begin(transaction: &Transaction, pilot: &NewPilot, now_utc_ms: i64) -> Result<PilotBegun, Stop> {
    // First whether all of it can be: what is said about lines leaves everything as it was.
    let mut known = Vec::new();
    let mut left = Vec::new();
    for one in &pilot.people {
        let entry = entry_of(transaction, one)?;
        if let Some(person) = entry
            && has_left(transaction, person)?
        {
            left.push((one.line, Unread::HasLeft));
        }
        known.push((one, entry));
    }
    if !left.is_empty() {
        return Ok(Err(left));
    }
    if let Some(name) = &pilot.new_site {
        transaction
            .prepare_cached(include_str!("site_keep.sql"))?
            .execute(params![pilot.site.0.as_bytes(), name])?;
    }
    let is_site = transaction
        .prepare_cached("select 1 from site where id = ?1")?
        .exists([pilot.site.0.as_bytes()])?;
    if !is_site {
        return Err(malformed("site", "a site that is known"));
    }
    ideas::begin(transaction, &pilot.idea, pilot.by.person, now_utc_ms)?;
    let mut invited = Vec::new();
    for (one, entry) in known {
        invited.push(join(transaction, pilot, one, entry, now_utc_ms)?);
    }
    refresh(transaction, "people")?;
    Ok(Ok(invited))
}

/// The entry of a person who is known: by the id of the same form, sent before, or by the address.
fn entry_of(
    transaction: &Transaction,
    one: &NewPilotTeacher,
) -> rusqlite::Result<Option<PersonId>> {
    let found = transaction
        .prepare_cached(
            "select id from person where id = ?1 or (?2 is not null and mail = ?2 collate nocase) \
             order by id = ?1 desc",
        )?
        .query_row(params![one.id.0.as_bytes(), one.mail], |row| {
            uuid(row, "id").map(PersonId)
        })
        .optional()?;
    let Some(found) = found else {
        return Ok(None);
    };
    // Whoever was merged into another entry is that one.
    Ok(entries(transaction, found)?.first().copied())
}

fn has_left(transaction: &Transaction, person: PersonId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("select 1 from person where id = ?1 and left_at_utc_ms is not null")?
        .exists([person.0.as_bytes()])
}

fn join(
    transaction: &Transaction,
    pilot: &NewPilot,
    one: &NewPilotTeacher,
    entry: Option<PersonId>,
    now_utc_ms: i64,
) -> Result<Invited, Stop> {
    let person = entry.unwrap_or(one.id);
    if entry.is_none() {
        let added = AddPerson {
            id: one.id,
            name: one.name.clone(),
            mail: one.mail.clone(),
            language: pilot.language,
            posts: Vec::new(),
        };
        persons::insert(transaction, &added, now_utc_ms)?;
    }
    let held = posts(transaction, person)?;
    let mut given = Vec::new();
    // Who teaches somewhere goes on teaching there.
    if !held.iter().any(|post| post.role == Role::Teacher) {
        given.push(Post {
            role: Role::Teacher,
            place: Place::Site(pilot.site),
        });
    }
    let of_the_team = Post {
        role: Role::Pilot,
        place: Place::Idea(pilot.idea.clone()),
    };
    if !held.contains(&of_the_team) {
        given.push(of_the_team);
    }
    persons::give(transaction, person, &given, "posts", now_utc_ms)?;
    let found = persons::find(transaction, person)?;
    let has_mail = found.as_ref().is_some_and(|found| found.mail.is_some());
    let way = if is_signed_in(transaction, person)? {
        InvitedBy::Nothing
    } else if pilot.mails && has_mail {
        wait(transaction, person, now_utc_ms)?;
        InvitedBy::Mail
    } else if !pilot.by_admin && (entry.is_some() || has_signed_in(transaction, person)?) {
        // A link is a way to sign in as somebody: a lead has it for whom this very request adds, and never
        // again, since the office may have given that person other posts by then.
        InvitedBy::Nothing
    } else {
        end_given(transaction, "invitation", Some(person), now_utc_ms)?;
        let times = (now_utc_ms, pilot.expires_utc_ms);
        insert(transaction, "invitation", person, one.secret_sha256, times)?;
        InvitedBy::Link
    };
    Ok(Invited {
        line: one.line,
        person,
        name: found.and_then(|found| found.name),
        way,
    })
}

/// Whether the person ever signed in.
fn has_signed_in(transaction: &Transaction, person: PersonId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("select 1 from device where person = ?1")?
        .exists([person.0.as_bytes()])
}

/// Whether a device is signed in under any entry of the person.
fn is_signed_in(transaction: &Transaction, person: PersonId) -> rusqlite::Result<bool> {
    let mut in_use = transaction
        .prepare_cached("select 1 from device where person = ?1 and ended_at_utc_ms is null")?;
    for entry in entries(transaction, person)? {
        if in_use.exists([entry.0.as_bytes()])? {
            return Ok(true);
        }
    }
    Ok(false)
}
