//! People, classes and the agreement, as those get them who work with them; and what events say of people.

use super::batch::Desk;
use super::pen::Pen;
use super::{erase, events, visit};
use crate::domain::document::{Audience, Document, PersonDocument};
use crate::domain::event::{Fact, said};
use crate::domain::fold::Read;
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::people::{Class, PersonAdded, Place, Post, Role};
use crate::server::store::sqlite::people::{
    is_known, merge, place_text, refresh, role_name, row_to_post,
};
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{Row, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// New facts about a person: they were added, or merged.
pub(super) fn person(
    desk: &Desk,
    pen: &mut Pen,
    about: &str,
    numbers: &[u64],
) -> rusqlite::Result<()> {
    for number in numbers {
        let Some(event) = events::numbered(desk.transaction, *number)? else {
            continue;
        };
        match &event.read.fact {
            Fact::PersonAdded(fact) => added(desk, &event.read, fact)?,
            Fact::PersonMerged(fact) => {
                // Its aliases change who is who for everything that is made from here on; what was made
                // before is found by [`people`].
                merge(desk.transaction, fact)?;
            }
            _ => {}
        }
    }
    visit::others(desk, pen, about)
}

/// Adds a person who was met at a site, if nobody has this id: an entry of an office is not changed from
/// a tablet, and an id that a store drew for itself is not a person who could be given a post.
fn added(desk: &Desk, event: &Read, fact: &PersonAdded) -> rusqlite::Result<()> {
    let transaction = desk.transaction;
    let is_alias = transaction
        .prepare_cached("select 1 from alias where source = 'device' and external_id = ?1")?
        .exists([fact.person.to_string()])?;
    if is_alias || is_known(transaction, fact.person)? {
        return Ok(());
    }
    let name = event.said.get(said::NAME).map(|name| name.trim());
    let name = name.filter(|name| !name.is_empty());
    transaction
        .prepare_cached(
            "insert into person (id, name, added_at_utc_ms, added_by) values (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            fact.person.0.as_bytes(),
            name,
            desk.now_utc_ms,
            event.id.0.as_bytes()
        ])?;
    let post = (
        role_name(Role::Teacher),
        place_text(&Place::Site(fact.site)),
    );
    transaction
        .prepare_cached(
            "insert into post (person, role, place, from_utc_ms) values (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            fact.person.0.as_bytes(),
            post.0,
            post.1,
            desk.now_utc_ms
        ])?;
    // A merge into an entry that nobody had heard of can be taken now.
    transaction
        .prepare_cached(include_str!("merges_again.sql"))?
        .execute([])?;
    refresh(transaction, "people")
}

/// Makes the documents of all people and classes, and has the visits made again that rest on who is who
/// and who coaches where.
pub(super) fn people(desk: &Desk, pen: &mut Pen) -> rusqlite::Result<()> {
    let mut made = persons(desk)?;
    made.extend(classes(desk)?);
    pen.write("people", made)?;
    for person in changed(desk)? {
        again(desk.transaction, person)?;
    }
    erase::said_again(desk)
}

fn persons(desk: &Desk) -> rusqlite::Result<Vec<(Audience, Document)>> {
    let mut statement = desk
        .transaction
        .prepare_cached("select person, role, place from post order by id")?;
    let mut ever: BTreeMap<PersonId, BTreeSet<SiteId>> = BTreeMap::new();
    for row in statement.query_map([], |row| {
        Ok((PersonId(uuid(row, "person")?), row_to_post(row)?))
    })? {
        let (person, post) = row?;
        if let Place::Site(site) = post.place {
            let sites = ever.entry(desk.people.resolve(person)).or_default();
            sites.insert(site);
        }
    }
    let mut statement = desk
        .transaction
        .prepare_cached("select id, name, left_at_utc_ms is not null as gone from person")?;
    let rows = statement
        .query_map([], |row| {
            let id = PersonId(uuid(row, "id")?);
            Ok((id, row.get("name")?, row.get("gone")?))
        })?
        .collect::<rusqlite::Result<Vec<(PersonId, Option<String>, bool)>>>()?;
    let mut made = Vec::new();
    for (id, name, left) in rows {
        // An entry that was merged into another is known by that one.
        if desk.people.resolve(id) != id {
            continue;
        }
        let posts: Vec<Post> = desk.people.posts(id).cloned().collect();
        let document = |posts| {
            Document::Person(PersonDocument {
                id,
                name: name.clone(),
                posts,
                left,
            })
        };
        made.push((Audience::Person(id), document(posts.clone())));
        made.push((Audience::District, document(posts.clone())));
        // Who has left a site is still named in what was recorded there.
        for site in ever.get(&id).into_iter().flatten() {
            let here = posts
                .iter()
                .filter(|post| post.place == Place::Site(*site))
                .cloned()
                .collect();
            made.push((Audience::Site(*site), document(here)));
        }
    }
    Ok(made)
}

fn classes(desk: &Desk) -> rusqlite::Result<Vec<(Audience, Document)>> {
    let mut statement = desk
        .transaction
        .prepare_cached("select class, person from class_teacher order by class, person")?;
    let mut teachers: BTreeMap<ClassId, Vec<PersonId>> = BTreeMap::new();
    for row in statement.query_map([], |row| {
        Ok((ClassId(uuid(row, "class")?), PersonId(uuid(row, "person")?)))
    })? {
        let (class, person) = row?;
        let (of_class, person) = (
            teachers.entry(class).or_default(),
            desk.people.resolve(person),
        );
        if !of_class.contains(&person) {
            of_class.push(person);
        }
    }
    let mut statement = desk
        .transaction
        .prepare_cached(include_str!("classes.sql"))?;
    statement
        .query_map([], |row| {
            let (id, site) = (ClassId(uuid(row, "id")?), SiteId(uuid(row, "site")?));
            let class = Class {
                id,
                site,
                school_year: row.get("school_year")?,
                title: row.get("title")?,
                teachers: teachers.remove(&id).unwrap_or_default(),
                room: row.get("room")?,
                grades: texts(row, "grades")?,
                subjects: texts(row, "subjects")?,
                periods: texts(row, "periods")?,
                students: row.get("students")?,
            };
            Ok((Audience::Site(site), Document::Class(class)))
        })?
        .collect()
}

/// A list of texts that is kept in JSON; empty where it is not of that form.
pub(super) fn texts(row: &Row, column: &str) -> rusqlite::Result<Vec<String>> {
    let json: String = row.get(column)?;
    Ok(serde_json::from_str(&json).unwrap_or_default())
}

/// Whose visits rest on something that has changed since they were made. What is so now is kept for the
/// next comparison.
fn changed(desk: &Desk) -> rusqlite::Result<BTreeSet<PersonId>> {
    let transaction = desk.transaction;
    let now = lines(desk)?;
    let mut statement = transaction.prepare_cached("select line from projected_people")?;
    let before = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<BTreeSet<String>>>()?;
    let mut persons = BTreeSet::new();
    for line in now.symmetric_difference(&before) {
        // 'alias <person> <person>' and 'coach <person> <place>': a place is no id and is passed over.
        persons.extend(
            line.split(' ')
                .skip(1)
                .filter_map(|id| id.parse::<PersonId>().ok()),
        );
        let sql = match now.contains(line) {
            true => "insert into projected_people values (?1)",
            false => "delete from projected_people where line = ?1",
        };
        transaction.prepare_cached(sql)?.execute([line])?;
    }
    Ok(persons)
}

/// Who is who, and who coaches or coached where, line by line.
fn lines(desk: &Desk) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement = desk
        .transaction
        .prepare_cached("select external_id from alias where source in ('device', 'merged')")?;
    let mut lines = BTreeSet::new();
    for from in statement.query_map([], |row| row.get::<_, String>(0))? {
        let from = from?;
        if let Ok(person) = from.parse() {
            lines.insert(format!("alias {from} {}", desk.people.resolve(person)));
        }
    }
    let mut statement = desk
        .transaction
        .prepare_cached("select person, place from post where role = 'coach'")?;
    for row in statement.query_map([], |row| {
        Ok((
            PersonId(uuid(row, "person")?),
            row.get::<_, String>("place")?,
        ))
    })? {
        let (person, place) = row?;
        lines.insert(format!("coach {} {place}", desk.people.resolve(person)));
    }
    Ok(lines)
}

/// Has everything made again that an entry said, or that was made for it.
fn again(transaction: &Transaction, entry: PersonId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(include_str!("again.sql"))?
        .execute(params![format!("person:{entry}"), entry.0.as_bytes()])?;
    Ok(())
}

/// Makes the documents of the agreement, and those of visits that a changed version holds for.
pub(super) fn agreement(desk: &Desk, pen: &mut Pen) -> rusqlite::Result<()> {
    let versions = desk.agreements.all();
    let made = versions
        .iter()
        .map(|version| (Audience::Everyone, Document::Agreement(version.clone())));
    let made: Vec<(Audience, Document)> = made.collect();
    let mut statement = desk.transaction.prepare_cached(
        "select body from document where about = 'agreement' and body is not null",
    )?;
    let before = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<BTreeSet<String>>>()?;
    let new = versions.iter().filter(|version| {
        let document = serde_json::to_string(&Document::Agreement((*version).clone()));
        document.is_ok_and(|document| !before.contains(&document))
    });
    if let Some(from) = new.map(|version| version.from_utc_ms).min() {
        desk.transaction
            .prepare_cached(include_str!("again_since.sql"))?
            .execute([from])?;
        // Figures follow the agreement that holds now.
        desk.transaction
            .prepare_cached(include_str!("count_again.sql"))?
            .execute([])?;
    }
    pen.write("agreement", made)
}
