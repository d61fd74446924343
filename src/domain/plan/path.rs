//! The path of a change idea: what its team predicted, and what it decided.

use super::super::act::decision::Decision;
use super::super::event::{About, Fact, said};
use super::super::fold::Read;
use super::super::id::{EventId, PersonId};
use super::super::moment::Moment;
use super::super::people::{People, Place, Role};
use std::collections::{BTreeMap, BTreeSet};

/// What facts about one change idea come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The change idea, by its key.
    pub idea: String,
    /// The prediction of each cycle, by cycle. A prediction is locked: of several for one cycle the one that the server
    /// received first stands. It is for the cycle that was under way then, or the next one.
    pub predictions: Vec<Predicted>,
    /// What was decided, in the order in which the server received it.
    pub decisions: Vec<Decided>,
}

/// A locked prediction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicted {
    /// The event that locked it.
    pub id: EventId,
    /// Who locked it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// The cycle of testing, from 1.
    pub cycle: u32,
    /// Its sentence; none when it was erased.
    pub sentence: Option<String>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The event that took it.
    pub id: EventId,
    /// Who recorded it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// What was decided.
    pub decision: Decision,
    /// Why; none when it was erased.
    pub reasons: Option<String>,
}

impl Path {
    /// What the facts come to, in the order of the server's numbers: ids are made on devices, and an older one must not
    /// take the place of what is locked. Only those who were in the idea's team, led in the district, or were its admin when the
    /// server received it are entitled; the same event twice counts once. `cycle_at` says which cycle was under way at a
    /// moment, in milliseconds since 1970, and 0 before the first: whoever locked all cycles to come would keep everybody
    /// else from saying what they expect.
    pub fn of(idea: &str, events: &[Read], people: &People, cycle_at: impl Fn(i64) -> u32) -> Self {
        let about = About::Idea(idea.into());
        let team = Place::Idea(idea.into());
        let mut seen = BTreeSet::new();
        let events = events
            .iter()
            .filter(|event| event.fact.about(event.id) == about)
            .filter(|event| {
                let held = |role, place: &Place| {
                    people.covers(event.author, role, place, event.received_at_utc_ms)
                };
                held(Role::Pilot, &team)
                    || held(Role::Lead, &Place::District)
                    || held(Role::Admin, &Place::District)
            })
            .filter(|event| seen.insert(event.id));
        let mut predictions: BTreeMap<u32, Predicted> = BTreeMap::new();
        let mut decisions = Vec::new();
        for event in events {
            match &event.fact {
                Fact::PredictionLocked(fact) => {
                    let under_way = cycle_at(event.received_at_utc_ms);
                    if fact.cycle != under_way && fact.cycle != under_way.saturating_add(1) {
                        continue;
                    }
                    predictions.entry(fact.cycle).or_insert(Predicted {
                        id: event.id,
                        by: people.resolve(event.author),
                        at: event.at,
                        cycle: fact.cycle,
                        sentence: event.said.get(said::PREDICTION).cloned(),
                    });
                }
                Fact::DecisionTaken(fact) => decisions.push(Decided {
                    id: event.id,
                    by: people.resolve(event.author),
                    at: event.at,
                    decision: fact.decision,
                    reasons: event.said.get(said::REASONS).cloned(),
                }),
                _ => {}
            }
        }
        Self {
            idea: idea.into(),
            predictions: predictions.into_values().collect(),
            decisions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::decision::DecisionTaken;
    use crate::domain::people::{Merges, Post};
    use crate::domain::plan::prediction::PredictionLocked;

    fn person(number: u8) -> PersonId {
        PersonId::mint(1, [number; 10])
    }

    /// When the server received all of it.
    const RECEIVED: i64 = 1_795_608_000_000;

    fn pilot() -> Post {
        Post {
            role: Role::Pilot,
            place: Place::Idea("three-reads".into()),
        }
    }

    fn team() -> People {
        let post = |role, place| Post { role, place };
        People::of(
            Merges::default(),
            [
                (
                    person(1),
                    post(Role::Pilot, Place::Idea("three-reads".into())),
                    true,
                ),
                (person(2), post(Role::Lead, Place::District), false),
                (person(4), pilot(), false),
                (
                    person(3),
                    post(Role::Pilot, Place::Idea("other".into())),
                    true,
                ),
            ],
        )
        .with_ended([(person(2), post(Role::Lead, Place::District), RECEIVED + 1)])
        .with_ended([(person(4), pilot(), RECEIVED)])
    }

    fn read(number: u8, author: u8, fact: impl Into<Fact>, words: &[(&str, &str)]) -> Read {
        Read {
            id: EventId::mint(i64::from(number), [number; 10]),
            number: u64::from(number),
            author: person(author),
            at: Moment {
                at_utc_ms: 0,
                offset_min: 0,
            },
            received_at_utc_ms: RECEIVED,
            server_number: number.into(),
            fact: fact.into(),
            said: words
                .iter()
                .map(|(name, text)| ((*name).into(), (*text).into()))
                .collect(),
        }
    }

    fn locked(number: u8, author: u8, cycle: u32) -> Read {
        let idea = "three-reads".into();
        read(
            number,
            author,
            PredictionLocked { idea, cycle },
            &[(said::PREDICTION, "70 %")],
        )
    }

    fn decided(number: u8, author: u8, idea: &str) -> Read {
        let fact = DecisionTaken {
            idea: idea.into(),
            decision: Decision::Adapt,
        };
        read(number, author, fact, &[])
    }

    #[test]
    fn a_prediction_that_the_server_has_stays_whatever_id_a_later_one_has() {
        let events = [locked(3, 2, 1), locked(2, 1, 1), locked(4, 1, 2)];
        let path = Path::of("three-reads", &events, &team(), |_| 1);
        let ids: Vec<u32> = path.predictions.iter().map(|one| one.cycle).collect();
        assert_eq!(ids, [1, 2]);
        let first = path.predictions.first().expect("there are two");
        assert_eq!(first.by, person(2));
        assert_eq!(first.sentence.as_deref(), Some("70 %"));
    }

    #[test]
    fn a_prediction_is_for_the_cycle_under_way_or_the_next() {
        let events: Vec<Read> = (1..6).map(|cycle| locked(cycle, 1, cycle.into())).collect();
        let path = Path::of("three-reads", &events, &team(), |_| 2);
        let ids: Vec<u32> = path.predictions.iter().map(|one| one.cycle).collect();
        assert_eq!(ids, [2, 3]);
    }

    #[test]
    fn who_is_not_in_the_team_decides_nothing() {
        let events = [
            decided(1, 3, "three-reads"),
            decided(2, 9, "three-reads"),
            // Was in it, and is no more.
            decided(5, 4, "three-reads"),
            decided(3, 1, "other"),
            decided(4, 1, "three-reads"),
            decided(4, 1, "three-reads"),
        ];
        let path = Path::of("three-reads", &events, &team(), |_| 1);
        assert_eq!(path.decisions.len(), 1);
    }
}
