//! The shelf: the documents that the screens after a visit show, and how something is said about them.
//!
//! What is said is shown at once, and kept by the store before it is called kept. The documents of one view are
//! read at a time, and again whenever the feed brought something.
//!
//! Reading order: this file (what is on the shelf), [`fetch`] (how it gets there), [`around`] (where it is looked for),
//! [`say`].

mod around;
mod fetch;
mod say;

use super::desk::Desk;
use super::overlay;
use super::reading::Known;
use super::seat::View;
use super::voices::{self, Asked, Lesson, Own};
use crate::domain::act::saying::{Said, Saying, feedback_jotting, reply_jotting};
use crate::domain::act::support::Category;
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::document::{
    BrightSpotDocument, FeedbackDocument, SupportDocument, WalkthroughDocument,
};
use crate::domain::id::{EventId, PersonId};
use crate::domain::problem::Problem;
use crate::host::Me;
use crate::text::Language;
use dioxus::prelude::*;
use serde_json::Value;

/// The documents of a view, as the feed brought them, newest first.
#[derive(Clone, Debug, Default)]
struct Fed {
    visits: Vec<WalkthroughDocument>,
    feedback: Vec<FeedbackDocument>,
    spots: Vec<BrightSpotDocument>,
    support: Vec<SupportDocument>,
    /// People, as far as the reader may know them.
    people: Vec<Known>,
    /// What the reader asks, says and has counted of their own lessons.
    voices: Voices,
    /// Whether there are older ones.
    more: bool,
}

/// What there is of the reader's own voice.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// The change ideas, by key, in whose team they are.
    pub ideas: Vec<String>,
    /// What they said, as the feed brought it.
    said: Vec<Own>,
    /// The questions of the forms in use, by the idea's key.
    pub asked: Vec<(String, Asked)>,
    /// Their classes.
    pub classes: Vec<Lesson>,
    /// The day on which the district's weeks begin: 1 is Monday.
    pub week_start: u8,
    /// What was counted on the ideas, as bodies of documents.
    pub measures: Vec<Value>,
    /// What others in the team answered and let it read with their name, newest first: who, and the answers.
    pub named: Vec<(PersonId, Own)>,
    /// What many said together, newest first, as bodies of documents: of questions, and of lessons.
    pub pools: (Vec<Value>, Vec<Value>),
}

/// What the screens after a visit show. Copies are the same shelf.
#[derive(Clone, Copy)]
pub struct Shelf {
    fed: Signal<Fed>,
    /// What was said here and is not in documents, and what of it was set aside.
    sayings: Signal<Vec<Said>>,
    /// What the store was asked to keep and has not answered.
    saying: Signal<Vec<Saying>>,
    /// Counts what was said and taken back: what was read from before that is read again.
    turn: Signal<u32>,
    /// What people and classes are called, by id.
    names: Signal<Vec<(String, String)>>,
    /// The forms of what is in view.
    forms: Signal<Vec<Form>>,
    /// Whether the reader coaches somewhere.
    coaches: Signal<bool>,
    /// The view whose documents are here; none before they are.
    read: Signal<Option<View>>,
    /// How many pages of a list are wanted.
    pages: Signal<u32>,
    /// What is being written on the view, as the store has it.
    jotted: Signal<Option<String>>,
    /// Counts what was typed, so that the store is asked to keep it at every pause and not at every letter.
    typed: Signal<u32>,
    /// What can still be taken back, and how it is said; without an id it came too late.
    pub undoing: Signal<Option<(Option<EventId>, String)>>,
    /// How taking a numbered visit goes.
    pub claiming: Signal<Claiming>,
}

/// How taking a numbered visit goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claiming {
    /// Nothing is asked.
    Not,
    /// The server is being asked.
    Busy,
    /// It was taken.
    Taken,
    /// It was not.
    Refused(Problem),
}

impl Shelf {
    /// Nothing is on it yet.
    pub fn empty() -> Self {
        Self {
            fed: Signal::new(Fed::default()),
            sayings: Signal::new(Vec::new()),
            saying: Signal::new(Vec::new()),
            turn: Signal::new(0),
            names: Signal::new(Vec::new()),
            forms: Signal::new(Vec::new()),
            coaches: Signal::new(false),
            read: Signal::new(None),
            pages: Signal::new(1),
            jotted: Signal::new(None),
            typed: Signal::new(0),
            undoing: Signal::new(None),
            claiming: Signal::new(Claiming::Not),
        }
    }

    /// Somebody else sits here.
    pub(super) fn clear(&mut self) {
        self.fed.set(Fed::default());
        self.sayings.set(Vec::new());
        self.saying.set(Vec::new());
        self.turn += 1;
        self.names.set(Vec::new());
        self.forms.set(Vec::new());
        self.coaches.set(false);
        self.read.set(None);
        self.undoing.set(None);
    }

    /// What was said here and stands.
    fn said(&self) -> Vec<Saying> {
        let sayings = self.sayings.read();
        let stands = sayings.iter().filter(|one| one.stands());
        let mut said: Vec<Saying> = stands.map(|one| one.saying.clone()).collect();
        said.extend((self.saying)());
        said
    }

    /// Whether this was said here and the feed has not brought it.
    pub fn is_said(&self, id: EventId) -> bool {
        self.said().iter().any(|one| one.id == id)
    }

    /// What was set aside, oldest first.
    pub fn set_aside(&self) -> Vec<Said> {
        let mut all = (self.sayings)();
        all.retain(|one| !one.stands());
        all
    }

    /// Whether the documents of this view are here.
    pub fn is_read(&self, view: View) -> bool {
        (self.read)() == Some(view)
    }

    /// Whether there are older ones than those shown.
    pub fn has_more(&self) -> bool {
        self.fed.read().more
    }

    /// A visit in view.
    pub fn visit(&self, id: EventId) -> Option<WalkthroughDocument> {
        let fed = self.fed.read();
        fed.visits.iter().find(|visit| visit.id == id).cloned()
    }

    /// The visits in view, newest first.
    pub fn visits(&self) -> Vec<WalkthroughDocument> {
        self.fed.read().visits.clone()
    }

    /// The feedback in view, newest first: on one visit, or all of it.
    pub fn feedback(&self, me: PersonId, visit: Option<EventId>) -> Vec<FeedbackDocument> {
        let mut fed = self.fed.read().feedback.clone();
        fed.retain(|one| visit.is_none_or(|visit| one.walkthrough == visit));
        overlay::over_feedback(fed, me, visit, &self.said())
    }

    /// What the teacher answered to the record itself, as if it were feedback without a word: what is answered is
    /// the visit.
    pub fn answers_to(
        &self,
        visit: &WalkthroughDocument,
        me: PersonId,
    ) -> Option<FeedbackDocument> {
        let record = FeedbackDocument {
            id: visit.id,
            walkthrough: visit.id,
            from: visit.observer,
            teacher: visit.teacher,
            at: visit.at,
            text: None,
            students: None,
            question: None,
            answers: visit.answers.clone(),
            opened: None,
            shared: false,
        };
        overlay::over_feedback(vec![record], me, Some(visit.id), &self.said()).pop()
    }

    /// The bright spots in view, newest first.
    pub fn spots(&self) -> Vec<BrightSpotDocument> {
        let fed = self.fed.read();
        overlay::over_spots(fed.spots.clone(), &fed.visits, &self.said())
    }

    /// The calls for support in view, newest first.
    pub fn support(&self) -> Vec<SupportDocument> {
        let fed = self.fed.read();
        overlay::over_support(fed.support.clone(), &fed.visits, &self.said())
    }

    /// Who could borrow a bright spot of an idea, but for one person: each by name, with the kinds of support that
    /// they asked for on the same idea; none of it puts one before another. Calls are a coach's to see.
    pub fn borrowers(&self, idea: &str, but: Option<PersonId>) -> Vec<(String, Vec<Category>)> {
        let in_team = |person: &&Known| {
            Some(person.id) != but && !person.left && person.ideas.iter().any(|key| key == idea)
        };
        let fed = self.fed.read();
        let mut found: Vec<(String, Vec<Category>)> = Vec::new();
        let calls = match self.is_coach() {
            true => self.support(),
            false => Vec::new(),
        };
        for call in calls.iter().filter(|call| call.given.is_none()) {
            let about = call.form.as_ref().is_some_and(|form| form.key == idea);
            let name = self.name(call.teacher.filter(|teacher| Some(*teacher) != but));
            if let (Some(name), true) = (name, about) {
                match found.iter_mut().find(|(one, _)| *one == name) {
                    Some((_, kinds)) if kinds.contains(&call.category) => {}
                    Some((_, kinds)) => kinds.push(call.category),
                    None => found.push((name, vec![call.category])),
                }
            }
        }
        for name in fed
            .people
            .iter()
            .filter(in_team)
            .filter_map(|person| person.name.clone())
        {
            if !found.iter().any(|(one, _)| *one == name) {
                found.push((name, Vec::new()));
            }
        }
        found.sort();
        found
    }

    /// What the reader's voice rests on.
    pub fn voices(&self) -> Voices {
        self.fed.read().voices.clone()
    }

    /// What the reader said of weeks and lessons, and whom they welcomed, newest first.
    pub fn own(&self) -> Vec<Own> {
        let mut own = voices::over(self.fed.read().voices.said.clone(), &self.said());
        let sayings = self.sayings.read();
        let left = |one: &&mut Own| {
            let said = sayings.iter().find(|said| said.saying.id == one.id);
            said.is_some_and(|said| !said.waits())
        };
        for one in own.iter_mut().filter(left) {
            one.waits = false;
        }
        own
    }

    /// Whether something was said about a visit that has not left yet.
    pub fn waits(&self, visit: EventId) -> bool {
        let sayings = self.sayings.read();
        let waiting = sayings.iter().filter(|one| one.waits());
        let mut waiting: Vec<Saying> = waiting.map(|one| one.saying.clone()).collect();
        waiting.extend((self.saying)());
        overlay::waits(visit, &waiting)
    }

    /// What was being written on the view when it was gone to.
    pub fn jotted(&self) -> Option<String> {
        self.jotted.peek().clone()
    }

    /// What a person or a class is called, where the reader may know.
    pub fn name(&self, id: Option<impl ToString>) -> Option<String> {
        let id = id?.to_string();
        let names = self.names.read();
        let found = names.iter().find(|(one, _)| *one == id);
        found.map(|(_, name)| name.clone())
    }

    /// The form of a record in view, if the device has it.
    pub fn form_of(&self, form: &FormRef) -> Option<Form> {
        let forms = self.forms.read();
        forms.iter().find(|one| one.form == *form).cloned()
    }

    /// The name of the change idea that a record is about; its key where the form is not here.
    pub fn idea_of(&self, form: &FormRef, language: Language) -> String {
        let found = self.form_of(form);
        found.map_or(form.key.clone(), |found| {
            language.of(&found.title).to_owned()
        })
    }

    /// Whether the reader coaches somewhere.
    pub fn is_coach(&self) -> bool {
        (self.coaches)()
    }
}

impl Desk {
    /// Who sits here.
    pub fn me(&self) -> Option<PersonId> {
        match (self.seat.me)()? {
            Me::SignedIn { id, .. } | Me::SignInAgain { id, .. } | Me::SignedOut { id, .. } => {
                Some(id)
            }
            Me::Nobody { .. } => None,
        }
    }
}

/// Under which key is kept what is being written on a view.
fn jotting_of(view: View) -> Option<String> {
    match view {
        View::Feedback(visit) => Some(feedback_jotting(visit)),
        View::Card(visit) => Some(reply_jotting(visit)),
        _ => None,
    }
}
