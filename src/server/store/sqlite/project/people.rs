//! People, classes and the agreement, as those get them who work with them; and what events say of people.

mod peers;

use super::batch::Desk;
use super::pen::Pen;
use super::{erase, events, standing, visit, voices};
use crate::domain::document::{Audience, Document, PersonDocument};
use crate::domain::event::{Fact, said};
use crate::domain::fold::Read;
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::people::{Class, People, PersonAdded, Place, Post, Role, is_name};
use crate::server::store::sqlite::people::{
    is_known, merge, place_text, refresh, role_name, row_to_post,
};
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{Row, params};
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
            // Anybody can push one: what no admin said is not looked at again with all others.
            Fact::PersonMerged(fact) if erase::may_erase_all(desk.transaction, &event)? => {
                // Its aliases change who is who for everything that is made from here on; what was made
                // before is found by [`people`].
                merge(desk.transaction, fact, desk.now_utc_ms)?;
            }
            _ => {}
        }
    }
    visit::others(desk, pen, about)
}

/// Hears again whom somebody added, who may be entitled to it by now.
fn added_again(desk: &Desk, author: PersonId) -> rusqlite::Result<()> {
    let numbers = desk
        .transaction
        .prepare_cached(include_str!("added_by_author.sql"))?
        .query_map([author.0.as_bytes()], |row| row.get::<_, i64>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for number in numbers {
        let event = events::numbered(desk.transaction, number.unsigned_abs())?;
        if let Some(read) = event.map(|event| event.read)
            && let Fact::PersonAdded(fact) = &read.fact
        {
            added(desk, &read, fact)?;
        }
    }
    Ok(())
}

/// Whether somebody may say who teaches at a site: who works or worked there, a pilot, who visits other
/// sites, and the district.
fn may_add(people: &People, author: PersonId, site: SiteId) -> bool {
    let author = people.resolve(author);
    let mut held = people.all_held_by(author);
    held.any(|post| match &post.place {
        Place::Site(place) => *place == site,
        Place::Idea(_) | Place::District => true,
    })
}

/// Adds a person who was met at a site, if nobody has this id: an entry of an office is not changed from
/// a tablet, and an id that a store drew for itself is not a person who could be given a post.
fn added(desk: &Desk, event: &Read, fact: &PersonAdded) -> rusqlite::Result<()> {
    let transaction = desk.transaction;
    if !may_add(&desk.people, event.author, fact.site) {
        return Ok(());
    }
    let is_alias = transaction
        .prepare_cached("select 1 from alias where source = 'device' and external_id = ?1")?
        .exists([fact.person.to_string()])?;
    if is_alias || is_known(transaction, fact.person)? {
        return Ok(());
    }
    let name = event.said.get(said::NAME).map(|name| name.trim());
    let name = name.filter(|name| is_name(name));
    transaction
        .prepare_cached(
            "insert into person (id, name, added_at_utc_ms, added_by, named_by) \
             values (?1, ?2, ?3, ?4, ?4)",
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
        .execute([fact.person.to_string().as_bytes()])?;
    refresh(transaction, "people")
}

/// Makes the documents of all people and classes, and has the visits made again that rest on who is who
/// and who coaches where.
pub(super) fn people(desk: &Desk, pen: &mut Pen) -> rusqlite::Result<()> {
    // First, since stores of before have their documents among those of people.
    pen.write("peers", peers::welcome(&desk.people, desk.now_utc_ms))?;
    let mut made = persons(desk)?;
    made.extend(classes(desk)?);
    pen.write("people", made)?;
    again(desk)
}

/// Makes the lists of who said yes, and has the visits made again that rest on it.
pub(super) fn peers(desk: &Desk, pen: &mut Pen) -> rusqlite::Result<()> {
    pen.write("peers", peers::welcome(&desk.people, desk.now_utc_ms))?;
    again(desk)
}

fn again(desk: &Desk) -> rusqlite::Result<()> {
    let changed = standing::changed(desk)?;
    // Under whichever of their entries they said something.
    let mut entries = changed.persons.clone();
    for person in &changed.persons {
        entries.extend(desk.people.entries(*person));
    }
    for entry in entries {
        standing::again(desk.transaction, entry)?;
        added_again(desk, entry)?;
    }
    voices::welcomes_again(desk)?;
    erase::said_again(desk, &changed.who_is_who)
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
            let at_site = Place::Site(*site);
            // Colleagues know who pilots an idea: their walks go there first.
            let works_here = posts.iter().any(|post| post.place == at_site);
            let here = posts
                .iter()
                .filter(|post| post.place == at_site || works_here && post.role == Role::Pilot)
                .cloned()
                .collect();
            made.push((Audience::Site(*site), document(here)));
        }
    }
    Ok(made)
}

/// The classes, each for its site. Leads and admins may visit everywhere: they get the classes of those who pilot
/// an idea, which is where they go, and not a whole district's, which would be most of what their devices hold.
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
    let mut made = Vec::new();
    let classes = statement.query_map([], |row| {
        let id = ClassId(uuid(row, "id")?);
        Ok(Class {
            id,
            site: SiteId(uuid(row, "site")?),
            school_year: row.get("school_year")?,
            title: row.get("title")?,
            teachers: teachers.remove(&id).unwrap_or_default(),
            room: row.get("room")?,
            grades: texts(row, "grades")?,
            subjects: texts(row, "subjects")?,
            periods: texts(row, "periods")?,
            students: row.get("students")?,
        })
    })?;
    let pilots = |teacher: &PersonId| {
        let mut posts = desk.people.posts(*teacher);
        posts.any(|post| post.role == Role::Pilot)
    };
    for class in classes {
        let class = class?;
        if class.teachers.iter().any(pilots) {
            made.push((Audience::District, Document::Class(class.clone())));
        }
        made.push((Audience::Site(class.site), Document::Class(class)));
    }
    Ok(made)
}

/// A list of texts that is kept in JSON; empty where it is not of that form.
pub(super) fn texts(row: &Row, column: &str) -> rusqlite::Result<Vec<String>> {
    let json: String = row.get(column)?;
    Ok(serde_json::from_str(&json).unwrap_or_default())
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
