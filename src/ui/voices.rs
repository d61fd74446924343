//! The teacher's voice on the device: what they are asked, what they said of weeks and lessons, and whom they
//! welcomed, from documents with what was said here laid over them.
//!
//! Pure. A document carries the fields of the fact that it was made of, so what came from the feed and what was
//! said here are read in one way, by hand, as in [`super::reading`].

use super::reading;
use crate::domain::act::saying::Saying;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::event::said;
use crate::domain::id::{ClassId, EventId, PersonId, SiteId};
use crate::domain::json;
use crate::domain::moment::Moment;
use crate::domain::place::{Day, Offsets};
use crate::domain::plan::voice::{Answer, Question};
use serde_json::Value;

/// The kind of fact that a teacher says, and the kind of document that the feed makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The answers of a week.
    Answers,
    /// A lesson.
    Lesson,
    /// "Come and see this".
    Welcome,
}

impl Voice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Answers, Self::Lesson, Self::Welcome];

    /// The kind of document.
    pub fn document(self) -> &'static str {
        match self {
            Self::Answers => "survey_answers",
            Self::Lesson => "lesson_log",
            Self::Welcome => "welcome",
        }
    }

    fn fact(self) -> &'static str {
        match self {
            Self::Answers => "survey_answered",
            Self::Lesson => "lesson_logged",
            Self::Welcome => "visit_welcomed",
        }
    }
}

/// Something that the teacher said.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The event.
    pub id: EventId,
    /// What kind.
    pub voice: Voice,
    /// When.
    pub at: Moment,
    /// The fields of the fact.
    pub data: Value,
    /// What they added in words of their own.
    pub added: Option<String>,
    /// Whether it is not in the feed yet; of what was said here the shelf knows more: whether it has left.
    pub waits: bool,
}

impl Own {
    /// A text among the fields.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.data.get(name)?.as_str()
    }

    /// The change idea, by its key.
    pub fn idea(&self) -> Option<&str> {
        self.data.pointer("/form/key")?.as_str()
    }

    /// Which correction it is.
    pub fn revision(&self) -> u32 {
        let revision = self.data.get("revision").and_then(Value::as_u64);
        revision
            .and_then(|number| number.try_into().ok())
            .unwrap_or(0)
    }

    /// Whether it says something: what is taken back says nothing.
    fn says(&self) -> bool {
        match self.voice {
            Voice::Answers => {
                let answers = self.data.get("answers").and_then(Value::as_object);
                answers.is_some_and(|answers| !answers.is_empty())
            }
            Voice::Lesson => self.word("happened").is_some(),
            Voice::Welcome => true,
        }
    }

    /// What it is about: of two about one thing, the larger revision stands.
    fn about(&self) -> (Voice, Option<&str>, Option<&str>, Option<&str>) {
        match self.voice {
            Voice::Answers => (self.voice, self.idea(), self.word("week"), None),
            Voice::Lesson => (
                self.voice,
                self.idea(),
                self.word("day"),
                self.word("class"),
            ),
            Voice::Welcome => (self.voice, None, None, None),
        }
    }

    /// The answer to a question.
    pub fn answer(&self, question: &str) -> Option<u8> {
        let answers = self.data.get("answers")?;
        answers.get(question)?.as_u64()?.try_into().ok()
    }
}

/// A document of one of these kinds, if it is what `me` said.
pub fn of_document(voice: Voice, body: &Value, me: PersonId) -> Option<Own> {
    // A log has no teacher: it comes to its teacher alone.
    let teacher = body
        .get("teacher")
        .map(|teacher| teacher.as_str() == Some(&me.to_string()));
    if teacher == Some(false) {
        return None;
    }
    Some(Own {
        id: body.get("id")?.as_str()?.parse().ok()?,
        voice,
        at: reading::moment(body, "at")?,
        added: body.get("added").and_then(Value::as_str).map(str::to_owned),
        data: body.clone(),
        waits: false,
    })
}

/// Answers with whoever gave them.
pub fn named_answers(body: &Value) -> Option<(PersonId, Own)> {
    let teacher = body.get("teacher")?.as_str()?.parse().ok()?;
    Some((teacher, of_document(Voice::Answers, body, teacher)?))
}

/// What was said here, if it is of one of these kinds.
pub fn of_saying(saying: &Saying) -> Option<Own> {
    let mut voices = Voice::ALL.into_iter();
    Some(Own {
        id: saying.id,
        voice: voices.find(|voice| voice.fact() == saying.kind)?,
        at: saying.at,
        added: reading::said(saying, said::ADDED),
        data: json::parsed(&saying.data).ok()?,
        waits: true,
    })
}

/// What stands of all that was said, the newest first: documents with what was said here laid over them.
pub fn over(documents: Vec<Own>, sayings: &[Saying]) -> Vec<Own> {
    let mut all = documents;
    let mut withdrawn: Vec<EventId> = Vec::new();
    for saying in sayings {
        if saying.kind == "welcome_withdrawn" {
            let data = json::parsed(&saying.data).unwrap_or_default();
            let welcome = data.get("welcome").and_then(Value::as_str);
            withdrawn.extend(welcome.and_then(|id| id.parse::<EventId>().ok()));
        }
        if !all.iter().any(|one| one.id == saying.id) {
            all.extend(of_saying(saying));
        }
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.revision(), one.id)));
    let mut standing: Vec<Own> = Vec::new();
    for one in all {
        let again = one.voice != Voice::Welcome
            && standing.iter().any(|other| other.about() == one.about());
        if !again && !withdrawn.contains(&one.id) {
            standing.push(one);
        }
    }
    standing.sort_by_key(|one| std::cmp::Reverse(one.id));
    standing
}

/// The revision that the next word about one thing has.
pub fn next_revision(standing: &[Own], about: impl Fn(&Own) -> bool) -> u32 {
    let known = standing.iter().filter(|one| about(one));
    known.map(Own::revision).max().unwrap_or(0) + 1
}

/// Those that say something.
pub fn said(standing: &[Own], voice: Voice) -> impl Iterator<Item = &Own> {
    let of = move |one: &&Own| one.voice == voice && one.says();
    standing.iter().filter(of)
}

/// The questions of a form, and how many teachers are asked them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The questions.
    pub questions: Vec<Question>,
    /// How many are in the team.
    pub team: u32,
}

/// The questions of a form.
pub fn asked(body: &Value) -> Option<Asked> {
    let question = |question: &Value| {
        let word = |name: &str| Some(question.get(name)?.as_str()?.to_owned());
        let words = question.get("words")?;
        Some(Question {
            key: word("key")?,
            words: Bilingual {
                en: words.get("en")?.as_str()?.to_owned(),
                es: words.get("es")?.as_str()?.to_owned(),
            },
            answer: match question.get("answer")?.as_str()? {
                "agree" => Answer::Agree,
                "lessons" => Answer::Lessons,
                "yes_no" => Answer::YesNo,
                "hours" => Answer::Hours,
                _ => return None,
            },
            reverse: false,
        })
    };
    let questions = body.get("questions")?.as_array()?;
    Some(Asked {
        questions: questions.iter().filter_map(question).collect(),
        team: body.get("team")?.as_u64()?.try_into().ok()?,
    })
}

/// A class of the teacher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The class; none where none is known.
    pub class: Option<ClassId>,
    /// Where.
    pub site: SiteId,
    /// What the school calls it.
    pub title: String,
}

/// A class, if `me` teaches it.
pub fn own_class(body: &Value, me: PersonId) -> Option<Lesson> {
    let me = me.to_string();
    let teachers = body.get("teachers")?.as_array()?;
    let id = |name: &str| body.get(name)?.as_str()?.parse().ok();
    teachers
        .iter()
        .any(|teacher| teacher.as_str() == Some(&me))
        .then_some(())?;
    Some(Lesson {
        class: id("id").map(ClassId),
        site: SiteId(id("site")?),
        title: reading::title(body)?,
    })
}

/// The day on the wall of whoever holds the device.
pub fn today(now: Moment) -> Option<Day> {
    Some(Offsets::default().wall(now)?.day)
}

/// The school days from today on that a visit can be welcomed on, as far as a device knows: weekdays.
pub fn days_to_come(today: Day) -> Vec<Day> {
    let days = (0..7).map(|days| today.plus(days));
    days.filter(|day| day.is_weekday()).collect()
}

#[cfg(test)]
mod tests;
