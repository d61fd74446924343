//! Who said yes to visits by colleagues, for each colleague who could come: so that a visit that the agreement would
//! keep from everybody is not made in vain.
//!
//! A yes is said to colleagues. Who leads or coaches a site needs none, so it is not theirs to look at.

use crate::domain::document::{Audience, Document, PeersWelcomeDocument};
use crate::domain::id::PersonId;
use crate::domain::people::{People, Place, Role};
use std::collections::{BTreeMap, BTreeSet};

/// A document for everybody who could come to somebody as a colleague, at this moment in milliseconds since 1970.
pub(super) fn welcome(people: &People, now_utc_ms: i64) -> Vec<(Audience, Document)> {
    // Where colleagues meet: a site that they teach at, an idea that they pilot together.
    let mut together: BTreeMap<&Place, BTreeSet<PersonId>> = BTreeMap::new();
    let everybody: BTreeSet<PersonId> = people.all_held().map(|(person, _)| person).collect();
    for person in &everybody {
        for post in people.posts(*person) {
            if matches!(post.role, Role::Teacher | Role::Pilot) {
                together.entry(&post.place).or_default().insert(*person);
            }
        }
    }
    let mut made = Vec::new();
    for person in everybody {
        // Who said yes is said to colleagues whom the office knows: a lead who adds somebody could read it as them.
        if people.was_only_met(person) || !comes_as_peer(people, person) {
            continue;
        }
        let mut teachers = BTreeSet::new();
        for post in people.posts(person) {
            let here = together.get(&post.place).into_iter().flatten();
            let welcome =
                here.filter(|one| **one != person && people.agrees_to_peers(**one, now_utc_ms));
            teachers.extend(welcome);
        }
        if teachers.is_empty() {
            continue;
        }
        let document = PeersWelcomeDocument {
            id: person,
            teachers: teachers.into_iter().collect(),
        };
        made.push((Audience::Person(person), Document::PeersWelcome(document)));
    }
    made
}

/// Whether a person does nothing but teach and pilot. Who also leads or coaches somewhere asks in person.
fn comes_as_peer(people: &People, person: PersonId) -> bool {
    let mut posts = people.posts(person).peekable();
    posts.peek().is_some() && posts.all(|post| matches!(post.role, Role::Teacher | Role::Pilot))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::SiteId;
    use crate::domain::people::{Merges, Post};

    const NOW: i64 = 1_795_608_000_000;

    fn person(number: u8) -> PersonId {
        PersonId::mint(1, [number; 10])
    }

    fn at_site(number: u8) -> Place {
        Place::Site(SiteId::mint(1, [number; 10]))
    }

    /// Who gets a list, and whom it names.
    fn lists(posts: &[(u8, Role, Place)], yes: &[(u8, i64)]) -> Vec<(PersonId, Vec<PersonId>)> {
        let posts = posts.iter().map(|(number, role, place)| {
            let post = Post {
                role: *role,
                place: place.clone(),
            };
            (person(*number), post, true)
        });
        let yes = yes.iter().map(|(number, until)| (person(*number), *until));
        let people = People::of(Merges::of([]), posts).with_consent(yes);
        let made = welcome(&people, NOW).into_iter();
        made.filter_map(|(audience, document)| match document {
            Document::PeersWelcome(list) => {
                assert_eq!(audience, Audience::Person(list.id));
                Some((list.id, list.teachers))
            }
            _ => None,
        })
        .collect()
    }

    #[test]
    fn a_yes_reaches_colleagues_of_the_site_and_nobody_who_leads_or_coaches_it() {
        let posts = [
            (1, Role::Teacher, at_site(1)),
            (2, Role::Teacher, at_site(1)),
            (3, Role::Principal, at_site(1)),
            (4, Role::Coach, at_site(1)),
            (4, Role::Teacher, at_site(1)),
            (5, Role::Lead, Place::District),
            (6, Role::Teacher, at_site(2)),
        ];
        let said = lists(&posts, &[(1, i64::MAX)]);
        assert_eq!(said, [(person(2), vec![person(1)])]);
    }

    #[test]
    fn pilots_of_one_idea_are_colleagues_across_sites() {
        let idea = || Place::Idea("three-reads".into());
        let posts = [
            (1, Role::Teacher, at_site(1)),
            (1, Role::Pilot, idea()),
            (6, Role::Teacher, at_site(2)),
            (6, Role::Pilot, idea()),
        ];
        let said = lists(&posts, &[(6, i64::MAX)]);
        assert_eq!(said, [(person(1), vec![person(6)])]);
    }

    #[test]
    fn a_yes_that_was_taken_back_is_in_no_list() {
        let posts = [
            (1, Role::Teacher, at_site(1)),
            (2, Role::Teacher, at_site(1)),
        ];
        assert_eq!(lists(&posts, &[(1, NOW - 1)]), []);
        assert_eq!(lists(&posts, &[(1, NOW + 1)]).len(), 1);
    }
}
