//! A CSV file as rows with named columns, read piece by piece.
//!
//! RFC 4180 with commas; UTF-8 with or without its mark at the beginning, or Latin-1 where bytes are no
//! UTF-8. What breaks the form of a file stops it: a quotation mark that is not closed, or a row of
//! another length, moves cells into columns that are not theirs.

use super::kind::SHAPES;
use super::kind::plain;
use super::watched::Watched;
use crate::domain::import::{Reason, Trouble};
use csv::{ByteRecord, ReaderBuilder};
use std::borrow::Cow;
use std::io::Read;

/// The longest cell, in bytes.
pub const CELL_MAX_BYTES: usize = 16 * 1024;
/// The most rows of a file.
pub const ROWS_MAX: u32 = 10_000_000;
/// The most columns.
const COLUMNS_MAX: usize = 500;
/// How many names of unknown columns are said, and how much of each.
const UNREAD_MAX: usize = 20;
const UNREAD_MAX_CHARS: usize = 40;

/// A file that is being read.
pub struct Table<R: Read> {
    csv: csv::Reader<Watched<R>>,
    record: ByteRecord,
    file: String,
    /// The names of the columns as they were written, and as they are looked for.
    written: Vec<String>,
    names: Vec<String>,
    rows: u32,
    line: u32,
    latin1_line: Option<u32>,
    broken: Reason,
}

/// A column of a table; none where the file has no such column, whose cells are then all empty.
#[derive(Clone, Copy, Debug)]
pub struct Column(Option<usize>);

impl<R: Read> Table<R> {
    /// Reads the header. `broken` is what is said if the bytes cannot be read.
    ///
    /// # Errors
    /// Why the file cannot be read: it blocks.
    pub fn open(file: &str, bytes: Watched<R>, broken: Reason) -> Result<Self, Trouble> {
        let csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        let mut table = Self {
            csv,
            record: ByteRecord::new(),
            file: file.into(),
            written: Vec::new(),
            names: Vec::new(),
            rows: 0,
            line: 1,
            latin1_line: None,
            broken,
        };
        if !table.advance()? {
            return Err(table.trouble(None, Reason::NoHeader));
        }
        if table.csv.get_ref().is_utf16() || table.record.as_slice().contains(&0) {
            return Err(table.whole(Reason::Utf16));
        }
        if table.record.len() > COLUMNS_MAX {
            return Err(table.whole(Reason::NotRead));
        }
        let written = table
            .record
            .iter()
            .map(|cell| decoded(cell).0.trim().to_owned());
        table.written = written.collect();
        table.names = table.written.iter().map(|name| plain(name)).collect();
        for (place, name) in table.names.iter().enumerate() {
            let is_twice =
                !name.is_empty() && table.names.iter().take(place).any(|before| before == name);
            if is_twice {
                // A file without a header has a person in its first line: only a name that some kind of file has is
                // said again.
                let is_known = SHAPES.iter().any(|shape| shape.knows(name));
                let column = table.written.get(place).filter(|_| is_known).cloned();
                return Err(table.trouble(column, Reason::ColumnTwice));
            }
        }
        Ok(table)
    }

    /// The names of the columns, plain.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Calls the file by this name from now on.
    pub fn rename(&mut self, file: &str) {
        self.file = file.into();
    }

    /// The column of the first of these names, plain and separated by `|`, that there is.
    pub fn column(&self, names: &str) -> Column {
        Column(
            names
                .split('|')
                .find_map(|name| self.names.iter().position(|column| column == name)),
        )
    }

    /// The names, as they were written, of columns that are not known.
    pub fn unread(&self, is_known: impl Fn(&str) -> bool) -> Vec<String> {
        let both = self.names.iter().zip(&self.written);
        both.filter(|(name, _)| !name.is_empty() && !is_known(name))
            .map(|(_, written)| written.chars().take(UNREAD_MAX_CHARS).collect())
            .take(UNREAD_MAX)
            .collect()
    }

    /// Goes to the next row that is not empty. Says whether there is one.
    ///
    /// # Errors
    /// Why the file cannot be read on: it blocks.
    pub fn next_row(&mut self) -> Result<bool, Trouble> {
        while self.advance()? {
            if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let (columns, cells) = (self.names.len(), self.record.len());
            // Also with empty cells too many: a comma within a name moves all that follow.
            let fits = cells == columns;
            if !fits {
                let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
                let (columns, cells) = (count(columns), count(cells));
                return Err(self.trouble(None, Reason::CellCount { columns, cells }));
            }
            self.rows += 1;
            if self.rows > ROWS_MAX {
                return Err(self.whole(Reason::TooManyRows { limit: ROWS_MAX }));
            }
            return Ok(true);
        }
        Ok(false)
    }

    /// The cell of the row at hand, without spaces around it.
    pub fn cell(&mut self, column: Column) -> Cow<'_, str> {
        let bytes = column.0.and_then(|place| self.record.get(place));
        let (text, is_utf8) = decoded(bytes.unwrap_or_default());
        if !is_utf8 {
            self.latin1_line.get_or_insert(self.line);
        }
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }
    }

    /// The cell, which must not be empty.
    ///
    /// # Errors
    /// [`Reason::Empty`].
    pub fn needed(&mut self, column: Column) -> Result<String, Trouble> {
        let text = self.cell(column).into_owned();
        if text.is_empty() {
            return Err(self.bad(column, Reason::Empty));
        }
        Ok(text)
    }

    /// The cell, none when it is empty.
    pub fn said(&mut self, column: Column) -> Option<String> {
        Some(self.cell(column).into_owned()).filter(|text| !text.is_empty())
    }

    /// A trouble with a cell of the row at hand.
    pub fn bad(&self, column: Column, reason: Reason) -> Trouble {
        let name = column.0.and_then(|place| self.written.get(place)).cloned();
        self.trouble(name, reason)
    }

    /// A trouble with the file.
    pub fn whole(&self, reason: Reason) -> Trouble {
        Trouble {
            file: self.file.clone(),
            line: None,
            column: None,
            reason,
        }
    }

    /// The line on which the row at hand begins.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// How many rows were read.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The line of the first cell that was no UTF-8, if there was one.
    pub fn latin1_line(&self) -> Option<u32> {
        self.latin1_line
    }

    fn trouble(&self, column: Option<String>, reason: Reason) -> Trouble {
        Trouble {
            line: Some(self.line),
            column,
            ..self.whole(reason)
        }
    }

    fn advance(&mut self) -> Result<bool, Trouble> {
        let begins_at = self.csv.position().byte();
        let more = self.csv.read_byte_record(&mut self.record);
        let ends_at = self.csv.position().byte();
        let watched = self.csv.get_mut();
        let lines = watched.lines_until(begins_at, ends_at);
        self.line = lines.first;
        if watched.is_over() {
            let limit_bytes = watched.limit_bytes();
            return Err(self.whole(Reason::TooLarge { limit_bytes }));
        }
        let is_stuck = watched.is_stuck();
        let more = match more {
            Ok(more) => more,
            Err(_) if is_stuck => return Err(self.trouble(None, Reason::QuoteOpen)),
            Err(_) => return Err(self.whole(self.broken.clone())),
        };
        if lines.quote_is_open {
            return Err(self.trouble(None, Reason::QuoteOpen));
        }
        if self.record.iter().any(|cell| cell.len() > CELL_MAX_BYTES) {
            let limit_bytes = CELL_MAX_BYTES as u32;
            return Err(self.trouble(None, Reason::CellTooLong { limit_bytes }));
        }
        Ok(more)
    }
}

/// The text of a cell, and whether it is UTF-8. What is not is Windows-1252, which has all of Latin-1.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), true),
        Err(_) => (
            bytes.iter().map(|byte| windows_1252(*byte)).collect(),
            false,
        ),
    }
}

fn windows_1252(byte: u8) -> char {
    const FROM_128: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    let place = usize::from(byte).checked_sub(128);
    place
        .and_then(|place| FROM_128.get(place).copied())
        .unwrap_or(char::from(byte))
}
