//! The form: its core, its kinds, its dose.

use super::words::Limit;
use super::{Faults, rules};
use crate::domain::collect::form::{Dose, Form};
use crate::domain::collect::look_for::{Choice, Component, Kind, LookFor};
use crate::domain::collect::rule::Askable;
use crate::domain::plan::fault::Wrong;

/// How many look-fors a solo visit has.
pub const CORE: std::ops::RangeInclusive<usize> = 4..=6;
/// The most timers in the core.
pub const CORE_TIMERS_MAX: usize = 1;
/// The most counters in the core.
pub const CORE_COUNTERS_MAX: usize = 2;
/// How many anchors a level has.
pub const ANCHORS: std::ops::RangeInclusive<usize> = 2..=5;
/// How many choices there are to choose one from.
pub const ONE: std::ops::RangeInclusive<usize> = 2..=8;
/// How many choices there are to choose any from.
pub const MANY: std::ops::RangeInclusive<usize> = 2..=9;
/// The most look-fors of a form, with those of group walks.
pub const LOOK_FORS: std::ops::RangeInclusive<usize> = 4..=12;
/// What the larger number of a ratio can at most be limited to.
pub const RATIO_MOST: std::ops::RangeInclusive<u16> = 1..=60;
/// The name of "not the moment" among values.
pub const NOT_THE_MOMENT: &str = "not_the_moment";

pub(super) fn check(faults: &mut Faults, form: &Form) {
    for (place, look_for) in form.look_fors.iter().enumerate() {
        let place = format!("look_for[{place}]");
        faults.words(&place, &look_for.words, Limit::LOOK_FOR);
        faults.require(
            look_for.component != Component::Outcome,
            format!("{place}.who"),
            Wrong::LookForOutcome,
        );
        kind(faults, &place, &look_for.kind);
    }
    rules::check(faults, &form.look_fors);
    whole(faults, form);
    match &form.dose {
        Some(dose) => self::dose(faults, form, dose),
        None => faults.add("", Wrong::Missing { name: "dose" }),
    }
}

fn whole(faults: &mut Faults, form: &Form) {
    let many = form.look_fors.len();
    faults.require(
        LOOK_FORS.contains(&many),
        "look_for",
        how_many(many, LOOK_FORS),
    );
    let core: Vec<&LookFor> = form.look_fors.iter().filter(|one| one.core).collect();
    let found = core.len();
    faults.require(CORE.contains(&found), "look_for", Wrong::CoreSize { found });
    let of = |wanted: &Kind| core.iter().filter(|one| one.kind == *wanted).count();
    let timers = of(&Kind::Timer);
    faults.require(timers <= CORE_TIMERS_MAX, "look_for", Wrong::CoreTimers);
    let counters = of(&Kind::Counter);
    faults.require(
        counters <= CORE_COUNTERS_MAX,
        "look_for",
        Wrong::CoreCounters,
    );
    let students = |one: &&LookFor| one.component == Component::Students;
    faults.require(
        core.iter().any(students),
        "look_for",
        Wrong::NoStudentsInCore,
    );
    let level = |one: &LookFor| matches!(one.kind, Kind::Level { .. });
    faults.require(form.look_fors.iter().any(level), "look_for", Wrong::NoLevel);
    let uses_seats = form.look_fors.iter().any(|one| one.kind == Kind::Seats);
    faults.require(form.seats || !uses_seats, "seats", Wrong::SeatsNotAsked);
    faults.require(!form.seats || uses_seats, "seats", Wrong::SeatsForNothing);
}

fn kind(faults: &mut Faults, place: &str, kind: &Kind) {
    match kind {
        Kind::Level { anchors } => {
            let found = anchors.len();
            let list = format!("{place}.anchors");
            faults.require(ANCHORS.contains(&found), &*list, how_many(found, ANCHORS));
            for (number, anchor) in anchors.iter().enumerate() {
                faults.words(&format!("{list}[{number}]"), anchor, Limit::ANCHOR);
            }
        }
        Kind::Ratio { part, of, most } => {
            faults.words(&format!("{place}.part"), part, Limit::SIDE);
            faults.words(&format!("{place}.of"), of, Limit::SIDE);
            faults.require(
                most.is_none_or(|most| RATIO_MOST.contains(&most)),
                format!("{place}.most"),
                Wrong::OutOfRange {
                    least: (*RATIO_MOST.start()).into(),
                    most: (*RATIO_MOST.end()).into(),
                },
            );
        }
        Kind::One { choices } => self::choices(faults, place, choices, ONE),
        Kind::Many { choices } => self::choices(faults, place, choices, MANY),
        Kind::States | Kind::Counter | Kind::Timer | Kind::Seats | Kind::Note => {}
    }
}

fn choices(
    faults: &mut Faults,
    place: &str,
    choices: &[Choice],
    range: std::ops::RangeInclusive<usize>,
) {
    let list = format!("{place}.choices");
    let found = choices.len();
    faults.require(range.contains(&found), &*list, how_many(found, range));
    let mut seen = Vec::new();
    for (number, choice) in choices.iter().enumerate() {
        let place = format!("{list}[{number}]");
        let key = format!("{place}.key");
        faults.key(&key, &choice.key);
        faults.require(!seen.contains(&&choice.key), key, Wrong::KeyTwice);
        seen.push(&choice.key);
        faults.words(&place, &choice.words, Limit::CHOICE);
    }
    let apart = choices.iter().filter(|choice| choice.apart).count();
    faults.require(apart <= 1, list, Wrong::ApartTwice);
}

/// Every value of the dose's look-for stands in one list, and "not the moment" outside whatever is written.
fn dose(faults: &mut Faults, form: &Form, dose: &Dose) {
    let place = "dose.look_for";
    let Some(look_for) = form.look_for(&dose.look_for) else {
        return faults.add(place, Wrong::NoSuchLookFor);
    };
    let Askable::Values(values) = look_for.kind.askable() else {
        return faults.add(place, Wrong::DoseKind);
    };
    faults.require(look_for.core, place, Wrong::DoseNotInCore);
    let lists = [
        ("dose.in_use", &dose.in_use),
        ("dose.not_in_use", &dose.not_in_use),
        ("dose.outside", &dose.outside),
    ];
    let mut seen: Vec<&str> = Vec::new();
    for (list, written) in lists {
        for (number, value) in written.iter().enumerate() {
            let place = format!("{list}[{number}]");
            if value == NOT_THE_MOMENT {
                faults.require(list == "dose.outside", place, Wrong::DoseMoment);
            } else if !values.contains(value) {
                let known = values.clone();
                faults.add(place, Wrong::NoSuchValue { known });
            } else if seen.contains(&&**value) {
                faults.add(place, Wrong::DoseTwice);
            }
            seen.push(value);
        }
    }
    for value in values.iter().filter(|value| !seen.contains(&&***value)) {
        let value = value.clone();
        faults.add("dose", Wrong::DoseMissing { value });
    }
    for (list, written) in lists.into_iter().take(2) {
        faults.require(!written.is_empty(), list, how_many(0, 1..=values.len()));
    }
}

fn how_many(found: usize, range: std::ops::RangeInclusive<usize>) -> Wrong {
    Wrong::HowMany {
        found,
        least: *range.start(),
        most: *range.end(),
    }
}
