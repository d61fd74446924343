//! Free text that a teacher put where bodies have keys, and answers that no question takes: they reach nobody else.

use crate::district::{Member, at_site};
use crate::voices::{School, answers, closes, log, pilot, today, welcome};
use lookfor::domain::collect::lesson::Happened;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::survey::SurveyAnswered;
use lookfor::domain::document::Document;
use lookfor::domain::event::{Envelope, Fact};
use lookfor::domain::id::EventId;
use lookfor::domain::people::Role;
use lookfor::domain::place::{ClassMissed, Day, Missed, Why};
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::Answer;
use rstest::rstest;

/// A text of a teacher's that is no key.
const SENTENCE: &str = "Ms. Ortega shouted";

fn survey(question: &str, form: &str) -> Fact {
    let mut said = answers(today().week(1), 1, 4);
    said.answers = [(question.to_owned(), 4)].into();
    said.form.key = form.into();
    said.named = true;
    said.into()
}

fn logged(part: &str, form: &str) -> Fact {
    let mut said = log(Some(Happened::Yes));
    said.parts = [(LookForKey(part.into()), Happened::No)].into();
    said.form.key = form.into();
    said.into()
}

fn welcomed(idea: &str) -> Fact {
    let mut said = welcome(today(), true);
    said.idea = Some(idea.into());
    said.into()
}

#[rstest]
#[case::a_question(survey(SENTENCE, "three-reads"))]
#[case::the_form_of_a_survey(survey("fits-my-period", SENTENCE))]
#[case::a_part_of_a_lesson(logged(SENTENCE, "three-reads"))]
#[case::the_form_of_a_lesson(logged("purpose-said", SENTENCE))]
#[case::the_idea_of_a_welcome(welcomed(SENTENCE))]
#[tokio::test]
async fn what_a_teacher_says_in_no_key_is_set_aside(#[case] fact: Fact) {
    let school = School::open().await;
    let (_, envelope) = school.teacher.seal(fact, &[]);
    is_set_aside(&school, envelope).await;
}

#[tokio::test]
async fn why_a_class_was_missed_is_no_place_for_a_sentence() {
    let school = School::open().await;
    let missed = ClassMissed {
        site: crate::district::site(1),
        missed: Missed::Teacher(school.teacher.person),
        why: Why::Test,
    };
    let (_, envelope) = school.teacher.seal(missed, &[]);
    let envelope = crate::server::edited(envelope, r#""test""#, &format!("\"{SENTENCE}\""));
    is_set_aside(&school, envelope).await;
}

async fn is_set_aside(school: &School, envelope: Envelope) {
    let answers = school
        .teacher
        .push(&school.district.server, &[envelope])
        .await;
    let [Answer::Refused(Problem::Malformed { place, .. })] = answers.as_slice() else {
        panic!("{answers:?}");
    };
    assert_eq!(place, "body.data");
    let stored = school.district.server.stored().0;
    let kept = "select count(*) from event where instr(body, 'Ortega') > 0";
    assert_eq!(stored.query_row(kept, [], |row| row.get(0)), Ok(0));
}

/// The answers of somebody's survey as this person has them.
async fn read(school: &School, who: &Member) -> Option<SurveyAnswered> {
    let documents = who.documents(&school.district.server).await;
    documents.into_iter().find_map(|document| match document {
        Document::SurveyAnswers(answers) => Some(answers.said),
        _ => None,
    })
}

#[tokio::test]
async fn the_team_reads_what_the_form_asks_and_takes_and_the_teacher_all_of_it() {
    let school = School::open().await;
    let (_, mate) = &school.others[3];
    let mut said = answers(today().week(1), 1, 4);
    said.answers.insert("ortega-shouted".into(), 3);
    said.answers.insert("lessons-used".into(), 200);
    said.named = true;
    school.says(said.clone(), "").await;
    let shown = read(&school, mate).await.expect("the team has it");
    assert_eq!(shown.answers, [("fits-my-period".to_owned(), 4)].into());
    assert_eq!(read(&school, &school.teacher).await, Some(said.clone()));
    // Of a version that nobody published nothing is known.
    said.form.version = 9;
    said.revision = 2;
    school.says(said.clone(), "").await;
    assert_eq!(read(&school, mate).await, None);
    assert_eq!(read(&school, &school.teacher).await, Some(said));
}

#[tokio::test]
async fn a_welcome_says_no_idea_that_is_not_published_to_others() {
    let school = School::open().await;
    school.says(welcomed("ortega-shouted"), "").await;
    assert_eq!(
        school.readers("welcome").await,
        ["principal", "coach", "colleague", "lead"]
    );
    for (audience, kind, _, body) in school.district.feed() {
        let own = audience == format!("person:{}", school.teacher.person);
        assert!(own || !body.contains("ortega-shouted"), "{audience} {kind}");
    }
}

/// What five teachers answered and logged about a week, once it is pooled.
async fn pooled(
    school: &School,
    week: Day,
    change: impl Fn(&mut SurveyAnswered, &mut u32),
) -> String {
    let server = &school.district.server;
    for number in 20..25 {
        let member = school
            .district
            .member(number, &[at_site(Role::Teacher), pilot()]);
        let mut said = answers(week, 1, 4);
        let mut logged = log(Some(Happened::Yes));
        (logged.day, logged.week) = (week, week);
        change(&mut said, &mut logged.form.version);
        let said: [(EventId, Envelope); 2] = [member.seal(said, &[]), member.seal(logged, &[])];
        for event in said {
            member.says(server, event).await;
        }
    }
    closes(&school.district, week).await;
    let feed = school.district.feed().into_iter();
    let pools = feed.filter(|(_, kind, ..)| kind.ends_with("_pool"));
    format!("{:?}", pools.collect::<Vec<_>>())
}

#[tokio::test]
async fn what_no_form_asks_or_takes_is_in_no_pool() {
    let school = School::open().await;
    let pools = pooled(&school, today().plus(-21).week(1), |said, _| {
        said.answers.insert("ortega-shouted".into(), 3);
        said.answers.insert("lessons-used".into(), 200);
    });
    let pools = pools.await;
    assert!(pools.contains("fits-my-period"));
    assert!(
        !pools.contains("ortega-shouted") && !pools.contains("200"),
        "{pools}"
    );
}

#[tokio::test]
async fn what_names_a_version_that_is_not_published_is_in_no_pool() {
    let school = School::open().await;
    let pools = pooled(&school, today().plus(-21).week(1), |said, version| {
        (said.form.version, *version) = (9, 9);
    });
    assert_eq!(pools.await, "[]");
}
