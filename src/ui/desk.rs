//! The desk: what the screens show, and what a touch sets in motion.

use super::launch::{self, Link};
use super::pad::Pad;
use super::seat::Seat;
use super::shelf::Shelf;
use crate::domain::collect::draft::DraftHead;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;
use crate::domain::collect::visit::{Visit, Whereabouts};
use crate::domain::id::DraftId;
use crate::domain::problem::Problem;
use crate::host::{Host, News, Opened, Reply, Request, VISITS_PAGE, clock};
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
            // Drawn until the store says what the visit really is.
            pad: Signal::new(Pad::open(fresh_head(1), &[]).ok()),
            written: Signal::new(None),
            visits: Signal::new(Vec::new()),
            older: Signal::new(false),
            lasting: Signal::new(true),
            trouble: Signal::new(None),
            update: Signal::new(false),
            language: Signal::new(link.language()),
        };
        spawn_forever(async move {
            while let Some(news) = news.next().await {
                match news {
                    News::Visits => {
                        desk.look_again().await;
                        desk.look_at_view();
                    }
                    News::Documents => desk.look_at_view(),
                    News::Me(me) => desk.seat.me.set(Some(me)),
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

    /// The sentence in the reader's language.
    pub fn say(&self, say: Say<'_>) -> String {
        (self.language)().say(&say)
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
        self.seat.me.set(Some(opened.me));
        let pad = match opened.draft {
            Some((head, taps)) => Pad::open(head, &taps),
            None => Pad::open(fresh_head(opened.next_visit), &[]),
        };
        match pad {
            Ok(pad) => self.pad.set(Some(pad)),
            Err(problem) => return self.stage.set(Stage::Failed(problem)),
        }
        self.older.set(opened.visits.len() >= VISITS_PAGE as usize);
        self.visits.set(opened.visits);
        self.lasting.set(opened.lasting);
        self.stage.set(Stage::Open);
    }

    pub(super) fn ask(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Reply, Problem>> + use<> {
        self.host.peek().ask(request)
    }

    /// A choice of a look-for was touched: it is painted, then kept.
    pub fn touch(mut self, look_for: &LookForKey, rating: Rating) {
        let touched = {
            let mut pad = self.pad.write();
            let Some(pad) = pad.as_mut() else { return };
            let act = pad.draft().touch(look_for, rating);
            let head = pad.draft().head.clone();
            pad.touch(act, clock::now()).map(|tap| (head, tap))
        };
        let (head, tap) = match touched {
            Ok(touched) => touched,
            Err(problem) => return self.trouble.set(Some(Trouble::TapLost(problem))),
        };
        let (draft, revision) = (head.id, tap.revision);
        let answer = self.ask(Request::Keep { head, tap });
        spawn_forever(async move {
            let answer = answer.await;
            let mut pad = self.pad.write();
            let Some(pad) = pad.as_mut().filter(|pad| pad.draft().head.id == draft) else {
                return;
            };
            match answer {
                Ok(_) => {
                    pad.kept(revision);
                    if matches!(*self.trouble.peek(), Some(Trouble::TapLost(_))) {
                        self.trouble.set(None);
                    }
                }
                Err(problem) => {
                    if pad.lose(revision) {
                        self.trouble.set(Some(Trouble::TapLost(problem)));
                    }
                }
            }
        });
    }

    /// The visit is done.
    pub fn submit(mut self) {
        let Some((head, revision)) = self.pad.peek().as_ref().map(|pad| {
            let draft = pad.draft();
            (draft.head.clone(), draft.revision)
        }) else {
            return;
        };
        let answer = self.ask(Request::Submit {
            draft: head.id,
            revision,
            at: clock::now(),
        });
        spawn_forever(async move {
            match answer.await {
                Ok(Reply::Opened(opened)) => {
                    self.trouble.set(None);
                    self.written.set(Some(head.visit));
                    self.show(opened);
                    // The button that was pressed is gone; the next thing to do takes the focus.
                    launch::focus("begin");
                }
                Ok(_) => {}
                Err(problem) => self.trouble.set(Some(Trouble::NotSubmitted(problem))),
            }
        });
    }

    /// The next visit begins.
    pub fn begin(mut self) {
        self.written.set(None);
        let visit = self.pad.peek().as_ref().map(|pad| pad.draft().head.visit);
        // The visit begins now, not when the one before it was submitted.
        if let Some(Ok(pad)) = visit.map(|visit| Pad::open(fresh_head(visit), &[])) {
            self.pad.set(Some(pad));
            launch::focus("heading");
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
        if let Ok(Reply::Visits(newest)) = self.ask(Request::Visits { before: None }).await {
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
                Ok(_) => self.look_again().await,
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Where the visit is that was just submitted.
    pub fn written_whereabouts(&self) -> Option<Whereabouts> {
        let written = (self.written)()?;
        let visits = self.visits.read();
        visits
            .iter()
            .find(|visit| visit.visit == written)
            .map(|visit| visit.whereabouts.clone())
    }
}

fn fresh_head(visit: u32) -> DraftHead {
    let begun = clock::now();
    let id = DraftId::mint(begun.at_utc_ms, clock::random());
    DraftHead {
        id,
        visit,
        form: Form::three_reads().form,
        begun,
    }
}
