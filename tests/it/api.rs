//! The API document against the routes, and against what the server answers to requests made from it.

use crate::server::Stored;
use crate::staff::{self, ADMIN, OBSERVER, TEACHER, token};
use crate::support::schema::{Choices, Document};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use axum::response::Response;
use lookfor::domain::id::EventId;
use lookfor::server::openapi::document;
use lookfor::server::router::{API, Shared, router};
use lookfor::server::store::sqlite::SqliteStore;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

/// What is documented and not there yet. A route that comes leaves this list.
const AWAITED: &[(&str, &str)] = &[
    ("post", "/api/v1/pull"),
    ("get", "/api/v1/news"),
    ("post", "/api/v1/claims"),
    ("post", "/api/v1/sign-in"),
    ("post", "/api/v1/sign-out"),
    ("post", "/api/v1/codes"),
];

const CASES: u32 = 2_000;

/// An operation of the document.
#[derive(Clone, Debug)]
struct Operation {
    method: String,
    path: String,
    about: Value,
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
    let mut there: BTreeSet<(&str, &str)> = API.iter().copied().collect();
    for awaited in AWAITED {
        assert!(
            there.insert(*awaited),
            "{awaited:?} is there: take it off the list"
        );
    }
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
        let parameters = operation.about["parameters"].as_array();
        let told = parameters
            .into_iter()
            .flatten()
            .map(|it| it["name"].as_str().unwrap());
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

/// A request made from the document, and then perhaps spoiled.
#[derive(Clone, Debug)]
struct Plan {
    operation: Index,
    choices: Vec<u64>,
    method: Option<&'static str>,
    content_type: Option<&'static str>,
    token: Option<String>,
    spoil: Spoil,
}

#[derive(Clone, Debug)]
enum Spoil {
    Nothing,
    Value(Index, Value),
    Without(Index),
    With(Index, String),
    Cut(Index),
    Bytes(Vec<u8>),
    Path(String),
    TooMuch,
}

fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|it| json!(it)),
        any::<i64>().prop_map(|it| json!(it)),
        any::<f64>().prop_map(|it| json!(it)),
        any::<String>().prop_map(|it| json!(it)),
        Just(json!([[[[]]]])),
        Just(json!({"code": "server_failed"})),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let spoil = prop_oneof![
        4 => Just(Spoil::Nothing),
        4 => (any::<Index>(), odd()).prop_map(|(at, value)| Spoil::Value(at, value)),
        2 => any::<Index>().prop_map(Spoil::Without),
        1 => (any::<Index>(), any::<String>()).prop_map(|(at, name)| Spoil::With(at, name)),
        1 => any::<Index>().prop_map(Spoil::Cut),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Spoil::Bytes),
        1 => "[a-z0-9%.-]{1,40}".prop_map(Spoil::Path),
        1 => Just(Spoil::Path(known_feedback().to_string())),
        1 => Just(Spoil::TooMuch),
    ];
    let tokens = prop_oneof![
        1 => Just(None),
        1 => Just(Some("Bearer nobody".to_owned())),
        1 => Just(Some("Basic x".to_owned())),
        4 => prop::sample::select(vec![OBSERVER, TEACHER, ADMIN])
            .prop_map(|number| Some(format!("Bearer {}", token(number)))),
    ];
    let methods = prop_oneof![
        9 => Just(None),
        1 => prop::sample::select(vec!["get", "post", "put", "patch", "delete", "options"]).prop_map(Some),
    ];
    let content_types = prop_oneof![
        9 => Just(Some("application/json")),
        1 => prop::sample::select(vec![None, Some("text/plain"), Some("application/json; charset=utf-8")]),
    ];
    let choices = prop::collection::vec(any::<u64>(), 0..400);
    (
        any::<Index>(),
        choices,
        methods,
        content_types,
        tokens,
        spoil,
    )
        .prop_map(
            |(operation, choices, method, content_type, token, spoil)| Plan {
                operation,
                choices,
                method,
                content_type,
                token,
                spoil,
            },
        )
}

/// Every value inside `value`, itself first, as JSON pointers.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    if let Value::Array(items) = value {
        for (index, item) in items.iter().enumerate() {
            pointers(item, &format!("{here}/{index}"), found);
        }
    }
    for (key, field) in value.as_object().into_iter().flatten() {
        let key = key.replace('~', "~0").replace('/', "~1");
        pointers(field, &format!("{here}/{key}"), found);
    }
}

fn spoiled(mut value: Value, how: &Spoil) -> Vec<u8> {
    let mut places = Vec::new();
    pointers(&value, "", &mut places);
    match how {
        Spoil::Value(at, odd) => {
            *value.pointer_mut(&places[at.index(places.len())]).unwrap() = odd.clone()
        }
        Spoil::Without(at) => {
            let place = at.get(&places);
            if let Some((above, name)) = place.rsplit_once('/')
                && let Some(fields) = value.pointer_mut(above).unwrap().as_object_mut()
            {
                fields.remove(name);
            }
        }
        Spoil::With(at, name) => {
            if let Some(fields) = value
                .pointer_mut(&places[at.index(places.len())])
                .unwrap()
                .as_object_mut()
            {
                fields.insert(name.clone(), json!(1));
            }
        }
        Spoil::Bytes(bytes) => return bytes.clone(),
        Spoil::TooMuch => {
            let mut bytes = value.to_string().into_bytes();
            bytes.resize(5 * 1024 * 1024, b' ');
            return bytes;
        }
        Spoil::Cut(at) => {
            let mut bytes = value.to_string().into_bytes();
            bytes.truncate(at.index(bytes.len()));
            return bytes;
        }
        Spoil::Nothing | Spoil::Path(_) => {}
    }
    value.to_string().into_bytes()
}

fn request(document: &Document, operation: &Operation, plan: &Plan) -> (String, Request<Body>) {
    let mut choices = Choices::of(plan.choices.clone());
    let mut path = operation.path.clone();
    for parameter in operation.about["parameters"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let made = document.value(&parameter["schema"], &mut choices);
        let value = match &plan.spoil {
            Spoil::Path(odd) => odd.replace('%', "%25"),
            _ => made.as_str().unwrap().to_owned(),
        };
        path = path.replace(
            &format!("{{{}}}", parameter["name"].as_str().unwrap()),
            &value,
        );
    }
    let schema = &operation.about["requestBody"]["content"]["application/json"]["schema"];
    let body = match schema {
        Value::Null => Vec::new(),
        schema => spoiled(document.value(schema, &mut choices), &plan.spoil),
    };
    let method = plan.method.unwrap_or(&operation.method).to_owned();
    let verb = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).unwrap();
    let mut request = Request::builder().method(verb).uri(path);
    if let Some(content_type) = plan.content_type {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    if let Some(token) = &plan.token {
        request = request.header(header::AUTHORIZATION, token);
    }
    (method, request.body(Body::from(body)).unwrap())
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

/// Feedback whose teacher waits for a mail.
fn known_feedback() -> EventId {
    EventId::mint(1, [1; 10])
}

/// A server's router over a store with people in it.
fn school() -> (TempDir, Router) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let stored = Stored::in_folder(folder.path());
    staff::hire(&stored, "en");
    let sql =
        "insert into mail (feedback, person, made_at_utc_ms, due_at_utc_ms) values (?1, ?2, 0, 0)";
    let teacher = staff::person(TEACHER);
    let feedback = known_feedback();
    let row = [feedback.0.as_bytes(), teacher.0.as_bytes()];
    stored.0.execute(sql, row).unwrap();
    let shared = Shared::over(Arc::new(store));
    (folder, router(shared, None))
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
    let operations: Vec<Operation> = operations(&document)
        .into_iter()
        .filter(|op| !AWAITED.contains(&(op.method.as_str(), op.path.as_str())))
        .collect();
    let (_folder, router) = school();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let seen: RefCell<BTreeMap<(String, u16), u32>> = RefCell::default();
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&plan(), |plan| {
        let operation = plan.operation.get(&operations);
        let (method, request) = request(&document, operation, &plan);
        let (status, content_type, body) = runtime.block_on(send(&router, request));
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
        *seen
            .borrow_mut()
            .entry((operation.path.clone(), status))
            .or_default() += 1;
        Ok(())
    });
    result.unwrap();
    let seen = seen.into_inner();
    eprintln!("{seen:#?}");
    // The requests reach what they are made for: without this, nothing would have been shown.
    for operation in &operations {
        let reached = |status| seen.contains_key(&(operation.path.clone(), status));
        assert!(reached(200), "{} never did what it is for", operation.path);
        assert!(reached(405), "{} was never asked in vain", operation.path);
    }
    for status in [400, 401, 413, 415] {
        assert!(
            seen.contains_key(&("/api/v1/push".into(), status)),
            "{status}"
        );
    }
}
