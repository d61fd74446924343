//! Figures as documents: what is counted over many visits, for whoever may see it. Pure.

use crate::domain::agreement::Agreement;
use crate::domain::collect::form::FormRef;
use crate::domain::document::{Audience, Document, Measures, Tally};
use crate::domain::id::{PersonId, SiteId};
use crate::domain::study::basis::{Basis, suppress};
use crate::domain::visibility::{Circumstances, Relation, Row, Shown, Sight, sees, sight};
use std::collections::BTreeSet;

/// What is counted on one form: visits to the team that tests its idea, to those whom the office knows. What somebody
/// recorded with a teacher outside the team, or with nobody who is known, is theirs and the teacher's alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The newest of the server's events in it.
    pub as_of: u64,
    /// The newest version of the form in use.
    pub version: u32,
    /// How many visits.
    pub visits: u32,
    /// Whom they were to, and by whom.
    pub basis: Basis,
    /// How many people made them.
    pub observers: u32,
    /// Who made one, of those who are in the team of the idea now.
    pub visitors: BTreeSet<PersonId>,
    /// Whom one was to, of those who are in the team now.
    pub visited: BTreeSet<PersonId>,
    /// Where somebody of the team teaches now.
    pub sites: BTreeSet<SiteId>,
    /// The look-fors, each with whom it was marked with.
    pub look_fors: Vec<(Tally, Basis)>,
}

/// The measures of a change idea, for each audience that may see them.
///
/// While they rest on few, those of the team who were visited or who visited get them too; else they have them with
/// everyone. A site is one where the team teaches. Whoever else visits is no reader of few, and adds nothing: else one
/// visit would open the figures of a team to whoever makes it. They leave their circle when five of the team remain
/// whoever's visits are left out, look-for by look-for.
pub fn measures(key: &str, counted: &Counted, agreement: &Agreement) -> Vec<(Audience, Document)> {
    if counted.visits == 0 {
        return Vec::new();
    }
    let small = !counted.basis.is_enough();
    let document = |look_fors: Vec<Tally>| {
        Document::Measures(Measures {
            form: FormRef {
                key: key.into(),
                version: counted.version,
            },
            as_of: counted.as_of,
            visits: counted.visits,
            teachers: counted.basis.teachers().len() as u32,
            observers: counted.observers,
            small,
            look_fors,
        })
    };
    let look_fors = counted.look_fors.iter();
    let whole = document(look_fors.clone().map(|(tally, _)| tally.clone()).collect());
    let shown = suppress(
        &look_fors
            .clone()
            .map(|(_, basis)| basis)
            .collect::<Vec<_>>(),
    );
    let wide = look_fors.zip(shown).filter(|(_, shown)| *shown);
    let wide = document(wide.map(|((tally, _), _)| tally.clone()).collect());
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
        let person = |relation| move |person| (relation, Audience::Person(person));
        readers.extend(
            counted
                .visited
                .iter()
                .copied()
                .map(person(Relation::Teacher)),
        );
        let visitors = counted.visitors.iter().copied();
        readers.extend(visitors.map(person(Relation::Observer)));
    }
    let now = Circumstances {
        teachers: counted.basis.lasting(),
        ..Circumstances::default()
    };
    readers.retain(|(relation, _)| {
        let shown = sees(Row::Measures, *relation, &now, agreement);
        matches!(shown, Shown::Whole | Shown::Small)
    });
    let made = readers.into_iter().map(|(relation, audience)| {
        let from_five = sight(Row::Measures, relation) == Sight::FromTeachers;
        (audience, if from_five { &wide } else { &whole }.clone())
    });
    made.collect()
}

#[cfg(test)]
mod tests;
