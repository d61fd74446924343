//! The kinds of documents, field by field.

use super::{
    LessonLogDocument, Measures, SupportCounts, SurveyAnswersDocument, SurveyDocument,
    WelcomeDocument,
};
use crate::domain::act::bright_spot::Circle;
use crate::domain::act::feedback::Reaction;
use crate::domain::act::support::Category;
use crate::domain::agreement::Agreement;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::collect::look_for::{Bilingual, LookForKey};
use crate::domain::fold::Permission;
use crate::domain::id::{ClassId, EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::people::{Class, Post};
use crate::domain::place::calendar::CalendarDocument;
use crate::domain::place::{Bells, ClassMissed, District, Site};
use crate::domain::plan::stage::IdeaState;
use crate::domain::problem::Problem;
use crate::domain::study::pool::{LessonPool, SurveyPool};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A document: what a reader's device keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum Document {
    /// A walkthrough, whole.
    Walkthrough(WalkthroughDocument),
    /// Feedback with its answers.
    Feedback(FeedbackDocument),
    /// A bright spot.
    BrightSpot(BrightSpotDocument),
    /// A call for support.
    Support(SupportDocument),
    /// How many calls for support there are, by category.
    SupportCounts(SupportCounts),
    /// What is counted on a change idea.
    Measures(Measures),
    /// A version of the agreement.
    Agreement(Agreement),
    /// A person's name, as far as the reader needs it.
    Person(PersonDocument),
    /// A class.
    Class(Class),
    /// A version of a form, whole.
    Form(Form),
    /// A change idea that is in use, or was.
    Idea(IdeaDocument),
    /// A site with its wall clock.
    Site(Site),
    /// The bells of a site.
    Bells(Bells),
    /// The days of a site.
    Calendar(CalendarDocument),
    /// What holds in the whole district.
    District(District),
    /// A class that the reader could not visit.
    ClassMissed(ClassMissedDocument),
    /// Who said yes to visits by colleagues, for a colleague who could come.
    PeersWelcome(PeersWelcomeDocument),
    /// The questions of a form.
    Survey(SurveyDocument),
    /// What a teacher answered about a week.
    SurveyAnswers(SurveyAnswersDocument),
    /// What many teachers answered about a week.
    SurveyPool(SurveyPool),
    /// What a teacher logged of a lesson.
    LessonLog(LessonLogDocument),
    /// What many teachers logged of a week.
    LessonPool(LessonPool),
    /// A teacher welcomes a visit.
    Welcome(WelcomeDocument),
    /// Words that devices erase, wherever they have them.
    Erased(ErasedDocument),
}

/// What names a document in its audience: there is one of each kind and id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// The kind, as the document's own `kind` says it.
    pub kind: String,
    /// The id within the kind.
    pub id: String,
}

impl Document {
    /// What names it.
    pub fn name(&self) -> Name {
        let (kind, id) = match self {
            Self::Walkthrough(document) => ("walkthrough", document.id.to_string()),
            Self::Feedback(document) => ("feedback", document.id.to_string()),
            Self::BrightSpot(document) => ("bright_spot", document.id.to_string()),
            Self::Support(document) => ("support", document.id.to_string()),
            Self::SupportCounts(document) => ("support_counts", document.scope.clone()),
            Self::Measures(document) => ("measures", document.form.key.clone()),
            Self::Agreement(document) => ("agreement", document.version.to_string()),
            Self::Person(document) => ("person", document.id.to_string()),
            Self::Class(document) => ("class", document.id.to_string()),
            Self::Form(form) => ("form", form.form.document_id()),
            Self::Idea(document) => ("idea", document.key.clone()),
            Self::Site(document) => ("site", document.id.to_string()),
            Self::Bells(document) => ("bells", document.site.to_string()),
            Self::Calendar(document) => ("calendar", document.site.to_string()),
            Self::District(_) => ("district", "district".into()),
            Self::ClassMissed(document) => ("class_missed", document.id.to_string()),
            Self::PeersWelcome(document) => ("peers_welcome", document.id.to_string()),
            Self::Survey(document) => ("survey", document.form.document_id()),
            Self::SurveyAnswers(document) => ("survey_answers", document.id.to_string()),
            Self::SurveyPool(pool) => ("survey_pool", format!("{}/{}", pool.idea, pool.week)),
            Self::LessonLog(document) => ("lesson_log", document.id.to_string()),
            Self::LessonPool(pool) => ("lesson_pool", format!("{}/{}", pool.idea, pool.week)),
            Self::Welcome(document) => ("welcome", document.id.to_string()),
            Self::Erased(document) => ("erased", document.id.to_string()),
        };
        Name {
            kind: kind.into(),
            id,
        }
    }
}

/// A walkthrough as its observer and its teacher see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkthroughDocument {
    /// The event that submitted it.
    pub id: EventId,
    /// Who recorded it.
    pub observer: PersonId,
    /// Whose lesson it was; none where the agreement keeps names off forms, but for the teacher.
    pub teacher: Option<PersonId>,
    /// The class, where the form names one.
    pub class: Option<ClassId>,
    /// The site.
    pub site: Option<SiteId>,
    /// The visit's number on its device.
    pub visit: u32,
    /// The form and version that it was recorded on.
    pub form: FormRef,
    /// When it began.
    pub begun: Moment,
    /// When it was submitted.
    pub at: Moment,
    /// How long it took, in whole minutes, rounded up, as the record says. None in records without a setting, and in
    /// what an earlier version made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// What is marked, after all amendments.
    pub rated: Vec<Rated>,
    /// What is marked in a way that its reader does not know. It is no part of what travels.
    #[serde(skip)]
    pub unread: Vec<LookForKey>,
    /// How many amendments there were.
    pub amended: u32,
    /// The observer's line of evidence; none when there is none, and when it was erased.
    pub note: Option<String>,
    /// The texts of look-fors that are notes; empty when there are none, and when they were erased.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<LookForKey, String>,
    /// Why it makes nothing for others, and no feedback for its teacher: [`Problem::NotAllowed`] when its
    /// observer may not visit there, which its teacher is not told; [`Problem::AgreementSaysNo`] when the
    /// agreement of that day forbids it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Problem>,
    /// Each rule of the agreement of that day that it does not keep, as [`Problem::AgreementSaysNo`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Problem>,
    /// What the teacher answered to the record itself, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerDocument>,
    /// The version of the agreement by which it is shown, whatever holds by now; 0 in what an earlier version made.
    #[serde(default)]
    pub agreed: u32,
}

/// Feedback with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackDocument {
    /// The event that sent it.
    pub id: EventId,
    /// The visit.
    pub walkthrough: EventId,
    /// Who sent it.
    pub from: PersonId,
    /// To whom; none where the agreement keeps names off forms, but for the teacher.
    pub teacher: Option<PersonId>,
    /// When.
    pub at: Moment,
    /// Its text, which says what was noticed; none when it was erased.
    pub text: Option<String>,
    /// What students did; none when it does not say, and when it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub students: Option<String>,
    /// Its one question; none when it has none, and when it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The answers, oldest first.
    pub answers: Vec<AnswerDocument>,
    /// When the teacher opened it; none also for readers who may not know.
    pub opened: Option<Moment>,
    /// Whether the teacher shared it with the coaches of the site.
    pub shared: bool,
}

/// An answer to feedback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerDocument {
    /// When.
    pub at: Moment,
    /// How.
    pub answer: Reaction,
    /// The reply; none for thanks, and when it was erased.
    pub text: Option<String>,
}

/// A bright spot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrightSpotDocument {
    /// The event that tagged it.
    pub id: EventId,
    /// The visit; none for readers who may neither see it nor say anything to it. A coach may ask for
    /// permission, which names the visit, and cannot read it.
    pub walkthrough: Option<EventId>,
    /// The teacher; none where the agreement keeps names off forms, but for the teacher.
    pub teacher: Option<PersonId>,
    /// The site.
    pub site: Option<SiteId>,
    /// The form that it was found on.
    pub form: FormRef,
    /// The look-for that it shows.
    pub look_for: Option<LookForKey>,
    /// When it was tagged.
    pub at: Moment,
    /// The line of evidence; none when it was erased.
    pub evidence: Option<String>,
    /// Where its permission stands.
    pub permission: PermissionDocument,
    /// The questions that wait for the teacher; empty for all others.
    pub open_questions: Vec<EventId>,
    /// The questions whose permission the teacher can take back; empty for all others.
    pub given_questions: Vec<EventId>,
}

/// Where a permission stands, as readers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermissionDocument {
    /// Nobody has asked.
    NotAsked,
    /// The teacher has not answered.
    Asked,
    /// Given, for the site.
    GivenForSite,
    /// Given, for the district.
    GivenForDistrict,
    /// Refused.
    Refused,
    /// Taken back.
    Withdrawn,
}

impl From<Permission> for PermissionDocument {
    fn from(permission: Permission) -> Self {
        match permission {
            Permission::NotAsked => Self::NotAsked,
            Permission::Asked => Self::Asked,
            Permission::Given(Circle::Site) => Self::GivenForSite,
            Permission::Given(Circle::District) => Self::GivenForDistrict,
            Permission::Refused => Self::Refused,
            Permission::Withdrawn => Self::Withdrawn,
        }
    }
}

/// A call for support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportDocument {
    /// The event that said what was wanted.
    pub id: EventId,
    /// The visit, which whoever says that support was given has to name; a coach cannot read it. None in
    /// what an earlier version made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walkthrough: Option<EventId>,
    /// The teacher; none where the agreement keeps names off forms, but for the teacher.
    pub teacher: Option<PersonId>,
    /// The site.
    pub site: Option<SiteId>,
    /// The form of the visit, which says about which change idea the call is. None in what an earlier version made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormRef>,
    /// When.
    pub at: Moment,
    /// What kind.
    pub category: Category,
    /// When it was given.
    pub given: Option<Moment>,
}

/// A person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDocument {
    /// The person.
    pub id: PersonId,
    /// The name; none when it was erased.
    pub name: Option<String>,
    /// What they do, as far as it is the reader's business.
    pub posts: Vec<Post>,
    /// Whether they have left.
    pub left: bool,
}

/// A change idea that a district has put to use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaDocument {
    /// Its key.
    pub key: String,
    /// Where it stands.
    pub state: IdeaState,
    /// The version of its form that visits begin on. Drafts finish on theirs.
    pub form: FormRef,
    /// Its name.
    pub title: Bilingual,
    /// The theory of action.
    pub theory: Bilingual,
    /// Which cycle of testing, from 1.
    pub cycle: u32,
    /// Since when that cycle goes on, by the server's clock, in milliseconds since 1970.
    pub cycle_from_utc_ms: i64,
}

/// A class that could not be visited, as its observer's own devices have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassMissedDocument {
    /// The event that said so.
    pub id: EventId,
    /// When. It holds until the end of that day at the site.
    pub at: Moment,
    /// Where, what and why.
    #[serde(flatten)]
    pub missed: ClassMissed,
}

/// Which colleagues of a person said yes to visits by colleagues. Who has not said so is not told apart from who said
/// no, and only who could come as a colleague gets it: never who leads or coaches the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeersWelcomeDocument {
    /// The person who could come.
    pub id: PersonId,
    /// The teachers, by id.
    pub teachers: Vec<PersonId>,
}

/// Words that devices erase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedDocument {
    /// The event whose words are erased.
    pub id: EventId,
}

#[cfg(test)]
mod tests {
    use super::Document;

    /// `Document::name` writes kinds by hand, where serde writes them by rule. Both are read here as they stand.
    #[test]
    fn every_kind_is_named_as_it_is_written() {
        let (_, source) = include_str!("kinds.rs")
            .split_once("let (kind, id) = match self {")
            .expect("kinds are named");
        let (source, _) = source.split_once("};").expect("the match ends");
        let mut named = Vec::new();
        for arm in source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Self::"))
        {
            let (variant, rest) = arm.split_once('(').expect("every kind has a body");
            let (_, rest) = rest.split_once("=> (\"").expect("its name comes first");
            let (name, _) = rest.split_once('"').expect("the name ends");
            let mut snake = String::new();
            for letter in variant.chars() {
                if letter.is_ascii_uppercase() && !snake.is_empty() {
                    snake.push('_');
                }
                snake.push(letter.to_ascii_lowercase());
            }
            assert_eq!(name, snake);
            named.push(format!("`{name}`"));
        }
        // serde says which kinds it knows when it meets another one.
        let refused = serde_json::from_str::<Document>(r#"{"kind":"moon","body":null}"#);
        let known = refused.expect_err("there is no such kind").to_string();
        let (_, known) = known.split_once("one of ").expect("it lists them");
        let (known, _) = known.split_once(" at line").unwrap_or((known, ""));
        assert_eq!(named.join(", "), known);
    }
}
