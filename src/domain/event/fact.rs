//! Every kind of fact, with the schema version that this version of Lookfor writes.

use super::malformed;
use crate::domain::act::bright_spot::{
    BrightSpotFiled, BrightSpotTagged, PermissionAsked, PermissionGiven, PermissionRefused,
    PermissionWithdrawn,
};
use crate::domain::act::decision::DecisionTaken;
use crate::domain::act::feedback::{
    FeedbackAnswered, FeedbackOpened, FeedbackSent, FeedbackShared,
};
use crate::domain::act::support::{SupportGiven, SupportWanted};
use crate::domain::act::welcome::{VisitWelcomed, WelcomeWithdrawn};
use crate::domain::collect::lesson::LessonLogged;
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::collect::walkthrough::{Amendment, Claim, Walkthrough};
use crate::domain::erasure::WordsErased;
use crate::domain::id::{EventId, PersonId};
use crate::domain::people::{PersonAdded, PersonMerged};
use crate::domain::place::{ClassMissed, Day};
use crate::domain::plan::prediction::PredictionLocked;
use crate::domain::problem::Problem;
use std::fmt;

/// What can be sealed: a [`Fact`], or the data of one kind. Whoever seals one kind seals its data: then the
/// program carries the writer of that kind alone, which is what keeps the page small.
pub trait Factual {
    /// The kind's name and the schema version that this is written in.
    fn kind(&self) -> (&str, u32);

    /// What happened, as JSON of that version.
    fn data(&self) -> String;
}

/// Makes the enum, its names, its reader and its writers from one table, so that they cannot differ.
macro_rules! facts {
    ($($(#[$doc:meta])* $fact:ident($data:ty) = $kind:literal, reads $($schema:pat_param)|+, writes $writes:expr;)+) => {
        /// A fact of a kind that this version knows.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Fact {
            $($(#[$doc])* $fact($data),)+
        }

        impl Fact {
            /// Every kind's name.
            pub const KINDS: &[&str] = &[$($kind),+];

            /// The kind's name and the schema version that this fact is written in.
            pub fn kind(&self) -> (&str, u32) {
                Factual::kind(self)
            }

            /// Reads data of a kind; none for a kind or a schema version that this version does not
            /// know, which is kept unread.
            ///
            /// # Errors
            /// [`Problem::Malformed`] when the data is not of the form that its kind and version ask for.
            pub fn read(kind: &str, schema: u32, data: &str) -> Result<Option<Self>, Problem> {
                match (kind, schema) {
                    $(($kind, $($schema)|+) => serde_json::from_str(data)
                        .map(|data| Some(Self::$fact(data)))
                        .map_err(|error| malformed("body.data", &error)),)+
                    _ => Ok(None),
                }
            }
        }

        impl Factual for Fact {
            fn kind(&self) -> (&str, u32) {
                match self {
                    $(Self::$fact(data) => data.kind(),)+
                }
            }

            fn data(&self) -> String {
                match self {
                    $(Self::$fact(data) => data.data(),)+
                }
            }
        }

        $(impl Factual for $data {
            fn kind(&self) -> (&str, u32) {
                ($kind, ($writes)(self))
            }

            fn data(&self) -> String {
                super::to_json(self)
            }
        }

        impl From<$data> for Fact {
            fn from(data: $data) -> Self {
                Self::$fact(data)
            }
        })+
    };
}

facts! {
    /// A visit was finished.
    WalkthroughSubmitted(Walkthrough) = "walkthrough_submitted", reads 1..=3,
        writes Walkthrough::schema;
    /// What was recorded was changed by its observer.
    WalkthroughAmended(Amendment) = "walkthrough_amended", reads 1 | 2, writes Amendment::schema;
    /// A numbered visit was taken by its teacher.
    WalkthroughClaimed(Claim) = "walkthrough_claimed", reads 1, writes |_| 1;
    /// Feedback was sent.
    FeedbackSent(FeedbackSent) = "feedback_sent", reads 1, writes |_| 1;
    /// Feedback was opened by its reader.
    FeedbackOpened(FeedbackOpened) = "feedback_opened", reads 1, writes |_| 1;
    /// Feedback was answered.
    FeedbackAnswered(FeedbackAnswered) = "feedback_answered", reads 1, writes |_| 1;
    /// Feedback was shared with the coaches of the site.
    FeedbackShared(FeedbackShared) = "feedback_shared", reads 1, writes |_| 1;
    /// A bright spot was tagged.
    BrightSpotTagged(BrightSpotTagged) = "bright_spot_tagged", reads 1, writes |_| 1;
    /// A bright spot was put under another practice.
    BrightSpotFiled(BrightSpotFiled) = "bright_spot_filed", reads 1, writes |_| 1;
    /// Permission was asked.
    PermissionAsked(PermissionAsked) = "permission_asked", reads 1, writes |_| 1;
    /// Permission was given.
    PermissionGiven(PermissionGiven) = "permission_given", reads 1, writes |_| 1;
    /// Permission was refused.
    PermissionRefused(PermissionRefused) = "permission_refused", reads 1, writes |_| 1;
    /// Permission was withdrawn.
    PermissionWithdrawn(PermissionWithdrawn) = "permission_withdrawn", reads 1, writes |_| 1;
    /// Support was wanted.
    SupportWanted(SupportWanted) = "support_wanted", reads 1, writes |_| 1;
    /// Support was given.
    SupportGiven(SupportGiven) = "support_given", reads 1, writes |_| 1;
    /// A prediction was locked.
    PredictionLocked(PredictionLocked) = "prediction_locked", reads 1, writes |_| 1;
    /// A decision was taken.
    DecisionTaken(DecisionTaken) = "decision_taken", reads 1, writes |_| 1;
    /// A person was added on the spot.
    PersonAdded(PersonAdded) = "person_added", reads 1, writes |_| 1;
    /// Two entries were found to be one person.
    PersonMerged(PersonMerged) = "person_merged", reads 1, writes |_| 1;
    /// A class could not be visited.
    ClassMissed(ClassMissed) = "class_missed", reads 1, writes |_| 1;
    /// A teacher answered the questions of a week.
    SurveyAnswered(SurveyAnswered) = "survey_answered", reads 1, writes |_| 1;
    /// A teacher logged a lesson.
    LessonLogged(LessonLogged) = "lesson_logged", reads 1, writes |_| 1;
    /// A teacher welcomed a visit.
    VisitWelcomed(VisitWelcomed) = "visit_welcomed", reads 1, writes |_| 1;
    /// A teacher took a welcome back.
    WelcomeWithdrawn(WelcomeWithdrawn) = "welcome_withdrawn", reads 1, writes |_| 1;
    /// Words were erased.
    WordsErased(WordsErased) = "words_erased", reads 1, writes |_| 1;
}

/// What facts are about. Facts about one thing are folded together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A visit, by the event that submitted it.
    Walkthrough(EventId),
    /// A person.
    Person(PersonId),
    /// A change idea, by its key.
    Idea(String),
    /// A class that could not be visited, by the event that says so: each stands alone.
    Missed(EventId),
    /// What all teachers answered about a change idea, by its key, in the week that begins on this day.
    Survey(String, Day),
    /// What all teachers logged about a change idea in a week.
    Lessons(String, Day),
    /// A welcome, by the event that says it.
    Welcome(EventId),
    /// Other events.
    Events,
}

impl fmt::Display for About {
    /// As it stands in stores: `walkthrough:<id>`, `person:<id>`, `idea:<key>`, `missed:<id>`,
    /// `survey:<key>/<day>`, `lessons:<key>/<day>`, `welcome:<id>`, `events`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Walkthrough(id) => write!(f, "walkthrough:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Idea(key) => write!(f, "idea:{key}"),
            Self::Missed(id) => write!(f, "missed:{id}"),
            Self::Survey(key, week) => write!(f, "survey:{key}/{week}"),
            Self::Lessons(key, week) => write!(f, "lessons:{key}/{week}"),
            Self::Welcome(id) => write!(f, "welcome:{id}"),
            Self::Events => f.write_str("events"),
        }
    }
}

impl Fact {
    /// What the fact is about. `id` is the fact's own event.
    pub fn about(&self, id: EventId) -> About {
        let walkthrough = match self {
            Self::WalkthroughSubmitted(_) => id,
            Self::WalkthroughAmended(fact) => fact.walkthrough,
            Self::WalkthroughClaimed(fact) => fact.walkthrough,
            Self::FeedbackSent(fact) => fact.walkthrough,
            Self::FeedbackOpened(fact) => fact.walkthrough,
            Self::FeedbackAnswered(fact) => fact.walkthrough,
            Self::FeedbackShared(fact) => fact.walkthrough,
            Self::BrightSpotTagged(fact) => fact.walkthrough,
            Self::BrightSpotFiled(fact) => fact.walkthrough,
            Self::PermissionAsked(fact) => fact.walkthrough,
            Self::PermissionGiven(fact) => fact.walkthrough,
            Self::PermissionRefused(fact) => fact.walkthrough,
            Self::PermissionWithdrawn(fact) => fact.walkthrough,
            Self::SupportWanted(fact) => fact.walkthrough,
            Self::SupportGiven(fact) => fact.walkthrough,
            Self::PredictionLocked(fact) => return About::Idea(fact.idea.clone()),
            Self::DecisionTaken(fact) => return About::Idea(fact.idea.clone()),
            Self::PersonAdded(fact) => return About::Person(fact.person),
            Self::PersonMerged(fact) => return About::Person(fact.from),
            Self::ClassMissed(_) => return About::Missed(id),
            Self::SurveyAnswered(fact) => {
                return About::Survey(fact.form.key.clone(), fact.week);
            }
            Self::LessonLogged(fact) => {
                return About::Lessons(fact.form.key.clone(), fact.week);
            }
            Self::VisitWelcomed(_) => return About::Welcome(id),
            Self::WelcomeWithdrawn(fact) => return About::Welcome(fact.welcome),
            Self::WordsErased(_) => return About::Events,
        };
        About::Walkthrough(walkthrough)
    }
}
