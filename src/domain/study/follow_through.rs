//! Follow-through: the share of feedback that its teacher opened within a day. It is the number that stands
//! first, and it is about the work, not about a person: none is made for few teachers.

use super::basis::{Basis, suppress};
use crate::domain::id::PersonId;
use std::collections::BTreeMap;

/// Within how many milliseconds feedback is read in time.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Feedback that was written to a teacher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The change idea, by its key.
    pub idea: String,
    /// For whom.
    pub teacher: PersonId,
    /// By whom: they know of each what became of it.
    pub observer: PersonId,
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
    let rests: Vec<Basis> = by_idea.values().map(|of| basis(of)).collect();
    let shown = suppress(&rests.iter().collect::<Vec<_>>());
    let ideas = by_idea.iter().zip(shown).map(|((idea, of), shown)| {
        let share = if shown { share(of) } else { Share::TooFew };
        ((*idea).to_owned(), share)
    });
    let ideas = ideas.collect();
    let all = if due.is_empty() {
        Share::Nothing
    } else if basis(&due).is_enough() {
        share(&due)
    } else {
        Share::TooFew
    };
    (all, ideas)
}

/// On whom a share rests: the teachers whom feedback was for, with those who wrote it.
fn basis(written: &[&Written]) -> Basis {
    let visits = written.iter();
    visits.map(|one| (one.teacher, one.observer)).collect()
}

fn share(written: &[&Written]) -> Share {
    let in_time = |one: &&&Written| {
        one.opened_utc_ms
            .is_some_and(|opened| opened.saturating_sub(one.sent_utc_ms) <= DAY_MS)
    };
    Share::Of {
        read: written.iter().filter(in_time).count() as u64,
        due: written.len() as u64,
        teachers: basis(written).teachers().len() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::super::small_group::TEACHERS;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const NOW: i64 = 10 * DAY_MS;

    fn person(number: u8) -> PersonId {
        PersonId::mint(1, [number; 10])
    }

    fn written(idea: &str, teacher: u8, observer: u8, opened: Option<i64>) -> Written {
        Written {
            idea: idea.into(),
            teacher: person(teacher),
            observer: person(observer),
            sent_utc_ms: 0,
            opened_utc_ms: opened,
        }
    }

    /// Feedback of two observers for so many teachers of an idea, all read in time.
    fn read_by(idea: &str, from: u8, teachers: u8) -> Vec<Written> {
        let each = from..from + teachers;
        each.flat_map(|teacher| [200, 201].map(|by| written(idea, teacher, by, Some(DAY_MS))))
            .collect()
    }

    #[test]
    fn a_day_is_a_day_and_what_is_younger_is_not_counted() {
        let mut all = read_by("a", 0, 4);
        all.push(written("a", 4, 200, Some(DAY_MS + 1)));
        let sent = |sent_utc_ms| Written {
            sent_utc_ms,
            ..written("a", 5, 201, None)
        };
        all.push(sent(NOW - DAY_MS));
        all.push(sent(NOW - DAY_MS + 1));
        let wanted = Share::Of {
            read: 8,
            due: 10,
            teachers: 6,
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
    fn who_writes_to_five_of_their_own_does_not_open_what_three_others_read() {
        let mut all = read_by("a", 0, 3);
        all.extend((10..15).map(|teacher| written("a", teacher, 210, None)));
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
        assert!(matches!(whole, Share::Of { due: 36, .. }));
        assert_eq!(ideas.get("small"), Some(&Share::TooFew));
        assert_eq!(ideas.get("middle"), Some(&Share::TooFew));
        assert!(matches!(ideas.get("large"), Some(Share::Of { .. })));
    }

    #[test]
    fn two_small_ideas_of_the_same_teachers_hide_a_third() {
        let mut all = read_by("one", 0, 3);
        all.extend(read_by("other", 0, 3));
        all.extend(read_by("large", 20, 9));
        let (whole, ideas) = shares(&all, NOW);
        assert!(matches!(whole, Share::Of { .. }));
        assert_eq!(ideas.get("large"), Some(&Share::TooFew));
    }

    proptest! {
        #[test]
        fn what_is_hidden_beside_a_total_is_of_several_ideas_and_five_teachers_each_counted_once(
            ideas in prop::collection::vec((0u8..12, 1u8..12), 1..6),
        ) {
            let mut all = Vec::new();
            for (idea, (from, teachers)) in ideas.iter().enumerate() {
                all.extend(read_by(&idea.to_string(), *from, *teachers));
            }
            let (whole, shown) = shares(&all, NOW);
            let is_hidden = |idea: &str| shown.get(idea) == Some(&Share::TooFew);
            let hidden: BTreeSet<PersonId> = all
                .iter()
                .filter(|one| is_hidden(&one.idea))
                .map(|one| one.teacher)
                .collect();
            let ideas_hidden = shown.keys().filter(|idea| is_hidden(idea)).count();
            if matches!(whole, Share::Of { .. }) && ideas_hidden < shown.len() {
                prop_assert!(ideas_hidden != 1);
                prop_assert!(ideas_hidden == 0 || hidden.len() >= TEACHERS as usize);
            }
            for share in shown.values() {
                if let Share::Of { teachers, .. } = share {
                    prop_assert!(*teachers >= u64::from(TEACHERS));
                }
            }
        }
    }
}
