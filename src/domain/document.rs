//! Documents: what readers get, each made for one audience.
//!
//! Bodies of events never travel to readers. [`of_story`] makes from a visit what each audience may see of
//! it, through [`sees`], and nothing else makes documents of visits.

use super::act::bright_spot::Circle;
use super::act::feedback::Reaction;
use super::act::support::Category;
use super::agreement::{Agreement, Agreements};
use super::collect::draft::Rated;
use super::collect::form::FormRef;
use super::collect::look_for::LookForKey;
use super::collect::walkthrough::Whom;
use super::fold::{self, Permission, Story};
use super::id::{ClassId, EventId, PersonId, SiteId};
use super::moment::Moment;
use super::people::{Place, Post, Role};
use super::visibility::{Circumstances, Relation, Row, Shown, sees};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A group of readers that documents are made for. Its text is the key in the feed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// One person: `person:<id>`.
    Person(PersonId),
    /// The coaches of a site: `site:<id>/coach`.
    Coaches(SiteId),
    /// The principals of a site: `site:<id>/principal`.
    Principals(SiteId),
    /// Everybody who works at a site: `site:<id>`.
    Site(SiteId),
    /// The team that tests a change idea: `idea:<key>/team`.
    Team(String),
    /// Leads and admins: `district`.
    District,
    /// Everybody who is signed in: `everyone`.
    Everyone,
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(person) => write!(f, "person:{person}"),
            Self::Coaches(site) => write!(f, "site:{site}/coach"),
            Self::Principals(site) => write!(f, "site:{site}/principal"),
            Self::Site(site) => write!(f, "site:{site}"),
            Self::Team(idea) => write!(f, "idea:{idea}/team"),
            Self::District => f.write_str("district"),
            Self::Everyone => f.write_str("everyone"),
        }
    }
}

impl FromStr for Audience {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "an audience's key";
        let site = |text: &str| text.parse().map_err(|_| WANTED);
        match text.split_once(':') {
            None if text == "district" => Ok(Self::District),
            None if text == "everyone" => Ok(Self::Everyone),
            Some(("person", id)) => id.parse().map(Self::Person).map_err(|_| WANTED),
            Some(("site", rest)) => match rest.split_once('/') {
                None => site(rest).map(Self::Site),
                Some((id, "coach")) => site(id).map(Self::Coaches),
                Some((id, "principal")) => site(id).map(Self::Principals),
                Some(_) => Err(WANTED),
            },
            Some(("idea", rest)) => match rest.strip_suffix("/team") {
                Some(idea) if !idea.is_empty() => Ok(Self::Team(idea.into())),
                _ => Err(WANTED),
            },
            _ => Err(WANTED),
        }
    }
}

impl Serialize for Audience {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Audience {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The audiences that a person is in, by what they do now.
pub fn audiences<'a>(
    person: PersonId,
    posts: impl IntoIterator<Item = &'a Post>,
) -> BTreeSet<Audience> {
    let mut keys = BTreeSet::from([Audience::Person(person), Audience::Everyone]);
    for post in posts {
        match (&post.place, post.role) {
            (Place::Site(site), Role::Coach) => {
                keys.extend([Audience::Site(*site), Audience::Coaches(*site)]);
            }
            (Place::Site(site), Role::Principal) => {
                keys.extend([Audience::Site(*site), Audience::Principals(*site)]);
            }
            (Place::Site(site), _) => {
                keys.insert(Audience::Site(*site));
            }
            (Place::Idea(idea), _) => {
                keys.insert(Audience::Team(idea.clone()));
            }
            (Place::District, _) => {
                keys.insert(Audience::District);
            }
        }
    }
    keys
}

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
    Class(super::people::Class),
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
    /// What is marked, after all amendments.
    pub rated: Vec<Rated>,
    /// How many amendments there were.
    pub amended: u32,
    /// The observer's line of evidence; none when there is none, and when it was erased.
    pub note: Option<String>,
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
    /// Its text; none when it was erased.
    pub text: Option<String>,
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
    /// The visit; none for readers who may not see it.
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
    /// The teacher; none where the agreement keeps names off forms, but for the teacher.
    pub teacher: Option<PersonId>,
    /// The site.
    pub site: Option<SiteId>,
    /// When.
    pub at: Moment,
    /// What kind.
    pub category: Category,
    /// When it was given.
    pub given: Option<Moment>,
}

/// How many calls for support there are, by category: never a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportCounts {
    /// What is counted over: the text of an audience, such as `site:<id>` or `district`.
    pub scope: String,
    /// Up to which of the server's events it counts.
    pub as_of: u64,
    /// The categories that may be shown.
    pub counts: Vec<SupportCount>,
    /// Whether categories are hidden because they are about few.
    pub some_hidden: bool,
}

/// A category and how often support of its kind was wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportCount {
    /// The category.
    pub category: Category,
    /// How often it was wanted.
    pub wanted: u32,
    /// How often it was given.
    pub given: u32,
}

/// What is counted on a change idea, look-for by look-for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// The form; all its versions are counted together, since look-for keys are stable.
    pub form: FormRef,
    /// Up to which of the server's events it counts.
    pub as_of: u64,
    /// How many visits.
    pub visits: u32,
    /// How many teachers they were to; visits without a name count no teacher.
    pub teachers: u32,
    /// How many people made them.
    pub observers: u32,
    /// Whether it rests on fewer teachers than are shown outside the team.
    pub small: bool,
    /// The look-fors.
    pub look_fors: Vec<Tally>,
}

/// How often a look-for was marked as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The look-for.
    pub look_for: LookForKey,
    /// Seen.
    pub seen: u32,
    /// Partly.
    pub partly: u32,
    /// Not seen.
    pub not_seen: u32,
    /// Not the moment: outside every denominator.
    pub not_the_moment: u32,
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

/// Words that devices erase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedDocument {
    /// The event whose words are erased.
    pub id: EventId,
}

/// What every audience may see of a visit.
pub fn of_story(story: &Story, agreements: &Agreements) -> Vec<(Audience, Document)> {
    let agreement = agreements.at(story.at.at_utc_ms);
    let mut made = Vec::new();
    for (relation, audience) in readers(story) {
        let mut sees = |row, now: &Circumstances, document: &dyn Fn() -> Document| {
            if sees(row, relation, now, agreement) == Shown::Whole {
                made.push((audience.clone(), document()));
            }
        };
        let plain = Circumstances::default();
        let seen = Seen {
            story,
            teacher: story
                .teacher
                .filter(|_| relation == Relation::Teacher || is_named(story, agreement)),
            relation,
        };
        sees(Row::Walkthrough, &plain, &|| seen.walkthrough());
        for feedback in &story.feedback {
            let now = Circumstances {
                shared: feedback.shared,
                ..plain
            };
            let opened = super::visibility::sees(Row::Opened, relation, &now, agreement);
            sees(Row::Feedback, &now, &|| {
                seen.feedback(feedback, opened == Shown::Whole)
            });
        }
        for spot in &story.bright_spots {
            let (row, circle) = match spot.permission {
                Permission::Given(circle) => (Row::BrightSpotPermitted, Some(circle)),
                _ => (Row::BrightSpot, None),
            };
            let now = Circumstances { circle, ..plain };
            sees(row, &now, &|| seen.bright_spot(spot));
        }
        for support in &story.support {
            sees(Row::Support, &plain, &|| seen.support(support));
        }
    }
    made
}

/// Whether the visit's teacher may be named to others: by the form, and by the agreement of that day.
fn is_named(story: &Story, agreement: &Agreement) -> bool {
    let whom = story
        .walkthrough
        .setting
        .as_ref()
        .map(|setting| &setting.whom);
    agreement.names && matches!(whom, Some(Whom::Named { .. }))
}

/// Who stands how to a visit, and where they read. The nearest relation comes first: of a document that
/// one person gets twice, the first stands.
fn readers(story: &Story) -> Vec<(Relation, Audience)> {
    let mut readers = vec![(Relation::Observer, Audience::Person(story.observer))];
    if let Some(teacher) = story.teacher {
        // A teacher who visited themselves is one reader, and a teacher first.
        readers.retain(|(_, audience)| *audience != Audience::Person(teacher));
        readers.push((Relation::Teacher, Audience::Person(teacher)));
    }
    if let Some(site) = story.walkthrough.site() {
        readers.push((Relation::Coach, Audience::Coaches(site)));
        readers.push((Relation::Principal, Audience::Principals(site)));
        readers.push((Relation::Colleague, Audience::Site(site)));
    }
    let idea = story.walkthrough.form.key.clone();
    readers.push((Relation::Team, Audience::Team(idea)));
    readers.push((Relation::District, Audience::District));
    readers.push((Relation::Other, Audience::Everyone));
    readers
}

/// A visit as one reader sees it.
struct Seen<'a> {
    story: &'a Story,
    teacher: Option<PersonId>,
    relation: Relation,
}

impl Seen<'_> {
    fn walkthrough(&self) -> Document {
        let Story { walkthrough, .. } = self.story;
        let class = match walkthrough.setting.as_ref().map(|setting| &setting.whom) {
            // A class names its teacher.
            Some(Whom::Named { class, .. }) if self.teacher.is_some() => *class,
            _ => None,
        };
        Document::Walkthrough(WalkthroughDocument {
            id: self.story.id,
            observer: self.story.observer,
            teacher: self.teacher,
            class,
            site: walkthrough.site(),
            visit: walkthrough.visit,
            form: walkthrough.form.clone(),
            begun: walkthrough.begun,
            at: self.story.at,
            rated: self.story.rated.clone(),
            amended: self.story.amended,
            note: self.story.note.clone(),
        })
    }

    fn feedback(&self, feedback: &fold::Feedback, opened: bool) -> Document {
        let answers = feedback.answers.iter().map(|answer| AnswerDocument {
            at: answer.at,
            answer: answer.answer,
            text: answer.text.clone(),
        });
        Document::Feedback(FeedbackDocument {
            id: feedback.id,
            walkthrough: self.story.id,
            from: self.story.observer,
            teacher: self.teacher,
            at: feedback.at,
            text: feedback.text.clone(),
            answers: answers.collect(),
            opened: feedback.opened.filter(|_| opened),
            shared: feedback.shared,
        })
    }

    fn bright_spot(&self, spot: &fold::BrightSpot) -> Document {
        let near = matches!(self.relation, Relation::Observer | Relation::Teacher);
        let teacher = self.relation == Relation::Teacher;
        let for_teacher = |questions: &[EventId]| match teacher {
            true => questions.to_vec(),
            false => Vec::new(),
        };
        Document::BrightSpot(BrightSpotDocument {
            id: spot.id,
            walkthrough: near.then_some(self.story.id),
            teacher: self.teacher,
            site: self.story.walkthrough.site(),
            form: self.story.walkthrough.form.clone(),
            look_for: spot.look_for.clone(),
            at: spot.at,
            evidence: spot.evidence.clone(),
            permission: spot.permission.into(),
            open_questions: for_teacher(&spot.open_questions),
            given_questions: for_teacher(&spot.given_questions),
        })
    }

    fn support(&self, support: &fold::Support) -> Document {
        Document::Support(SupportDocument {
            id: support.id,
            teacher: self.teacher,
            site: self.story.walkthrough.site(),
            at: support.at,
            category: support.category,
            given: support.given,
        })
    }
}
