//! People whom a lead or an observer added and whom the office does not know: they teach, are visited and read their own,
//! and count in no group of five.

use crate::district::{District, IDEA, Member, at_site, post, refresh, site};
use crate::facts::named;
use crate::hold::{sees, teachers};
use crate::visitors::measures;
use crate::voices::{School, answers, closes, log, pilot, today, welcome};
use lookfor::domain::collect::lesson::Happened;
use lookfor::domain::document::Document;
use lookfor::domain::event::said;
use lookfor::domain::people::{Place, Role};
use lookfor::domain::problem::Problem;
use lookfor::sync::office::ideas::IDEAS_PATH;
use serde_json::json;
use std::collections::BTreeSet;

/// As if a lead had pasted this person's name.
pub fn meet(district: &District, member: &Member) {
    let stored = district.server.stored().0;
    let sql = "update person set added_by = randomblob(16) where id = ?1";
    let met = stored.execute(sql, [member.person.0.as_bytes()]);
    assert_eq!(met, Ok(1));
    refresh(&stored, "people");
}

fn confirm(district: &District, member: &Member) {
    let stored = district.server.stored().0;
    let sql = "update person set added_by = null where id = ?1";
    let known = stored.execute(sql, [member.person.0.as_bytes()]);
    assert_eq!(known, Ok(1));
    refresh(&stored, "people");
}

#[tokio::test]
async fn a_pool_counts_nobody_whom_the_office_does_not_know() {
    let school = School::open().await;
    let district = &school.district;
    let week = today().plus(-21).week(1);
    let met: Vec<Member> = (20..24)
        .map(|number| district.member(number, &[at_site(Role::Teacher), pilot()]))
        .collect();
    met.iter().for_each(|member| meet(district, member));
    for (member, answer) in met.iter().map(|met| (met, 5)).chain([(&school.teacher, 1)]) {
        let said = member.seal(answers(week, 1, answer), &[]);
        member.says(&district.server, said).await;
        let mut logged = log(Some(Happened::Yes));
        (logged.day, logged.week) = (week, week);
        let logged = member.seal(logged, &[]);
        member.says(&district.server, logged).await;
    }
    closes(district, week).await;
    for kind in ["survey_pool", "lesson_pool"] {
        assert!(school.readers(kind).await.is_empty(), "{kind}");
    }
    // What they say with their name is no word of the team's, and their welcome goes to the school alone.
    let mut with_name = answers(today().week(1), 1, 5);
    with_name.named = true;
    let with_name = met[0].seal(with_name, &[]);
    met[0].says(&district.server, with_name).await;
    let come = met[0].seal(welcome(today(), true), &[(said::ADDED, "Pairs")]);
    met[0].says(&district.server, come).await;
    district.settled().await;
    assert!(school.readers("survey_answers").await.is_empty());
    let readers = ["principal", "coach", "colleague", "lead"];
    assert_eq!(school.readers("welcome").await, readers);
    confirm(district, &met[0]);
    district.settled().await;
    assert_eq!(school.readers("survey_answers").await, ["mate"]);
    let readers = ["principal", "coach", "colleague", "mate", "lead"];
    assert_eq!(school.readers("welcome").await, readers);
}

#[tokio::test]
async fn how_many_are_asked_counts_those_whom_the_office_knows() {
    let school = School::open().await;
    let district = &school.district;
    for number in 20..24 {
        meet(
            district,
            &district.member(number, &[at_site(Role::Teacher), pilot()]),
        );
    }
    let (_, lead) = &school.others[4];
    let body = json!({ "key": IDEA, "version": 2, "state": "baseline" }).to_string();
    let kept = lead.post(&district.server, IDEAS_PATH, body).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    district.settled().await;
    let own = school.own("survey").await;
    assert!(
        matches!(own.as_slice(), [Document::Survey(survey)] if survey.team == 2),
        "{own:?}"
    );
}

#[tokio::test]
async fn who_said_yes_to_colleagues_is_told_to_none_whom_the_office_does_not_know() {
    let district = District::open().await;
    let teacher = district.member(1, &[at_site(Role::Teacher)]);
    let met = district.member(2, &[at_site(Role::Teacher)]);
    meet(&district, &met);
    let path = format!("/api/v1/people/{}", teacher.person);
    let yes = json!({ "peer_visits": true }).to_string();
    let said = teacher.post(&district.server, &path, yes).await;
    assert_eq!(said.status, 200, "{}", said.text());
    district.settled().await;
    assert_eq!(met.kinds(&district.server).await, BTreeSet::new());
    // Nor by what becomes of their visits: the same, whoever said yes.
    let other = district.member(3, &[at_site(Role::Teacher)]);
    for visited in [&teacher, &other] {
        let visit = met.visit(named(visited), "I saw pairs.");
        met.says(&district.server, visit).await;
    }
    district.settled().await;
    let documents = met.documents(&district.server).await;
    let refused = documents.iter().filter_map(|document| match document {
        Document::Walkthrough(visit) => visit.refused.clone(),
        _ => None,
    });
    let says_no = Problem::AgreementSaysNo {
        field: "peer_visits_voluntary".into(),
    };
    assert_eq!(refused.collect::<Vec<_>>(), [says_no.clone(), says_no]);
    confirm(&district, &met);
    district.settled().await;
    assert!(met.kinds(&district.server).await.contains("peers_welcome"));
}

#[tokio::test]
async fn a_visit_by_whom_the_office_does_not_know_is_its_teachers_and_in_no_figure() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let met = district.member(2, &[at_site(Role::Teacher), pilot()]);
    meet(&district, &met);
    let everybody = district.member(3, &[post(Role::Teacher, Place::Site(site(2)))]);
    let team = teachers(&district, 10, 5, true);
    for teacher in &team {
        let path = format!("/api/v1/people/{}", teacher.person);
        let yes = json!({ "peer_visits": true }).to_string();
        assert_eq!(teacher.post(server, &path, yes).await.status, 200);
        sees(server, &coach, teacher, &["purpose-said"]).await;
        let visit = met.visit(named(teacher), "I saw pairs.");
        met.says(server, visit).await;
    }
    district.settled().await;
    let figures = measures(&district, &team[0]).await.unwrap();
    assert_eq!((figures.visits, figures.observers), (5, 1));
    assert_eq!(measures(&district, &everybody).await, None);
    let documents = team[0].documents(server).await;
    let records = documents.iter();
    let records = records.filter(|document| document.name().kind == "walkthrough");
    assert_eq!(records.count(), 2, "each record is its teacher's");
    confirm(&district, &met);
    district.settled().await;
    let figures = measures(&district, &everybody).await.unwrap();
    assert_eq!((figures.visits, figures.observers), (10, 2));
}
