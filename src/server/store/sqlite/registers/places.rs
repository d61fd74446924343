//! Sites and classes for the pages that list them.

use super::super::tokens::uuid;
use super::{LIMIT, like, listed, row_to_choice};
use crate::domain::id::{ClassId, SiteId};
use crate::report::office::places::{ClassLine, SiteLine};
use crate::server::store::registers::{Listed, SitesAsked};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// A page of sites, or one.
pub(super) fn find_sites(
    connection: &Connection,
    asked: &SitesAsked,
    one: Option<SiteId>,
) -> rusqlite::Result<Listed<SiteLine>> {
    listed(
        connection,
        include_str!("../register_sites.sql"),
        named_params! {
            ":id": one.as_ref().map(|site| site.0.as_bytes()),
            ":text": like(&asked.text),
            ":after": asked.after.as_ref().map(|site| site.0.as_bytes()),
            ":limit": LIMIT,
        },
        |row| {
            Ok(SiteLine {
                id: SiteId(uuid(row, "id")?),
                name: row.get("name")?,
                teachers: row.get("teachers")?,
                classes: row.get("classes")?,
            })
        },
    )
}

/// A site and a page of its classes.
pub(super) fn find_classes(
    connection: &Connection,
    site: SiteId,
    after: Option<ClassId>,
) -> rusqlite::Result<Option<(SiteLine, Listed<ClassLine>)>> {
    let sites = find_sites(connection, &SitesAsked::default(), Some(site))?;
    let Some(line) = sites.lines.into_iter().next() else {
        return Ok(None);
    };
    let mut classes = listed(
        connection,
        include_str!("../register_classes.sql"),
        named_params! {
            ":site": site.0.as_bytes(),
            ":after": after.as_ref().map(|class| class.0.as_bytes()),
            ":limit": LIMIT,
        },
        row_to_class,
    )?;
    for class in &mut classes.lines {
        with_teachers(connection, class)?;
    }
    Ok(Some((line, classes)))
}

/// One class and its site.
pub(super) fn class(
    connection: &Connection,
    class: ClassId,
) -> rusqlite::Result<Option<(SiteId, ClassLine)>> {
    let found = connection
        .prepare_cached("select *, ended_at_utc_ms is not null as ended from class where id = ?1")?
        .query_row([class.0.as_bytes()], |row| {
            Ok((SiteId(uuid(row, "site")?), row_to_class(row)?))
        })
        .optional()?;
    let Some((site, mut line)) = found else {
        return Ok(None);
    };
    with_teachers(connection, &mut line)?;
    Ok(Some((site, line)))
}

/// A class without its teachers.
fn row_to_class(row: &Row) -> rusqlite::Result<ClassLine> {
    Ok(ClassLine {
        id: ClassId(uuid(row, "id")?),
        title: row.get("title")?,
        school_year: row.get("school_year")?,
        teachers: Vec::new(),
        ended: row.get("ended")?,
    })
}

fn with_teachers(connection: &Connection, class: &mut ClassLine) -> rusqlite::Result<()> {
    class.teachers = connection
        .prepare_cached(include_str!("../register_class_teachers.sql"))?
        .query_map([class.id.0.as_bytes()], row_to_choice)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(())
}
