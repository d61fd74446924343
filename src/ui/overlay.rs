//! The overlay: documents with what was said here laid over them, until the feed brings it.
//!
//! Pure. Laying something over a document that has it already changes nothing, so it does not matter which
//! comes first, the document or the end of the overlay.

use super::reading::{self, Data};
use crate::domain::act::bright_spot::Circle;
use crate::domain::act::feedback::Reaction;
use crate::domain::act::saying::Saying;
use crate::domain::document::{
    AnswerDocument, BrightSpotDocument, FeedbackDocument, PermissionDocument, SupportDocument,
    WalkthroughDocument,
};
use crate::domain::event::said;
use crate::domain::id::{EventId, PersonId};

fn read(sayings: &[Saying]) -> impl Iterator<Item = (&Saying, Data)> {
    sayings
        .iter()
        .filter_map(|saying| Some((saying, reading::data(saying)?)))
}

/// Whether something of this was said about this visit.
pub fn waits(visit: EventId, sayings: &[Saying]) -> bool {
    read(sayings).any(|(_, data)| data.walkthrough == visit)
}

/// Feedback, newest first, with what `me` said here: about one visit, or with none about any.
pub fn over_feedback(
    mut feedback: Vec<FeedbackDocument>,
    me: PersonId,
    visit: Option<EventId>,
    sayings: &[Saying],
) -> Vec<FeedbackDocument> {
    let about = |data: &Data| visit.is_none_or(|visit| data.walkthrough == visit);
    for (saying, data) in read(sayings).filter(|(_, data)| about(data)) {
        if saying.kind == "feedback_sent" {
            if !feedback.iter().any(|one| one.id == saying.id) {
                feedback.insert(0, sent(saying, &data, me));
            }
            continue;
        }
        let about = |one: &&mut FeedbackDocument| Some(one.id) == data.feedback;
        let Some(one) = feedback.iter_mut().find(about) else {
            continue;
        };
        match saying.kind.as_str() {
            "feedback_opened" => {
                one.opened.get_or_insert(saying.at);
            }
            "feedback_shared" => one.shared = true,
            "feedback_answered" => {
                let answer = AnswerDocument {
                    at: saying.at,
                    answer: data.answer.unwrap_or(Reaction::Thanks),
                    text: reading::said(saying, said::REPLY),
                };
                let there = one.answers.iter().any(|known| known.at == answer.at);
                if !there {
                    one.answers.push(answer);
                }
            }
            _ => {}
        }
    }
    feedback
}

fn sent(saying: &Saying, data: &Data, me: PersonId) -> FeedbackDocument {
    FeedbackDocument {
        id: saying.id,
        walkthrough: data.walkthrough,
        from: me,
        teacher: None,
        at: saying.at,
        text: reading::said(saying, said::FEEDBACK),
        students: reading::said(saying, said::STUDENTS),
        question: reading::said(saying, said::QUESTION),
        answers: Vec::new(),
        opened: None,
        shared: false,
    }
}

/// Bright spots, newest first, with what was said here. One that was tagged here is there as soon as its
/// visit is among `visits`.
pub fn over_spots(
    mut spots: Vec<BrightSpotDocument>,
    visits: &[WalkthroughDocument],
    sayings: &[Saying],
) -> Vec<BrightSpotDocument> {
    for (saying, data) in read(sayings) {
        if saying.kind == "bright_spot_tagged" {
            let visit = visits.iter().find(|visit| visit.id == data.walkthrough);
            let there = spots.iter().any(|one| one.id == saying.id);
            if let (Some(visit), false) = (visit, there) {
                spots.insert(0, tagged(saying, data, visit));
            }
            continue;
        }
        let about = |one: &&mut BrightSpotDocument| Some(one.id) == data.bright_spot;
        let Some(spot) = spots.iter_mut().find(about) else {
            continue;
        };
        if saying.kind == "bright_spot_filed" {
            spot.look_for = data.look_for;
        } else {
            permission(spot, saying, &data);
        }
    }
    spots
}

fn tagged(saying: &Saying, data: Data, visit: &WalkthroughDocument) -> BrightSpotDocument {
    BrightSpotDocument {
        id: saying.id,
        walkthrough: Some(visit.id),
        teacher: visit.teacher,
        site: visit.site,
        form: visit.form.clone(),
        look_for: data.look_for,
        at: saying.at,
        evidence: reading::said(saying, said::NOTE),
        permission: PermissionDocument::NotAsked,
        open_questions: Vec::new(),
        given_questions: Vec::new(),
    }
}

/// What `domain::fold` will make of an answer, as far as one question can tell: a permission that stands
/// outweighs an open question, which outweighs a no.
fn permission(spot: &mut BrightSpotDocument, saying: &Saying, data: &Data) {
    let mut otherwise = spot.permission;
    match (saying.kind.as_str(), data.asked) {
        ("permission_asked", _) => {
            let known = [&spot.open_questions, &spot.given_questions];
            if !known.iter().any(|questions| questions.contains(&saying.id)) {
                spot.open_questions.push(saying.id);
            }
            let stands = [
                PermissionDocument::GivenForSite,
                PermissionDocument::GivenForDistrict,
            ];
            // Only the teacher is told which questions a permission answers; it stands for all others too.
            if stands.contains(&spot.permission) {
                return;
            }
        }
        ("permission_given", Some(asked)) => {
            spot.open_questions.retain(|one| *one != asked);
            if !spot.given_questions.contains(&asked) {
                spot.given_questions.push(asked);
            }
            spot.permission = match data.circle {
                Some(Circle::District) => PermissionDocument::GivenForDistrict,
                Some(Circle::Site) | None => PermissionDocument::GivenForSite,
            };
        }
        ("permission_refused", Some(asked)) => {
            spot.open_questions.retain(|one| *one != asked);
            otherwise = PermissionDocument::Refused;
        }
        ("permission_withdrawn", Some(asked)) => {
            spot.given_questions.retain(|one| *one != asked);
            otherwise = PermissionDocument::Withdrawn;
        }
        _ => return,
    }
    if spot.given_questions.is_empty() {
        spot.permission = match spot.open_questions.is_empty() {
            false => PermissionDocument::Asked,
            true => otherwise,
        };
    }
}

/// Calls for support, newest first, with what was said here. One that was made here is there as soon as its
/// visit is among `visits`, or another call about the same visit.
pub fn over_support(
    mut support: Vec<SupportDocument>,
    visits: &[WalkthroughDocument],
    sayings: &[Saying],
) -> Vec<SupportDocument> {
    for (saying, data) in read(sayings) {
        if let ("support_given", Some(wanted)) = (saying.kind.as_str(), data.wanted) {
            for one in support.iter_mut().filter(|one| one.id == wanted) {
                one.given.get_or_insert(saying.at);
            }
        }
        let ("support_wanted", Some(category)) = (saying.kind.as_str(), data.category) else {
            continue;
        };
        let visit = visits.iter().find(|visit| visit.id == data.walkthrough);
        let beside = support
            .iter()
            .find(|one| one.walkthrough == Some(data.walkthrough));
        let whose = visit
            .map(|visit| (visit.teacher, visit.site, Some(visit.form.clone())))
            .or_else(|| beside.map(|one| (one.teacher, one.site, one.form.clone())));
        let there = support.iter().any(|one| one.id == saying.id);
        if let (Some((teacher, site, form)), false) = (whose, there) {
            support.insert(
                0,
                SupportDocument {
                    id: saying.id,
                    walkthrough: Some(data.walkthrough),
                    teacher,
                    site,
                    form,
                    at: saying.at,
                    category,
                    given: None,
                },
            );
        }
    }
    support
}

#[cfg(test)]
mod tests;
