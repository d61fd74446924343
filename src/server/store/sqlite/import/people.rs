//! People: matched by the roster's id, then by their mail address, else added; marked when they are there
//! no longer.

use super::desk::{Desk, chance};
use crate::domain::hash::Sha256;
use crate::domain::id::PersonId;
use crate::domain::import::{Mode, Reason, Thing};
use crate::domain::people::Role;
use crate::server::import::roster::{At, PersonRow};
use crate::server::store::sqlite::invitations::end_sent;
use crate::server::store::sqlite::people::role_name;
use crate::server::store::sqlite::persons::{insert, mark_left, take_over};
use crate::server::store::sqlite::tokens::uuid;
use crate::sync::office::{AddPerson, Language};
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// An entry as it is now.
pub(super) struct Entry {
    name: Option<String>,
    mail: Option<String>,
    pub(super) left: bool,
}

/// All entries.
pub(super) struct Everybody {
    entries: HashMap<PersonId, Entry>,
    /// Who has a mail address, in small letters: the entry that stands for them.
    by_mail: HashMap<String, PersonId>,
    admins: HashSet<PersonId>,
}

impl Everybody {
    pub(super) fn load(
        transaction: &Transaction,
        merged: &HashMap<PersonId, PersonId>,
    ) -> rusqlite::Result<Self> {
        let one = |person| merged.get(&person).copied().unwrap_or(person);
        let mut statement = transaction.prepare_cached(
            "select id, name, mail, left_at_utc_ms is not null as gone from person",
        )?;
        let rows = statement.query_map([], |row| {
            let entry = Entry {
                name: row.get("name")?,
                mail: row.get("mail")?,
                left: row.get("gone")?,
            };
            Ok((PersonId(uuid(row, "id")?), entry))
        })?;
        let entries = rows.collect::<rusqlite::Result<HashMap<_, _>>>()?;
        let mails = entries.iter().filter_map(|(id, entry)| {
            let mail = entry.mail.as_ref()?;
            Some((mail.to_ascii_lowercase(), one(*id)))
        });
        let by_mail = mails.collect();
        let mut statement = transaction
            .prepare_cached("select person from post where role = ?1 and until_utc_ms is null")?;
        let admins = statement
            .query_map([role_name(Role::Admin)], |row| {
                Ok(one(PersonId(uuid(row, "person")?)))
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            entries,
            by_mail,
            admins,
        })
    }

    /// Who has this mail address.
    pub(super) fn by_mail(&self, mail: &str) -> Option<PersonId> {
        self.by_mail.get(&mail.to_ascii_lowercase()).copied()
    }

    /// Whether the person has left.
    pub(super) fn has_left(&self, person: PersonId) -> bool {
        self.entries.get(&person).is_none_or(|entry| entry.left)
    }
}

/// What a source said of a person the last time.
struct Said {
    person: PersonId,
    name_sha256: Option<[u8; 32]>,
    mail_sha256: Option<[u8; 32]>,
    there: bool,
}

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    let before = said_before(desk)?;
    let there = before.values().filter(|said| said.there);
    let people: HashSet<PersonId> = there.map(|said| said.person).collect();
    desk.leaving.people_before = u32::try_from(people.len()).unwrap_or(u32::MAX);
    for (id, said) in before.iter().filter(|(_, said)| said.there) {
        desk.staff.insert(id.clone(), said.person);
    }
    if desk.roster.people_mode == Mode::Absent {
        return Ok(());
    }
    let mut named: HashSet<&str> = HashSet::new();
    let mut people_here: BTreeMap<PersonId, At> = BTreeMap::new();
    for row in desk.roster.people.iter().filter(|row| !row.gone) {
        named.insert(&row.id);
        let person = match before.get(&row.id) {
            Some(said) => {
                came_back(desk, &row.id, said)?;
                changed(desk, row, said)?;
                said.person
            }
            None => new(desk, row)?,
        };
        if !before.contains_key(&row.id) && people_here.contains_key(&person) {
            desk.bad(row.at, "email", Reason::SamePerson);
        }
        people_here.insert(person, row.at);
        desk.staff.insert(row.id.clone(), person);
        desk.done();
    }
    let gone: BTreeSet<String> = match desk.roster.people_mode {
        Mode::Delta => {
            let gone = desk.roster.people.iter().filter(|row| row.gone);
            gone.map(|row| row.id.clone()).collect()
        }
        _ => {
            let left_out = &desk.roster.left_out.people;
            let ids = before.keys().filter(|id| !named.contains(id.as_str()));
            ids.filter(|id| !left_out.contains(*id)).cloned().collect()
        }
    };
    leave(desk, &before, &gone)
}

fn said_before(desk: &Desk) -> rusqlite::Result<BTreeMap<String, Said>> {
    let mut statement = desk
        .transaction
        .prepare_cached("select * from imported_person where source = ?1")?;
    statement
        .query_map([&desk.roster.source], |row| {
            let said = Said {
                person: desk.one(PersonId(uuid(row, "person")?)),
                name_sha256: row.get("name_sha256")?,
                mail_sha256: row.get("mail_sha256")?,
                there: row.get("there")?,
            };
            Ok((row.get("external_id")?, said))
        })?
        .collect()
}

/// Somebody whom the source names for the first time.
fn new(desk: &mut Desk, row: &PersonRow) -> rusqlite::Result<PersonId> {
    let by_alias = {
        let mut statement = desk
            .transaction
            .prepare_cached("select person from alias where source = ?1 and external_id = ?2")?;
        let mut found = statement.query_map(params![desk.roster.source, row.id], |row| {
            Ok(PersonId(uuid(row, "person")?))
        })?;
        found.next().transpose()?
    };
    let by_alias = by_alias.map(|person| desk.one(person));
    let by_mail = || {
        row.mail
            .as_deref()
            .and_then(|mail| desk.people.by_mail(mail))
    };
    let person = match by_alias.or_else(by_mail) {
        // Whom a roster names, the office knows.
        Some(person) => {
            if take_over(desk.transaction, person, desk.now_utc_ms)? {
                // Whoever added them typed a name; the roster says which.
                desk.transaction
                    .prepare_cached("update person set name = ?2, named_by = null where id = ?1")?
                    .execute(params![person.0.as_bytes(), row.name])?;
                if let Some(entry) = desk.people.entries.get_mut(&person) {
                    entry.name = Some(row.name.clone());
                }
            }
            person
        }
        None => add(desk, &row.name, row.mail.as_deref())?,
    };
    desk.transaction
        .prepare_cached(
            "insert into alias (source, external_id, person) values (?1, ?2, ?3) \
             on conflict do nothing",
        )?
        .execute(params![desk.roster.source, row.id, person.0.as_bytes()])?;
    desk.transaction
        .prepare_cached(include_str!("person_said.sql"))?
        .execute(params![
            desk.roster.source,
            row.id,
            person.0.as_bytes(),
            hash(Some(&row.name)),
            hash(row.mail.as_ref())
        ])?;
    Ok(person)
}

/// Adds somebody. Their mail address is nobody else's.
pub(super) fn add(desk: &mut Desk, name: &str, mail: Option<&str>) -> rusqlite::Result<PersonId> {
    let person = AddPerson {
        id: PersonId::mint(desk.now_utc_ms, chance()),
        name: name.into(),
        mail: mail.map(Into::into),
        language: Language::default(),
        posts: Vec::new(),
    };
    insert(desk.transaction, &person, desk.now_utc_ms)?;
    desk.count(Thing::People).added += 1;
    if let Some(mail) = mail {
        desk.people
            .by_mail
            .insert(mail.to_ascii_lowercase(), person.id);
    }
    let entry = Entry {
        name: Some(person.name),
        mail: person.mail,
        left: false,
    };
    desk.people.entries.insert(person.id, entry);
    Ok(person.id)
}

/// The source has somebody again whom it had not.
fn came_back(desk: &mut Desk, id: &str, said: &Said) -> rusqlite::Result<()> {
    if said.there {
        return Ok(());
    }
    desk.transaction
        .prepare_cached(
            "update imported_person set there = 1 where source = ?1 and external_id = ?2",
        )?
        .execute(params![desk.roster.source, id])?;
    if !desk.people.has_left(said.person) {
        return Ok(());
    }
    for entry in desk.entries(said.person) {
        mark_left(desk.transaction, entry, false, desk.now_utc_ms)?;
        if let Some(entry) = desk.people.entries.get_mut(&entry) {
            entry.left = false;
        }
    }
    desk.count(Thing::People).changed += 1;
    Ok(())
}

/// What the source calls somebody now, and where mail reaches them. What an office has set since stays.
fn changed(desk: &mut Desk, row: &PersonRow, said: &Said) -> rusqlite::Result<()> {
    let (name_sha256, mail_sha256) = (hash(Some(&row.name)), hash(row.mail.as_ref()));
    let name_is_new = said.name_sha256 != name_sha256;
    let mail_is_new = said.mail_sha256 != mail_sha256;
    if !name_is_new && !mail_is_new {
        return Ok(());
    }
    let holder = row
        .mail
        .as_deref()
        .and_then(|mail| desk.people.by_mail(mail));
    let is_taken = holder.is_some_and(|holder| holder != said.person);
    if mail_is_new && is_taken {
        desk.bad(row.at, "email", Reason::MailTaken);
    }
    let mut counted = false;
    if let Some(entry) = desk.people.entries.get_mut(&said.person) {
        let name_is_theirs = hash(entry.name.as_ref()) == said.name_sha256;
        if name_is_new && name_is_theirs {
            entry.name = Some(row.name.clone());
            counted = true;
        }
        if mail_is_new && !is_taken && hash(entry.mail.as_ref()) == said.mail_sha256 {
            if let Some(mail) = &entry.mail {
                desk.people.by_mail.remove(&mail.to_ascii_lowercase());
                end_sent(desk.transaction, said.person, desk.now_utc_ms)?;
            }
            if let Some(mail) = &row.mail {
                let mail = mail.to_ascii_lowercase();
                desk.people.by_mail.insert(mail, said.person);
            }
            entry.mail.clone_from(&row.mail);
            counted = true;
        }
        if counted {
            desk.transaction
                .prepare_cached(
                    "update person set name = ?2, mail = ?3, \
                     named_by = case when name is ?2 then named_by end where id = ?1",
                )?
                .execute(params![said.person.0.as_bytes(), entry.name, entry.mail])?;
        }
    }
    desk.count(Thing::People).changed += u32::from(counted);
    // An address that is another's is noted as said all the same: it is spoken of once.
    desk.transaction
        .prepare_cached(
            "update imported_person set name_sha256 = ?3, mail_sha256 = ?4 \
             where source = ?1 and external_id = ?2",
        )?
        .execute(params![
            desk.roster.source,
            row.id,
            name_sha256,
            mail_sha256
        ])?;
    Ok(())
}

/// Marks those as left whom no source has any longer. An admin stays until an admin says otherwise.
fn leave(
    desk: &mut Desk,
    before: &BTreeMap<String, Said>,
    gone: &BTreeSet<String>,
) -> rusqlite::Result<()> {
    let leavers = gone.iter().filter_map(|id| Some((id, before.get(id)?)));
    let leavers: Vec<(&String, &Said)> = leavers.filter(|(_, said)| said.there).collect();
    for (id, _) in &leavers {
        desk.transaction
            .prepare_cached(
                "update imported_person set there = 0 where source = ?1 and external_id = ?2",
            )?
            .execute(params![desk.roster.source, id])?;
        desk.staff.remove(*id);
    }
    let people: BTreeSet<PersonId> = leavers.iter().map(|(_, said)| said.person).collect();
    for person in people {
        let entries = desk.entries(person);
        let mut is_there = false;
        for entry in &entries {
            is_there |= desk
                .transaction
                .prepare_cached("select 1 from imported_person where person = ?1 and there = 1")?
                .exists([entry.0.as_bytes()])?;
        }
        if is_there || desk.people.has_left(person) {
            continue;
        }
        if desk.people.admins.contains(&person) {
            desk.troubles.whole(Reason::AdminStays);
            continue;
        }
        for entry in entries {
            mark_left(desk.transaction, entry, true, desk.now_utc_ms)?;
            if let Some(entry) = desk.people.entries.get_mut(&entry) {
                entry.left = true;
            }
        }
        desk.count(Thing::People).left += 1;
        desk.leaving.people += 1;
    }
    Ok(())
}

/// What is kept of a name or address to compare with the next time.
fn hash(text: Option<&String>) -> Option<[u8; 32]> {
    text.map(|text| Sha256::of(text.as_bytes()).0)
}
