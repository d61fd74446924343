//! The record that a draft becomes: the walkthrough, its words, and what else was said with it.

use super::{Draft, Rated};
use crate::domain::act::support::Category;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::walkthrough::{Lesson, Setting, Visited, Walkthrough, Whom};
use crate::domain::event::said;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use std::collections::BTreeMap;

/// A finished visit. The walkthrough, each bright spot and each call for support are events of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// The walkthrough.
    pub walkthrough: Walkthrough,
    /// The words of the walkthrough, by their names.
    pub said: BTreeMap<String, String>,
    /// The bright spots: the look-for, and the line of evidence, if there is one.
    pub bright_spots: Vec<(Option<LookForKey>, Option<String>)>,
    /// What support was wanted.
    pub support: Vec<Category>,
}

impl Draft {
    /// The finished visit, submitted at `at` on a device that has this version of the agreement.
    ///
    /// # Errors
    /// [`Problem::NothingRecorded`] when no look-for has a rating.
    pub fn finish(&self, form: &Form, at: Moment, agreement: u32) -> Result<Finished, Problem> {
        let places = (0..)
            .zip(&form.look_fors)
            .filter(|(place, _)| self.asks(*place));
        let mut rated = Vec::new();
        let mut said = BTreeMap::new();
        let note = line(&self.beside.note);
        let mut bright_spots = Vec::new();
        if self.beside.bright {
            bright_spots.push((None, note.clone()));
        }
        for (place, look_for) in places {
            let Some(mark) = self.mark(place) else {
                continue;
            };
            let text = line(&mark.text);
            if let Some(text) = &text {
                said.insert(said::note_on(&look_for.key.0), text.clone());
            }
            if mark.bright {
                let evidence = text.or_else(|| note.clone());
                bright_spots.push((Some(look_for.key.clone()), evidence));
            }
            if let Some(rating) = mark.at_the_end(at) {
                let look_for = look_for.key.clone();
                rated.push(Rated { look_for, rating });
            }
        }
        if rated.is_empty() {
            return Err(Problem::NothingRecorded);
        }
        said.extend(note.map(|note| (said::NOTE.to_owned(), note)));
        let beside = &self.beside;
        Ok(Finished {
            walkthrough: Walkthrough {
                draft: self.head.id,
                visit: self.head.visit,
                form: self.head.form.clone(),
                begun: self.head.begun,
                rated,
                setting: beside.lesson.as_ref().map(|lesson| Setting {
                    site: lesson.site,
                    whom: whom(lesson),
                    observers: beside.observers,
                    notice_given: beside.notice_given,
                    minutes: minutes_between(self.head.begun, at),
                    agreement,
                }),
                phase: beside.phase,
                students: beside.students,
                focus_seats: beside.focus_seats,
            },
            said,
            bright_spots,
            support: beside.support.clone(),
        })
    }
}

/// What the record says of whose lesson it was: of a code only its hash.
fn whom(lesson: &Lesson) -> Whom {
    match &lesson.whom {
        Visited::Named { teacher, class } => Whom::Named {
            teacher: *teacher,
            class: *class,
        },
        Visited::Numbered { code } => Whom::Numbered {
            claim_sha256: code.sha256(),
        },
    }
}

fn line(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Minutes that were begun between two moments, at least one.
fn minutes_between(from: Moment, to: Moment) -> u16 {
    let ms = to.at_utc_ms.saturating_sub(from.at_utc_ms).max(1);
    let begun = ms.saturating_add(59_999) / 60_000;
    u16::try_from(begun).unwrap_or(u16::MAX)
}
