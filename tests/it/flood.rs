//! What one person can send must not make the others wait.

use crate::district::{District, IDEA, Member, at_site, post, site};
use crate::facts::{named, sent, tagged};
use crate::server::receipt;
use crate::visitors::pilot;
use lookfor::domain::act::welcome::{VisitWelcomed, WelcomeWithdrawn};
use lookfor::domain::erasure::{AWAITED_MAX, EVENTS_MAX, Why, WordsErased};
use lookfor::domain::event::{Envelope, FACTS_MAX, Fact, said};
use lookfor::domain::id::{EventId, PersonId};
use lookfor::domain::people::{PersonAdded, Place, Role};
use lookfor::domain::place::Day;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::Answer;

/// An erasure of events that nobody has sent.
fn erasure_of_nothing(round: u8, events: usize) -> WordsErased {
    let made_up = |number: usize| {
        let [.., a, b] = number.to_be_bytes();
        EventId::mint(1, [9, round, a, b, 0, 0, 0, 0, 0, 0])
    };
    WordsErased {
        events: (0..events).map(made_up).collect(),
        why: Why::Asked,
    }
}

fn erased(events: &[EventId]) -> WordsErased {
    WordsErased {
        events: events.to_vec(),
        why: Why::TakenBack,
    }
}

fn welcome() -> VisitWelcomed {
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    VisitWelcomed {
        site: site(1),
        class: None,
        day: Day::from_epoch(now_utc_ms.div_euclid(86_400_000)).unwrap(),
        idea: Some(IDEA.into()),
        peers: false,
    }
}

fn awaited(district: &District) -> u32 {
    let connection = district.server.stored().0;
    let sql = "select count(*) from erasure_awaited";
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

const NO_MORE_TO_AWAIT: Answer = Answer::Refused(Problem::TooMany { limit: AWAITED_MAX });
const NO_MORE_FACTS: Answer = Answer::Refused(Problem::TooMany { limit: FACTS_MAX });

#[tokio::test]
async fn what_one_person_erases_before_it_comes_is_bounded_and_an_honest_erasure_holds() {
    let district = District::open().await;
    let server = &district.server;
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let whole = AWAITED_MAX as usize / EVENTS_MAX;
    for round in 0..whole {
        let some = erasure_of_nothing(round as u8, EVENTS_MAX);
        teacher.says(server, teacher.seal(some, &[])).await;
    }
    // In one push with others, which nothing hinders.
    let visit = teacher.visit(named(&teacher), "own-distinctive");
    let one_more = teacher.seal(erasure_of_nothing(99, 1), &[]).1;
    let own = teacher.seal(erased(&[visit.0]), &[]).1;
    let answers = teacher.push(server, &[visit.1, one_more, own]).await;
    receipt(&answers[0]);
    assert_eq!(answers[1], NO_MORE_TO_AWAIT);
    receipt(&answers[2]);
    // Somebody else's erasure still comes before its event, and leaves nothing that is waited for.
    let (early, event) = observer.visit(named(&teacher), "early-distinctive");
    observer
        .says(server, observer.seal(erased(&[early]), &[]))
        .await;
    district.settled().await;
    assert_eq!(awaited(&district), AWAITED_MAX + 1);
    observer.push(server, &[event]).await;
    district.settled().await;
    assert_eq!(awaited(&district), AWAITED_MAX);
    let connection = server.stored().0;
    let words: u32 = connection
        .query_row("select count(*) from words", [], |row| row.get(0))
        .unwrap();
    assert_eq!(words, 0);
}

#[tokio::test]
async fn an_admin_erases_as_many_words_as_need_be() {
    let district = District::open().await;
    let admin = district.member(3, &[post(Role::Admin, Place::District)]);
    for round in 0..=AWAITED_MAX as usize / EVENTS_MAX {
        let some = erasure_of_nothing(round as u8, EVENTS_MAX);
        admin.says(&district.server, admin.seal(some, &[])).await;
    }
    district.settled().await;
    assert_eq!(awaited(&district), 0);
}

#[tokio::test]
async fn a_change_of_people_hears_only_the_erasures_of_those_whom_it_is_about() {
    let district = District::open().await;
    let server = &district.server;
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let observer = district.member(1, &[at_site(Role::Principal)]);
    teacher
        .says(server, teacher.seal(erasure_of_nothing(1, 5), &[]))
        .await;
    district.settled().await;
    assert_eq!(awaited(&district), 5);
    // As a trace: whoever hears that erasure again writes its lines again.
    let connection = server.stored().0;
    connection
        .execute("delete from erasure_awaited", [])
        .unwrap();
    district.give(&observer, &post(Role::Pilot, Place::Idea(IDEA.into())));
    district.settled().await;
    assert_eq!(awaited(&district), 0);
}

#[tokio::test]
async fn what_one_person_says_about_one_visit_is_bounded() {
    let district = District::open().await;
    let server = &district.server;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let coach = district.member(4, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let visit = observer.visit(named(&teacher), "seen");
    let visit = observer.says(server, visit).await;
    // The visit itself is the first.
    let spots: Vec<_> = (1..FACTS_MAX)
        .map(|_| observer.seal(tagged(visit), &[]).1)
        .collect();
    for some in spots.chunks(100) {
        for answer in observer.push(server, some).await {
            receipt(&answer);
        }
    }
    let more = |member: &Member| member.seal(tagged(visit), &[]).1;
    let feedback = observer.seal(sent(visit), &[(said::FEEDBACK, "more")]).1;
    let answers = observer
        .push(server, &[more(&observer), feedback, spots[0].clone()])
        .await;
    assert_eq!(answers[..2], [NO_MORE_FACTS, NO_MORE_FACTS]);
    receipt(&answers[2]);
    // Nobody else is hindered, and another visit is another.
    receipt(&coach.push(server, &[more(&coach)]).await[0]);
    let next = observer.visit(named(&teacher), "seen again");
    observer.says(server, next).await;
    district.settled().await;
}

#[tokio::test]
async fn what_one_person_says_about_anything_is_bounded_and_what_a_whole_site_gets_by_the_day() {
    let district = District::open().await;
    let server = &district.server;
    let teacher = district.member(2, &[at_site(Role::Teacher), pilot()]);
    let other = district.member(3, &[at_site(Role::Teacher), pilot()]);
    let push_all = async |events: Vec<Envelope>| {
        let mut answers = Vec::new();
        for some in events.chunks(100) {
            answers.extend(teacher.push(server, some).await);
        }
        answers
    };
    let seal = |fact: Fact| teacher.seal(fact, &[]).1;
    let refused = |answers: &[Answer]| {
        let refused = answers
            .iter()
            .filter(|answer| matches!(answer, Answer::Refused(Problem::TooMany { .. })));
        refused.count()
    };
    // About a welcome of somebody else's.
    let welcomed = other.seal(welcome(), &[]);
    let welcomed = other.says(server, welcomed).await;
    let withdrawn = |_| seal(WelcomeWithdrawn { welcome: welcomed }.into());
    let answers = push_all((0..FACTS_MAX + 3).map(withdrawn).collect()).await;
    assert_eq!(refused(&answers), 3);
    // Things of which each is its own.
    let met = |number: u32| {
        let [a, b, c, d] = number.to_be_bytes();
        PersonAdded {
            person: PersonId::mint(1, [7, a, b, c, d, 0, 0, 0, 0, 0]),
            site: site(1),
        }
    };
    let added = |number| seal(met(number).into());
    assert_eq!(refused(&push_all((0..103).map(added).collect()).await), 3);
    let welcomes = |_| seal(welcome().into());
    assert_eq!(refused(&push_all((0..54).map(welcomes).collect()).await), 4);
    // Nobody else is hindered, and tomorrow is another day.
    other.says(server, other.seal(welcome(), &[])).await;
    let connection = server.stored().0;
    let sql = "update event set received_at_utc_ms = received_at_utc_ms - 86400001";
    connection.execute(sql, []).unwrap();
    assert_eq!(refused(&push_all(vec![seal(welcome().into())]).await), 0);
    district.settled().await;
}
