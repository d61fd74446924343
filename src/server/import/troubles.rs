//! Troubles as they are met: the first of them kept, all of them counted.

use crate::domain::import::{Reason, TROUBLES_MAX, Trouble, Weight};
use serde::{Deserialize, Serialize};

/// Troubles in the order in which they were met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Troubles {
    first: Vec<Trouble>,
    total: u32,
    left_out: u32,
    blocked: bool,
}

impl Troubles {
    /// Adds one. One that blocks is kept even when there are too many.
    pub fn add(&mut self, trouble: Trouble) {
        let weight = trouble.reason.weight();
        self.total = self.total.saturating_add(1);
        self.left_out += u32::from(weight == Weight::LeavesOut);
        self.blocked |= weight == Weight::Blocks;
        if self.first.len() < TROUBLES_MAX {
            self.first.push(trouble);
        } else if weight == Weight::Blocks {
            self.first.pop();
            self.first.push(trouble);
        }
    }

    /// Adds one about the upload as a whole.
    pub fn whole(&mut self, reason: Reason) {
        self.add(Trouble {
            file: String::new(),
            line: None,
            column: None,
            reason,
        });
    }

    /// Whether nothing can be taken.
    pub fn blocked(&self) -> bool {
        self.blocked
    }

    /// How many rows are left out.
    pub fn left_out(&self) -> u32 {
        self.left_out
    }

    /// How many there are.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// Those that are kept, what blocks first.
    pub fn listed(&self) -> Vec<Trouble> {
        let mut listed = self.first.clone();
        listed.sort_by_key(|trouble| trouble.reason.weight() != Weight::Blocks);
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_what_blocks_is_listed_first() {
        let mut troubles = Troubles::default();
        for _ in 0..TROUBLES_MAX + 5 {
            troubles.whole(Reason::Empty);
        }
        assert!(!troubles.blocked());
        troubles.whole(Reason::Utf16);
        let listed = troubles.listed();
        assert_eq!(listed.len(), TROUBLES_MAX);
        assert_eq!(
            listed.first().map(|trouble| &trouble.reason),
            Some(&Reason::Utf16)
        );
        assert_eq!(
            (troubles.total(), troubles.left_out(), troubles.blocked()),
            (206, 205, true)
        );
    }
}
