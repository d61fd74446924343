//! Reading the documents of a view out of the store, page by page.

use super::around::{around, looks};
use super::{Claiming, Fed, Voices, jotting_of};
use crate::domain::act::feedback::FeedbackOpened;
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::document::{Name, body_of};
use crate::domain::id::{EventId, PersonId};
use crate::domain::problem::Problem;
use crate::host::{DOCUMENTS_PAGE, Kept, Reply, Request, clock};
use crate::ui::desk::{Desk, Trouble};
use crate::ui::reading;
use crate::ui::seat::View;
use crate::ui::voices::{self, Voice};
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use serde_json::Value;

const FORM: &str = "form";
/// How long after the first screen it is read what came of earlier visits.
const WHAT_CAME_AFTER_MS: u64 = 400;
/// The most pages that one look reads, so that no screen waits for a whole archive.
const PAGES_MAX: u32 = 20;

impl Desk {
    /// Shows older ones.
    pub fn show_older_documents(mut self) {
        self.shelf.pages += 1;
        self.read_shelf();
    }

    /// Gets the documents of a view that was just gone to.
    pub(in crate::ui) fn fetch_for(mut self, view: View) {
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

    /// Reads what was said here and is not in documents, where no documents are read.
    pub(in crate::ui) async fn read_set_aside(mut self) {
        let turn = *self.shelf.turn.peek();
        if let Ok(Reply::Sayings(sayings)) = self.ask(Request::Sayings).await
            && *self.shelf.turn.peek() == turn
        {
            self.shelf.sayings.set(sayings);
        }
    }

    /// Reads the documents of the view again.
    pub(in crate::ui) fn read_shelf(mut self) {
        let view = *self.seat.view.peek();
        let turn = *self.shelf.turn.peek();
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
                // A list of one's own visits has its names and titles already.
                let (names, forms) = match view {
                    View::Today | View::Visits => Default::default(),
                    _ => (self.fetch_names(&fed).await?, self.fetch_forms(&fed).await?),
                };
                let jotted = match jotting_of(view) {
                    Some(key) => self.ask(Request::Jotted { key }).await?,
                    None => Reply::Jotted(None),
                };
                Ok::<_, Problem>((sayings, fed, names, forms, jotted))
            };
            match read.await {
                // Somebody went elsewhere meanwhile, or somebody else sits here.
                Ok(_) if *self.seat.view.peek() != view || self.me() != Some(me) => {}
                // Something was said or taken back meanwhile: this is from before that.
                Ok(_) if *self.shelf.turn.peek() != turn => self.read_shelf(),
                Ok((sayings, mut fed, names, forms, jotted)) => {
                    if *self.shelf.read.peek() == Some(view) {
                        // They were asked for on this view, and stay as long as it does.
                        fed.people = std::mem::take(&mut self.shelf.fed.write().people);
                    }
                    if let Reply::Jotted(jotted) = jotted {
                        self.shelf.jotted.set(jotted);
                    }
                    self.shelf.names.set(names);
                    self.shelf.forms.set(forms);
                    self.shelf.sayings.set(sayings);
                    self.shelf.fed.set(fed);
                    self.shelf.read.set(Some(view));
                    self.note_opened(me, view);
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Who opens the card of a visit to their class opens its feedback. Where the server can never take that, it is
    /// not noted again at each look.
    fn note_opened(self, me: PersonId, view: View) {
        let View::Card(visit) = view else { return };
        let aside = self.shelf.set_aside();
        let noted: Vec<_> = aside
            .iter()
            .filter(|one| one.saying.is_noted())
            .filter_map(|one| reading::data(&one.saying)?.feedback)
            .collect();
        for one in self.shelf.feedback(me, Some(visit)) {
            if one.teacher == Some(me) && one.opened.is_none() && !noted.contains(&one.id) {
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
                for (from, to) in looks(id, clock::now().at_utc_ms) {
                    if fed.feedback.is_empty() {
                        let found = self.down_to("feedback", from.clone(), &to).await?;
                        fed.feedback = bodies(&found, reading::feedback);
                        fed.feedback.retain(|one| one.walkthrough == id);
                    }
                    if fed.spots.is_empty() {
                        let found = self.down_to("bright_spot", from.clone(), &to).await?;
                        fed.spots = bodies(&found, reading::bright_spot);
                        fed.spots.retain(|one| one.walkthrough == Some(id));
                    }
                    if fed.support.is_empty() {
                        let found = self.down_to("support", from, &to).await?;
                        fed.support = bodies(&found, reading::support);
                        fed.support.retain(|one| one.walkthrough == Some(id));
                    }
                }
            }
            View::Today | View::Visits => {
                let ids: Vec<EventId> = self.visits.peek().iter().map(|visit| visit.id).collect();
                let Some(oldest) = ids.iter().min() else {
                    return Ok(fed);
                };
                let (_, to) = around(*oldest);
                let names = ids.iter().map(|id| named("walkthrough", id)).collect();
                let found = self.documents(Request::LookUp { names }).await?;
                fed.visits = bodies(&found, reading::visit);
                let found = self.down_to("feedback", None, &to).await?;
                fed.feedback = bodies(&found, reading::feedback);
                fed.feedback.retain(|one| one.from == me);
                let found = self.down_to("bright_spot", None, &to).await?;
                fed.spots = bodies(&found, reading::bright_spot);
                let own = |id: &EventId| ids.contains(id);
                fed.spots
                    .retain(|one| one.walkthrough.as_ref().is_some_and(own));
            }
            View::AboutMe => {
                fed.voices = self.fetch_voices(view, me).await?;
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
            View::Week | View::Log | View::Welcome | View::Pilot => {
                fed.voices = self.fetch_voices(view, me).await?;
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
                // Who could borrow one may be among those who asked for support.
                if self.shelf.is_coach() {
                    let found = self.down_to("support", None, "").await?;
                    fed.support = bodies(&found, reading::support);
                }
            }
            View::Support => {
                let found = self.down_to("support", None, "").await?;
                fed.support = bodies(&found, reading::support);
            }
            _ => {}
        }
        Ok(fed)
    }

    /// Reads what came of the newest visits, a moment after the first screen is there: it must not keep a first tap
    /// waiting.
    pub(in crate::ui) fn read_what_came(self) {
        spawn_forever(async move {
            clock::sleep(WHAT_CAME_AFTER_MS).await;
            if *self.seat.view.peek() == View::Today {
                self.read_shelf();
            }
        });
    }

    /// What the reader's own voice rests on, as far as the view shows it.
    async fn fetch_voices(self, view: View, me: PersonId) -> Result<Voices, Problem> {
        let mut fed = Voices::default();
        let names = vec![named("person", me), named("district", "district")];
        for kept in self.documents(Request::LookUp { names }).await? {
            let Some(body) = reading::body(&kept.json) else {
                continue;
            };
            if let Some(known) = reading::known(&body) {
                fed.ideas = known.ideas;
            } else if let Some(starts) = body.get("week_start").and_then(Value::as_u64) {
                fed.week_start = starts.try_into().unwrap_or_default();
            }
        }
        for voice in Voice::ALL {
            let (found, _) = self.pages(voice.document(), None, 1, "").await?;
            let own = |kept: &Kept| voices::of_document(voice, &reading::body(&kept.json)?, me);
            fed.said.extend(found.iter().filter_map(own));
        }
        let forms: Vec<String> = self.today.peek().as_ref().map_or_else(Vec::new, |today| {
            let ideas = today.ideas.iter().map(|idea| &idea.form.form);
            let mine = ideas.filter(|form| fed.ideas.contains(&form.key));
            mine.map(FormRef::document_id).collect()
        });
        let names = forms.iter().map(|form| named("survey", form)).collect();
        for kept in self.documents(Request::LookUp { names }).await? {
            let asked = reading::body(&kept.json).and_then(|body| voices::asked(&body));
            let key = kept.id.split('@').next().unwrap_or_default().to_owned();
            fed.asked.extend(asked.map(|asked| (key, asked)));
        }
        if matches!(view, View::Log | View::Welcome) {
            let found = self.down_to("class", None, "").await?;
            let own = |kept: &Kept| voices::own_class(&reading::body(&kept.json)?, me);
            fed.classes = found.iter().filter_map(own).collect();
        }
        if view == View::Pilot {
            let (found, _) = self.pages(Voice::Answers.document(), None, 1, "").await?;
            fed.named = bodies(&found, voices::named_answers);
            fed.named.retain(|(teacher, _)| *teacher != me);
            let names = fed.ideas.iter().map(|idea| named("measures", idea));
            let names = names.collect();
            let whole = |body: &Value| Some(body.clone());
            fed.measures = bodies(&self.documents(Request::LookUp { names }).await?, whole);
            fed.pools.0 = bodies(&self.pages("survey_pool", None, 1, "").await?.0, whole);
            fed.pools.1 = bodies(&self.pages("lesson_pool", None, 1, "").await?.0, whole);
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
        people.extend(fed.voices.named.iter().map(|(teacher, _)| *teacher));
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

    /// The forms that documents were recorded on.
    async fn fetch_forms(self, fed: &Fed) -> Result<Vec<Form>, Problem> {
        let visits = fed.visits.iter().map(|one| &one.form);
        let mut names: Vec<Name> = Vec::new();
        let calls = fed.support.iter().filter_map(|one| one.form.as_ref());
        let spots = fed.spots.iter().map(|one| &one.form);
        for form in visits.chain(spots).chain(calls) {
            let name = named(FORM, form.document_id());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let found = self.documents(Request::LookUp { names }).await?;
        let read = |kept: &Kept| body_of(FORM, &kept.json);
        Ok(found.iter().filter_map(read).collect())
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
