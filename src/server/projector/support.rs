//! Calls for support as counts: by category, for the principals of a site, the team of an idea and the district. Pure.
//!
//! What is counted over sites, over ideas and over the district are sums of one table, and who reads two of them can
//! take one off the other. So it is decided for all at once what is shown.

use crate::domain::act::support::Category;
use crate::domain::agreement::Agreement;
use crate::domain::document::{Audience, Document, SupportCount, SupportCounts};
use crate::domain::id::{PersonId, SiteId};
use crate::domain::study::basis::{Basis, hide_more};
use crate::domain::visibility::{Circumstances, Relation, Row, Shown, sees};
use std::collections::{BTreeMap, BTreeSet};

/// Over which calls for support is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
}

/// Calls for support of one category that the same people made about one teacher, whom the office knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calls {
    /// What kind.
    pub category: Category,
    /// Where.
    pub site: SiteId,
    /// On which change idea, by its key.
    pub idea: String,
    /// About whom.
    pub teacher: PersonId,
    /// Who observed the visits, and who said it.
    pub made_by: BTreeSet<PersonId>,
    /// How often support was wanted.
    pub wanted: u32,
    /// How often it was given.
    pub given: u32,
    /// The newest of the server's events in it.
    pub as_of: u64,
}

impl Calls {
    fn scopes(&self) -> [Scope; 3] {
        let idea = Scope::Idea(self.idea.clone());
        [Scope::Site(self.site), idea, Scope::District]
    }
}

/// The counts of every scope, for its reader. A category is shown there if five teachers remain whatever any one person
/// made is left out, and only if the hidden ones cannot be found by subtraction: within the scope, beside the other
/// sites or the other ideas, and between a site and an idea of which one holds the other.
pub fn support(calls: &[Calls], agreement: &Agreement) -> Vec<(Audience, Document)> {
    let table = Table::of(calls);
    let mut made: BTreeMap<&Scope, SupportCounts> = BTreeMap::new();
    for ((scope, _), cell) in &table.0 {
        let counts = made.entry(scope).or_insert_with(|| SupportCounts {
            scope: scope.text(),
            as_of: 0,
            counts: Vec::new(),
            some_hidden: false,
        });
        // What is hidden does not show in when it was counted either.
        if !cell.shown {
            counts.some_hidden = true;
            continue;
        }
        counts.as_of = counts.as_of.max(cell.as_of);
        counts.counts.push(cell.count.clone());
    }
    let now = Circumstances::default();
    // Where all is hidden there is nothing: that there is a first call would tell whose it is where few work.
    let made = made
        .into_iter()
        .filter(|(_, counts)| !counts.counts.is_empty());
    let made = made.filter_map(|(scope, counts)| {
        let (relation, audience) = scope.reader();
        let shown = sees(Row::Support, relation, &now, agreement) == Shown::Counts;
        shown.then_some((audience, Document::SupportCounts(counts)))
    });
    made.collect()
}

/// The calls of one category in one scope.
struct Cell {
    basis: Basis,
    count: SupportCount,
    as_of: u64,
    shown: bool,
}

type Place = (Scope, Category);

struct Table(BTreeMap<Place, Cell>);

impl Table {
    fn of(calls: &[Calls]) -> Self {
        let mut cells: BTreeMap<Place, Cell> = BTreeMap::new();
        for one in calls {
            for scope in one.scopes() {
                let cell = cells.entry((scope, one.category)).or_insert_with(|| Cell {
                    basis: Basis::default(),
                    count: SupportCount {
                        category: one.category,
                        wanted: 0,
                        given: 0,
                    },
                    as_of: 0,
                    shown: false,
                });
                cell.basis.add(one.teacher, &one.made_by);
                cell.count.wanted += one.wanted;
                cell.count.given += one.given;
                cell.as_of = cell.as_of.max(one.as_of);
            }
        }
        for cell in cells.values_mut() {
            cell.shown = cell.basis.is_enough();
        }
        let mut table = Self(cells);
        // Each turn hides at least one more, or is the last.
        while table.hide_beside() | table.hide_within(calls) {}
        table
    }

    /// Hides more beside what is hidden: of one scope, of one category in all sites, of one in all ideas.
    fn hide_beside(&mut self) -> bool {
        let mut groups: BTreeMap<(u8, Option<Scope>, Option<Category>), Vec<Place>> =
            BTreeMap::new();
        for place in self.0.keys() {
            let (scope, category) = place;
            let kind = match scope {
                Scope::Site(_) => Some(1),
                Scope::Idea(_) => Some(2),
                Scope::District => None,
            };
            let of_scope = (0, Some(scope.clone()), None);
            groups.entry(of_scope).or_default().push(place.clone());
            if let Some(kind) = kind {
                let of_kind = (kind, None, Some(*category));
                groups.entry(of_kind).or_default().push(place.clone());
            }
        }
        let mut hid = false;
        for places in groups.values() {
            let cells: Vec<&Cell> = places
                .iter()
                .filter_map(|place| self.0.get(place))
                .collect();
            let bases: Vec<&Basis> = cells.iter().map(|cell| &cell.basis).collect();
            let mut shown: Vec<bool> = cells.iter().map(|cell| cell.shown).collect();
            hid |= hide_more(&bases, &mut shown);
            for (place, shown) in places.iter().zip(shown) {
                if let Some(cell) = self.0.get_mut(place) {
                    cell.shown = shown;
                }
            }
        }
        hid
    }

    /// Hides the smaller of a site and an idea where all calls of the one are among those of the other, and too few
    /// would remain of that.
    fn hide_within(&mut self, calls: &[Calls]) -> bool {
        let mut hid = false;
        let shown: Vec<Place> = self.shown().cloned().collect();
        for (inner, category) in &shown {
            for (outer, _) in shown
                .iter()
                .filter(|(outer, of)| of == category && outer != inner)
            {
                let of = |scope: &Scope| {
                    let scope = scope.clone();
                    let here = calls.iter().filter(|one| one.category == *category);
                    here.filter(move |one| one.scopes().contains(&scope))
                };
                if *outer == Scope::District || !of(inner).all(|one| one.scopes().contains(outer)) {
                    continue;
                }
                let mut rest = Basis::default();
                for one in of(outer).filter(|one| !one.scopes().contains(inner)) {
                    rest.add(one.teacher, &one.made_by);
                }
                let place = (inner.clone(), *category);
                if let Some(cell) = self.0.get_mut(&place)
                    && !rest.is_empty()
                    && !rest.is_enough()
                {
                    hid |= std::mem::take(&mut cell.shown);
                }
            }
        }
        hid
    }

    fn shown(&self) -> impl Iterator<Item = &Place> {
        let shown = self.0.iter().filter(|(_, cell)| cell.shown);
        shown.map(|(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u8) -> PersonId {
        PersonId::mint(i64::from(number), [number; 10])
    }

    fn site(number: u8) -> SiteId {
        SiteId::mint(1, [number; 10])
    }

    /// Calls about teachers from this number on, each by two observers.
    fn calls(at: u8, idea: &str, category: Category, teachers: std::ops::Range<u8>) -> Vec<Calls> {
        let each = teachers.flat_map(|teacher| [(teacher, 200), (teacher, 201)]);
        each.map(|(teacher, by)| Calls {
            category,
            site: site(at),
            idea: idea.into(),
            teacher: person(teacher),
            made_by: [person(by)].into(),
            wanted: 1,
            given: 0,
            as_of: 7,
        })
        .collect()
    }

    /// How often support was wanted in a scope, by category; none where nothing is shown.
    fn wanted(all: &[Calls], scope: &Scope) -> Vec<(Category, u32)> {
        let made = support(all, &Agreement::first());
        let mut found = made.into_iter().filter_map(|(_, document)| match document {
            Document::SupportCounts(counts) if counts.scope == scope.text() => Some(counts),
            _ => None,
        });
        let Some(counts) = found.next() else {
            return Vec::new();
        };
        assert!(
            !counts.counts.is_empty(),
            "else it tells that there is a call"
        );
        let counts = counts.counts.iter();
        counts.map(|count| (count.category, count.wanted)).collect()
    }

    #[test]
    fn a_category_of_few_teachers_is_hidden_and_so_is_what_would_tell_it() {
        let mut all = calls(1, "a", Category::Materials, 0..20);
        all.extend(calls(1, "a", Category::Content, 20..26));
        all.extend(calls(1, "a", Category::Language, 30..32));
        let shown = wanted(&all, &Scope::Site(site(1)));
        assert_eq!(shown, [(Category::Materials, 40)]);
    }

    #[test]
    fn what_one_person_made_opens_nothing() {
        let mut all = calls(1, "a", Category::Content, 0..3);
        let own = calls(1, "a", Category::Content, 10..20).into_iter();
        all.extend(own.map(|one| Calls {
            made_by: [person(210), person(220)].into(),
            ..one
        }));
        assert_eq!(wanted(&all, &Scope::Site(site(1))), []);
        assert_eq!(wanted(&all, &Scope::District), []);
    }

    #[test]
    fn the_only_other_site_is_not_what_the_district_leaves() {
        let mut all = calls(1, "a", Category::Content, 0..6);
        all.extend(calls(2, "b", Category::Content, 10..12));
        assert_eq!(wanted(&all, &Scope::District), [(Category::Content, 16)]);
        assert_eq!(wanted(&all, &Scope::Site(site(1))), []);
        assert_eq!(wanted(&all, &Scope::Idea("a".into())), []);
    }

    #[test]
    fn a_site_within_an_idea_does_not_tell_the_rest_of_it() {
        let mut all = calls(1, "a", Category::Content, 0..6);
        all.extend(calls(2, "a", Category::Content, 10..12));
        all.extend(calls(2, "b", Category::Content, 20..26));
        // Of the idea two remain beside the first site. The sites hide nothing from each other.
        let (site, idea) = (Scope::Site(site(1)), Scope::Idea("a".into()));
        assert!(wanted(&all, &site).is_empty() || wanted(&all, &idea).is_empty());
        assert_eq!(wanted(&all, &Scope::District), [(Category::Content, 28)]);
    }

    #[test]
    fn enough_everywhere_is_shown_everywhere() {
        let mut all = calls(1, "a", Category::Content, 0..6);
        all.extend(calls(2, "b", Category::Content, 10..16));
        for scope in [
            Scope::Site(site(1)),
            Scope::Site(site(2)),
            Scope::Idea("a".into()),
        ] {
            assert_eq!(wanted(&all, &scope), [(Category::Content, 12)]);
        }
    }
}
