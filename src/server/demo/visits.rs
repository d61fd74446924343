//! What is recorded in the invented district: visits with what came of them, as events of each person's device.

mod log;
mod voices;

use self::log::Log;
use super::dice::Dice;
use super::plan::{Job, Plan};
use super::rate::rate;
use super::tests_of_change::{IDEAS, Idea, level};
use super::{files, words};
use crate::domain::act::bright_spot::{
    BrightSpotTagged, Circle, PermissionAsked, PermissionGiven, PermissionRefused,
};
use crate::domain::act::decision::{Decision, DecisionTaken};
use crate::domain::act::feedback::{
    FeedbackAnswered, FeedbackOpened, FeedbackSent, FeedbackShared, Reaction,
};
use crate::domain::act::support::{Category, SupportGiven, SupportWanted};
use crate::domain::collect::form::Form;
use crate::domain::collect::walkthrough::{Setting, Walkthrough, Whom};
use crate::domain::event::{Envelope, said};
use crate::domain::id::{ClassId, DeviceId, DraftId, EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::place::{ClassMissed, Day, Missed, Why};
use crate::domain::plan::prediction::PredictionLocked;

const MINUTE_MS: i64 = 60 * 1000;

/// What the server called what the plan has, in the plan's order.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The people; none where somebody is not there.
    pub people: Vec<Option<PersonId>>,
    /// The classes.
    pub classes: Vec<Option<ClassId>>,
    /// The schools.
    pub sites: Vec<Option<SiteId>>,
    /// The form of each of [`IDEAS`].
    pub forms: Vec<Form>,
}

/// What one person recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The place of the person among the people.
    pub person: usize,
    /// The store that it was recorded in.
    pub device: DeviceId,
    /// The events, in the order of their numbers.
    pub envelopes: Vec<Envelope>,
}

/// Everything that is recorded until the evening before today, person by person. The same plan and the same ids
/// make the same bytes.
pub fn recorded(plan: &Plan, known: &Known) -> Vec<Recorded> {
    let mut log = Log::of(plan, known);
    for (nth, idea) in IDEAS.iter().enumerate() {
        if let Some(form) = known.forms.get(nth) {
            Told {
                plan,
                known,
                idea,
                form,
                dice: Dice::of(plan.seed, idea.key),
            }
            .all(&mut log);
        }
    }
    log.sealed()
}

/// One idea while it is told.
struct Told<'a> {
    plan: &'a Plan,
    known: &'a Known,
    idea: &'a Idea,
    form: &'a Form,
    dice: Dice,
}

/// A visit to be recorded.
struct Lesson {
    observer: usize,
    teacher: usize,
    class: usize,
    begun: Moment,
    ago: usize,
}

impl Told<'_> {
    fn all(&mut self, log: &mut Log<'_>) {
        let key = self.idea.key;
        let lead = self
            .plan
            .people
            .iter()
            .position(|person| person.job == Job::Lead);
        if let (Some(lead), Some(from)) = (lead, self.idea.testing_from) {
            let fact = PredictionLocked {
                idea: key.into(),
                cycle: 1,
            };
            let at = log.at(self.plan.school_days_ago(from), 7 * 60 + 40);
            log.say(
                lead,
                at,
                fact,
                &[(said::PREDICTION, words::prediction(key))],
            );
        }
        if let (Some(lead), Some(ago)) = (lead, self.idea.adopted) {
            let fact = DecisionTaken {
                idea: key.into(),
                decision: Decision::Adopt,
            };
            let at = log.at(self.plan.school_days_ago(ago), 16 * 60);
            log.say(lead, at, fact, &[(said::REASONS, words::REASONS)]);
        }
        self.voices(log);
        for ago in (0..=self.idea.baseline_from).rev() {
            let testing = self.idea.testing_from.is_some_and(|from| ago <= from);
            let (before, during) = self.idea.visits_a_week;
            let a_week = if testing { during } else { before };
            // Two a day at the most for each observer's working day, spread as a week is.
            let visits = a_week / 5 + usize::from(self.dice.below(5) < a_week % 5);
            for _ in 0..visits {
                self.visit(log, ago);
            }
        }
    }

    fn visit(&mut self, log: &mut Log<'_>, ago: usize) {
        let day = self.plan.school_days_ago(ago);
        let teachers = self.idea.teachers(self.plan, ago);
        let Some(teacher) = self.dice.one(&teachers).copied() else {
            return;
        };
        let observers = self.idea.observers(self.plan, teacher);
        // The school's own two come most often.
        let observer = match self.dice.percent(75) {
            true => observers.iter().rev().take(2).nth(self.dice.below(2)),
            false => self.dice.one(&observers),
        };
        let Some((class, starts)) = self.lesson(teacher, day) else {
            return;
        };
        let Some(observer) = observer.copied() else {
            return;
        };
        let begun = log.at(day, starts + self.dice.between(4, 25));
        if self.dice.percent(4) {
            self.missed(log, observer, class, begun);
            return;
        }
        let lesson = Lesson {
            observer,
            teacher,
            class,
            begun,
            ago,
        };
        self.write(log, &lesson);
    }

    /// A class of the teacher that meets on the day, and when.
    fn lesson(&mut self, teacher: usize, day: Day) -> Option<(usize, usize)> {
        let classes = self.plan.classes.iter().enumerate();
        let own: Vec<_> = classes
            .filter(|(_, class)| class.teacher == teacher)
            .collect();
        let school = own.first()?.1.school;
        let level = level(self.plan, school);
        let day_type = self.plan.day_type(level, day);
        let periods = files::periods(level, day_type);
        let meets: Vec<(usize, usize)> = own
            .iter()
            .filter_map(|(place, class)| match class.period {
                None => Some((*place, 8 * 60 + 20)),
                Some(period) => periods
                    .iter()
                    .find(|(name, ..)| *name == period.to_string())
                    .map(|(_, starts, _)| (*place, *starts)),
            })
            .collect();
        self.dice.one(&meets).copied()
    }

    fn missed(&mut self, log: &mut Log<'_>, observer: usize, class: usize, at: Moment) {
        let why = self.dice.one(&Why::ALL).copied();
        if let (Some((site, class)), Some(why)) = (self.place(class), why) {
            let fact = ClassMissed {
                site,
                missed: Missed::Class(class),
                why,
            };
            log.say(observer, at, fact, &[]);
        }
    }

    fn place(&self, class: usize) -> Option<(SiteId, ClassId)> {
        let id = self.known.classes.get(class).copied().flatten()?;
        let school = self.plan.classes.get(class)?.school;
        let site = self.known.sites.get(school - 1).copied().flatten()?;
        Some((site, id))
    }

    fn write(&mut self, log: &mut Log<'_>, lesson: &Lesson) -> Option<()> {
        let (site, class) = self.place(lesson.class)?;
        let teacher = self.known.people.get(lesson.teacher).copied().flatten()?;
        let in_use = self.dice.percent(self.idea.in_use_percent(lesson.ago));
        let rated = rate(self.form, in_use, &mut self.dice);
        if rated.is_empty() {
            return None;
        }
        let minutes = self.dice.between(5, 9);
        let walkthrough = Walkthrough {
            draft: DraftId::mint(lesson.begun.at_utc_ms, self.dice.bytes()),
            visit: log.visits_of(lesson.observer) + 1,
            form: self.form.form.clone(),
            begun: lesson.begun,
            rated,
            setting: Some(Setting {
                site,
                whom: Whom::Named {
                    teacher,
                    class: Some(class),
                },
                observers: 1,
                notice_given: false,
                minutes: minutes as u16,
                agreement: 1,
            }),
            phase: None,
            students: None,
            focus_seats: None,
        };
        let note = words::note(self.idea.key, in_use, &mut self.dice);
        let done = log.later(lesson.begun, minutes);
        let id = log.say(lesson.observer, done, walkthrough, &[(said::NOTE, note)])?;
        self.after(log, lesson, id, done, note)
    }

    /// What comes of a visit: feedback and its answers, bright spots, calls for support.
    fn after(
        &mut self,
        log: &mut Log<'_>,
        lesson: &Lesson,
        walkthrough: EventId,
        done: Moment,
        note: &str,
    ) -> Option<()> {
        if self.dice.percent(16) {
            self.bright_spot(log, lesson, walkthrough, done);
        }
        if self.dice.percent(14) {
            self.support(log, lesson, walkthrough, done);
        }
        if !self.dice.percent(88) {
            return None;
        }
        let parts = [
            (said::FEEDBACK, note),
            (said::STUDENTS, words::students(&mut self.dice)),
            (said::QUESTION, words::question(&mut self.dice)),
        ];
        let sent = log.later(done, self.dice.between(1, 90));
        let feedback = log.say(lesson.observer, sent, FeedbackSent { walkthrough }, &parts)?;
        if !self.dice.percent(85) {
            return None;
        }
        let opened = log.later(sent, self.dice.between(5, 300));
        let fact = FeedbackOpened {
            walkthrough,
            feedback,
        };
        log.say(lesson.teacher, opened, fact, &[])?;
        let answer = match self.dice.below(10) {
            0..4 => Reaction::Thanks,
            4..7 => Reaction::Reply,
            _ => return None,
        };
        let fact = FeedbackAnswered {
            walkthrough,
            feedback,
            answer,
        };
        let reply = [(said::REPLY, words::reply(&mut self.dice))];
        let texts: &[(&str, &str)] = if answer == Reaction::Reply {
            &reply
        } else {
            &[]
        };
        let answered = log.later(opened, self.dice.between(1, 40));
        log.say(lesson.teacher, answered, fact, texts)?;
        if self.dice.percent(30) {
            let fact = FeedbackShared {
                walkthrough,
                feedback,
            };
            log.say(lesson.teacher, log.later(answered, 1), fact, &[]);
        }
        Some(())
    }

    fn bright_spot(
        &mut self,
        log: &mut Log<'_>,
        lesson: &Lesson,
        walkthrough: EventId,
        done: Moment,
    ) -> Option<()> {
        let tagged = BrightSpotTagged {
            walkthrough,
            look_for: self
                .form
                .look_fors
                .first()
                .map(|look_for| look_for.key.clone()),
        };
        let line = [(said::NOTE, words::bright(&mut self.dice))];
        let bright_spot = log.say(lesson.observer, log.later(done, 1), tagged, &line)?;
        if !self.dice.percent(80) {
            return None;
        }
        let asked = PermissionAsked {
            walkthrough,
            bright_spot,
        };
        let at = log.later(done, self.dice.between(10, 200));
        let asked = log.say(lesson.observer, at, asked, &[])?;
        let at = log.later(at, self.dice.between(30, 1_500));
        match self.dice.below(10) {
            0..7 => {
                let circle = match self.dice.percent(60) {
                    true => Circle::District,
                    false => Circle::Site,
                };
                let fact = PermissionGiven {
                    walkthrough,
                    bright_spot,
                    asked,
                    circle,
                };
                log.say(lesson.teacher, at, fact, &[])?;
            }
            7 => {
                let fact = PermissionRefused {
                    walkthrough,
                    bright_spot,
                    asked,
                };
                log.say(lesson.teacher, at, fact, &[])?;
            }
            // Not answered yet.
            _ => {}
        }
        Some(())
    }

    fn support(
        &mut self,
        log: &mut Log<'_>,
        lesson: &Lesson,
        walkthrough: EventId,
        done: Moment,
    ) -> Option<()> {
        let category = *self.dice.one(&Category::ALL)?;
        let fact = SupportWanted {
            walkthrough,
            category,
        };
        let wanted = log.say(lesson.observer, log.later(done, 2), fact, &[])?;
        if self.dice.percent(55) {
            let fact = SupportGiven {
                walkthrough,
                wanted,
            };
            let at = log.later(done, self.dice.between(1_440, 7_000));
            log.say(lesson.observer, at, fact, &[]);
        }
        Some(())
    }
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests;
