//! Thousands of pushes, each broken in some way: never a fault of ours, never a silent row.

use crate::server::{Stored, edited, push_text, sealed};
use crate::signed_in::{person, sign_in, sign_in_with, token};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use lookfor::domain::hash::Sha256;
use lookfor::domain::problem::Problem;
use lookfor::server::router::{Shared, router};
use lookfor::server::store::sqlite::SqliteStore;
use lookfor::sync::protocol::{Answer, Failure, PUSH_PATH, Pushed, Receipt};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use tower::ServiceExt;

const CASES: u32 = 3_000;

/// One way to break a push.
#[derive(Clone, Debug)]
enum Break {
    /// A value somewhere in the push, or in the body or the words that an envelope carries.
    Value(Part, Index, Value),
    /// A field that is not there any more.
    Without(Part, Index),
    /// A field that nobody asked for.
    With(Part, Index, Value),
    /// Bytes in the place of others.
    Bytes(Index, usize, Vec<u8>),
    /// The text ends early.
    Cut(Index),
}

/// Which JSON text is broken.
#[derive(Clone, Copy, Debug)]
enum Part {
    Push,
    Body,
    Words,
}

fn odd_value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(|number| json!(number)),
        any::<u64>().prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| json!(number)),
        select(vec![0_u64, 1, 2, 4_294_967_296, 9_007_199_254_740_992]).prop_map(|n| json!(n)),
    ];
    let text = prop_oneof![
        any::<String>(),
        select(vec![
            "",
            "\0",
            "walkthrough_submitted",
            "null",
            "../..",
            "'; drop table event; --"
        ])
        .prop_map(str::to_owned),
        (0_usize..70_000).prop_map(|length| "é".repeat(length)),
    ];
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|it| json!(it)),
        number,
        text.prop_map(|text| json!(text)),
        (1_usize..200).prop_map(|depth| (0..depth).fold(json!([]), |inner, _| json!([inner]))),
        (0_usize..300).prop_map(|length| json!(vec![json!({"body": "{}"}); length])),
        any::<String>().prop_map(|key| json!({ key: 1 })),
    ]
}

fn odd_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..8),
        select(vec![
            "1e999",
            "-0",
            "-1",
            "99999999999999999999999",
            "0.1",
            "NaN",
            "null",
            "{}",
            "[]",
            "\"",
            "\\",
            "\\ud800",
            "\\u0000",
            ",",
            "}",
            "{\"protocol\":1,",
            "\"protocol\":2,",
            "\u{feff}",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        (1_usize..50_000).prop_map(|depth| vec![b'['; depth]),
    ]
}

fn a_break() -> impl Strategy<Value = Break> {
    let part = || select(vec![Part::Push, Part::Body, Part::Body, Part::Words]);
    prop_oneof![
        4 => (part(), any::<Index>(), odd_value()).prop_map(|(p, i, v)| Break::Value(p, i, v)),
        2 => (part(), any::<Index>()).prop_map(|(p, i)| Break::Without(p, i)),
        1 => (part(), any::<Index>(), odd_value()).prop_map(|(p, i, v)| Break::With(p, i, v)),
        3 => (any::<Index>(), 0_usize..6, odd_bytes()).prop_map(|(i, n, b)| Break::Bytes(i, n, b)),
        1 => any::<Index>().prop_map(Break::Cut),
    ]
}

/// Every value inside `value`, itself first, as JSON pointers.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{here}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(field, &format!("{here}/{key}"), found);
            }
        }
        _ => {}
    }
}

fn break_value(whole: &mut Value, how: &Break) {
    let (Break::Value(_, index, _) | Break::Without(_, index) | Break::With(_, index, _)) = how
    else {
        return;
    };
    let mut found = Vec::new();
    pointers(whole, "", &mut found);
    let pointer = index.get(&found);
    match how {
        Break::Value(_, _, value) => *whole.pointer_mut(pointer).unwrap() = value.clone(),
        Break::Without(..) => {
            let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
            match whole.pointer_mut(parent) {
                Some(Value::Object(fields)) => drop(fields.remove(key)),
                Some(Value::Array(items)) => items.clear(),
                _ => {}
            }
        }
        Break::With(_, _, value) => {
            if let Some(Value::Object(fields)) = whole.pointer_mut(pointer) {
                fields.insert("later".into(), value.clone());
            }
        }
        Break::Bytes(..) | Break::Cut(_) => {}
    }
}

fn broken(text: &[u8], how: &Break) -> Vec<u8> {
    match how {
        Break::Bytes(index, length, bytes) => {
            let from = index.index(text.len() + 1);
            let to = (from + length).min(text.len());
            [&text[..from], bytes, &text[to..]].concat()
        }
        Break::Cut(index) => text[..index.index(text.len() + 1)].to_vec(),
        Break::Value(part, ..) | Break::Without(part, _) | Break::With(part, ..) => {
            let Ok(mut push) = serde_json::from_slice::<Value>(text) else {
                return text.to_vec();
            };
            let inner = match part {
                Part::Push => None,
                Part::Body => Some("/envelopes/0/body"),
                Part::Words => Some("/envelopes/0/words"),
            };
            let carried = inner.and_then(|inner| {
                let carried = push.pointer(inner)?.as_str()?;
                serde_json::from_str::<Value>(carried).ok()
            });
            match (inner, carried) {
                (Some(inner), Some(mut carried)) => {
                    break_value(&mut carried, how);
                    *push.pointer_mut(inner).unwrap() = json!(carried.to_string());
                }
                _ => break_value(&mut push, how),
            }
            push.to_string().into_bytes()
        }
    }
}

async fn send(router: &Router, content_type: &str, body: Vec<u8>) -> (StatusCode, String, Vec<u8>) {
    let request = Request::post(PUSH_PATH)
        .header("content-type", content_type)
        .header("authorization", format!("Bearer {}", token(1)))
        .body(Body::from(body))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let content_type = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
    (status, content_type, body.unwrap().to_vec())
}

fn every_receipt_has_its_row(stored: &Stored, receipts: &[&Receipt]) {
    for receipt in receipts {
        let sql = "select sha256, body from event where id = ?1 and number = ?2";
        let number = receipt.server_number.cast_signed();
        let row = stored.0.query_row(
            sql,
            rusqlite::params![receipt.id.0.as_bytes(), number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
        let (sha256, body): ([u8; 32], Vec<u8>) = row.unwrap();
        assert_eq!(receipt.sha256.0, sha256);
        assert_eq!(receipt.sha256, Sha256::of(&body));
    }
}

#[test]
fn no_push_makes_the_server_fail_and_rows_come_only_with_receipts() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let stored = Stored::in_folder(folder.path());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    // One device sends what four stores recorded before their one person signed in.
    runtime.block_on(async {
        sign_in(&store, 1).await;
        for other in [0, 2, 3] {
            sign_in_with(&store, 1, &[], Some(person(other))).await;
        }
    });
    let shared = Shared::over(Arc::new(store));
    let router = router(shared, None);
    let (accepted, refused, failed) = (Cell::new(0), Cell::new(0), Cell::new(0));

    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let numbers = prop::collection::vec((0_u8..4, 1_u64..400), 1..4);
    let breaks = prop::collection::vec(a_break(), 0..3);
    let types = prop_oneof![9 => Just("application/json".to_owned()), 1 => "[ -~]{0,20}"];
    let wholly_run = TestRunner::new(config).run(
        &(numbers, breaks, types),
        |(numbers, breaks, content_type)| {
            let envelopes: Vec<_> = numbers
                .iter()
                // Half of the events are of a kind whose data nobody reads.
                .map(|(device, number)| match number % 2 {
                    0 => edited(
                        sealed(*device, *number),
                        "walkthrough_submitted",
                        "moon_seen",
                    ),
                    _ => sealed(*device, *number),
                })
                .collect();
            let whole = push_text(&envelopes).into_bytes();
            let body = breaks.iter().fold(whole, |text, how| broken(&text, how));
            let before = stored.count();
            let (status, answer_type, answer) =
                runtime.block_on(send(&router, &content_type, body));
            let added = stored.count() - before;
            prop_assert!(!status.is_server_error(), "{status}");
            prop_assert_eq!(answer_type, "application/json");
            prop_assert!(!String::from_utf8_lossy(&answer).contains("Ortega"));
            if status != StatusCode::OK {
                let failure: Failure = serde_json::from_slice(&answer).unwrap();
                prop_assert_ne!(failure.problem, Problem::Unheard);
                prop_assert_eq!(added, 0);
                failed.set(failed.get() + 1);
                return Ok(());
            }
            let pushed: Pushed = serde_json::from_slice(&answer).unwrap();
            let mut receipts = Vec::new();
            for answer in &pushed.answers {
                match answer {
                    Answer::Receipt(receipt) => receipts.push(receipt),
                    Answer::Refused(problem) => {
                        prop_assert_ne!(problem, &Problem::Unheard);
                        refused.set(refused.get() + 1);
                    }
                }
            }
            let ids: BTreeSet<_> = receipts.iter().map(|receipt| receipt.id).collect();
            prop_assert!(added as usize <= ids.len(), "{added} rows, {ids:?}");
            every_receipt_has_its_row(&stored, &receipts);
            accepted.set(accepted.get() + receipts.len());
            Ok(())
        },
    );
    wholly_run.unwrap();
    let (accepted, refused, failed) = (accepted.get(), refused.get(), failed.get());
    eprintln!("{accepted} receipts, {refused} refused, {failed} requests failed as a whole");
    assert!(
        accepted > 500 && refused > 500 && failed > 500,
        "the breaks reach every kind of answer"
    );
    let rows = stored.rows();
    assert!(
        rows.iter()
            .all(|row| Sha256::of(&row.body).0.as_slice() == row.sha256)
    );
}
