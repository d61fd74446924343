//! The facts that something said on a card comes to.

use super::{CardAct, Choice, DAYS_OF_A_WEEK, LOGGED_BACK_DAYS, Lesson, OnCard, Week};
use crate::domain::act::bright_spot::{
    Circle, PermissionAsked, PermissionGiven, PermissionRefused, PermissionWithdrawn,
};
use crate::domain::act::support::{Category, SupportGiven, SupportWanted};
use crate::domain::collect::lesson::{Happened, LessonLogged, Went};
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::document::BrightSpotDocument;
use crate::domain::event::{About, Fact, Factual, said};
use crate::domain::fold::Read;
use crate::domain::id::{ClassId, EventId};
use crate::domain::place::Day;
use crate::domain::plan::voice::Question;
use crate::domain::problem::Problem;
use std::collections::BTreeMap;

/// A fact that is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToRecord {
    /// The fact.
    pub fact: Fact,
    /// Its words, by name.
    pub words: BTreeMap<String, String>,
    /// What tells it from other facts of the same form, and is the same when the form is sent again.
    pub mark: String,
}

impl OnCard {
    /// What the act is about; none when it is about nothing that the card offers.
    pub fn about(&self, act: &CardAct) -> Option<About> {
        match act {
            CardAct::Permit { bright_spot, .. } => {
                Some(About::Walkthrough(self.spot(*bright_spot)?.walkthrough?))
            }
            CardAct::Want(_) | CardAct::NoLongerWant(_) => {
                Some(About::Walkthrough(self.support.as_ref()?.visit))
            }
            CardAct::Answer { week, .. } => {
                let key = self.week.as_ref()?.form.key.clone();
                Some(About::Survey(key, *week))
            }
            CardAct::Log { day, .. } => {
                let lesson = self.lesson.as_ref()?;
                let week = day.week(lesson.week_start);
                Some(About::Lessons(lesson.form.key.clone(), week))
            }
        }
    }

    /// The facts that an act comes to; none when what it says stands already. `own` is what its teacher has said
    /// [about](Self::about) the same thing.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when the card does not offer it, [`Problem::Malformed`] when no form of the card says so.
    pub fn facts(&self, act: &CardAct, own: &[Read]) -> Result<Vec<ToRecord>, Problem> {
        match act {
            CardAct::Permit {
                bright_spot,
                choice,
            } => {
                let spot = self.spot(*bright_spot).ok_or(Problem::NotFound)?;
                let visit = spot.walkthrough.ok_or(Problem::NotFound)?;
                Ok(permit(spot, visit, *choice))
            }
            CardAct::Want(category) => {
                let support = self.support.as_ref().ok_or(Problem::NotFound)?;
                let is_open = support.open.iter().any(|(_, open)| open == category);
                let (walkthrough, category) = (support.visit, *category);
                let fact = SupportWanted {
                    walkthrough,
                    category,
                };
                Ok((!is_open).then(|| plain(fact)).into_iter().collect())
            }
            CardAct::NoLongerWant(category) => {
                let support = self.support.as_ref().ok_or(Problem::NotFound)?;
                let of = |call: &&(EventId, Category)| call.1 == *category;
                let given = support.open.iter().filter(of).map(|(wanted, _)| {
                    plain(SupportGiven {
                        walkthrough: support.visit,
                        wanted: *wanted,
                    })
                });
                Ok(given.collect())
            }
            CardAct::Answer {
                week,
                answers,
                named,
                added,
            } => {
                let asked = self.week.as_ref().ok_or(Problem::NotFound)?;
                asked.answer(*week, answers, *named, added, own)
            }
            CardAct::Log {
                class,
                day,
                happened,
                parts,
                went,
            } => {
                let lesson = self.lesson.as_ref().ok_or(Problem::NotFound)?;
                lesson.log((*class, *day), *happened, parts, *went, own)
            }
        }
    }

    fn spot(&self, id: EventId) -> Option<&BrightSpotDocument> {
        self.spots.iter().find(|spot| spot.id == id)
    }
}

/// A fact without words, which is one for each form.
fn plain(fact: impl Into<Fact>) -> ToRecord {
    let fact = fact.into();
    ToRecord {
        mark: format!("{} {}", fact.kind().0, fact.data()),
        words: BTreeMap::new(),
        fact,
    }
}

/// Each question that waits gets the answer; a permission ends for each question that it was given to.
fn permit(spot: &BrightSpotDocument, walkthrough: EventId, choice: Choice) -> Vec<ToRecord> {
    let bright_spot = spot.id;
    let give = |circle| {
        let each = spot.open_questions.iter().map(move |asked| {
            plain(PermissionGiven {
                walkthrough,
                bright_spot,
                asked: *asked,
                circle,
            })
        });
        each.collect()
    };
    match choice {
        Choice::School => give(Circle::Site),
        Choice::District => give(Circle::District),
        Choice::Keep => {
            let each = spot.open_questions.iter().map(|asked| {
                plain(PermissionRefused {
                    walkthrough,
                    bright_spot,
                    asked: *asked,
                })
            });
            each.collect()
        }
        Choice::TakeBack => {
            let each = spot.given_questions.iter().map(|asked| {
                plain(PermissionWithdrawn {
                    walkthrough,
                    bright_spot,
                    asked: *asked,
                })
            });
            each.collect()
        }
        // A question is asked once at a time.
        Choice::Anew if spot.open_questions.is_empty() && spot.given_questions.is_empty() => {
            vec![plain(PermissionAsked {
                walkthrough,
                bright_spot,
            })]
        }
        Choice::Anew => Vec::new(),
    }
}

impl Week {
    /// Whether what the teacher has said about a week comes to an answer: it may have been taken back.
    pub fn is_answered(own: &[Read]) -> bool {
        let said = |event: &Read| match &event.fact {
            Fact::SurveyAnswered(fact) => Some((fact.revision, !fact.answers.is_empty())),
            _ => None,
        };
        standing(own, said).1.is_some_and(|(_, answers)| answers)
    }

    fn answer(
        &self,
        week: Day,
        answers: &BTreeMap<String, u8>,
        named: bool,
        added: &str,
        own: &[Read],
    ) -> Result<Vec<ToRecord>, Problem> {
        // A page may stay open over the end of a week.
        if ![self.week, self.week.plus(-DAYS_OF_A_WEEK)].contains(&week) {
            return Err(malformed("week"));
        }
        let offered = |(key, answer): (&String, &u8)| {
            let asked = |question: &&Question| question.key == *key;
            let question = self.questions.iter().find(asked);
            question.is_some_and(|question| question.answer.values().contains(answer))
        };
        if answers.is_empty() || !answers.iter().all(offered) {
            return Err(malformed("answers"));
        }
        let said = |event: &Read| match &event.fact {
            Fact::SurveyAnswered(fact) if (&fact.form.key, fact.week) == (&self.form.key, week) => {
                Some((fact.revision, fact.clone()))
            }
            _ => None,
        };
        let (before, stands) = standing(own, said);
        let mut fact = SurveyAnswered {
            form: self.form.clone(),
            week,
            revision: 0,
            answers: answers.clone(),
            named: named && self.may_name,
        };
        let of_before = stands.map(|(event, was)| {
            let added = event.said.get(said::ADDED).map(String::as_str);
            (was.answers, was.named, added.unwrap_or_default())
        });
        if of_before == Some((fact.answers.clone(), fact.named, added)) {
            return Ok(Vec::new());
        }
        let mark = format!("{} {added}", fact.data());
        fact.revision = before + 1;
        let words = (!added.is_empty()).then(|| (said::ADDED.to_owned(), added.to_owned()));
        Ok(vec![ToRecord {
            fact: fact.into(),
            words: words.into_iter().collect(),
            mark,
        }])
    }
}

impl Lesson {
    fn log(
        &self,
        (class, day): (Option<ClassId>, Day),
        happened: Happened,
        parts: &BTreeMap<LookForKey, Happened>,
        went: Option<Went>,
        own: &[Read],
    ) -> Result<Vec<ToRecord>, Problem> {
        let is_own = |class| self.classes.iter().any(|(own, _)| *own == class);
        if !class.map_or(self.classes.is_empty(), is_own) {
            return Err(malformed("class"));
        }
        if !(0..=LOGGED_BACK_DAYS).contains(&(self.today.since_epoch() - day.since_epoch())) {
            return Err(malformed("day"));
        }
        let is_part = |key: &LookForKey| self.parts.iter().any(|part| part.key == *key);
        if !parts.keys().all(is_part) {
            return Err(malformed("parts"));
        }
        let said = |event: &Read| match &event.fact {
            Fact::LessonLogged(fact)
                if (&fact.form.key, fact.class, fact.day) == (&self.form.key, class, day) =>
            {
                Some((fact.revision, fact.clone()))
            }
            _ => None,
        };
        let (before, stands) = standing(own, said);
        // Where nothing of it happened there is nothing more to say.
        let some = happened != Happened::No;
        let mut fact = LessonLogged {
            form: self.form.clone(),
            class,
            day,
            week: day.week(self.week_start),
            revision: 0,
            happened: Some(happened),
            parts: match some {
                true => parts.clone(),
                false => BTreeMap::new(),
            },
            went: went.filter(|_| some),
        };
        let as_before = |(_, was): (&Read, LessonLogged)| {
            (was.happened, &was.parts, was.went) == (fact.happened, &fact.parts, fact.went)
        };
        if stands.is_some_and(as_before) {
            return Ok(Vec::new());
        }
        let mark = fact.data();
        fact.revision = before + 1;
        Ok(vec![ToRecord {
            fact: fact.into(),
            words: BTreeMap::new(),
            mark,
        }])
    }
}

/// The largest revision of what was said about one thing, 0 for none, and what stands of it: as in
/// [`crate::domain::fold::voices`].
fn standing<T>(
    own: &[Read],
    said: impl Fn(&Read) -> Option<(u32, T)>,
) -> (u32, Option<(&Read, T)>) {
    let said = own.iter().filter_map(|event| {
        let (revision, what) = said(event)?;
        Some(((revision, event.number, event.id), event, what))
    });
    match said.max_by_key(|(rank, ..)| *rank) {
        Some(((revision, ..), event, what)) => (revision, Some((event, what))),
        None => (0, None),
    }
}

fn malformed(place: &str) -> Problem {
    Problem::Malformed {
        place: place.into(),
        reason: "this is not what the card's form sends".into(),
    }
}
