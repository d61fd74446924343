//! Which classes to visit now: what the inbox and the observer's own visits say, as
//! [`crate::domain::place::likely`] asks for it.

use super::{Store, parsed, problem};
use crate::domain::collect::today::Classroom;
use crate::domain::document::{Name, body_of};
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::people::Class;
use crate::domain::place::calendar::CalendarDocument;
use crate::domain::place::hours::Hours;
use crate::domain::place::likely::{Around, Mark, Walk, likely};
use crate::domain::place::{Bells, Calendar, Missed, Period, Site};
use crate::domain::problem::Problem;
use rusqlite::{Connection, Row};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// What is the same for every change idea.
pub(super) struct Surroundings {
    observer: PersonId,
    sites: Vec<Teaches>,
    classes: Vec<Class>,
    missed: Vec<Mark>,
}

/// When a site teaches.
struct Teaches {
    site: Site,
    bells: Option<Bells>,
    calendar: Option<Calendar>,
}

impl Surroundings {
    fn hours(&self) -> Vec<Hours<'_>> {
        let hours = self.sites.iter().map(|known| Hours {
            site: &known.site,
            bells: known.bells.as_ref(),
            calendar: known.calendar.as_ref(),
        });
        hours.collect()
    }

    /// The period that runs at the one site that there is, or at the site of the class to visit next.
    pub(super) fn period(&self, next: Option<SiteId>, now: Moment) -> Option<Period> {
        let all = self.hours();
        let hours = match all.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|hours| Some(hours.site.id) == next),
        }?;
        hours.now(now)?.period.cloned()
    }
}

impl Store {
    /// What is known of classes and of when they meet.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub(super) fn surroundings(&self) -> Result<Surroundings, Problem> {
        let classes = self.all_classes().map_err(problem)?;
        let ids: BTreeSet<SiteId> = classes.iter().map(|class| class.site).collect();
        let mut sites = Vec::new();
        for id in ids {
            let unnamed = || Site {
                id,
                name: String::new(),
                offsets: Default::default(),
            };
            let calendar: Option<CalendarDocument> = self.of_site("calendar", id)?;
            sites.push(Teaches {
                site: self.of_site("site", id)?.unwrap_or_else(unnamed),
                bells: self.of_site("bells", id)?,
                calendar: calendar.map(Calendar::from),
            });
        }
        Ok(Surroundings {
            observer: self.identity()?.author,
            sites,
            classes,
            missed: self.marks().map_err(problem)?,
        })
    }

    /// The classes that are likely now for a change idea, the most likely first, at most `most`.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub(super) fn likely(
        &self,
        surroundings: &Surroundings,
        (idea, cycle_from_utc_ms): (&str, Option<i64>),
        now: Moment,
        most: usize,
    ) -> Result<Vec<Classroom>, Problem> {
        let (walks, pilots) = (self.walks(idea), self.pilots(idea));
        let around = Around {
            observer: surroundings.observer,
            sites: &surroundings.hours(),
            classes: &surroundings.classes,
            pilots: &pilots.map_err(problem)?,
            cycle_from_utc_ms,
            walks: &walks.map_err(problem)?,
            missed: &surroundings.missed,
        };
        let mut found = Vec::new();
        for one in likely(&around, now) {
            let class = surroundings.classes.iter().find(|it| it.id == one.class);
            let Some((class, teacher)) = class.zip(class.and_then(|it| it.teachers.first())) else {
                continue;
            };
            found.push(Classroom {
                class: Some(class.id),
                site: class.site,
                title: class.title.clone(),
                room: class.room.clone(),
                teacher: *teacher,
                name: self.name_of(*teacher)?,
                visited_utc_ms: None,
                reason: Some(one.reason),
                ask_first: false,
            });
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }

    fn of_site<T: DeserializeOwned>(&self, kind: &str, id: SiteId) -> Result<Option<T>, Problem> {
        let name = Name {
            kind: kind.into(),
            id: id.to_string(),
        };
        let found = self.look_up(&[name])?;
        Ok(found.first().and_then(|kept| body_of(kind, &kept.json)))
    }

    fn all_classes(&self) -> rusqlite::Result<Vec<Class>> {
        let sql = include_str!("likely_classes.sql");
        let mut all = self.connection.prepare_cached(sql)?;
        all.query_map([], class)?.collect()
    }

    fn walks(&self, idea: &str) -> rusqlite::Result<Vec<Walk>> {
        let sql = include_str!("likely_walks.sql");
        let mut all = self.connection.prepare_cached(sql)?;
        all.query_map([idea], |row| {
            Ok(Walk {
                class: maybe(row, 0)?.map(ClassId),
                teacher: maybe(row, 1)?.map(PersonId),
                at: Moment {
                    at_utc_ms: row.get(2)?,
                    offset_min: row.get(3)?,
                },
            })
        })?
        .collect()
    }

    fn pilots(&self, idea: &str) -> rusqlite::Result<BTreeSet<PersonId>> {
        let sql = "select id from pilot where idea = ?1";
        let mut all = self.connection.prepare_cached(sql)?;
        all.query_map([idea], |row| parsed(row, 0).map(PersonId))?
            .collect()
    }

    fn marks(&self) -> rusqlite::Result<Vec<Mark>> {
        let sql = "select site, class, teacher, at_utc_ms, at_offset_min from missed";
        let mut all = self.connection.prepare_cached(sql)?;
        let marks = all.query_map([], |row| {
            let missed = match (maybe(row, 1)?, maybe(row, 2)?) {
                (Some(class), _) => Some(Missed::Class(ClassId(class))),
                (None, teacher) => teacher.map(|teacher| Missed::Teacher(PersonId(teacher))),
            };
            let (at_utc_ms, offset_min) = (row.get(3)?, row.get(4)?);
            let at = Moment {
                at_utc_ms,
                offset_min,
            };
            let site = SiteId(parsed(row, 0)?);
            Ok(missed.map(|missed| Mark { site, missed, at }))
        })?;
        marks.filter_map(Result::transpose).collect()
    }
}

/// Notes that a class was missed.
pub(super) fn note_missed(
    connection: &Connection,
    (audience, id): (&str, &str),
    (site, missed, at): (SiteId, Missed, Moment),
) -> rusqlite::Result<()> {
    let (class, teacher) = match missed {
        Missed::Class(class) => (Some(class.to_string()), None),
        Missed::Teacher(teacher) => (None, Some(teacher.to_string())),
    };
    connection
        .prepare_cached(include_str!("missed_put.sql"))?
        .execute((
            audience,
            id,
            at.at_utc_ms,
            at.offset_min,
            site.to_string(),
            class,
            teacher,
        ))
        .map(drop)
}

/// A row of (id, site, title, room, teachers, periods).
fn class(row: &Row<'_>) -> rusqlite::Result<Class> {
    let (teachers, periods): (String, String) = (row.get(4)?, row.get(5)?);
    let teachers = teachers.split(' ').filter_map(|id| id.parse().ok());
    let periods = periods.lines().filter(|period| !period.is_empty());
    Ok(Class {
        id: ClassId(parsed(row, 0)?),
        site: SiteId(parsed(row, 1)?),
        // What the list does not ask for is not kept.
        school_year: 0,
        title: row.get(2)?,
        teachers: teachers.map(PersonId).collect(),
        room: row.get(3)?,
        grades: Vec::new(),
        subjects: Vec::new(),
        periods: periods.map(str::to_owned).collect(),
        students: None,
    })
}

/// A column that holds an id as text, or nothing.
fn maybe(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<uuid::Uuid>> {
    let text: Option<String> = row.get(column)?;
    text.map(|_| parsed(row, column)).transpose()
}

#[cfg(test)]
mod tests;
