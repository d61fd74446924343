//! The light card as a way to speak: what its teacher can say there beside thanks and a reply, and the facts that it
//! comes to, which are those that the app makes.
//!
//! Reading order: here (what can be said, what is said), then [`facts`] (what it comes to) and [`waiting`] (what was
//! said and is in no document yet). Pure: the store brings what there is, and records what comes of it.
//!
//! Never here: who may see what. What a card offers was made for its teacher before it comes here.

pub mod facts;
pub mod waiting;

use super::act::support::Category;
use super::collect::form::FormRef;
use super::collect::lesson::{Happened, Went};
use super::collect::look_for::{Bilingual, Component, Kind, LookFor, LookForKey};
use super::document::BrightSpotDocument;
use super::id::{ClassId, EventId};
use super::moment::Moment;
use super::place::Day;
use super::plan::voice::Question;
use std::collections::BTreeMap;

/// How many days back a lesson can be logged: a page may stay open over a midnight.
const LOGGED_BACK_DAYS: i64 = 2;
const DAYS_OF_A_WEEK: i64 = 7;

/// What can be said on a card. By default nothing.
#[derive(Clone, Debug, Default)]
pub struct OnCard {
    /// When its teacher opened it first, by the wall of the place; none when that was not recorded.
    pub opened: Option<Moment>,
    /// The visit's bright spots for which permission was asked.
    pub spots: Vec<BrightSpotDocument>,
    /// What support can be asked for; none where it cannot.
    pub support: Option<Support>,
    /// The questions of the week; none for whoever is not asked.
    pub week: Option<Week>,
    /// The lesson log; none for whoever does not test the idea.
    pub lesson: Option<Lesson>,
}

/// Support for the teacher of a visit.
#[derive(Clone, Debug)]
pub struct Support {
    /// The visit.
    pub visit: EventId,
    /// The calls that are open, by their events.
    pub open: Vec<(EventId, Category)>,
}

/// The questions of a change idea, for one of its team.
#[derive(Clone, Debug)]
pub struct Week {
    /// The form whose questions they are.
    pub form: FormRef,
    /// What the idea is called.
    pub title: Bilingual,
    /// The first day of this week.
    pub week: Day,
    /// The questions.
    pub questions: Vec<Question>,
    /// How many teachers are in the team.
    pub team: u32,
    /// Whether the teacher has answered this week. What they answered is not here: whoever has the link would read it.
    pub answered: bool,
    /// Whether the agreement lets the team read answers with a name.
    pub may_name: bool,
}

/// The lesson log of a change idea, for one of its team.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The form whose parts they are.
    pub form: FormRef,
    /// What the idea is called.
    pub title: Bilingual,
    /// The classes that a lesson can be of, with what the school calls them; empty where none is known.
    pub classes: Vec<(ClassId, String)>,
    /// Today, by the wall of the place.
    pub today: Day,
    /// The day on which a week begins: 1 is Monday, 7 is Sunday.
    pub week_start: u8,
    /// What teachers do of the idea, of the form's look-fors.
    pub parts: Vec<LookFor>,
}

/// What a teacher says on a card, as the form of the page sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardAct {
    /// Who may see a bright spot.
    Permit {
        /// The bright spot.
        bright_spot: EventId,
        /// Who.
        choice: Choice,
    },
    /// Support of this kind is wanted.
    Want(Category),
    /// Support of this kind is not needed any more.
    NoLongerWant(Category),
    /// The questions of a week.
    Answer {
        /// The first day of the week.
        week: Day,
        /// The answers, by question: at least one.
        answers: BTreeMap<String, u8>,
        /// Whether the team may read them with the name.
        named: bool,
        /// What is added in words of the teacher's own; empty for nothing.
        added: String,
    },
    /// A lesson.
    Log {
        /// The class; none where none is known.
        class: Option<ClassId>,
        /// The day.
        day: Day,
        /// Whether the idea happened.
        happened: Happened,
        /// Which of its parts did.
        parts: BTreeMap<LookForKey, Happened>,
        /// How it went.
        went: Option<Went>,
    },
}

/// Who may see a bright spot, as its teacher chooses on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nobody else.
    Keep,
    /// The school.
    School,
    /// The district.
    District,
    /// Nobody else any more.
    TakeBack,
    /// The teacher wants to choose once more.
    Anew,
}

impl Choice {
    /// All of them, those of a question first.
    pub const ALL: [Self; 5] = [
        Self::Keep,
        Self::School,
        Self::District,
        Self::TakeBack,
        Self::Anew,
    ];

    /// As it stands in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::School => "school",
            Self::District => "district",
            Self::TakeBack => "take_back",
            Self::Anew => "anew",
        }
    }
}

impl Lesson {
    /// The parts of an idea that a teacher does: what observers look for, too.
    pub fn parts_of(look_fors: &[LookFor]) -> Vec<LookFor> {
        let is_part = |look_for: &&LookFor| {
            look_for.component == Component::Adults && look_for.kind == Kind::States
        };
        look_fors.iter().filter(is_part).cloned().collect()
    }
}
