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
                    // A visit ends at the door, not where it is looked through and sent.
                    minutes: minutes_between(self.head.begun, self.left().unwrap_or(at)),
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

#[cfg(test)]
mod tests {
    use crate::domain::collect::draft::{Act, Draft, DraftHead, Tap};
    use crate::domain::collect::form::Form;
    use crate::domain::collect::look_for::LookForKey;
    use crate::domain::collect::rating::Rating;
    use crate::domain::collect::walkthrough::{Lesson, Visited};
    use crate::domain::id::{DraftId, PersonId, SiteId};
    use crate::domain::moment::Moment;
    use rstest::rstest;

    const MINUTE_MS: i64 = 60_000;

    fn minute(minute: i64) -> Moment {
        Moment {
            at_utc_ms: minute * MINUTE_MS,
            offset_min: 0,
        }
    }

    fn marks() -> Act {
        Act::Rate {
            look_for: LookForKey("purpose-said".into()),
            rating: Some(Rating::Seen),
        }
    }

    fn writes() -> Act {
        Act::Write {
            look_for: None,
            text: "A quiet room.".into(),
        }
    }

    /// The minutes on a record that was submitted an hour after it was begun.
    #[rstest]
    #[case::done_after_seven(vec![(2, marks()), (7, Act::Leave)], 7)]
    #[case::a_note_in_the_corridor(vec![(2, marks()), (7, Act::Leave), (12, writes())], 7)]
    #[case::back_for_one_more(vec![(2, marks()), (7, Act::Leave), (9, marks()), (10, Act::Leave)], 10)]
    #[case::marked_and_not_done_again(vec![(2, marks()), (7, Act::Leave), (9, marks())], 60)]
    #[case::never_said_to_be_done(vec![(2, marks())], 60)]
    #[case::undo_takes_back_what_was_marked_and_that_it_was_over(
        vec![(1, marks()), (2, writes()), (7, Act::Leave), (8, Act::Undo), (9, Act::Leave)], 9
    )]
    fn a_visit_is_as_long_as_the_observer_was_in_the_room(
        #[case] acts: Vec<(i64, Act)>,
        #[case] minutes: u16,
    ) {
        let form = Form::three_reads();
        let head = DraftHead {
            id: DraftId::mint(0, [0; 10]),
            visit: 1,
            form: form.form.clone(),
            begun: minute(0),
            lesson: Some(Lesson {
                site: SiteId::mint(1, [1; 10]),
                whom: Visited::Named {
                    teacher: PersonId::mint(1, [2; 10]),
                    class: None,
                },
            }),
        };
        let taps: Vec<Tap> = (1..)
            .zip(acts)
            .map(|(revision, (at, act))| Tap {
                revision,
                at: minute(at),
                act,
            })
            .collect();
        // What stands in the store is read as it was written.
        let json = serde_json::to_string(&taps).expect("taps have string keys");
        assert_eq!(
            serde_json::from_str::<Vec<Tap>>(&json).ok().as_ref(),
            Some(&taps)
        );
        let draft = Draft::fold(head, &form, &taps).expect("they fit");
        let finished = draft.finish(&form, minute(60), 1).expect("it is a record");
        let setting = finished.walkthrough.setting.expect("it has a setting");
        assert_eq!(setting.minutes, minutes);
    }
}
