//! What teachers say themselves as documents: their own answers and logs, welcomes, and what many say together.
//!
//! Each passes the table of who sees what, under the agreement of its day. Answers stay with their teacher unless
//! their team may read them with the name; pools say nobody's name.

use super::{Audience, Document};
use crate::domain::act::welcome::VisitWelcomed;
use crate::domain::agreement::{Agreement, Agreements};
use crate::domain::collect::form::FormRef;
use crate::domain::collect::lesson::LessonLogged;
use crate::domain::collect::published::Published;
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::fold::voices::{Stands, Welcome};
use crate::domain::id::{EventId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::plan::voice::Question;
use crate::domain::study::pool::{LessonPool, SurveyPool};
use crate::domain::visibility::{Circumstances, Relation, Row, Shown, sees};
use serde::{Deserialize, Serialize};

/// The questions of a form, for the team that tests its idea.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyDocument {
    /// The form.
    pub form: FormRef,
    /// The questions, in their order.
    pub questions: Vec<Question>,
    /// How many teachers are in the team: fewer than five cannot be anonymous, which they are told first.
    pub team: u32,
}

/// What a teacher answered about a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyAnswersDocument {
    /// The event that said it.
    pub id: EventId,
    /// Who.
    pub teacher: PersonId,
    /// When.
    pub at: Moment,
    /// What.
    #[serde(flatten)]
    pub said: SurveyAnswered,
    /// What they added; none when there is nothing, and when it was erased.
    pub added: Option<String>,
}

/// What a teacher logged of a lesson, as their own devices have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonLogDocument {
    /// The event that said it.
    pub id: EventId,
    /// When.
    pub at: Moment,
    /// What.
    #[serde(flatten)]
    pub said: LessonLogged,
    /// What they added; none when there is nothing, and when it was erased.
    pub added: Option<String>,
}

/// "Come and see this".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelcomeDocument {
    /// The event that said it.
    pub id: EventId,
    /// Who welcomes.
    pub teacher: PersonId,
    /// When it was said.
    pub at: Moment,
    /// Where, which class and when.
    #[serde(flatten)]
    pub said: VisitWelcomed,
    /// What there is to see; none when nothing is said, and when it was erased.
    pub added: Option<String>,
}

/// What one teacher's answers come to, for each audience: all of them for the teacher, and for others what published
/// forms ask. Answers that were named after `closes_utc_ms`, when the pool of their week is made, in milliseconds since
/// 1970, are shown to nobody: the pool counts them without name.
pub fn of_answers(
    stands: &Stands<SurveyAnswered>,
    closes_utc_ms: i64,
    published: &Published,
    agreements: &Agreements,
) -> Vec<(Audience, Document)> {
    let agreement = agreements.at(stands.day_utc_ms());
    let document = |said| {
        Document::SurveyAnswers(SurveyAnswersDocument {
            id: stands.id,
            teacher: stands.teacher,
            at: stands.at,
            said,
            added: stands.added.clone(),
        })
    };
    let for_others = published.answers(&stands.what);
    let in_time = stands.received_at_utc_ms < closes_utc_ms;
    let now = Circumstances {
        named_by_consent: stands.what.named && stands.in_team && in_time,
        ..Circumstances::default()
    };
    let own = [(Relation::Teacher, Audience::Person(stands.teacher))];
    let own_answers = document(stands.what.clone());
    let mut made = shown(Row::Survey, own, &now, agreement, &own_answers);
    if !for_others.answers.is_empty() {
        let team = [(Relation::Team, Audience::Team(stands.what.form.key.clone()))];
        let read = document(for_others);
        made.extend(shown(Row::Survey, team, &now, agreement, &read));
    }
    made
}

/// What one teacher's log comes to.
pub fn of_log(stands: &Stands<LessonLogged>, agreements: &Agreements) -> Vec<(Audience, Document)> {
    let document = Document::LessonLog(LessonLogDocument {
        id: stands.id,
        at: stands.at,
        said: stands.what.clone(),
        added: stands.added.clone(),
    });
    let readers = [(Relation::Teacher, Audience::Person(stands.teacher))];
    let agreement = agreements.at(stands.day_utc_ms());
    let now = Circumstances::default();
    shown(Row::SelfLog, readers, &now, agreement, &document)
}

/// What a welcome comes to: its teacher keeps it as long as it stands; all others have it until `ends_utc_ms`, the
/// end of its day, in milliseconds since 1970. `idea` is the one that others read of, if it is published.
pub fn of_welcome(
    welcome: &Welcome,
    idea: Option<&str>,
    (ends_utc_ms, now_utc_ms): (i64, i64),
    agreements: &Agreements,
) -> Vec<(Audience, Document)> {
    let Welcome { stands, .. } = welcome;
    if welcome.withdrawn_utc_ms.is_some() {
        return Vec::new();
    }
    let document = |said| {
        Document::Welcome(WelcomeDocument {
            id: stands.id,
            teacher: stands.teacher,
            at: stands.at,
            said,
            added: stands.added.clone(),
        })
    };
    let mut readers = Vec::new();
    if welcome.teaches_here && now_utc_ms < ends_utc_ms {
        let site = stands.what.site;
        readers.push((Relation::Coach, Audience::Coaches(site)));
        readers.push((Relation::Principal, Audience::Principals(site)));
        readers.push((Relation::District, Audience::District));
        readers.push((Relation::Colleague, Audience::Site(site)));
        let team = idea.filter(|_| stands.in_team);
        readers.extend(team.map(|idea| (Relation::Team, Audience::Team(idea.to_owned()))));
    }
    let now = Circumstances {
        shared: stands.what.peers,
        ..Circumstances::default()
    };
    let agreement = agreements.at(stands.day_utc_ms());
    let own = [(Relation::Teacher, Audience::Person(stands.teacher))];
    let whole = document(stands.what.clone());
    let mut made = shown(Row::Welcome, own, &now, agreement, &whole);
    let for_others = document(VisitWelcomed {
        idea: idea.map(str::to_owned),
        ..stands.what.clone()
    });
    made.extend(shown(Row::Welcome, readers, &now, agreement, &for_others));
    made
}

/// What many teachers answered, for those who may see it.
pub fn of_survey_pool(pool: &SurveyPool, agreement: &Agreement) -> Vec<(Audience, Document)> {
    let fewest = pool.questions.iter().map(|one| one.teachers).min();
    let document = Document::SurveyPool(pool.clone());
    pooled(Row::Survey, &pool.idea, fewest, agreement, &document)
}

/// What many teachers logged, for those who may see it.
pub fn of_lesson_pool(pool: &LessonPool, agreement: &Agreement) -> Vec<(Audience, Document)> {
    let document = Document::LessonPool(pool.clone());
    let teachers = Some(pool.teachers);
    pooled(Row::SelfLog, &pool.idea, teachers, agreement, &document)
}

fn pooled(
    row: Row,
    idea: &str,
    teachers: Option<u32>,
    agreement: &Agreement,
    document: &Document,
) -> Vec<(Audience, Document)> {
    let now = Circumstances {
        answers: teachers.unwrap_or(0),
        ..Circumstances::default()
    };
    let readers = [
        (Relation::Team, Audience::Team(idea.to_owned())),
        (Relation::District, Audience::District),
    ];
    shown(row, readers, &now, agreement, document)
}

fn shown(
    row: Row,
    readers: impl IntoIterator<Item = (Relation, Audience)>,
    now: &Circumstances,
    agreement: &Agreement,
    document: &Document,
) -> Vec<(Audience, Document)> {
    let readers = readers.into_iter();
    let may = readers.filter(|(relation, _)| sees(row, *relation, now, agreement) == Shown::Whole);
    may.map(|(_, audience)| (audience, document.clone()))
        .collect()
}
