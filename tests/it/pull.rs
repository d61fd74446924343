//! What a pull must be, and who may ask.

use crate::district::{District, IDEA, post};
use crate::facts::named;
use lookfor::domain::document::Audience;
use lookfor::domain::people::{Place, Role};
use lookfor::domain::problem::Problem;
use lookfor::sync::office::ideas::IDEAS_PATH;
use lookfor::sync::protocol::{CLAIMS_PATH, EXPORT_PATH, NEWS_PATH, PULL_PATH, Pulled};
use rstest::rstest;

#[tokio::test]
async fn audiences_that_are_not_the_callers_are_lost_whatever_they_are() {
    let district = District::open().await;
    let member = district.member(1, &[]);
    district.settled().await;
    let keys = ["district", "moon", "site:x/coach"];
    let cursors: serde_json::Value = keys
        .iter()
        .map(|key| ((*key).to_owned(), 7.into()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let pull = serde_json::json!({ "protocol": 1, "feed": 1, "cursors": cursors });
    let answer = member.pull_once(&district.server, &pull).await;
    assert_eq!(answer.status, 200);
    let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(answer["lost"], serde_json::json!(keys));
}

/// A cursor that is larger than all of its audience was taken up to the number of the next document, whoever's it is: a
/// search by halves counted everybody's documents.
#[tokio::test]
async fn a_cursor_tells_nothing_of_what_others_get() {
    let district = District::open().await;
    let server = &district.server;
    let member = district.member(1, &[]);
    let lead = district.member(2, &[post(Role::Lead, Place::District)]);
    let idea = serde_json::json!({ "key": IDEA, "version": 2, "state": "baseline" });
    assert_eq!(
        lead.post(server, IDEAS_PATH, idea.to_string()).await.status,
        200
    );
    district.settled().await;
    let newest: u64 = {
        let sql = "select max(number) from document where audience = 'everyone'";
        let stored = district.server.stored().0;
        let newest = stored.query_row(sql, [], |row| row.get::<_, i64>(0));
        newest.unwrap().unsigned_abs()
    };
    // Something for others alone, so that the feed is further.
    let note = lead.visit(named(&member), "note-of-visit");
    lead.says(server, note).await;
    district.settled().await;
    let feed = member.pull_once(server, &pull_from(1, 0)).await;
    let feed: serde_json::Value = serde_json::from_slice(&feed.body).unwrap();
    let changes = async |cursor: u64| {
        let asked = pull_from(feed["feed"].as_u64().unwrap(), cursor);
        let answer = member.pull_once(server, &asked).await;
        let answer: Pulled = serde_json::from_slice(&answer.body).unwrap();
        let portions = answer.portions.into_iter();
        let mut everyone = portions.filter(|one| one.audience == Audience::Everyone);
        everyone.next().unwrap().changes.len()
    };
    assert_eq!(changes(newest).await, 0);
    let all = changes(0).await;
    assert!(all > 0);
    for beyond in [newest + 1, newest + 2, newest + 1_000] {
        assert_eq!(changes(beyond).await, all, "{beyond}");
    }
}

fn pull_from(feed: u64, cursor: u64) -> serde_json::Value {
    serde_json::json!({ "protocol": 1, "feed": feed, "cursors": { "everyone": cursor } })
}

#[rstest]
#[case::not_json("x", "request")]
#[case::no_cursors(r#"{"protocol":1,"feed":null}"#, "request")]
#[case::a_negative_cursor(r#"{"protocol":1,"feed":null,"cursors":{"everyone":-1}}"#, "request")]
#[case::something_else(r#"{"protocol":1,"feed":null,"cursors":{},"more":1}"#, "request")]
#[tokio::test]
async fn a_malformed_pull_is_refused(#[case] body: &str, #[case] wanted: &str) {
    let district = District::open().await;
    let member = district.member(1, &[]);
    let answer = member.post(&district.server, PULL_PATH, body.into()).await;
    assert_eq!(answer.status, 400);
    assert!(
        matches!(answer.problem(), Problem::Malformed { place, .. } if place == wanted),
        "{}",
        answer.text()
    );
}

#[rstest]
#[case::pull("POST", PULL_PATH)]
#[case::news("GET", NEWS_PATH)]
#[case::export("GET", EXPORT_PATH)]
#[case::claims("POST", CLAIMS_PATH)]
#[tokio::test]
async fn nothing_is_read_without_a_token(#[case] method: &str, #[case] path: &str) {
    let district = District::open().await;
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
    let request = crate::server::client()
        .request(method, format!("{}{path}", district.server.url))
        .header("content-type", "application/json")
        .body("{}");
    let answer = crate::server::Said::from(request).await;
    assert_eq!(
        (answer.status, answer.problem()),
        (401, Problem::NotSignedIn)
    );
}
