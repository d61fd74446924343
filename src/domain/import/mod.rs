//! What an import of files says of itself, before it is taken and after.
//!
//! A look at a file gives a [`Preview`]: what is in it, what it would add, change and mark as left, and
//! every [`Trouble`] by file, line and column. A reason never quotes a cell of a file: it may be a
//! student's. `text` says all of it to a person.

mod trouble;

pub use trouble::{Named, Reason, Trouble, Weight};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most troubles that a preview lists; the others are only counted.
pub const TROUBLES_MAX: usize = 200;

/// What a file of an import holds, as its column names say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// OneRoster's list of the files and of how they are meant.
    Manifest,
    /// Districts and schools.
    Orgs,
    /// Terms and school years.
    Terms,
    /// Courses, for the grades and subjects of their classes.
    Courses,
    /// Classes.
    Classes,
    /// What users do where, in OneRoster 1.2 and School Data Sync.
    UserRoles,
    /// Users: staff, and students, who are only counted.
    Users,
    /// Which student groups students belong to. Ours.
    Groups,
    /// Of which race and ethnicity students are, for the same counts.
    Demographics,
    /// Who teaches and who sits in which class.
    Enrollments,
    /// When periods are. Ours.
    Bells,
    /// What kind of day it is. Ours.
    Calendar,
    /// What people do in Lookfor. Ours.
    Roles,
    /// Who tests which change idea. Ours.
    Pilots,
    /// The district's settings. Ours.
    District,
}

/// In which form files came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// OneRoster 1.1.
    #[serde(rename = "oneroster_1_1")]
    OneRoster11,
    /// OneRoster 1.2.
    #[serde(rename = "oneroster_1_2")]
    OneRoster12,
    /// Microsoft School Data Sync 2.1.
    #[serde(rename = "school_data_sync")]
    SchoolDataSync,
    /// Files of our own alone, such as bells.
    #[serde(rename = "companions")]
    Companions,
    /// Nothing that can be read.
    #[serde(rename = "unknown")]
    Unknown,
}

/// How a roster's rows are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// There is no such file.
    #[default]
    Absent,
    /// All there is: what is not in it has left.
    Bulk,
    /// Only what has changed.
    Delta,
}

/// What an import changes, to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// Schools and other places.
    Sites,
    /// People.
    People,
    /// What people do where.
    Posts,
    /// Classes.
    Classes,
    /// Who teaches a class.
    Teachers,
    /// Numbers of students in a class.
    StudentCounts,
    /// Periods of a kind of day.
    Bells,
    /// Days of a calendar.
    Days,
    /// Settings of the district.
    Settings,
}

/// How many of a thing an import touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// New ones.
    pub added: u32,
    /// Those that say something else than before.
    pub changed: u32,
    /// Those that have left or ended.
    pub left: u32,
}

/// A file of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRead {
    /// Its name, without folders.
    pub name: String,
    /// What it holds.
    pub kind: FileKind,
    /// How it is meant.
    pub mode: Mode,
    /// How many rows it has below its header.
    pub rows: u32,
    /// How many of them could not be read and are left out.
    pub left_out: u32,
}

/// How many would leave, of how many who are there by the same source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// People who are no longer in it.
    pub people: u32,
    /// People who were in it before.
    pub people_before: u32,
    /// Classes that are no longer in it.
    pub classes: u32,
    /// Classes that were in it before.
    pub classes_before: u32,
}

impl Leaving {
    /// Whether more than a third of either would leave: then somebody has to say yes to that by itself.
    pub fn needs_consent(&self) -> bool {
        let many = |left: u32, before: u32| u64::from(left) * 3 > u64::from(before);
        many(self.people, self.people_before) || many(self.classes, self.classes_before)
    }
}

/// What an import is and does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// In which form the files came.
    pub format: Format,
    /// The files that were read.
    pub files: Vec<FileRead>,
    /// What changes. A thing that is not listed stays as it is.
    pub counts: BTreeMap<Thing, Count>,
    /// How many different students were counted; none of them is kept.
    pub students: u32,
    /// How many leave.
    pub leaving: Leaving,
    /// Whether nothing of it can be taken.
    pub blocked: bool,
    /// How many rows are left out.
    pub left_out: u32,
    /// How many troubles there are.
    pub troubles_total: u32,
    /// The first of them, those that block first.
    pub troubles: Vec<Trouble>,
}

impl Preview {
    /// Whether taking it would change nothing.
    pub fn changes_nothing(&self) -> bool {
        self.counts.values().all(|count| *count == Count::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nobody(0, 0, false)]
    #[case::a_third(10, 30, false)]
    #[case::more_than_a_third(11, 30, true)]
    #[case::everybody(4, 4, true)]
    fn more_than_a_third_needs_a_yes_of_its_own(
        #[case] left: u32,
        #[case] before: u32,
        #[case] needed: bool,
    ) {
        let people = Leaving {
            people: left,
            people_before: before,
            ..Leaving::default()
        };
        let classes = Leaving {
            classes: left,
            classes_before: before,
            ..Leaving::default()
        };
        assert_eq!(people.needs_consent(), needed);
        assert_eq!(classes.needs_consent(), needed);
    }
}
