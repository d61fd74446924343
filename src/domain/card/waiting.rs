//! What was said and is in no document yet, laid over what the documents say: the page that answers a form shows what
//! the form said, before the feed has it.
//!
//! Laying something over a document that has it already changes nothing.

use crate::domain::act::bright_spot::Circle;
use crate::domain::act::support::Category;
use crate::domain::document::{BrightSpotDocument, PermissionDocument};
use crate::domain::event::Fact;
use crate::domain::fold::Read;
use crate::domain::id::EventId;

/// Lays what the teacher said, in its order, over a bright spot: as far as one question can tell, what
/// [`crate::domain::fold`] will make of it. A permission that stands outweighs an open question, and that a no.
pub fn over_spot(spot: &mut BrightSpotDocument, waiting: &[Read]) {
    for event in waiting {
        let otherwise = match &event.fact {
            Fact::PermissionAsked(fact) if fact.bright_spot == spot.id => {
                let known = [&spot.open_questions, &spot.given_questions];
                if !known.iter().any(|known| known.contains(&event.id)) {
                    spot.open_questions.push(event.id);
                }
                spot.permission
            }
            Fact::PermissionGiven(fact) if fact.bright_spot == spot.id => {
                spot.open_questions.retain(|asked| *asked != fact.asked);
                if !spot.given_questions.contains(&fact.asked) {
                    spot.given_questions.push(fact.asked);
                }
                spot.permission = match fact.circle {
                    Circle::Site => PermissionDocument::GivenForSite,
                    Circle::District => PermissionDocument::GivenForDistrict,
                };
                spot.permission
            }
            Fact::PermissionRefused(fact) if fact.bright_spot == spot.id => {
                spot.open_questions.retain(|asked| *asked != fact.asked);
                PermissionDocument::Refused
            }
            Fact::PermissionWithdrawn(fact) if fact.bright_spot == spot.id => {
                spot.given_questions.retain(|asked| *asked != fact.asked);
                PermissionDocument::Withdrawn
            }
            _ => continue,
        };
        if spot.given_questions.is_empty() {
            spot.permission = match spot.open_questions.is_empty() {
                false => PermissionDocument::Asked,
                true => otherwise,
            };
        }
    }
}

/// Lays what the teacher said over the calls for support that are open.
pub fn over_support(open: &mut Vec<(EventId, Category)>, waiting: &[Read]) {
    for event in waiting {
        match &event.fact {
            Fact::SupportWanted(fact) if !open.iter().any(|(id, _)| *id == event.id) => {
                open.push((event.id, fact.category));
            }
            Fact::SupportGiven(fact) => open.retain(|(id, _)| *id != fact.wanted),
            _ => {}
        }
    }
}
