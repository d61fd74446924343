//! Who said yes to visits by colleagues, for each colleague who could come: so that a visit that the agreement would
//! keep from everybody is not made in vain.
//!
//! A yes is said to colleagues. Who leads or coaches a site needs none, so it is not theirs to look at.

use crate::domain::document::{Audience, Document, PeersWelcomeDocument};
use crate::domain::id::PersonId;
use crate::domain::people::{People, Place, Role};
use std::collections::{BTreeMap, BTreeSet};

/// A document for everybody who could come somewhere as a colleague, at this moment in milliseconds since 1970.
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
        if !comes_as_peer(people, person) {
            continue;
        }
        let mut teachers = BTreeSet::new();
        for post in people.posts(person) {
            let here = together.get(&post.place).into_iter().flatten();
            let welcome =
                here.filter(|one| **one != person && people.agrees_to_peers(**one, now_utc_ms));
            teachers.extend(welcome);
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
