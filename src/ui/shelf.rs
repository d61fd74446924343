//! The shelf: the documents that the screens after a visit show, and how something is said about them.
//!
//! What is said is shown at once, and kept by the store before it is called kept. The documents of one view are
//! read at a time, and again whenever the feed brought something.

use super::desk::{Desk, Trouble};
use super::overlay;
use super::reading::{self, Known};
use super::seat::View;
use crate::domain::act::feedback::FeedbackOpened;
use crate::domain::act::saying::Saying;
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::document::{
    BrightSpotDocument, FeedbackDocument, Name, SupportDocument, WalkthroughDocument,
};
use crate::domain::event::Factual;
use crate::domain::id::{EventId, PersonId};
use crate::domain::problem::Problem;
use crate::host::{DOCUMENTS_PAGE, Kept, Me, Reply, Request, clock};
use crate::text::Language;
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use serde_json::Value;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long after a visit something may be said about it that a screen of that visit shows, in days; and by how
/// much clocks may be wrong.
const SAID_WITHIN_DAYS: i64 = 120;
const CLOCKS_WRONG_DAYS: i64 = 7;
/// How long a pause in typing is, after which what was typed is kept.
const PAUSE_MS: u64 = 300;
/// The most pages that one look reads, so that no screen waits for a whole archive.
const PAGES_MAX: u32 = 20;

/// The documents of a view, as the feed brought them, newest first.
#[derive(Clone, Debug, Default)]
struct Fed {
    visits: Vec<WalkthroughDocument>,
    feedback: Vec<FeedbackDocument>,
    spots: Vec<BrightSpotDocument>,
    support: Vec<SupportDocument>,
    /// People, as far as the reader may know them.
    people: Vec<Known>,
    /// Whether there are older ones.
    more: bool,
}

/// What the screens after a visit show. Copies are the same shelf.
#[derive(Clone, Copy)]
pub struct Shelf {
    fed: Signal<Fed>,
    /// What was said here and is not in documents.
    sayings: Signal<Vec<Saying>>,
    /// What the store was asked to keep and has not answered.
    saying: Signal<Vec<Saying>>,
    /// What people and classes are called, by id.
    names: Signal<Vec<(String, String)>>,
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
            names: Signal::new(Vec::new()),
            coaches: Signal::new(false),
            read: Signal::new(None),
            pages: Signal::new(1),
            jotted: Signal::new(None),
            typed: Signal::new(0),
            claiming: Signal::new(Claiming::Not),
        }
    }

    /// Somebody else sits here.
    pub(super) fn clear(&mut self) {
        self.fed.set(Fed::default());
        self.sayings.set(Vec::new());
        self.saying.set(Vec::new());
        self.names.set(Vec::new());
        self.coaches.set(false);
        self.read.set(None);
    }

    fn said(&self) -> Vec<Saying> {
        let mut said = (self.sayings)();
        let fresh = (self.saying)();
        said.extend(fresh);
        said
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
        overlay::over_feedback(self.fed.read().feedback.clone(), me, visit, &self.said())
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

    /// Who is in the team of an idea, but for one person.
    pub fn team(&self, idea: &str, but: Option<PersonId>) -> Vec<String> {
        let in_team = |person: &&Known| {
            Some(person.id) != but && !person.left && person.ideas.iter().any(|key| key == idea)
        };
        let fed = self.fed.read();
        let team = fed.people.iter().filter(in_team);
        team.filter_map(|person| person.name.clone()).collect()
    }

    /// Whether something was said about a visit that has not left yet.
    pub fn waits(&self, visit: EventId) -> bool {
        overlay::waits(visit, &self.said())
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

    /// Whether the reader coaches somewhere.
    pub fn is_coach(&self) -> bool {
        (self.coaches)()
    }
}

/// The form of a record, if the device has it.
pub fn form_of(form: &FormRef) -> Option<Form> {
    Form::find(form)
}

/// The name of the change idea that a record is about; its key where the form is not here.
pub fn idea_of(form: &FormRef, language: Language) -> String {
    form_of(form).map_or(form.key.clone(), |form| language.of(&form.title).to_owned())
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

    /// Says a fact about a visit, with these words: it is shown at once, and taken back loudly if the store
    /// cannot keep it.
    pub fn tell(self, fact: &dyn Factual, said: &[(&str, &str)]) {
        let at = clock::now();
        let id = EventId::mint(at.at_utc_ms, clock::random());
        let words = (!said.is_empty()).then(|| words(said));
        self.keep_said(Saying::of(id, at, fact, words));
    }

    fn keep_said(mut self, saying: Saying) {
        self.shelf.saying.write().push(saying.clone());
        let id = saying.id;
        let answer = self.ask(Request::Say(saying.clone()));
        spawn_forever(async move {
            let kept = answer.await;
            self.shelf.saying.write().retain(|one| one.id != id);
            match kept {
                Ok(_) => {
                    let mut sayings = self.shelf.sayings.write();
                    if !sayings.iter().any(|one| one.id == id) {
                        sayings.push(saying);
                    }
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Keeps what is being written on the view in view, at the next pause; nothing takes it away at once.
    pub fn jot(mut self, text: String) {
        let Some(key) = jotting_of(*self.seat.view.peek()) else {
            return;
        };
        if text.is_empty() {
            self.shelf.jotted.set(None);
        }
        self.shelf.typed += 1;
        let typed = *self.shelf.typed.peek();
        spawn_forever(async move {
            if !text.is_empty() {
                clock::sleep(PAUSE_MS).await;
            }
            if *self.shelf.typed.peek() != typed {
                return;
            }
            let at = clock::now();
            if let Err(problem) = self.ask(Request::Jot { key, text, at }).await {
                self.trouble.set(Some(Trouble::NotDone(problem)));
            }
        });
    }

    /// Takes a numbered visit with its code.
    pub fn claim(mut self, code: String) {
        self.shelf.claiming.set(Claiming::Busy);
        let answer = self.ask(Request::Claim { code });
        spawn_forever(async move {
            self.shelf.claiming.set(match answer.await {
                Ok(_) => Claiming::Taken,
                Err(problem) => Claiming::Refused(problem),
            });
        });
    }

    /// Shows older ones.
    pub fn show_older_documents(mut self) {
        self.shelf.pages += 1;
        self.read_shelf();
    }

    /// Gets the documents of a view that was just gone to.
    pub(super) fn fetch_for(mut self, view: View) {
        if *self.shelf.read.peek() != Some(view) {
            self.shelf.pages.set(1);
            self.shelf.claiming.set(Claiming::Not);
        }
        self.read_shelf();
    }

    /// Reads what the reader does where, which decides what the menu offers.
    pub fn read_posts(mut self) {
        let Some(me) = self.me() else { return };
        spawn_forever(async move {
            let names = vec![named("person", me)];
            let Ok(found) = self.documents(Request::LookUp { names }).await else {
                return;
            };
            if let Some(person) = bodies(&found, reading::known).pop() {
                self.shelf.coaches.set(person.coaches);
            }
        });
    }

    /// Reads the documents of the view again.
    pub(super) fn read_shelf(mut self) {
        let view = *self.seat.view.peek();
        let Some(me) = self.me() else { return };
        if matches!(view, View::Card(_)) {
            self.read_agreement();
        }
        spawn_forever(async move {
            let read = async {
                let sayings = match self.ask(Request::Sayings).await? {
                    Reply::Sayings(sayings) => sayings,
                    _ => Vec::new(),
                };
                let fed = self.fetch(view, me).await?;
                let names = self.fetch_names(&fed).await?;
                let jotted = match jotting_of(view) {
                    Some(key) => self.ask(Request::Jotted { key }).await?,
                    None => Reply::Jotted(None),
                };
                Ok::<_, Problem>((sayings, fed, names, jotted))
            };
            match read.await {
                // Somebody went elsewhere meanwhile.
                Ok(_) if *self.seat.view.peek() != view => {}
                Ok((sayings, fed, names, jotted)) => {
                    if let Reply::Jotted(jotted) = jotted {
                        self.shelf.jotted.set(jotted);
                    }
                    self.shelf.names.set(names);
                    self.shelf.sayings.set(sayings);
                    self.shelf.fed.set(fed);
                    self.shelf.read.set(Some(view));
                    self.note_opened(me, view);
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Who opens the card of a visit to their class opens its feedback.
    fn note_opened(self, me: PersonId, view: View) {
        let View::Card(visit) = view else { return };
        for one in self.shelf.feedback(me, Some(visit)) {
            if one.teacher == Some(me) && one.opened.is_none() {
                let fact = FeedbackOpened {
                    walkthrough: one.walkthrough,
                    feedback: one.id,
                };
                self.tell(&fact, &[]);
            }
        }
    }

    async fn fetch(self, view: View, me: PersonId) -> Result<Fed, Problem> {
        let mut fed = Fed::default();
        let pages = *self.shelf.pages.peek();
        match view {
            View::Card(id) | View::Record(id) | View::Feedback(id) => {
                let names = vec![named("walkthrough", id)];
                let found = self.documents(Request::LookUp { names }).await?;
                fed.visits = bodies(&found, reading::visit);
                let (from, to) = around(id);
                let found = self.down_to("feedback", Some(from.clone()), &to).await?;
                fed.feedback = bodies(&found, reading::feedback);
                fed.feedback.retain(|one| one.walkthrough == id);
                let found = self.down_to("bright_spot", Some(from.clone()), &to).await?;
                fed.spots = bodies(&found, reading::bright_spot);
                fed.spots.retain(|one| one.walkthrough == Some(id));
                let found = self.down_to("support", Some(from), &to).await?;
                fed.support = bodies(&found, reading::support);
                fed.support.retain(|one| one.walkthrough == Some(id));
            }
            View::AboutMe => {
                let (found, more) = self.pages("walkthrough", None, pages, "").await?;
                let oldest = found.last().map(|kept| kept.id.clone());
                fed.visits = bodies(&found, reading::visit);
                fed.visits.retain(|visit| visit.teacher == Some(me));
                fed.more = more;
                if let Some((_, to)) = oldest.and_then(|id| id.parse().ok()).map(around) {
                    let found = self.down_to("feedback", None, &to).await?;
                    fed.feedback = bodies(&found, reading::feedback);
                    fed.feedback.retain(|one| one.teacher == Some(me));
                }
            }
            View::Replies => {
                let (found, more) = self.pages("feedback", None, pages, "").await?;
                fed.feedback = bodies(&found, reading::feedback);
                fed.feedback.retain(|one| one.from == me);
                fed.more = more;
                let names = fed.feedback.iter();
                let names = names
                    .map(|one| named("walkthrough", one.walkthrough))
                    .collect();
                let found = self.documents(Request::LookUp { names }).await?;
                fed.visits = bodies(&found, reading::visit);
            }
            View::BrightSpots => {
                let (found, more) = self.pages("bright_spot", None, pages, "").await?;
                fed.spots = bodies(&found, reading::bright_spot);
                fed.more = more;
            }
            View::Support => {
                let found = self.down_to("support", None, "").await?;
                fed.support = bodies(&found, reading::support);
            }
            _ => {}
        }
        Ok(fed)
    }

    /// Reads who is in the teams, for "who could borrow this".
    pub fn read_people(mut self) {
        spawn_forever(async move {
            if let Ok(found) = self.down_to("person", None, "").await {
                self.shelf.fed.write().people = bodies(&found, reading::known);
            }
        });
    }

    /// What the people and classes that documents name are called.
    async fn fetch_names(self, fed: &Fed) -> Result<Vec<(String, String)>, Problem> {
        let mut people: Vec<PersonId> = Vec::new();
        let mut names: Vec<Name> = Vec::new();
        for visit in &fed.visits {
            people.push(visit.observer);
            people.extend(visit.teacher);
            names.extend(visit.class.map(|class| named("class", class)));
        }
        people.extend(fed.spots.iter().filter_map(|one| one.teacher));
        people.extend(fed.support.iter().filter_map(|one| one.teacher));
        for person in people {
            let name = named("person", person);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let found = self.documents(Request::LookUp { names }).await?;
        let called = |kept: &Kept| {
            let body = reading::body(&kept.json)?;
            let name = reading::title(&body).or_else(|| reading::known(&body)?.name)?;
            Some((kept.id.clone(), name))
        };
        Ok(found.iter().filter_map(called).collect())
    }

    async fn documents(self, request: Request) -> Result<Vec<Kept>, Problem> {
        match self.ask(request).await? {
            Reply::Documents(found) => Ok(found),
            _ => Ok(Vec::new()),
        }
    }

    /// All documents of a kind from one id down to another, as far as one look reads.
    async fn down_to(
        self,
        kind: &'static str,
        from: Option<String>,
        to: &str,
    ) -> Result<Vec<Kept>, Problem> {
        let (found, _) = self.pages(kind, from, PAGES_MAX, to).await?;
        Ok(found)
    }

    /// So many pages of a kind, and whether there are more.
    async fn pages(
        self,
        kind: &'static str,
        from: Option<String>,
        most: u32,
        to: &str,
    ) -> Result<(Vec<Kept>, bool), Problem> {
        let mut all: Vec<Kept> = Vec::new();
        let mut before = from;
        for _ in 0..most {
            let kind = kind.to_owned();
            let page = self.documents(Request::Documents { kind, before });
            let page = page.await?;
            let full = page.len() >= DOCUMENTS_PAGE as usize;
            all.extend(page);
            before = all.last().map(|kept| kept.id.clone());
            if !full || before.as_deref() < Some(to) {
                return Ok((all, false));
            }
        }
        Ok((all, true))
    }
}

/// Under which key is kept what is being written on a view.
fn jotting_of(view: View) -> Option<String> {
    match view {
        View::Feedback(visit) => Some(format!("feedback:{visit}")),
        View::Card(visit) => Some(format!("reply:{visit}")),
        _ => None,
    }
}

fn named(kind: &str, id: impl ToString) -> Name {
    Name {
        kind: kind.into(),
        id: id.to_string(),
    }
}

fn bodies<T>(found: &[Kept], read: fn(&Value) -> Option<T>) -> Vec<T> {
    let read = |kept: &Kept| read(&reading::body(&kept.json)?);
    found.iter().filter_map(read).collect()
}

/// Between which ids stands what is said about a visit: ids tell when they were minted.
fn around(visit: EventId) -> (String, String) {
    let ms = (visit.0.as_u128() >> 80) as i64;
    let id = |ms, digit| EventId::mint(ms, [digit; 10]).to_string();
    (
        id(ms + SAID_WITHIN_DAYS * DAY_MS, 255),
        id(ms - CLOCKS_WRONG_DAYS * DAY_MS, 0),
    )
}

/// The bytes of words, with a salt of their own.
fn words(said: &[(&str, &str)]) -> String {
    let texts = said.iter();
    let texts = texts.map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
    let mut words = serde_json::Map::new();
    words.insert("salt".into(), salt().into());
    words.insert("said".into(), Value::Object(texts.collect()));
    Value::Object(words).to_string()
}

fn salt() -> String {
    use std::fmt::Write;
    let bytes = clock::random().into_iter().chain(clock::random());
    bytes.take(16).fold(String::new(), |mut salt, byte| {
        write!(salt, "{byte:02x}").expect("a string takes what is written");
        salt
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_about_a_visit_stands_between_two_ids() {
        let visit = EventId::mint(1_795_608_000_000, [7; 10]);
        let (from, to) = around(visit);
        let said = EventId::mint(1_795_608_000_000 + 3 * DAY_MS, [1; 10]).to_string();
        assert!(to < visit.to_string() && visit.to_string() < said && said < from);
        let next_year = EventId::mint(1_795_608_000_000 + 365 * DAY_MS, [1; 10]).to_string();
        assert!(next_year > from);
    }

    #[test]
    fn words_are_as_the_protocol_wants_them() {
        let words: crate::domain::event::Words =
            serde_json::from_str(&words(&[("reply", "«¿qué?»")])).expect("they are words");
        assert_eq!(words.said.get("reply").map(String::as_str), Some("«¿qué?»"));
        assert_eq!(words.salt.len(), 32);
    }

    #[test]
    fn a_salt_is_32_digits_and_never_the_same() {
        let (one, other) = (salt(), salt());
        assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_ne!(one, other);
    }
}
