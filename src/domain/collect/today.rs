//! What an observer finds when the app opens: what is tested, who could be visited, what is open.

use super::form::{Form, FormRef};
use super::look_for::Bilingual;
use super::visit::{Unfinished, Visit};
use crate::domain::agreement::{Agreement, Reading};
use crate::domain::id::{ClassId, EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::place::Period;
use crate::domain::place::likely::Reason;
use serde::{Deserialize, Serialize};

/// Everything that the first screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// The change ideas that may be visited, those under test first.
    pub ideas: Vec<Idea>,
    /// Lessons that their teachers welcome visits to, today and on the days to come.
    pub welcomes: Vec<Welcomed>,
    /// What the change ideas are called that may be visited with a newer Lookfor alone: this one cannot read
    /// their forms.
    pub unread_ideas: Vec<Bilingual>,
    /// Visits that are open, newest first, without the one in hand.
    pub drafts: Vec<Unfinished>,
    /// The newest submitted visits.
    pub visits: Vec<Visit>,
    /// How many records are not on the server yet, those that were set aside included.
    pub unsent: u32,
    /// The number of the next visit.
    pub next_visit: u32,
    /// The agreement that holds now.
    pub agreement: Agreement,
    /// How much of that agreement the device could read.
    pub agreement_read: Reading,
    /// The sites that the person belongs to, or has classes of.
    pub sites: Vec<SiteId>,
    /// The period that runs where the next class is, by the wall of that site.
    pub period: Option<Period>,
    /// Whether the person teaches, as far as the device knows.
    pub teaches: bool,
    /// Whether the person does anything beside teaching: whoever does not comes for the visits to their class.
    pub visits_others: bool,
    /// Whether the district is invented, which every screen says.
    pub demo: bool,
}

impl Today {
    /// Whether the first screen of the person is the one about visits to their class.
    pub fn only_teaches(&self) -> bool {
        self.teaches && !self.visits_others
    }

    /// Whether the device knows what the person does.
    pub fn knows_posts(&self) -> bool {
        self.teaches || self.visits_others
    }
}

/// How many welcomes are shown at most.
pub const WELCOMES: usize = 6;
/// How many classes are offered without a search.
pub const LIKELY: usize = 3;
/// How many classes a page of the search has.
pub const CLASSES_PAGE: u32 = 20;

/// A change idea that is tested or about to be, with its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idea {
    /// Its form, which names it.
    pub form: Form,
    /// Whether visits measure what there was before.
    pub baseline: bool,
    /// Which cycle is on, from 1.
    pub cycle: Option<u32>,
    /// Since when.
    pub cycle_from_utc_ms: Option<i64>,
    /// In which week of a test today is, from 1, by the district's clocks.
    pub week: Option<u32>,
    /// The classes to visit next on it, at most [`LIKELY`].
    pub classes: Vec<Classroom>,
}

/// "Come and see this": a lesson that its teacher welcomes a visit to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcomed {
    /// The event that said it.
    pub id: EventId,
    /// The class.
    pub room: Classroom,
    /// Midnight of the day, by the wall.
    pub day: Moment,
    /// Whether that is today.
    pub today: bool,
    /// The change idea that can be seen, by its key.
    pub idea: Option<String>,
    /// What there is to see, in the teacher's words.
    pub what: Option<String>,
}

/// The body of a document of the kind `idea`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaBody {
    /// Its key.
    pub key: String,
    /// `drafted`, `baseline`, `testing`, `adopted`, `adapted` or `abandoned`.
    pub state: String,
    /// The version of the form on which visits begin.
    pub form: FormRef,
    /// Its name.
    pub title: Bilingual,
    /// The theory of action in one sentence.
    pub theory: Bilingual,
    /// Which cycle is on, from 1.
    #[serde(default)]
    pub cycle: Option<u32>,
    /// Since when.
    #[serde(default)]
    pub cycle_from_utc_ms: Option<i64>,
}

/// A class that can be visited, or a teacher of whom no class is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classroom {
    /// The class.
    pub class: Option<ClassId>,
    /// The site.
    pub site: SiteId,
    /// What the school calls the class; empty without one.
    pub title: String,
    /// The room, where it is known.
    pub room: Option<String>,
    /// Who teaches it.
    pub teacher: PersonId,
    /// What they are called, where the device knows it.
    pub name: Option<String>,
    /// When this observer last visited it; only where it was searched.
    pub visited_utc_ms: Option<i64>,
    /// Why it stands among the likely ones; only there.
    pub reason: Option<Reason>,
    /// Whether the observer would come as a colleague and the teacher's yes to that is not known.
    pub ask_first: bool,
}
