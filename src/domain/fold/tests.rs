#![allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]

mod admission;
mod answers;
mod notes;
mod permissions;

use super::*;
use crate::domain::act::bright_spot::{
    BrightSpotTagged, PermissionAsked, PermissionGiven, PermissionWithdrawn,
};
use crate::domain::act::feedback::{
    FeedbackAnswered, FeedbackOpened, FeedbackSent, FeedbackShared,
};
use crate::domain::act::support::{SupportGiven, SupportWanted};
use crate::domain::claim::ClaimCode;
use crate::domain::collect::form::Form;
use crate::domain::collect::rating::Rating;
use crate::domain::collect::walkthrough::{Claim, Setting, Whom};
use crate::domain::id::{DraftId, SiteId};
use crate::domain::people::{Merges, PersonMerged, Place, Post, Role};
use proptest::prelude::*;
use rstest::rstest;

const OBSERVER: u8 = 1;
const TEACHER: u8 = 2;
const COACH: u8 = 3;
const OTHER: u8 = 4;
/// An entry that was merged into the teacher's.
const TEACHER_TOO: u8 = 5;
/// Coached at the site, and did so no more when the server received what is said here.
const FORMER_COACH: u8 = 6;
/// Coached at the site until right after that.
const COACH_UNTIL_NOW: u8 = 7;

const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};

fn person(number: u8) -> PersonId {
    PersonId::mint(1, [number; 10])
}

fn id(number: u8) -> EventId {
    EventId::mint(1, [9, 9, 9, 9, 9, 9, 9, 9, 9, number])
}

fn site() -> SiteId {
    SiteId::mint(1, [1; 10])
}

fn people() -> People {
    let merged = PersonMerged {
        from: person(TEACHER_TOO),
        into: person(TEACHER),
    };
    let here = |role| Post {
        role,
        place: Place::Site(site()),
    };
    People::of(
        Merges::of([&merged]),
        [
            (person(COACH), here(Role::Coach), true),
            (person(FORMER_COACH), here(Role::Coach), false),
            (person(COACH_UNTIL_NOW), here(Role::Coach), false),
            (person(OBSERVER), here(Role::Principal), false),
            (person(TEACHER), here(Role::Teacher), true),
        ],
    )
    .with_ended([
        (person(FORMER_COACH), here(Role::Coach), NOON.at_utc_ms),
        (
            person(COACH_UNTIL_NOW),
            here(Role::Coach),
            NOON.at_utc_ms + 1,
        ),
    ])
}

fn agreements() -> Agreements {
    Agreements::of(Vec::new())
}

fn read(number: u8, author: u8, fact: impl Into<Fact>) -> Read {
    Read {
        id: id(number),
        number: u64::from(number),
        author: person(author),
        at: NOON,
        received_at_utc_ms: NOON.at_utc_ms,
        server_number: number.into(),
        fact: fact.into(),
        said: BTreeMap::from([(said::NOTE.to_owned(), format!("note {number}"))]),
    }
}

fn rated(rating: Rating) -> Vec<Rated> {
    vec![Rated {
        look_for: LookForKey("purpose-said".into()),
        rating,
    }]
}

fn visit(whom: Whom) -> Read {
    let walkthrough = Walkthrough {
        draft: DraftId::mint(1, [1; 10]),
        visit: 1,
        form: Form::three_reads().form,
        begun: NOON,
        rated: rated(Rating::Seen),
        phase: None,
        students: None,
        focus_seats: None,
        setting: Some(Setting {
            site: site(),
            whom,
            observers: 1,
            notice_given: false,
            minutes: 5,
            agreement: 1,
        }),
    };
    read(0, OBSERVER, walkthrough)
}

fn named() -> Read {
    visit(Whom::Named {
        teacher: person(TEACHER),
        class: None,
    })
}

fn story(events: &[Read]) -> Story {
    Story::of(id(0), events, &people(), &agreements()).expect("the visit is there")
}

fn amendment(base: u8, rating: Rating) -> Amendment {
    Amendment {
        walkthrough: id(0),
        base: id(base),
        rated: rated(rating),
    }
}

#[test]
fn without_the_visit_there_is_no_story() {
    let sent = read(1, OBSERVER, FeedbackSent { walkthrough: id(0) });
    let events = [named(), sent];
    assert_eq!(
        Story::of(id(0), &events[1..], &people(), &agreements()),
        None
    );
    assert_eq!(Story::of(id(1), &events, &people(), &agreements()), None);
}

#[test]
fn an_amendment_waits_for_its_base() {
    let first = read(1, OBSERVER, amendment(0, Rating::Partly));
    let second = read(2, OBSERVER, amendment(1, Rating::NotSeen));
    let held = story(&[named(), second.clone()]);
    assert_eq!((held.rated, held.amended), (rated(Rating::Seen), 0));
    let whole = story(&[second, named(), first]);
    assert_eq!((whole.rated, whole.amended), (rated(Rating::NotSeen), 2));
}

#[rstest]
#[case::the_longer_one(&[(1, 0), (2, 1), (9, 0)], 2, 2)]
#[case::of_two_of_one_length_the_larger_last_id(&[(1, 0), (2, 1), (3, 0), (4, 3)], 4, 2)]
#[case::a_circle_is_no_chain(&[(1, 2), (2, 1)], 0, 0)]
#[case::its_own_base_is_no_chain(&[(1, 1)], 0, 0)]
fn of_two_chains_from_two_devices_one_stands(
    #[case] chains: &[(u8, u8)],
    #[case] stands: u8,
    #[case] length: u32,
) {
    let rating = |number: u8| Rating::STATES[usize::from(number) % 4].clone();
    let mut events = vec![named()];
    for (number, base) in chains {
        let amendment = amendment(*base, rating(*number));
        events.push(read(*number, OBSERVER, amendment));
    }
    let story = story(&events);
    assert_eq!(
        (story.rated, story.amended),
        (rated(rating(stands)), length)
    );
}

/// What each author's words about a visit come to.
#[rstest]
#[case::observer(OBSERVER, &["amended", "feedback", "spot", "support"])]
#[case::teacher(TEACHER, &["opened", "answered", "shared", "support"])]
#[case::teacher_under_another_entry(TEACHER_TOO, &["opened", "answered", "shared", "support"])]
#[case::coach(COACH, &["spot", "support"])]
#[case::coach_of_before(FORMER_COACH, &[])]
#[case::coach_at_that_time(COACH_UNTIL_NOW, &["spot", "support"])]
#[case::anybody_else(OTHER, &[])]
fn a_fact_counts_only_if_its_author_is_entitled_to_it(#[case] author: u8, #[case] counts: &[&str]) {
    let walkthrough = id(0);
    let feedback = id(10);
    let events = [
        named(),
        read(10, OBSERVER, FeedbackSent { walkthrough }),
        read(11, author, amendment(0, Rating::NotSeen)),
        read(12, author, FeedbackSent { walkthrough }),
        read(
            13,
            author,
            FeedbackOpened {
                walkthrough,
                feedback,
            },
        ),
        read(
            14,
            author,
            FeedbackAnswered {
                walkthrough,
                feedback,
                answer: Reaction::Thanks,
            },
        ),
        read(
            15,
            author,
            FeedbackShared {
                walkthrough,
                feedback,
            },
        ),
        read(
            16,
            author,
            BrightSpotTagged {
                walkthrough,
                look_for: None,
            },
        ),
        read(
            17,
            author,
            SupportWanted {
                walkthrough,
                category: Category::Content,
            },
        ),
    ];
    let story = story(&events);
    let found = [
        ("amended", story.amended > 0),
        ("feedback", story.feedback.len() > 1),
        ("opened", story.feedback[0].opened.is_some()),
        ("answered", !story.feedback[0].answers.is_empty()),
        ("shared", story.feedback[0].shared),
        ("spot", !story.bright_spots.is_empty()),
        ("support", !story.support.is_empty()),
    ];
    let found: Vec<&str> = found
        .into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(found, counts);
}

fn claim(number: u8, author: u8, teacher: u8, code: &ClaimCode) -> Read {
    let claim = Claim {
        walkthrough: id(0),
        teacher: person(teacher),
        code: code.clone(),
    };
    read(number, author, claim)
}

#[rstest]
#[case::with_the_code(TEACHER, TEACHER, true, Some(TEACHER))]
#[case::under_another_entry(TEACHER_TOO, TEACHER, true, Some(TEACHER))]
#[case::with_a_wrong_code(TEACHER, TEACHER, false, None)]
#[case::for_somebody_else(OTHER, TEACHER, true, None)]
#[case::by_the_observer(OBSERVER, OBSERVER, true, None)]
fn a_numbered_visit_is_taken_by_whoever_has_the_code(
    #[case] author: u8,
    #[case] teacher: u8,
    #[case] right: bool,
    #[case] wanted: Option<u8>,
) {
    let (code, wrong) = (ClaimCode::mint([7; 10]), ClaimCode::mint([8; 10]));
    let visit = visit(Whom::Numbered {
        claim_sha256: code.sha256(),
    });
    let used = if right { &code } else { &wrong };
    let story = story(&[visit, claim(1, author, teacher, used)]);
    assert_eq!(story.teacher, wanted.map(person));
}

#[test]
fn of_two_claims_the_first_stands_and_a_named_visit_takes_none() {
    let code = ClaimCode::mint([7; 10]);
    let numbered = visit(Whom::Numbered {
        claim_sha256: code.sha256(),
    });
    let claims = [
        claim(2, OTHER, OTHER, &code),
        claim(1, TEACHER, TEACHER, &code),
    ];
    let [second, first] = claims.clone();
    assert_eq!(
        story(&[second, numbered, first]).teacher,
        Some(person(TEACHER))
    );
    let [second, _] = claims;
    assert_eq!(story(&[named(), second]).teacher, Some(person(TEACHER)));
}

/// A fact of any kind about the visit, which may name any other event.
fn any_fact() -> impl Strategy<Value = Fact> {
    let walkthrough = id(0);
    let event = || (0u8..14).prop_map(id);
    let circle = prop_oneof![Just(Circle::Site), Just(Circle::District)];
    prop_oneof![
        (event(), 0usize..4).prop_map(move |(base, rating)| Fact::from(Amendment {
            walkthrough,
            base,
            rated: rated(Rating::STATES[rating].clone()),
        })),
        Just(Fact::from(FeedbackSent { walkthrough })),
        event().prop_map(move |feedback| FeedbackOpened {
            walkthrough,
            feedback
        }
        .into()),
        event().prop_map(move |feedback| {
            FeedbackAnswered {
                walkthrough,
                feedback,
                answer: Reaction::Reply,
            }
            .into()
        }),
        event().prop_map(move |feedback| FeedbackShared {
            walkthrough,
            feedback
        }
        .into()),
        Just(Fact::from(BrightSpotTagged {
            walkthrough,
            look_for: None
        })),
        event().prop_map(move |bright_spot| {
            PermissionAsked {
                walkthrough,
                bright_spot,
            }
            .into()
        }),
        (event(), event(), circle).prop_map(move |(bright_spot, asked, circle)| {
            PermissionGiven {
                walkthrough,
                bright_spot,
                asked,
                circle,
            }
            .into()
        }),
        (event(), event()).prop_map(move |(bright_spot, asked)| {
            PermissionWithdrawn {
                walkthrough,
                bright_spot,
                asked,
            }
            .into()
        }),
        Just(Fact::from(SupportWanted {
            walkthrough,
            category: Category::Grouping
        })),
        event().prop_map(move |wanted| SupportGiven {
            walkthrough,
            wanted
        }
        .into()),
    ]
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_fold_to_the_same_story(
        facts in prop::collection::vec((any_fact(), 1u8..7), 0..13),
        order in prop::collection::vec((any::<u32>(), 1usize..3), 14),
    ) {
        let mut events = vec![named()];
        for (number, (fact, author)) in (1..).zip(facts) {
            events.push(read(number, author, fact));
        }
        let mut arrived: Vec<(u32, Read)> = Vec::new();
        for (event, (place, times)) in events.iter().zip(order) {
            arrived.extend((0..times).map(|time| (place.wrapping_mul(time as u32 + 1), event.clone())));
        }
        arrived.sort_by_key(|(place, _)| *place);
        let arrived: Vec<Read> = arrived.into_iter().map(|(_, event)| event).collect();
        prop_assert_eq!(story(&arrived), story(&events));
    }
}
