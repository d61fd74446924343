//! What the invented teachers say themselves while an idea is tested: answers of each week, logs, a welcome.

use super::Told;
use super::log::Log;
use crate::domain::act::welcome::VisitWelcomed;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::lesson::{Happened, LessonLogged, Went};
use crate::domain::collect::survey::SurveyAnswered;
use crate::domain::event::said;
use crate::domain::place::Day;
use crate::domain::plan::voice::Answer;
use crate::server::demo::dice::Dice;
use crate::server::demo::words;
use crate::server::library::starter::starter;
use std::collections::BTreeMap;

/// The district begins its weeks on Monday.
const WEEK_STARTS: u8 = 1;

impl Told<'_> {
    /// Everything that the team of an idea in its test says.
    pub(super) fn voices(&self, log: &mut Log<'_>) {
        let (Some(from), None) = (self.idea.testing_from, self.idea.adopted) else {
            return;
        };
        // Dice of their own, so that what is seen in lessons does not change with what is said of them.
        let mut dice = Dice::of(self.plan.seed, &format!("voices {}", self.idea.key));
        let teachers = self.idea.teachers(self.plan, 0);
        for ago in (0..=from).rev() {
            let day = self.plan.school_days_ago(ago);
            for teacher in &teachers {
                if dice.percent(45) {
                    self.log_lesson(log, *teacher, day, &mut dice);
                }
                let last_of_week = self.plan.is_school_day(day)
                    && !(1..=3).any(|more| {
                        let later = day.plus(more);
                        later.week(WEEK_STARTS) == day.week(WEEK_STARTS)
                            && self.plan.is_school_day(later)
                    });
                if last_of_week && dice.percent(85) {
                    self.answer(log, *teacher, day, &mut dice);
                }
            }
        }
        if let Some(teacher) = teachers.last() {
            self.welcome(log, *teacher);
        }
    }

    fn log_lesson(&self, log: &mut Log<'_>, teacher: usize, day: Day, dice: &mut Dice) {
        let classes = self.plan.classes.iter().zip(&self.known.classes);
        let own: Vec<_> = classes
            .filter(|(class, _)| class.teacher == teacher)
            .filter_map(|(_, id)| *id)
            .collect();
        let happened = match dice.below(10) {
            0..6 => Happened::Yes,
            6..9 => Happened::Partly,
            _ => Happened::No,
        };
        let went = match happened {
            Happened::Yes if dice.percent(60) => Went::Smoothly,
            Happened::No => Went::Hard,
            _ => Went::Mixed,
        };
        let fact = LessonLogged {
            form: self.form.form.clone(),
            class: dice.one(&own).copied(),
            day,
            week: day.week(WEEK_STARTS),
            revision: 1,
            happened: Some(happened),
            parts: BTreeMap::new(),
            went: dice.percent(70).then_some(went),
        };
        log.say(teacher, log.at(day, 15 * 60 + dice.below(90)), fact, &[]);
    }

    fn answer(&self, log: &mut Log<'_>, teacher: usize, day: Day, dice: &mut Dice) {
        let answers = answers(&self.form.form, dice);
        if answers.is_empty() {
            return;
        }
        let fact = SurveyAnswered {
            form: self.form.form.clone(),
            week: day.week(WEEK_STARTS),
            revision: 1,
            answers,
            named: dice.percent(35),
        };
        let added = [(said::ADDED, words::of_the_week(dice))];
        let texts: &[(&str, &str)] = if dice.percent(40) { &added } else { &[] };
        log.say(teacher, log.at(day, 16 * 60 + dice.below(60)), fact, texts);
    }

    fn welcome(&self, log: &mut Log<'_>, teacher: usize) {
        let mut classes = self.plan.classes.iter().enumerate();
        let class = classes.find(|(_, class)| class.teacher == teacher);
        let Some((site, class)) = class.and_then(|(place, _)| self.place(place)) else {
            return;
        };
        let mut coming = (0..14).map(|days| self.plan.today.plus(days));
        let Some(day) = coming.find(|day| self.plan.is_school_day(*day)) else {
            return;
        };
        let fact = VisitWelcomed {
            site,
            class: Some(class),
            day,
            idea: Some(self.idea.key.into()),
            peers: true,
        };
        let said_at = log.at(self.plan.school_days_ago(1), 15 * 60 + 20);
        log.say(
            teacher,
            said_at,
            fact,
            &[(said::ADDED, words::COME_AND_SEE)],
        );
    }
}

/// An answer to each question of a form, as people answer: most agree a little.
fn answers(form: &FormRef, dice: &mut Dice) -> BTreeMap<String, u8> {
    let idea = starter().iter().find(|idea| idea.form.form == *form);
    let questions = idea.into_iter().flat_map(|idea| &idea.questions);
    let answered = questions.map(|question| {
        let answer = match question.answer {
            Answer::Agree => dice.between(2, 5),
            Answer::Lessons => dice.between(1, 4),
            Answer::YesNo => dice.below(2),
            Answer::Hours => dice.between(0, 2),
        };
        (question.key.clone(), answer as u8)
    });
    answered.collect()
}
