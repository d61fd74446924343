//! Rosters and the files beside them, from bytes to typed rows.
//!
//! Reading order: [`container`] (a zip or one CSV), [`table`] over [`watched`] (rows with named columns),
//! [`kind`] (what a file holds), [`values`] (cells), [`roster`] (what is read), then the files themselves:
//! [`oneroster`], where [`students`] are counted, and [`companions`]. [`troubles`] collects what is wrong,
//! [`progress`] says how far it is; [`desk`] looks and takes for a request, [`command`] for the command line.
//!
//! Two passes: first every file is opened and its header read, so that whatever keeps an import from
//! being taken is known before a row is. Then the rows are read, one file after the other, in the order
//! in which they name each other; no file is ever in memory as a whole.
//!
//! Never here: SQL, and a student. Of a student's row only its grade is looked at, and a hash of its id is
//! held until all are counted; no name, id, address or password of a student leaves the row it stands in.

pub mod command;
mod companions;
pub mod container;
pub mod desk;
pub mod kind;
mod oneroster;
pub mod progress;
pub mod roster;
mod students;
pub mod table;
pub mod troubles;
pub mod values;
pub mod watched;

use crate::domain::import::{FileKind, FileRead, Format, Mode, Reason, Trouble};
use chrono::NaiveDate;
use container::{Container, Entry, FILE_MAX_BYTES};
use progress::Progress;
use roster::{At, Roster};
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::sync::Arc;
use students::Students;
use table::Table;
use watched::Watched;

/// The usual source of a roster's ids.
pub const ROSTER: &str = "roster";

/// What a reading rests on beside the files.
pub struct Asked {
    /// Whose ids these are.
    pub source: String,
    /// The ids that this source has named members of staff by before.
    pub known_staff: HashSet<String>,
    /// The day on which it is read.
    pub today: NaiveDate,
}

/// Reads all of it. What is wrong stands in the roster's troubles; if those block, its rows say nothing.
pub fn read(
    container: Result<Container, Reason>,
    asked: Asked,
    progress: &Arc<Progress>,
) -> Roster {
    let mut roster = Roster::new(asked.source.clone());
    let found = container.and_then(|mut container| {
        let (entries, others) = container.entries()?;
        Ok((container, entries, others))
    });
    let (mut container, entries, others) = match found {
        Ok(found) => found,
        Err(reason) => {
            roster.troubles.whole(reason);
            return roster;
        }
    };
    progress.begin(entries.iter().map(|entry| entry.bytes).sum());
    let files = headers(&mut container, entries, others, &mut roster, progress);
    let mut reading = Reading {
        roster,
        asked,
        files: Vec::new(),
        students: Students::new(),
        manifest: BTreeMap::new(),
        staff: oneroster::Staff::default(),
        courses: BTreeMap::new(),
        terms_said: false,
    };
    if reading.roster.troubles.blocked() {
        return reading.roster;
    }
    progress.begin(files.iter().map(|file| file.entry.bytes).sum());
    reading.files = files;
    if let Err(trouble) = reading.all(&mut container, progress) {
        reading.roster.troubles.add(trouble);
    }
    reading.roster
}

/// A file whose header was read.
#[derive(Clone)]
struct Known {
    entry: Entry,
    kind: FileKind,
    has_status: bool,
}

/// Reads the header of every file.
fn headers(
    container: &mut Container,
    entries: Vec<Entry>,
    mut others: u32,
    roster: &mut Roster,
    progress: &Arc<Progress>,
) -> Vec<Known> {
    let is_alone = matches!(container, Container::Csv(..));
    let mut files: Vec<Known> = Vec::new();
    for mut entry in entries {
        let table = match open(container, &entry, progress) {
            Ok(table) => table,
            Err(trouble) => {
                roster.troubles.add(trouble);
                continue;
            }
        };
        let Some((kind, lacks)) = kind::recognise(&entry.name, table.names()) else {
            others += u32::from(!is_alone);
            continue;
        };
        if let Some(column) = lacks {
            let mut trouble = table.whole(Reason::ColumnMissing);
            trouble.column = Some(column.into());
            roster.troubles.add(trouble);
            continue;
        }
        let shape = kind::shape(kind).expect("every kind has a shape, as a test shows");
        if entry.name.is_empty() {
            let name = shape.names.first().copied().unwrap_or_default();
            entry.name = format!("{name}.csv");
        }
        if files.iter().any(|before| before.kind == kind) {
            let mut trouble = table.whole(Reason::FileTwice { kind });
            trouble.file.clone_from(&entry.name);
            roster.troubles.add(trouble);
            continue;
        }
        let names = table.unread(|column| shape.knows(column));
        if !names.is_empty() {
            let mut trouble = table.whole(Reason::ColumnsUnread { names });
            trouble.file.clone_from(&entry.name);
            roster.troubles.add(trouble);
        }
        let has_status = table.names().iter().any(|name| name == "status");
        drop(table);
        files.push(Known {
            entry,
            kind,
            has_status,
        });
    }
    if others > 0 {
        roster.troubles.whole(Reason::FilesUnread { files: others });
    }
    let is_more_than_a_manifest = files.iter().any(|file| file.kind != FileKind::Manifest);
    if !is_more_than_a_manifest && !roster.troubles.blocked() {
        roster.troubles.whole(Reason::NothingToRead);
    }
    files
}

fn open<'a>(
    container: &'a mut Container,
    entry: &Entry,
    progress: &Arc<Progress>,
) -> Result<Table<Box<dyn Read + 'a>>, Trouble> {
    let broken = container.broken();
    let failed = |reason| Trouble {
        file: entry.name.clone(),
        line: None,
        column: None,
        reason,
    };
    let bytes = container.read(entry).map_err(failed)?;
    let watched = Watched::new(bytes, FILE_MAX_BYTES, progress.clone());
    Table::open(&entry.name, watched, broken)
}

/// A reading that is under way.
struct Reading {
    roster: Roster,
    asked: Asked,
    files: Vec<Known>,
    students: Students,
    /// What the manifest says of files, by their kind.
    manifest: BTreeMap<FileKind, Mode>,
    staff: oneroster::Staff,
    courses: BTreeMap<String, oneroster::Course>,
    /// Whether classes without a term were already spoken of.
    terms_said: bool,
}

/// A table of any container.
type AnyTable<'a> = Table<Box<dyn Read + 'a>>;

impl Reading {
    /// Reads the rows of all files, in the order in which they name each other.
    fn all(&mut self, container: &mut Container, progress: &Arc<Progress>) -> Result<(), Trouble> {
        let mut files = std::mem::take(&mut self.files);
        files.sort_by_key(|file| file.kind);
        self.roster.format = format(&files);
        if let Some(place) = files
            .iter()
            .position(|file| file.kind == FileKind::Manifest)
        {
            let manifest = files.remove(place);
            self.one(container, &manifest, progress)?;
            self.compare_with_manifest(&files)?;
        } else if matches!(
            self.roster.format,
            Format::OneRoster11 | Format::OneRoster12
        ) {
            self.roster.troubles.whole(Reason::NoManifest);
        }
        let (absent, files): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|file| self.manifest.get(&file.kind) == Some(&Mode::Absent));
        for file in absent {
            self.roster.troubles.add(Trouble {
                file: file.entry.name,
                line: None,
                column: None,
                reason: Reason::SaidAbsent,
            });
        }
        // Modes are known before the rows: a file may rest on how another one is meant.
        for file in &files {
            let mode = self.mode(file.kind);
            let roster = &mut self.roster;
            match file.kind {
                FileKind::Users => roster.people_mode = mode,
                FileKind::UserRoles => roster.posts_mode = mode,
                FileKind::Classes => roster.classes_mode = mode,
                FileKind::Enrollments => roster.enrollments_mode = mode,
                _ => {}
            }
        }
        for file in &files {
            self.one(container, file, progress)?;
        }
        self.count_students();
        Ok(())
    }

    fn mode(&self, kind: FileKind) -> Mode {
        self.manifest.get(&kind).copied().unwrap_or(Mode::Bulk)
    }

    fn compare_with_manifest(&mut self, files: &[Known]) -> Result<(), Trouble> {
        for (kind, mode) in &self.manifest {
            let is_there = files.iter().any(|file| file.kind == *kind);
            if *mode != Mode::Absent && !is_there {
                return Err(Trouble {
                    file: "manifest.csv".into(),
                    line: None,
                    column: None,
                    reason: Reason::FileMissing { kind: *kind },
                });
            }
        }
        Ok(())
    }

    fn one(
        &mut self,
        container: &mut Container,
        file: &Known,
        progress: &Arc<Progress>,
    ) -> Result<(), Trouble> {
        let mode = self.mode(file.kind);
        let mut table = open(container, &file.entry, progress)?;
        table.rename(&file.entry.name);
        self.roster.files.push(FileRead {
            name: file.entry.name.clone(),
            kind: file.kind,
            mode,
            rows: 0,
            left_out: 0,
        });
        match file.kind {
            FileKind::Manifest => self.manifest(&mut table),
            FileKind::Orgs => self.orgs(&mut table),
            FileKind::Terms => self.terms(&mut table),
            FileKind::Courses => self.courses(&mut table),
            FileKind::Classes => self.classes(&mut table),
            FileKind::UserRoles => self.user_roles(&mut table),
            FileKind::Users => self.users(&mut table, mode),
            FileKind::Groups => self.groups(&mut table),
            FileKind::Demographics => self.demographics(&mut table),
            FileKind::Enrollments => self.enrollments(&mut table, mode),
            FileKind::Bells => self.bells(&mut table),
            FileKind::Calendar => self.calendar(&mut table),
            FileKind::Roles => self.roles(&mut table),
            FileKind::Pilots => self.pilots(&mut table),
            FileKind::District => self.district(&mut table),
        }?;
        if let Some(line) = table.latin1_line() {
            let mut trouble = table.whole(Reason::Latin1);
            trouble.line = Some(line);
            self.roster.troubles.add(trouble);
        }
        if let Some(read) = self.roster.files.last_mut() {
            read.rows = table.rows();
        }
        Ok(())
    }

    /// Where the row at hand stands.
    fn at(&self, table: &AnyTable<'_>) -> At {
        let file = self.roster.files.len().saturating_sub(1);
        At {
            file: u8::try_from(file).unwrap_or(u8::MAX),
            line: table.line(),
        }
    }

    /// Reads every row with `one`; a row with a trouble is left out.
    fn rows<'a, T>(
        &mut self,
        table: &mut AnyTable<'a>,
        mut one: impl FnMut(&mut Self, &mut AnyTable<'a>) -> Result<Option<T>, Trouble>,
    ) -> Result<Vec<T>, Trouble> {
        let mut read = Vec::new();
        while table.next_row()? {
            match one(self, table) {
                Ok(row) => read.extend(row),
                Err(trouble) => {
                    self.roster.troubles.add(trouble);
                    if let Some(file) = self.roster.files.last_mut() {
                        file.left_out += 1;
                    }
                }
            }
        }
        Ok(read)
    }
}

/// OneRoster's files have a column for the status of a row; those of School Data Sync never do.
fn format(files: &[Known]) -> Format {
    use FileKind::*;
    let is_of_roster = |file: &&Known| {
        matches!(
            file.kind,
            Orgs | Terms | Courses | Classes | UserRoles | Users | Enrollments
        )
    };
    let mut of_roster = files.iter().filter(is_of_roster).peekable();
    let has_manifest = files.iter().any(|file| file.kind == Manifest);
    let has_roles = files.iter().any(|file| file.kind == UserRoles);
    if of_roster.peek().is_none() {
        return Format::Companions;
    }
    match has_manifest || of_roster.any(|file| file.has_status) {
        false => Format::SchoolDataSync,
        true if has_roles => Format::OneRoster12,
        true => Format::OneRoster11,
    }
}
