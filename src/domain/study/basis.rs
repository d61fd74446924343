//! On whom a figure rests: teachers, each with who knows all that it says of them.
//!
//! Whoever made a visit, or said a word, knows what it adds to a figure and can take it off. So a figure is shown
//! outside its circle only if enough teachers remain when what any one person made is left out; and what is hidden
//! beside what is shown must rest on as many, counted each once.

use super::small_group::enough_teachers;
use crate::domain::id::PersonId;
use std::collections::{BTreeMap, BTreeSet};

/// The teachers that a figure rests on, each with those who made all of it that is about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis(BTreeMap<PersonId, BTreeSet<PersonId>>);

impl Basis {
    /// Adds something about a teacher that these made: a visit by its observer, a call by whoever said it on somebody's
    /// visit.
    pub fn add(&mut self, teacher: PersonId, made_by: &BTreeSet<PersonId>) {
        self.0
            .entry(teacher)
            .and_modify(|all| all.retain(|one| made_by.contains(one)))
            .or_insert_with(|| made_by.clone());
    }

    /// Adds all of another figure.
    pub fn join(&mut self, other: &Self) {
        for (teacher, made_by) in &other.0 {
            self.add(*teacher, made_by);
        }
    }

    /// The teachers.
    pub fn teachers(&self) -> impl ExactSizeIterator<Item = PersonId> {
        self.0.keys().copied()
    }

    /// Whether it rests on nobody.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many teachers remain when what one person made is left out, whoever that is: the fewest.
    pub fn lasting(&self) -> u32 {
        let mut lost: BTreeMap<PersonId, usize> = BTreeMap::new();
        for person in self.0.values().flatten() {
            *lost.entry(*person).or_default() += 1;
        }
        let most = lost.into_values().max().unwrap_or(0);
        u32::try_from(self.0.len().saturating_sub(most)).unwrap_or(u32::MAX)
    }

    /// Whether that is enough to be shown outside the circle that sees it anyway.
    pub fn is_enough(&self) -> bool {
        enough_teachers(self.lasting())
    }
}

impl FromIterator<(PersonId, PersonId)> for Basis {
    /// From visits, each as its teacher and its observer.
    fn from_iter<I: IntoIterator<Item = (PersonId, PersonId)>>(visits: I) -> Self {
        let mut basis = Self::default();
        for (teacher, observer) in visits {
            basis.add(teacher, &BTreeSet::from([observer]));
        }
        basis
    }
}

/// Which of the figures beside each other are shown, to a reader who may know what they come to together.
pub fn suppress(cells: &[&Basis]) -> Vec<bool> {
    let mut shown: Vec<bool> = cells.iter().map(|cell| cell.is_enough()).collect();
    hide_more(cells, &mut shown);
    shown
}

/// Hides more of these until what is hidden cannot be found by subtraction: it is nothing, or several that together
/// rest on enough, or all. Says whether it hid any.
pub fn hide_more(cells: &[&Basis], shown: &mut [bool]) -> bool {
    let mut hid = false;
    loop {
        let (mut hidden, mut together) = (0, Basis::default());
        for (cell, shown) in cells.iter().zip(shown.iter()) {
            // An empty one hides nobody.
            if !shown && !cell.is_empty() {
                hidden += 1;
                together.join(cell);
            }
        }
        if hidden == 0 || (hidden >= 2 && together.is_enough()) {
            return hid;
        }
        let still = cells
            .iter()
            .zip(shown.iter_mut())
            .filter(|(_, shown)| **shown);
        match still.min_by_key(|(cell, _)| cell.lasting()) {
            Some((_, shown)) => *shown = false,
            None => return hid,
        }
        hid = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::small_group::TEACHERS;
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn person(number: u8) -> PersonId {
        PersonId::mint(1, [number; 10])
    }

    /// Visits: to a teacher, by an observer.
    fn basis(visits: &[(u8, u8)]) -> Basis {
        let visits = visits.iter();
        visits
            .map(|(teacher, observer)| (person(*teacher), person(100 + *observer)))
            .collect()
    }

    #[rstest]
    #[case::nobody(&[], 0)]
    #[case::one_visits_all(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)], 0)]
    #[case::two_visit_all(&[(1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 2)], 3)]
    #[case::who_brought_five_of_their_own(
        &[(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2), (7, 2), (8, 2)], 3
    )]
    #[case::each_has_one_alone(&[(1, 1), (2, 2), (3, 3)], 2)]
    fn what_lasts_is_what_remains_without_any_one_observer(
        #[case] visits: &[(u8, u8)],
        #[case] lasting: u32,
    ) {
        assert_eq!(basis(visits).lasting(), lasting);
    }

    #[test]
    fn who_says_something_on_anothers_visit_knows_it_as_the_observer_does() {
        let mut basis = Basis::default();
        for teacher in 0..6 {
            let observer = person(100 + teacher % 2);
            basis.add(person(teacher), &BTreeSet::from([observer, person(110)]));
        }
        assert_eq!(basis.lasting(), 0);
    }

    proptest! {
        /// Teachers and observers overlap between the cells.
        #[test]
        fn what_is_hidden_rests_on_enough_teachers_each_counted_once_whoever_knows_their_own(
            cells in prop::collection::vec(prop::collection::vec((0u8..14, 0u8..4), 0..24), 1..6),
        ) {
            let cells: Vec<Basis> = cells.iter().map(|visits| basis(visits)).collect();
            let cells: Vec<&Basis> = cells.iter().collect();
            let shown = suppress(&cells);
            let hidden: Vec<&Basis> = cells
                .iter()
                .zip(&shown)
                .filter(|(cell, shown)| !**shown && !cell.is_empty())
                .map(|(cell, _)| *cell)
                .collect();
            for observer in (0..4).map(|number| person(100 + number)) {
                let without = |cell: &Basis| -> BTreeSet<PersonId> {
                    let known = BTreeSet::from([observer]);
                    let others = cell.0.iter().filter(|(_, by)| **by != known);
                    others.map(|(teacher, _)| *teacher).collect()
                };
                let left: BTreeSet<PersonId> =
                    hidden.iter().flat_map(|cell| without(cell)).collect();
                let all = shown.iter().all(|shown| !shown);
                let enough = hidden.len() >= 2 && left.len() >= TEACHERS as usize;
                prop_assert!(hidden.is_empty() || all || enough);
                for (cell, shown) in cells.iter().zip(&shown) {
                    prop_assert!(!shown || without(cell).len() >= TEACHERS as usize);
                }
            }
        }
    }
}
