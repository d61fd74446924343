//! A draft: a visit while it is being filled in, as the fold of its taps.
//!
//! The page and the store fold with this same code. A tap carries the revision that it makes, so
//! that a tap sent twice is one tap, and a tap whose predecessor was lost is refused. "Undo" is a tap like
//! the others: what it takes back stays in the log.
//!
//! Reading order: here, [`act`] (what a tap does), [`mark`] (what is recorded for one look-for), [`touch`]
//! (what a finger means, given what is marked), [`relevance`] (which look-fors are asked), [`finish`] (the
//! record that a draft becomes).

pub mod act;
pub mod finish;
mod flat;
pub mod mark;
pub mod relevance;
pub mod touch;

pub use act::{Act, Tap};
pub use mark::Mark;

use super::form::{Form, FormRef};
use super::look_for::{Kind, LookForKey};
use super::rating::Rating;
use super::walkthrough::{Lesson, Phase};
use crate::domain::act::support::Category;
use crate::domain::id::DraftId;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};

/// The longest line of a look-for that is a note, in characters.
pub const LINE_MAX_CHARS: usize = 140;
/// The longest evidence of a visit, in characters.
pub const NOTE_MAX_CHARS: usize = 500;

/// What a draft is before its first tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftHead {
    /// Its id, made by the page, so that a repeated first tap begins one draft.
    pub id: DraftId,
    /// The visit's number on this device, from 1.
    pub visit: u32,
    /// The form that it is filled in on, to the end.
    pub form: FormRef,
    /// When it was begun.
    pub begun: Moment,
    /// Whose lesson is visited; none in drafts from before there were classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<Lesson>,
}

/// One answered look-for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// The look-for.
    pub look_for: LookForKey,
    /// What was marked.
    pub rating: Rating,
}

/// What is recorded beside the look-fors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Whose lesson is visited.
    pub lesson: Option<Lesson>,
    /// Where the lesson was.
    pub phase: Option<Phase>,
    /// How many visit together, from 1.
    pub observers: u8,
    /// Whether the teacher was told before.
    pub notice_given: bool,
    /// How many students are in the class.
    pub students: Option<u16>,
    /// How many of them sit at focus seats.
    pub focus_seats: Option<u16>,
    /// The line of evidence.
    pub note: String,
    /// Whether the visit as a whole is a bright spot.
    pub bright: bool,
    /// What support was wanted, in the order of [`Category::ALL`].
    pub support: Vec<Category>,
}

/// A draft after some taps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it was before its first tap.
    pub head: DraftHead,
    /// How many taps it has, those included that were taken back.
    pub revision: u32,
    /// What is recorded beside the look-fors.
    pub beside: Beside,
    /// What is recorded for each look-for of the form, in its order.
    marks: Vec<Mark>,
    /// Which look-fors are asked, in the form's order.
    asked: Vec<bool>,
    /// The taps that count: those that were not taken back.
    counting: Vec<Tap>,
}

impl Draft {
    /// A draft without taps on this form.
    pub fn begin(head: DraftHead, form: &Form) -> Self {
        let beside = Beside {
            lesson: head.lesson.clone(),
            phase: None,
            observers: 1,
            notice_given: false,
            students: None,
            focus_seats: None,
            note: String::new(),
            bright: false,
            support: Vec::new(),
        };
        let mut draft = Self {
            head,
            revision: 0,
            beside,
            marks: vec![Mark::default(); form.look_fors.len()],
            asked: Vec::new(),
            counting: Vec::new(),
        };
        draft.asked = relevance::asked(form, &draft.marks, draft.beside.observers);
        draft
    }

    /// The draft that `taps` make.
    ///
    /// # Errors
    /// Those of [`Draft::apply`], for the first tap that cannot be applied.
    pub fn fold<'a>(
        head: DraftHead,
        form: &Form,
        taps: impl IntoIterator<Item = &'a Tap>,
    ) -> Result<Self, Problem> {
        let mut draft = Self::begin(head, form);
        for tap in taps {
            draft.apply(form, tap)?;
        }
        Ok(draft)
    }

    /// Applies the next tap; on an error the draft is as it was.
    ///
    /// # Errors
    /// [`Problem::OutOfOrder`] unless the tap makes the next revision, [`Problem::UnknownForm`] unless
    /// `form` is the draft's, and those of [`Act::fits`].
    pub fn apply(&mut self, form: &Form, tap: &Tap) -> Result<(), Problem> {
        let expected = self.revision.saturating_add(1);
        if tap.revision != expected {
            return Err(Problem::OutOfOrder {
                expected,
                got: tap.revision,
            });
        }
        if form.form != self.head.form {
            let FormRef { key, version } = self.head.form.clone();
            return Err(Problem::UnknownForm { form: key, version });
        }
        tap.act.fits(form)?;
        if tap.act == Act::Undo {
            self.take_back(form);
        } else {
            self.count(form, tap);
            self.counting.push(tap.clone());
        }
        self.asked = relevance::asked(form, &self.marks, self.beside.observers);
        self.revision = expected;
        Ok(())
    }

    /// Makes the draft what it was before the last tap that counts.
    fn take_back(&mut self, form: &Form) {
        let mut counting = std::mem::take(&mut self.counting);
        // Nobody sees that they left: what is taken back is what was marked before.
        while counting.last().is_some_and(|tap| tap.act == Act::Leave) {
            counting.pop();
        }
        counting.pop();
        let mut before = Self::begin(self.head.clone(), form);
        for tap in &counting {
            before.count(form, tap);
        }
        before.counting = counting;
        *self = before;
    }

    fn count(&mut self, form: &Form, tap: &Tap) {
        if let Some(key) = tap.act.look_for() {
            let place = form.look_fors.iter().position(|one| one.key == *key);
            if let Some(mark) = place.and_then(|place| self.marks.get_mut(place)) {
                mark.apply(tap);
            }
            return;
        }
        let beside = &mut self.beside;
        match &tap.act {
            Act::Write { text, .. } => beside.note.clone_from(text),
            Act::Bright { on, .. } => beside.bright = *on,
            Act::Enter { lesson } => beside.lesson = Some(lesson.clone()),
            Act::Phase { phase } => beside.phase = *phase,
            Act::Observers { observers } => beside.observers = *observers,
            Act::Notice { given } => beside.notice_given = *given,
            Act::Students { students } => beside.students = *students,
            Act::FocusSeats { focus_seats } => beside.focus_seats = *focus_seats,
            Act::Support { category, on } => {
                beside.support.retain(|one| one != category);
                if *on {
                    beside.support.push(*category);
                    beside.support.sort();
                }
            }
            // The others are about a look-for.
            _ => {}
        }
    }

    /// What is recorded for the look-for at this place of the form.
    pub fn mark(&self, place: usize) -> Option<&Mark> {
        self.marks.get(place)
    }

    /// Whether the look-for at this place of the form is asked.
    pub fn asks(&self, place: usize) -> bool {
        self.asked.get(place).copied().unwrap_or(false)
    }

    /// What is marked for a look-for; none when it was not looked for.
    pub fn rating(&self, form: &Form, look_for: &LookForKey) -> Option<&Rating> {
        let place = form.look_fors.iter().position(|one| one.key == *look_for)?;
        self.marks.get(place)?.rating.as_ref()
    }

    /// What is recorded for the look-fors that are asked, in the form's order.
    pub fn rated(&self, form: &Form) -> Vec<Rated> {
        let asked = self.asked.iter().zip(&self.marks).zip(&form.look_fors);
        asked
            .filter(|((asked, _), _)| **asked)
            .filter_map(|((_, mark), look_for)| {
                Some(Rated {
                    look_for: look_for.key.clone(),
                    rating: mark.rating.clone()?,
                })
            })
            .collect()
    }

    /// How many look-fors are answered, of how many that are asked.
    pub fn answered(&self) -> (usize, usize) {
        let asked = self.asked.iter().zip(&self.marks);
        asked
            .filter(|(asked, _)| **asked)
            .fold((0, 0), |(answered, all), (_, mark)| {
                (answered + usize::from(mark.rating.is_some()), all + 1)
            })
    }

    /// The last tap that counts: what "undo" would take back.
    pub fn last(&self) -> Option<&Tap> {
        let mut counting = self.counting.iter().rev();
        counting.find(|tap| tap.act != Act::Leave)
    }

    /// When the observer was done in the room; none when they are not, or marked something of the lesson after it.
    /// What is written, tagged or said to be wanted afterwards is no more of the visit.
    pub fn left(&self) -> Option<Moment> {
        for tap in self.counting.iter().rev() {
            match &tap.act {
                Act::Leave => return Some(tap.at),
                Act::Write { .. } | Act::Bright { .. } => {}
                act if act.look_for().is_some() => return None,
                _ => {}
            }
        }
        None
    }

    /// Whether a timer runs.
    pub fn times(&self) -> bool {
        self.marks.iter().any(|mark| mark.running.is_some())
    }
}

/// The most that one look-for may count of something: what "of" is asked up to.
pub fn most(kind: &Kind, students: Option<u16>) -> u16 {
    /// A class that nobody has counted.
    const CLASS: u16 = 39;
    match kind {
        Kind::Ratio { most, .. } => most.or(students).unwrap_or(CLASS),
        _ => CLASS,
    }
}

#[cfg(test)]
mod tests;
