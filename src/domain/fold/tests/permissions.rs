//! Where the permission to show a bright spot stands.

use super::*;
use crate::domain::act::bright_spot::{BrightSpotFiled, PermissionRefused};

/// Answers to one question, each with its author.
#[derive(Clone, Copy, Debug)]
enum Said {
    Given(Circle),
    Refused,
    Withdrawn,
}

fn answer(number: u8, author: u8, asked: u8, said: Said) -> Read {
    let (walkthrough, bright_spot, asked) = (id(0), id(1), id(asked));
    match said {
        Said::Given(circle) => read(
            number,
            author,
            PermissionGiven {
                walkthrough,
                bright_spot,
                asked,
                circle,
            },
        ),
        Said::Refused => read(
            number,
            author,
            PermissionRefused {
                walkthrough,
                bright_spot,
                asked,
            },
        ),
        Said::Withdrawn => read(
            number,
            author,
            PermissionWithdrawn {
                walkthrough,
                bright_spot,
                asked,
            },
        ),
    }
}

fn asked(number: u8) -> Read {
    read(
        number,
        COACH,
        PermissionAsked {
            walkthrough: id(0),
            bright_spot: id(1),
        },
    )
}

/// One bright spot, so many questions, and answers: who, to which question, what.
fn permission(questions: &[u8], answers: &[(u8, u8, Said)]) -> Permission {
    let spot = BrightSpotTagged {
        walkthrough: id(0),
        look_for: None,
    };
    let mut events = vec![named(), read(1, OBSERVER, spot)];
    events.extend(questions.iter().map(|question| asked(*question)));
    for (place, (author, question, said)) in (50..).zip(answers) {
        events.push(answer(place, *author, *question, *said));
    }
    story(&events).bright_spots[0].permission
}

use Said::{Given, Refused, Withdrawn};
const SITE: Said = Given(Circle::Site);
const DISTRICT: Said = Given(Circle::District);

#[rstest]
#[case::nobody_asked(&[], &[], Permission::NotAsked)]
#[case::asked(&[2], &[], Permission::Asked)]
#[case::given(&[2], &[(TEACHER, 2, DISTRICT)], Permission::Given(Circle::District))]
#[case::the_smaller_circle(
    &[2], &[(TEACHER, 2, DISTRICT), (TEACHER, 2, SITE)], Permission::Given(Circle::Site)
)]
#[case::a_refusal_outweighs_a_permission(
    &[2], &[(TEACHER, 2, Refused), (TEACHER, 2, SITE)], Permission::Refused
)]
#[case::a_withdrawal_outweighs_all(
    &[2], &[(TEACHER, 2, Withdrawn), (TEACHER, 2, SITE), (TEACHER, 2, Refused)],
    Permission::Withdrawn
)]
#[case::asked_again_after_a_withdrawal(
    &[2, 3], &[(TEACHER, 2, SITE), (TEACHER, 2, Withdrawn)], Permission::Asked
)]
#[case::given_again(
    &[2, 3], &[(TEACHER, 2, SITE), (TEACHER, 2, Withdrawn), (TEACHER, 3, DISTRICT)],
    Permission::Given(Circle::District)
)]
#[case::without_a_question_nothing_is_given(&[], &[(TEACHER, 2, SITE)], Permission::NotAsked)]
#[case::by_the_coach_is_by_nobody(&[2], &[(COACH, 2, SITE)], Permission::Asked)]
#[case::by_the_observer_is_by_nobody(&[2], &[(OBSERVER, 2, SITE)], Permission::Asked)]
#[case::nobody_else_takes_it_back(
    &[2], &[(TEACHER, 2, SITE), (OTHER, 2, Withdrawn)], Permission::Given(Circle::Site)
)]
fn a_permission_stands_as_the_teacher_left_it(
    #[case] questions: &[u8],
    #[case] answers: &[(u8, u8, Said)],
    #[case] wanted: Permission,
) {
    assert_eq!(permission(questions, answers), wanted);
}

fn filed(number: u8, author: u8, practice: Option<&str>) -> Read {
    read(
        number,
        author,
        BrightSpotFiled {
            walkthrough: id(0),
            bright_spot: id(1),
            look_for: practice.map(|key| LookForKey(key.into())),
        },
    )
}

#[rstest]
#[case::by_nobody(&[], Some("tagged"))]
#[case::by_a_coach(&[(COACH, Some("a"))], Some("a"))]
#[case::by_its_observer(&[(OBSERVER, Some("a"))], Some("a"))]
#[case::the_last_stands(&[(COACH, Some("a")), (OBSERVER, Some("b"))], Some("b"))]
#[case::under_none(&[(COACH, None)], None)]
#[case::the_teacher_does_not_file(&[(TEACHER, Some("a"))], Some("tagged"))]
#[case::nor_does_anybody_else(&[(OTHER, Some("a"))], Some("tagged"))]
fn a_bright_spot_stands_under_the_practice_where_it_was_put_last(
    #[case] filings: &[(u8, Option<&str>)],
    #[case] wanted: Option<&str>,
) {
    let spot = BrightSpotTagged {
        walkthrough: id(0),
        look_for: Some(LookForKey("tagged".into())),
    };
    let mut events = vec![named(), read(1, OBSERVER, spot)];
    let filings = (50..).zip(filings);
    events.extend(filings.map(|(number, (author, key))| filed(number, *author, *key)));
    let found = story(&events).bright_spots[0].look_for.clone();
    assert_eq!(found.map(|key| key.0).as_deref(), wanted);
    // Whatever comes first.
    events.reverse();
    let turned = story(&events).bright_spots[0].look_for.clone();
    assert_eq!(turned.map(|key| key.0).as_deref(), wanted);
}

/// Ids are made on devices: one that is larger than all to come does not keep a bright spot where it is.
#[test]
fn of_two_filings_the_one_that_the_server_had_last_stands_whatever_their_ids() {
    let spot = BrightSpotTagged {
        walkthrough: id(0),
        look_for: None,
    };
    let first = Read {
        server_number: 7,
        ..filed(200, OBSERVER, Some("first"))
    };
    let last = Read {
        server_number: 8,
        ..filed(50, COACH, Some("last"))
    };
    let events = [named(), read(1, OBSERVER, spot), last, first];
    let found = story(&events).bright_spots[0].look_for.clone();
    assert_eq!(found, Some(LookForKey("last".into())));
}
