//! What is wrong with a file, or worth knowing of it, at one place.

use super::FileKind;
use serde::{Deserialize, Serialize};

/// Something that is wrong, or worth knowing, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The file's name, without folders; empty for the upload as a whole.
    pub file: String,
    /// The line on which the row begins, from 1; none for the file as a whole.
    pub line: Option<u32>,
    /// The column, by its name in the header.
    pub column: Option<String>,
    /// What is wrong there.
    #[serde(flatten)]
    pub reason: Reason,
}

/// What a trouble means for the import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing can be taken.
    Blocks,
    /// The row is left out.
    LeavesOut,
    /// It is taken all the same, and worth knowing.
    Notes,
}

/// What a row names that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// An org, or a site by its name or code.
    Site,
    /// A term.
    Term,
    /// A class.
    Class,
    /// A user.
    User,
    /// A member of staff.
    Staff,
    /// A person by their mail address.
    Mail,
    /// A role of this user.
    Role,
}

/// Why something is a trouble, with typed arguments. None of them quotes a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    // What keeps all of it from being taken.
    /// It is neither a zip nor a CSV that can be read.
    NotRead,
    /// The zip is damaged, encrypted, or packed in another way than "deflate".
    ZipNotRead,
    /// More entries in the zip than the limit.
    TooManyFiles {
        /// The limit.
        limit: u32,
    },
    /// Larger, when unpacked, than the limit.
    TooLarge {
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// No file in it is one that is read.
    NothingToRead,
    /// Two files in it hold the same.
    FileTwice {
        /// What they hold.
        kind: FileKind,
    },
    /// The manifest names a file that is not there.
    FileMissing {
        /// Which.
        kind: FileKind,
    },
    /// The file is in UTF-16.
    Utf16,
    /// The file has no header.
    NoHeader,
    /// The column is needed and not there.
    ColumnMissing,
    /// Two columns have this name.
    ColumnTwice,
    /// A quotation mark is not closed, or stands alone within a cell.
    QuoteOpen,
    /// A row has other cells than the header has columns.
    CellCount {
        /// How many columns there are.
        columns: u32,
        /// How many cells the row has.
        cells: u32,
    },
    /// A cell is longer than the limit.
    CellTooLong {
        /// The limit, in bytes.
        limit_bytes: u32,
    },
    /// More rows than the limit.
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// The district would be left without an admin.
    LastAdmin,

    // What leaves a row out.
    /// The cell is needed and empty.
    Empty,
    /// No day that can be read.
    NoDay,
    /// No time of day that can be read.
    NoTime,
    /// No school year that can be read.
    NoYear,
    /// No name: too long, or not one line.
    NoName,
    /// No status that is known.
    NoStatus,
    /// No role that is known.
    NoRole,
    /// No mail address that can be read.
    NoMail,
    /// No key of a change idea.
    NoIdea,
    /// No student group that is known.
    NoGroup,
    /// A role that holds somewhere else: at a site, on an idea, or in the district.
    WrongPlace,
    /// The end is before the beginning.
    EndsBefore,
    /// No setting that is known.
    NoSetting,
    /// No time zone of the IANA database.
    NoTimeZone,
    /// No day of the week.
    NoWeekDay,
    /// No language that Lookfor speaks.
    NoLanguage,
    /// It names something that is neither in these files nor known from before.
    NoSuch {
        /// What it names.
        what: Named,
    },
    /// More than one thing is called so.
    Unclear {
        /// What it names.
        what: Named,
    },
    /// A row before it says the same, or has the same id.
    RowTwice,
    /// More of it in one place than the limit.
    TooManyHere {
        /// The limit.
        limit: u32,
    },

    // What is worth knowing.
    /// The file is not in UTF-8 and was read as Latin-1.
    Latin1,
    /// There is no manifest: the files are taken as all there is.
    NoManifest,
    /// The manifest calls this file absent; it was not read.
    SaidAbsent,
    /// Columns that are not read.
    ColumnsUnread {
        /// Their names.
        names: Vec<String>,
    },
    /// Files in the zip that are not read.
    FilesUnread {
        /// How many.
        files: u32,
    },
    /// Two rows have one mail address, and were taken as one person.
    SamePerson,
    /// The mail address is another person's; this one stays without, or with the one they had.
    MailTaken,
    /// The mail address cannot be read; the person is taken without.
    MailNotRead,
    /// Classes without a term were taken as of this school year.
    YearAssumed {
        /// The calendar year in which it ends.
        year: u16,
    },
    /// Only changes came, so students were not counted anew.
    CountsStay,
    /// An admin is no longer in the roster; they stay until an admin says otherwise.
    AdminStays,
}

impl Reason {
    /// What it means for the import.
    pub fn weight(&self) -> Weight {
        use Reason::*;
        match self {
            NotRead
            | ZipNotRead
            | TooManyFiles { .. }
            | TooLarge { .. }
            | NothingToRead
            | FileTwice { .. }
            | FileMissing { .. }
            | Utf16
            | NoHeader
            | ColumnMissing
            | ColumnTwice
            | QuoteOpen
            | CellCount { .. }
            | CellTooLong { .. }
            | TooManyRows { .. }
            | LastAdmin => Weight::Blocks,
            Empty
            | NoDay
            | NoTime
            | NoYear
            | NoName
            | NoStatus
            | NoRole
            | NoMail
            | NoIdea
            | NoGroup
            | WrongPlace
            | EndsBefore
            | NoSetting
            | NoTimeZone
            | NoWeekDay
            | NoLanguage
            | NoSuch { .. }
            | Unclear { .. }
            | RowTwice
            | TooManyHere { .. } => Weight::LeavesOut,
            Latin1
            | NoManifest
            | SaidAbsent
            | ColumnsUnread { .. }
            | FilesUnread { .. }
            | SamePerson
            | MailTaken
            | MailNotRead
            | YearAssumed { .. }
            | CountsStay
            | AdminStays => Weight::Notes,
        }
    }
}
