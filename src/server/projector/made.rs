//! What a visit is made into: its documents, and its line in the counts. Pure: a store reads and writes.

use crate::domain::agreement::Agreements;
use crate::domain::collect::published::Published;
use crate::domain::document::{Audience, Document, ErasedDocument, of_story};
use crate::domain::fold::{Read, Story};
use crate::domain::hash::Sha256;
use crate::domain::id::{EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::people::People;

/// An event as the projector reads it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number on the server.
    pub server_number: u64,
    /// The event with what is left of its words.
    pub read: Read,
    /// Whether it had words and they were erased.
    pub erased: bool,
}

/// What came of the events about one visit.
#[derive(Debug)]
pub struct Visit {
    /// The visit; none as long as its own event is not there.
    pub story: Option<Story>,
    /// What each audience gets.
    pub documents: Vec<(Audience, Document)>,
    /// The copy that is due: to the teacher whom a visit names, and nobody wrote to.
    pub copy_due: Option<CopyDue>,
    /// Whether something in it has no published form yet.
    pub held_back: bool,
    /// What the claim code of a numbered visit hashes to.
    pub claim_sha256: Option<Sha256>,
}

/// A copy that a teacher gets, and when it is late to have it: so many school days after the visit, where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyDue {
    /// The teacher.
    pub teacher: PersonId,
    /// Where the visit was.
    pub site: SiteId,
    /// The day of the visit, as its agreement is chosen by it.
    pub at: Moment,
    /// How many school days after it, 0 for the same day.
    pub school_days: u32,
}

impl Visit {
    /// What these events come to.
    pub fn of(
        id: EventId,
        events: &[Stored],
        people: &People,
        agreements: &Agreements,
        published: &Published,
    ) -> Self {
        use crate::domain::collect::walkthrough::Whom;
        let reads: Vec<Read> = events.iter().map(|event| event.read.clone()).collect();
        let mut story = Story::of(id, &reads, people, agreements);
        let held_back = story
            .as_mut()
            .is_some_and(|story| story.hold_back(published));
        let mut documents = erased(events, people);
        if let Some(story) = &story {
            documents.extend(of_story(story, agreements));
        }
        let setting = story
            .as_ref()
            .and_then(|story| story.walkthrough.setting.as_ref());
        let claim_sha256 = match setting.map(|setting| &setting.whom) {
            Some(Whom::Numbered { claim_sha256 }) => Some(*claim_sha256),
            _ => None,
        };
        Self {
            claim_sha256,
            held_back,
            copy_due: story.as_ref().and_then(|story| copy_due(story, agreements)),
            documents,
            story,
        }
    }
}

fn copy_due(story: &Story, agreements: &Agreements) -> Option<CopyDue> {
    let site = story.walkthrough.site()?;
    let teacher = story.teacher.filter(|teacher| *teacher != story.observer)?;
    let waits = story.refused.is_none()
        && story.feedback.is_empty()
        && story.walkthrough.teacher().is_some();
    let agreement = agreements.at(story.day_utc_ms);
    waits.then(|| CopyDue {
        teacher,
        site,
        at: Moment {
            at_utc_ms: story.day_utc_ms,
            offset_min: story.at.offset_min,
        },
        school_days: agreement.copy_within_days.into(),
    })
}

/// Tells the devices of each author that words of theirs are erased: besides the server, only they have
/// them as they were sealed. All other readers get their documents again, without the words.
pub fn erased(events: &[Stored], people: &People) -> Vec<(Audience, Document)> {
    let erased = events.iter().filter(|event| event.erased);
    erased
        .map(|event| {
            let author = people.resolve(event.read.author);
            let document = ErasedDocument { id: event.read.id };
            (Audience::Person(author), Document::Erased(document))
        })
        .collect()
}
