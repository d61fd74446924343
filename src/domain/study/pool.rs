//! Pools: what many teachers say of one week, together.
//!
//! A pool is made once, when its week is closed, from what had come by then, and never again: were it made anew
//! with each answer, two of its versions would tell the answer that came between them. For the same reason a name
//! that is given later shows nobody's answers, and a question whose answers without a name are few is left out,
//! since what the named ones answered can be taken off.

use super::small_group::enough_answers;
use crate::domain::collect::lesson::{Happened, LessonLogged};
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::fold::voices::Stands;
use crate::domain::id::{ClassId, PersonId};
use crate::domain::place::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many days after the end of its week a pool is made: what was answered offline on the last day can come.
pub const CLOSES_AFTER_DAYS: i64 = 2;

/// What many teachers answered about one idea in one week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyPool {
    /// The change idea, by its key.
    pub idea: String,
    /// The first day of the week.
    pub week: Day,
    /// The questions that enough teachers answered, by key.
    pub questions: Vec<PooledQuestion>,
}

/// What many teachers answered to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PooledQuestion {
    /// The question's key.
    pub key: String,
    /// How many teachers answered it.
    pub teachers: u32,
    /// How many gave which answer, by answer; those that nobody gave are not there.
    pub answers: Vec<PooledAnswer>,
}

/// How many teachers gave an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PooledAnswer {
    /// The answer.
    pub answer: u8,
    /// How many gave it.
    pub teachers: u32,
}

/// What many teachers logged about one idea in one week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonPool {
    /// The change idea, by its key.
    pub idea: String,
    /// The first day of the week.
    pub week: Day,
    /// How many teachers logged.
    pub teachers: u32,
    /// In how many lessons the idea happened.
    pub yes: u32,
    /// In how many some of it did.
    pub partly: u32,
    /// In how many none of it did.
    pub no: u32,
}

/// The answers of a closed week, of those in the team; `named` let others read answers with their name.
pub fn survey(
    idea: &str,
    week: Day,
    answered: &[Stands<SurveyAnswered>],
    named: &[PersonId],
) -> SurveyPool {
    let mut by_question: BTreeMap<&str, Vec<(PersonId, u8)>> = BTreeMap::new();
    for one in answered.iter().filter(|one| one.in_team) {
        for (question, answer) in &one.what.answers {
            let of = by_question.entry(question).or_default();
            of.push((one.teacher, *answer));
        }
    }
    let questions = by_question.into_iter().filter_map(|(key, answers)| {
        let teachers = count(answers.iter());
        let unnamed = count(
            answers
                .iter()
                .filter(|(teacher, _)| !named.contains(teacher)),
        );
        let shown = enough_answers(teachers) && (unnamed == 0 || enough_answers(unnamed));
        shown.then(|| {
            let mut counts: BTreeMap<u8, u32> = BTreeMap::new();
            for (_, answer) in &answers {
                *counts.entry(*answer).or_default() += 1;
            }
            let answers = counts
                .into_iter()
                .map(|(answer, teachers)| PooledAnswer { answer, teachers });
            PooledQuestion {
                key: key.to_owned(),
                teachers,
                answers: answers.collect(),
            }
        })
    });
    SurveyPool {
        idea: idea.to_owned(),
        week,
        questions: questions.collect(),
    }
}

fn count(of: impl Iterator<Item = impl Sized>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}

/// The logs of a closed week, of those in the team; none when too few teachers logged. A lesson counts once for each day of
/// the week and class of its teacher; classes that are not theirs are one together, or one teacher could outweigh all others.
pub fn lessons(
    idea: &str,
    week: Day,
    logged: &[Stands<LessonLogged>],
    teaches: impl Fn(PersonId, ClassId) -> bool,
) -> Option<LessonPool> {
    let of_week = logged.iter().filter(|one| {
        one.in_team && (0..7).contains(&(one.what.day.since_epoch() - week.since_epoch()))
    });
    let lessons: BTreeMap<_, _> = of_week
        .map(|one| {
            let class = one.what.class.filter(|class| teaches(one.teacher, *class));
            ((one.teacher, class, one.what.day), one.what.happened)
        })
        .collect();
    let teachers: BTreeSet<PersonId> = lessons.keys().map(|(teacher, ..)| *teacher).collect();
    let teachers = count(teachers.iter());
    let so = |happened| count(lessons.values().filter(|one| **one == Some(happened)));
    enough_answers(teachers).then(|| LessonPool {
        idea: idea.to_owned(),
        week,
        teachers,
        yes: so(Happened::Yes),
        partly: so(Happened::Partly),
        no: so(Happened::No),
    })
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests {
    use super::*;
    use crate::domain::collect::form::FormRef;
    use crate::domain::id::EventId;
    use crate::domain::moment::Moment;
    use proptest::prelude::*;
    use rstest::rstest;

    fn person(number: u8) -> PersonId {
        PersonId::mint(1, [number; 10])
    }

    fn week() -> Day {
        Day::of(2026, 11, 16).expect("a Monday")
    }

    fn stands<T>(teacher: u8, what: T, in_team: bool) -> Stands<T> {
        Stands {
            id: EventId::mint(1, [teacher; 10]),
            teacher: person(teacher),
            at: Moment {
                at_utc_ms: 0,
                offset_min: 0,
            },
            received_at_utc_ms: 0,
            what,
            added: None,
            in_team,
        }
    }

    fn form() -> FormRef {
        FormRef {
            key: "idea".into(),
            version: 1,
        }
    }

    fn said(teacher: u8, answers: &[(&str, u8)], in_team: bool) -> Stands<SurveyAnswered> {
        let answers = answers
            .iter()
            .map(|(key, answer)| ((*key).to_owned(), *answer));
        let what = SurveyAnswered {
            form: form(),
            week: week(),
            revision: 1,
            answers: answers.collect(),
            named: false,
        };
        stands(teacher, what, in_team)
    }

    #[rstest]
    #[case::four(4, &[], false)]
    #[case::five(5, &[], true)]
    #[case::five_of_whom_one_is_named(5, &[1], false)]
    #[case::six_of_whom_one_is_named(6, &[1], true)]
    #[case::five_who_are_all_named(5, &[1, 2, 3, 4, 5], true)]
    #[case::nine_of_whom_five_are_named(9, &[1, 2, 3, 4, 5], false)]
    fn a_question_is_pooled_from_five_answers_that_nobody_can_take_apart(
        #[case] teachers: u8,
        #[case] named: &[u8],
        #[case] shown: bool,
    ) {
        let answered: Vec<_> = (1..=teachers)
            .map(|one| said(one, &[("q", 4)], true))
            .collect();
        let named: Vec<PersonId> = named.iter().map(|one| person(*one)).collect();
        let pool = survey("idea", week(), &answered, &named);
        assert_eq!(!pool.questions.is_empty(), shown);
    }

    #[test]
    fn who_is_not_in_the_team_is_not_counted_and_each_question_stands_for_itself() {
        let mut answered: Vec<_> = (1..=5)
            .map(|one| said(one, &[("q", one % 2), ("r", 1)], true))
            .collect();
        answered.push(said(6, &[("q", 1)], false));
        answered[0].what.answers.remove("r");
        let pool = survey("idea", week(), &answered, &[]);
        let counts = [(0, 2), (1, 3)];
        let answers = counts.map(|(answer, teachers)| PooledAnswer { answer, teachers });
        let wanted = PooledQuestion {
            key: "q".into(),
            teachers: 5,
            answers: answers.into(),
        };
        assert_eq!(pool.questions, [wanted]);
    }

    #[test]
    fn lessons_are_counted_from_five_teachers_on_however_many_each_logged() {
        let log = |teacher, day, class, happened| {
            let what = LessonLogged {
                form: form(),
                class,
                day: week().plus(day),
                week: week(),
                revision: 1,
                happened: Some(happened),
                parts: BTreeMap::new(),
                went: None,
            };
            stands(teacher, what, true)
        };
        let counted = |logged: &[_]| {
            let own = class(1);
            let pool = lessons("idea", week(), logged, |_, class| class == own)?;
            Some((pool.teachers, pool.yes, pool.partly, pool.no))
        };
        let mut logged: Vec<_> = (0..9)
            .map(|one| log(one % 4, i64::from(one / 4), None, Happened::Yes))
            .collect();
        assert_eq!(counted(&logged), None);
        logged.push(log(5, 0, None, Happened::No));
        assert_eq!(counted(&logged), Some((5, 9, 0, 1)));
        // Another class of one's own is another lesson; made-up ones and days of other weeks are not.
        logged.push(log(5, 0, Some(class(1)), Happened::No));
        logged.extend((2..60).map(|made_up| log(5, 1, Some(class(made_up)), Happened::No)));
        logged.push(log(5, 7, None, Happened::No));
        logged.push(log(5, -1, None, Happened::No));
        assert_eq!(counted(&logged), Some((5, 9, 0, 3)));
    }

    fn class(number: u8) -> ClassId {
        ClassId::mint(1, [number; 10])
    }

    proptest! {
        /// Whatever is named: what is left of a pool when the named answers are taken off rests on nobody or on five.
        #[test]
        fn the_rest_of_a_pool_is_nobody_or_enough(
            answers in prop::collection::vec((0u8..3, any::<bool>(), any::<bool>()), 0..14),
        ) {
            let mut answered = Vec::new();
            let mut named = Vec::new();
            for (teacher, (answer, has_name, in_team)) in (0u8..).zip(&answers) {
                answered.push(said(teacher, &[("q", *answer)], *in_team));
                if *has_name {
                    named.push(person(teacher));
                }
            }
            let pool = survey("idea", week(), &answered, &named);
            for question in pool.questions {
                let of_named = answered
                    .iter()
                    .filter(|one| one.in_team && named.contains(&one.teacher))
                    .count() as u32;
                let rest = question.teachers - of_named;
                prop_assert!(question.teachers >= 5 && (rest == 0 || rest >= 5));
                let sum: u32 = question.answers.iter().map(|one| one.teachers).sum();
                prop_assert_eq!(sum, question.teachers);
            }
        }
    }
}
