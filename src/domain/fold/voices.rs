//! What teachers say themselves: which answers, logs and welcomes stand.
//!
//! A correction replaces what it corrects. Of several that one teacher said of one thing, the one with the largest
//! revision stands, since its device knew the others; of two with one revision, from two devices that did not
//! know of each other, the one with the larger number on its device, and then the larger id. No clock and no
//! arrival decides it.

use super::Read;
use crate::domain::act::welcome::VisitWelcomed;
use crate::domain::agreement::day;
use crate::domain::collect::lesson::LessonLogged;
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::event::{Fact, said};
use crate::domain::id::{ClassId, EventId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::people::{People, Place, Role};
use crate::domain::place::Day;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Something that stands: who said it when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands<T> {
    /// The event that said it.
    pub id: EventId,
    /// Who.
    pub teacher: PersonId,
    /// When, by the device's clock.
    pub at: Moment,
    /// When the server received it, in milliseconds since 1970.
    pub received_at_utc_ms: i64,
    /// What was said.
    pub what: T,
    /// What the teacher added in words of their own; none when there is nothing, and when it was erased.
    pub added: Option<String>,
    /// Whether the teacher is, or ever was, in the team that tests the idea, and is known to the office: only then it
    /// counts for others.
    pub in_team: bool,
}

impl<T> Stands<T> {
    /// The moment by which its agreement is chosen, as [`day`] bounds it.
    pub fn day_utc_ms(&self) -> i64 {
        day(self.at.at_utc_ms, self.received_at_utc_ms)
    }
}

/// The answers that stand, one for each teacher, idea and week. Those without an answer were taken back.
pub fn answered(events: &[Read], people: &People) -> Vec<Stands<SurveyAnswered>> {
    let said = events.iter().filter_map(|event| match &event.fact {
        Fact::SurveyAnswered(fact) => {
            let key = (people.resolve(event.author), &*fact.form.key, fact.week);
            Some((key, fact.revision, event, fact))
        }
        _ => None,
    });
    let standing = stand(said, people, |fact| &fact.form.key);
    let mut standing: Vec<Stands<SurveyAnswered>> = standing.collect();
    standing.retain(|one| !one.what.answers.is_empty());
    standing
}

/// Who let their team read answers with their name, at any time: what was shown once is known.
pub fn ever_named(events: &[Read], people: &People) -> Vec<PersonId> {
    let named = events.iter().filter_map(|event| match &event.fact {
        Fact::SurveyAnswered(fact) if fact.named => Some(people.resolve(event.author)),
        _ => None,
    });
    let mut named: Vec<PersonId> = named.collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// The logs that stand, one for each teacher, idea, class and day. Those that say nothing were taken back.
pub fn logged(events: &[Read], people: &People) -> Vec<Stands<LessonLogged>> {
    let said = events.iter().filter_map(|event| match &event.fact {
        Fact::LessonLogged(fact) => {
            let teacher = people.resolve(event.author);
            let key: (PersonId, &str, Option<ClassId>, Day) =
                (teacher, &fact.form.key, fact.class, fact.day);
            Some((key, fact.revision, event, fact))
        }
        _ => None,
    });
    let standing = stand(said, people, |fact| &fact.form.key);
    let mut standing: Vec<Stands<LessonLogged>> = standing.collect();
    standing.retain(|one| one.what.happened.is_some());
    standing
}

/// What decides which of two stands: the revision, the number on its device, the id.
type Rank = (u32, u64, EventId);

/// Of those with one key, the one that stands.
fn stand<'a, K: Ord, T: Clone + 'a>(
    said: impl Iterator<Item = (K, u32, &'a Read, &'a T)>,
    people: &People,
    idea: impl Fn(&T) -> &str,
) -> impl Iterator<Item = Stands<T>> {
    let mut standing: BTreeMap<K, (Rank, &Read, &T)> = BTreeMap::new();
    for (key, revision, event, what) in said {
        let rank = (revision, event.number, event.id);
        match standing.entry(key) {
            Entry::Vacant(place) => {
                place.insert((rank, event, what));
            }
            Entry::Occupied(mut place) if place.get().0 < rank => {
                place.insert((rank, event, what));
            }
            Entry::Occupied(_) => {}
        }
    }
    standing.into_values().map(move |(_, event, what)| {
        let team = Place::Idea(idea(what).to_owned());
        Stands {
            id: event.id,
            teacher: people.resolve(event.author),
            at: event.at,
            received_at_utc_ms: event.received_at_utc_ms,
            added: event.said(said::ADDED),
            in_team: was_in_team(people, event.author, &team),
            what: what.clone(),
        }
    })
}

/// Whether somebody is or was in a team, of those whom the office knows: whoever added people could else be four of the
/// five themselves.
fn was_in_team(people: &People, person: PersonId, team: &Place) -> bool {
    people.has_held(person, Role::Pilot, team) && !people.was_only_met(person)
}

/// A welcome and how long it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// The welcome.
    pub stands: Stands<VisitWelcomed>,
    /// When the server heard that it is taken back, in milliseconds since 1970; none as long as it is not.
    pub withdrawn_utc_ms: Option<i64>,
    /// Whether its teacher is known to teach, or to have taught, at the site, and teaches the class that it names: nobody
    /// else can welcome there.
    pub teaches_here: bool,
}

impl Welcome {
    /// What the facts about a welcome come to; none as long as the welcome itself is not among them. `teach` are those
    /// who teach the class that it names, at the site that it names.
    pub fn of(id: EventId, events: &[Read], people: &People, teach: &[PersonId]) -> Option<Self> {
        let said = events.iter().find(|event| event.id == id)?;
        let Fact::VisitWelcomed(what) = &said.fact else {
            return None;
        };
        let withdrawn = events.iter().filter_map(|event| match &event.fact {
            Fact::WelcomeWithdrawn(fact)
                if fact.welcome == id && people.are_one(event.author, said.author) =>
            {
                // By the server's clock: a device's could be set back, before what was recorded meanwhile.
                Some(event.received_at_utc_ms)
            }
            _ => None,
        });
        let here = Place::Site(what.site);
        let held = |role, place: &Place| people.has_held(said.author, role, place);
        let own_class =
            what.class.is_none() || teach.iter().any(|one| people.are_one(*one, said.author));
        let team = what.idea.clone().map(Place::Idea);
        Some(Self {
            withdrawn_utc_ms: withdrawn.min(),
            teaches_here: held(Role::Teacher, &here) && own_class,
            stands: Stands {
                id,
                teacher: people.resolve(said.author),
                at: said.at,
                received_at_utc_ms: said.received_at_utc_ms,
                added: said.said(said::ADDED),
                in_team: team.is_some_and(|team| was_in_team(people, said.author, &team)),
                what: what.clone(),
            },
        })
    }
}

#[cfg(test)]
mod tests;
