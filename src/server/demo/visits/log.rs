//! What is said in the invented district, by person, until it is sealed as events of that person's device.

use super::{Known, MINUTE_MS, Recorded};
use crate::domain::event::{Envelope, Fact, Origin, Words};
use crate::domain::id::{DeviceId, EventId};
use crate::domain::moment::Moment;
use crate::domain::place::{Day, Offsets, Wall};
use crate::server::demo::dice::Dice;
use crate::server::demo::plan::{Plan, TIME_ZONE};
use crate::server::zone;
use std::collections::BTreeMap;

/// An event that is not sealed yet.
struct Entry {
    at: Moment,
    id: EventId,
    fact: Fact,
    said: BTreeMap<String, String>,
}

/// What is recorded, by person.
pub(super) struct Log<'a> {
    plan: &'a Plan,
    known: &'a Known,
    offsets: Offsets,
    /// The beginning of today: nothing is later.
    until_utc_ms: i64,
    entries: BTreeMap<usize, Vec<Entry>>,
    dice: Dice,
}

impl<'a> Log<'a> {
    pub(super) fn of(plan: &'a Plan, known: &'a Known) -> Self {
        let offsets = zone::offsets(Some(TIME_ZONE), plan.today.year());
        Self {
            plan,
            known,
            until_utc_ms: offsets.instant(Wall::midnight(plan.today), 0),
            offsets,
            entries: BTreeMap::new(),
            dice: Dice::of(plan.seed, "ids"),
        }
    }

    /// A moment on the wall of the district.
    pub(super) fn at(&self, day: Day, minute: usize) -> Moment {
        let wall = Wall {
            day,
            minute: u16::try_from(minute).unwrap_or_default(),
        };
        self.later(
            Moment {
                at_utc_ms: self.offsets.instant(wall, 0),
                offset_min: 0,
            },
            0,
        )
    }

    pub(super) fn later(&self, moment: Moment, minutes: usize) -> Moment {
        let at_utc_ms = moment.at_utc_ms + minutes as i64 * MINUTE_MS;
        Moment {
            at_utc_ms,
            offset_min: self.offsets.at(at_utc_ms).unwrap_or_default(),
        }
    }

    /// Writes a fact down, if its time has come and its author is there. Gives its id.
    pub(super) fn say(
        &mut self,
        person: usize,
        at: Moment,
        fact: impl Into<Fact>,
        texts: &[(&str, &str)],
    ) -> Option<EventId> {
        self.known.people.get(person).copied().flatten()?;
        let id = EventId::mint(at.at_utc_ms, self.dice.bytes());
        if at.at_utc_ms >= self.until_utc_ms {
            return None;
        }
        let said = texts.iter();
        let said = said.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        self.entries.entry(person).or_default().push(Entry {
            at,
            id,
            fact: fact.into(),
            said: said.collect(),
        });
        Some(id)
    }

    /// How many visits a person has written down.
    pub(super) fn visits_of(&self, person: usize) -> u32 {
        let entries = self.entries.get(&person).into_iter().flatten();
        let is_visit = |entry: &&Entry| matches!(entry.fact, Fact::WalkthroughSubmitted(_));
        entries.filter(is_visit).count() as u32
    }

    /// Everything, as sealed events in the order of each person's device.
    pub(super) fn sealed(self) -> Vec<Recorded> {
        let seed = self.plan.seed;
        let seal = |(person, mut entries): (usize, Vec<Entry>)| {
            let author = self.known.people.get(person).copied().flatten()?;
            entries.sort_by_key(|entry| (entry.at.at_utc_ms, entry.id));
            let mut dice = Dice::of(seed, &format!("device {person}"));
            let device = DeviceId::mint(entries.first()?.at.at_utc_ms, dice.bytes());
            let number = (1..).zip(entries);
            let envelopes = number.map(|(number, entry)| {
                let origin = Origin {
                    id: entry.id,
                    device,
                    number,
                    author,
                    at: entry.at,
                };
                let salt = dice.bytes::<16>().map(|byte| format!("{byte:02x}"));
                let words = (!entry.said.is_empty()).then(|| Words {
                    salt: salt.concat(),
                    said: entry.said,
                });
                Envelope::seal(origin, &entry.fact, words.as_ref())
            });
            Some(Recorded {
                person,
                device,
                envelopes: envelopes.collect(),
            })
        };
        self.entries.into_iter().filter_map(seal).collect()
    }
}
