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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::bright_spot::{
        PermissionAsked, PermissionGiven, PermissionRefused, PermissionWithdrawn,
    };
    use crate::domain::act::support::{SupportGiven, SupportWanted};
    use crate::domain::collect::form::Form;
    use crate::domain::id::PersonId;
    use crate::domain::moment::Moment;
    use rstest::rstest;
    use std::collections::BTreeMap;

    fn id(number: u8) -> EventId {
        EventId::mint(1, [number; 10])
    }

    const AT: Moment = Moment {
        at_utc_ms: 0,
        offset_min: 0,
    };

    fn said(number: u8, fact: impl Into<Fact>) -> Read {
        Read {
            id: id(number),
            number: u64::from(number),
            author: PersonId::mint(1, [9; 10]),
            at: AT,
            received_at_utc_ms: 0,
            server_number: u64::from(number),
            fact: fact.into(),
            said: BTreeMap::new(),
        }
    }

    /// A bright spot about which the observer asked.
    fn asked() -> BrightSpotDocument {
        BrightSpotDocument {
            id: id(1),
            walkthrough: Some(id(2)),
            teacher: None,
            site: None,
            form: Form::three_reads().form,
            look_for: None,
            at: AT,
            evidence: None,
            permission: PermissionDocument::Asked,
            open_questions: vec![id(3)],
            given_questions: Vec::new(),
        }
    }

    fn given(asked: u8, circle: Circle) -> Fact {
        let (walkthrough, bright_spot, asked) = (id(2), id(1), id(asked));
        PermissionGiven {
            walkthrough,
            bright_spot,
            asked,
            circle,
        }
        .into()
    }

    fn refused() -> Fact {
        let (walkthrough, bright_spot, asked) = (id(2), id(1), id(3));
        PermissionRefused {
            walkthrough,
            bright_spot,
            asked,
        }
        .into()
    }

    fn withdrawn() -> Fact {
        let (walkthrough, bright_spot, asked) = (id(2), id(1), id(3));
        PermissionWithdrawn {
            walkthrough,
            bright_spot,
            asked,
        }
        .into()
    }

    fn anew() -> Fact {
        let (walkthrough, bright_spot) = (id(2), id(1));
        PermissionAsked {
            walkthrough,
            bright_spot,
        }
        .into()
    }

    #[rstest]
    #[case::nothing(vec![], PermissionDocument::Asked, 1, 0)]
    #[case::a_yes(vec![given(3, Circle::Site)], PermissionDocument::GivenForSite, 0, 1)]
    #[case::a_no(vec![refused()], PermissionDocument::Refused, 0, 0)]
    #[case::a_yes_taken_back(
        vec![given(3, Circle::District), withdrawn()],
        PermissionDocument::Withdrawn, 0, 0
    )]
    #[case::a_no_and_asked_anew(vec![refused(), anew()], PermissionDocument::Asked, 1, 0)]
    #[case::a_no_and_a_yes_to_the_next(
        vec![refused(), anew(), given(11, Circle::District)],
        PermissionDocument::GivenForDistrict, 0, 1
    )]
    fn what_was_said_is_laid_over_and_twice_is_once(
        #[case] facts: Vec<Fact>,
        #[case] permission: PermissionDocument,
        #[case] open: usize,
        #[case] stands: usize,
    ) {
        let waiting: Vec<Read> = (10..)
            .zip(facts)
            .map(|(number, fact)| said(number, fact))
            .collect();
        let mut spot = asked();
        over_spot(&mut spot, &waiting);
        let found = (
            spot.permission,
            spot.open_questions.len(),
            spot.given_questions.len(),
        );
        assert_eq!(found, (permission, open, stands));
        let once = spot.clone();
        over_spot(&mut spot, &waiting);
        assert_eq!(spot, once);
    }

    #[test]
    fn a_call_for_support_is_open_until_it_is_not_needed() {
        let walkthrough = id(2);
        let category = Category::Grouping;
        let wanted = said(
            10,
            SupportWanted {
                walkthrough,
                category,
            },
        );
        let mut open = vec![(id(10), category)];
        over_support(&mut open, std::slice::from_ref(&wanted));
        assert_eq!(open, [(id(10), category)]);
        let given = said(
            11,
            SupportGiven {
                walkthrough,
                wanted: id(10),
            },
        );
        over_support(&mut open, &[wanted, given]);
        assert_eq!(open, []);
    }
}
