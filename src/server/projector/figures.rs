//! Figures as documents: what is counted over many visits, for whoever may see it. Pure.

use crate::domain::agreement::Agreement;
use crate::domain::collect::form::FormRef;
use crate::domain::document::{Audience, Document, Measures, SupportCount, SupportCounts, Tally};
use crate::domain::id::{PersonId, SiteId};
use crate::domain::study::small_group::{TEACHERS, enough_teachers, suppress};
use crate::domain::visibility::{Circumstances, Relation, Row, Shown, sees};
use std::collections::BTreeSet;

/// What is counted on one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The newest of the server's events in it.
    pub as_of: u64,
    /// The newest version of the form in use.
    pub version: u32,
    /// How many visits.
    pub visits: u32,
    /// Whom they were to, of those whom the office knows there.
    pub teachers: BTreeSet<PersonId>,
    /// How many people made them.
    pub observers: u32,
    /// Who made one, of those who are in the team of the idea now.
    pub visitors: BTreeSet<PersonId>,
    /// Where somebody of the team teaches now.
    pub sites: BTreeSet<SiteId>,
    /// The look-fors.
    pub look_fors: Vec<Tally>,
}

/// The measures of a change idea, for each audience that may see them.
///
/// While they rest on few, those who were visited get them too, and those of the team who visited; from five
/// teachers on they have them with everyone. Whoever else visits is no reader of few, and a site is one where the
/// team teaches: else one visit would open the figures of a team to whoever makes it.
pub fn measures(key: &str, counted: &Counted, agreement: &Agreement) -> Vec<(Audience, Document)> {
    if counted.visits == 0 {
        return Vec::new();
    }
    let teachers = counted.teachers.len() as u32;
    let small = !enough_teachers(teachers);
    let document = Document::Measures(Measures {
        form: FormRef {
            key: key.into(),
            version: counted.version,
        },
        as_of: counted.as_of,
        visits: counted.visits,
        teachers,
        observers: counted.observers,
        small,
        look_fors: counted.look_fors.clone(),
    });
    let mut readers = vec![
        (Relation::Team, Audience::Team(key.into())),
        (Relation::District, Audience::District),
        (Relation::Other, Audience::Everyone),
    ];
    for site in &counted.sites {
        readers.push((Relation::Coach, Audience::Coaches(*site)));
        readers.push((Relation::Principal, Audience::Principals(*site)));
    }
    if small {
        let persons = |people: &BTreeSet<PersonId>, relation| {
            let person = |person: &PersonId| (relation, Audience::Person(*person));
            people.iter().map(person).collect::<Vec<_>>()
        };
        readers.extend(persons(&counted.teachers, Relation::Teacher));
        readers.extend(persons(&counted.visitors, Relation::Observer));
    }
    let now = Circumstances {
        teachers,
        ..Circumstances::default()
    };
    readers.retain(|(relation, _)| {
        let shown = sees(Row::Measures, *relation, &now, agreement);
        matches!(shown, Shown::Whole | Shown::Small)
    });
    readers
        .into_iter()
        .map(|(_, audience)| (audience, document.clone()))
        .collect()
}

/// Over which calls for support is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those of a site, for its principals.
    Site(SiteId),
    /// Those on a change idea, for its team.
    Idea(String),
    /// All, for the district.
    District,
}

impl Scope {
    /// Who reads the counts, and how they stand to them.
    fn reader(&self) -> (Relation, Audience) {
        match self {
            Self::Site(site) => (Relation::Principal, Audience::Principals(*site)),
            Self::Idea(key) => (Relation::Team, Audience::Team(key.clone())),
            Self::District => (Relation::District, Audience::District),
        }
    }

    /// The scope as it stands in documents: `site:<id>`, `idea:<key>`, `district`.
    pub fn text(&self) -> String {
        match self {
            Self::Site(site) => format!("site:{site}"),
            Self::Idea(key) => format!("idea:{key}"),
            Self::District => "district".into(),
        }
    }

    /// Reads what [`Scope::text`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None if text == "district" => Some(Self::District),
            Some(("site", id)) => id.parse().ok().map(Self::Site),
            Some(("idea", key)) => Some(Self::Idea(key.into())),
            _ => None,
        }
    }
}

/// Calls for support of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calls {
    /// How often support was wanted, and how often given.
    pub count: SupportCount,
    /// How many teachers the calls are about, as far as they are known.
    pub teachers: u32,
}

/// The calls for support of a scope, for its reader. A category is shown from five teachers on, and only
/// if the hidden ones cannot be found by subtraction.
pub fn support(
    scope: &Scope,
    calls: &[Calls],
    as_of: u64,
    agreement: &Agreement,
) -> Vec<(Audience, Document)> {
    let (relation, audience) = scope.reader();
    let now = Circumstances::default();
    if calls.is_empty() || sees(Row::Support, relation, &now, agreement) != Shown::Counts {
        return Vec::new();
    }
    let teachers: Vec<u32> = calls.iter().map(|calls| calls.teachers).collect();
    let shown = suppress(&teachers, TEACHERS);
    let counts: Vec<SupportCount> = calls
        .iter()
        .zip(&shown)
        .filter(|(_, shown)| **shown)
        .map(|(calls, _)| calls.count.clone())
        .collect();
    let document = Document::SupportCounts(SupportCounts {
        scope: scope.text(),
        as_of,
        some_hidden: counts.len() < calls.len(),
        counts,
    });
    vec![(audience, document)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::support::Category;
    use rstest::rstest;

    fn person(number: u8) -> PersonId {
        PersonId::mint(i64::from(number), [number; 10])
    }

    fn site() -> SiteId {
        SiteId::mint(1, [9; 10])
    }

    fn counted(teachers: u8) -> Counted {
        Counted {
            visits: 9,
            teachers: (1..=teachers).map(person).collect(),
            observers: 1,
            visitors: [person(100)].into(),
            sites: [site()].into(),
            ..Counted::default()
        }
    }

    #[rstest]
    #[case::four_are_for_the_team_and_those_who_were_there(4, true)]
    #[case::five_are_for_everyone(5, false)]
    fn measures_leave_the_circle_from_five_teachers_on(#[case] teachers: u8, #[case] small: bool) {
        let made = measures("idea", &counted(teachers), &Agreement::first());
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

    fn calls(category: Category, wanted: u32, teachers: u32) -> Calls {
        Calls {
            count: SupportCount {
                category,
                wanted,
                given: 0,
            },
            teachers,
        }
    }

    #[test]
    fn a_category_of_few_teachers_is_hidden_and_so_is_what_would_tell_it() {
        let all = [
            calls(Category::Materials, 40, 20),
            calls(Category::Content, 9, 6),
            calls(Category::Language, 30, 2),
        ];
        let made = support(&Scope::Site(site()), &all, 7, &Agreement::first());
        let principals = Audience::Principals(site());
        let counts = SupportCounts {
            scope: Scope::Site(site()).text(),
            as_of: 7,
            counts: vec![calls(Category::Materials, 40, 20).count],
            some_hidden: true,
        };
        assert_eq!(made, [(principals, Document::SupportCounts(counts))]);
    }

    #[test]
    fn a_scope_is_read_as_it_is_written() {
        for scope in [
            Scope::Site(site()),
            Scope::Idea("three-reads".into()),
            Scope::District,
        ] {
            assert_eq!(Scope::read(&scope.text()), Some(scope));
        }
        assert_eq!(Scope::read("moon"), None);
    }
}
