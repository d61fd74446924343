//! The document that says what this API takes and answers, for programs: OpenAPI 3.1.
//!
//! It is written by hand, one file for each noun, with the paths and the schemas that are its own; what
//! all share is in `base.json`. To add an operation, write it here and add its line to `router::API`;
//! `tests/it/api` fails until both have it, and drives every operation from the document.
//!
//! Never here: a handler, or a rule.

use serde_json::Value;
use std::sync::OnceLock;

/// The document's frame: what all operations share.
const BASE: &str = include_str!("base.json");
/// The parts, each with `paths` and `schemas`.
const PARTS: &[&str] = &[
    include_str!("agreement.json"),
    include_str!("cards.json"),
    include_str!("claims.json"),
    include_str!("devices.json"),
    include_str!("health.json"),
    include_str!("ideas.json"),
    include_str!("imports.json"),
    include_str!("office_door.json"),
    include_str!("people.json"),
    include_str!("places.json"),
    include_str!("pull.json"),
    include_str!("push.json"),
    include_str!("sign_in.json"),
];

/// The document as JSON, put together once.
pub fn document() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut whole = parsed(BASE);
        for part in PARTS {
            let mut part = parsed(part);
            add(&mut whole, "/paths", part.get_mut("paths"));
            add(&mut whole, "/components/schemas", part.get_mut("schemas"));
        }
        whole.to_string()
    })
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("the parts are ours, and a test reads them")
}

fn add(whole: &mut Value, place: &str, part: Option<&mut Value>) {
    let into = whole.pointer_mut(place).and_then(Value::as_object_mut);
    if let (Some(into), Some(Value::Object(part))) = (into, part) {
        into.append(part);
    }
}

/// The names that two parts both define, which would hide one of them.
#[cfg(test)]
fn doubled() -> Vec<String> {
    use serde_json::Map;
    let mut seen = Map::new();
    let mut doubled = Vec::new();
    for part in PARTS.iter().chain([&BASE]) {
        let part = parsed(part);
        for section in ["/paths", "/schemas", "/components/schemas"] {
            let names = part.pointer(section).and_then(Value::as_object);
            for name in names.into_iter().flat_map(Map::keys) {
                if seen.insert(name.clone(), Value::Null).is_some() {
                    doubled.push(name.clone());
                }
            }
        }
    }
    doubled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_hides_another() {
        assert_eq!(doubled(), Vec::<String>::new());
        assert!(document().contains("/api/v1/push"));
    }
}
