//! The roster: classes and names, read out of the inbox as documents come, so that they can be searched.

use super::inbox::{Change, KINDS_OF_ROSTER};
use super::likely::note_missed;
use super::{Store, parsed, problem};
use crate::domain::collect::today::Classroom;
use crate::domain::document::{PersonDocument, body_of};
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::people::{Place, Role};
use crate::domain::place::Missed;
use crate::domain::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Deserialize;

/// The body of a class document, as far as it is searched.
#[derive(Deserialize)]
struct ClassBody {
    site: SiteId,
    title: String,
    teachers: Vec<PersonId>,
    #[serde(default)]
    room: Option<String>,
    #[serde(default)]
    periods: Vec<String>,
}

/// The body of a document of a class that could not be visited, as far as it keeps the class off the list.
#[derive(Deserialize)]
struct MissedBody {
    at: Moment,
    site: SiteId,
    missed: Missed,
}

impl Store {
    /// What a person is called, where the device knows it.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn name_of(&self, person: PersonId) -> Result<Option<String>, Problem> {
        self.connection
            .prepare_cached("select name from named where id = ?1 limit 1")
            .and_then(|mut find| {
                find.query_row([person.to_string()], |row| row.get(0))
                    .optional()
            })
            .map_err(problem)
    }

    /// Classes, and teachers without one, by name: those where each word of `search` stands in the room, the
    /// title or the name.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn classes(&self, search: &str, most: u32, skip: u32) -> Result<Vec<Classroom>, Problem> {
        let mut pattern = String::from("%");
        for letter in search.trim().chars() {
            match letter {
                ' ' => pattern.push('%'),
                '%' | '_' | '\\' => pattern.extend(['\\', letter]),
                other => pattern.push(other),
            }
        }
        pattern.push('%');
        self.connection
            .prepare_cached(include_str!("roster_search.sql"))
            .and_then(|mut page| page.query_map((pattern, most, skip), classroom)?.collect())
            .map_err(problem)
    }

    /// The sites that there are classes of, and those of people who teach.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn sites(&self) -> Result<Vec<SiteId>, Problem> {
        let sql = "select site from class union select site from named where site is not null";
        self.connection
            .prepare_cached(sql)
            .and_then(|mut all| {
                all.query_map([], |row| parsed(row, 0).map(SiteId))?
                    .collect()
            })
            .map_err(problem)
    }
}

fn classroom(row: &Row<'_>) -> rusqlite::Result<Classroom> {
    let class: Option<String> = row.get(0)?;
    Ok(Classroom {
        class: class.map(|_| parsed(row, 0).map(ClassId)).transpose()?,
        site: SiteId(parsed(row, 1)?),
        title: row.get(2)?,
        room: row.get(3)?,
        teacher: PersonId(parsed(row, 4)?),
        name: row.get(5)?,
        visited_utc_ms: row.get(6)?,
        reason: None,
        ask_first: false,
    })
}

/// Reads a change of the inbox into the roster, in its transaction.
pub(super) fn note(
    connection: &Connection,
    audience: &str,
    Change { name, json }: &Change,
) -> rusqlite::Result<()> {
    if !KINDS_OF_ROSTER.contains(&name.kind.as_str()) {
        return Ok(());
    }
    let key = (&name.id, audience);
    connection.execute("delete from class where id = ?1 and audience = ?2", key)?;
    connection.execute("delete from named where id = ?1 and audience = ?2", key)?;
    connection.execute("delete from pilot where id = ?1 and audience = ?2", key)?;
    connection.execute("delete from missed where id = ?1 and audience = ?2", key)?;
    let json = json.as_deref().unwrap_or_default();
    if let Some(class) = body_of::<ClassBody>("class", json)
        && let Some(teacher) = class.teachers.first()
    {
        let teachers: Vec<String> = class.teachers.iter().map(PersonId::to_string).collect();
        connection
            .prepare_cached(include_str!("roster_class.sql"))?
            .execute((
                audience,
                &name.id,
                class.site.to_string(),
                class.title,
                class.room,
                teacher.to_string(),
                teachers.join(" "),
                class.periods.join("\n"),
            ))?;
    }
    if let Some(PersonDocument {
        name: Some(called),
        posts,
        left,
        ..
    }) = body_of("person", json)
    {
        let teaches = posts
            .iter()
            .find_map(|post| match (post.role, &post.place) {
                (Role::Teacher, Place::Site(site)) if !left => Some(site.to_string()),
                _ => None,
            });
        // Whoever was added here is known by the server now.
        connection.execute(
            "delete from named where id = ?1 and audience = 'here'",
            [&name.id],
        )?;
        connection
            .prepare_cached("insert into named (audience, id, name, site) values (?1, ?2, ?3, ?4)")?
            .execute((audience, &name.id, called, teaches))?;
        for post in &posts {
            if let (Place::Idea(idea), false) = (&post.place, left) {
                connection
                    .prepare_cached(
                        "insert or ignore into pilot (audience, id, idea) values (?1, ?2, ?3)",
                    )?
                    .execute((audience, &name.id, idea))?;
            }
        }
    }
    if let Some(MissedBody { at, site, missed }) = body_of("class_missed", json) {
        note_missed(connection, (audience, &name.id), (site, missed, at))?;
    }
    Ok(())
}

/// Forgets what came for an audience; with none, all that came.
pub(super) fn forget(connection: &Connection, audience: Option<&str>) -> rusqlite::Result<()> {
    // What was said or added here stays.
    for table in ["class", "named", "pilot", "missed"] {
        let sql = format!(
            "delete from {table} where audience <> 'here' and (?1 is null or audience = ?1)"
        );
        connection.execute(&sql, [audience])?;
    }
    Ok(())
}

/// Reads the whole inbox into the roster: once, when the store gets one.
pub(super) fn read_inbox(connection: &Connection) -> rusqlite::Result<()> {
    let sql = "select audience, kind, id, body from inbox where kind in ('class', 'person', 'class_missed')";
    let mut all = connection.prepare(sql)?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let audience: String = row.get(0)?;
        let json: Vec<u8> = row.get(3)?;
        let change = Change {
            name: crate::domain::document::Name {
                kind: row.get(1)?,
                id: row.get(2)?,
            },
            json: Some(String::from_utf8_lossy(&json).into_owned()),
        };
        note(connection, &audience, &change)?;
    }
    Ok(())
}
