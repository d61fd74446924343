use super::*;
use crate::domain::collect::look_for::LookForKey;
use rstest::rstest;

fn person(number: u8) -> PersonId {
    PersonId::mint(i64::from(number), [number; 10])
}

fn site() -> SiteId {
    SiteId::mint(1, [9; 10])
}

/// So many teachers, each visited by two.
fn basis(teachers: u8) -> Basis {
    let each = (1..=teachers).flat_map(|teacher| [(teacher, 100), (teacher, 101)]);
    each.map(|(teacher, by)| (person(teacher), person(by)))
        .collect()
}

fn tally(key: &str) -> Tally {
    Tally {
        look_for: LookForKey(key.into()),
        seen: 9,
        partly: 0,
        not_seen: 0,
        not_the_moment: 0,
    }
}

fn counted(basis: Basis) -> Counted {
    Counted {
        visits: 9,
        visited: basis.teachers().collect(),
        basis,
        observers: 2,
        visitors: [person(100)].into(),
        sites: [site()].into(),
        ..Counted::default()
    }
}

#[rstest]
#[case::four_are_for_the_team_and_those_who_were_there(basis(4), true)]
#[case::five_are_for_everyone(basis(5), false)]
#[case::six_whom_one_visited_are_not(
    (1..=6).map(|teacher| (person(teacher), person(100))).collect(),
    true
)]
fn measures_leave_the_circle_when_five_remain_whoever_is_left_out(
    #[case] basis: Basis,
    #[case] small: bool,
) {
    let made = measures("idea", &counted(basis), &Agreement::first());
    let audiences: BTreeSet<_> = made.iter().map(|(audience, _)| audience.clone()).collect();
    let wide = [Audience::District, Audience::Everyone];
    assert_eq!(wide.iter().all(|wide| audiences.contains(wide)), !small);
    assert_eq!(wide.iter().any(|wide| audiences.contains(wide)), !small);
    for near in [
        Audience::Team("idea".into()),
        Audience::Coaches(site()),
        Audience::Principals(site()),
    ] {
        assert!(audiences.contains(&near), "{near}");
    }
    assert_eq!(audiences.contains(&Audience::Person(person(1))), small);
    assert_eq!(audiences.contains(&Audience::Person(person(100))), small);
    for (_, document) in made {
        assert!(matches!(document, Document::Measures(measures) if measures.small == small));
    }
}

#[test]
fn a_look_for_of_few_is_for_the_circle() {
    let look_fors = [("one", 6), ("other", 7), ("few", 2), ("fewer", 1)];
    let counted = Counted {
        look_fors: look_fors
            .map(|(key, teachers)| (tally(key), basis(teachers)))
            .into(),
        ..counted(basis(8))
    };
    for (audience, document) in measures("idea", &counted, &Agreement::first()) {
        let Document::Measures(measures) = document else {
            continue;
        };
        let wide = [Audience::District, Audience::Everyone].contains(&audience);
        let keys: Vec<&str> = measures
            .look_fors
            .iter()
            .map(|one| &*one.look_for.0)
            .collect();
        // The two of few rest on the same two teachers: one more goes with them.
        let wanted: &[&str] = if wide {
            &["other"]
        } else {
            &["one", "other", "few", "fewer"]
        };
        assert_eq!(keys, wanted, "{audience}");
    }
}
