//! Documents that let a device record: a form, its change idea, a class and its teacher.

use lookfor::domain::collect::form::Form;
use lookfor::domain::id::{ClassId, PersonId, SiteId};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// The site of the class.
pub fn site() -> SiteId {
    SiteId::mint(1, [21; 10])
}

/// The teacher of the class of this number.
pub fn teacher(number: u8) -> PersonId {
    PersonId::mint(1, [30 + number; 10])
}

/// The documents, by kind and id, that let a device record on this form.
pub fn of_form(form: &Form) -> Vec<(&'static str, String, Value)> {
    let key = &form.form.key;
    let idea = json!({
        "key": key,
        "state": "testing",
        "form": form.form,
        "title": form.title,
        "theory": form.theory,
        "cycle": 2,
        // Sixteen days ago: the third week.
        "cycle_from_utc_ms": chrono::Utc::now().timestamp_millis() - 16 * 24 * 60 * 60 * 1000,
    });
    let id = form.form.document_id();
    vec![("form", id, json!(form)), ("idea", key.clone(), idea)]
}

/// The documents of a class of this number, and of its teacher.
pub fn of_class(number: u8, name: &str, title: &str) -> Vec<(&'static str, String, Value)> {
    let class = ClassId::mint(1, [40 + number; 10]);
    let body = json!({
        "id": class,
        "site": site(),
        "school_year": 2027,
        "title": title,
        "room": format!("{:02}", number * 5),
        "teachers": [teacher(number)],
    });
    let person = json!({
        "id": teacher(number),
        "name": name,
        "posts": [{"role": "teacher", "place": {"site": site()}}],
        "left": false,
    });
    vec![
        ("class", class.to_string(), body),
        ("person", teacher(number).to_string(), person),
    ]
}

/// Puts documents for everybody into the feed of a server that keeps its store in this folder.
pub fn publish(data: &Path, documents: &[(&'static str, String, Value)]) {
    let store = Connection::open(data.join("lookfor.sqlite")).unwrap();
    store.busy_timeout(Duration::from_secs(10)).unwrap();
    store.execute_batch("begin immediate").unwrap();
    for (kind, id, body) in documents {
        let json = json!({"kind": kind, "body": body}).to_string();
        let sql = "insert or replace into document (audience, kind, id, number, about, body) \
                   select 'everyone', ?1, ?2, next_number, 'a test', ?3 from feed";
        store.execute(sql, (kind, id, json)).unwrap();
        let sql = "update feed set next_number = next_number + 1";
        store.execute(sql, []).unwrap();
    }
    store.execute_batch("commit").unwrap();
}

/// The form of one look-for and a class to visit: all that most tests need.
pub fn publish_three_reads(data: &Path) {
    let mut documents = of_form(&Form::three_reads());
    documents.extend(of_class(1, "Ortega", "Grade 5 mathematics"));
    publish(data, &documents);
}
