//! Entries that were found to be one person.

use super::PersonMerged;
use crate::domain::id::PersonId;
use std::collections::{BTreeMap, BTreeSet};

/// Who is who after all merges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merges(BTreeMap<PersonId, PersonId>);

impl Merges {
    /// The merges of these facts, in any order and with repetitions. Of two that contradict each other,
    /// and of merges in a circle, all are followed to the same, smallest id, so that no order matters.
    pub fn of<'a>(facts: impl IntoIterator<Item = &'a PersonMerged>) -> Self {
        let facts: Vec<&PersonMerged> = facts.into_iter().collect();
        // Entries that merges connect are one person. That person's entry is the one that nothing was
        // merged out of; if there are several of those, or none, the smallest.
        let mut group: BTreeMap<PersonId, PersonId> = BTreeMap::new();
        fn root(group: &BTreeMap<PersonId, PersonId>, mut id: PersonId) -> PersonId {
            while let Some(up) = group.get(&id).filter(|up| **up != id) {
                id = *up;
            }
            id
        }
        for fact in &facts {
            let (one, other) = (root(&group, fact.from), root(&group, fact.into));
            group.insert(one.max(other), one.min(other));
        }
        let ids: BTreeSet<PersonId> = facts
            .iter()
            .flat_map(|fact| [fact.from, fact.into])
            .collect();
        let merged_away: BTreeSet<PersonId> = facts
            .iter()
            .filter(|fact| fact.from != fact.into)
            .map(|fact| fact.from)
            .collect();
        let mut stands: BTreeMap<PersonId, PersonId> = BTreeMap::new();
        for id in ids.iter().filter(|id| !merged_away.contains(id)) {
            stands.entry(root(&group, *id)).or_insert(*id);
        }
        let resolved = ids.iter().map(|id| {
            let root = root(&group, *id);
            (*id, stands.get(&root).copied().unwrap_or(root))
        });
        Self(resolved.filter(|(from, into)| from != into).collect())
    }

    /// The entry that stands for this one.
    pub fn resolve(&self, person: PersonId) -> PersonId {
        self.0.get(&person).copied().unwrap_or(person)
    }

    /// Whether two entries are one person.
    pub fn are_one(&self, one: PersonId, other: PersonId) -> bool {
        self.resolve(one) == self.resolve(other)
    }

    /// Every entry that stands for the same person as this one, itself included.
    pub fn entries(&self, person: PersonId) -> Vec<PersonId> {
        let one = self.resolve(person);
        let mut entries = vec![one];
        entries.extend(
            self.0
                .iter()
                .filter(|(_, into)| **into == one)
                .map(|(from, _)| *from),
        );
        entries
    }
}
