//! Change ideas: from the library into use and into everybody's feed, and forms of a district's own.

use crate::district::{District, IDEA, Member, post};
use crate::server::{Said, TestServer, client};
use crate::server_errors::{Broken, over};
use crate::signed_in::{assert_not_allowed, assert_not_signed_in, read};
use axum::body::Body;
use axum::http::Request;
use lookfor::domain::collect::form::{Form, FormRef};
use lookfor::domain::document::{Document, IdeaDocument};
use lookfor::domain::event::said;
use lookfor::domain::people::{Place, Role};
use lookfor::domain::plan::prediction::PredictionLocked;
use lookfor::domain::plan::stage::IdeaState;
use lookfor::domain::problem::Problem;
use lookfor::server::library::starter::{FILES, starter};
use lookfor::sync::office::ideas::{
    AddedForm, FORMS_PATH, FormFailure, IDEAS_PATH, IdeasInUse, KeptIdea, LIBRARY_PATH, Library,
    TOML,
};
use rstest::rstest;
use rusqlite::Connection;
use serde_json::{Value, json};
use tower::ServiceExt;

const WHOLE: &str = include_str!("../fixtures/forms/whole.toml");

/// What a prediction says.
const EXPECTED: [(&str, &str); 1] = [(said::PREDICTION, "70 % of visits")];

fn lead(district: &District) -> Member {
    district.member(1, &[post(Role::Lead, Place::District)])
}

fn teacher(district: &District) -> Member {
    district.member(2, &[crate::district::at_site(Role::Teacher)])
}

async fn keep(district: &District, who: &Member, body: Value) -> Said {
    who.post(&district.server, IDEAS_PATH, body.to_string())
        .await
}

/// An answer of the idea as it is now.
async fn kept(district: &District, who: &Member, body: Value) -> KeptIdea {
    read(&keep(district, who, body).await)
}

async fn add(district: &District, who: &Member, text: &str) -> Said {
    let path = format!("{}{FORMS_PATH}", district.server.url);
    let token = who.request(&district.server, "/").build().unwrap();
    let token = token.headers()["authorization"].clone();
    let request = client()
        .post(path)
        .header("authorization", token)
        .header("content-type", TOML)
        .body(text.to_owned());
    Said::from(request).await
}

async fn got<T: serde::de::DeserializeOwned>(district: &District, who: &Member, path: &str) -> T {
    read(&Said::from(who.request(&district.server, path)).await)
}

async fn faults(district: &District, who: &Member, text: &str) -> Vec<(u32, String)> {
    let said = add(district, who, text).await;
    assert_eq!(said.status, 400, "{}", said.text());
    let failure: FormFailure = serde_json::from_slice(&said.body).unwrap();
    assert!(matches!(&failure.problem, Problem::Malformed { place, .. } if place == "form"));
    let fault = |fault: &lookfor::sync::office::ideas::FormFault| {
        assert_ne!(fault.says.en, fault.says.es);
        (fault.line, fault.says.en.clone())
    };
    failure.faults.iter().map(fault).collect()
}

fn forms(documents: &[Document]) -> Vec<String> {
    let form = |document: &Document| match document {
        Document::Form(form) => Some(form.form.document_id()),
        _ => None,
    };
    documents.iter().filter_map(form).collect()
}

fn idea(documents: &[Document], key: &str) -> IdeaDocument {
    let idea = documents.iter().find_map(|document| match document {
        Document::Idea(idea) if idea.key == key => Some(idea.clone()),
        _ => None,
    });
    idea.expect("everybody has it")
}

#[tokio::test]
async fn everybody_sees_the_library_and_nothing_is_in_use_before_somebody_says_so() {
    let district = District::open().await;
    let teacher = teacher(&district);
    let library: Library = got(&district, &teacher, LIBRARY_PATH).await;
    assert_eq!(library.ideas.len(), FILES.len());
    for (idea, starter) in library.ideas.iter().zip({
        let mut starter: Vec<_> = starter().iter().collect();
        starter.sort_by_key(|idea| &idea.form.form.key);
        starter
    }) {
        assert_eq!(idea.form, starter.form.form);
        assert!((4..=6).contains(&idea.core) && idea.core <= idea.look_fors && !idea.in_use);
    }
    let ideas: IdeasInUse = got(&district, &teacher, IDEAS_PATH).await;
    assert_eq!(
        (ideas.ideas.len(), ideas.active, ideas.active_advised),
        (0, 0, 3)
    );
    district.settled().await;
    assert!(forms(&teacher.documents(&district.server).await).is_empty());
}

#[tokio::test]
async fn an_idea_in_use_is_in_everybodys_feed_with_every_version_of_its_form() {
    let district = District::open().await;
    let (lead, teacher) = (lead(&district), teacher(&district));
    let put = json!({"key": IDEA, "state": "baseline"});
    let answer = kept(&district, &lead, put.clone()).await;
    assert_eq!(
        (answer.idea.form.version, answer.idea.cycle, answer.active),
        (2, 1, 1)
    );
    district.settled().await;
    let documents = teacher.documents(&district.server).await;
    assert_eq!(forms(&documents), ["three-reads@0001", "three-reads@0002"]);
    let told = idea(&documents, IDEA);
    assert_eq!((told.state, told.cycle), (IdeaState::Baseline, 1));
    assert_eq!(told.form.version, 2);
    assert_eq!(told.title.en, "Three reads");
    // The version that devices had before is the one that they had.
    assert!(documents.contains(&Document::Form(Form::three_reads())));
    // The same again is nothing new.
    let again = kept(&district, &lead, put).await;
    assert_eq!(again, answer);
    let library: Library = got(&district, &teacher, LIBRARY_PATH).await;
    let in_use = library.ideas.iter().filter(|idea| idea.in_use);
    assert_eq!(in_use.count(), 1);
}

#[tokio::test]
async fn testing_waits_for_the_prediction_of_its_cycle() {
    let district = District::open().await;
    let lead = lead(&district);
    let teacher = teacher(&district);
    let testing = json!({"key": IDEA, "state": "testing"});
    let locked = |cycle| PredictionLocked {
        idea: IDEA.into(),
        cycle,
    };
    kept(&district, &lead, json!({"key": IDEA, "state": "baseline"})).await;
    let refused = keep(&district, &lead, testing.clone()).await;
    assert_eq!(refused.problem(), Problem::PredictionFirst);
    // What somebody outside the team says locks nothing, nor does what is for a cycle far ahead.
    teacher
        .says(&district.server, teacher.seal(locked(1), &EXPECTED))
        .await;
    lead.says(&district.server, lead.seal(locked(3), &EXPECTED))
        .await;
    let refused = keep(&district, &lead, testing.clone()).await;
    assert_eq!(refused.problem(), Problem::PredictionFirst);
    lead.says(&district.server, lead.seal(locked(1), &EXPECTED))
        .await;
    let answer = kept(&district, &lead, testing.clone()).await;
    assert_eq!(
        (answer.idea.state, answer.idea.cycle),
        (IdeaState::Testing, 1)
    );
    let refused = keep(&district, &lead, json!({"key": IDEA, "state": "baseline"})).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (400, Problem::NotTheNextStep)
    );
    kept(&district, &lead, json!({"key": IDEA, "state": "adapted"})).await;
    // The next cycle has a prediction of its own.
    let refused = keep(&district, &lead, testing.clone()).await;
    assert_eq!(refused.problem(), Problem::PredictionFirst);
    lead.says(&district.server, lead.seal(locked(2), &EXPECTED))
        .await;
    let answer = kept(&district, &lead, testing).await;
    assert_eq!(answer.idea.cycle, 2);
    district.settled().await;
    let told = idea(&teacher.documents(&district.server).await, IDEA);
    assert_eq!((told.state, told.cycle), (IdeaState::Testing, 2));
    assert_eq!(told.cycle_from_utc_ms, answer.idea.cycle_from_utc_ms);
    // What was said of this cycle when the first was under way came too early.
    kept(&district, &lead, json!({"key": IDEA, "state": "adapted"})).await;
    let refused = keep(&district, &lead, json!({"key": IDEA, "state": "testing"})).await;
    assert_eq!(refused.problem(), Problem::PredictionFirst);
}

#[tokio::test]
async fn a_team_that_began_on_paper_says_since_when() {
    let district = District::open().await;
    let lead = lead(&district);
    let since = |state: &str, since_utc_ms: i64| json!({"key": IDEA, "state": state, "since_utc_ms": since_utc_ms});
    let refused = keep(&district, &lead, since("baseline", i64::MAX)).await;
    assert!(matches!(
        refused.problem(),
        Problem::Malformed { place, .. } if place == "since_utc_ms"
    ));
    let answer = kept(&district, &lead, since("baseline", 5_000)).await;
    assert_eq!(answer.idea.cycle_from_utc_ms, 5_000);
    let locked = PredictionLocked {
        idea: IDEA.into(),
        cycle: 1,
    };
    lead.says(&district.server, lead.seal(locked, &EXPECTED))
        .await;
    // Nothing begins before what it follows.
    let refused = keep(&district, &lead, since("testing", 4_999)).await;
    assert_eq!(refused.status, 400);
    let answer = kept(&district, &lead, since("testing", 9_000)).await;
    assert_eq!(
        (answer.idea.state_from_utc_ms, answer.idea.cycle_from_utc_ms),
        (9_000, 9_000)
    );
}

#[tokio::test]
async fn more_than_three_active_ideas_are_taken_and_counted() {
    let district = District::open().await;
    let lead = lead(&district);
    for number in 1u32..=4 {
        let key = format!("own-{number}");
        let text = WHOLE.replacen("key = \"whole\"", &format!("key = \"{key}\""), 1);
        let added: AddedForm = read(&add(&district, &lead, &text).await);
        assert_eq!(added.form.version, 1);
        let answer = kept(&district, &lead, json!({"key": key, "state": "baseline"})).await;
        assert_eq!((answer.active, answer.active_advised), (number, 3));
    }
}

#[rstest]
#[case::no_such_form(json!({"key": "moon", "state": "drafted"}), "key")]
#[case::no_such_version(json!({"key": IDEA, "state": "drafted", "version": 9}), "version")]
#[case::no_key(json!({"key": "", "state": "drafted"}), "key")]
#[case::no_state(json!({"key": IDEA}), "request")]
#[case::an_unknown_state(json!({"key": IDEA, "state": "loved"}), "request")]
#[case::more_than_is_asked_for(json!({"key": IDEA, "state": "drafted", "cycle": 4}), "request")]
#[tokio::test]
async fn what_cannot_be_put_to_use_is_refused(#[case] body: Value, #[case] place: &str) {
    let district = District::open().await;
    let lead = lead(&district);
    let said = keep(&district, &lead, body).await;
    assert_eq!(crate::office::problem_at(&said), place);
    let ideas: IdeasInUse = got(&district, &lead, IDEAS_PATH).await;
    assert_eq!(ideas.ideas, []);
}

#[tokio::test]
async fn only_leads_and_admins_change_ideas_and_forms() {
    let district = District::open().await;
    let others = [
        teacher(&district),
        district.member(3, &[crate::district::at_site(Role::Principal)]),
        district.member(4, &[post(Role::Pilot, Place::Idea(IDEA.into()))]),
        district.member(5, &[]),
    ];
    let put = json!({"key": IDEA, "state": "drafted"});
    for other in &others {
        assert_not_allowed(&keep(&district, other, put.clone()).await);
        assert_not_allowed(&add(&district, other, WHOLE).await);
    }
    for path in [LIBRARY_PATH, IDEAS_PATH] {
        assert_not_signed_in(&district.server.get(path).await);
    }
    let admin = district.member(6, &[post(Role::Admin, Place::District)]);
    kept(&district, &admin, put).await;
    assert_eq!(add(&district, &admin, WHOLE).await.status, 200);
}

#[tokio::test]
async fn a_form_with_faults_is_told_each_of_them_and_changes_nothing() {
    let district = District::open().await;
    let lead = lead(&district);
    let text = WHOLE
        .replacen("kind = \"timer\"", "kind = \"clock\"", 1)
        .replacen("es = \"Alguien cuenta\"", "", 1)
        .replacen("by_week = 4", "by_week = 0", 1);
    let lines: Vec<u32> = faults(&district, &lead, &text)
        .await
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    let line = |what: &str| text.lines().position(|one| one.contains(what)).unwrap() as u32 + 1;
    assert_eq!(
        lines,
        [line("# counted"), line("\"clock\""), line("by_week = 0")]
    );
    let library: Library = got(&district, &lead, LIBRARY_PATH).await;
    assert_eq!(library.ideas.len(), FILES.len());
}

#[tokio::test]
async fn a_published_version_stays_and_the_next_one_keeps_what_its_keys_mean() {
    let district = District::open().await;
    let (lead, teacher) = (lead(&district), teacher(&district));
    for _ in 0..2 {
        let added: AddedForm = read(&add(&district, &lead, WHOLE).await);
        let (key, version) = ("whole".to_owned(), 1);
        assert_eq!(added.form, FormRef { key, version });
    }
    let other = WHOLE.replacen("en = \"Somebody counts\"", "en = \"Anybody counts\"", 1);
    let said = faults(&district, &lead, &other).await;
    assert_eq!(said.len(), 1);
    assert!(
        said[0].0 == 3 && said[0].1.contains("version = 2"),
        "{said:?}"
    );
    let version =
        |version: u32, text: &str| text.replacen("version = 1", &format!("version = {version}"), 1);
    let said = faults(&district, &lead, &version(3, &other)).await;
    assert!(said[0].1.contains('2'), "{said:?}");
    // A key that now means something else.
    let turned = version(2, WHOLE).replacen("kind = \"timer\"", "kind = \"states\"", 1);
    let said = faults(&district, &lead, &turned).await;
    assert_eq!(said.len(), 1, "{said:?}");
    kept(
        &district,
        &lead,
        json!({"key": "whole", "state": "drafted"}),
    )
    .await;
    assert_eq!(add(&district, &lead, &version(2, &other)).await.status, 200);
    // It is there, and visits begin on the one before until somebody says otherwise.
    district.settled().await;
    let documents = teacher.documents(&district.server).await;
    assert_eq!(idea(&documents, "whole").form.version, 1);
    let ideas: IdeasInUse = got(&district, &lead, IDEAS_PATH).await;
    assert_eq!(ideas.ideas[0].newest, 2);
    let taken = json!({"key": "whole", "state": "drafted", "version": 2});
    kept(&district, &lead, taken).await;
    district.settled().await;
    let documents = teacher.documents(&district.server).await;
    assert_eq!(idea(&documents, "whole").form.version, 2);
    assert_eq!(forms(&documents), ["whole@0001", "whole@0002"]);
}

#[tokio::test]
async fn a_district_goes_on_with_an_idea_of_the_library_by_itself() {
    let district = District::open().await;
    let lead = lead(&district);
    let (_, three_reads) = FILES
        .iter()
        .find(|(name, _)| *name == "three-reads.toml")
        .unwrap();
    let own = three_reads
        .replacen("version = 2", "version = 3", 1)
        .replacen("First read\"", "The first read\"", 1);
    assert_eq!(add(&district, &lead, &own).await.status, 200);
    let library: Library = got(&district, &lead, LIBRARY_PATH).await;
    let idea = library
        .ideas
        .iter()
        .find(|idea| idea.form.key == IDEA)
        .unwrap();
    assert_eq!(idea.form.version, 3);
}

#[rstest]
#[case::json("application/json")]
#[case::nothing("")]
#[tokio::test]
async fn a_form_says_that_it_is_toml(#[case] content_type: &'static str) {
    let server = TestServer::start().await;
    let lead = lookfor::domain::people::Post {
        role: Role::Lead,
        place: Place::District,
    };
    let token = server.person(1, &[lead]).await;
    let request = client()
        .post(format!("{}{FORMS_PATH}", server.url))
        .bearer_auth(token)
        .header("content-type", content_type);
    let said = Said::from(request.body(WHOLE)).await;
    assert_eq!(said.status, 415);
    assert!(matches!(said.problem(), Problem::Malformed { place, .. } if place == "content-type"));
}

#[tokio::test]
async fn a_rebuild_and_a_restart_make_the_same_documents() {
    let mut district = District::open().await;
    let lead = lead(&district);
    kept(&district, &lead, json!({"key": IDEA, "state": "baseline"})).await;
    district.settled().await;
    let before = district.feed();
    for rebuild in [false, true] {
        let data = district.server.data.clone();
        district.server.stop().await;
        let next = TestServer::with(|config| {
            config.data = data;
            config.rebuild = rebuild;
        });
        district.follow(next.await);
        district.settled().await;
        assert_eq!(district.feed(), before);
    }
}

#[tokio::test]
async fn what_was_recorded_before_there_were_ideas_goes_on_as_a_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let file = Connection::open(folder.path().join("lookfor.sqlite")).unwrap();
    file.execute_batch(include_str!("../fixtures/server/v1.sql"))
        .unwrap();
    file.close().unwrap();
    let district = District::with_data(folder.path().to_owned()).await;
    let sql = "select count(*) from document where body is not null and kind in ('form', 'idea')";
    district.until(sql, 3).await;
    let sql = "select count(*) from idea where state = 'baseline' and form_version = 1";
    district.until(sql, 1).await;
}

#[tokio::test]
async fn a_store_that_fails_is_not_explained() {
    for path in [LIBRARY_PATH, IDEAS_PATH] {
        let request = Request::get(path)
            .header("authorization", "Bearer x")
            .body(Body::empty());
        let answer = over(Broken::Fails).oneshot(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), 500);
    }
}
