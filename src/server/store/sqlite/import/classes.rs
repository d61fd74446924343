//! Classes. One that is in another site or school year than before is another class; one that is no longer
//! there has ended.

use super::desk::{Desk, chance};
use crate::domain::id::{ClassId, SiteId};
use crate::domain::import::{Mode, Named, Thing};
use crate::server::import::roster::{ClassRow, Year};
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{Row, named_params, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A class that the source has named before.
pub(super) struct Known {
    pub(super) class: ClassId,
    /// What the source called it the last time, and whether it still had it.
    title_said: String,
    pub(super) there: bool,
    site: SiteId,
    school_year: u16,
    title: String,
    ended: bool,
    details: Details,
}

/// What only a roster says of a class.
#[derive(Clone, PartialEq, Eq)]
struct Details {
    room: Option<String>,
    grades: String,
    subjects: String,
    periods: String,
}

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    if desk.roster.classes_mode == Mode::Absent {
        return Ok(());
    }
    let before = known(desk)?;
    let years = years(desk)?;
    let there = before.values().filter(|known| known.there).count();
    desk.leaving.classes_before = u32::try_from(there).unwrap_or(u32::MAX);
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for row in &desk.roster.classes {
        desk.done();
        named.insert(&row.id);
        if row.gone {
            continue;
        }
        let Some(site) = desk.sites.get(&row.site).copied() else {
            desk.dangling(row.at, "schoolSourcedId", Named::Site);
            continue;
        };
        let year = match &row.year {
            Year::Is(year) => Some(*year),
            Year::OfTerm(terms) => terms
                .iter()
                .filter_map(|term| years.get(term))
                .max()
                .copied(),
        };
        let Some(year) = year else {
            desk.dangling(row.at, "termSourcedIds", Named::Term);
            continue;
        };
        match before.get(&row.id) {
            Some(known) if (known.site, known.school_year) == (site, year) => {
                changed(desk, row, known)?
            }
            Some(known) => {
                end(desk, known)?;
                add(desk, row, site, year)?;
            }
            None => add(desk, row, site, year)?,
        }
    }
    let gone: Vec<&str> = match desk.roster.classes_mode {
        Mode::Delta => {
            let gone = desk.roster.classes.iter().filter(|row| row.gone);
            gone.map(|row| row.id.as_str()).collect()
        }
        _ => {
            let said_gone = desk.roster.classes.iter().filter(|row| row.gone);
            let lacking = before.keys().filter(|id| !named.contains(id.as_str()));
            let lacking = lacking.filter(|id| !desk.roster.left_out.classes.contains(*id));
            lacking
                .chain(said_gone.map(|row| &row.id))
                .map(String::as_str)
                .collect()
        }
    };
    for id in gone {
        let Some(known) = before.get(id).filter(|known| known.there) else {
            continue;
        };
        end(desk, known)?;
        desk.transaction
            .prepare_cached("update imported_class set there = 0 where class = ?1")?
            .execute([known.class.0.as_bytes()])?;
    }
    Ok(())
}

/// The classes that the source has named, by its ids.
pub(super) fn known(desk: &Desk) -> rusqlite::Result<BTreeMap<String, Known>> {
    let mut statement = desk
        .transaction
        .prepare_cached(include_str!("classes_known.sql"))?;
    statement
        .query_map([&desk.roster.source], |row| {
            Ok((row.get("external_id")?, row_to_known(row)?))
        })?
        .collect()
}

fn row_to_known(row: &Row) -> rusqlite::Result<Known> {
    Ok(Known {
        class: ClassId(uuid(row, "class")?),
        title_said: row.get("title_said")?,
        there: row.get("there")?,
        site: SiteId(uuid(row, "site")?),
        school_year: row.get("school_year")?,
        title: row.get("title")?,
        ended: row.get("ended")?,
        details: Details {
            room: row.get("room")?,
            grades: row.get("grades")?,
            subjects: row.get("subjects")?,
            periods: row.get("periods")?,
        },
    })
}

/// The school years of the source's terms.
fn years(desk: &Desk) -> rusqlite::Result<HashMap<String, u16>> {
    desk.transaction
        .prepare_cached("select external_id, school_year from imported_term where source = ?1")?
        .query_map([&desk.roster.source], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn list(said: Option<&Vec<String>>, before: &str) -> String {
    said.map_or_else(|| before.into(), |said| serde_json::json!(said).to_string())
}

fn details(row: &ClassRow, before: &Details) -> Details {
    Details {
        room: row.room.clone(),
        grades: list(row.grades.as_ref(), &before.grades),
        subjects: list(row.subjects.as_ref(), &before.subjects),
        periods: list(row.periods.as_ref(), &before.periods),
    }
}

fn add(desk: &mut Desk, row: &ClassRow, site: SiteId, year: u16) -> rusqlite::Result<()> {
    let class = ClassId::mint(desk.now_utc_ms, chance());
    let nothing = Details {
        room: None,
        grades: "[]".into(),
        subjects: "[]".into(),
        periods: "[]".into(),
    };
    let details = details(row, &nothing);
    desk.transaction
        .prepare_cached(include_str!("class_add.sql"))?
        .execute(named_params! {
            ":id": class.0.as_bytes(),
            ":site": site.0.as_bytes(),
            ":school_year": year,
            ":title": row.title,
            ":room": details.room,
            ":grades": details.grades,
            ":subjects": details.subjects,
            ":periods": details.periods,
        })?;
    desk.transaction
        .prepare_cached(include_str!("class_said.sql"))?
        .execute(params![
            desk.roster.source,
            row.id,
            class.0.as_bytes(),
            row.title
        ])?;
    desk.count(Thing::Classes).added += 1;
    Ok(())
}

/// What the source says of a class now. A title that an office has given it since stays, and so does an
/// end, unless the class had left the source and is there again.
fn changed(desk: &mut Desk, row: &ClassRow, known: &Known) -> rusqlite::Result<()> {
    let title_is_new = row.title != known.title_said;
    let title = match title_is_new && known.title == known.title_said {
        true => &row.title,
        false => &known.title,
    };
    let details = details(row, &known.details);
    let is_back = !known.there && known.ended;
    if title != &known.title || details != known.details || is_back {
        desk.transaction
            .prepare_cached(include_str!("class_change.sql"))?
            .execute(named_params! {
                ":id": known.class.0.as_bytes(),
                ":title": title,
                ":is_back": is_back,
                ":room": details.room,
                ":grades": details.grades,
                ":subjects": details.subjects,
                ":periods": details.periods,
            })?;
        desk.count(Thing::Classes).changed += 1;
    }
    if title_is_new || !known.there {
        desk.transaction
            .prepare_cached("update imported_class set title = ?2, there = 1 where class = ?1")?
            .execute(params![known.class.0.as_bytes(), row.title])?;
    }
    Ok(())
}

fn end(desk: &mut Desk, known: &Known) -> rusqlite::Result<()> {
    let ended = desk
        .transaction
        .prepare_cached(
            "update class set ended_at_utc_ms = ?2 where id = ?1 and ended_at_utc_ms is null",
        )?
        .execute(params![known.class.0.as_bytes(), desk.now_utc_ms])?;
    let ended = u32::from(ended > 0);
    desk.count(Thing::Classes).left += ended;
    desk.leaving.classes += ended;
    Ok(())
}
