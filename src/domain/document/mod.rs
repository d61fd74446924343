//! Documents: what readers get, each made for one audience.
//!
//! Bodies of events never travel to readers. [`of_story()`] makes from a visit what each audience may see of
//! it, through [`super::visibility::sees`], and nothing else makes documents of visits.
//!
//! Reading order: [`audience`] (for whom), [`kinds`] (what), `counted` (figures), then [`of_story()`], and [`voices`]
//! (what teachers say themselves). Never here: a document that did not pass the table of who sees what.

pub mod audience;
mod body;
mod counted;
pub mod kinds;
mod of_story;
pub mod voices;

pub use audience::{Audience, audiences};
pub use body::body_of;
pub use counted::{Measures, SupportCount, SupportCounts, Tally};
pub use kinds::{
    AnswerDocument, BrightSpotDocument, ClassMissedDocument, Document, ErasedDocument,
    FeedbackDocument, IdeaDocument, Name, PeersWelcomeDocument, PermissionDocument, PersonDocument,
    SupportDocument, WalkthroughDocument,
};
pub use of_story::of_story;
pub use voices::{LessonLogDocument, SurveyAnswersDocument, SurveyDocument, WelcomeDocument};
