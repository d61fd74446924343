#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::act::bright_spot::{
    BrightSpotFiled, BrightSpotTagged, PermissionAsked, PermissionGiven, PermissionRefused,
    PermissionWithdrawn,
};
use crate::domain::act::feedback::{
    FeedbackAnswered, FeedbackOpened, FeedbackSent, FeedbackShared,
};
use crate::domain::act::support::Category;
use crate::domain::act::support::{SupportGiven, SupportWanted};
use crate::domain::agreement::Agreements;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::walkthrough::{Setting, Walkthrough, Whom};
use crate::domain::document::{Audience, Document, of_story};
use crate::domain::event::{Fact, Factual, Words};
use crate::domain::fold::{Read, Story};
use crate::domain::id::{DraftId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::people::{Merges, People, Place, Post, Role};
use proptest::prelude::*;
use rstest::rstest;

const TEACHER: u8 = 2;

fn person(number: u8) -> PersonId {
    PersonId::mint(1, [number; 10])
}

fn id(number: u8) -> EventId {
    EventId::mint(1, [9, 9, 9, 9, 9, 9, 9, 9, 9, number])
}

fn at(number: u8) -> Moment {
    Moment {
        at_utc_ms: i64::from(number),
        offset_min: -480,
    }
}

/// What is said as event `number`, with a word under every name.
fn say(number: u8, fact: &dyn Factual) -> Saying {
    let names = [
        said::FEEDBACK,
        said::STUDENTS,
        said::QUESTION,
        said::REPLY,
        said::NOTE,
    ];
    let words = Words {
        salt: "0".repeat(32),
        said: names
            .map(|name| (name.to_owned(), format!("{name} {number}")))
            .into(),
    };
    let words = serde_json::to_string(&words).expect("words have string keys");
    Saying::of(id(number), at(number), fact, Some(words))
}

fn words_of(saying: &Saying) -> std::collections::BTreeMap<String, String> {
    let words = saying.words.as_ref();
    let words = words.map(|words| serde_json::from_str::<Words>(words).expect("they are words"));
    words.map(|words| words.said).unwrap_or_default()
}

/// The documents that the feed makes for one of the two, after these sayings of the teacher and the observer.
fn fed(said: &[(u8, Saying)], reader: u8) -> Vec<Document> {
    let setting = Setting {
        site: SiteId::mint(1, [3; 10]),
        whom: Whom::Named {
            teacher: person(TEACHER),
            class: None,
        },
        observers: 1,
        notice_given: false,
        minutes: 5,
        agreement: 1,
    };
    let visit = Walkthrough {
        draft: DraftId::mint(1, [1; 10]),
        visit: 1,
        form: Form::three_reads().form,
        begun: at(0),
        rated: Vec::new(),
        setting: Some(setting),
        phase: None,
        students: None,
        focus_seats: None,
    };
    let mut events = vec![Read {
        id: id(0),
        number: 1,
        author: person(1),
        at: at(0),
        received_at_utc_ms: at(0).at_utc_ms,
        server_number: 1,
        fact: visit.into(),
        said: [].into(),
    }];
    events.extend(said.iter().map(|(author, saying)| {
        Read {
            id: saying.id,
            number: 1,
            author: person(*author),
            at: saying.at,
            received_at_utc_ms: saying.at.at_utc_ms,
            server_number: saying.at.at_utc_ms.unsigned_abs(),
            fact: Fact::read(&saying.kind, saying.schema, &saying.data)
                .expect("it is of its kind's form")
                .expect("the kind is known"),
            said: words_of(saying),
        }
    }));
    let here = |role| Post {
        role,
        place: Place::Site(SiteId::mint(1, [3; 10])),
    };
    let people = People::of(
        Merges::default(),
        [
            (person(1), here(Role::Principal), true),
            (person(TEACHER), here(Role::Teacher), true),
        ],
    );
    let agreements = Agreements::of(Vec::new());
    let story = Story::of(id(0), &events, &people, &agreements).expect("the visit is there");
    let made = of_story(&story, &agreements);
    let own = made
        .into_iter()
        .filter(|(audience, _)| *audience == Audience::Person(person(reader)));
    own.map(|(_, document)| document).collect()
}

/// What a reader's screens show of these documents with these sayings laid over.
fn shown(documents: &[Document], me: u8, sayings: &[Saying]) -> Vec<Document> {
    let (mut visits, mut feedback, mut spots, mut support) = (vec![], vec![], vec![], vec![]);
    for document in documents.iter().cloned() {
        match document {
            Document::Walkthrough(one) => visits.push(one),
            Document::Feedback(one) => feedback.push(one),
            Document::BrightSpot(one) => spots.push(one),
            Document::Support(one) => support.push(one),
            _ => {}
        }
    }
    let feedback = over_feedback(feedback, person(me), Some(id(VISIT)), sayings);
    let spots = over_spots(spots, &visits, sayings);
    let support = over_support(support, &visits, sayings);
    let mut all: Vec<Document> = visits.into_iter().map(Document::Walkthrough).collect();
    all.extend(feedback.into_iter().map(|mut one| {
        // The device does not say whom a visit was to; the visit does.
        one.teacher = Some(person(TEACHER));
        Document::Feedback(one)
    }));
    all.extend(spots.into_iter().map(Document::BrightSpot));
    all.extend(support.into_iter().map(Document::Support));
    all.sort_by_key(Document::name);
    all
}

const VISIT: u8 = 0;

fn sent(number: u8) -> (u8, Saying) {
    let walkthrough = id(VISIT);
    (1, say(number, &FeedbackSent { walkthrough }))
}

fn answered(number: u8, feedback: u8, answer: Reaction) -> (u8, Saying) {
    let (walkthrough, feedback) = (id(VISIT), id(feedback));
    let mut saying = say(
        number,
        &FeedbackAnswered {
            walkthrough,
            feedback,
            answer,
        },
    );
    if answer == Reaction::Thanks {
        saying.words = None;
    }
    (TEACHER, saying)
}

fn opened(number: u8, feedback: u8) -> (u8, Saying) {
    let (walkthrough, feedback) = (id(VISIT), id(feedback));
    (
        TEACHER,
        say(
            number,
            &FeedbackOpened {
                walkthrough,
                feedback,
            },
        ),
    )
}

fn shared(number: u8, feedback: u8) -> (u8, Saying) {
    let (walkthrough, feedback) = (id(VISIT), id(feedback));
    (
        TEACHER,
        say(
            number,
            &FeedbackShared {
                walkthrough,
                feedback,
            },
        ),
    )
}

fn tagged(number: u8) -> (u8, Saying) {
    let (walkthrough, look_for) = (id(VISIT), Some(LookForKey("purpose-said".into())));
    (
        1,
        say(
            number,
            &BrightSpotTagged {
                walkthrough,
                look_for,
            },
        ),
    )
}

fn filed(number: u8, spot: u8) -> (u8, Saying) {
    let fact = BrightSpotFiled {
        walkthrough: id(VISIT),
        bright_spot: id(spot),
        look_for: Some(LookForKey("retold".into())),
    };
    (1, say(number, &fact))
}

fn asked(author: u8, number: u8, spot: u8) -> (u8, Saying) {
    let (walkthrough, bright_spot) = (id(VISIT), id(spot));
    (
        author,
        say(
            number,
            &PermissionAsked {
                walkthrough,
                bright_spot,
            },
        ),
    )
}

fn given(number: u8, spot: u8, question: u8, circle: Circle) -> (u8, Saying) {
    let (walkthrough, bright_spot, asked) = (id(VISIT), id(spot), id(question));
    let fact = PermissionGiven {
        walkthrough,
        bright_spot,
        asked,
        circle,
    };
    (TEACHER, say(number, &fact))
}

fn refused(number: u8, spot: u8, question: u8) -> (u8, Saying) {
    let (walkthrough, bright_spot, asked) = (id(VISIT), id(spot), id(question));
    let fact = PermissionRefused {
        walkthrough,
        bright_spot,
        asked,
    };
    (TEACHER, say(number, &fact))
}

fn withdrawn(number: u8, spot: u8, question: u8) -> (u8, Saying) {
    let (walkthrough, bright_spot, asked) = (id(VISIT), id(spot), id(question));
    let fact = PermissionWithdrawn {
        walkthrough,
        bright_spot,
        asked,
    };
    (TEACHER, say(number, &fact))
}

fn wanted(author: u8, number: u8) -> (u8, Saying) {
    let (walkthrough, category) = (id(VISIT), Category::Modelling);
    (
        author,
        say(
            number,
            &SupportWanted {
                walkthrough,
                category,
            },
        ),
    )
}

fn support_given(author: u8, number: u8, call: u8) -> (u8, Saying) {
    let (walkthrough, wanted) = (id(VISIT), id(call));
    (
        author,
        say(
            number,
            &SupportGiven {
                walkthrough,
                wanted,
            },
        ),
    )
}

/// Whatever of the last sayings of one person is not in the feed yet: what is shown is what the feed will say.
#[rstest]
#[case::feedback(1, vec![], vec![sent(1)])]
#[case::opened(TEACHER, vec![sent(1)], vec![opened(2, 1)])]
#[case::thanked_and_replied(TEACHER, vec![sent(1)], vec![opened(2, 1), answered(3, 1, Reaction::Thanks), answered(4, 1, Reaction::Reply)])]
#[case::shared(TEACHER, vec![sent(1)], vec![shared(2, 1)])]
#[case::tagged_with_a_question(1, vec![], vec![tagged(1)])]
#[case::put_under_another_practice(1, vec![tagged(1)], vec![filed(2, 1)])]
#[case::yes(TEACHER, vec![tagged(1), asked(1, 2, 1)], vec![given(3, 1, 2, Circle::Site)])]
#[case::yes_and_taken_back(TEACHER, vec![tagged(1), asked(1, 2, 1)], vec![given(3, 1, 2, Circle::District), withdrawn(4, 1, 2)])]
#[case::no(TEACHER, vec![tagged(1), asked(1, 2, 1)], vec![refused(3, 1, 2)])]
#[case::no_then_a_question_of_ones_own(TEACHER, vec![tagged(1), asked(1, 2, 1), refused(3, 1, 2)], vec![asked(TEACHER, 4, 1), given(5, 1, 4, Circle::Site)])]
#[case::two_questions_one_taken_back(TEACHER, vec![tagged(1), asked(1, 2, 1), asked(TEACHER, 3, 1), given(4, 1, 2, Circle::Site), given(5, 1, 3, Circle::Site)], vec![withdrawn(6, 1, 2)])]
#[case::support(TEACHER, vec![], vec![wanted(TEACHER, 1), support_given(TEACHER, 2, 1)])]
fn what_is_said_here_is_shown_as_the_feed_will_bring_it(
    #[case] me: u8,
    #[case] before: Vec<(u8, Saying)>,
    #[case] said: Vec<(u8, Saying)>,
) {
    let all: Vec<(u8, Saying)> = before.iter().chain(&said).cloned().collect();
    let wanted = shown(&fed(&all, me), me, &[]);
    let own: Vec<Saying> = said.iter().map(|(_, saying)| saying.clone()).collect();
    // At once, when the feed has a part of it, and when it has all of it.
    for fed_already in 0..=said.len() {
        let there: Vec<_> = before.iter().chain(&said[..fed_already]).cloned().collect();
        assert_eq!(shown(&fed(&there, me), me, &own), wanted, "{fed_already}");
    }
}

#[test]
fn a_permission_that_stands_is_not_hidden_from_a_coach_by_a_question() {
    let mut spots = fed(
        &[tagged(1), asked(1, 2, 1), given(3, 1, 2, Circle::Site)],
        1,
    );
    spots.retain(|document| matches!(document, Document::BrightSpot(_)));
    let own = [asked(1, 4, 1).1];
    let [Document::BrightSpot(spot)] = &shown(&spots, 1, &own)[..] else {
        panic!("there is one");
    };
    assert_eq!(spot.permission, PermissionDocument::GivenForSite);
}

#[test]
fn feedback_on_another_visit_is_not_taken_for_this_one() {
    let own = [sent(1).1];
    let on = |visit| over_feedback(Vec::new(), person(1), visit, &own).len();
    assert_eq!((on(Some(id(VISIT))), on(Some(id(7))), on(None)), (1, 0, 1));
}

#[test]
fn what_was_said_about_a_visit_waits_until_the_feed_has_it() {
    let own = [sent(1).1];
    assert!(waits(id(VISIT), &own));
    assert!(!waits(id(7), &own));
    assert!(!waits(id(VISIT), &[]));
}

proptest! {
    #[test]
    fn what_cannot_be_read_changes_nothing(kind in "[a-z_]{1,20}", data in ".{0,60}") {
        let saying = Saying { kind, data, ..sent(1).1 };
        let documents = fed(&[sent(1), tagged(2), wanted(1, 3)], 1);
        let with = shown(&documents, 1, std::slice::from_ref(&saying));
        prop_assert_eq!(with, shown(&documents, 1, &[]));
    }
}
