//! What an import says of itself: its troubles by file, line and column, and its preview in sentences.
//!
//! [`ImportSay`] are the labels of whoever shows one; [`trouble`] and [`preview`] put whole ones into words.

mod en;
mod es;

use super::Language;
use crate::domain::import::{
    Count, FileKind, Format, Mode, Named, Preview, Reason, Thing, Trouble, Weight,
};

/// A sentence or label about an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportSay<'a> {
    /// In which form the files came.
    Format(Format),
    /// What a file holds.
    Kind(FileKind),
    /// How a file is meant.
    Mode(Mode),
    /// A file, with its rows.
    File(&'a str, u32),
    /// Things that change.
    Thing(Thing),
    /// How many of a thing are added, changed, marked as left.
    Counts(Thing, Count),
    /// What a row names.
    Named(Named),
    /// Students who were counted.
    Students(u32),
    /// Rows that are left out.
    LeftOut(u32),
    /// People and classes that leave, of how many.
    Leaving(u32, u32, u32, u32),
    /// More than a third leave.
    ConsentNeeded,
    /// Nothing changes.
    NothingChanges,
    /// Nothing can be taken.
    Blocked,
    /// It was only looked at.
    NothingTakenYet,
    /// It was taken.
    Taken,
    /// How many troubles there are beyond those that are listed.
    More(u32),
    /// What a trouble of this weight means, behind its reason.
    Means(Weight),
    /// Where a trouble is: file, line, column.
    Place(&'a str, Option<u32>, Option<&'a str>),
    /// The upload as a whole.
    TheUpload,
}

/// The sentence in this language.
pub fn say(language: Language, say: &ImportSay<'_>) -> String {
    match language {
        Language::English => en::say(say),
        Language::Spanish => es::say(say),
    }
}

/// Why something is a trouble, without where.
pub fn reason(language: Language, reason: &Reason) -> String {
    match language {
        Language::English => en::reason(reason),
        Language::Spanish => es::reason(reason),
    }
}

/// A trouble: where it is, why, and what that means.
pub fn trouble(language: Language, trouble: &Trouble) -> String {
    let file = match trouble.file.as_str() {
        "" => say(language, &ImportSay::TheUpload),
        file => file.to_owned(),
    };
    let place = ImportSay::Place(&file, trouble.line, trouble.column.as_deref());
    let place = say(language, &place);
    let why = reason(language, &trouble.reason);
    let means = say(language, &ImportSay::Means(trouble.reason.weight()));
    format!("{place}: {why}{means}")
}

/// A preview, line by line: what came, what changes, what is wrong.
pub fn preview(language: Language, preview: &Preview) -> Vec<String> {
    let mut lines = changes(language, preview);
    lines.extend(troubles(language, preview));
    lines
}

/// What is wrong, line by line, as far as it is listed.
pub fn troubles(language: Language, preview: &Preview) -> Vec<String> {
    let troubles = preview.troubles.iter();
    let mut lines: Vec<String> = troubles.map(|one| trouble(language, one)).collect();
    let listed = u32::try_from(preview.troubles.len()).unwrap_or(u32::MAX);
    let more = preview.troubles_total.saturating_sub(listed);
    if more > 0 {
        lines.push(say(language, &ImportSay::More(more)));
    }
    lines
}

/// What came, line by line, and what it does.
pub fn changes(language: Language, preview: &Preview) -> Vec<String> {
    let line = |what: ImportSay<'_>| say(language, &what);
    let mut lines = vec![line(ImportSay::Format(preview.format))];
    let files = preview.files.iter();
    lines.extend(files.map(|file| line(ImportSay::File(&file.name, file.rows))));
    if preview.blocked {
        lines.push(line(ImportSay::Blocked));
    } else {
        let changed = preview
            .counts
            .iter()
            .filter(|(_, count)| **count != Count::default());
        lines.extend(changed.map(|(thing, count)| line(ImportSay::Counts(*thing, *count))));
        if preview.students > 0 {
            lines.push(line(ImportSay::Students(preview.students)));
        }
        if preview.changes_nothing() {
            lines.push(line(ImportSay::NothingChanges));
        }
        let leaving = preview.leaving;
        if leaving.people > 0 || leaving.classes > 0 {
            let (people, of_people) = (leaving.people, leaving.people_before);
            let (classes, of_classes) = (leaving.classes, leaving.classes_before);
            lines.push(line(ImportSay::Leaving(
                people, of_people, classes, of_classes,
            )));
        }
        if leaving.needs_consent() {
            lines.push(line(ImportSay::ConsentNeeded));
        }
        if preview.left_out > 0 {
            lines.push(line(ImportSay::LeftOut(preview.left_out)));
        }
    }
    lines
}

/// A large number of bytes in the unit in which people think of files.
fn megabytes(bytes: u64) -> u64 {
    bytes / 1024 / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(reason: Reason) -> Trouble {
        Trouble {
            file: "users.csv".into(),
            line: Some(12),
            column: Some("email".into()),
            reason,
        }
    }

    #[test]
    fn a_trouble_says_file_line_column_reason_and_what_that_means() {
        assert_eq!(
            trouble(Language::English, &at(Reason::Empty)),
            "users.csv, line 12, column “email”: this cell must not be empty. The row is left out."
        );
        assert_eq!(
            trouble(Language::Spanish, &at(Reason::Empty)),
            "users.csv, línea 12, columna «email»: esta celda no puede estar vacía. La fila no se importa."
        );
        let whole = Trouble {
            file: String::new(),
            line: None,
            column: None,
            reason: Reason::NothingToRead,
        };
        assert_eq!(
            trouble(Language::English, &whole),
            "The upload: no file in it is one that Lookfor reads. Nothing can be taken."
        );
    }
}
