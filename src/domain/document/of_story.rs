//! A visit as documents: what each audience may see of it, and nothing else.

use super::{
    AnswerDocument, Audience, BrightSpotDocument, Document, FeedbackDocument, SupportDocument,
    WalkthroughDocument,
};
use crate::domain::agreement::{Agreement, Agreements};
use crate::domain::collect::walkthrough::Whom;
use crate::domain::fold::{self, Permission, Story};
use crate::domain::id::{EventId, PersonId};
use crate::domain::problem::Problem;
use crate::domain::visibility::{self, Circumstances, Relation, Row, Shown, sees};

/// What every audience may see of a visit.
pub fn of_story(story: &Story, agreements: &Agreements) -> Vec<(Audience, Document)> {
    let agreement = agreements.at(story.day_utc_ms);
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
            agreed: agreement.version,
        };
        sees(Row::Walkthrough, &plain, &|| seen.walkthrough());
        for feedback in &story.feedback {
            let now = Circumstances {
                shared: feedback.shared,
                ..plain
            };
            let opened = visibility::sees(Row::Opened, relation, &now, agreement);
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
    if story.refused == Some(Problem::NotAllowed) {
        return readers;
    }
    if let Some(teacher) = story.teacher {
        // A teacher who visited themselves is one reader, and a teacher first.
        readers.retain(|(_, audience)| *audience != Audience::Person(teacher));
        readers.push((Relation::Teacher, Audience::Person(teacher)));
    }
    // What the agreement forbids is hidden from its teacher no more than from its observer: there are no
    // hidden notes. All others get nothing of it.
    if story.refused.is_some() || story.waits_for_form {
        return readers;
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
    agreed: u32,
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
            minutes: walkthrough.setting.as_ref().map(|setting| setting.minutes),
            rated: self.story.rated.clone(),
            unread: Vec::new(),
            amended: self.story.amended,
            note: self.story.note.clone(),
            notes: self.story.notes.clone(),
            refused: self.story.refused.clone(),
            breaks: self.story.breaks.clone(),
            // Whoever sees the record whole is its observer or its teacher, and sees what these two say to each other.
            answers: answers(&self.story.answers),
            agreed: self.agreed,
        })
    }

    fn feedback(&self, feedback: &fold::Feedback, opened: bool) -> Document {
        Document::Feedback(FeedbackDocument {
            id: feedback.id,
            walkthrough: self.story.id,
            from: self.story.observer,
            teacher: self.teacher,
            at: feedback.at,
            text: feedback.text.clone(),
            students: feedback.students.clone(),
            question: feedback.question.clone(),
            answers: answers(&feedback.answers),
            opened: feedback.opened.filter(|_| opened),
            shared: feedback.shared,
        })
    }

    fn bright_spot(&self, spot: &fold::BrightSpot) -> Document {
        let speaks = matches!(
            self.relation,
            Relation::Observer | Relation::Teacher | Relation::Coach
        );
        let teacher = self.relation == Relation::Teacher;
        let for_teacher = |questions: &[EventId]| match teacher {
            true => questions.to_vec(),
            false => Vec::new(),
        };
        Document::BrightSpot(BrightSpotDocument {
            id: spot.id,
            walkthrough: speaks.then_some(self.story.id),
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
            walkthrough: Some(self.story.id),
            teacher: self.teacher,
            site: self.story.walkthrough.site(),
            form: Some(self.story.walkthrough.form.clone()),
            at: support.at,
            category: support.category,
            given: support.given,
        })
    }
}

fn answers(answers: &[fold::Answered]) -> Vec<AnswerDocument> {
    let answers = answers.iter().map(|answer| AnswerDocument {
        at: answer.at,
        answer: answer.answer,
        text: answer.text.clone(),
    });
    answers.collect()
}

#[cfg(test)]
mod tests;
