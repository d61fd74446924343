//! The API document against the routes, and against what the server answers to requests made from it.

mod known;
mod plan;

use crate::support::schema::Document;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use axum::response::Response;
use known::School;
use lookfor::server::openapi::document;
use lookfor::server::router::API;
use plan::{plan, request};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;

const CASES: u32 = 5_000;

/// An operation of the document.
#[derive(Clone, Debug)]
struct Operation {
    method: String,
    path: String,
    about: Value,
}

impl Operation {
    /// Its parameters in the address (`path`) or behind it (`query`).
    fn parameters<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a Value> {
        let all = self.about["parameters"].as_array().into_iter().flatten();
        all.filter(move |parameter| parameter["in"] == place)
    }
}

fn the_document() -> Document {
    Document(serde_json::from_str(document()).unwrap())
}

fn operations(document: &Document) -> Vec<Operation> {
    let paths = document.0["paths"].as_object().unwrap();
    let each = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().unwrap().clone();
        let path = path.clone();
        methods.into_iter().map(move |(method, about)| Operation {
            method,
            path: path.clone(),
            about,
        })
    };
    paths.iter().flat_map(each).collect()
}

fn names<'a>(operations: &'a [Operation]) -> BTreeSet<(&'a str, &'a str)> {
    let name = |operation: &'a Operation| (operation.method.as_str(), operation.path.as_str());
    operations.iter().map(name).collect()
}

#[test]
fn every_route_is_documented_and_every_documented_route_is_there() {
    let document = the_document();
    let operations = operations(&document);
    let there: BTreeSet<(&str, &str)> = API.iter().copied().collect();
    assert_eq!(there, names(&operations));
}

#[test]
fn the_document_holds_together() {
    fn references(value: &Value, found: &mut Vec<Value>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").map(|_| value.clone()));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = the_document();
    let mut found = Vec::new();
    references(&document.0, &mut found);
    for reference in &found {
        assert!(document.resolve(reference).is_object(), "{reference}");
    }
    let operations = operations(&document);
    let ids: BTreeSet<_> = operations
        .iter()
        .map(|op| op.about["operationId"].to_string())
        .collect();
    assert_eq!(ids.len(), operations.len());
    for operation in &operations {
        assert!(operation.about["security"].is_array(), "{operation:?}");
        for response in operation.about["responses"].as_object().unwrap().values() {
            assert!(document.resolve(response)["description"].is_string());
        }
        // Every name in the address is a parameter, and the other way round.
        let named: Vec<&str> = operation
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect();
        let parameters = operation.parameters("path");
        let told = parameters.map(|it| it["name"].as_str().unwrap());
        assert_eq!(named, told.collect::<Vec<_>>());
    }
}

/// The checker itself: without this, a test that finds nothing says nothing.
#[test]
fn the_checker_finds_what_is_wrong() {
    let document = the_document();
    let pushed = json!({"$ref": "#/components/schemas/Pushed"});
    let receipt = json!({
        "id": "01a21293-b600-7101-8101-010101010101", "sha256": "0".repeat(64),
        "server_number": 1, "received_at_utc_ms": 5,
    });
    let answer = |receipt: &Value| json!({"answers": [{ "receipt": receipt }]});
    let faults = |value: &Value| document.faults(&pushed, value, "");
    assert_eq!(faults(&answer(&receipt)), Vec::<String>::new());
    for (field, wrong) in [
        ("id", json!("x")),
        ("sha256", json!("00")),
        ("server_number", json!(0)),
        ("server_number", json!("1")),
        ("more", json!(1)),
    ] {
        let mut receipt = receipt.clone();
        receipt[field] = wrong;
        assert!(!faults(&answer(&receipt)).is_empty(), "{field}");
    }
    assert!(!faults(&json!({"answers": []})).is_empty());
    assert!(!faults(&json!({"answers": [{"refused": {"code": "moon"}}]})).is_empty());
    assert!(!faults(&json!({})).is_empty());
}

/// What the document says about an answer like this; an error when it says nothing.
fn documented<'a>(
    document: &'a Document,
    operation: &'a Operation,
    method: &str,
    status: u16,
) -> Option<&'a Value> {
    let is_other = document.0["paths"][&operation.path].get(method).is_none();
    let responses = match is_other {
        true => {
            return (status == 405)
                .then(|| &document.0["components"]["responses"]["MethodNotAllowed"]);
        }
        false => &document.0["paths"][&operation.path][method]["responses"],
    };
    responses
        .get(status.to_string())
        .map(|response| document.resolve(response))
}

async fn send(router: &Router, request: Request<Body>) -> (u16, String, Vec<u8>) {
    let response: Response = router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let content_type = content_type
        .map_or("", |it| it.to_str().unwrap())
        .to_owned();
    // A stream of news has no end to wait for.
    let body = match content_type.as_str() {
        "text/event-stream" => Vec::new(),
        _ => to_bytes(response.into_body(), 10_000_000)
            .await
            .unwrap()
            .to_vec(),
    };
    (status, content_type, body)
}

#[test]
fn the_server_answers_nothing_that_is_not_documented_and_never_fails() {
    let document = the_document();
    let operations = operations(&document);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let school = runtime.block_on(School::open());
    let seen: RefCell<BTreeMap<(String, String, u16), u32>> = RefCell::default();
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&plan(), |plan| {
        let operation = plan.operation.get(&operations);
        let (method, request) = request(&document, operation, &plan);
        let (status, content_type, body) = runtime.block_on(send(&school.router, request));
        prop_assert!(status < 500, "{status} for {method} {}", operation.path);
        let said = documented(&document, operation, &method, status);
        let Some(said) = said else {
            return Err(TestCaseError::fail(format!(
                "{status} is not documented for {method} {}: {}",
                operation.path,
                String::from_utf8_lossy(&body)
            )));
        };
        let schema = &said["content"][&content_type]["schema"];
        prop_assert!(
            schema.is_object(),
            "{content_type:?} of {status} for {}",
            operation.path
        );
        if content_type == "application/json" {
            let value: Value = serde_json::from_slice(&body).unwrap();
            let faults = document.faults(schema, &value, "");
            prop_assert_eq!(faults, Vec::<String>::new());
        }
        if method == "post" && status == 200 {
            school.begin_again();
        }
        let key = (method, operation.path.clone(), status);
        *seen.borrow_mut().entry(key).or_default() += 1;
        Ok(())
    });
    result.unwrap();
    let seen = seen.into_inner();
    seen.iter().for_each(|it| eprintln!("{it:?}"));
    // The requests reach what they are made for: without this, nothing would have been shown.
    let reached = |method: &str, path: &str, status| {
        seen.contains_key(&(method.to_owned(), path.to_owned(), status))
    };
    for Operation { method, path, .. } in &operations {
        assert!(
            reached(method, path, 200),
            "{method} {path} never did what it is for"
        );
        let in_vain = seen
            .keys()
            .any(|(_, of, status)| (of, *status) == (path, 405));
        assert!(in_vain, "{path} was never asked in vain");
    }
    for status in [400, 401, 403, 404, 410, 413, 415, 429] {
        assert!(seen.keys().any(|(.., it)| *it == status), "{status}");
    }
}
