//! Where something stands in a file.

use crate::domain::plan::fault::{Fault, Wrong};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A fault, and where its author finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
    /// What is wrong.
    pub fault: Fault,
}

/// Where each place begins in a text.
#[derive(Clone, Debug)]
pub struct Places {
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    text: String,
    starts: BTreeMap<String, usize>,
}

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            lines: std::iter::once(0).chain(ends).collect(),
            text: text.into(),
            starts: BTreeMap::new(),
        }
    }

    /// Finds a fault; what is not written down is at what it would stand in.
    pub fn locate(&self, fault: Fault) -> Located {
        let (line, column) = self.line_and_column(self.start(&fault.place));
        Located {
            line,
            column,
            fault,
        }
    }

    /// Finds faults, in the order of the file.
    pub fn locate_all(&self, faults: Vec<Fault>) -> Vec<Located> {
        let mut located: Vec<Located> = faults.into_iter().map(|one| self.locate(one)).collect();
        located.sort_by_key(|one| (one.line, one.column));
        located
    }

    fn start(&self, place: &str) -> usize {
        let mut place = place;
        loop {
            if let Some(start) = self.starts.get(place) {
                return *start;
            }
            match place.rfind(['.', '[']) {
                Some(end) => place = place.get(..end).unwrap_or_default(),
                None => return 0,
            }
        }
    }

    pub(super) fn line_and_column(&self, offset: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or_default();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (number(line), number(before.chars().count() + 1))
    }
}

/// What is noted while a file is read.
#[derive(Debug)]
pub(super) struct Notes(RefCell<(Places, Vec<Fault>)>);

impl Notes {
    pub(super) fn of(text: &str) -> Self {
        Self(RefCell::new((Places::of(text), Vec::new())))
    }

    /// Something stands here. Of two with one place the first counts.
    pub(super) fn stands(&self, place: &str, offset: usize) {
        let starts = &mut self.0.borrow_mut().0.starts;
        starts.entry(place.into()).or_insert(offset);
    }

    pub(super) fn fault(&self, place: impl Into<String>, wrong: Wrong) {
        let place = place.into();
        self.0.borrow_mut().1.push(Fault { place, wrong });
    }

    pub(super) fn take(self) -> (Places, Vec<Fault>) {
        self.0.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let places = Places::of("é = 1\nab\n\nc");
        assert_eq!(places.line_and_column(0), (1, 1));
        assert_eq!(places.line_and_column(3), (1, 3));
        assert_eq!(places.line_and_column(8), (2, 2));
        assert_eq!(places.line_and_column(10), (3, 1));
        assert_eq!(places.line_and_column(11), (4, 1));
    }

    #[test]
    fn what_is_missing_is_at_what_it_would_stand_in() {
        let notes = Notes::of("a\nb\nc\n");
        notes.stands("look_for[1]", 2);
        notes.stands("look_for[1].anchors", 4);
        let (places, _) = notes.take();
        assert_eq!(places.start("look_for[1].anchors[2].es"), 4);
        assert_eq!(places.start("look_for[1].es"), 2);
        assert_eq!(places.start("dose"), 0);
    }
}
