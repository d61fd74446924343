//! The seat: who sits at the device, and how that changes. What the screens of sign-in and of the menu
//! show and set in motion.

use super::desk::{Desk, Trouble};
use super::launch;
use crate::domain::agreement::{Agreement, Agreements};
use crate::domain::document::{PersonDocument, body_of};
use crate::domain::id::{EventId, PersonId};
use crate::domain::people::{Post, Role};
use crate::domain::problem::Problem;
use crate::host::{Here, Me, Opened, Reply, Request, clock};
use dioxus::core::spawn_forever;
use dioxus::prelude::*;

/// How long a sign-in that found no network waits before it is tried again.
const TRY_AGAIN_MS: u64 = 4_000;

/// Which page is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The first screen.
    Today,
    /// The submitted visits.
    Visits,
    /// Who sits here, and what they can do about it.
    Me,
    /// The visit that is being recorded.
    Visit,
    /// All that was recorded, before it is sent.
    Review,
    /// The search for a class: to begin a visit, or to change that of the visit in hand.
    Classes,
    /// The field for a code, beside a store that is somebody's already.
    SignIn,
    /// The people with a store here.
    People,
    /// A code for another device.
    Code,
    /// The agreement.
    Agreement,
    /// What the store of this device holds.
    Storage,
    /// What Lookfor is.
    About,
    /// The way out.
    Leave,
    /// Visits to the reader's class.
    AboutMe,
    /// What came of one of them: the card of this visit.
    Card(EventId),
    /// Everything that was recorded on a visit.
    Record(EventId),
    /// Feedback on a visit, to be written.
    Feedback(EventId),
    /// What came of the reader's own visits.
    Replies,
    /// Bright spots.
    BrightSpots,
    /// Calls for support.
    Support,
    /// The questions of the week.
    Week,
    /// The lesson log.
    Log,
    /// "Come and see this", to be said.
    Welcome,
    /// What the pilot shows.
    Pilot,
}

/// How a sign-in goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Nothing is asked.
    Not,
    /// The server is being asked.
    Busy,
    /// There is no network; it is asked again soon.
    NoNetwork,
    /// It was refused.
    Refused(Problem),
}

/// Who sits here. Copies are the same seat.
#[derive(Clone, Copy)]
pub struct Seat {
    /// Who is signed in; none until the store is open.
    pub me: Signal<Option<Me>>,
    /// The page in view.
    pub view: Signal<View>,
    /// The secret of the link that opened the page, until it is used or put away.
    pub joining: Signal<Option<String>>,
    /// How a sign-in goes.
    pub asking: Signal<Asking>,
    /// The code for another device, and the hour and minute until which it can be used.
    pub code: Signal<Option<(String, u8, u8)>>,
    /// The people with a store here.
    pub here: Signal<Vec<Here>>,
    /// How many records are not on the server yet.
    pub unsent: Signal<u32>,
    /// The agreement that holds now.
    pub agreement: Signal<Option<Agreement>>,
    /// All of its versions: a visit is shown by the one of its day.
    pub agreements: Signal<Option<Agreements>>,
    /// Whether the one who sits here has a role in the office.
    pub office: Signal<bool>,
    /// Whether the server wants a newer Lookfor.
    pub outdated: Signal<bool>,
    /// Where the server is, as a person may read it.
    pub server: Signal<String>,
}

impl Seat {
    /// Nobody sits here yet.
    pub fn empty(joining: Option<String>, offline: bool, server: String) -> Self {
        let asking = if offline {
            Asking::NoNetwork
        } else {
            Asking::Not
        };
        Self {
            me: Signal::new(None),
            view: Signal::new(View::Today),
            joining: Signal::new(joining),
            asking: Signal::new(asking),
            code: Signal::new(None),
            here: Signal::new(Vec::new()),
            unsent: Signal::new(0),
            agreement: Signal::new(None),
            agreements: Signal::new(None),
            office: Signal::new(false),
            outdated: Signal::new(false),
            server: Signal::new(server),
        }
    }

    /// What the person is called, if there is one.
    pub fn name(&self) -> Option<String> {
        match (self.me)() {
            Some(Me::SignedIn { name, .. } | Me::SignInAgain { name, .. }) => Some(name),
            Some(Me::SignedOut { .. } | Me::Nobody { .. }) | None => None,
        }
    }

    /// Whether nothing can be recorded before somebody signs in.
    pub fn is_taken_by_nobody(&self) -> bool {
        matches!(
            (self.me)(),
            Some(Me::Nobody { usable: false } | Me::SignedOut { .. })
        )
    }
}

impl Desk {
    /// Goes to a page.
    pub fn go(mut self, view: View) {
        self.seat.view.set(view);
        self.seat.code.set(None);
        self.forget_undo();
        if *self.seat.asking.peek() != Asking::Busy {
            self.seat.asking.set(Asking::Not);
        }
        match view {
            View::People | View::Leave => self.look_who_is_here(),
            View::Agreement => self.read_agreement(),
            View::Storage => self.look_at_storage(),
            View::Today => {
                self.read_today();
                self.fetch_for(view);
            }
            View::Classes => self.search(String::new()),
            View::Me | View::Visit | View::Review | View::SignIn | View::Code | View::About => {}
            _ => self.fetch_for(view),
        }
        launch::focus("heading");
    }

    /// Goes back to where the page in view was opened.
    pub fn back(self) {
        let view = *self.seat.view.peek();
        self.go(match view {
            _ if self.pad.peek().is_some() => View::Visit,
            View::Classes => View::Today,
            _ => View::Me,
        });
    }

    /// Puts the link away that opened the page.
    pub fn not_now(mut self) {
        self.seat.joining.set(None);
        self.go(View::Today);
    }

    /// Signs in with a secret, as it was typed or as it stood in the link. Without a network it is tried
    /// again until the page in view is another.
    pub fn sign_in(mut self, secret: String) {
        if secret.trim().is_empty() || *self.seat.asking.peek() == Asking::Busy {
            return;
        }
        self.seat.asking.set(Asking::Busy);
        spawn_forever(async move {
            // Whoever asks again, here or in the host, asks for the same device.
            let asked = Request::sign_in(secret);
            loop {
                match self.ask(asked.clone()).await {
                    Ok(Reply::Opened(opened)) => return self.sit(opened),
                    Ok(_) => return self.seat.asking.set(Asking::Not),
                    Err(Problem::NoAnswer) => self.seat.asking.set(Asking::NoNetwork),
                    Err(problem) => return self.seat.asking.set(Asking::Refused(problem)),
                }
                clock::sleep(TRY_AGAIN_MS).await;
                // Somebody went elsewhere, or asked with something else meanwhile.
                if *self.seat.asking.peek() != Asking::NoNetwork {
                    return;
                }
            }
        });
    }

    /// Shows the store of whoever sits here now.
    fn sit(mut self, opened: Opened) {
        self.seat.joining.set(None);
        self.clear_away();
        self.show(opened);
        launch::focus("heading");
    }

    /// Clears away everything of whoever sat here.
    pub(super) fn clear_away(mut self) {
        self.seat.asking.set(Asking::Not);
        self.seat.view.set(View::Today);
        self.seat.code.set(None);
        self.seat.agreement.set(None);
        self.seat.agreements.set(None);
        self.seat.office.set(false);
        self.today.set(None);
        self.idea.set(0);
        self.found.take();
        self.away.set(None);
        self.shelf.clear();
        self.held.set(None);
        self.written.set(None);
        self.trouble.set(None);
    }

    /// Goes on as another person who has a store here.
    pub fn use_as(self, person: PersonId) {
        self.change_seat(Request::Use { person });
    }

    /// Signs out. What is recorded stays.
    pub fn sign_out(self) {
        self.change_seat(Request::SignOut);
    }

    fn change_seat(mut self, request: Request) {
        let answer = self.ask(request);
        spawn_forever(async move {
            match answer.await {
                Ok(Reply::Opened(opened)) => self.sit(opened),
                Ok(_) => {}
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Sends what waits, now.
    pub fn send_now(self) {
        let answer = self.ask(Request::Nudge);
        spawn_forever(async move {
            let _ = answer.await;
            self.look_at_view();
        });
    }

    /// Asks for a code for another device.
    pub fn new_code(mut self) {
        if *self.seat.asking.peek() == Asking::Busy {
            return;
        }
        self.seat.asking.set(Asking::Busy);
        let answer = self.ask(Request::NewCode);
        spawn_forever(async move {
            match answer.await {
                Ok(Reply::Code {
                    code,
                    expires_utc_ms,
                }) => {
                    let mut until = clock::now();
                    until.at_utc_ms = expires_utc_ms;
                    let (hour, minute) = until.wall_clock();
                    self.seat.asking.set(Asking::Not);
                    self.seat.code.set(Some((code, hour, minute)));
                }
                Ok(_) => self.seat.asking.set(Asking::Not),
                Err(problem) => self.seat.asking.set(Asking::Refused(problem)),
            }
        });
    }

    /// Reads who has a store here, and how much is not sent.
    pub fn look_who_is_here(mut self) {
        let answer = self.ask(Request::People);
        spawn_forever(async move {
            if let Ok(Reply::People { here, unsent }) = answer.await {
                self.seat.here.set(here);
                self.seat.unsent.set(unsent);
            }
        });
    }

    /// What a teacher is told of who reads what of a visit that is shown by this version of the agreement.
    pub fn told_of(&self, version: u32) -> Agreement {
        let all = self.seat.agreements.read();
        let told = all.as_ref();
        told.map_or_else(Agreement::first, |all| {
            all.told_of(version, clock::now().at_utc_ms)
        })
    }

    /// Reads the agreement that holds now.
    pub fn read_agreement(mut self) {
        const KIND: &str = "agreement";
        let answer = self.ask(Request::Documents {
            kind: KIND.into(),
            before: None,
        });
        spawn_forever(async move {
            let Ok(Reply::Documents(documents)) = answer.await else {
                return;
            };
            let versions: Vec<_> = documents.iter().map(|kept| kept.json.as_str()).collect();
            let now_utc_ms = clock::now().at_utc_ms;
            let all = Agreements::read(&versions, now_utc_ms);
            let holds = all.as_ref().map(|all| all.at(now_utc_ms).clone());
            self.seat.agreement.set(holds);
            self.seat.agreements.set(all);
        });
    }

    /// Looks whether the one who sits here leads or is an admin: their own entry says it.
    pub fn look_for_the_office(mut self) {
        const KIND: &str = "person";
        let Some(Me::SignedIn { id, .. }) = self.seat.me.peek().clone() else {
            return;
        };
        if !launch::HAS_PAGES {
            return;
        }
        // The largest id before this text is the person's own, if it is here.
        let answer = self.ask(Request::Documents {
            kind: KIND.into(),
            before: Some(format!("{id}~")),
        });
        spawn_forever(async move {
            let Ok(Reply::Documents(documents)) = answer.await else {
                return;
            };
            let own = documents
                .iter()
                .filter_map(|kept| body_of::<PersonDocument>(KIND, &kept.json))
                .find(|person| person.id == id);
            let works = |post: &Post| matches!(post.role, Role::Lead | Role::Admin);
            let has_office = own.is_some_and(|own| own.posts.iter().any(works));
            self.seat.office.set(has_office);
        });
    }

    /// Goes to the pages of the office.
    pub fn open_office(mut self) {
        let answer = self.ask(Request::Office);
        spawn_forever(async move {
            match answer.await {
                Ok(Reply::Office { path }) => launch::go_to(&path),
                Ok(_) => {}
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }

    /// Follows what changed elsewhere, on the page in view.
    pub(super) fn look_at_view(self) {
        match *self.seat.view.peek() {
            View::Agreement => self.read_agreement(),
            View::Leave | View::People => self.look_who_is_here(),
            View::Storage => self.look_at_storage(),
            View::Me
            | View::Visit
            | View::Review
            | View::Classes
            | View::SignIn
            | View::Code
            | View::About => {}
            _ => self.read_shelf(),
        }
    }
}
