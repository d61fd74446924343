//! Three change ideas, each at another point of its way, and who visits whom.
//!
//! One is tested by three teachers of one school and in its fourth week, which is the usual case; one is in
//! baseline; one was adopted and has spread to other schools.

use super::plan::{Job, Level, Person, Plan, School};
use std::ops::Range;

/// A change idea in the district.
#[derive(Clone, Copy, Debug)]
pub struct Idea {
    /// Its key in the starter library.
    pub key: &'static str,
    /// Where its pilot is: the number of the school.
    pub school: usize,
    /// Which of the school's teachers pilot it, by their places among them.
    pub pilots: &'static [usize],
    /// So many school days ago its baseline began.
    pub baseline_from: usize,
    /// So many school days ago its test began; none in baseline.
    pub testing_from: Option<usize>,
    /// So many school days ago it was adopted; none before.
    pub adopted: Option<usize>,
    /// Where it has spread to, and since how many school days: schools with places of their teachers.
    pub spread: &'static [(usize, Range<usize>, usize)],
    /// How many visits there are in five school days, in the baseline and in the test.
    pub visits_a_week: (usize, usize),
}

/// The three of them.
pub const IDEAS: [Idea; 3] = [
    Idea {
        key: "three-reads",
        school: 1,
        pilots: &[1, 4, 6],
        baseline_from: 27,
        testing_from: Some(18),
        adopted: None,
        spread: &[],
        visits_a_week: (4, 7),
    },
    Idea {
        key: "ask-when-confused",
        school: 4,
        pilots: &[0, 3, 5, 7],
        baseline_from: 8,
        testing_from: None,
        adopted: None,
        spread: &[],
        visits_a_week: (5, 0),
    },
    Idea {
        key: "language-frames",
        school: 5,
        pilots: &[1, 4, 7],
        baseline_from: 92,
        testing_from: Some(80),
        adopted: Some(30),
        spread: &[(5, 0..9, 60), (6, 0..8, 45), (2, 0..5, 38)],
        visits_a_week: (5, 8),
    },
];

impl Idea {
    /// Who pilots it.
    pub fn pilots<'a>(&self, plan: &'a Plan) -> Vec<&'a Person> {
        let teachers: Vec<&Person> = teachers(plan, self.school).map(|(_, one)| one).collect();
        let pilots = self.pilots.iter();
        pilots
            .filter_map(|pilot| teachers.get(*pilot).copied())
            .collect()
    }

    /// Who is in its team, each since so many school days ago: who piloted it first, and those to whom it has spread.
    pub fn team<'a>(&self, plan: &'a Plan) -> Vec<(&'a Person, usize)> {
        let pilots = self.pilots(plan).into_iter();
        let mut team: Vec<_> = pilots.map(|one| (one, self.baseline_from)).collect();
        for (school, places, since) in self.spread {
            let here = teachers(plan, *school).enumerate();
            let here = here.filter(|(nth, _)| places.contains(nth));
            team.extend(here.map(|(_, (_, one))| (one, *since)));
        }
        let mut once = std::collections::BTreeSet::new();
        team.retain(|(one, _)| once.insert(&one.id));
        team
    }

    /// Whose lessons may show it, so many school days ago, by their places among the people: first the pilots,
    /// then those to whom it had spread.
    pub fn teachers(&self, plan: &Plan, ago: usize) -> Vec<usize> {
        let at =
            |school: usize, nth: usize| teachers(plan, school).nth(nth).map(|(place, _)| place);
        let pilots = self.pilots.iter().filter_map(|nth| at(self.school, *nth));
        let mut all: Vec<usize> = pilots.collect();
        for (school, places, since) in self.spread {
            if ago <= *since {
                all.extend(places.clone().filter_map(|nth| at(*school, nth)));
            }
        }
        let mut once = std::collections::BTreeSet::new();
        all.retain(|place| once.insert(*place));
        all
    }

    /// Who visits a teacher, by their places among the people: the school's principal and coach, and of a pilot the
    /// other pilots.
    pub fn observers(&self, plan: &Plan, teacher: usize) -> Vec<usize> {
        let school = plan.people.get(teacher).and_then(|person| person.school);
        let level = plan
            .schools
            .iter()
            .find(|known| Some(known.number) == school)
            .map(|school: &School| school.level);
        let pilots = self.pilots(plan);
        let is_pilot = |person: &Person| pilots.iter().any(|pilot| pilot.id == person.id);
        let of_pilot = plan.people.get(teacher).is_some_and(is_pilot);
        let visits = |(place, person): (usize, &Person)| {
            let by_job = match person.job {
                Job::Principal => person.school == school,
                Job::Coach(of) => Some(of) == level,
                Job::Teacher => of_pilot && place != teacher && is_pilot(person),
                Job::Lead | Job::Admin => false,
            };
            by_job.then_some(place)
        };
        plan.people.iter().enumerate().filter_map(visits).collect()
    }

    /// How likely its use is so many school days ago, in percent: a quarter before the test, and from a third on it
    /// grows.
    pub fn in_use_percent(&self, ago: usize) -> usize {
        match self.testing_from {
            Some(from) if ago <= from => (34 + (from - ago) * 5 / 2).min(78),
            _ => 25,
        }
    }
}

/// The teachers of a school with their places among the people.
fn teachers(plan: &Plan, school: usize) -> impl Iterator<Item = (usize, &Person)> {
    let people = plan.people.iter().enumerate();
    people.filter(move |(_, person)| person.job == Job::Teacher && person.school == Some(school))
}

/// The level of a school; of none, elementary.
pub fn level(plan: &Plan, school: usize) -> Level {
    let known = plan.schools.iter().find(|known| known.number == school);
    known.map_or(Level::Elementary, |school| school.level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan::of(1, "2026-11-22".parse().expect("a day"))
    }

    #[test]
    fn one_is_in_its_fourth_week_one_in_baseline_and_one_has_spread() {
        let plan = plan();
        let [usual, baseline, spread] = &IDEAS;
        assert_eq!(usual.pilots(&plan).len(), 3);
        assert!(
            usual
                .testing_from
                .is_some_and(|from| (15..20).contains(&from))
        );
        assert!(baseline.testing_from.is_none());
        assert!(spread.adopted.is_some());
        assert_eq!(spread.teachers(&plan, 80).len(), 3);
        assert!(spread.teachers(&plan, 1).len() >= 20);
        assert_eq!(spread.team(&plan).len(), spread.teachers(&plan, 1).len());
    }

    #[test]
    fn nobody_visits_themselves_and_everybody_is_visited_by_their_own() {
        let plan = plan();
        for idea in &IDEAS {
            for teacher in idea.teachers(&plan, 0) {
                let observers = idea.observers(&plan, teacher);
                assert!(observers.len() >= 2 && !observers.contains(&teacher));
            }
        }
    }

    #[test]
    fn use_grows_and_never_becomes_all() {
        let [usual, baseline, _] = &IDEAS;
        assert!(usual.in_use_percent(20) < usual.in_use_percent(10));
        assert!(usual.in_use_percent(0) < 100);
        assert_eq!(baseline.in_use_percent(0), 25);
    }
}
