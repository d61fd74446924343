//! Requests made from the document, and then perhaps spoiled.

use super::{Operation, known};
use crate::staff::{ADMIN, OBSERVER, TEACHER, token};
use crate::support::schema::{Choices, Document};
use axum::body::Body;
use axum::http::{Method, Request, header};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// A request to be made from the document.
#[derive(Clone, Debug)]
pub struct Plan {
    pub operation: Index,
    choices: Vec<u64>,
    /// Whether it names what the server knows.
    is_known: bool,
    /// What is asked of the lists: nothing, or this behind the address.
    query: Option<String>,
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

/// Half of the requests are as a client of an admin would make them, the others may be anything.
pub fn plan() -> impl Strategy<Value = Plan> {
    prop_oneof![fair(), wild()]
}

fn choices() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(any::<u64>(), 0..400)
}

fn fair() -> impl Strategy<Value = Plan> {
    (any::<Index>(), choices()).prop_map(|(operation, choices)| Plan {
        operation,
        choices,
        is_known: true,
        query: None,
        method: None,
        content_type: Some("application/json"),
        token: Some(format!("Bearer {}", token(ADMIN))),
        spoil: Spoil::Nothing,
    })
}

fn wild() -> impl Strategy<Value = Plan> {
    let spoil = prop_oneof![
        4 => Just(Spoil::Nothing),
        4 => (any::<Index>(), odd()).prop_map(|(at, value)| Spoil::Value(at, value)),
        2 => any::<Index>().prop_map(Spoil::Without),
        1 => (any::<Index>(), any::<String>()).prop_map(|(at, name)| Spoil::With(at, name)),
        1 => any::<Index>().prop_map(Spoil::Cut),
        1 => prop::collection::vec(any::<u8>(), 0..40).prop_map(Spoil::Bytes),
        1 => "[a-z0-9%.-]{1,40}".prop_map(Spoil::Path),
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
        3 => Just(None),
        1 => prop::sample::select(vec!["get", "post", "put", "patch", "delete", "options"]).prop_map(Some),
    ];
    let content_types = prop_oneof![
        9 => Just(Some("application/json")),
        1 => prop::sample::select(vec![None, Some("text/plain"), Some("application/json; charset=utf-8")]),
    ];
    let queries = prop_oneof![
        3 => Just(None),
        1 => "(after=)?[a-z0-9%&=-]{0,40}".prop_map(Some),
    ];
    (
        (any::<Index>(), choices(), any::<bool>()),
        (queries, methods, content_types, tokens, spoil),
    )
        .prop_map(
            |((operation, choices, is_known), (query, method, content_type, token, spoil))| Plan {
                operation,
                choices,
                is_known,
                query,
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

/// A form, perhaps spoiled.
fn form(plan: &Plan) -> Vec<u8> {
    let mut text = known::FORM.to_owned();
    match &plan.spoil {
        Spoil::Nothing | Spoil::Path(_) => {}
        Spoil::Value(at, odd) => {
            let lines: Vec<&str> = text.lines().collect();
            let line = *at.get(&lines);
            let name = line.split('=').next().unwrap();
            text = text.replacen(line, &format!("{name}= {odd}"), 1);
        }
        Spoil::Without(at) => {
            let lines: Vec<&str> = text.lines().collect();
            let line = format!("{}\n", at.get(&lines));
            text = text.replacen(&line, "", 1);
        }
        Spoil::With(_, odd) => text.push_str(odd),
        Spoil::Cut(at) => {
            let mut bytes = text.into_bytes();
            bytes.truncate(at.index(bytes.len()));
            return bytes;
        }
        Spoil::Bytes(bytes) => return bytes.clone(),
        Spoil::TooMuch => text.push_str(&" ".repeat(5 * 1024 * 1024)),
    }
    text.into_bytes()
}

/// The method, in small letters, and the request.
pub fn request(document: &Document, operation: &Operation, plan: &Plan) -> (String, Request<Body>) {
    let mut choices = Choices::of(plan.choices.clone());
    let mut path = operation.path.clone();
    for parameter in operation.parameters("path") {
        let made = document.value(&parameter["schema"], &mut choices);
        let value = match &plan.spoil {
            Spoil::Path(odd) => odd.clone(),
            _ if plan.is_known => known::in_path(&operation.path),
            _ => made.as_str().unwrap().to_owned(),
        };
        path = path.replace(
            &format!("{{{}}}", parameter["name"].as_str().unwrap()),
            &value,
        );
    }
    if let Some(query) = &plan.query {
        path = format!("{path}?{query}");
    }
    let content = &operation.about["requestBody"]["content"];
    let is_toml = content.get("application/toml").is_some();
    let is_upload = content["text/csv"].is_object();
    let schema = &content["application/json"]["schema"];
    let body = match schema {
        // A file is no JSON that the document could describe.
        _ if is_upload => match &plan.spoil {
            Spoil::Bytes(bytes) => bytes.clone(),
            _ if plan.is_known => known::UPLOAD.into(),
            _ => plan
                .choices
                .iter()
                .flat_map(|choice| choice.to_be_bytes())
                .collect(),
        },
        Value::Null if is_toml => form(plan),
        Value::Null => Vec::new(),
        schema => {
            let mut value = document.value(schema, &mut choices);
            if plan.is_known {
                known::put_in(&mut value);
            }
            spoiled(value, &plan.spoil)
        }
    };
    let method = plan.method.unwrap_or(&operation.method).to_owned();
    let verb = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).unwrap();
    let mut request = Request::builder().method(verb).uri(path);
    // What is fair for JSON is fair for a file by its own type.
    let is_fair = plan.content_type == Some("application/json");
    let content_type = match (is_fair, is_toml, is_upload) {
        (true, true, _) => Some("application/toml"),
        (true, _, true) => Some("text/csv"),
        _ => plan.content_type,
    };
    if let Some(content_type) = content_type {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    if let Some(token) = &plan.token {
        request = request.header(header::AUTHORIZATION, token);
    }
    (method, request.body(Body::from(body)).unwrap())
}
