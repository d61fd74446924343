//! Pushes that are refused as a whole: with a clear code that quotes nothing, and nothing kept.

use crate::server::{Said, TestServer, client, push_text, sealed};
use crate::signed_in::token;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::{PUSH_MAX_BYTES, PUSH_PATH};
use rstest::rstest;

pub fn good() -> String {
    push_text(&[sealed(1, 1)])
}

fn malformed(place: &str) -> impl Fn(&Problem) -> bool {
    move |problem| matches!(problem, Problem::Malformed { place: found, .. } if found == place)
}

fn is(wanted: Problem) -> impl Fn(&Problem) -> bool {
    move |problem| *problem == wanted
}

const LATER: Problem = Problem::ProtocolVersion { known: 1, got: 2 };

#[rstest]
#[case::empty(String::new(), malformed("request"))]
#[case::not_json("walkthrough".into(), malformed("request"))]
#[case::cut_off(good()[..good().len() / 2].into(), malformed("request"))]
#[case::something_after_it(good() + "{}", malformed("request"))]
#[case::a_list("[]".into(), malformed("request"))]
#[case::a_number("1".into(), malformed("request"))]
#[case::no_protocol(r#"{"envelopes":[]}"#.into(), malformed("request"))]
#[case::protocol_in_quotes(r#"{"protocol":"1","envelopes":[]}"#.into(), malformed("request"))]
#[case::protocol_negative(r#"{"protocol":-1,"envelopes":[]}"#.into(), malformed("request"))]
#[case::protocol_twice(r#"{"protocol":1,"protocol":1,"envelopes":[]}"#.into(), malformed("request"))]
#[case::no_envelopes(r#"{"protocol":1}"#.into(), malformed("request"))]
#[case::zero_envelopes(r#"{"protocol":1,"envelopes":[]}"#.into(), malformed("envelopes"))]
#[case::envelopes_of_null(r#"{"protocol":1,"envelopes":[null]}"#.into(), malformed("request"))]
#[case::a_body_that_is_an_object(r#"{"protocol":1,"envelopes":[{"body":{}}]}"#.into(), malformed("request"))]
#[case::a_field_nobody_asked_for(good().replacen('{', r#"{"as":"admin","#, 1), malformed("request"))]
#[case::half_a_surrogate(r#"{"protocol":1,"envelopes":[{"body":"\ud800"}]}"#.into(), malformed("request"))]
#[case::very_deep(format!(r#"{{"protocol":1,"envelopes":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000)), malformed("request"))]
#[case::a_later_protocol(r#"{"protocol":2,"parcels":{"of":"next year"}}"#.into(), is(LATER))]
#[case::a_later_protocol_with_our_shape(good().replacen(":1,", ":2,", 1), is(LATER))]
#[case::protocol_zero(r#"{"protocol":0}"#.into(), is(Problem::ProtocolVersion { known: 1, got: 0 }))]
#[case::one_too_many(push_text(&vec![sealed(1, 1); 101]), is(Problem::TooMany { limit: 100 }))]
#[tokio::test]
async fn a_push_that_is_not_one_is_refused_as_a_whole(
    #[case] text: String,
    #[case] is_it: impl Fn(&Problem) -> bool,
) {
    let server = TestServer::start().await;
    let said = server.post(text).await;
    assert_eq!(said.status, 400);
    assert!(is_it(&said.problem()), "{:?}", said.problem());
    assert_eq!(server.stored().count(), 0);
}

#[rstest]
#[case::unknown_to_the_protocol(r#"{"protocol":1,"Ms. Ortega":1}"#)]
#[case::of_the_wrong_type(r#"{"protocol":1,"envelopes":"Ms. Ortega"}"#)]
#[case::where_a_number_should_be(r#"{"protocol":"Ms. Ortega"}"#)]
#[case::in_an_envelope(r#"{"protocol":1,"envelopes":[{"body":"{\"id\":\"Ms. Ortega\"}"}]}"#)]
#[tokio::test]
async fn no_answer_quotes_what_came(#[case] text: &'static str) {
    let server = TestServer::start().await;
    assert!(!server.post(text).await.text().contains("Ortega"));
}

#[tokio::test]
async fn bytes_that_are_not_utf_8_are_malformed() {
    let server = TestServer::start().await;
    let said = server
        .post(b"{\"protocol\":1,\"envelopes\":[{\"body\":\"\xff\"}]}".to_vec())
        .await;
    assert_eq!(said.status, 400);
    assert!(malformed("request")(&said.problem()));
}

#[rstest]
#[case::by_one_byte(PUSH_MAX_BYTES + 1)]
#[case::by_far(3 * PUSH_MAX_BYTES)]
#[tokio::test]
async fn a_push_that_is_too_large_hears_the_limit(#[case] size: usize) {
    let server = TestServer::start().await;
    let said = server.post(" ".repeat(size)).await;
    assert_eq!(said.status, 413);
    let limit_bytes = PUSH_MAX_BYTES as u64;
    let place = "request".into();
    assert_eq!(said.problem(), Problem::TooLarge { place, limit_bytes });
}

#[tokio::test]
async fn who_listens_only_after_sending_hears_the_limit_too() {
    let server = TestServer::start().await;
    let head = "host: x\r\nconnection: close\r\ncontent-type: application/json\r\n";
    let length = 3 * PUSH_MAX_BYTES;
    let head = format!("POST {PUSH_PATH} HTTP/1.1\r\n{head}content-length: {length}\r\n\r\n");
    let said = server.raw((head + &" ".repeat(length)).as_bytes()).await;
    assert!(said.starts_with("HTTP/1.1 413 "), "{said}");
}

#[tokio::test]
async fn the_largest_push_is_taken() {
    let server = TestServer::start().await;
    let text = good();
    let padding = " ".repeat(PUSH_MAX_BYTES - text.len());
    assert_eq!(server.post(text + &padding).await.status, 200);
}

#[rstest]
#[case::none(None)]
#[case::a_form(Some("application/x-www-form-urlencoded"))]
#[case::plain_text(Some("text/plain"))]
#[case::a_longer_name(Some("application/json5"))]
#[case::latin_1_in_the_header(Some("application/json\u{e9}"))]
#[tokio::test]
async fn what_does_not_say_that_it_is_json_is_refused(#[case] content_type: Option<&str>) {
    let server = TestServer::start().await;
    let mut request = client().post(format!("{}{PUSH_PATH}", server.url));
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type.as_bytes());
    }
    request = request.bearer_auth(token(1));
    let said = Said::from(request.body(good())).await;
    assert_eq!((said.status, said.problem()), (415, Problem::NotJson));
    assert_eq!(server.stored().count(), 0);
}

#[tokio::test]
async fn json_with_a_charset_is_json() {
    let server = TestServer::start().await;
    let request = client()
        .post(format!("{}{PUSH_PATH}", server.url))
        .header("content-type", "Application/JSON ; charset=utf-8")
        .bearer_auth(token(1));
    assert_eq!(Said::from(request.body(good())).await.status, 200);
}
