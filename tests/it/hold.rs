//! What a hostile reader tried over HTTP: figures that rest on few, words to coaches that no teacher sees, and counters
//! that tell of others. Each of these once worked. Free text in what everybody reads is in `held_back.rs`.

use crate::district::{District, IDEA, Member, NOON, at_site, post, site};
use crate::facts::{named, numbered, wanted};
use crate::server::{TestServer, receipt};
use crate::visitors::{measures, pilot, visits};
use lookfor::domain::act::support::{Category, SupportGiven};
use lookfor::domain::claim::ClaimCode;
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::form::FormRef;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::walkthrough::{Setting, Walkthrough, Whom};
use lookfor::domain::document::{Document, SupportCounts};
use lookfor::domain::event::Envelope;
use lookfor::domain::id::{DraftId, EventId};
use lookfor::domain::people::{Place, Role};
use lookfor::sync::protocol::{PROTOCOL, PULL_PATH};
use serde_json::{Value, json};

/// A visit with these look-fors seen, on this form.
pub fn seen_on(
    member: &Member,
    form: (&str, u32),
    whom: Option<Whom>,
    look_fors: &[&str],
) -> (EventId, Envelope) {
    let rated = look_fors.iter().map(|key| Rated {
        look_for: LookForKey((*key).into()),
        rating: Rating::Seen,
    });
    let walkthrough = Walkthrough {
        draft: DraftId::mint(NOON.at_utc_ms, [3; 10]),
        visit: 1,
        form: FormRef {
            key: form.0.into(),
            version: form.1,
        },
        begun: NOON,
        rated: rated.collect(),
        phase: None,
        students: None,
        focus_seats: None,
        setting: whom.map(|whom| Setting {
            site: site(1),
            whom,
            observers: 1,
            notice_given: false,
            minutes: 7,
            agreement: 1,
        }),
    };
    member.seal(walkthrough, &[])
}

pub async fn sees(server: &TestServer, member: &Member, teacher: &Member, look_fors: &[&str]) {
    let visit = seen_on(member, (IDEA, 2), Some(named(teacher)), look_fors);
    member.says(server, visit).await;
}

/// Teachers of the first site, from this number on.
pub fn teachers(district: &District, from: u8, many: u8, of_team: bool) -> Vec<Member> {
    let posts = match of_team {
        true => vec![at_site(Role::Teacher), pilot()],
        false => vec![at_site(Role::Teacher)],
    };
    let numbers = from..from + many;
    numbers
        .map(|number| district.member(number, &posts))
        .collect()
}

fn elsewhere(district: &District, number: u8) -> Member {
    district.member(number, &[post(Role::Teacher, Place::Site(site(2)))])
}

async fn counts(district: &District, member: &Member, scope: &str) -> Option<SupportCounts> {
    let documents = member.documents(&district.server).await;
    documents.into_iter().find_map(|document| match document {
        Document::SupportCounts(counts) if counts.scope.starts_with(scope) => Some(counts),
        _ => None,
    })
}

/// Calls for support of a kind, one for each teacher, by this observer.
async fn calls(server: &TestServer, observer: &Member, teachers: &[Member], category: Category) {
    for teacher in teachers {
        let visit = seen_on(observer, (IDEA, 2), Some(named(teacher)), &[]);
        let visit = observer.says(server, visit).await;
        let call = observer.seal(wanted(visit, category), &[]);
        observer.says(server, call).await;
    }
}

#[tokio::test]
async fn visits_to_teachers_of_ones_own_carry_no_pilot_of_three_past_the_five() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let principal = district.member(2, &[at_site(Role::Principal)]);
    let everybody = elsewhere(&district, 3);
    let pilots = teachers(&district, 10, 3, true);
    let own = teachers(&district, 20, 5, false);
    for teacher in &pilots {
        sees(server, &coach, teacher, &["purpose-said"]).await;
    }
    for teacher in &own {
        sees(server, &principal, teacher, &["purpose-said"]).await;
    }
    district.settled().await;
    assert_eq!(measures(&district, &everybody).await, None);
    let circle = measures(&district, &principal).await.unwrap();
    assert_eq!((circle.visits, circle.teachers, circle.small), (3, 3, true));
}

#[tokio::test]
async fn figures_leave_their_circle_when_five_of_the_team_remain_without_any_one_observer() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let principal = district.member(2, &[at_site(Role::Principal)]);
    let everybody = elsewhere(&district, 3);
    let pilots = teachers(&district, 10, 5, true);
    for teacher in &pilots {
        sees(server, &principal, teacher, &["purpose-said"]).await;
    }
    district.settled().await;
    // One who visited all five would read of the others what is left: nothing yet.
    assert_eq!(measures(&district, &everybody).await, None);
    for teacher in &pilots {
        sees(server, &coach, teacher, &["purpose-said"]).await;
    }
    // Nobody's figures are moved by what has no teacher of the team.
    let crowd = &pilots[0];
    for number in 0..9 {
        let code = ClaimCode::mint([number; 10]);
        let visit = seen_on(crowd, (IDEA, 2), Some(numbered(&code)), &["purpose-said"]);
        crowd.says(server, visit).await;
        let visit = seen_on(crowd, (IDEA, 2), None, &["purpose-said"]);
        crowd.says(server, visit).await;
    }
    let own = teachers(&district, 20, 2, false);
    sees(server, &principal, &own[0], &["purpose-said"]).await;
    district.settled().await;
    let large = measures(&district, &everybody).await.unwrap();
    assert_eq!(
        (large.visits, large.teachers, large.observers, large.small),
        (10, 5, 2, false)
    );
    assert_eq!(large.look_fors[0].seen, 10);
}

#[tokio::test]
async fn a_look_for_that_was_marked_with_one_teacher_stays_in_the_circle() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let principal = district.member(2, &[at_site(Role::Principal)]);
    let everybody = elsewhere(&district, 3);
    let pilots = teachers(&district, 10, 6, true);
    for observer in [&coach, &principal] {
        for (nth, teacher) in pilots.iter().enumerate() {
            // The third is marked with one teacher.
            let all = ["purpose-said", "partner-talk", "question-held-back"];
            let marked = if nth == 0 { &all[..] } else { &all[..2] };
            sees(server, observer, teacher, marked).await;
        }
    }
    district.settled().await;
    let keys = |measures: lookfor::domain::document::Measures| -> Vec<String> {
        measures
            .look_fors
            .into_iter()
            .map(|one| one.look_for.0)
            .collect()
    };
    let wide = keys(measures(&district, &everybody).await.unwrap());
    // Another goes with it, so that it is not found by subtraction.
    assert_eq!(wide, ["purpose-said"]);
    let documents = coach.documents(server).await.into_iter();
    let near = documents.filter_map(|document| match document {
        Document::Measures(measures) => Some(keys(measures).len()),
        _ => None,
    });
    assert_eq!(near.max(), Some(3));
}

#[tokio::test]
async fn own_calls_of_every_kind_do_not_open_what_few_teachers_want() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let principal = district.member(2, &[at_site(Role::Principal)]);
    let few = teachers(&district, 10, 3, false);
    let own = teachers(&district, 20, 5, false);
    calls(server, &coach, &few, Category::Content).await;
    for category in Category::ALL {
        calls(server, &principal, &own, category).await;
    }
    district.settled().await;
    // Not even that there are some.
    assert_eq!(counts(&district, &principal, "site").await, None);
    // From five on that somebody else visited they are shown.
    calls(server, &coach, &own, Category::Content).await;
    let other = district.member(4, &[at_site(Role::Coach)]);
    calls(server, &other, &own, Category::Content).await;
    calls(server, &other, &own, Category::Materials).await;
    calls(server, &coach, &own, Category::Materials).await;
    district.settled().await;
    let shown = counts(&district, &principal, "site").await.unwrap();
    assert!(!shown.counts.is_empty());
}

#[tokio::test]
async fn a_site_is_not_found_by_taking_another_off_the_district() {
    let district = District::open().await;
    let server = &district.server;
    let lead = district.member(1, &[post(Role::Lead, Place::District)]);
    let second = district.member(2, &[post(Role::Admin, Place::District)]);
    let principal = district.member(3, &[at_site(Role::Principal)]);
    let many = teachers(&district, 10, 6, false);
    for observer in [&lead, &second] {
        calls(server, observer, &many, Category::Content).await;
    }
    district.settled().await;
    let alone = counts(&district, &principal, "site").await.unwrap();
    assert_eq!(alone.counts[0].wanted, 12);
    // Two at the other school: with the district's number they would be what is left.
    for number in 20..22 {
        let there = elsewhere(&district, number);
        for observer in [&lead, &second] {
            let visit = observer.visit_at(site(2), named(&there), "note");
            let visit = observer.says(server, visit).await;
            let call = observer.seal(wanted(visit, Category::Content), &[]);
            observer.says(server, call).await;
        }
    }
    district.settled().await;
    let whole = counts(&district, &lead, "district").await.unwrap();
    assert_eq!(whole.counts[0].wanted, 16);
    assert_eq!(counts(&district, &principal, "site").await, None);
}

#[tokio::test]
async fn a_peer_who_visits_by_number_writes_to_nobody_before_the_teacher_takes_it() {
    let district = District::open().await;
    let server = &district.server;
    let peer = district.member(1, &[at_site(Role::Teacher)]);
    let coach = district.member(2, &[at_site(Role::Coach)]);
    let teacher = district.member(3, &[at_site(Role::Teacher)]);
    let code = ClaimCode::mint([7; 10]);
    visits(server, &peer, numbered(&code)).await;
    district.settled().await;
    assert!(coach.kinds(server).await.is_empty());
    let takes = json!({ "code": code.to_string() }).to_string();
    let taken = teacher.post(server, "/api/v1/claims", takes).await;
    assert_eq!(taken.status, 200);
    district.settled().await;
    assert!(coach.kinds(server).await.contains("bright_spot"));
    assert!(teacher.kinds(server).await.contains("feedback"));
}

/// The cursors of a pull from the start.
async fn cursors(server: &TestServer, member: &Member) -> Value {
    let pull = json!({ "protocol": PROTOCOL, "feed": null, "cursors": {} });
    let answer = member.post(server, PULL_PATH, pull.to_string()).await;
    let pulled: Value = serde_json::from_slice(&answer.body).unwrap();
    let portions = pulled["portions"].as_array().unwrap().iter();
    portions
        .map(|portion| json!([portion["audience"], portion["cursor"]]))
        .collect()
}

#[tokio::test]
async fn nobody_learns_from_cursors_and_receipts_what_others_do() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let uninvolved = elsewhere(&district, 3);
    let own = seen_on(&uninvolved, (IDEA, 2), None, &["own-words"]).1;
    let first = uninvolved.push(server, &[own]).await;
    district.settled().await;
    let before = cursors(server, &uninvolved).await;
    for _ in 0..3 {
        visits(server, &coach, named(&teacher)).await;
    }
    district.settled().await;
    assert_eq!(cursors(server, &uninvolved).await, before);
    let own = seen_on(&uninvolved, (IDEA, 2), None, &["own-words"]).1;
    let second = uninvolved.push(server, &[own]).await;
    let numbers = [&first, &second].map(|answers| receipt(&answers[0]).server_number);
    assert_eq!(numbers, [1, 2]);
}

/// Else whoever wants a number to be larger says the same again.
#[tokio::test]
async fn a_call_that_is_said_again_is_one_until_it_was_given() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let visit = coach.visit(named(&teacher), "I saw pairs.");
    let visit = coach.says(server, visit).await;
    let call = || teacher.seal(wanted(visit, Category::Content), &[]);
    let first = teacher.says(server, call()).await;
    teacher.says(server, call()).await;
    district.settled().await;
    let counted = "select count(*) from counted_support";
    district.until(counted, 1).await;
    let given = SupportGiven {
        walkthrough: visit,
        wanted: first,
    };
    coach.says(server, coach.seal(given, &[])).await;
    district.until(counted, 2).await;
}
