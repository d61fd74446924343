//! What an observer marks on a form, whatever look-fors it has.

use super::dice::Dice;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{Kind, LookFor, LookForKey};
use crate::domain::collect::rating::Rating;
use std::collections::BTreeMap;

/// A visit's ratings: of the core, as on a solo visit, in the order of the form. `in_use` says whether the idea was
/// in use in this lesson, and decides what the dose says and how much is seen.
pub fn rate(form: &Form, in_use: bool, dice: &mut Dice) -> Vec<Rated> {
    let mut marked: BTreeMap<&str, Rating> = BTreeMap::new();
    let mut rated = Vec::new();
    let has_core = form.look_fors.iter().any(|look_for| look_for.core);
    for look_for in form.look_fors.iter().filter(|one| one.core || !has_core) {
        let before = |key: &LookForKey| marked.get(&*key.0);
        let asked = look_for.when.as_ref();
        if !asked.is_none_or(|rule| rule.holds(&before)) {
            continue;
        }
        let is_dose = form
            .dose
            .as_ref()
            .filter(|dose| dose.look_for == look_for.key);
        let rating = match is_dose {
            Some(dose) => {
                let values = if in_use {
                    &dose.in_use
                } else {
                    &dose.not_in_use
                };
                dice.one(values)
                    .map(|value| of_value(value, &look_for.kind))
            }
            None if dice.percent(4) => Some(Rating::NotTheMoment),
            // Not everything is looked for on every visit.
            None if dice.percent(6) => None,
            None => mark(look_for, in_use, dice),
        };
        if let Some(rating) = rating {
            marked.insert(&look_for.key.0, rating.clone());
            rated.push(Rated {
                look_for: look_for.key.clone(),
                rating,
            });
        }
    }
    rated
}

/// A value of a dose as its look-for says it: the name of a state, or the key of a choice.
fn of_value(value: &str, kind: &Kind) -> Rating {
    let state = Rating::STATES
        .into_iter()
        .find(|state| serde_json::to_value(state).is_ok_and(|name| name == value));
    match (kind, state) {
        (_, Some(state)) => state,
        (Kind::Many { .. }, None) => Rating::Many(vec![value.into()]),
        (_, None) => Rating::One(value.into()),
    }
}

fn mark(look_for: &LookFor, in_use: bool, dice: &mut Dice) -> Option<Rating> {
    let warm = if in_use { 70 } else { 25 };
    let number = |most: usize, dice: &mut Dice| {
        let half = most.div_ceil(2);
        match dice.percent(warm) {
            true => dice.between(half, most),
            false => dice.between(0, half),
        }
    };
    Some(match &look_for.kind {
        Kind::States => match dice.below(100) {
            thrown if thrown < warm => Rating::Seen,
            thrown if thrown < warm + 20 => Rating::Partly,
            _ => Rating::NotSeen,
        },
        Kind::Level { anchors } => {
            let level = number(anchors.len().saturating_sub(1), dice);
            Rating::Level(u8::try_from(level).unwrap_or_default())
        }
        Kind::Counter => {
            let mut seconds: Vec<u32> = (0..number(7, dice))
                .map(|_| dice.between(20, 400) as u32)
                .collect();
            seconds.sort_unstable();
            Rating::Count(seconds)
        }
        Kind::Timer => Rating::Timed {
            seconds: number(240, dice) as u32,
            unsure: false,
        },
        Kind::Ratio { most, .. } => {
            let most = usize::from(most.unwrap_or(5)).clamp(1, 5);
            let of = dice.between(most.min(3), most);
            Rating::Ratio {
                part: u16::try_from(number(of, dice)).unwrap_or_default(),
                of: u16::try_from(of).unwrap_or_default(),
            }
        }
        Kind::Seats => Rating::Seats {
            focus: u16::try_from(number(4, dice)).unwrap_or_default(),
            others: u16::try_from(number(6, dice)).unwrap_or_default(),
        },
        Kind::One { choices } => {
            let among: Vec<_> = choices.iter().filter(|one| one.apart != in_use).collect();
            let chosen = dice.one(&among).copied().or(choices.first())?;
            Rating::One(chosen.key.clone())
        }
        Kind::Many { choices } => {
            let among = choices.iter().filter(|one| !one.apart);
            let mut keys: Vec<String> = among
                .filter(|_| dice.percent(warm / 2 + 10))
                .map(|one| one.key.clone())
                .collect();
            if keys.is_empty() {
                let apart = choices.iter().find(|one| one.apart).or(choices.first());
                keys.extend(apart.map(|one| one.key.clone()));
            }
            Rating::Many(keys)
        }
        // What is written down is said as the visit's note.
        Kind::Note => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::form::Dose;
    use crate::domain::collect::look_for::{Bilingual, Choice, Component, Rule};

    fn words() -> Bilingual {
        Bilingual {
            en: String::new(),
            es: String::new(),
        }
    }

    fn look_for(key: &str, kind: Kind) -> LookFor {
        LookFor {
            key: LookForKey(key.into()),
            component: Component::Adults,
            words: words(),
            core: true,
            kind,
            when: None,
        }
    }

    /// A form with every kind, a dose, and a rule that rests on it.
    fn form() -> Form {
        let choice = |key: &str, apart| Choice {
            key: key.into(),
            words: words(),
            apart,
        };
        let choices = vec![choice("some", false), choice("none", true)];
        let mut form = Form::three_reads();
        form.look_fors = vec![
            look_for(
                "dose",
                Kind::One {
                    choices: choices.clone(),
                },
            ),
            look_for("state", Kind::States),
            look_for(
                "level",
                Kind::Level {
                    anchors: vec![words(), words(), words()],
                },
            ),
            look_for("counter", Kind::Counter),
            look_for("timer", Kind::Timer),
            look_for(
                "ratio",
                Kind::Ratio {
                    part: words(),
                    of: words(),
                    most: Some(3),
                },
            ),
            look_for("seats", Kind::Seats),
            look_for("many", Kind::Many { choices }),
            look_for("note", Kind::Note),
        ];
        let key = LookForKey("dose".into());
        form.dose = Some(Dose {
            look_for: key.clone(),
            in_use: vec!["some".into()],
            not_in_use: vec!["none".into()],
            outside: Vec::new(),
        });
        let used = Rule::Is {
            look_for: key,
            any_of: vec!["none".into()],
        };
        if let Some(state) = form.look_fors.get_mut(1) {
            state.when = Some(Rule::Not(Box::new(used)));
        }
        form
    }

    #[test]
    fn every_rating_is_one_that_its_look_for_can_have() {
        let mut dice = Dice::of(1, "rate");
        let form = form();
        for visit in 0..400 {
            let in_use = visit % 2 == 0;
            for rated in rate(&form, in_use, &mut dice) {
                let look_for = form.look_for(&rated.look_for).expect("it is of the form");
                let fits = match (&look_for.kind, &rated.rating) {
                    (_, Rating::NotTheMoment) => look_for.key.0 != "dose",
                    (Kind::States, rating) => in_use && rating.is_state(),
                    (Kind::Level { anchors }, Rating::Level(level)) => {
                        usize::from(*level) < anchors.len()
                    }
                    (Kind::Counter, Rating::Count(times)) => times.is_sorted(),
                    (Kind::Timer, Rating::Timed { .. }) | (Kind::Seats, Rating::Seats { .. }) => {
                        true
                    }
                    (Kind::Ratio { .. }, Rating::Ratio { part, of }) => part <= of && *of <= 3,
                    (Kind::One { .. }, Rating::One(key)) => (key == "some") == in_use,
                    (Kind::Many { .. }, Rating::Many(keys)) => keys.len() == 1,
                    _ => false,
                };
                assert!(fits, "{rated:?}");
            }
        }
    }
}
