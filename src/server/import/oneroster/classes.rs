//! Classes, who teaches them, and how many sit in them.

use super::{Head, grades_of, head, is_gone};
use crate::domain::import::{Mode, Named, Reason, Trouble};
use crate::server::import::roster::{ClassRow, TeachingRow, Year};
use crate::server::import::students::Students;
use crate::server::import::table::Column;
use crate::server::import::values::{self, list, one_line};
use crate::server::import::{AnyTable, Reading};
use std::collections::HashSet;

/// The columns of a class.
struct Columns {
    title: Column,
    site: Column,
    terms: Column,
    course: Column,
    room: Column,
    grades: Column,
    subjects: Column,
    periods: Column,
}

impl Reading {
    pub(in super::super) fn classes(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let columns = Columns {
            title: table.column("title"),
            site: table.column("schoolsourcedid|orgsourcedid"),
            terms: table.column("termsourcedids|termsourcedid|sessionsourcedids"),
            course: table.column("coursesourcedid"),
            room: table.column("location"),
            grades: table.column("grades"),
            subjects: table.column("subjects"),
            periods: table.column("periods"),
        };
        let mut seen = HashSet::new();
        let id = table.column("sourcedid");
        let classes = self.rows(table, |reading, table| {
            let read = head(table, &mut seen)
                .and_then(|Head { id, gone }| reading.class(table, &columns, id, gone));
            match &read {
                Ok(class) => {
                    reading.staff.classes.insert(class.id.clone());
                }
                // Of two rows with one id the first stands.
                Err(trouble) if trouble.reason == Reason::RowTwice => {}
                Err(_) => reading.roster.left_out.classes.extend(table.said(id)),
            }
            read.map(Some)
        })?;
        self.roster.classes = classes;
        Ok(())
    }

    fn class(
        &mut self,
        table: &mut AnyTable<'_>,
        columns: &Columns,
        id: String,
        gone: bool,
    ) -> Result<ClassRow, Trouble> {
        let at = self.at(table);
        let site = table.needed(columns.site)?;
        let course = self.courses.get(&*table.cell(columns.course));
        let said = |own: Vec<String>, of_course: Option<&Vec<String>>| match own.is_empty() {
            false => Some(own),
            true => of_course.cloned(),
        };
        let grades = said(
            grades_of(&table.cell(columns.grades)),
            course.map(|it| &it.grades),
        );
        let subjects = said(
            list(&table.cell(columns.subjects)),
            course.map(|it| &it.subjects),
        );
        let periods = said(list(&table.cell(columns.periods)), None);
        let title = one_line(&table.cell(columns.title));
        let title = title.ok_or_else(|| table.bad(columns.title, Reason::NoName))?;
        let of_course = || {
            course
                .map(|course| course.title.clone())
                .filter(|title| !title.is_empty())
        };
        let title = match title.is_empty() && !gone {
            true => of_course().ok_or_else(|| table.bad(columns.title, Reason::Empty))?,
            false => title,
        };
        let room = table.said(columns.room).and_then(|room| one_line(&room));
        let year = if gone {
            Year::OfTerm(Vec::new())
        } else {
            self.year(table, columns.terms)?
        };
        // In a file of all there is, an empty cell says that there is nothing.
        let is_bulk = self.roster.classes_mode == Mode::Bulk;
        let whole = |said: Option<Vec<String>>| {
            if is_bulk {
                Some(said.unwrap_or_default())
            } else {
                said
            }
        };
        Ok(ClassRow {
            id,
            site,
            year,
            title,
            room: room.filter(|room| !room.is_empty()),
            grades: whole(grades),
            subjects: whole(subjects),
            periods: whole(periods),
            gone,
            at,
        })
    }

    /// The school year of the class's terms; that of today where none is said.
    fn year(&mut self, table: &mut AnyTable<'_>, column: Column) -> Result<Year, Trouble> {
        let terms = list(&table.cell(column));
        if terms.is_empty() {
            let year = values::school_year_of(self.asked.today);
            let year = year.ok_or_else(|| table.bad(column, Reason::Empty))?;
            if !std::mem::replace(&mut self.terms_said, true) {
                self.roster
                    .troubles
                    .add(table.bad(column, Reason::YearAssumed { year }));
            }
            return Ok(Year::Is(year));
        }
        let years = terms.iter().filter_map(|term| self.roster.terms.get(term));
        if let Some(year) = years.max() {
            return Ok(Year::Is(*year));
        }
        let terms_are_all = self.roster.files.iter().any(|file| {
            file.kind == crate::domain::import::FileKind::Terms && file.mode == Mode::Bulk
        });
        match terms_are_all {
            true => Err(table.bad(column, Reason::NoSuch { what: Named::Term })),
            false => Ok(Year::OfTerm(terms)),
        }
    }

    pub(in super::super) fn enrollments(
        &mut self,
        table: &mut AnyTable<'_>,
        mode: Mode,
    ) -> Result<(), Trouble> {
        let (class, user) = (
            table.column("classsourcedid"),
            table.column("usersourcedid"),
        );
        let (role, ends) = (table.column("role"), table.column("enddate"));
        let mut students_passed = false;
        let columns = [class, user, role, ends];
        let teaching = self.rows(table, |reading, table| {
            let read = reading.enrollment(table, columns, mode, &mut students_passed);
            if read.is_err() {
                let id = table.said(class);
                reading
                    .roster
                    .left_out
                    .teachers
                    .extend(id.filter(|id| reading.staff.classes.contains(id)));
            }
            read
        })?;
        self.roster.teaching = teaching;
        if students_passed {
            self.roster.troubles.add(table.whole(Reason::CountsStay));
        }
        Ok(())
    }

    fn enrollment(
        &mut self,
        table: &mut AnyTable<'_>,
        [class, user, role, ends]: [Column; 4],
        mode: Mode,
        students_passed: &mut bool,
    ) -> Result<Option<TeachingRow>, Trouble> {
        let is_over = is_gone(table)? | self.is_past(table, ends)?;
        let said = table.needed(role)?.to_ascii_lowercase();
        let is_student = match &*said {
            "student" => true,
            "teacher" => false,
            "administrator" | "proctor" | "aide" | "guardian" | "parent" | "relative" => {
                return Ok(None);
            }
            _ if said.starts_with("ext:") => return Ok(None),
            _ => return Err(table.bad(role, Reason::NoRole)),
        };
        if is_student && mode == Mode::Delta {
            *students_passed = true;
            return Ok(None);
        }
        let class_id = table.needed(class)?;
        let staff = &self.staff;
        if self.roster.left_out.classes.contains(&class_id) {
            return Ok(None);
        }
        if self.roster.classes_mode == Mode::Bulk && !staff.classes.contains(&class_id) {
            return Err(table.bad(class, Reason::NoSuch { what: Named::Class }));
        }
        let person = table.needed(user)?;
        if self.staff.left_out.contains(&person) {
            if !is_student {
                self.roster.left_out.teachers.insert(class_id);
            }
            return Ok(None);
        }
        if is_over && mode == Mode::Bulk {
            return Ok(None);
        }
        if is_student {
            self.seat(table, user, &person, &class_id)?;
            return Ok(None);
        }
        if self.roster.people_mode == Mode::Bulk && !self.staff.read.contains(&person) {
            let what = match self.students.has(&person) {
                true => Named::Staff,
                false if self.students.has_other(&person) => return Ok(None),
                false => Named::User,
            };
            return Err(table.bad(user, Reason::NoSuch { what }));
        }
        Ok(Some(TeachingRow {
            class: class_id,
            person,
            gone: is_over,
            at: self.at(table),
        }))
    }

    /// A student sits in a class. Where all users are there, the student has to be among them.
    fn seat(
        &mut self,
        table: &AnyTable<'_>,
        column: Column,
        student: &str,
        class: &str,
    ) -> Result<(), Trouble> {
        let has_all = self.roster.people_mode == Mode::Bulk;
        if has_all && !self.students.has(student) {
            let is_passed = self.students.has_other(student) || self.staff.read.contains(student);
            return match is_passed {
                true => Ok(()),
                false => Err(table.bad(column, Reason::NoSuch { what: Named::User })),
            };
        }
        self.students.seat(student, class);
        Ok(())
    }

    /// Counts the students and drops them.
    pub(in super::super) fn count_students(&mut self) {
        let students = std::mem::replace(&mut self.students, Students::new());
        let (different, counted) = students.count();
        self.roster.students = different;
        self.roster.counts = counted.into_iter().collect();
    }
}
