//! What is done with the visit in hand: touched, written on, taken back, sent.

use super::Counts;
use crate::domain::collect::draft::Act;
use crate::domain::collect::draft::touch::{Touch, stripped};
use crate::domain::id::DraftId;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use crate::host::{Reply, Request, clock};
use crate::ui::desk::{Desk, Trouble};
use crate::ui::launch;
use crate::ui::pad::Pad;
use crate::ui::seat::View;
use dioxus::core::spawn_forever;
use dioxus::prelude::*;

impl Desk {
    /// Something on the look-for at this place was touched.
    pub fn touch(self, place: usize, touch: Touch) {
        let at = clock::now();
        let act = {
            let pad = self.pad.peek();
            let Some(pad) = pad.as_ref() else { return };
            let touch = match touch {
                Touch::Timer(_) => self.timed(pad, place, at.at_utc_ms),
                other => other,
            };
            pad.draft().touch(&pad.form, place, touch, at)
        };
        if let Some(act) = act {
            self.act_at(act, at);
        }
    }

    /// The button of a timer, with the time that it ran if this page started it.
    fn timed(&self, pad: &Pad, place: usize, at_utc_ms: i64) -> Touch {
        let now = clock::steady_ms();
        let since = pad.draft().mark(place).and_then(|mark| mark.running);
        let Some(since) = since else {
            let mut started = self.started;
            started.write().push((place, at_utc_ms, now));
            return Touch::Timer(None);
        };
        let started = self.started.peek();
        let mut started = started.iter();
        let found = started.find(|(one, wall, _)| *one == place && *wall == since.at_utc_ms);
        Touch::Timer(found.map(|(_, _, began)| now.saturating_sub(*began)))
    }

    /// Does something to the visit in hand: it is painted, then kept.
    pub fn act(self, act: Act) {
        self.act_at(act, clock::now());
    }

    fn act_at(mut self, act: Act, at: Moment) {
        let touched = {
            let mut pad = self.pad.write();
            let Some(pad) = pad.as_mut() else { return };
            let head = pad.draft().head.clone();
            pad.touch(act, at).map(|tap| (head, tap))
        };
        let (head, tap) = match touched {
            Ok(touched) => touched,
            Err(problem) => return self.trouble.set(Some(Trouble::TapLost(problem))),
        };
        let (draft, revision) = (head.id, tap.revision);
        let answer = self.ask(Request::Keep { head, tap });
        spawn_forever(async move {
            let answer = answer.await;
            let desk = self;
            let mut pad = self.pad.write();
            let Some(pad) = pad.as_mut().filter(|pad| pad.draft().head.id == draft) else {
                // It was laid down meanwhile.
                if let Err(problem) = answer {
                    self.trouble.set(Some(Trouble::TapLost(problem)));
                }
                return;
            };
            match answer {
                Ok(_) => {
                    pad.kept(revision);
                    launch::felt();
                    if matches!(*self.trouble.peek(), Some(Trouble::TapLost(_))) {
                        self.trouble.set(None);
                    }
                }
                Err(problem) => {
                    if pad.lose(revision) {
                        desk.look_into_the_store(draft, &problem);
                        self.trouble.set(Some(Trouble::TapLost(problem)));
                    }
                }
            }
        });
    }

    /// When the store has other taps of the visit in hand than the page, shows those of the store: one that did not
    /// answer in time may have kept what is said to be lost, and takes no other tap in its place.
    fn look_into_the_store(self, draft: DraftId, problem: &Problem) {
        if !matches!(problem, Problem::OutOfOrder { .. }) {
            return;
        }
        let then = move |mut desk: Self, reply| {
            let Reply::Sheet(sheet) = reply else { return };
            let in_hand = desk.pad.peek().as_ref().map(|pad| pad.draft().head.id);
            if let (Ok(kept), true) = (Pad::open(*sheet), in_hand == Some(draft)) {
                desk.pad.set(Some(kept));
                desk.undone += 1;
            }
        };
        self.hear(Request::GoOn { draft }, Box::new(then));
    }

    /// A digit or a ten on a strip was touched.
    pub fn number(self, counts: Counts, number: u16) {
        match counts {
            Counts::Ratio { place, of } => self.touch(place, Touch::Number { of, number }),
            Counts::Students(students) => self.act(Act::Students {
                students: stripped(students, number),
            }),
            Counts::FocusSeats(focus_seats) => self.act(Act::FocusSeats {
                focus_seats: stripped(focus_seats, number),
            }),
        }
    }

    /// Takes the last tap back that was not taken back, and brings into view what it was about.
    pub fn undo(mut self) {
        let place = {
            let pad = self.pad.peek();
            let Some(pad) = pad.as_ref() else { return };
            let Some(last) = pad.draft().last() else {
                return;
            };
            let key = last.act.look_for();
            key.and_then(|key| pad.form.look_fors.iter().position(|one| one.key == *key))
        };
        self.act(Act::Undo);
        self.undone += 1;
        if let Some(place) = place {
            launch::reveal(format!("look-for-{place}"));
        }
    }

    /// Goes to the look-for at this place of the form.
    pub fn go_to(self, place: usize) {
        self.go(View::Visit);
        launch::reveal(format!("look-for-{place}"));
    }

    /// The visit is over: timers stop, and what was recorded is looked through.
    pub fn review(self) {
        let running: Vec<usize> = {
            let pad = self.pad.peek();
            let Some(pad) = pad.as_ref() else { return };
            let places = 0..pad.form.look_fors.len();
            places
                .filter(|place| {
                    let mark = pad.draft().mark(*place);
                    mark.is_some_and(|mark| mark.running.is_some())
                })
                .collect()
        };
        for place in running {
            self.touch(place, Touch::Timer(None));
        }
        let (begun, left) = {
            let pad = self.pad.peek();
            let draft = pad.as_ref().map(|pad| pad.draft());
            let begun = draft.map(|draft| draft.head.begun.at_utc_ms);
            (begun, draft.and_then(|draft| draft.left()))
        };
        if let (None, Some(begun_utc_ms)) = (left, begun) {
            self.act_at(Act::Leave, self.now_in_visit(begun_utc_ms));
        }
        self.go(View::Review);
    }

    /// Sends the visit in hand.
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
                Ok(Reply::Today(today)) => {
                    self.trouble.set(None);
                    self.written.set(Some(head.visit));
                    self.pad.set(None);
                    self.seat.view.set(View::Today);
                    self.show_today(*today);
                    launch::stay_awake(false);
                    launch::focus("heading");
                }
                Ok(_) => {}
                Err(problem) => {
                    self.look_into_the_store(head.id, &problem);
                    self.trouble.set(Some(Trouble::NotSubmitted(problem)));
                }
            }
        });
    }
}
