//! What files say, read and typed, and without students: this is what waits to be taken.

use super::troubles::Troubles;
use crate::domain::import::{FileKind, FileRead, Format, Mode, Named, Reason, Trouble};
use crate::domain::people::Role;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// Where a row came from, to say so when what it names turns out not to be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// The file's place in [`Roster::files`].
    pub file: u8,
    /// The line on which the row begins.
    pub line: u32,
}

/// A site of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRow {
    /// The roster's id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its code, such as a CDS code.
    pub code: Option<String>,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The roster's id.
    pub id: String,
    /// What they are called; empty where only their going is said.
    pub name: String,
    /// Their mail address.
    pub mail: Option<String>,
    /// Whether the roster says that they are there no longer.
    pub gone: bool,
    /// Whether the posts with it are all that they have.
    pub posts_are_all: bool,
    /// Where it stands.
    pub at: At,
}

/// What a member of staff does at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostRow {
    /// The roster's id of the person.
    pub person: String,
    /// The role.
    pub role: Role,
    /// The roster's id of the site.
    pub site: String,
    /// Whether they do it no longer.
    pub gone: bool,
    /// Where it stands.
    pub at: At,
}

/// The school year of a class, as far as the files say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Year {
    /// This one.
    Is(u16),
    /// That of one of these terms, which an earlier file had.
    OfTerm(Vec<String>),
}

/// A class of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassRow {
    /// The roster's id.
    pub id: String,
    /// The roster's id of its site.
    pub site: String,
    /// Its school year.
    pub year: Year,
    /// What the school calls it.
    pub title: String,
    /// Where it meets.
    pub room: Option<String>,
    /// Its grades; none when nothing is said of them, which leaves them as they are.
    pub grades: Option<Vec<String>>,
    /// Its subjects, in the same way.
    pub subjects: Option<Vec<String>>,
    /// Its periods, in the same way.
    pub periods: Option<Vec<String>>,
    /// Whether it is over.
    pub gone: bool,
    /// Where it stands.
    pub at: At,
}

/// Somebody teaches a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeachingRow {
    /// The roster's id of the class.
    pub class: String,
    /// The roster's id of the person.
    pub person: String,
    /// Whether they do so no longer.
    pub gone: bool,
    /// Where it stands.
    pub at: At,
}

/// How many students are in a class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentsOf {
    /// All of them.
    pub all: u32,
    /// By grade.
    pub grades: BTreeMap<String, u32>,
    /// By group.
    pub groups: BTreeMap<String, u32>,
}

/// A period of a kind of day at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BellRow {
    /// The site, by code or name.
    pub site: String,
    /// The kind of day.
    pub day_type: String,
    /// The period.
    pub period: String,
    /// When it begins, in minutes since midnight.
    pub starts_min: u16,
    /// When it ends.
    pub ends_min: u16,
    /// Where it stands.
    pub at: At,
}

/// What kind of day it is at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRow {
    /// The site, by code or name; none for all of them.
    pub site: Option<String>,
    /// The day, as `YYYY-MM-DD`.
    pub day: String,
    /// The kind of day; none when there is no school.
    pub day_type: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// What somebody does in Lookfor, by the files `roles.csv` and `pilots.csv` of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailPostRow {
    /// Their mail address.
    pub mail: String,
    /// Their name, to add them by if nobody has this address.
    pub name: Option<String>,
    /// The role.
    pub role: Role,
    /// The site, by code or name, or the key of the idea; none in the district.
    pub place: Option<String>,
    /// Since which day, as `YYYY-MM-DD`; none for now.
    pub since: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// The district's settings, as far as they are said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictRow {
    /// What it is called.
    pub name: Option<String>,
    /// Its time zone, of the IANA database.
    pub time_zone: Option<String>,
    /// The day on which a week begins, 1 for Monday.
    pub week_start: Option<u8>,
    /// Its languages.
    pub languages: Option<Vec<String>>,
}

/// Whom and what rows are about that were left out: what is known of these stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Members of staff who are known from before.
    pub people: HashSet<String>,
    /// Those of them whose posts are not all read.
    pub posts: HashSet<String>,
    /// Classes.
    pub classes: HashSet<String>,
    /// Classes whose teachers are not all read.
    pub teachers: HashSet<String>,
}

/// All that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Whose ids these are: `roster`, or `roster:<name>` for a second one.
    pub source: String,
    /// In which form the files came.
    pub format: Format,
    /// The files that were read.
    pub files: Vec<FileRead>,
    /// What was wrong with them.
    pub troubles: Troubles,
    /// What stays as it is because a row about it was left out.
    pub left_out: LeftOut,
    /// How many different students were counted.
    pub students: u32,

    /// Sites. They are never taken away.
    pub sites: Vec<SiteRow>,
    /// School years of terms, by the roster's ids.
    pub terms: BTreeMap<String, u16>,
    /// How people are meant.
    pub people_mode: Mode,
    /// People.
    pub people: Vec<PersonRow>,
    /// How posts are meant.
    pub posts_mode: Mode,
    /// Posts.
    pub posts: Vec<PostRow>,
    /// How classes are meant.
    pub classes_mode: Mode,
    /// Classes.
    pub classes: Vec<ClassRow>,
    /// How teachers and students of classes are meant.
    pub enrollments_mode: Mode,
    /// Who teaches what.
    pub teaching: Vec<TeachingRow>,
    /// How many students there are, by the roster's id of the class.
    pub counts: BTreeMap<String, StudentsOf>,

    /// Periods; none when there is no such file.
    pub bells: Option<Vec<BellRow>>,
    /// Days.
    pub days: Option<Vec<DayRow>>,
    /// Posts of `roles.csv`.
    pub roles: Option<Vec<MailPostRow>>,
    /// Posts of `pilots.csv`.
    pub pilots: Option<Vec<MailPostRow>>,
    /// Settings.
    pub district: Option<DistrictRow>,
}

impl Roster {
    /// One that says nothing yet.
    pub fn new(source: String) -> Self {
        Self {
            source,
            format: Format::Unknown,
            files: Vec::new(),
            troubles: Troubles::default(),
            left_out: LeftOut::default(),
            students: 0,
            sites: Vec::new(),
            terms: BTreeMap::new(),
            people_mode: Mode::Absent,
            people: Vec::new(),
            posts_mode: Mode::Absent,
            posts: Vec::new(),
            classes_mode: Mode::Absent,
            classes: Vec::new(),
            enrollments_mode: Mode::Absent,
            teaching: Vec::new(),
            counts: BTreeMap::new(),
            bells: None,
            days: None,
            roles: None,
            pilots: None,
            district: None,
        }
    }

    /// How many rows there are to be compared with what is stored.
    pub fn rows(&self) -> u64 {
        let optional = |rows: Option<usize>| rows.unwrap_or_default();
        let all = [
            self.sites.len(),
            self.people.len(),
            self.posts.len(),
            self.classes.len(),
            self.teaching.len(),
            self.counts.len(),
            optional(self.bells.as_ref().map(Vec::len)),
            optional(self.days.as_ref().map(Vec::len)),
            optional(self.roles.as_ref().map(Vec::len)),
            optional(self.pilots.as_ref().map(Vec::len)),
        ];
        all.into_iter().sum::<usize>() as u64
    }

    /// A trouble with a row.
    pub fn trouble(&self, at: At, column: &str, reason: Reason) -> Trouble {
        let file = self.files.get(usize::from(at.file));
        Trouble {
            file: file.map(|file| file.name.clone()).unwrap_or_default(),
            line: Some(at.line),
            column: Some(column.into()),
            reason,
        }
    }

    /// Whether every row of this file was read: only then says what it lacks anything.
    pub fn is_whole(&self, kind: FileKind) -> bool {
        let of_kind = self.files.iter().find(|file| file.kind == kind);
        of_kind.is_some_and(|file| file.left_out == 0)
    }

    /// What a row names is not there.
    pub fn dangling(&self, at: At, column: &str, what: Named) -> Trouble {
        self.trouble(at, column, Reason::NoSuch { what })
    }
}
