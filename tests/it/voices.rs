//! What teachers say themselves: who receives it, what many say together, and whom a welcome lets in.

use crate::district::{District, IDEA, Member, at_site, post, refresh, site};
use crate::facts::named;
use lookfor::domain::act::welcome::{VisitWelcomed, WelcomeWithdrawn};
use lookfor::domain::collect::form::FormRef;
use lookfor::domain::collect::lesson::{Happened, LessonLogged, Went};
use lookfor::domain::collect::survey::SurveyAnswered;
use lookfor::domain::document::{Document, SurveyAnswersDocument, SurveyDocument};
use lookfor::domain::erasure::{Why, WordsErased};
use lookfor::domain::event::said;
use lookfor::domain::id::EventId;
use lookfor::domain::people::{Place, Post, Role};
use lookfor::domain::place::Day;
use lookfor::domain::plan::voice::Question;
use lookfor::sync::office::ideas::IDEAS_PATH;
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeSet;

pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// As the devices of these tests have it.
const OFFSET_MS: i64 = -8 * 60 * 60 * 1000;

pub fn pilot() -> Post {
    post(Role::Pilot, Place::Idea(IDEA.into()))
}

pub fn form() -> FormRef {
    FormRef {
        key: IDEA.into(),
        version: 2,
    }
}

pub fn today() -> Day {
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    Day::from_epoch((now_utc_ms + OFFSET_MS).div_euclid(DAY_MS)).unwrap()
}

pub fn answers(week: Day, revision: u32, answer: u8) -> SurveyAnswered {
    SurveyAnswered {
        form: form(),
        week,
        revision,
        answers: [("fits-my-period".to_owned(), answer)].into(),
        named: false,
    }
}

pub fn log(happened: Option<Happened>) -> LessonLogged {
    LessonLogged {
        form: form(),
        class: None,
        day: today(),
        week: today().week(1),
        revision: 1 + u32::from(happened.is_none()),
        happened,
        parts: [].into(),
        went: happened.map(|_| Went::Mixed),
    }
}

pub fn welcome(day: Day, peers: bool) -> VisitWelcomed {
    VisitWelcomed {
        site: site(1),
        class: None,
        day,
        idea: Some(IDEA.into()),
        peers,
    }
}

/// One of each who could read something, beside the teacher who says it.
pub struct School {
    pub district: District,
    pub teacher: Member,
    /// Principal, coach, colleague, mate in the team at another school, lead, somebody elsewhere.
    pub others: [(&'static str, Member); 6],
}

impl School {
    pub async fn open() -> Self {
        let district = District::open().await;
        let teacher = district.member(1, &[at_site(Role::Teacher), pilot()]);
        let elsewhere = |role| post(role, Place::Site(site(2)));
        let others = [
            ("principal", district.member(2, &[at_site(Role::Principal)])),
            ("coach", district.member(3, &[at_site(Role::Coach)])),
            ("colleague", district.member(4, &[at_site(Role::Teacher)])),
            (
                "mate",
                district.member(5, &[elsewhere(Role::Teacher), pilot()]),
            ),
            (
                "lead",
                district.member(6, &[post(Role::Lead, Place::District)]),
            ),
            (
                "elsewhere",
                district.member(7, &[elsewhere(Role::Principal)]),
            ),
        ];
        Self {
            district,
            teacher,
            others,
        }
    }

    pub async fn says(
        &self,
        fact: impl Into<lookfor::domain::event::Fact>,
        added: &str,
    ) -> EventId {
        let words = [(said::ADDED, added)];
        let words = if added.is_empty() {
            &[][..]
        } else {
            &words[..]
        };
        let event = self.teacher.seal(fact, words);
        let id = self.teacher.says(&self.district.server, event).await;
        self.district.settled().await;
        id
    }

    /// Which of the others have a document of this kind.
    pub async fn readers(&self, kind: &str) -> Vec<&'static str> {
        let mut readers = Vec::new();
        for (name, other) in &self.others {
            if other.kinds(&self.district.server).await.contains(kind) {
                readers.push(*name);
            }
        }
        readers
    }

    pub async fn own(&self, kind: &str) -> Vec<Document> {
        let documents = self.teacher.documents(&self.district.server).await;
        let of_kind = |document: &Document| document.name().kind == kind;
        documents.into_iter().filter(of_kind).collect()
    }
}

#[tokio::test]
async fn answers_and_logs_are_their_teachers_and_a_correction_replaces_them() {
    let school = School::open().await;
    let week = today().week(1);
    school.says(answers(week, 1, 2), "It fits.").await;
    let second = school.says(answers(week, 2, 4), "").await;
    school.says(log(Some(Happened::Partly)), "").await;
    let own = school.own("survey_answers").await;
    let [Document::SurveyAnswers(own)] = own.as_slice() else {
        panic!("there are {}", own.len());
    };
    assert_eq!((own.id, own.said.answers["fits-my-period"]), (second, 4));
    assert_eq!(own.added, None);
    assert_eq!(school.own("lesson_log").await.len(), 1);
    for kind in ["survey_answers", "lesson_log", "survey_pool", "lesson_pool"] {
        assert!(school.readers(kind).await.is_empty(), "{kind}");
    }
    school.says(log(None), "").await;
    assert_eq!(school.own("lesson_log").await, []);
}

#[tokio::test]
async fn the_team_reads_answers_with_the_name_if_their_teacher_says_so() {
    let school = School::open().await;
    let week = today().week(1);
    let mut named = answers(week, 1, 2);
    named.named = true;
    school.says(named, "It fits on Mondays.").await;
    assert_eq!(school.readers("survey_answers").await, ["mate"]);
    let (_, mate) = &school.others[3];
    let read = mate.documents(&school.district.server).await;
    let read = read.into_iter().find_map(|document| match document {
        Document::SurveyAnswers(SurveyAnswersDocument { teacher, added, .. }) => {
            Some((teacher, added))
        }
        _ => None,
    });
    let wanted = (
        school.teacher.person,
        Some("It fits on Mondays.".to_owned()),
    );
    assert_eq!(read, Some(wanted));
    school.says(answers(week, 2, 2), "").await;
    assert!(school.readers("survey_answers").await.is_empty());
}

#[tokio::test]
async fn words_that_were_added_go_when_they_are_erased_and_the_answers_stay() {
    let school = School::open().await;
    let said = school
        .says(answers(today().week(1), 1, 2), "Luz-writes-this")
        .await;
    let welcomed = school.says(welcome(today(), true), "Luz-shows-this").await;
    let feed = || format!("{:?}", school.district.feed());
    assert!(feed().contains("Luz-writes-this") && feed().contains("Luz-shows-this"));
    let events = vec![said, welcomed];
    let why = Why::TakenBack;
    school.says(WordsErased { events, why }, "").await;
    assert!(!feed().contains("Luz-"));
    let own = school.own("survey_answers").await;
    assert!(matches!(own.as_slice(), [Document::SurveyAnswers(own)] if own.added.is_none()));
    assert_eq!(school.own("erased").await.len(), 2);
}

/// As if what was said of this week had come in it, on a server that makes the pool now.
pub async fn closes(district: &District, week: Day) {
    let stored = district.server.stored().0;
    let about = ["survey", "lessons"].map(|kind| format!("{kind}:{IDEA}/{week}"));
    let received = week.since_epoch() * DAY_MS + DAY_MS;
    let sql = "update event set received_at_utc_ms = ?1 where about = ?2";
    for about in about {
        let row = rusqlite::params![received, about];
        assert!(stored.execute(sql, row).is_ok());
        let unmade = "delete from voice_pool where about = ?1";
        assert!(stored.execute(unmade, [&about]).is_ok());
        refresh(&stored, &about);
    }
    district.settled().await;
}

#[tokio::test]
async fn a_closed_week_is_pooled_once_for_the_team_and_the_district() {
    let school = School::open().await;
    let server = &school.district.server;
    let week = today().plus(-21).week(1);
    let team: Vec<Member> = (20..25)
        .map(|number| {
            school
                .district
                .member(number, &[at_site(Role::Teacher), pilot()])
        })
        .collect();
    for (answer, member) in (1..).zip(&team) {
        member
            .says(server, member.seal(answers(week, 1, answer), &[]))
            .await;
        let mut logged = log(Some(Happened::Yes));
        (logged.day, logged.week) = (week, week);
        member.says(server, member.seal(logged, &[])).await;
    }
    school.district.settled().await;
    // What comes when a week is closed is in no pool, and that there is none is settled.
    assert!(school.readers("survey_pool").await.is_empty());

    closes(&school.district, week).await;
    for kind in ["survey_pool", "lesson_pool"] {
        assert_eq!(school.readers(kind).await, ["mate", "lead"], "{kind}");
    }
    let pool = || {
        let feed = school.district.feed().into_iter();
        let pools = feed.filter(|(_, kind, ..)| kind.ends_with("_pool"));
        pools.collect::<BTreeSet<_>>()
    };
    let before = pool();
    assert!(format!("{before:?}").contains(r#"\"teachers\":5"#));

    // Whatever comes later, and who turns out not to be in the team, changes nothing that could be compared.
    let late = school.teacher.seal(answers(week, 1, 5), &[]);
    school.teacher.says(server, late).await;
    let change = team[0].seal(answers(week, 2, 5), &[]);
    team[0].says(server, change).await;
    school.district.settled().await;
    assert_eq!(pool(), before);
}

#[tokio::test]
async fn the_team_gets_the_questions_and_how_many_are_asked() {
    let school = School::open().await;
    let (_, lead) = &school.others[4];
    let body = json!({ "key": IDEA, "version": 2, "state": "baseline" }).to_string();
    let kept = lead.post(&school.district.server, IDEAS_PATH, body).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    school.district.settled().await;
    assert_eq!(school.readers("survey").await, ["mate"]);
    let own = school.own("survey").await;
    let [
        Document::Survey(SurveyDocument {
            questions, team, ..
        }),
    ] = own.as_slice()
    else {
        panic!("there are {}", own.len());
    };
    assert_eq!(*team, 2);
    assert_eq!(questions.last(), Some(&Question::common()));
    // Whoever joins changes how many there are.
    school
        .district
        .member(30, &[at_site(Role::Teacher), pilot()]);
    school.district.settled().await;
    let own = school.own("survey").await;
    assert!(matches!(own.as_slice(), [Document::Survey(survey)] if survey.team == 3));
}

#[rstest]
#[case::to_leaders_and_coaches(false, &["principal", "coach", "lead"])]
#[case::to_peers_too(true, &["principal", "coach", "colleague", "mate", "lead"])]
#[tokio::test]
async fn a_welcome_goes_to_those_who_may_visit_until_it_ends(
    #[case] peers: bool,
    #[case] readers: &[&str],
) {
    let school = School::open().await;
    let first = school
        .says(welcome(today(), peers), "The pairs talk.")
        .await;
    assert_eq!(school.readers("welcome").await, readers);
    school.says(WelcomeWithdrawn { welcome: first }, "").await;
    assert!(school.readers("welcome").await.is_empty());
    assert_eq!(school.own("welcome").await, []);
    // A day that is over invites nobody; its teacher still sees that it was said.
    school.says(welcome(today().plus(-2), peers), "").await;
    assert!(school.readers("welcome").await.is_empty());
    assert_eq!(school.own("welcome").await.len(), 1);
}

#[tokio::test]
async fn a_welcome_ends_with_its_day_by_itself() {
    let school = School::open().await;
    school.says(welcome(today(), true), "").await;
    let stored = school.district.server.stored().0;
    // As if the day were over: what is due is made again.
    let ago = "update event set body = cast(replace(cast(body as text), ?1, ?2) as blob)";
    let days = [today(), today().plus(-2)].map(|day| day.to_string());
    assert!(stored.execute(ago, days).is_ok_and(|changed| changed > 0));
    stored
        .execute("update voice_due set due_utc_ms = 1", [])
        .unwrap();
    school.district.settled().await;
    assert!(school.readers("welcome").await.is_empty());
}

#[tokio::test]
async fn whoever_does_not_teach_there_welcomes_nobody() {
    let school = School::open().await;
    let (_, elsewhere) = &school.others[5];
    let event = elsewhere.seal(welcome(today(), true), &[]);
    elsewhere.says(&school.district.server, event).await;
    school.district.settled().await;
    assert_eq!(school.readers("welcome").await, ["elsewhere"]);
}

/// Whether the visit of a colleague counts for others.
pub async fn counts(school: &School, visit: EventId) -> bool {
    let (_, colleague) = &school.others[2];
    let documents = colleague.documents(&school.district.server).await;
    let seen = documents.into_iter().find_map(|document| match document {
        Document::Walkthrough(seen) if seen.id == visit => Some(seen.refused.is_none()),
        _ => None,
    });
    seen.expect("the observer has it")
}

#[rstest]
#[case::of_peers_today(true, 0, true)]
#[case::of_peers_on_another_day(true, 1, false)]
#[case::of_leaders_alone(false, 0, false)]
#[tokio::test]
async fn a_welcome_of_peers_is_a_yes_to_a_visit_on_that_day(
    #[case] peers: bool,
    #[case] days: i64,
    #[case] wanted: bool,
) {
    let school = School::open().await;
    let (_, colleague) = &school.others[2];
    let server = &school.district.server;
    let visit = colleague.visit(named(&school.teacher), "I saw pairs.");
    let visit = colleague.says(server, visit).await;
    school.district.settled().await;
    assert!(!counts(&school, visit).await);
    // The yes may come after the visit: it is known from then on.
    let welcomed = school.says(welcome(today().plus(days), peers), "").await;
    assert_eq!(counts(&school, visit).await, wanted);
    // Taken back, it still covers what was recorded before.
    school
        .says(WelcomeWithdrawn { welcome: welcomed }, "")
        .await;
    assert_eq!(counts(&school, visit).await, wanted);
    let later = colleague.visit(named(&school.teacher), "I saw more.");
    let later = colleague.says(server, later).await;
    school.district.settled().await;
    assert!(!counts(&school, later).await);
}
