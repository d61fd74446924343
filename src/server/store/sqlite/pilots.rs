//! The transaction that begins a pilot.

use super::SqliteStore;
use super::ask::{Stop, malformed};
use super::ideas;
use super::invitations::wait;
use super::office;
use super::people::{entries, posts, refresh, was_only_met};
use super::persons;
use super::secrets::{end_given, insert};
use super::tokens::uuid;
use crate::domain::event::{Fact, said};
use crate::domain::id::PersonId;
use crate::domain::pasted::Unread;
use crate::domain::people::{PersonAdded, Place, Post, Role};
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
    let mut refused = Vec::new();
    for one in &pilot.people {
        let entry = entry_of(transaction, one)?;
        if let Some(person) = entry {
            let why = match pilot.by_admin {
                true => has_left(transaction, person)?.then_some(Unread::HasLeft),
                false => (!may_join(transaction, pilot, person)?).then_some(Unread::OnlyAdmin),
            };
            refused.extend(why.map(|why| (one.line, why)));
        }
        // Whoever can compute which id a line gets may have taken it for a device of theirs; and the same line twice
        // would be one person.
        if entry.is_none() && persons::is_alias(transaction, one.id)? {
            refused.push((one.line, Unread::OnlyAdmin));
        }
        if known
            .iter()
            .any(|(other, _): &(&NewPilotTeacher, _)| other.id == one.id)
        {
            refused.push((one.line, Unread::Twice));
        }
        known.push((one, entry));
    }
    if !refused.is_empty() {
        // A lead is not told of which line: beside one that is surely refused, the form would say of every address
        // whose it is, and nothing would begin.
        return Ok(Err(match pilot.by_admin {
            true => refused,
            false => vec![(0, Unread::OnlyAdmin)],
        }));
    }
    if let Some(name) = &pilot.new_site {
        // Sent again it is there, and may have another name by now.
        transaction
            .prepare_cached(
                "insert into site (id, name) values (?1, ?2) on conflict (id) do nothing",
            )?
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

/// Whether a lead may put somebody who is known into a team: who is not the lead, has not left, and does nothing but
/// teach. A team reads what rests on few, so whoever leads, coaches or does nothing here is let in by an admin. All of
/// these are answered alike: the form is no list of who is who.
fn may_join(
    transaction: &Transaction,
    pilot: &NewPilot,
    person: PersonId,
) -> rusqlite::Result<bool> {
    let posts = posts(transaction, person)?;
    let is_self = entries(transaction, person)?.contains(&pilot.by.person);
    let teaches = posts.iter().any(|post| post.role == Role::Teacher);
    let does_more = posts.iter().any(|post| post.role.is_trusted_with_others());
    Ok(teaches && !does_more && !is_self && !has_left(transaction, person)?)
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
        if !pilot.by_admin {
            meet(transaction, pilot, one, now_utc_ms)?;
        }
    } else if pilot.by_admin {
        persons::take_over(transaction, person, now_utc_ms)?;
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
    let has_mail = found.is_some_and(|found| found.mail.is_some());
    // A link is a way to sign in as somebody, and a mail goes where whoever added them said: a lead has it for whom this
    // very request adds, and a mail sent again to who was not confirmed. Whom the office knows it invites itself.
    let by_mail = pilot.mails && has_mail;
    let may_invite = pilot.by_admin
        || entry.is_none()
        || by_mail && was_only_met(transaction, &entries(transaction, person)?)?;
    let way = if !may_invite || is_signed_in(transaction, person)? {
        InvitedBy::Nothing
    } else if by_mail {
        wait(transaction, person, now_utc_ms)?;
        InvitedBy::Mail
    } else {
        end_given(transaction, "invitation", Some(person), now_utc_ms)?;
        let times = (now_utc_ms, pilot.expires_utc_ms);
        insert(transaction, "invitation", person, one.secret_sha256, times)?;
        InvitedBy::Link
    };
    Ok(Invited {
        line: one.line,
        person,
        way,
    })
}

/// Keeps that a lead added somebody, as an observer does who meets them at a door: by an event whose words are the
/// name. Until an admin confirms them they count as no teacher and read nothing of the team. That they sign in says
/// nothing: the lead had their link.
fn meet(
    transaction: &Transaction,
    pilot: &NewPilot,
    one: &NewPilotTeacher,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    let fact = Fact::PersonAdded(PersonAdded {
        person: one.id,
        site: pilot.site,
    });
    let words = [(said::NAME.to_owned(), one.name.clone())].into();
    let (by, random) = (pilot.by.person, one.random.clone());
    let event = office::record(transaction, by, &fact, words, now_utc_ms, random)?;
    transaction
        .prepare_cached("update person set added_by = ?2, named_by = ?2 where id = ?1")?
        .execute(params![one.id.0.as_bytes(), event.0.as_bytes()])?;
    Ok(())
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
