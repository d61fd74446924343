//! What users do where, in a file of its own: OneRoster 1.2 and School Data Sync.

use super::is_gone;
use crate::domain::import::{Mode, Reason, Trouble};
use crate::domain::people::Role;
use crate::server::import::roster::PostRow;
use crate::server::import::table::Column;
use crate::server::import::values;
use crate::server::import::{AnyTable, Reading};

/// What a role of a roster is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Staff with this role at a site.
    Post(Role),
    /// Staff whose role gives nothing by itself.
    Staff,
    /// A student.
    Student,
    /// Somebody who is not taken: an aide, a parent.
    Other,
}

/// OneRoster 1.1 and 1.2, and School Data Sync; roles that a vendor added (`ext:…`) are not taken.
pub(super) fn meaning(role: &str) -> Option<Meaning> {
    let role = role.to_ascii_lowercase();
    Some(match &*role {
        "teacher" | "faculty" | "professor" | "lecturer" | "instructor" => {
            Meaning::Post(Role::Teacher)
        }
        "administrator" | "principal" | "siteadministrator" | "viceprincipal"
        | "assistantprincipal" => Meaning::Post(Role::Principal),
        "districtadministrator" | "systemadministrator" => Meaning::Staff,
        "student" => Meaning::Student,
        "aide" | "counselor" | "guardian" | "parent" | "proctor" | "relative" | "staff" => {
            Meaning::Other
        }
        _ if role.starts_with("ext:") => Meaning::Other,
        _ => return None,
    })
}

/// The columns of a role.
struct Columns {
    user: Column,
    org: Column,
    role: Column,
    grade: Column,
    ends: Column,
}

impl Reading {
    pub(in super::super) fn user_roles(&mut self, table: &mut AnyTable<'_>) -> Result<(), Trouble> {
        let columns = Columns {
            user: table.column("usersourcedid"),
            org: table.column("orgsourcedid"),
            role: table.column("role"),
            grade: table.column("grade"),
            ends: table.column("enddate|roleenddate"),
        };
        let is_bulk = self.roster.posts_mode == Mode::Bulk;
        let posts = self.rows(table, |reading, table| {
            let read = reading.user_role(table, &columns, is_bulk);
            if read.is_err() {
                let id = reading.known_staff(table, columns.user);
                reading.roster.left_out.people.extend(id.clone());
                reading.roster.left_out.posts.extend(id);
            }
            read
        })?;
        self.roster.posts = posts;
        Ok(())
    }

    fn user_role(
        &mut self,
        table: &mut AnyTable<'_>,
        columns: &Columns,
        is_bulk: bool,
    ) -> Result<Option<PostRow>, Trouble> {
        let person = table.needed(columns.user)?;
        let is_over = is_gone(table)? | self.is_past(table, columns.ends)?;
        let said = table.needed(columns.role)?;
        let meaning = meaning(&said).ok_or_else(|| table.bad(columns.role, Reason::NoRole))?;
        let role = match meaning {
            Meaning::Student if !is_over => {
                let grade = table.said(columns.grade);
                self.students
                    .add(&person, grade.map(|grade| values::grade(&grade)));
                return Ok(None);
            }
            Meaning::Student | Meaning::Other => {
                self.students.add_other(&person);
                return Ok(None);
            }
            Meaning::Staff => None,
            Meaning::Post(role) => Some(role),
        };
        if is_over && is_bulk {
            self.students.add_other(&person);
            return Ok(None);
        }
        if !is_over {
            self.staff.with_role.insert(person.clone());
        }
        let site = table.needed(columns.org)?;
        let at = self.at(table);
        let is_site = !self.staff.not_sites.contains(&site);
        let post = |role| PostRow {
            person,
            role,
            site,
            gone: is_over,
            at,
        };
        Ok(role.filter(|_| is_site).map(post))
    }

    /// The id in a cell, if it is that of a member of staff who is known from before: no other is kept of
    /// a row that is left out.
    pub(super) fn known_staff(&self, table: &mut AnyTable<'_>, column: Column) -> Option<String> {
        let id = table.said(column)?;
        self.asked.known_staff.contains(&id).then_some(id)
    }

    /// Whether the day in a cell has passed; an empty one has not.
    pub(in super::super) fn is_past(
        &self,
        table: &mut AnyTable<'_>,
        column: Column,
    ) -> Result<bool, Trouble> {
        let text = table.cell(column).into_owned();
        if text.is_empty() {
            return Ok(false);
        }
        let day = values::day(&text).ok_or_else(|| table.bad(column, Reason::NoDay))?;
        Ok(day < self.asked.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::odd_case("TEACHER", Some(Meaning::Post(Role::Teacher)))]
    #[case::of_1_1("administrator", Some(Meaning::Post(Role::Principal)))]
    #[case::of_1_2("siteAdministrator", Some(Meaning::Post(Role::Principal)))]
    #[case::principal("principal", Some(Meaning::Post(Role::Principal)))]
    #[case::of_the_district("districtAdministrator", Some(Meaning::Staff))]
    #[case::student("student", Some(Meaning::Student))]
    #[case::aide("aide", Some(Meaning::Other))]
    #[case::proctor("proctor", Some(Meaning::Other))]
    #[case::parent("parent", Some(Meaning::Other))]
    #[case::guardian("guardian", Some(Meaning::Other))]
    #[case::relative("relative", Some(Meaning::Other))]
    #[case::of_a_vendor("ext:busDriver", Some(Meaning::Other))]
    #[case::a_name("Ana", None)]
    fn a_role_is_one_that_is_known(#[case] role: &str, #[case] means: Option<Meaning>) {
        assert_eq!(meaning(role), means);
    }
}
