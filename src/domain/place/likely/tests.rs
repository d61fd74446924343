//! Tables of examples, and what holds for all lists.

use super::*;
use crate::domain::place::{Bells, Calendar, Day, DayType, Period, Schedule, Site, Wall};
use proptest::prelude::*;
use rstest::rstest;

fn site(number: u8) -> SiteId {
    SiteId::mint(1, [number; 10])
}

fn person(number: u8) -> PersonId {
    PersonId::mint(1, [number; 10])
}

fn class_id(number: u8) -> ClassId {
    ClassId::mint(1, [number; 10])
}

/// A class taught by the person of the same number.
fn class(number: u8, room: &str, periods: &[&str]) -> Class {
    Class {
        id: class_id(number),
        site: site(1),
        school_year: 2027,
        title: format!("Class {number}"),
        teachers: vec![person(number)],
        room: Some(room.into()).filter(|room: &String| !room.is_empty()),
        grades: Vec::new(),
        subjects: Vec::new(),
        periods: periods.iter().map(|period| (*period).to_owned()).collect(),
        students: None,
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Friday, 20 November 2026, and a time in UTC, which is what this site's wall shows.
fn at(on: &str, minute: u16) -> Moment {
    let wall = Wall {
        day: day(on),
        minute,
    };
    Moment {
        at_utc_ms: crate::domain::place::Offsets::default().instant(wall, 0),
        offset_min: 0,
    }
}

fn now() -> Moment {
    at("2026-11-20", 620)
}

/// The lives of everything that [`Around`] borrows.
#[derive(Debug)]
struct World {
    sites: Vec<Site>,
    bells: Option<Bells>,
    calendar: Option<Calendar>,
    classes: Vec<Class>,
    pilots: BTreeSet<PersonId>,
    cycle_from_utc_ms: Option<i64>,
    walks: Vec<Walk>,
    missed: Vec<Mark>,
}

impl World {
    fn of(classes: Vec<Class>) -> Self {
        let named = |number| Site {
            id: site(number),
            name: format!("Site {number}"),
            offsets: Default::default(),
        };
        Self {
            sites: vec![named(1)],
            bells: None,
            calendar: None,
            classes,
            pilots: BTreeSet::new(),
            cycle_from_utc_ms: None,
            walks: Vec::new(),
            missed: Vec::new(),
        }
    }

    /// Periods 1 to 6 of an hour each from 8:00 on an A day; on a B day nothing.
    fn with_bells(mut self) -> Self {
        let period = |number: u16| Period {
            name: number.to_string(),
            starts_min: 480 + (number - 1) * 60,
            ends_min: 480 + number * 60,
        };
        let schedule = |day_type: &str, periods| Schedule {
            day_type: DayType(day_type.into()),
            periods,
        };
        self.bells = Some(Bells {
            site: site(1),
            schedules: vec![
                schedule("A", (1..=6).map(period).collect()),
                schedule("B", Vec::new()),
            ],
        });
        let days = [("2026-11-19", "B"), ("2026-11-20", "A")];
        let days = days.map(|(on, kind)| (day(on), Some(DayType(kind.into()))));
        self.calendar = Some(Calendar::of(days.into()));
        self
    }

    fn visited(mut self, number: u8, when: Moment) -> Self {
        self.walks.push(Walk {
            class: Some(class_id(number)),
            teacher: Some(person(number)),
            at: when,
        });
        self
    }

    fn list(&self) -> Vec<Likely> {
        self.list_at(now())
    }

    fn list_at(&self, now: Moment) -> Vec<Likely> {
        let hours = self.sites.iter().map(|site| Hours {
            site,
            bells: self.bells.as_ref().filter(|bells| bells.site == site.id),
            calendar: self.calendar.as_ref(),
        });
        let sites: Vec<Hours> = hours.collect();
        let around = Around {
            observer: person(100),
            sites: &sites,
            classes: &self.classes,
            pilots: &self.pilots,
            cycle_from_utc_ms: self.cycle_from_utc_ms,
            walks: &self.walks,
            missed: &self.missed,
        };
        likely(&around, now)
    }

    /// The list by the classes' numbers, with their reasons.
    fn said(&self) -> Vec<(u8, Reason)> {
        let number = |likely: &Likely| likely.class.0.as_bytes()[15];
        let list = self.list();
        list.iter()
            .map(|likely| (number(likely), likely.reason))
            .collect()
    }

    fn order(&self) -> Vec<u8> {
        self.said().into_iter().map(|(number, _)| number).collect()
    }
}

#[test]
fn who_meets_now_comes_first_and_who_does_not_last() {
    let classes = vec![
        class(1, "1", &["2"]),
        class(2, "2", &[]),
        class(3, "3", &["3"]),
        class(4, "4", &["3(A)"]),
        class(5, "5", &["3(B)"]),
    ];
    let world = World::of(classes).with_bells();
    assert_eq!(world.order(), [3, 4, 2, 1, 5]);
    let meets: Vec<Meets> = world.list().iter().map(|likely| likely.meets).collect();
    use Meets::{NotNow, Unknown};
    assert_eq!(meets, [Meets::Now, Meets::Now, Unknown, NotNow, NotNow]);
}

#[test]
fn on_a_day_whose_bells_nobody_knows_nobody_is_said_to_meet() {
    let world = World::of(vec![class(1, "1", &["3"])]).with_bells();
    for on in ["2026-11-21", "2026-11-23"] {
        let list = world.list_at(at(on, 620));
        assert_eq!(
            list.first().map(|likely| likely.meets),
            Some(Meets::Unknown)
        );
    }
    // The bells of a B day are known: it has none.
    let list = world.list_at(at("2026-11-19", 620));
    assert_eq!(list.first().map(|likely| likely.meets), Some(Meets::NotNow));
}

#[test]
fn a_pilot_comes_before_others_who_meet_now() {
    let classes = vec![class(1, "1", &["3"]), class(2, "2", &["3"])];
    let mut world = World::of(classes).with_bells();
    assert_eq!(world.order(), [1, 2]);
    world.pilots.insert(person(2));
    assert_eq!(world.order(), [2, 1]);
}

#[test]
fn who_waited_longest_comes_first_and_is_told_so() {
    let classes = (1..=4).map(|number| class(number, "", &[])).collect();
    let world = World::of(classes)
        .visited(1, at("2026-11-17", 600))
        .visited(2, at("2026-11-09", 600))
        .visited(3, at("2026-11-20", 500));
    let days = |school_days| Reason::NotVisitedFor { school_days };
    let wanted = [
        (4, Reason::FirstVisit),
        (2, days(9)),
        (1, days(3)),
        (3, Reason::VisitedToday),
    ];
    assert_eq!(world.said(), wanted);
}

#[test]
fn a_visit_before_the_cycle_is_the_first_of_the_cycle_again() {
    let classes = (1..=3).map(|number| class(number, "", &[])).collect();
    let mut world = World::of(classes)
        .visited(1, at("2026-11-17", 600))
        .visited(2, at("2026-11-02", 600));
    world.cycle_from_utc_ms = Some(at("2026-11-09", 0).at_utc_ms);
    let first = Reason::FirstInCycle;
    let days = Reason::NotVisitedFor { school_days: 3 };
    assert_eq!(world.said(), [(2, first), (3, first), (1, days)]);
}

#[rstest]
#[case::just_now(590, &[2, 4, 3, 1])]
#[case::too_long_ago(500, &[3, 4, 2, 1])]
fn without_bells_the_next_door_comes_before_waiting(#[case] minute: u16, #[case] wanted: &[u8]) {
    let classes = vec![
        class(1, "Room 11", &[]),
        class(2, "12", &[]),
        class(3, "30", &[]),
        class(4, "13", &[]),
    ];
    let world = World::of(classes)
        .visited(1, at("2026-11-20", minute))
        .visited(2, at("2026-11-18", 600))
        .visited(4, at("2026-11-17", 600))
        .visited(3, at("2026-11-02", 600));
    assert_eq!(world.order(), wanted);
    let said = world.said();
    let next_door = said.iter().any(|(_, reason)| *reason == Reason::NextDoor);
    assert_eq!(next_door, minute == 590);
}

#[test]
fn not_today_lasts_until_the_end_of_the_day_at_the_site() {
    let classes = (1..=3).map(|number| class(number, "", &[])).collect();
    let mut world = World::of(classes);
    let mark = |missed, at| Mark {
        site: site(1),
        missed,
        at,
    };
    world.missed = vec![
        mark(Missed::Class(class_id(1)), at("2026-11-20", 0)),
        mark(Missed::Teacher(person(2)), at("2026-11-20", 619)),
        mark(Missed::Class(class_id(3)), at("2026-11-19", 1439)),
    ];
    assert_eq!(world.order(), [3]);
    assert_eq!(world.list_at(at("2026-11-21", 0)).len(), 3);
}

#[test]
fn a_teachers_second_class_waits_for_everybodys_first() {
    let mut classes: Vec<Class> = (1..=4).map(|number| class(number, "", &[])).collect();
    classes[1].teachers = vec![person(1)];
    let world = World::of(classes);
    assert_eq!(world.order(), [1, 3, 4, 2]);
}

#[test]
fn nobody_is_sent_to_their_own_class_or_to_another_site() {
    let mut classes: Vec<Class> = (1..=3).map(|number| class(number, "", &[])).collect();
    classes[0].teachers.push(person(100));
    classes[1].site = site(2);
    assert_eq!(World::of(classes).order(), [3]);
}

#[test]
fn a_visit_of_a_clock_that_was_wrong_says_nothing() {
    let world = World::of(vec![class(1, "", &[])]).visited(1, at("2027-11-20", 600));
    assert_eq!(world.said(), [(1, Reason::FirstVisit)]);
}

/// A world of few values, so that they meet.
fn any_world() -> impl Strategy<Value = World> {
    let class = (1u8..4, 1u8..6, 0u8..15, 0u8..8).prop_map(|(at, teacher, room, period)| {
        let mut class = class(0, &format!("{room}"), &[]);
        class.site = site(at);
        class.teachers = vec![person(teacher)];
        if period > 0 {
            class.periods = vec![period.to_string()];
        }
        class
    });
    let walk = (0u8..14, -20i64..3, 0u16..1440).prop_map(|(number, days, minute)| {
        let on = day("2026-11-20").plus(days);
        let at = at(&on.to_string(), minute);
        let class = Some(class_id(number));
        Walk {
            class,
            teacher: None,
            at,
        }
    });
    let mark =
        (1u8..4, 0u8..14, prop::bool::ANY, -2i64..2).prop_map(|(at_site, number, of, days)| {
            let on = day("2026-11-20").plus(days);
            Mark {
                site: site(at_site),
                missed: match of {
                    true => Missed::Class(class_id(number)),
                    false => Missed::Teacher(person(number)),
                },
                at: at(&on.to_string(), 600),
            }
        });
    (
        prop::collection::vec(class, 0..12),
        prop::collection::vec(walk, 0..12),
        prop::collection::vec(mark, 0..6),
        prop::collection::btree_set(1u8..6, 0..3),
        prop::bool::ANY,
        prop::option::of(-10i64..1),
    )
        .prop_map(|(classes, walks, missed, pilots, bells, cycle)| {
            let classes = classes
                .into_iter()
                .enumerate()
                .map(|(number, class)| Class {
                    id: class_id(number as u8),
                    ..class
                });
            let mut world = World::of(classes.collect());
            let second = Site {
                id: site(2),
                ..world.sites[0].clone()
            };
            world.sites.push(second);
            if bells {
                world = world.with_bells();
            }
            world.walks = walks;
            world.missed = missed;
            world.pilots = pilots.into_iter().map(person).collect();
            let from = |days| at(&day("2026-11-20").plus(days).to_string(), 0).at_utc_ms;
            world.cycle_from_utc_ms = cycle.map(from);
            world
        })
}

proptest! {
    #[test]
    fn each_class_of_the_observers_sites_is_said_once_but_for_those_marked_today(world in any_world()) {
        let said: Vec<ClassId> = world.list().iter().map(|likely| likely.class).collect();
        let once: BTreeSet<ClassId> = said.iter().copied().collect();
        prop_assert_eq!(said.len(), once.len());
        let here = |class: &&Class| world.sites.iter().any(|site| site.id == class.site);
        let marked = |class: &Class| world.missed.iter().any(|mark| {
            let of = match mark.missed {
                Missed::Class(id) => id == class.id,
                Missed::Teacher(teacher) => class.teachers.contains(&teacher),
            };
            of && mark.site == class.site && mark.at == at("2026-11-20", 600)
        });
        let wanted: BTreeSet<ClassId> = world
            .classes
            .iter()
            .filter(here)
            .filter(|class| !marked(class))
            .map(|class| class.id)
            .collect();
        prop_assert_eq!(once, wanted);
    }

    #[test]
    fn the_order_in_which_things_are_known_does_not_matter(world in any_world(), turn in 0usize..12) {
        let list = world.list();
        let mut turned = world;
        let turn_by = |length: usize| if length == 0 { 0 } else { turn % length };
        let by = turn_by(turned.classes.len());
        turned.classes.rotate_left(by);
        turned.walks.reverse();
        turned.missed.reverse();
        turned.sites.reverse();
        prop_assert_eq!(turned.list(), list);
    }

    #[test]
    fn no_class_that_does_not_meet_stands_before_a_first_that_does(world in any_world()) {
        let list = world.list();
        let mut teachers = BTreeSet::new();
        let mut not_now = false;
        for likely in &list {
            let class = world.classes.iter().find(|class| class.id == likely.class);
            let first = class.is_some_and(|class| teachers.insert(class.teachers.clone()));
            if first {
                prop_assert!(!(not_now && likely.meets != Meets::NotNow));
                not_now |= likely.meets == Meets::NotNow;
            }
        }
    }
}
