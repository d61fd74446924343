//! Bright spots, and where their permission stands.

use super::{BrightSpot, Permission, Read};
use crate::domain::act::bright_spot::Circle;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::event::{Fact, said};
use crate::domain::id::EventId;
use crate::domain::people::People;
use std::collections::BTreeMap;

pub(super) fn bright_spots(events: &[&Read], people: &People) -> Vec<BrightSpot> {
    let tagged = events.iter().filter_map(|event| match &event.fact {
        Fact::BrightSpotTagged(fact) => Some((event, fact)),
        _ => None,
    });
    tagged
        .map(|(tagged, fact)| {
            let questions = questions(tagged.id, events);
            let those = |wanted: fn(&Permission) -> bool| {
                let found = questions.iter().filter(|(_, state)| wanted(state));
                found.map(|(id, _)| *id).collect::<Vec<_>>()
            };
            BrightSpot {
                id: tagged.id,
                by: people.resolve(tagged.author),
                at: tagged.at,
                look_for: filed(tagged.id, events).unwrap_or(&fact.look_for).clone(),
                evidence: tagged.said(said::NOTE),
                permission: questions
                    .values()
                    .copied()
                    .max_by_key(weight)
                    .unwrap_or(Permission::NotAsked),
                open_questions: those(|state| *state == Permission::Asked),
                given_questions: those(|state| matches!(state, Permission::Given(_))),
            }
        })
        .collect()
}

/// Where a bright spot was put last; none when it stands where it was tagged.
fn filed<'a>(bright_spot: EventId, events: &[&'a Read]) -> Option<&'a Option<LookForKey>> {
    // Ids are made on devices, which may make one that is larger than all to come.
    let filed = events.iter().filter_map(|event| match &event.fact {
        Fact::BrightSpotFiled(fact) if fact.bright_spot == bright_spot => {
            Some((event.server_number, &fact.look_for))
        }
        _ => None,
    });
    filed
        .max_by_key(|(server_number, _)| *server_number)
        .map(|(_, look_for)| look_for)
}

/// Which of the answers to several questions stands for the bright spot: a permission that was given
/// and not taken back, then a question that is open, then a no.
fn weight(state: &Permission) -> (u8, Option<Circle>) {
    match state {
        Permission::Given(circle) => (4, Some(*circle)),
        Permission::Asked => (3, None),
        Permission::Withdrawn => (2, None),
        Permission::Refused => (1, None),
        Permission::NotAsked => (0, None),
    }
}

/// Where each question about a bright spot stands. To one question a withdrawal outweighs a refusal,
/// a refusal a permission, and the smaller circle the larger one: when in doubt, less is shown.
fn questions(bright_spot: EventId, events: &[&Read]) -> BTreeMap<EventId, Permission> {
    let asked = events.iter().filter(
        |event| matches!(&event.fact, Fact::PermissionAsked(fact) if fact.bright_spot == bright_spot),
    );
    asked
        .map(|question| {
            let (mut withdrawn, mut refused, mut given) = (false, false, None::<Circle>);
            for event in events {
                match &event.fact {
                    Fact::PermissionWithdrawn(fact) if fact.asked == question.id => {
                        withdrawn = true
                    }
                    Fact::PermissionRefused(fact) if fact.asked == question.id => refused = true,
                    Fact::PermissionGiven(fact)
                        if fact.asked == question.id && fact.bright_spot == bright_spot =>
                    {
                        given = Some(given.map_or(fact.circle, |circle| circle.min(fact.circle)));
                    }
                    _ => {}
                }
            }
            let state = match (withdrawn, refused, given) {
                (true, _, _) => Permission::Withdrawn,
                (false, true, _) => Permission::Refused,
                (false, false, Some(circle)) => Permission::Given(circle),
                (false, false, None) => Permission::Asked,
            };
            (question.id, state)
        })
        .collect()
}
