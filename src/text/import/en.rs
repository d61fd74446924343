//! The sentences about imports in English.

use super::{ImportSay, megabytes};
use crate::domain::import::{FileKind, Format, Mode, Named, Reason, Thing, Weight};

pub(super) fn say(say: &ImportSay<'_>) -> String {
    match say {
        ImportSay::Format(format) => match format {
            Format::OneRoster11 => "A roster in OneRoster 1.1",
            Format::OneRoster12 => "A roster in OneRoster 1.2",
            Format::SchoolDataSync => "A roster in Microsoft School Data Sync 2.1",
            Format::Companions => "Files beside a roster",
            Format::Unknown => "Files that cannot be read",
        }
        .into(),
        ImportSay::Kind(kind) => kind_name(*kind).into(),
        ImportSay::Mode(mode) => match mode {
            Mode::Absent => "absent",
            Mode::Bulk => "all there is",
            Mode::Delta => "changes only",
        }
        .into(),
        ImportSay::File(name, 1) => format!("{name}: 1 row"),
        ImportSay::File(name, rows) => format!("{name}: {rows} rows"),
        ImportSay::Thing(thing) => thing_name(*thing).into(),
        ImportSay::Counts(thing, count) => {
            let gone = match thing {
                Thing::People => "marked as left",
                Thing::Sites | Thing::Posts | Thing::Classes | Thing::Teachers => "ended",
                _ => "removed",
            };
            let name = thing_name(*thing);
            let (added, changed, left) = (count.added, count.changed, count.left);
            format!("{name}: {added} added, {changed} changed, {left} {gone}")
        }
        ImportSay::Named(named) => named_name(*named).into(),
        ImportSay::Students(1) => "1 student was counted and not kept".into(),
        ImportSay::Students(students) => format!("{students} students were counted; none of them is kept"),
        ImportSay::LeftOut(1) => "1 row is left out".into(),
        ImportSay::LeftOut(rows) => format!("{rows} rows are left out"),
        ImportSay::Leaving(people, of_people, classes, of_classes) => format!(
            "No longer in it: {people} of {of_people} people, {classes} of {of_classes} classes"
        ),
        ImportSay::ConsentNeeded => {
            "More than a third would be marked as left or ended. If that is right, say yes to it as well.".into()
        }
        ImportSay::NothingChanges => "Nothing changes: everything in it is there already".into(),
        ImportSay::Blocked => "None of it can be taken. Put right what follows, and send it again.".into(),
        ImportSay::NothingTakenYet => "Nothing was taken yet.".into(),
        ImportSay::Taken => "It was taken.".into(),
        ImportSay::More(more) => format!("… and {more} more"),
        ImportSay::Means(weight) => match weight {
            Weight::Blocks => " Nothing can be taken.",
            Weight::LeavesOut => " The row is left out.",
            Weight::Notes => "",
        }
        .into(),
        ImportSay::Place(file, line, column) => {
            let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
            let column = column.map(|column| format!(", column “{column}”")).unwrap_or_default();
            format!("{file}{line}{column}")
        }
        ImportSay::TheUpload => "The upload".into(),
    }
}

fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Manifest => "the manifest",
        FileKind::Orgs => "schools",
        FileKind::Terms => "terms",
        FileKind::Courses => "courses",
        FileKind::Classes => "classes",
        FileKind::UserRoles => "roles of users",
        FileKind::Users => "users",
        FileKind::Groups => "student groups",
        FileKind::Demographics => "demographics of students",
        FileKind::Enrollments => "enrollments",
        FileKind::Bells => "bells",
        FileKind::Calendar => "the calendar",
        FileKind::Roles => "roles in Lookfor",
        FileKind::Pilots => "pilots",
        FileKind::District => "the district's settings",
    }
}

fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::Sites => "Sites",
        Thing::People => "People",
        Thing::Posts => "What people do where",
        Thing::Classes => "Classes",
        Thing::Teachers => "Who teaches a class",
        Thing::StudentCounts => "Classes whose students were counted",
        Thing::Bells => "Periods",
        Thing::Days => "Days of the calendar",
        Thing::Settings => "Settings of the district",
    }
}

fn named_name(named: Named) -> &'static str {
    match named {
        Named::Site => "school",
        Named::Term => "term",
        Named::Class => "class",
        Named::User => "user",
        Named::Staff => "teacher or administrator",
        Named::Mail => "person with this mail address",
        Named::Role => "role for this user",
    }
}

pub(super) fn reason(reason: &Reason) -> String {
    let fixed = match reason {
        Reason::NotRead => "this is neither a zip nor a CSV that can be read.",
        Reason::ZipNotRead => {
            "the zip is damaged, encrypted, or packed in an unusual way. Export it again as an ordinary zip."
        }
        Reason::TooManyFiles { limit } => {
            return format!("there are more than {limit} files in the zip.");
        }
        Reason::TooLarge { limit_bytes } => {
            return format!(
                "it is larger than {} MB when unpacked.",
                megabytes(*limit_bytes)
            );
        }
        Reason::NothingToRead => "no file in it is one that Lookfor reads.",
        Reason::FileTwice { kind } => {
            return format!(
                "another file in the zip holds {} already.",
                kind_name(*kind)
            );
        }
        Reason::FileMissing { kind } => {
            return format!(
                "it names a file with {} that is not in the zip.",
                kind_name(*kind)
            );
        }
        Reason::Utf16 => "the file is in UTF-16. Save it as “CSV UTF-8”.",
        Reason::NoHeader => "the file is empty; the first line must name the columns.",
        Reason::ColumnMissing => "this column is needed and is not there.",
        Reason::ColumnTwice => "two columns have this name.",
        Reason::QuoteOpen => "a quotation mark in this row is not closed.",
        Reason::CellCount { columns, cells } => {
            return format!(
                "the row has {cells} cells, the header {columns}. A comma within a name needs quotation marks around it."
            );
        }
        Reason::CellTooLong { limit_bytes } => {
            return format!(
                "a cell is longer than {limit_bytes} characters; a quotation mark may be missing."
            );
        }
        Reason::TooManyRows { limit } => return format!("there are more than {limit} rows."),
        Reason::LastAdmin => "the district would have no admin any longer.",
        Reason::Empty => "this cell must not be empty.",
        Reason::NoDay => "this is no day such as 2026-08-12 or 8/12/2026.",
        Reason::NoTime => "this is no time such as 8:05 or 1:05 PM.",
        Reason::NoYear => "this is no school year such as 2027 or 2026-2027.",
        Reason::NoName => "a name has at most 200 characters, that of a period or kind of day 40.",
        Reason::NoStatus => "the status is not “active” or “tobedeleted”.",
        Reason::NoRole => "this is no role that Lookfor knows.",
        Reason::NoMail => "this is no mail address.",
        Reason::NoIdea => "the key of a change idea has up to 64 letters, digits and hyphens.",
        Reason::NoGroup => {
            "this is neither a student group that Lookfor counts, such as EL or SWD, nor a yes or no to one."
        }
        Reason::WrongPlace => {
            "teachers, principals and coaches have a site, pilots an idea, leads and admins neither."
        }
        Reason::EndsBefore => "the end is not after the beginning.",
        Reason::NoSetting => "the settings are name, time_zone, week_start and languages.",
        Reason::NoTimeZone => "this is no time zone such as America/Los_Angeles.",
        Reason::NoWeekDay => "this is no day of the week in English, such as Monday.",
        Reason::NoLanguage => "Lookfor speaks en and es.",
        Reason::NoSuch { what } => return format!("there is no such {}.", named_name(*what)),
        Reason::Unclear { what } => {
            return format!(
                "more than one {} is called so; use its code.",
                named_name(*what)
            );
        }
        Reason::RowTwice => "a row before it says the same or has the same id.",
        Reason::TooManyHere { limit } => return format!("there are more than {limit} of it here."),
        Reason::Latin1 => {
            "this is not UTF-8 and was read as Latin-1. Look whether accents are right."
        }
        Reason::NoManifest => "there is no manifest.csv, so the files are taken as all there is.",
        Reason::SaidAbsent => "the manifest calls this file absent; it was not read.",
        Reason::ColumnsUnread { names } => {
            return format!("these columns are not read: {}.", names.join(", "));
        }
        Reason::FilesUnread { files: 1 } => "1 other file in the zip is not read.",
        Reason::FilesUnread { files } => {
            return format!("{files} other files in the zip are not read.");
        }
        Reason::SamePerson => {
            "a row before it has this mail address; both are taken as one person."
        }
        Reason::MailTaken => {
            "this mail address is another person's. They keep it; if the two are one, merge them."
        }
        Reason::MailNotRead => "this is no mail address; the person is taken without one.",
        Reason::YearAssumed { year } => {
            return format!(
                "classes without a term are taken as of the school year that ends in {year}."
            );
        }
        Reason::CountsStay => {
            "only changes came, so students are not counted anew; the next full file does that."
        }
        Reason::AdminStays => {
            "an admin of Lookfor is no longer in the roster. They stay until another admin marks them as left."
        }
    };
    fixed.into()
}
