//! A visit in hand: begun, tapped, written on, submitted. What the form and the first screen set in motion;
//! what is touched and sent stands in `answer`.

mod answer;

use super::desk::{Desk, Trouble};
use super::launch;
use super::pad::{Pad, Standing};
use super::seat::View;
use crate::domain::claim::ClaimCode;
use crate::domain::collect::draft::{Act, Beside, DraftHead, Mark};
use crate::domain::collect::today::{CLASSES_PAGE, Classroom};
use crate::domain::collect::walkthrough::{Lesson, Phase, Visited};
use crate::domain::id::{ClassId, DraftId, PersonId, SiteId};
use crate::host::{Reply, Request, clock};
use dioxus::core::spawn_forever;
use dioxus::prelude::*;

/// What a strip of numbers counts, and for what stands for itself how many there are now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// "How many", or "of how many", of a look-for at a place of the form.
    Ratio {
        /// The place, from 0.
        place: usize,
        /// Whether it is "of how many".
        of: bool,
    },
    /// The students of the class.
    Students(Option<u16>),
    /// Those at focus seats.
    FocusSeats(Option<u16>),
}

/// What a part of the visit's screens listens to. One kind of value for all, since each would weigh anew.
#[derive(Clone, Debug, PartialEq)]
pub enum Glance {
    /// There is no visit, or the look-for is not asked.
    Nothing,
    /// Which visit, and how many look-fors its form has.
    Sheet(DraftId, usize),
    /// What is recorded for a look-for.
    Mark(Mark),
    /// The places of the docked tools.
    Tools(Vec<usize>),
    /// What the visit is called, and where the lesson is.
    Top(Option<String>, Option<Phase>),
    /// Where the taps stand.
    Standing(Standing),
    /// What is recorded beside the look-fors, and whether seats are counted.
    Beside(Beside, bool),
    /// Whether there is something to take back, whether the visit shines, whether anything is answered.
    Bar(bool, bool, bool),
}

impl Desk {
    /// Listens to a part of the visit in hand: whoever reads it is drawn again when that part changes. Call it
    /// as a hook.
    pub fn glance(self, part: fn(&Pad, usize) -> Glance, place: usize) -> Memo<Glance> {
        use_memo(move || match self.pad.read().as_ref() {
            Some(pad) => part(pad, place),
            None => Glance::Nothing,
        })
    }

    /// Begins a visit to a class, on the form of the idea in focus; or, with a visit in hand, says that it is
    /// of this class.
    pub fn enter(mut self, room: &Classroom) {
        let Classroom {
            site,
            teacher,
            class,
            name,
            ..
        } = room;
        let lesson = self.lesson(*site, *teacher, *class);
        let in_hand = self.pad.peek().is_some();
        if in_hand {
            if let Some(pad) = self.pad.write().as_mut() {
                pad.name.clone_from(name);
            }
            self.act(Act::Enter { lesson });
            return self.go(View::Visit);
        }
        self.begin(Some(lesson), name.clone());
    }

    fn lesson(&self, site: SiteId, teacher: PersonId, class: Option<ClassId>) -> Lesson {
        let names = self
            .today
            .peek()
            .as_ref()
            .is_none_or(|today| today.agreement.names);
        let whom = match names {
            true => Visited::Named { teacher, class },
            false => Visited::Numbered {
                code: ClaimCode::mint(clock::random()),
            },
        };
        Lesson { site, whom }
    }

    fn begin(mut self, lesson: Option<Lesson>, name: Option<String>) {
        let begun = clock::now();
        let pad = {
            let mut today = self.today.write();
            let Some(today) = today.as_mut() else { return };
            let Some(idea) = today.ideas.get((self.idea)()) else {
                return;
            };
            let head = DraftHead {
                id: DraftId::mint(begun.at_utc_ms, clock::random()),
                visit: today.next_visit,
                form: idea.form.form.clone(),
                begun,
                lesson,
            };
            today.next_visit += 1;
            // Without a name on the form there is none on the screen of the visit.
            let name = name.filter(|_| today.agreement.names);
            Pad::begin(head, idea.form.clone(), name)
        };
        let head = pad.draft().head.clone();
        self.hold(pad);
        // Without a page nobody says that the device slept, and the clock stood still with it.
        if launch::HAS_PAGES {
            self.begin_time(begun);
        }
        self.hear(Request::Begin { head }, Box::new(|_, _| {}));
    }

    /// Shows a visit in hand.
    fn hold(mut self, pad: Pad) {
        self.written.set(None);
        self.away.set(None);
        self.trouble.set(None);
        self.started.set(Vec::new());
        self.pad.set(Some(pad));
        self.go(View::Visit);
        launch::stay_awake(true);
    }

    /// Lays the visit down: it stays open.
    pub fn lay_down(mut self) {
        self.write_typed();
        self.pad.set(None);
        launch::stay_awake(false);
        self.go(View::Today);
        self.hear(Request::LayDown, Box::new(Self::take_today));
    }

    /// Goes on with an open visit.
    pub fn go_on(self, draft: DraftId) {
        let then = |mut desk: Self, reply| {
            if let Reply::Sheet(sheet) = reply {
                match Pad::open(*sheet) {
                    Ok(pad) => desk.hold(pad),
                    Err(problem) => desk.trouble.set(Some(Trouble::NotDone(problem))),
                }
            }
        };
        self.hear(Request::GoOn { draft }, Box::new(then));
    }

    /// Puts an open visit away, or takes it out again.
    pub fn put_away(mut self, draft: DraftId, away: bool) {
        self.away.set(away.then_some(draft));
        let at_utc_ms = away.then(|| clock::now().at_utc_ms);
        let request = Request::Discard { draft, at_utc_ms };
        self.hear(request, Box::new(Self::take_today));
    }

    /// Reads again what the first screen shows.
    pub fn read_today(self) {
        self.hear(Request::Today, Box::new(Self::take_today));
    }

    fn take_today(self, reply: Reply) {
        if let Reply::Today(today) = reply {
            self.show_today(*today);
        }
    }

    /// Looks for classes by what stands in the room, the title or the name.
    pub fn search(self, search: String) {
        self.find_classes(search, 0);
    }

    /// The next page of what was found.
    pub fn search_on(self, search: String) {
        let skip = self.found.peek().0.len();
        self.find_classes(search, u32::try_from(skip).unwrap_or(0));
    }

    fn find_classes(self, search: String, skip: u32) {
        let then = move |mut desk: Self, reply| {
            if let Reply::Classes(classes) = reply {
                let more = classes.len() >= CLASSES_PAGE as usize;
                let mut found = desk.found.write();
                found.0.truncate(skip as usize);
                found.0.extend(classes);
                found.1 = more;
            }
        };
        self.hear(Request::Classes { search, skip }, Box::new(then));
    }

    /// Adds a teacher on the spot, and enters their lesson.
    pub fn add_and_enter(self, name: &str) {
        let name = name.trim().to_owned();
        let site = self
            .today
            .peek()
            .as_ref()
            .and_then(|today| today.sites.first().copied());
        let (Some(site), false) = (site, name.is_empty()) else {
            return;
        };
        let at = clock::now();
        let teacher = PersonId::mint(at.at_utc_ms, clock::random());
        let request = Request::AddPerson {
            person: teacher,
            site,
            name: name.clone(),
            at,
        };
        let then = move |desk: Self, _| {
            desk.enter(&Classroom {
                class: None,
                site,
                title: String::new(),
                room: None,
                teacher,
                name: Some(name),
                visited_utc_ms: None,
                reason: None,
                ask_first: false,
            });
        };
        self.hear(request, Box::new(then));
    }

    /// Asks, and does `then` with the answer; a problem is shown. One function for all, since each shape of it
    /// would weigh anew.
    pub(super) fn hear(mut self, request: Request, then: Then) {
        let answer = self.ask(request);
        spawn_forever(async move {
            match answer.await {
                Ok(reply) => then(self, reply),
                Err(problem) => self.trouble.set(Some(Trouble::NotDone(problem))),
            }
        });
    }
}

/// What is done with an answer.
pub type Then = Box<dyn FnOnce(Desk, Reply)>;
