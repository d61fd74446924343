//! Users. Of students only the grade is looked at.

use super::roles::{Meaning, meaning};
use super::{grades_of, head};
use crate::domain::import::{Mode, Named, Reason, Trouble};
use crate::server::import::roster::{At, PersonRow, PostRow};
use crate::server::import::table::Column;
use crate::server::import::values::{self, one_line};
use crate::server::import::{AnyTable, Reading};
use crate::sync::office::is_mail;
use std::collections::HashSet;

/// Who a user is.
enum Standing {
    Staff { posts_are_all: bool },
    Student,
    Other,
    Unknown,
}

/// The columns of a user that are read; no other is ever looked at.
struct Columns {
    role: Column,
    orgs: Column,
    enabled: Column,
    grades: Column,
    given: Column,
    family: Column,
    preferred_given: Column,
    preferred_family: Column,
    mail: Column,
}

impl Reading {
    pub(in super::super) fn users(
        &mut self,
        table: &mut AnyTable<'_>,
        mode: Mode,
    ) -> Result<(), Trouble> {
        let columns = Columns {
            role: table.column("role"),
            orgs: table.column("orgsourcedids"),
            enabled: table.column("enableduser"),
            grades: table.column("grades"),
            given: table.column("givenname"),
            family: table.column("familyname"),
            preferred_given: table.column("preferredgivenname"),
            preferred_family: table.column("preferredfamilyname"),
            mail: table.column("email"),
        };
        // OneRoster 1.1 says roles here; 1.2 and School Data Sync in a file of their own.
        let has_roles_file = self.roster.posts_mode != Mode::Absent;
        let roles_here = table.names().iter().any(|name| name == "role") && !has_roles_file;
        if roles_here {
            self.roster.posts_mode = mode;
        }
        let mut seen = HashSet::new();
        let people = self.rows(table, |reading, table| {
            let read = reading.user(table, &columns, roles_here, mode, &mut seen);
            // Of two rows with one id the first stands.
            if read
                .as_ref()
                .is_err_and(|trouble| trouble.reason != Reason::RowTwice)
            {
                reading.leave_user_out(table);
            }
            read
        })?;
        self.roster.people = people;
        Ok(())
    }

    fn user(
        &mut self,
        table: &mut AnyTable<'_>,
        columns: &Columns,
        roles_here: bool,
        mode: Mode,
        seen: &mut HashSet<String>,
    ) -> Result<Option<PersonRow>, Trouble> {
        let user = head(table, seen)?;
        let is_off = matches!(
            &*table.cell(columns.enabled).to_ascii_lowercase(),
            "false" | "0" | "no"
        );
        let gone = user.gone || is_off;
        let (id, at) = (user.id, self.at(table));
        let standing = match roles_here {
            true => self.role_here(table, columns, &id, gone)?,
            false => self.role_elsewhere(&id, mode),
        };
        let posts_are_all = match standing {
            Standing::Staff { posts_are_all } => posts_are_all,
            Standing::Student if !gone => {
                let grade = grades_of(&table.cell(columns.grades)).into_iter().next();
                self.students.add(&id, grade);
                return Ok(self.no_longer_staff(id, at, mode));
            }
            Standing::Student | Standing::Other => {
                self.students.add_other(&id);
                return Ok(self.no_longer_staff(id, at, mode));
            }
            Standing::Unknown => {
                self.students.add_other(&id);
                return Err(table.bad(
                    table.column("sourcedid"),
                    Reason::NoSuch { what: Named::Role },
                ));
            }
        };
        self.staff.read.insert(id.clone());
        let name = if gone {
            String::new()
        } else {
            self.name(table, columns)?
        };
        Ok(Some(PersonRow {
            id,
            name,
            mail: self.mail(table, columns.mail),
            gone,
            posts_are_all,
            at,
        }))
    }

    /// What else says something of a user who is left out goes with them.
    fn leave_user_out(&mut self, table: &mut AnyTable<'_>) {
        let column = table.column("sourcedid");
        let id = self.known_staff(table, column);
        self.roster.left_out.people.extend(id);
        if let Some(id) = table.said(column) {
            self.roster.posts.retain(|post| post.person != id);
            self.staff.left_out.insert(id);
        }
    }

    /// Who somebody is by the role beside their name. Their posts are added.
    fn role_here(
        &mut self,
        table: &mut AnyTable<'_>,
        columns: &Columns,
        id: &str,
        gone: bool,
    ) -> Result<Standing, Trouble> {
        let said = table.needed(columns.role)?;
        let meaning = meaning(&said).ok_or_else(|| table.bad(columns.role, Reason::NoRole))?;
        let role = match meaning {
            Meaning::Student => return Ok(Standing::Student),
            Meaning::Other => return Ok(Standing::Other),
            Meaning::Staff => None,
            Meaning::Post(role) => Some(role),
        };
        let orgs = values::list(&table.cell(columns.orgs));
        let at = self.at(table);
        let sites = orgs
            .into_iter()
            .filter(|org| !self.staff.not_sites.contains(org));
        let posts = role.filter(|_| !gone).into_iter().flat_map(|role| {
            sites.clone().map(move |site| PostRow {
                person: id.to_owned(),
                role,
                site,
                gone: false,
                at,
            })
        });
        let posts: Vec<PostRow> = posts.collect();
        self.roster.posts.extend(posts);
        Ok(Standing::Staff {
            posts_are_all: true,
        })
    }

    /// Who somebody is by a file of roles, or by what was known before.
    fn role_elsewhere(&self, id: &str, mode: Mode) -> Standing {
        if self.staff.with_role.contains(id) {
            return Standing::Staff {
                posts_are_all: self.roster.posts_mode == Mode::Bulk,
            };
        }
        if self.students.has(id) {
            return Standing::Student;
        }
        // Without all roles, who is staff is known from before; anybody else may be a student.
        let may_be_elsewhere = mode == Mode::Delta || self.roster.posts_mode != Mode::Bulk;
        if may_be_elsewhere {
            return match self.asked.known_staff.contains(id) {
                true => Standing::Staff {
                    posts_are_all: false,
                },
                false => Standing::Other,
            };
        }
        match self.students.has_other(id) {
            true => Standing::Other,
            false => Standing::Unknown,
        }
    }

    /// In a file of changes, somebody who was staff and is something else now.
    fn no_longer_staff(&self, id: String, at: At, mode: Mode) -> Option<PersonRow> {
        let was_staff = mode == Mode::Delta && self.asked.known_staff.contains(&id);
        was_staff.then(|| PersonRow {
            id,
            name: String::new(),
            mail: None,
            gone: true,
            posts_are_all: false,
            at,
        })
    }

    /// What a member of staff is called: by the names that they prefer, where those are said.
    fn name(&self, table: &mut AnyTable<'_>, columns: &Columns) -> Result<String, Trouble> {
        let mut part = |preferred, official| match table.said(preferred) {
            Some(said) => said,
            None => table.cell(official).into_owned(),
        };
        let given = part(columns.preferred_given, columns.given);
        let family = part(columns.preferred_family, columns.family);
        let name = one_line(&format!("{given} {family}"));
        let name = name.ok_or_else(|| table.bad(columns.family, Reason::NoName))?;
        match name.is_empty() {
            true => Err(table.bad(columns.family, Reason::Empty)),
            false => Ok(name),
        }
    }

    /// The mail address of a member of staff; without one that can be read they are taken all the same.
    fn mail(&mut self, table: &mut AnyTable<'_>, column: Column) -> Option<String> {
        let mail = table.said(column)?;
        if is_mail(&mail) {
            return Some(mail);
        }
        let trouble = table.bad(column, Reason::MailNotRead);
        self.roster.troubles.add(trouble);
        None
    }
}
