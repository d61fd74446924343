//! Change ideas in a browser: put to use, taken further, and forms of a district's own.

use super::{A_LEAD, AN_ADMIN, Visitor, faults, school};
use crate::server::TestServer;
use lookfor::domain::plan::stage::IdeaState;
use lookfor::server::library::starter::starter;
use lookfor::server::store::forms::{Forms, Ideas};
use rstest::rstest;

const WHOLE: &str = include_str!("../../fixtures/forms/whole.toml");
const FORMS: &str = "/office/ideas/forms";

fn step<'a>(key: &'a str, state: &'a str) -> [(&'a str, &'a str); 2] {
    [("key", key), ("state", state)]
}

async fn states(server: &TestServer) -> Vec<(String, IdeaState)> {
    let ideas = server.store().ideas().await.unwrap().into_iter();
    ideas.map(|idea| (idea.form.key, idea.state)).collect()
}

#[tokio::test]
async fn a_lead_puts_an_idea_to_use_and_takes_it_where_it_may_go() {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let text = lead.get("/office/ideas").await.text();
    assert_eq!(text.matches("Put to use (baseline)</button>").count(), 12);
    assert!(text.contains("No idea is in use yet"));
    let three = starter()
        .iter()
        .find(|idea| idea.form.form.key == "three-reads");
    let theory = three.unwrap().form.theory.en.replace('\'', "&#39;");
    assert!(text.contains(&theory) && text.contains("look-fors in a solo visit"));
    let put = step("three-reads", "baseline");
    let text = lead.done("/office/ideas", &put).await.text();
    assert_eq!(faults(&text), Vec::<String>::new());
    assert!(text.contains("in baseline") && text.contains("Changed where the idea stands"));
    assert_eq!(text.matches("Put to use (baseline)</button>").count(), 11);
    // What may follow has a button, and nothing else.
    assert!(text.contains("Begin testing</summary>") && text.contains("Abandon</button>"));
    assert!(!text.contains("Adopt</button>") && !text.contains("Begin baseline</button>"));
    // Testing needs a prediction that is locked; a step too far is none.
    for (state, why) in [("testing", "rediction"), ("adopted", "does not go there")] {
        let said = lead
            .post("/office/ideas", &step("three-reads", state))
            .await;
        assert_eq!(said.status, 400, "{}", said.text());
        assert!(said.text().contains(why), "{state}");
    }
    let kept = [("three-reads".to_owned(), IdeaState::Baseline)];
    assert_eq!(states(&server).await, kept);
    for (key, state) in [("nothing", "baseline"), ("three-reads", "won")] {
        let said = lead.post("/office/ideas", &step(key, state)).await;
        assert_eq!(said.status, 404);
    }
    // The overview says the same.
    let text = lead.get("/office").await.text();
    assert!(text.contains("Three reads") && text.contains("in baseline"));
}

#[rstest]
#[case::a_lead(A_LEAD)]
#[case::an_admin(AN_ADMIN)]
#[tokio::test]
async fn testing_begins_with_a_prediction_that_nobody_changes_afterwards(#[case] whom: u8) {
    let server = school().await;
    let mut visitor = Visitor::enter(&server, whom).await;
    visitor.get("/office/ideas").await;
    visitor
        .done("/office/ideas", &step("three-reads", "baseline"))
        .await;
    let begin = |expected| {
        [
            ("key", "three-reads"),
            ("state", "testing"),
            ("prediction", expected),
        ]
    };
    let said = visitor.post("/office/ideas", &begin(" \u{200b} ")).await;
    assert_eq!(said.status, 404);
    let text = visitor
        .done(
            "/office/ideas",
            &begin("In three of four visits they say it."),
        )
        .await
        .text();
    assert_eq!(faults(&text), Vec::<String>::new());
    let kept = [("three-reads".to_owned(), IdeaState::Testing)];
    assert_eq!(states(&server).await, kept);
    let said = visitor
        .post("/office/ideas", &begin("In all of them."))
        .await;
    assert_eq!(said.status, 400);
    assert!(said.text().contains("was locked before"));
    let sql = "select count(*) from event where kind = 'prediction_locked'";
    let locked: u32 = server
        .stored()
        .0
        .query_row(sql, [], |row| row.get(0))
        .unwrap();
    assert_eq!(locked, 1);
    // The next cycle has one of its own.
    visitor
        .done("/office/ideas", &step("three-reads", "adapted"))
        .await;
    visitor
        .done("/office/ideas", &begin("Now in all of them."))
        .await;
    let locked: u32 = server
        .stored()
        .0
        .query_row(sql, [], |row| row.get(0))
        .unwrap();
    assert_eq!(locked, 2);
}

#[tokio::test]
async fn the_week_of_a_test_is_counted_by_the_clocks_of_the_district() {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    lead.get("/office/ideas").await;
    let put = step("three-reads", "baseline");
    let text = lead.done("/office/ideas", &put).await.text();
    // Before the test there is a cycle, and no week of it.
    assert!(text.contains(">1</td>") && !text.contains("1, week"));
    let stored = server.stored().0;
    let sql = "insert into district values (1, 'Invented', 'America/Los_Angeles', 7, '[]')";
    stored.execute(sql, []).unwrap();
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    for (began_utc_ms, week) in [(now_utc_ms, 1), (now_utc_ms - 14 * DAY_MS, 3)] {
        let sql = "update idea set state = 'testing', cycle_from_utc_ms = ?1";
        assert_eq!(stored.execute(sql, [began_utc_ms]), Ok(1));
        let text = lead.get("/office/ideas").await.text();
        assert!(text.contains(&format!(">1, week {week}</td>")), "{text}");
    }
    let speak = [("language", "es"), ("back", "/office/ideas")];
    let text = lead.done("/office/language", &speak).await.text();
    assert!(text.contains(">1, semana 3</td>"));
}

#[tokio::test]
async fn more_than_three_active_ideas_are_said_and_taken() {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    lead.get("/office/ideas").await;
    let mut text = String::new();
    for idea in starter().iter().take(4) {
        assert!(!text.contains("at a time are advised"));
        let put = step(&idea.form.form.key, "baseline");
        text = lead.done("/office/ideas", &put).await.text();
    }
    assert!(text.contains("4 ideas are in baseline or testing; 3 at a time are advised."));
}

#[rstest]
#[case::english("en", "Line")]
#[case::spanish("es", "Línea")]
#[tokio::test]
async fn a_form_with_two_faults_shows_both_lines_and_is_added_when_they_are_gone(
    #[case] language: &str,
    #[case] line: &str,
) {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    lead.get("/office").await;
    let speak = [("language", language), ("back", "/office/ideas")];
    lead.post("/office/language", &speak).await;
    lead.get("/office/ideas").await;
    let broken = WHOLE
        .replacen("kind = \"timer\"", "kind = \"clock\"", 1)
        .replacen("by_week = 4", "by_week = 0", 1);
    let number = |what: &str| broken.lines().position(|one| one.contains(what)).unwrap() + 1;
    let lines = [number("\"clock\""), number("by_week = 0")];
    for file in [Some(("own.toml", broken.as_bytes())), None] {
        let said = lead.upload(FORMS, &[("text", &broken)], file).await;
        assert_eq!(said.status, 400);
        let text = said.text();
        assert_eq!(faults(&text), Vec::<String>::new());
        for number in lines {
            assert!(text.contains(&format!("<li>{line} {number}, ")), "{text}");
        }
        // What was wrong stands there to be corrected.
        assert!(text.contains("kind = &quot;clock&quot;"));
    }
    let shelf = server.store().shelf().await.unwrap();
    assert_eq!(shelf.len(), 12);
    let said = lead
        .upload(FORMS, &[("text", "")], Some(("own.toml", WHOLE.as_bytes())))
        .await;
    assert_eq!(
        (said.status, said.header("location")),
        (303, "/office/ideas?done=form")
    );
    let text = lead
        .done("/office/ideas", &step("whole", "baseline"))
        .await
        .text();
    assert!(text.contains("A whole form") || text.contains("Un formulario completo"));
    // A version that is kept stays as it is.
    let other = WHOLE.replacen("en = \"Somebody counts\"", "en = \"Anybody counts\"", 1);
    let said = lead.upload(FORMS, &[("text", &other)], None).await;
    assert!(said.status == 400 && said.text().contains(&format!("{line} 3, ")));
}

#[tokio::test]
async fn what_is_no_form_says_so() {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    lead.get("/office/ideas").await;
    let nothing = lead.upload(FORMS, &[("text", " ")], None).await;
    assert!(nothing.status == 400 && nothing.text().contains("Choose a file, or paste"));
    let bytes = lead
        .upload(FORMS, &[], Some(("own.toml", b"\xff\xfe")))
        .await;
    assert!(bytes.status == 400 && bytes.text().contains("no text in UTF-8"));
    let large = vec![b'#'; 64 * 1024 + 1];
    let large = lead.upload(FORMS, &[], Some(("own.toml", &large))).await;
    assert_eq!(large.status, 413);
    // An ordinary form is none with a file.
    assert_eq!(lead.post(FORMS, &[("text", WHOLE)]).await.status, 403);
}

#[tokio::test]
async fn a_form_with_a_file_is_taken_only_from_the_office() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    admin.get("/office/ideas").await;
    let good = std::mem::take(&mut admin.token);
    let file = Some(("own.toml", WHOLE.as_bytes()));
    for path in [FORMS, "/office/imports"] {
        assert_eq!(admin.upload(path, &[], file).await.status, 403);
        // A token that comes later is none.
        let later = [("token", good.as_str())];
        assert_eq!(admin.upload(path, &later, file).await.status, 403);
    }
    admin.token = good;
    for from in [Some("cross-site"), None] {
        admin.from = from;
        assert_eq!(admin.upload(FORMS, &[], file).await.status, 403);
    }
    assert_eq!(server.store().shelf().await.unwrap().len(), 12);
}
