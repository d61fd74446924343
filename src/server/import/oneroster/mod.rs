//! OneRoster 1.1 and 1.2, and School Data Sync 2.1, whose columns have the same names: the manifest,
//! sites, terms and courses here, then [`roles`], [`people`] and [`demographics`], [`classes`].

mod classes;
mod demographics;
mod people;
mod roles;

use super::values::{self, one_line};
use super::{AnyTable, Reading};
use crate::domain::import::{FileKind, Mode, Reason, Trouble};
use std::collections::HashSet;

/// What is known of the staff while a roster is read.
#[derive(Default)]
pub(super) struct Staff {
    /// Ids of users with a role of staff.
    with_role: HashSet<String>,
    /// Ids of staff that were read.
    read: HashSet<String>,
    /// Orgs that are no sites, such as the district.
    not_sites: HashSet<String>,
    /// Ids of users who were left out, while the files are read.
    left_out: HashSet<String>,
    /// Ids of classes that were read.
    classes: HashSet<String>,
}

/// What a course says of its classes.
pub(super) struct Course {
    title: String,
    grades: Vec<String>,
    subjects: Vec<String>,
}

/// What a file's columns of every row say: its id, and whether it is there no longer.
struct Head {
    id: String,
    gone: bool,
}

/// The id and status of the row at hand. An id that was seen before is [`Reason::RowTwice`].
fn head(table: &mut AnyTable<'_>, seen: &mut HashSet<String>) -> Result<Head, Trouble> {
    let column = table.column("sourcedid");
    let id = table.needed(column)?;
    let gone = is_gone(table)?;
    if !seen.insert(id.clone()) {
        return Err(table.bad(column, Reason::RowTwice));
    }
    Ok(Head { id, gone })
}

/// Whether the row at hand says that it is there no longer.
fn is_gone(table: &mut AnyTable<'_>) -> Result<bool, Trouble> {
    let column = table.column("status");
    match &*table.cell(column).to_ascii_lowercase() {
        "" | "active" => Ok(false),
        "tobedeleted" | "inactive" | "deleted" => Ok(true),
        _ => Err(table.bad(column, Reason::NoStatus)),
    }
}

impl Reading {
    pub(super) fn manifest(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (name, value) = (table.column("propertyname"), table.column("value"));
        while table.next_row()? {
            let name = table.cell(name).to_ascii_lowercase();
            let mode = match &*table.cell(value).to_ascii_lowercase() {
                "bulk" => Mode::Bulk,
                "delta" => Mode::Delta,
                "absent" => Mode::Absent,
                _ => continue,
            };
            let kind = match name.strip_prefix("file.") {
                Some("orgs") => FileKind::Orgs,
                Some("academicsessions") => FileKind::Terms,
                Some("courses") => FileKind::Courses,
                Some("classes") => FileKind::Classes,
                Some("users") => FileKind::Users,
                Some("roles") => FileKind::UserRoles,
                Some("enrollments") => FileKind::Enrollments,
                _ => continue,
            };
            self.manifest.insert(kind, mode);
        }
        Ok(())
    }

    pub(super) fn orgs(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (name, kind) = (table.column("name"), table.column("type"));
        let code = table.column("identifier");
        let mut seen = HashSet::new();
        let sites = self.rows(table, |reading, table| {
            let Head { id, gone } = head(table, &mut seen)?;
            let is_school = table.cell(kind).eq_ignore_ascii_case("school");
            if !is_school {
                reading.staff.not_sites.insert(id);
                return Ok(None);
            }
            // A site is never taken away: what was recorded there stays.
            if gone {
                return Ok(None);
            }
            let said = table.needed(name)?;
            let line = one_line(&said).filter(|line| !line.is_empty());
            Ok(Some(super::roster::SiteRow {
                id,
                name: line.ok_or_else(|| table.bad(name, Reason::NoName))?,
                code: table.said(code).and_then(|code| one_line(&code)),
            }))
        })?;
        self.roster.sites = sites;
        Ok(())
    }

    pub(super) fn terms(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (year, ends) = (table.column("schoolyear"), table.column("enddate"));
        let starts = table.column("startdate");
        let mut seen = HashSet::new();
        let terms = self.rows(table, |_, table| {
            let Head { id, gone } = head(table, &mut seen)?;
            if gone {
                return Ok(None);
            }
            let day = |table: &mut AnyTable<'_>, column| {
                let text = table.cell(column).into_owned();
                match text.is_empty() {
                    true => Ok(None),
                    false => match values::day(&text) {
                        Some(day) => Ok(Some(day)),
                        None => Err(table.bad(column, Reason::NoDay)),
                    },
                }
            };
            let (starts_on, ends_on) = (day(table, starts)?, day(table, ends)?);
            if starts_on
                .zip(ends_on)
                .is_some_and(|(starts, ends)| ends < starts)
            {
                return Err(table.bad(ends, Reason::EndsBefore));
            }
            let said = table.cell(year).into_owned();
            let read = match said.is_empty() {
                true => ends_on.and_then(values::school_year_of),
                false => values::school_year(&said),
            };
            let read = read.ok_or_else(|| table.bad(year, Reason::NoYear))?;
            Ok(Some((id, read)))
        })?;
        self.roster.terms = terms.into_iter().collect();
        Ok(())
    }

    pub(super) fn courses(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let (title, grades) = (table.column("title"), table.column("grades|grade"));
        let subjects = table.column("subjects|subject");
        let mut seen = HashSet::new();
        let courses = self.rows(table, |_, table| {
            let Head { id, gone } = head(table, &mut seen)?;
            let course = Course {
                title: one_line(&table.cell(title)).unwrap_or_default(),
                grades: grades_of(&table.cell(grades)),
                subjects: values::list(&table.cell(subjects)),
            };
            Ok((!gone).then_some((id, course)))
        })?;
        self.courses = courses.into_iter().collect();
        Ok(())
    }
}

/// The grades in a cell, each once.
fn grades_of(text: &str) -> Vec<String> {
    let mut grades: Vec<String> = values::list(text)
        .iter()
        .map(|text| values::grade(text))
        .collect();
    grades.sort();
    grades.dedup();
    grades
}
