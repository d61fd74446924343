//! The desk: what the screens show, and what a touch sets in motion.

use super::launch::Link;
use super::pad::Pad;
use super::seat::{Seat, View};
use super::shelf::Shelf;
use super::storage::Held;
use crate::domain::collect::today::{Classroom, Today};
use crate::domain::collect::visit::Visit;
use crate::domain::id::{DraftId, PersonId};
use crate::domain::problem::Problem;
use crate::host::{Host, Me, News, Opened, Reply, Request, VISITS_PAGE, clock};
use crate::text::walk::Walk;
use crate::text::{Language, Say};
// Not `spawn`: what the desk does must outlive the component whose button was touched.
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use futures_util::StreamExt;

/// How often a page that found the store held elsewhere looks whether it is free.
const LOOK_AGAIN_MS: u64 = 2_000;
/// How long a page that was taken over waits before it looks, so that the other one can open.
const AFTER_TAKEN_OVER_MS: u64 = 6_000;
/// How often a page that takes over tries, and how long it waits between.
const TAKE_OVER_TRIES: u32 = 4;
const TAKE_OVER_MS: u64 = 250;

/// Whether the store is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is being opened.
    Opening,
    /// It is open.
    Open,
    /// Another tab holds it.
    Elsewhere,
    /// Another tab took it over.
    Moved,
    /// It does not open.
    Failed(Problem),
}

/// What went wrong last, until it is put away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A tap was not kept.
    TapLost(Problem),
    /// A visit was not submitted.
    NotSubmitted(Problem),
    /// Something else that was asked for was not done.
    NotDone(Problem),
}

/// What the screens show. Copies are the same desk.
#[derive(Clone, Copy)]
pub struct Desk {
    host: CopyValue<Host>,
    /// Who sits at the device.
    pub seat: Seat,
    /// The documents that the screens after a visit show.
    pub shelf: Shelf,
    /// Whether the store is here.
    pub stage: Signal<Stage>,
    /// The visit being recorded.
    pub pad: Signal<Option<Pad>>,
    /// By a clock that only goes forward, when each timer of it was started: its place on the form, the wall
    /// clock, the other clock.
    pub(super) started: CopyValue<Vec<(usize, i64, u64)>>,
    /// What is typed on the visit and not written into it yet: on the look-for at a place, or as its line of evidence.
    pub(super) typing: CopyValue<Option<(Option<usize>, String)>>,
    /// What the first screen shows; none until the store has said it.
    pub today: Signal<Option<Today>>,
    /// Which of its change ideas is in focus.
    pub idea: Signal<usize>,
    /// What the search for a class found, and whether there may be more.
    pub found: Signal<(Vec<Classroom>, bool)>,
    /// The visit that was just put away.
    pub away: Signal<Option<DraftId>>,
    /// How often something was taken back: what is typed is drawn anew then.
    pub undone: Signal<u32>,
    /// The number of the visit that was just submitted, until the next is begun.
    pub written: Signal<Option<u32>>,
    /// Submitted visits, newest first.
    pub visits: Signal<Vec<Visit>>,
    /// Whether there may be older visits than those shown.
    pub older: Signal<bool>,
    /// Whether what is kept outlives the page.
    pub lasting: Signal<bool>,
    /// What went wrong last.
    pub trouble: Signal<Option<Trouble>>,
    /// Whether a newer version waits to be taken.
    pub update: Signal<bool>,
    /// The reader's language.
    pub language: Signal<Language>,
    /// The language of the device, for whoever chose none.
    pub(super) device_language: Language,
    /// What the store holds, once the storage panel was opened.
    pub held: Signal<Option<Held>>,
}

impl Desk {
    /// Sets up the desk and opens the store. Called once, by the app.
    pub fn set_up(link: &Link) -> Self {
        let (host, mut news) = link.start();
        let mut desk = Self {
            host: CopyValue::new(host),
            seat: Seat::empty(link.joining(), link.is_offline(), link.server()),
            shelf: Shelf::empty(),
            stage: Signal::new(Stage::Opening),
            pad: Signal::new(None),
            started: CopyValue::new(Vec::new()),
            typing: CopyValue::new(None),
            today: Signal::new(None),
            idea: Signal::new(0),
            found: Signal::new((Vec::new(), false)),
            away: Signal::new(None),
            undone: Signal::new(0),
            written: Signal::new(None),
            visits: Signal::new(Vec::new()),
            older: Signal::new(false),
            lasting: Signal::new(true),
            trouble: Signal::new(None),
            update: Signal::new(false),
            language: Signal::new(link.language()),
            device_language: link.language(),
            held: Signal::new(None),
        };
        spawn_forever(async move {
            while let Some(news) = news.next().await {
                match news {
                    News::Visits => {
                        desk.look_again().await;
                        desk.look_at_view();
                    }
                    News::Documents => {
                        desk.read_today();
                        desk.look_at_view();
                    }
                    News::Me(me) if Some(me.id()) == desk.who() => desk.seat.me.set(Some(me)),
                    News::Me(_) => desk.open_anew(Stage::Opening),
                    News::UpdateNeeded => desk.seat.outdated.set(true),
                    News::Lost(_) => desk.moved(),
                }
            }
        });
        spawn_forever(desk.open());
        desk
    }

    /// Whether the store is open, so that a touch can be kept.
    pub fn is_open(&self) -> bool {
        *self.stage.read() == Stage::Open
    }

    /// The sentence of a visit in the reader's language.
    pub fn walk(&self, walk: Walk<'_>) -> String {
        (self.language)().walk(walk)
    }

    /// The sentence in the reader's language.
    pub fn say(&self, say: Say<'_>) -> String {
        (self.language)().say(&say)
    }

    /// Whose store is shown; none before one is.
    fn who(&self) -> Option<Option<PersonId>> {
        self.seat.me.peek().as_ref().map(Me::id)
    }

    /// Opens again what is no longer open here, or is another person's by now.
    fn open_anew(mut self, until_then: Stage) {
        if *self.stage.peek() == Stage::Open {
            self.stage.set(until_then);
            spawn_forever(self.open());
        }
    }

    async fn open(mut self) {
        loop {
            match self.ask(Request::Open).await {
                Ok(Reply::Opened(opened)) => return self.show(opened),
                Ok(_) => return,
                Err(Problem::OpenElsewhere) => self.stage.set(Stage::Elsewhere),
                Err(problem) => return self.stage.set(Stage::Failed(problem)),
            }
            clock::sleep(LOOK_AGAIN_MS).await;
            if *self.stage.peek() != Stage::Elsewhere {
                return;
            }
        }
    }

    pub(super) fn show(mut self, opened: Opened) {
        // In another tab somebody else may have gone on, to whom nothing is shown of whoever was here.
        if self.who().is_some_and(|who| who != opened.me.id()) {
            self.clear_away();
        }
        self.seat.me.set(Some(opened.me));
        self.lasting.set(opened.lasting);
        self.show_language(opened.language.as_deref());
        self.show_today(*opened.today);
        self.show_older_button();
        match opened.sheet.map(|sheet| Pad::open(*sheet)) {
            Some(Ok(pad)) => {
                self.pad.set(Some(pad));
                self.seat.view.set(View::Visit);
            }
            None => {
                self.pad.set(None);
                if matches!(*self.seat.view.peek(), View::Visit | View::Review) {
                    self.seat.view.set(View::Today);
                }
            }
            Some(Err(problem)) => return self.stage.set(Stage::Failed(problem)),
        }
        self.stage.set(Stage::Open);
        self.read_what_came();
    }

    pub(super) fn show_today(mut self, today: Today) {
        self.visits.set(today.visits.clone());
        self.put_today(today);
    }

    /// Whoever comes for the visits to their class begins there, as soon as the device knows that.
    fn put_today(mut self, today: Today) {
        let before = self.today.peek();
        let first = today.only_teaches() && !before.as_ref().is_some_and(Today::knows_posts);
        drop(before);
        self.today.set(Some(today));
        if first && *self.seat.view.peek() == View::Today {
            self.seat.view.set(View::AboutMe);
            self.fetch_for(View::AboutMe);
        }
    }

    fn show_older_button(mut self) {
        let full = self.visits.peek().len() >= VISITS_PAGE as usize;
        self.older.set(full);
    }

    /// Asks the store of whoever sits here. When another tab holds it by now, or somebody else's is open, that is
    /// shown instead; what was asked of somebody else's is answered to nobody.
    pub(super) fn ask(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Reply, Problem>> + use<> {
        let (desk, by) = (*self, self.who().flatten());
        let held = match &request {
            Request::Hold(saying) => Some(saying.id),
            _ => None,
        };
        let answer = self.host.peek().ask_as(by, request);
        async move {
            let answer = answer.await;
            match &answer {
                Err(Problem::SomebodyElse) => {
                    desk.open_anew(Stage::Opening);
                    std::future::pending().await
                }
                Err(Problem::OpenElsewhere) => desk.open_anew(Stage::Elsewhere),
                _ => {}
            }
            if let (Err(Problem::StoreFailed { .. }), Some(id)) = (&answer, held) {
                // A worker that was given up may have kept what is now said to be not done. Nobody waits for this.
                drop(desk.host.peek().ask_as(by, Request::Unsay { id }));
            }
            answer
        }
    }

    /// Goes on here although another tab holds the store.
    pub fn take_over(mut self) {
        self.stage.set(Stage::Opening);
        spawn_forever(async move {
            for _ in 0..TAKE_OVER_TRIES {
                self.host.peek().take_over();
                clock::sleep(TAKE_OVER_MS).await;
                match self.ask(Request::Open).await {
                    Ok(Reply::Opened(opened)) => return self.show(opened),
                    Err(Problem::OpenElsewhere) => {}
                    Ok(_) => return,
                    Err(problem) => return self.stage.set(Stage::Failed(problem)),
                }
            }
            self.stage.set(Stage::Elsewhere);
            self.open().await;
        });
    }

    fn moved(mut self) {
        self.stage.set(Stage::Moved);
        spawn_forever(async move {
            clock::sleep(AFTER_TAKEN_OVER_MS).await;
            loop {
                if *self.stage.peek() != Stage::Moved {
                    return;
                }
                // When the other tab is closed, this one goes on.
                if let Ok(Reply::Opened(opened)) = self.ask(Request::Open).await {
                    self.written.set(None);
                    return self.show(opened);
                }
                clock::sleep(LOOK_AGAIN_MS).await;
            }
        });
    }

    /// Opens the store again after it failed to open.
    pub fn open_again(mut self) {
        self.stage.set(Stage::Opening);
        spawn_forever(self.open());
    }

    /// Reads again where the visits are, as many as are shown.
    async fn look_again(mut self) {
        if let Ok(Reply::Today(today)) = self.ask(Request::Today).await {
            let newest = today.visits.clone();
            self.put_today(*today);
            let oldest = newest.last().map_or(0, |visit| visit.number);
            let mut visits = self.visits.write();
            let rest = visits.drain(..).filter(|visit| visit.number < oldest);
            let rest: Vec<Visit> = rest.collect();
            *visits = newest.into_iter().chain(rest).collect();
        }
    }

    /// Shows the next page of older visits.
    pub fn show_older(mut self) {
        let before = self.visits.peek().last().map(|visit| visit.number);
        let answer = self.ask(Request::Visits { before });
        spawn_forever(async move {
            match answer.await {
                Ok(Reply::Visits(older)) => {
                    self.older.set(older.len() >= VISITS_PAGE as usize);
                    self.visits.write().extend(older);
                    self.read_shelf();
                }
                Ok(_) => {}
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// A record as text, to be saved.
    pub async fn copy(mut self, number: u64) -> Option<String> {
        match self.ask(Request::Copy { number }).await {
            Ok(Reply::Copy(text)) => Some(text),
            Ok(_) => None,
            Err(problem) => {
                self.trouble.set(Some(Trouble::NotDone(problem)));
                None
            }
        }
    }

    /// Sends a record again that was set aside.
    pub fn try_again(mut self, number: u64) {
        let answer = self.ask(Request::TryAgain { number });
        spawn_forever(async move {
            match answer.await {
                Ok(_) => {
                    self.look_again().await;
                    self.look_at_view();
                }
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// The visit that was just submitted.
    pub fn written_visit(&self) -> Option<Visit> {
        let written = (self.written)()?;
        let visits = self.visits.read();
        visits.iter().find(|visit| visit.visit == written).cloned()
    }
}
