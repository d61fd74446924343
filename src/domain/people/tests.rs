//! Merges, whatever their order, and what is known of a person under several entries.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn person(number: u8) -> PersonId {
    PersonId::mint(i64::from(number), [number; 10])
}

fn merged(from: u8, into: u8) -> PersonMerged {
    PersonMerged {
        from: person(from),
        into: person(into),
    }
}

#[test]
fn a_chain_ends_at_the_entry_that_was_kept() {
    let merges = Merges::of(&[merged(1, 2), merged(2, 3)]);
    for entry in 1..=3 {
        assert_eq!(merges.resolve(person(entry)), person(3));
    }
    assert_eq!(merges.resolve(person(4)), person(4));
    assert_eq!(merges.entries(person(1)).len(), 3);
}

#[rstest]
#[case::never_taken_back(&[i64::MAX, i64::MAX], 300, true)]
#[case::taken_back_under_one(&[i64::MAX, 200], 300, false)]
#[case::and_the_other_way_round(&[200, i64::MAX], 300, false)]
#[case::what_came_before_stays(&[200, i64::MAX], 100, true)]
#[case::taken_back_under_both(&[100, 200], 150, true)]
fn a_yes_that_was_taken_back_under_one_entry_is_taken_back(
    #[case] until: &[i64],
    #[case] received: i64,
    #[case] covered: bool,
) {
    let merges = Merges::of(&[merged(2, 1)]);
    let entries = [person(1), person(2)].into_iter();
    let people = People::of(merges, []).with_consent(entries.zip(until.iter().copied()));
    assert_eq!(people.agrees_to_peers(person(2), received), covered);
}

#[test]
fn a_circle_ends_somewhere() {
    let merges = Merges::of(&[merged(1, 2), merged(2, 1), merged(3, 3)]);
    assert_eq!(merges.resolve(person(2)), person(1));
    assert_eq!(merges.resolve(person(3)), person(3));
}

proptest! {
    #[test]
    fn the_order_of_merges_does_not_matter(
        pairs in prop::collection::vec((0u8..8, 0u8..8), 0..12),
        seed in any::<u64>(),
    ) {
        let mut shuffled = pairs.clone();
        // Fisher and Yates, with a small generator that needs no crate.
        let mut state = seed | 1;
        for place in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(place, (state >> 33) as usize % (place + 1));
        }
        let of = |pairs: &[(u8, u8)]| {
            let facts: Vec<PersonMerged> =
                pairs.iter().map(|(from, into)| merged(*from, *into)).collect();
            Merges::of(&facts)
        };
        prop_assert_eq!(of(&pairs), of(&shuffled));
    }
}
