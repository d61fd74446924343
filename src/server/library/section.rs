//! A group of names in a file: each value is read as what it is to be, and every fault is noted.

use super::places::Notes;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::plan::fault::{Shape, Wrong};
use std::cell::RefCell;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place.
pub(super) type Standing<'t> = (String, &'t Spanned<DeValue<'t>>);

/// A group of names. What is not read of it is a name that nothing asks for.
pub(super) struct Section<'t> {
    notes: &'t Notes,
    table: &'t DeTable<'t>,
    place: String,
    known: RefCell<Vec<&'static str>>,
}

impl<'t> Section<'t> {
    pub(super) fn new(notes: &'t Notes, place: &str, table: &'t DeTable<'t>) -> Self {
        Self {
            notes,
            table,
            place: place.into(),
            known: RefCell::default(),
        }
    }

    /// A value as a group of names; noted when it is something else.
    pub(super) fn of(notes: &'t Notes, (place, value): Standing<'t>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self::new(notes, &place, table)),
            _ => {
                notes.fault(place, Wrong::NotA(Shape::Group));
                None
            }
        }
    }

    /// The place of a name in here.
    pub(super) fn at(&self, name: &str) -> String {
        match self.place.is_empty() {
            true => name.into(),
            false => format!("{}.{name}", self.place),
        }
    }

    /// Notes what is wrong with the group as such.
    pub(super) fn wrong(&self, wrong: Wrong) {
        self.notes.fault(&*self.place, wrong);
    }

    fn get(&self, name: &'static str) -> Option<Standing<'t>> {
        self.known.borrow_mut().push(name);
        let (key, value) = self.table.iter().find(|(key, _)| key.get_ref() == name)?;
        let place = self.at(name);
        // A header names its group where the group begins; a value is found by its name.
        let is_group = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
        let start = match is_group {
            true => key.span().start.min(value.span().start),
            false => key.span().start,
        };
        self.notes.stands(&place, start);
        Some((place, value))
    }

    fn needed(&self, name: &'static str) -> Option<Standing<'t>> {
        let found = self.get(name);
        if found.is_none() {
            self.notes.fault(self.at(name), Wrong::Missing { name });
        }
        found
    }

    /// Whether the name stands here.
    pub(super) fn has(&self, name: &'static str) -> bool {
        self.get(name).is_some()
    }

    /// Text, which has to be there.
    pub(super) fn text(&self, name: &'static str) -> String {
        let found = self.needed(name);
        found
            .and_then(|found| text(self.notes, found))
            .unwrap_or_default()
    }

    /// A whole number, where it is there.
    pub(super) fn number(&self, name: &'static str) -> Option<u32> {
        let (place, value) = self.get(name)?;
        let number = match value.get_ref() {
            DeValue::Integer(integer) => {
                u32::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
            }
            _ => None,
        };
        if number.is_none() {
            self.notes.fault(place, Wrong::NotA(Shape::Number));
        }
        number
    }

    /// A whole number, which has to be there.
    pub(super) fn needed_number(&self, name: &'static str) -> u32 {
        match self.has(name) {
            true => self.number(name).unwrap_or_default(),
            false => {
                self.needed(name);
                0
            }
        }
    }

    /// Yes or no; no, where nothing is said.
    pub(super) fn yes(&self, name: &'static str) -> bool {
        match self.get(name) {
            None => false,
            Some((place, value)) => match value.get_ref() {
                DeValue::Boolean(yes) => *yes,
                _ => {
                    self.notes.fault(place, Wrong::NotA(Shape::YesNo));
                    false
                }
            },
        }
    }

    /// One of some names, which has to be there.
    pub(super) fn one_of<T: Copy>(
        &self,
        name: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let (place, value) = self.needed(name)?;
        let text = text(self.notes, (place.clone(), value))?;
        let found = choices.iter().find(|(choice, _)| *choice == text);
        if found.is_none() {
            let known = choices.iter().map(|(choice, _)| *choice).collect();
            self.notes.fault(place, Wrong::NotOneOf { known });
        }
        found.map(|(_, value)| *value)
    }

    /// The words that stand right here.
    pub(super) fn words(&self) -> Bilingual {
        Bilingual {
            en: self.text("en"),
            es: self.text("es"),
        }
    }

    /// Words under a name, which have to be there.
    pub(super) fn words_of(&self, name: &'static str) -> Bilingual {
        let found = self.needed(name);
        match found.and_then(|found| Section::of(self.notes, found)) {
            Some(section) => {
                let words = section.words();
                section.close();
                words
            }
            None => nothing(),
        }
    }

    /// A group under a name, where it is there.
    pub(super) fn section(&self, name: &'static str) -> Option<Section<'t>> {
        let found = self.get(name)?;
        Section::of(self.notes, found)
    }

    /// A group under a name, which has to be there.
    pub(super) fn needed_section(&self, name: &'static str) -> Option<Section<'t>> {
        let found = self.needed(name)?;
        Section::of(self.notes, found)
    }

    /// The values of a list; none, where it is not there.
    pub(super) fn list(&self, name: &'static str) -> Vec<Standing<'t>> {
        let Some((place, value)) = self.get(name) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value.get_ref() else {
            self.notes.fault(place, Wrong::NotA(Shape::List));
            return Vec::new();
        };
        let values = array.iter().enumerate().map(|(number, value)| {
            let place = format!("{place}[{number}]");
            self.notes.stands(&place, value.span().start);
            (place, value)
        });
        values.collect()
    }

    /// The texts of a list.
    pub(super) fn texts(&self, name: &'static str) -> Vec<String> {
        let list = self.list(name).into_iter();
        // What is no text keeps its place among the others.
        list.map(|found| text(self.notes, found).unwrap_or_default())
            .collect()
    }

    /// The groups of a list.
    pub(super) fn sections(&self, name: &'static str) -> Vec<Section<'t>> {
        let list = self.list(name).into_iter();
        list.filter_map(|found| Section::of(self.notes, found))
            .collect()
    }

    /// Notes what nothing asked for.
    pub(super) fn close(self) {
        let known = self.known.into_inner();
        for (key, value) in self.table {
            let name = key.get_ref();
            if known.iter().all(|known| known != name) {
                let place = match self.place.is_empty() {
                    true => name.to_string(),
                    false => format!("{}.{name}", self.place),
                };
                let start = key.span().start.min(value.span().start);
                self.notes.stands(&place, start);
                let mut known = known.clone();
                known.sort_unstable();
                known.dedup();
                let name = name.to_string();
                self.notes.fault(place, Wrong::UnknownName { name, known });
            }
        }
    }
}

fn text(notes: &Notes, (place, value): Standing<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => {
            notes.fault(place, Wrong::NotA(Shape::Text));
            None
        }
    }
}

pub(super) fn nothing() -> Bilingual {
    Bilingual {
        en: String::new(),
        es: String::new(),
    }
}
