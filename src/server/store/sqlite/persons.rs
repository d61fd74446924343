//! People and their posts.

use super::SqliteStore;
use super::ask::{Stop, malformed};
use super::invitations;
use super::people::{entries, is_known, place_text, posts, refresh, role_name, was_only_met};
use super::secrets::was_not_them;
use super::tokens::uuid;
use crate::domain::id::PersonId;
use crate::domain::people::{Place, Post, Role};
use crate::domain::problem::Problem;
use crate::server::store::Later;
use crate::server::store::people::{Asked, PAGE, Persons};
use crate::sync::office::{AddPerson, ChangePerson, ChangePosts, Language, OfficePerson};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use uuid::Uuid;

impl Persons for SqliteStore {
    fn posts(&self, person: PersonId) -> Later<'_, Vec<Post>> {
        self.read(move |connection| posts(connection, person))
    }

    fn entries(&self, person: PersonId) -> Later<'_, Vec<PersonId>> {
        self.read(move |connection| entries(connection, person))
    }

    fn person(&self, person: PersonId) -> Later<'_, Option<OfficePerson>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            find(&transaction, person)
        })
    }

    fn people(&self, after: Option<PersonId>) -> Later<'_, Vec<OfficePerson>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            page(&transaction, after)
        })
    }

    fn add_person(&self, person: AddPerson, now_utc_ms: i64) -> Asked<'_, OfficePerson> {
        self.ask(move |transaction| add(transaction, &person, now_utc_ms))
    }

    fn change_person(
        &self,
        person: PersonId,
        change: ChangePerson,
        now_utc_ms: i64,
    ) -> Asked<'_, OfficePerson> {
        self.ask(move |transaction| change_person(transaction, person, &change, false, now_utc_ms))
    }

    fn change_own(
        &self,
        person: PersonId,
        change: ChangePerson,
        now_utc_ms: i64,
    ) -> Asked<'_, OfficePerson> {
        self.ask(move |transaction| change_person(transaction, person, &change, true, now_utc_ms))
    }

    fn confirm_person(
        &self,
        person: PersonId,
        devices_are_theirs: bool,
        now_utc_ms: i64,
    ) -> Asked<'_, ()> {
        self.ask(move |transaction| {
            if !is_known(transaction, person)? {
                return Err(Problem::NotFound.into());
            }
            match devices_are_theirs {
                true => confirm(transaction, person)?,
                false => drop(take_over(transaction, person, now_utc_ms)?),
            }
            Ok(())
        })
    }

    fn change_posts(
        &self,
        person: PersonId,
        change: ChangePosts,
        now_utc_ms: i64,
    ) -> Asked<'_, OfficePerson> {
        self.ask(move |transaction| change_posts(transaction, person, &change, now_utc_ms))
    }
}

/// The person, if there is such an entry.
pub(super) fn find(
    connection: &Connection,
    person: PersonId,
) -> rusqlite::Result<Option<OfficePerson>> {
    let found = connection
        .prepare_cached("select * from person where id = ?1")?
        .query_row([person.0.as_bytes()], row_to_person)
        .optional()?;
    found.map(|found| with_posts(connection, found)).transpose()
}

fn page(connection: &Connection, after: Option<PersonId>) -> rusqlite::Result<Vec<OfficePerson>> {
    let after = after.map_or(Uuid::nil(), |person| person.0);
    let mut statement =
        connection.prepare_cached("select * from person where id > ?1 order by id limit ?2")?;
    let people = statement
        .query_map(params![after.as_bytes(), PAGE], row_to_person)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let people = people.into_iter();
    people.map(|found| with_posts(connection, found)).collect()
}

fn with_posts(connection: &Connection, found: OfficePerson) -> rusqlite::Result<OfficePerson> {
    let posts = posts(connection, found.id)?;
    Ok(OfficePerson { posts, ..found })
}

/// A person without their posts.
fn row_to_person(row: &Row) -> rusqlite::Result<OfficePerson> {
    Ok(OfficePerson {
        id: PersonId(uuid(row, "id")?),
        name: row.get("name")?,
        mail: row.get("mail")?,
        language: match row.get_ref("language")?.as_str()? {
            "es" => Language::Spanish,
            _ => Language::English,
        },
        peer_visits: row.get("peer_visits")?,
        left_at_utc_ms: row.get("left_at_utc_ms")?,
        posts: Vec::new(),
    })
}

fn language_name(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::Spanish => "es",
    }
}

fn add(
    transaction: &Transaction,
    person: &AddPerson,
    now_utc_ms: i64,
) -> Result<OfficePerson, Stop> {
    if let Some(found) = find(transaction, person.id)? {
        let same = found.name.as_ref() == Some(&person.name)
            && found.mail == person.mail
            && found.language == person.language
            && found.posts.len() == person.posts.len()
            && person.posts.iter().all(|post| found.posts.contains(post));
        return same.then_some(found).ok_or(Problem::IdTaken.into());
    }
    if is_alias(transaction, person.id)? {
        return Err(Problem::IdTaken.into());
    }
    check_mail(transaction, person.id, person.mail.as_deref())?;
    insert(transaction, person, now_utc_ms)?;
    give(transaction, person.id, &person.posts, "posts", now_utc_ms)?;
    refresh(transaction, "people")?;
    found(transaction, person.id)
}

/// Whether an id is the one under which a store recorded before its person signed in, or that of a merged entry: it is that
/// person's for good, and can be nobody else's.
pub(super) fn is_alias(transaction: &Transaction, id: PersonId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached(
            "select 1 from alias where external_id = ?1 and source in ('device', 'merged')",
        )?
        .exists([id.to_string()])
}

/// Inserts the row of a person, without posts. Its id is no alias, as whoever chose it must have looked.
pub(super) fn insert(
    transaction: &Transaction,
    person: &AddPerson,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(include_str!("person_insert.sql"))?
        .execute(named_params! {
            ":id": person.id.0.as_bytes(),
            ":name": person.name,
            ":mail": person.mail,
            ":language": language_name(person.language),
            ":added_at_utc_ms": now_utc_ms,
        })?;
    Ok(())
}

fn change_person(
    transaction: &Transaction,
    person: PersonId,
    change: &ChangePerson,
    own: bool,
    now_utc_ms: i64,
) -> Result<OfficePerson, Stop> {
    let before = find(transaction, person)?.ok_or(Problem::NotFound)?;
    let had_admin = is_led(transaction)?;
    let mail = change.mail.clone().unwrap_or_else(|| before.mail.clone());
    if before.mail.is_some() && before.mail != mail {
        invitations::end_sent(transaction, person, now_utc_ms)?;
    }
    check_mail(transaction, person, mail.as_deref())?;
    if change.name.is_some() && change.name != before.name {
        match own {
            false => drop(take_over(transaction, person, now_utc_ms)?),
            // Whom the office knows by a name is called so: colleagues read it.
            true if before.name.is_some() && !is_only_met(transaction, person)? => {
                return Err(Problem::NotAllowed.into());
            }
            true => {}
        }
    }
    transaction
        .prepare_cached(include_str!("person_update.sql"))?
        .execute(named_params! {
            ":id": person.0.as_bytes(),
            ":own": own,
            ":name": change.name.clone().or(before.name),
            ":mail": mail,
            ":language": language_name(change.language.unwrap_or(before.language)),
        })?;
    if let Some(peer_visits) = change.peer_visits {
        let mut consent = transaction.prepare_cached(include_str!("person_peer_visits.sql"))?;
        for entry in entries(transaction, person)? {
            consent.execute(named_params! {
                ":person": entry.0.as_bytes(),
                ":peer_visits": peer_visits,
                ":now_utc_ms": now_utc_ms,
            })?;
        }
    }
    if let Some(left) = change.left {
        for entry in entries(transaction, person)? {
            mark_left(transaction, entry, left, now_utc_ms)?;
        }
    }
    keep_an_admin(transaction, had_admin)?;
    // Everybody says yes and no as often as they like: that makes no documents of people again.
    let named = change.name.is_some() || change.left.is_some();
    refresh(transaction, if named { "people" } else { "peers" })?;
    found(transaction, person)
}

fn is_only_met(transaction: &Transaction, person: PersonId) -> rusqlite::Result<bool> {
    was_only_met(transaction, &entries(transaction, person)?)
}

/// Has the office know somebody who was added on the spot.
fn confirm(transaction: &Transaction, person: PersonId) -> rusqlite::Result<()> {
    let mut known = transaction.prepare_cached(
        "update person set added_by = null where id = ?1 and added_by is not null",
    )?;
    for entry in entries(transaction, person)? {
        known.execute([entry.0.as_bytes()])?;
    }
    refresh(transaction, "people")
}

/// Has the office know somebody who was added on the spot, and has nothing stand that was said as them: whoever added
/// them may have had their link. Changes nothing of whom the office knows, and says whether it did.
pub(super) fn take_over(
    transaction: &Transaction,
    person: PersonId,
    now_utc_ms: i64,
) -> rusqlite::Result<bool> {
    let entries = entries(transaction, person)?;
    if !was_only_met(transaction, &entries)? {
        return Ok(false);
    }
    confirm(transaction, person)?;
    for entry in entries {
        was_not_them(transaction, entry, now_utc_ms)?;
    }
    invitations::end_open(transaction, person, now_utc_ms)?;
    Ok(true)
}

/// Marks one entry of a person as left, which ends their posts, devices and secrets, or as there.
pub(super) fn mark_left(
    transaction: &Transaction,
    entry: PersonId,
    left: bool,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    let entry = entry.0.as_bytes();
    if !left {
        transaction
            .prepare_cached("update person set left_at_utc_ms = null where id = ?1")?
            .execute([entry])?;
        return Ok(());
    }
    for sql in [
        include_str!("person_left.sql"),
        include_str!("person_left_posts.sql"),
        include_str!("person_left_devices.sql"),
        include_str!("person_left_secrets.sql"),
    ] {
        transaction.prepare_cached(sql)?.execute(named_params! {
            ":person": entry,
            ":now_utc_ms": now_utc_ms,
        })?;
    }
    Ok(())
}

fn change_posts(
    transaction: &Transaction,
    person: PersonId,
    change: &ChangePosts,
    now_utc_ms: i64,
) -> Result<OfficePerson, Stop> {
    let before = find(transaction, person)?.ok_or(Problem::NotFound)?;
    if before.left_at_utc_ms.is_some() && !change.give.is_empty() {
        return Err(Problem::NotAllowed.into());
    }
    let had_admin = is_led(transaction)?;
    let not_held = change
        .give
        .iter()
        .filter(|post| !before.posts.contains(post));
    let not_held: Vec<Post> = not_held.cloned().collect();
    // Whoever added somebody may be signed in as them, and is no coach by that.
    let teaches = |post: &Post| matches!(post.role, Role::Teacher | Role::Pilot);
    if !not_held.iter().all(teaches) {
        take_over(transaction, person, now_utc_ms)?;
    }
    give(transaction, person, &not_held, "give", now_utc_ms)?;
    let mut end = transaction.prepare_cached(include_str!("post_end.sql"))?;
    for entry in entries(transaction, person)? {
        for post in &change.end {
            end.execute(named_params! {
                ":person": entry.0.as_bytes(),
                ":role": role_name(post.role),
                ":place": place_text(&post.place),
                ":now_utc_ms": now_utc_ms,
            })?;
        }
    }
    keep_an_admin(transaction, had_admin)?;
    refresh(transaction, "people")?;
    found(transaction, person)
}

/// Gives posts to an entry. What is more than teaching and testing ends the invitations that are open: they were
/// given to somebody for less. Refused: `Malformed` for a site that is not known.
pub(super) fn give(
    transaction: &Transaction,
    person: PersonId,
    posts: &[Post],
    field: &str,
    now_utc_ms: i64,
) -> Result<(), Stop> {
    let mut is_site = transaction.prepare_cached("select 1 from site where id = ?1")?;
    let mut insert = transaction.prepare_cached(include_str!("post_insert.sql"))?;
    for post in posts {
        if let Place::Site(site) = post.place
            && !is_site.exists([site.0.as_bytes()])?
        {
            return Err(malformed(field, "sites that are known"));
        }
        insert.execute(named_params! {
            ":person": person.0.as_bytes(),
            ":role": role_name(post.role),
            ":place": place_text(&post.place),
            ":from_utc_ms": now_utc_ms,
        })?;
    }
    if posts.iter().any(|post| post.role.is_trusted_with_others()) {
        invitations::end_open(transaction, person, now_utc_ms)?;
    }
    Ok(())
}

/// Whether somebody who has not left is an admin.
fn is_led(transaction: &Transaction) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached(include_str!("admin_eldest.sql"))?
        .exists([role_name(Role::Admin)])
}

fn keep_an_admin(transaction: &Transaction, had_admin: bool) -> Result<(), Stop> {
    if had_admin && !is_led(transaction)? {
        return Err(Problem::NotAllowed.into());
    }
    Ok(())
}

fn check_mail(transaction: &Transaction, person: PersonId, mail: Option<&str>) -> Result<(), Stop> {
    let taken = transaction
        .prepare_cached("select 1 from person where mail = ?1 collate nocase and id <> ?2")?
        .exists(params![mail, person.0.as_bytes()])?;
    if taken {
        return Err(malformed("mail", "an address that nobody else has"));
    }
    Ok(())
}

fn found(transaction: &Transaction, person: PersonId) -> Result<OfficePerson, Stop> {
    debug_assert!(matches!(is_known(transaction, person), Ok(true)));
    Ok(find(transaction, person)?.ok_or(Problem::NotFound)?)
}
