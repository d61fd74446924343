//! Relevance: what a look-for says of those before it.

use super::Faults;
use super::look_fors::NOT_THE_MOMENT;
use crate::domain::collect::look_for::{LookFor, LookForKey, Rule};
use crate::domain::collect::rule::Askable;
use crate::domain::plan::fault::Wrong;

/// How deep rules may stand within rules.
const DEPTH_MAX: usize = 4;

pub(super) fn check(faults: &mut Faults, look_fors: &[LookFor]) {
    for (number, look_for) in look_fors.iter().enumerate() {
        if let Some(when) = &look_for.when {
            let place = format!("look_for[{number}].when");
            let before = look_fors.get(..number).unwrap_or_default();
            let all = look_fors;
            rule(faults, &place, when, &Others { before, all }, 1);
        }
    }
}

struct Others<'a> {
    before: &'a [LookFor],
    all: &'a [LookFor],
}

impl Others<'_> {
    fn find(&self, faults: &mut Faults, place: &str, key: &LookForKey) -> Option<&LookFor> {
        let find = |list: &[LookFor]| list.iter().position(|one| one.key == *key);
        if let Some(found) = find(self.before) {
            return self.before.get(found);
        }
        let wrong = match find(self.all) {
            Some(_) => Wrong::NotBefore,
            None => Wrong::NoSuchLookFor,
        };
        faults.add(format!("{place}.look_for"), wrong);
        None
    }
}

fn rule(faults: &mut Faults, place: &str, rule: &Rule, others: &Others<'_>, depth: usize) {
    if depth > DEPTH_MAX {
        return faults.add(place, Wrong::TooDeep);
    }
    match rule {
        Rule::Is { look_for, any_of } => {
            let Some(look_for) = others.find(faults, place, look_for) else {
                return;
            };
            let list = format!("{place}.is");
            let Askable::Values(mut known) = look_for.kind.askable() else {
                return faults.add(list, Wrong::NoSuchValue { known: Vec::new() });
            };
            known.push(NOT_THE_MOMENT.into());
            if any_of.is_empty() {
                faults.add(
                    &*list,
                    Wrong::HowMany {
                        found: 0,
                        least: 1,
                        most: known.len(),
                    },
                );
            }
            for (number, value) in any_of.iter().enumerate() {
                let known = known.clone();
                let there = known.contains(value);
                let place = format!("{list}[{number}]");
                faults.require(there, place, Wrong::NoSuchValue { known });
            }
        }
        Rule::AtLeast { look_for, number } => {
            let Some(look_for) = others.find(faults, place, look_for) else {
                return;
            };
            let place = format!("{place}.at_least");
            match look_for.kind.askable() {
                Askable::Number(Some(most)) => {
                    let wrong = Wrong::OutOfRange { least: 0, most };
                    faults.require(*number <= most, place, wrong);
                }
                Askable::Number(None) => {}
                Askable::Values(_) | Askable::Nothing => faults.add(place, Wrong::NoNumber),
            }
        }
        Rule::All(rules) | Rule::Any(rules) => {
            let name = match rule {
                Rule::All(_) => "all",
                _ => "any",
            };
            if rules.is_empty() {
                let wrong = Wrong::HowMany {
                    found: 0,
                    least: 1,
                    most: 9,
                };
                faults.add(format!("{place}.{name}"), wrong);
            }
            for (number, inner) in rules.iter().enumerate() {
                let place = format!("{place}.{name}[{number}]");
                self::rule(faults, &place, inner, others, depth + 1);
            }
        }
        Rule::Not(inner) => {
            self::rule(faults, &format!("{place}.not"), inner, others, depth + 1);
        }
    }
}
