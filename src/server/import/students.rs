//! Students, counted per class, grade and group, and dropped.
//!
//! A student is a hash of their id with a key that is drawn for one import, so that neither the memory
//! nor what is written says who was counted.

use super::roster::StudentsOf;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// The most different grades or groups; both are closed lists, so there are never so many.
const NAMES_MAX: usize = 32;

/// What is known of a student.
#[derive(Clone, Copy, Default)]
struct Known {
    /// The grade's place among the grades, plus one; 0 when it is not known.
    grade: u8,
    /// A bit for each group.
    groups: u32,
}

/// All students of an import.
pub struct Students {
    key: RandomState,
    known: HashMap<u64, Known>,
    /// Users who are neither staff nor students.
    others: HashSet<u64>,
    grades: Vec<String>,
    groups: Vec<&'static str>,
    classes: Vec<String>,
    places: HashMap<String, u32>,
    seats: Vec<(u32, u64)>,
}

impl Students {
    /// None yet.
    pub fn new() -> Self {
        Self {
            key: RandomState::new(),
            known: HashMap::new(),
            others: HashSet::new(),
            grades: Vec::new(),
            groups: Vec::new(),
            classes: Vec::new(),
            places: HashMap::new(),
            seats: Vec::new(),
        }
    }

    fn hash(&self, id: &str) -> u64 {
        self.key.hash_one(id)
    }

    /// There is a student with this id, in this grade if it is known.
    pub fn add(&mut self, id: &str, grade: Option<String>) {
        let place = grade.map_or(0, |grade| {
            let place = self.grades.iter().position(|known| *known == grade);
            let place = place.unwrap_or_else(|| {
                self.grades.push(grade);
                self.grades.len() - 1
            });
            u8::try_from(place + 1).unwrap_or(0)
        });
        let known = self.known.entry(self.key.hash_one(id)).or_default();
        if place > 0 {
            known.grade = place;
        }
    }

    /// Somebody with this id is neither staff nor a student.
    pub fn add_other(&mut self, id: &str) {
        self.others.insert(self.hash(id));
    }

    /// Whether there is a student with this id.
    pub fn has(&self, id: &str) -> bool {
        self.known.contains_key(&self.hash(id))
    }

    /// Whether somebody with this id is neither staff nor a student.
    pub fn has_other(&self, id: &str) -> bool {
        self.others.contains(&self.hash(id))
    }

    /// The student is in a group. Says whether there is such a student.
    pub fn group(&mut self, id: &str, group: &'static str) -> bool {
        let hash = self.hash(id);
        let Some(known) = self.known.get_mut(&hash) else {
            return false;
        };
        let place = self.groups.iter().position(|known| *known == group);
        let place = place.unwrap_or_else(|| {
            self.groups.push(group);
            self.groups.len() - 1
        });
        if place < NAMES_MAX {
            known.groups |= 1 << place;
        }
        true
    }

    /// The student sits in a class. Twice is once.
    pub fn seat(&mut self, id: &str, class: &str) {
        let place = match self.places.get(class) {
            Some(place) => *place,
            None => {
                let place = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
                self.classes.push(class.into());
                self.places.insert(class.into(), place);
                place
            }
        };
        self.seats.push((place, self.hash(id)));
    }

    /// How many different students sit somewhere, and how many in each class.
    pub fn count(mut self) -> (u32, Vec<(String, StudentsOf)>) {
        self.seats.sort_unstable();
        self.seats.dedup();
        let different: HashSet<u64> = self.seats.iter().map(|(_, student)| *student).collect();
        let mut counted = Vec::new();
        for seats in self.seats.chunk_by(|(one, _), (other, _)| one == other) {
            let place = seats.first().map_or(0, |(place, _)| *place as usize);
            let class = self.classes.get(place).cloned().unwrap_or_default();
            counted.push((class, self.of(seats)));
        }
        (u32::try_from(different.len()).unwrap_or(u32::MAX), counted)
    }

    fn of(&self, seats: &[(u32, u64)]) -> StudentsOf {
        let mut counted = StudentsOf {
            all: u32::try_from(seats.len()).unwrap_or(u32::MAX),
            grades: BTreeMap::new(),
            groups: BTreeMap::new(),
        };
        for (_, student) in seats {
            let known = self.known.get(student).copied().unwrap_or_default();
            let grade = usize::from(known.grade).checked_sub(1);
            if let Some(grade) = grade.and_then(|grade| self.grades.get(grade)) {
                *counted.grades.entry(grade.clone()).or_default() += 1;
            }
            for (place, group) in self.groups.iter().enumerate().take(NAMES_MAX) {
                if known.groups & (1 << place) != 0 {
                    *counted.groups.entry((*group).into()).or_default() += 1;
                }
            }
        }
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_student_counts_once_in_a_class_and_in_each_of_their_groups() {
        let mut students = Students::new();
        students.add("s1", Some("09".into()));
        students.add("s2", None);
        assert!(students.group("s1", "EL") && !students.group("s3", "EL"));
        for (id, class) in [("s1", "a"), ("s1", "a"), ("s2", "a"), ("s1", "b")] {
            students.seat(id, class);
        }
        let (different, counted) = students.count();
        let lines: Vec<String> = counted
            .iter()
            .map(|(class, of)| format!("{class} {} {:?} {:?}", of.all, of.grades, of.groups))
            .collect();
        assert_eq!(different, 2);
        assert_eq!(
            lines,
            [r#"a 2 {"09": 1} {"EL": 1}"#, r#"b 1 {"09": 1} {"EL": 1}"#]
        );
    }
}
