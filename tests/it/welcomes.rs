//! What a welcome lets in, and what it does not: each of these was once got round.

use crate::district::{Member, at_site, site};
use crate::facts::named;
use crate::server::edited;
use crate::voices::{DAY_MS, School, counts, today, welcome};
use lookfor::domain::act::welcome::WelcomeWithdrawn;
use lookfor::domain::collect::walkthrough::Whom;
use lookfor::domain::id::{ClassId, EventId};
use lookfor::domain::moment::Moment;
use lookfor::domain::people::Role;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::Answer;
use rstest::rstest;
use rusqlite::params;

fn days_ago(days: i64) -> Moment {
    Moment {
        at_utc_ms: chrono::Utc::now().timestamp_millis() - days * DAY_MS,
        offset_min: -480,
    }
}

fn colleague(school: &School) -> &Member {
    &school.others[2].1
}

/// A colleague's visit that was begun and sent at these times of their clock.
async fn visits(school: &School, begun: Moment, sent: Moment) -> EventId {
    let colleague = colleague(school);
    let (id, visit) = colleague
        .at(begun)
        .visit(named(&school.teacher), "I saw pairs.");
    let at = |moment: Moment| format!("\"schema\":2,\"at_utc_ms\":{}", moment.at_utc_ms);
    let visit = edited(visit, &at(begun), &at(sent));
    colleague.says(&school.district.server, (id, visit)).await;
    school.district.settled().await;
    id
}

/// A colleague's visit of today.
pub async fn visits_today(school: &School) -> EventId {
    visits(school, days_ago(0), days_ago(0)).await
}

#[rstest]
#[case::of_that_day_sent_late(10, 10, 10, true)]
#[case::finished_on_the_day_after(10, 10, 9, true)]
#[case::of_a_day_that_is_long_over(20, 20, 20, false)]
#[case::begun_on_another_day(10, 9, 10, false)]
#[tokio::test]
async fn a_welcome_lets_in_who_came_on_its_day_and_sends_it_within_two_weeks(
    #[case] welcomed: i64,
    #[case] begun: i64,
    #[case] sent: i64,
    #[case] wanted: bool,
) {
    let school = School::open().await;
    school
        .says(welcome(today().plus(-welcomed), true), "")
        .await;
    let visit = visits(&school, days_ago(begun), days_ago(sent)).await;
    assert_eq!(counts(&school, visit).await, wanted);
}

/// Minutes east of UTC were taken up to 22 days: any day could be made of them.
#[tokio::test]
async fn a_visit_whose_wall_shows_no_possible_time_is_set_aside() {
    let school = School::open().await;
    let visit = colleague(&school).visit(named(&school.teacher), "I saw pairs.");
    let far = edited(
        visit.1,
        "\"offset_min\":-480},\"rated\"",
        "\"offset_min\":30000},\"rated\"",
    );
    let answers = colleague(&school)
        .push(&school.district.server, &[far])
        .await;
    assert!(
        matches!(&answers[0], Answer::Refused(Problem::Malformed { place, .. }) if place == "body.data"),
        "{answers:?}"
    );
}

#[tokio::test]
async fn a_clock_that_is_set_back_takes_no_welcome_back_for_the_past() {
    let school = School::open().await;
    let welcomed = school.says(welcome(today(), true), "").await;
    let visit = visits(&school, days_ago(0), days_ago(0)).await;
    assert!(counts(&school, visit).await);
    school.teacher.at(days_ago(3));
    school
        .says(WelcomeWithdrawn { welcome: welcomed }, "")
        .await;
    assert!(counts(&school, visit).await);
    let later = visits(&school, days_ago(0), days_ago(0)).await;
    assert!(!counts(&school, later).await);
}

/// A class of the first site, as an office has it.
fn class(school: &School, number: u8) -> ClassId {
    let id = ClassId::mint(1, [number; 10]);
    let stored = school.district.server.stored().0;
    let here = "insert into site (id, name) values (?1, 'Vista') on conflict do nothing";
    assert!(stored.execute(here, [site(1).0.as_bytes()]).is_ok());
    let class = "insert into class (id, site, school_year, title) values (?1, ?2, 2027, 'Algebra')";
    let at = site(1);
    let row = params![id.0.as_bytes(), at.0.as_bytes()];
    assert_eq!(stored.execute(class, row), Ok(1));
    id
}

fn teaches(school: &School, member: &Member, class: ClassId) {
    let stored = school.district.server.stored().0;
    let teaches = "insert into class_teacher (class, person) values (?1, ?2)";
    let row = params![class.0.as_bytes(), member.person.0.as_bytes()];
    assert_eq!(stored.execute(teaches, row), Ok(1));
    crate::district::refresh(&stored, "people");
}

#[tokio::test]
async fn a_teacher_welcomes_to_no_class_but_their_own() {
    let school = School::open().await;
    let (own, other) = (class(&school, 1), class(&school, 2));
    let victim = school.district.member(30, &[at_site(Role::Teacher)]);
    teaches(&school, &victim, other);
    let to = |class| {
        let mut said = welcome(today(), true);
        said.class = Some(class);
        said
    };
    school.says(to(other), "Come in.").await;
    assert!(school.readers("welcome").await.is_empty());
    assert_eq!(school.own("welcome").await.len(), 1);
    // The roster is late: from then on it is theirs.
    school.says(to(own), "Come in.").await;
    assert!(school.readers("welcome").await.is_empty());
    let colleague = colleague(&school).at(days_ago(0));
    let whom = Whom::Named {
        teacher: school.teacher.person,
        class: Some(own),
    };
    let visit = colleague.visit(whom, "I saw pairs.");
    let visit = colleague.says(&school.district.server, visit).await;
    teaches(&school, &school.teacher, own);
    school.district.settled().await;
    assert_eq!(school.readers("welcome").await.len(), 5);
    assert!(counts(&school, visit).await);
}
