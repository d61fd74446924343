//! Pushing: what is stored, what is refused, and that asking again changes nothing.

use crate::server::{Stored, TestServer, edited, push, receipt, sealed};
use lookfor::domain::event::Envelope;
use lookfor::domain::hash::Sha256;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::Answer;
use rstest::rstest;

#[tokio::test]
async fn pushing_twice_stores_once_and_gives_the_same_receipt() {
    let server = TestServer::start().await;
    let first = server.push(&[sealed(1, 1)]).await;
    let again = server.push(&[sealed(1, 1)]).await;
    assert_eq!(first, again);
    let rows = server.stored().rows();
    assert_eq!(rows.len(), 1);
    let receipt = receipt(&first[0]);
    assert_eq!(rows[0].sha256, receipt.sha256.0);
    assert_eq!(receipt.server_number, 1);
    assert_eq!(rows[0].received_at_utc_ms, receipt.received_at_utc_ms);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_pushes_at_once_of_one_event_store_it_once() {
    let server = TestServer::start().await;
    let pushes: Vec<_> = (0..50)
        .map(|_| {
            let url = server.url.clone();
            tokio::spawn(async move { push(&url, &[sealed(1, 1)]).await.unwrap() })
        })
        .collect();
    let mut answers = Vec::new();
    for push in pushes {
        answers.extend(push.await.unwrap());
    }
    assert_eq!(answers.len(), 50);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    receipt(&answers[0]);
    assert_eq!(server.stored().count(), 1);
}

#[tokio::test]
async fn the_receipt_outlives_the_server_process() {
    let mut first = TestServer::start().await;
    let answers = first.push(&[sealed(1, 1)]).await;
    first.stop().await;
    let second = TestServer::with(|config| config.data.clone_from(&first.data)).await;
    assert_eq!(second.push(&[sealed(1, 1)]).await, answers);
}

#[tokio::test]
async fn a_refused_envelope_hinders_no_other() {
    let server = TestServer::start().await;
    server.push(&[sealed(1, 1)]).await;
    let other_bytes = edited(without_words(sealed(1, 1)), r#""visit":3"#, r#""visit":4"#);
    let not_a_body = Envelope {
        body: "{}".into(),
        words: None,
    };
    let batch = [
        sealed(1, 2),
        other_bytes,
        taking_the_number_of(sealed(1, 1)),
        not_a_body,
        sealed(1, 3),
    ];
    let answers = server.push(&batch).await;
    assert_eq!(receipt(&answers[0]).sha256, batch[0].sha256());
    assert_eq!(answers[1], Answer::Refused(Problem::IdTaken));
    assert_eq!(answers[2], Answer::Refused(Problem::NumberTaken));
    assert!(
        matches!(&answers[3], Answer::Refused(Problem::Malformed { place, .. }) if place == "body")
    );
    assert_eq!(receipt(&answers[4]).sha256, batch[4].sha256());
    assert_eq!(server.stored().count(), 3);
}

#[tokio::test]
async fn the_same_rules_hold_within_one_push() {
    let server = TestServer::start().await;
    let other_bytes = edited(without_words(sealed(1, 1)), r#""visit":3"#, r#""visit":4"#);
    let batch = [
        sealed(1, 1),
        sealed(1, 1),
        other_bytes,
        taking_the_number_of(sealed(1, 1)),
    ];
    let answers = server.push(&batch).await;
    assert_eq!(receipt(&answers[0]), receipt(&answers[1]));
    assert_eq!(answers[2], Answer::Refused(Problem::IdTaken));
    assert_eq!(answers[3], Answer::Refused(Problem::NumberTaken));
    assert_eq!(server.stored().count(), 1);
}

#[tokio::test]
async fn two_devices_may_have_the_same_number() {
    let server = TestServer::start().await;
    let first = server.push(&[sealed(1, 7)]).await;
    let second = server.push(&[sealed(2, 7)]).await;
    assert_ne!(receipt(&first[0]).id, receipt(&second[0]).id);
    assert_eq!(server.stored().count(), 2);
}

#[tokio::test]
async fn an_event_that_comes_again_without_or_with_other_words_gets_the_same_receipt() {
    let server = TestServer::start().await;
    let first = server.push(&[sealed(1, 1)]).await;
    let mut other_words = sealed(1, 1);
    other_words.words = other_words
        .words
        .map(|words| words.replace("Ortega", "Other"));
    let again = [without_words(sealed(1, 1)), other_words];
    let answers = server.push(&again).await;
    assert_eq!(answers, [first[0].clone(), first[0].clone()]);
    let kept = sealed(1, 1).words.map(String::into_bytes);
    assert_eq!(server.stored().rows()[0].words, kept);
}

#[tokio::test]
async fn words_that_differ_from_their_hash_are_refused_and_nothing_is_kept() {
    let server = TestServer::start().await;
    let mut envelope = sealed(1, 1);
    envelope.words = envelope.words.map(|words| words.replace("Ortega", "Other"));
    let answers = server.push(&[envelope]).await;
    assert_eq!(answers, [Answer::Refused(Problem::WordsDiffer)]);
    assert_eq!(server.stored().count(), 0);
}

#[rstest]
#[case::a_kind_of_next_year(
    r#""kind":"walkthrough_submitted""#,
    r#""kind":"moon_seen""#,
    "moon_seen"
)]
#[case::a_later_schema(r#""schema":1"#, r#""schema":4294967295"#, "walkthrough_submitted")]
#[case::a_kind_that_starts_with_nul(
    r#""kind":"walkthrough_submitted""#,
    r#""kind":"\u0000""#,
    "\0"
)]
#[tokio::test]
async fn what_the_server_does_not_know_is_stored_unread(
    #[case] from: &str,
    #[case] to: &str,
    #[case] kind: &str,
) {
    let server = TestServer::start().await;
    let envelope = edited(sealed(1, 1), from, to);
    let answers = server.push(std::slice::from_ref(&envelope)).await;
    assert_eq!(receipt(&answers[0]).sha256, envelope.sha256());
    let rows = server.stored().rows();
    assert_eq!(rows[0].kind, kind);
    assert_eq!(rows[0].body, envelope.body.as_bytes());
}

#[rstest]
#[case::odd_spacing(r#""data":{"#, "\"data\" :\t\n  {  ")]
#[case::escapes_that_could_be_written_otherwise(
    "walkthrough_submitted",
    r"\u0077alkthrough\u005fsubmitted"
)]
#[case::a_field_of_a_later_version(r#""data":{"#, r#""later":"¿é\u00e9? 🎈","data":{"#)]
#[case::the_largest_number(r#""number":1,"#, r#""number":9007199254740991,"#)]
#[tokio::test]
async fn the_bytes_are_stored_as_they_came(#[case] from: &str, #[case] to: &str) {
    let server = TestServer::start().await;
    let envelope = edited(sealed(1, 1), from, to);
    let answers = server.push(std::slice::from_ref(&envelope)).await;
    let rows = server.stored().rows();
    assert_eq!(rows[0].body, envelope.body.as_bytes());
    assert_eq!(Sha256::of(&rows[0].body), receipt(&answers[0]).sha256);
    assert_eq!(rows[0].sha256, receipt(&answers[0]).sha256.0);
    assert_eq!(rows[0].words, envelope.words.map(String::into_bytes));
}

#[tokio::test]
async fn a_push_that_the_store_cannot_finish_keeps_nothing() {
    let server = TestServer::start().await;
    let Stored(outside) = server.stored();
    outside
        .execute_batch(
            "create trigger full before insert on event when new.number = 2
             begin select raise(abort, 'the disk is full'); end",
        )
        .unwrap();
    let batch = [sealed(1, 1), sealed(1, 2), sealed(1, 3)];
    let response = server.post(crate::server::push_text(&batch)).await;
    assert_eq!(response.status, 500);
    assert_eq!(response.problem(), Problem::ServerFailed);
    assert_eq!(server.stored().count(), 0);

    outside.execute_batch("drop trigger full").unwrap();
    let answers = server.push(&batch).await;
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Answer::Receipt(_)))
    );
}

fn without_words(mut envelope: Envelope) -> Envelope {
    envelope.words = None;
    envelope
}

/// Another event, with an id of its own, under the device and number of this one.
fn taking_the_number_of(envelope: Envelope) -> Envelope {
    edited(envelope, r#"{"id":"0"#, r#"{"id":"1"#)
}
