//! What the invented records are like, and that they are always the same.

use super::*;
use crate::domain::event::Fact;
use crate::server::demo::plan::TIME_ZONE;
use crate::server::zone;
use std::collections::{BTreeMap, BTreeSet};

fn plan() -> Plan {
    Plan::of(1, "2026-11-22".parse().expect("a day"))
}

fn known(plan: &Plan) -> Known {
    let mut dice = Dice::of(3, "known");
    let mut id = || dice.bytes::<10>();
    let mut forms = vec![Form::three_reads(); 3];
    for (form, idea) in forms.iter_mut().zip(&IDEAS) {
        form.form.key = idea.key.into();
    }
    Known {
        people: plan
            .people
            .iter()
            .map(|_| Some(PersonId::mint(1, id())))
            .collect(),
        classes: plan
            .classes
            .iter()
            .map(|_| Some(ClassId::mint(1, id())))
            .collect(),
        sites: plan
            .schools
            .iter()
            .map(|_| Some(SiteId::mint(1, id())))
            .collect(),
        forms,
    }
}

fn facts(recorded: &[Recorded]) -> Vec<(usize, i64, Fact)> {
    let all = recorded.iter().flat_map(|recorded| {
        recorded.envelopes.iter().map(|envelope| {
            let body = envelope.open().expect("what is sealed here opens");
            let fact = body
                .read()
                .expect("it is of its form")
                .expect("it is known");
            (recorded.person, body.at_utc_ms, fact)
        })
    });
    all.collect()
}

#[test]
fn the_same_plan_records_the_same_bytes() {
    let plan = plan();
    let known = known(&plan);
    let bodies = || -> Vec<Envelope> {
        let recorded = recorded(&plan, &known);
        recorded.into_iter().flat_map(|one| one.envelopes).collect()
    };
    assert_eq!(bodies(), bodies());
}

#[test]
fn every_id_is_there_once_and_numbers_have_no_gaps() {
    let plan = plan();
    let mut ids = BTreeSet::new();
    let mut devices = BTreeSet::new();
    for recorded in recorded(&plan, &known(&plan)) {
        assert!(devices.insert(recorded.device));
        for (number, envelope) in (1..).zip(&recorded.envelopes) {
            let body = envelope.open().expect("what is sealed here opens");
            assert_eq!((body.number, body.device), (number, recorded.device));
            assert!(ids.insert(body.id));
        }
    }
    assert!((500..3_000).contains(&ids.len()), "{} events", ids.len());
}

#[test]
fn visits_are_on_school_days_in_school_hours_and_before_today() {
    let plan = plan();
    let offsets = zone::offsets(Some(TIME_ZONE), 2026);
    let (mut by_idea, mut read) = (BTreeMap::<String, usize>::new(), 0);
    for (_, at_utc_ms, fact) in facts(&recorded(&plan, &known(&plan))) {
        let at = |at_utc_ms| {
            let moment = Moment {
                at_utc_ms,
                offset_min: 0,
            };
            offsets.wall(moment).expect("a day")
        };
        assert!(at(at_utc_ms).day < plan.today);
        match fact {
            Fact::WalkthroughSubmitted(visit) => {
                let wall = at(visit.begun.at_utc_ms);
                assert!(plan.is_school_day(wall.day), "{}", wall.day);
                assert!((8 * 60..15 * 60).contains(&usize::from(wall.minute)));
                *by_idea.entry(visit.form.key).or_default() += 1;
            }
            Fact::FeedbackOpened(_) => read += 1,
            _ => {}
        }
    }
    let counts: Vec<usize> = IDEAS.iter().map(|idea| by_idea[idea.key]).collect();
    assert!((20..45).contains(&counts[0]), "{counts:?}");
    assert!((4..15).contains(&counts[1]), "{counts:?}");
    assert!((90..200).contains(&counts[2]), "{counts:?}");
    assert!(read > 80, "{read} read");
}

#[test]
fn who_visits_is_not_who_is_visited() {
    let plan = plan();
    let known = known(&plan);
    for (person, _, fact) in facts(&recorded(&plan, &known)) {
        if let Fact::WalkthroughSubmitted(visit) = fact {
            assert_ne!(visit.teacher(), known.people[person]);
            assert!(visit.setting.is_some_and(|setting| setting.minutes <= 10));
        }
    }
}
