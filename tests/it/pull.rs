//! What a pull must be, and who may ask.

use crate::district::District;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::{CLAIMS_PATH, EXPORT_PATH, NEWS_PATH, PULL_PATH};
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
