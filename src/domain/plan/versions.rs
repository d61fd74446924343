//! What may not change from one version of a form to the next: what stands behind a key. A chart goes on
//! across versions only if the same key still means the same.

use super::change_idea::ChangeIdea;
use super::fault::{Fault, Wrong};
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::Kind;
use std::mem::discriminant;

/// What the newer one may not do, at its own places. What is gone, or new, may be.
pub fn breaks(older: &ChangeIdea, newer: &ChangeIdea) -> Vec<Fault> {
    let mut faults = breaks_in_form(&older.form, &newer.form);
    for (number, now) in newer.questions.iter().enumerate() {
        let before = older.questions.iter().find(|one| one.key == now.key);
        let same = before
            .is_none_or(|before| before.answer == now.answer && before.reverse == now.reverse);
        let place = format!("question[{number}].answer");
        require(&mut faults, same, place, Wrong::KindChanged);
    }
    for (number, now) in newer.outcomes.iter().enumerate() {
        let Some(before) = older.outcomes.iter().find(|one| one.key == now.key) else {
            continue;
        };
        let place = |name| format!("outcome[{number}].{name}");
        let same = before.component == now.component;
        require(&mut faults, same, place("shows"), Wrong::ComponentChanged);
        let same = before.source == now.source;
        require(&mut faults, same, place("source"), Wrong::KindChanged);
        let same = before.counted_as == now.counted_as;
        require(&mut faults, same, place("counted_as"), Wrong::KindChanged);
    }
    faults
}

/// The same for the form alone.
pub fn breaks_in_form(older: &Form, newer: &Form) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, now) in newer.look_fors.iter().enumerate() {
        let Some(before) = older.look_for(&now.key) else {
            continue;
        };
        let place = |name| format!("look_for[{number}].{name}");
        let same = before.component == now.component;
        require(&mut faults, same, place("who"), Wrong::ComponentChanged);
        let same = discriminant(&before.kind) == discriminant(&now.kind);
        require(&mut faults, same, place("kind"), Wrong::KindChanged);
        // A record says the place of an anchor among the others.
        if let (Kind::Level { anchors: was }, Kind::Level { anchors }) = (&before.kind, &now.kind) {
            let before = was.len();
            let same = before == anchors.len();
            let wrong = Wrong::AnchorsChanged { before };
            require(&mut faults, same, place("anchors"), wrong);
        }
    }
    faults
}

fn require(faults: &mut Vec<Fault>, holds: bool, place: String, wrong: Wrong) {
    if !holds {
        faults.push(Fault { place, wrong });
    }
}
