//! The fold: what facts about one visit come to.
//!
//! The same facts in any order give the same [`Story`]: each has the number under which the server keeps it, and only
//! where the later of two words stands does that number say which it is. An amendment whose base is missing is held, by not counting yet. A fact counts only if its author is
//! entitled to it; whoever is not has said nothing.
//!
//! Reading order: here, then [`cast`] (who is entitled to what), [`admission`] (who may visit whom) and
//! [`mod@bright_spots`] (permissions); [`voices`] is what teachers say themselves, which is about no visit.

mod admission;
mod bright_spots;
mod cast;
pub mod voices;

use crate::domain::act::bright_spot::Circle;
use crate::domain::act::feedback::Reaction;
use crate::domain::act::support::Category;
use crate::domain::agreement::{Agreements, day};
use crate::domain::collect::draft::Rated;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::published::Published;
use crate::domain::collect::walkthrough::{Amendment, Walkthrough};
use crate::domain::event::{Fact, said};
use crate::domain::id::{EventId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::people::People;
use crate::domain::problem::Problem;
use admission::Admission;
use bright_spots::bright_spots;
use cast::Cast;
use std::collections::{BTreeMap, BTreeSet};

/// An event as the fold reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The event.
    pub id: EventId,
    /// Its number among the events of its device.
    pub number: u64,
    /// Who recorded it.
    pub author: PersonId,
    /// When, by the device's clock; shown, and never used for order.
    pub at: Moment,
    /// When the server received it, in milliseconds since 1970.
    pub received_at_utc_ms: i64,
    /// Its number on the server: of two words of which the later stands, it says which that is.
    pub server_number: u64,
    /// What happened.
    pub fact: Fact,
    /// What was said; empty when there were no words, and when they were erased.
    pub said: BTreeMap<String, String>,
}

impl Read {
    fn said(&self, name: &str) -> Option<String> {
        self.said.get(name).cloned()
    }

    fn notes(&self) -> BTreeMap<LookForKey, String> {
        let notes = self.said.iter().filter_map(|(name, text)| {
            let look_for = said::noted_on(name)?;
            Some((LookForKey(look_for.to_owned()), text.clone()))
        });
        notes.collect()
    }
}

/// A visit with everything that came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The event that submitted it.
    pub id: EventId,
    /// Who recorded it.
    pub observer: PersonId,
    /// Whose lesson it was; none as long as nobody took a numbered visit.
    pub teacher: Option<PersonId>,
    /// When it was submitted.
    pub at: Moment,
    /// The moment by which its agreement is chosen, as [`day`] bounds it.
    pub day_utc_ms: i64,
    /// Why it makes nothing for others, if so: [`Problem::NotAllowed`] when its observer may not visit there,
    /// [`Problem::AgreementSaysNo`] when the agreement of that day forbids it. Nothing that was said about
    /// it stands then.
    pub refused: Option<Problem>,
    /// Each rule of the agreement of that day that it does not keep, as [`Problem::AgreementSaysNo`].
    pub breaks: Vec<Problem>,
    /// Whether its form has not come to the server yet: until then nobody but its observer and its teacher has it.
    pub waits_for_form: bool,
    /// The teacher as figures count them: one whom the office knows at that site.
    pub counted_teacher: Option<PersonId>,
    /// What was submitted.
    pub walkthrough: Walkthrough,
    /// What is marked, after all amendments.
    pub rated: Vec<Rated>,
    /// How many amendments that took.
    pub amended: u32,
    /// The newest of the server's events by which the visit is counted as it is: its own, the claim and the amendments
    /// that stand. What somebody says who may not is in no number that others see.
    pub as_of: u64,
    /// The observer's line of evidence.
    pub note: Option<String>,
    /// The texts of look-fors that are notes; empty when there are none, and when they were erased.
    pub notes: BTreeMap<LookForKey, String>,
    /// What the teacher answered to the record itself, oldest first.
    pub answers: Vec<Answered>,
    /// Feedback, oldest first.
    pub feedback: Vec<Feedback>,
    /// Bright spots, oldest first.
    pub bright_spots: Vec<BrightSpot>,
    /// Calls for support, oldest first.
    pub support: Vec<Support>,
}

/// Feedback and what its reader did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// The event that sent it.
    pub id: EventId,
    /// When it was sent.
    pub at: Moment,
    /// Its text; none when it was erased.
    pub text: Option<String>,
    /// What students did; none when it does not say, and when it was erased.
    pub students: Option<String>,
    /// Its question; none when it has none, and when it was erased.
    pub question: Option<String>,
    /// When the teacher first opened it.
    pub opened: Option<Moment>,
    /// What the teacher answered, oldest first.
    pub answers: Vec<Answered>,
    /// Whether the teacher shared it with the coaches of the site.
    pub shared: bool,
}

/// An answer to feedback, or to the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The event that answered.
    pub id: EventId,
    /// When.
    pub at: Moment,
    /// How.
    pub answer: Reaction,
    /// The reply; none for thanks, and when it was erased.
    pub text: Option<String>,
}

/// A bright spot and where its permission stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrightSpot {
    /// The event that tagged it.
    pub id: EventId,
    /// Who tagged it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// The look-for that it shows.
    pub look_for: Option<LookForKey>,
    /// The line of evidence; none when it was erased.
    pub evidence: Option<String>,
    /// Where its permission stands.
    pub permission: Permission,
    /// Its questions that wait for an answer.
    pub open_questions: Vec<EventId>,
    /// Its questions that were answered with a permission that stands.
    pub given_questions: Vec<EventId>,
}

/// Where the permission to show a bright spot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Nobody has asked.
    NotAsked,
    /// The teacher has not answered yet.
    Asked,
    /// Given, for this circle: the largest of all questions.
    Given(Circle),
    /// Refused.
    Refused,
    /// Given once and taken back.
    Withdrawn,
}

/// A call for support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The event that said what was wanted.
    pub id: EventId,
    /// Who said so.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// What kind.
    pub category: Category,
    /// When support was first given, by the clock of whoever gave it.
    pub given: Option<Moment>,
    /// The newest of the server's events that say so.
    pub as_of: u64,
}

impl Story {
    /// What the facts come to; none as long as the visit itself is not among them.
    ///
    /// Facts about other visits do not count. The same event twice counts once.
    pub fn of(
        id: EventId,
        events: &[Read],
        people: &People,
        agreements: &Agreements,
    ) -> Option<Self> {
        // By id: a stable order that no device's clock and no arrival decides the meaning of.
        let events: BTreeMap<EventId, &Read> =
            events.iter().map(|event| (event.id, event)).collect();
        let submitted = events.get(&id)?;
        let Fact::WalkthroughSubmitted(walkthrough) = &submitted.fact else {
            return None;
        };
        let about: Vec<&Read> = events
            .values()
            .copied()
            .filter(|event| {
                event.fact.about(event.id) == crate::domain::event::About::Walkthrough(id)
            })
            .collect();
        let cast = Cast::of(submitted, walkthrough, &about, people);
        let day_utc_ms = day(submitted.at.at_utc_ms, submitted.received_at_utc_ms);
        let received = submitted.received_at_utc_ms;
        let Admission { refused, breaks } =
            Admission::of(&cast, received, agreements.at(day_utc_ms));
        let entitled: Vec<&Read> = about.into_iter().filter(|event| cast.may(event)).collect();
        let (rated, amended) = amended(id, walkthrough, &entitled);
        // What is refused stays with its observer: what was said about it is heard when it no longer is.
        let heard: &[&Read] = match refused {
            None => &entitled,
            Some(_) => &[],
        };
        Some(Self {
            id,
            observer: cast.observer,
            teacher: cast.teacher,
            counted_teacher: cast.counted_teacher(),
            at: submitted.at,
            day_utc_ms,
            refused,
            breaks,
            waits_for_form: false,
            as_of: as_of(&entitled, &cast),
            rated,
            amended,
            note: submitted.said(said::NOTE),
            notes: submitted.notes(),
            answers: answers(heard, id),
            feedback: feedback(heard),
            bright_spots: bright_spots(heard, people),
            support: support(heard, people),
            walkthrough: walkthrough.clone(),
        })
    }

    /// Holds back what no published form has, and says whether there was any: then the visit is to be made again when
    /// a form of that key comes. Keys are never erased, so they are not for others while nobody knows what they are.
    pub fn hold_back(&mut self, published: &Published) -> bool {
        let form = &self.walkthrough.form;
        let is_there = |look_for: &LookForKey| published.has_look_for(&form.key, look_for);
        self.waits_for_form = !published.has(form);
        let mut held_back =
            self.waits_for_form || !self.rated.iter().all(|one| is_there(&one.look_for));
        for spot in &mut self.bright_spots {
            if !spot.look_for.iter().all(is_there) {
                spot.look_for = None;
                held_back = true;
            }
        }
        held_back
    }
}

/// The newest event by which a visit is counted as it is.
fn as_of(entitled: &[&Read], cast: &Cast) -> u64 {
    let counts = |event: &&&Read| match event.fact {
        Fact::WalkthroughSubmitted(_) | Fact::WalkthroughAmended(_) => true,
        Fact::WalkthroughClaimed(_) => Some(cast.people.resolve(event.author)) == cast.teacher,
        _ => false,
    };
    let counted = entitled.iter().filter(counts);
    counted.map(|event| event.server_number).max().unwrap_or(0)
}

/// What is marked at the end of the longest chain of amendments, and how long that is. Of two chains
/// of one length, from two devices of one observer, the one with the largest last id.
fn amended(id: EventId, walkthrough: &Walkthrough, events: &[&Read]) -> (Vec<Rated>, u32) {
    let mut by_base: BTreeMap<EventId, Vec<(EventId, &Amendment)>> = BTreeMap::new();
    for event in events {
        if let Fact::WalkthroughAmended(amendment) = &event.fact {
            let beside = by_base.entry(amendment.base).or_default();
            beside.push((event.id, amendment));
        }
    }
    let (mut last, mut length) = ((id, &walkthrough.rated), 0);
    let mut seen = BTreeSet::from([id]);
    let mut ends = vec![last];
    // Breadth first: each round holds the amendments that are one step further from the visit.
    for step in 1.. {
        let next: Vec<(EventId, &Vec<Rated>)> = ends
            .iter()
            .filter_map(|(end, _)| by_base.get(end))
            .flatten()
            .filter(|(amendment, _)| seen.insert(*amendment))
            .map(|(id, amendment)| (*id, &amendment.rated))
            .collect();
        let Some(largest) = next.iter().max_by_key(|(id, _)| *id) else {
            break;
        };
        (last, length) = (*largest, step);
        ends = next;
    }
    (last.1.clone(), length)
}

fn feedback(events: &[&Read]) -> Vec<Feedback> {
    let sent = events
        .iter()
        .filter(|event| matches!(event.fact, Fact::FeedbackSent(_)));
    sent.map(|sent| {
        let mut feedback = Feedback {
            id: sent.id,
            at: sent.at,
            text: sent.said(said::FEEDBACK),
            students: sent.said(said::STUDENTS),
            question: sent.said(said::QUESTION),
            opened: None,
            answers: answers(events, sent.id),
            shared: false,
        };
        for event in events {
            match &event.fact {
                Fact::FeedbackOpened(fact) if fact.feedback == sent.id => {
                    // Events come by id, so the first one stands.
                    feedback.opened.get_or_insert(event.at);
                }
                Fact::FeedbackShared(fact) if fact.feedback == sent.id => feedback.shared = true,
                _ => {}
            }
        }
        feedback
    })
    .collect()
}

/// What the teacher answered to this: to feedback, or to the visit.
fn answers(events: &[&Read], to: EventId) -> Vec<Answered> {
    let answers = events.iter().filter_map(|event| match &event.fact {
        Fact::FeedbackAnswered(fact) if fact.feedback == to => Some(Answered {
            id: event.id,
            at: event.at,
            answer: fact.answer,
            text: event.said(said::REPLY),
        }),
        _ => None,
    });
    answers.collect()
}

fn support(events: &[&Read], people: &People) -> Vec<Support> {
    let wanted = events.iter().filter_map(|event| match &event.fact {
        Fact::SupportWanted(fact) => Some((event, fact)),
        _ => None,
    });
    let mut calls: Vec<Support> = Vec::new();
    for (event, fact) in wanted {
        let by = people.resolve(event.author);
        // Said again by the same person it is the same call, until it was given.
        let is_open = |call: &Support| {
            (call.category, call.by) == (fact.category, by) && call.given.is_none()
        };
        if calls.iter().any(is_open) {
            continue;
        }
        // Events come by id, so the first one stands.
        let given = events.iter().find(
            |given| matches!(&given.fact, Fact::SupportGiven(fact) if fact.wanted == event.id),
        );
        let given_number = given.map_or(0, |given| given.server_number);
        calls.push(Support {
            id: event.id,
            by,
            at: event.at,
            category: fact.category,
            given: given.map(|given| given.at),
            as_of: event.server_number.max(given_number),
        });
    }
    calls
}

#[cfg(test)]
mod tests;
