//! Follow-through: the share of feedback that its teacher opened within a day. It is the number that stands
//! first, and it is about the work, not about a person: none is made for few teachers.

use super::small_group::{TEACHERS, enough_teachers, suppress};
use crate::domain::id::PersonId;
use std::collections::{BTreeMap, BTreeSet};

/// Within how many milliseconds feedback is read in time.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Feedback that was written to a teacher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The change idea, by its key.
    pub idea: String,
    /// For whom.
    pub teacher: PersonId,
    /// When the server had it, in milliseconds since 1970.
    pub sent_utc_ms: i64,
    /// When the server heard first that the teacher opened it.
    pub opened_utc_ms: Option<i64>,
}

/// A share, as far as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Share {
    /// There is nothing to count yet.
    #[default]
    Nothing,
    /// It would rest on too few teachers, or let some be found by subtraction.
    TooFew,
    /// The agreement closes it.
    Closed,
    /// So many of so many, for so many teachers.
    Of {
        /// Read within a day.
        read: u64,
        /// All that could have been.
        due: u64,
        /// How many teachers they were for.
        teachers: u64,
    },
}

/// The share over all ideas, and the one of each. Feedback that could still be read in time counts nowhere.
pub fn shares(written: &[Written], now_utc_ms: i64) -> (Share, BTreeMap<String, Share>) {
    let due: Vec<&Written> = written
        .iter()
        .filter(|one| one.sent_utc_ms.saturating_add(DAY_MS) <= now_utc_ms)
        .collect();
    let mut by_idea: BTreeMap<&str, Vec<&Written>> = BTreeMap::new();
    for one in &due {
        by_idea.entry(&one.idea).or_default().push(one);
    }
    let teachers: Vec<u32> = by_idea.values().map(|of| count(of)).collect();
    let shown = suppress(&teachers, TEACHERS);
    let ideas = by_idea.iter().zip(shown).map(|((idea, of), shown)| {
        let share = if shown { share(of) } else { Share::TooFew };
        ((*idea).to_owned(), share)
    });
    let ideas = ideas.collect();
    let all = if due.is_empty() {
        Share::Nothing
    } else if enough_teachers(count(&due)) {
        share(&due)
    } else {
        Share::TooFew
    };
    (all, ideas)
}

/// How many teachers feedback was for.
fn count(written: &[&Written]) -> u32 {
    let teachers: BTreeSet<PersonId> = written.iter().map(|one| one.teacher).collect();
    u32::try_from(teachers.len()).unwrap_or(u32::MAX)
}

fn share(written: &[&Written]) -> Share {
    let in_time = |one: &&&Written| {
        one.opened_utc_ms
            .is_some_and(|opened| opened.saturating_sub(one.sent_utc_ms) <= DAY_MS)
    };
    Share::Of {
        read: written.iter().filter(in_time).count() as u64,
        due: written.len() as u64,
        teachers: u64::from(count(written)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 10 * DAY_MS;

    fn written(idea: &str, teacher: u8, sent: i64, opened: Option<i64>) -> Written {
        Written {
            idea: idea.into(),
            teacher: PersonId::mint(1, [teacher; 10]),
            sent_utc_ms: sent,
            opened_utc_ms: opened,
        }
    }

    /// Feedback for so many teachers of an idea, all read in time.
    fn read_by(idea: &str, from: u8, teachers: u8) -> Vec<Written> {
        (from..from + teachers)
            .map(|teacher| written(idea, teacher, 0, Some(DAY_MS)))
            .collect()
    }

    #[test]
    fn a_day_is_a_day_and_what_is_younger_is_not_counted() {
        let mut all = read_by("a", 0, 3);
        all.push(written("a", 3, 0, Some(DAY_MS + 1)));
        all.push(written("a", 4, NOW - DAY_MS, None));
        all.push(written("a", 5, NOW - DAY_MS + 1, None));
        let wanted = Share::Of {
            read: 3,
            due: 5,
            teachers: 5,
        };
        assert_eq!(shares(&all, NOW).0, wanted);
    }

    #[test]
    fn four_teachers_make_no_share_however_much_was_written() {
        let mut all = read_by("a", 0, 4);
        all.extend(read_by("a", 0, 4));
        let (whole, ideas) = shares(&all, NOW);
        assert_eq!(whole, Share::TooFew);
        assert_eq!(ideas.get("a"), Some(&Share::TooFew));
    }

    #[test]
    fn a_small_idea_is_not_found_by_subtraction() {
        let mut all = read_by("small", 0, 3);
        all.extend(read_by("middle", 10, 6));
        all.extend(read_by("large", 20, 9));
        let (whole, ideas) = shares(&all, NOW);
        assert!(matches!(whole, Share::Of { due: 18, .. }));
        assert_eq!(ideas.get("small"), Some(&Share::TooFew));
        assert_eq!(ideas.get("middle"), Some(&Share::TooFew));
        assert!(matches!(ideas.get("large"), Some(Share::Of { .. })));
    }

    proptest! {
        #[test]
        fn what_is_hidden_beside_a_total_is_never_one_small_idea(
            counts in prop::collection::vec(1u8..12, 1..6),
        ) {
            let mut all = Vec::new();
            for (idea, teachers) in counts.iter().enumerate() {
                all.extend(read_by(&idea.to_string(), idea as u8 * 20, *teachers));
            }
            let (whole, ideas) = shares(&all, NOW);
            let hidden = ideas.values().filter(|share| **share == Share::TooFew).count();
            if matches!(whole, Share::Of { .. }) {
                prop_assert!(hidden != 1 || ideas.len() == 1);
            }
            for share in ideas.values() {
                if let Share::Of { teachers, .. } = share {
                    prop_assert!(*teachers >= u64::from(TEACHERS));
                }
            }
        }
    }
}
