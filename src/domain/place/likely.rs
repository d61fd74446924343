//! Which classes to visit now, the most likely first: an order with a reason for each class, and no clock.
//!
//! What decides, one after the other: whether the class meets now, by the bells; whether its teacher pilots the
//! change idea; whether the observer was there today already; who waited longest. Where no bells say who meets now,
//! a door beside the last visit comes before waiting: whoever walks a corridor goes on in it.

use super::bells::meets;
use super::hours::{Hours, Now};
use super::missed::Missed;
use super::room::Room;
use crate::domain::id::{ClassId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::people::Class;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is known where classes are looked for. All of it is on the observer's device.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// Who looks; nobody visits their own class.
    pub observer: PersonId,
    /// The observer's sites.
    pub sites: &'a [Hours<'a>],
    /// Classes, of whatever sites.
    pub classes: &'a [Class],
    /// Who pilots the change idea.
    pub pilots: &'a BTreeSet<PersonId>,
    /// Since when the idea's cycle runs, in milliseconds since 1970; none where there is no cycle.
    pub cycle_from_utc_ms: Option<i64>,
    /// The observer's visits on this change idea, in any order.
    pub walks: &'a [Walk],
    /// What the observer could not visit, in any order.
    pub missed: &'a [Mark],
}

/// One of the observer's visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The class; none when the visit names none.
    pub class: Option<ClassId>,
    /// The teacher; none when the visit names none.
    pub teacher: Option<PersonId>,
    /// When.
    pub at: Moment,
}

/// A "not today" of the observer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub site: SiteId,
    /// What was missed.
    pub missed: Missed,
    /// When. It holds until the end of that day at the site.
    pub at: Moment,
}

/// A class that can be visited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// The class.
    pub class: ClassId,
    /// Where it is.
    pub site: SiteId,
    /// Whether it meets now.
    pub meets: Meets,
    /// Whether its teacher pilots the change idea.
    pub pilot: bool,
    /// What to say of it.
    pub reason: Reason,
}

/// Whether a class meets now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meets {
    /// By the bells it does, or will within minutes.
    Now,
    /// Nobody said when it meets, or when the periods are.
    Unknown,
    /// By the bells it does not.
    NotNow,
}

/// Why a class stands where it stands, for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// It is beside the last visit.
    NextDoor,
    /// The observer was not there yet in this cycle of the idea.
    FirstInCycle,
    /// The observer was never there on this idea.
    FirstVisit,
    /// The last visit was so many school days ago; from 1.
    NotVisitedFor {
        /// How many.
        school_days: u32,
    },
    /// The observer was there today.
    VisitedToday,
}

/// For how long after a visit its neighbours are next door, in milliseconds.
const NEXT_DOOR_MS: i64 = 60 * 60 * 1000;

/// Every class of the observer's sites once, the most likely first. Left out are the observer's own classes, and
/// those that were marked "not today" on this day. The same values in any order give the same list. Further
/// classes of a teacher come after one of each.
pub fn likely(around: &Around<'_>, now: Moment) -> Vec<Likely> {
    let sites: BTreeMap<SiteId, Standing<'_>> = around
        .sites
        .iter()
        .filter_map(|hours| Some((hours.site.id, Standing::at(around, hours, now)?)))
        .collect();
    let latest = Latest::of(around, now);
    let mut found = BTreeMap::new();
    for class in around.classes {
        let Some(standing) = sites.get(&class.site) else {
            continue;
        };
        if class.teachers.contains(&around.observer) || standing.is_missed(class) {
            continue;
        }
        let (rank, likely) = standing.weigh(around, &latest, class, now);
        found.entry(class.id).or_insert((rank, class, likely));
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by(|(one, a, _), (other, b, _)| one.cmp(other).then(a.id.cmp(&b.id)));
    // A teacher's second class waits until everybody's first is said.
    let mut said: BTreeSet<PersonId> = BTreeSet::new();
    let (first, further): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, class, _)| {
        let new = class.teachers.iter().any(|teacher| !said.contains(teacher));
        said.extend(&class.teachers);
        new || class.teachers.is_empty()
    });
    let all = first.into_iter().chain(further);
    all.map(|(_, _, likely)| likely).collect()
}

/// What decides the order; what comes first is smaller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    not_now: bool,
    not_pilot: bool,
    unknown: bool,
    visited_today: bool,
    /// How many doors it is from the last visit; only where no bells say who meets now.
    doors: u32,
    /// The longest wait first; whoever was never visited waits longest.
    wait: std::cmp::Reverse<u32>,
    /// With bells, too, the nearer door of two that waited the same.
    doors_then: u32,
    room: Option<Room>,
}

/// A site at the moment, with what the observer did there.
struct Standing<'a> {
    hours: &'a Hours<'a>,
    now: Now<'a>,
    missed: BTreeSet<Missed>,
    /// The rooms of the last visit, if that was just now.
    last_rooms: Vec<Room>,
}

impl<'a> Standing<'a> {
    fn at(around: &Around<'a>, hours: &'a Hours<'a>, at: Moment) -> Option<Self> {
        let now = hours.now(at)?;
        let today = |moment: Moment| {
            let wall = hours.site.offsets.wall(moment);
            wall.is_some_and(|wall| wall.day == now.wall.day)
        };
        let marked = around.missed.iter();
        let here = marked.filter(|mark| mark.site == hours.site.id && today(mark.at));
        let last = walks(around, at).max_by_key(|walk| {
            // Of two at once any one, but always the same.
            (walk.at.at_utc_ms, walk.class, walk.teacher)
        });
        let ago = last.map(|walk| at.at_utc_ms.saturating_sub(walk.at.at_utc_ms));
        let just_now = ago.is_some_and(|ago| ago <= NEXT_DOOR_MS);
        let visited = |class: &&Class| {
            class.site == hours.site.id && last.is_some_and(|walk| is_of(walk, class))
        };
        let rooms = around.classes.iter().filter(|_| just_now).filter(visited);
        let mut last_rooms: Vec<Room> = rooms.filter_map(room).collect();
        last_rooms.sort();
        Some(Self {
            missed: here.map(|mark| mark.missed).collect(),
            last_rooms,
            hours,
            now,
        })
    }

    fn is_missed(&self, class: &Class) -> bool {
        let teacher = |teacher: &PersonId| self.missed.contains(&Missed::Teacher(*teacher));
        self.missed.contains(&Missed::Class(class.id)) || class.teachers.iter().any(teacher)
    }

    fn weigh(
        &self,
        around: &Around<'_>,
        latest: &Latest,
        class: &Class,
        at: Moment,
    ) -> (Rank, Likely) {
        let meets = self.meets(class);
        let pilot = class
            .teachers
            .iter()
            .any(|teacher| around.pilots.contains(teacher));
        let last = latest.with(class);
        let waited = last.map(|last| self.hours.school_days(last, at).unwrap_or(0));
        let visited_today = waited == Some(0);
        let in_cycle = around
            .cycle_from_utc_ms
            .is_none_or(|from| last.is_some_and(|last| last.at_utc_ms >= from));
        let doors = self.doors(class).filter(|_| !visited_today);
        let far = u32::MAX;
        let wait = match (last, in_cycle) {
            (Some(_), true) => waited.unwrap_or(0),
            _ => u32::MAX,
        };
        let rank = Rank {
            not_now: meets == Meets::NotNow,
            not_pilot: !pilot,
            unknown: meets == Meets::Unknown,
            visited_today,
            doors: doors.filter(|_| meets == Meets::Unknown).unwrap_or(far),
            wait: std::cmp::Reverse(if visited_today { 0 } else { wait }),
            doors_then: doors.unwrap_or(far),
            room: room(class),
        };
        let reason = match waited {
            Some(0) => Reason::VisitedToday,
            _ if rank.doors != far => Reason::NextDoor,
            None if around.cycle_from_utc_ms.is_none() => Reason::FirstVisit,
            None => Reason::FirstInCycle,
            Some(_) if !in_cycle => Reason::FirstInCycle,
            Some(school_days) => Reason::NotVisitedFor { school_days },
        };
        let likely = Likely {
            class: class.id,
            site: class.site,
            meets,
            pilot,
            reason,
        };
        (rank, likely)
    }

    fn meets(&self, class: &Class) -> Meets {
        match self.now.period {
            _ if class.periods.is_empty() => Meets::Unknown,
            Some(period) => {
                let now = |said: &String| meets(said, &period.name, self.now.day_type);
                match class.periods.iter().any(now) {
                    true => Meets::Now,
                    false => Meets::NotNow,
                }
            }
            // The bells of this day are known, and no period runs.
            None if self.now.has_bells => Meets::NotNow,
            None => Meets::Unknown,
        }
    }

    /// How many doors the class is from the last visit, if it is next door to it.
    fn doors(&self, class: &Class) -> Option<u32> {
        let room = room(class)?;
        let last = self.last_rooms.iter();
        last.filter_map(|last| room.doors(last)).min()
    }
}

/// When the observer was last in which class and with whom: found once, so that a list takes no longer on a device
/// with many visits.
struct Latest {
    classes: BTreeMap<ClassId, Moment>,
    teachers: BTreeMap<PersonId, Moment>,
}

impl Latest {
    fn of(around: &Around<'_>, at: Moment) -> Self {
        let (mut classes, mut teachers) = (BTreeMap::new(), BTreeMap::new());
        for walk in walks(around, at) {
            if let Some(class) = walk.class {
                let last = classes.entry(class).or_insert(walk.at);
                *last = later(*last, walk.at);
            }
            if let Some(teacher) = walk.teacher {
                let last = teachers.entry(teacher).or_insert(walk.at);
                *last = later(*last, walk.at);
            }
        }
        Self { classes, teachers }
    }

    /// The last visit to the class, or to one of its teachers.
    fn with(&self, class: &Class) -> Option<Moment> {
        let teachers = class.teachers.iter();
        let to_them = teachers.filter_map(|teacher| self.teachers.get(teacher));
        let all = to_them.chain(self.classes.get(&class.id)).copied();
        all.reduce(later)
    }
}

fn later(one: Moment, other: Moment) -> Moment {
    let key = |moment: Moment| (moment.at_utc_ms, moment.offset_min);
    if key(one) < key(other) { other } else { one }
}

/// The visits that count. One of a later day comes from a clock that was wrong, and says nothing.
fn walks<'a>(around: &Around<'a>, at: Moment) -> impl Iterator<Item = &'a Walk> {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let latest = at.at_utc_ms.saturating_add(DAY_MS);
    let walks = around.walks.iter();
    walks.filter(move |walk| walk.at.at_utc_ms <= latest)
}

/// Whether a visit was to this class, or to its teacher.
fn is_of(walk: &Walk, class: &Class) -> bool {
    let teacher = walk
        .teacher
        .is_some_and(|teacher| class.teachers.contains(&teacher));
    walk.class == Some(class.id) || teacher
}

fn room(class: &Class) -> Option<Room> {
    class.room.as_deref().and_then(Room::of)
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests;
