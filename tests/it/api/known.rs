//! What the server of these tests knows, so that a request made from the document can name it.

use crate::server::Stored;
use crate::staff::{self, ADMIN, OBSERVER, TEACHER, device, token};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use lookfor::domain::claim::ClaimCode;
use lookfor::domain::collect::walkthrough::Whom;
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{EventId, ImportId};
use lookfor::server::router::{Shared, router};
use lookfor::server::store::projection::Projection;
use lookfor::server::store::sqlite::SqliteStore;
use lookfor::sync::office::imports::IMPORTS_PATH;
use lookfor::sync::protocol::{PROTOCOL, PUSH_PATH, Push};
use rusqlite::params;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

/// A form that can be added.
pub const FORM: &str = include_str!("../../fixtures/forms/whole.toml");
/// The secret of an invitation for the teacher.
const SECRET: &str = "a secret that was given to the teacher";
/// What requests end, to be begun again.
const BEGIN_AGAIN: &str = "
    update device set ended_at_utc_ms = null;
    update person set left_at_utc_ms = null;
    update secret set used_at_utc_ms = null, revoked_at_utc_ms = null;
    delete from agreement;
    delete from idea_step;
    delete from idea;
    delete from form where origin = 'district';
";

/// Feedback whose teacher waits for a mail.
fn feedback() -> EventId {
    EventId::mint(1, [1; 10])
}

/// The code of a numbered visit.
fn code() -> ClaimCode {
    ClaimCode::mint([7; 10])
}

/// An import that was looked at.
fn import() -> ImportId {
    ImportId::mint(1, [8; 10])
}

/// A file that can be looked at.
pub const UPLOAD: &str =
    "site,day type,period,start,end\nVista,A,1,8:00,8:50\nNowhere,A,1,8:00,8:50\n";

/// What an address of this path can name.
pub fn in_path(path: &str) -> String {
    match path.split('/').nth(3) {
        Some("cards") => feedback().to_string(),
        Some("imports") => import().to_string(),
        Some("devices") => device(TEACHER).to_string(),
        _ => staff::person(TEACHER).to_string(),
    }
}

/// Puts what the server knows in the place of what was drawn.
pub fn put_in(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(put_in),
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), &*field) {
                    ("site", _) => *field = json!(staff::site()),
                    ("secret", _) => *field = json!(SECRET),
                    // The states that follow from none; the others are refused, which is documented too.
                    ("key", Value::String(_)) => *field = json!("three-reads"),
                    ("state", _) => *field = json!("baseline"),
                    ("version", Value::Number(_)) => *field = json!(2),
                    ("code", _) => *field = json!(code().to_string()),
                    ("mail", Value::String(_)) => *field = json!("ana@school.example"),
                    ("teachers", Value::Array(teachers)) => {
                        *field = json!(vec![staff::person(TEACHER); teachers.len()]);
                    }
                    _ => put_in(field),
                }
            }
        }
        _ => {}
    }
}

/// A router over a store with people, a site, an invitation, a numbered visit and what was made of it.
pub struct School {
    pub router: Router,
    stored: Stored,
    _folder: TempDir,
}

impl School {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
        let stored = Stored::in_folder(folder.path());
        staff::hire(&stored, "en");
        fill(&stored);
        let school = Self {
            router: router(Shared::over(store.clone()), None),
            stored,
            _folder: folder,
        };
        school.visit().await;
        school.look().await;
        store.begin(1).await.unwrap();
        while store.project(1).await.unwrap().more {}
        while store.count(1).await.unwrap().more {}
        school
    }

    /// The observer was with somebody whom the form does not name.
    async fn visit(&self) {
        let claim_sha256 = code().sha256();
        let (_, envelopes) = staff::visit_to(1, Whom::Numbered { claim_sha256 }, "I noticed");
        let push = Push {
            protocol: PROTOCOL,
            envelopes,
        };
        let request = Request::post(PUSH_PATH)
            .header(header::AUTHORIZATION, format!("Bearer {}", token(OBSERVER)))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(serde_json::to_string(&push).unwrap()));
        let answer = self.router.clone().oneshot(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
    }

    /// An admin looked at a file.
    async fn look(&self) {
        let request = Request::post(format!("{IMPORTS_PATH}?id={}", import()))
            .header(header::AUTHORIZATION, format!("Bearer {}", token(ADMIN)))
            .header(header::CONTENT_TYPE, "text/csv")
            .body(Body::from(UPLOAD));
        let answer = self.router.clone().oneshot(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
    }

    /// Undoes what requests have ended, so that later ones still reach what they are made for.
    pub fn begin_again(&self) {
        self.stored.0.execute_batch(BEGIN_AGAIN).unwrap();
    }
}

fn fill(stored: &Stored) {
    let teacher = staff::person(TEACHER);
    let run = |sql: &str, row: &[&dyn rusqlite::ToSql]| {
        stored.0.execute(sql, row).unwrap();
    };
    run(
        "insert into mail (feedback, person, made_at_utc_ms, due_at_utc_ms) values (?1, ?2, 0, 0)",
        params![feedback().0.as_bytes(), teacher.0.as_bytes()],
    );
    run(
        "insert into site (id, name) values (?1, 'Vista')",
        params![staff::site().0.as_bytes()],
    );
    run(
        "insert into secret (sha256, kind, person, made_at_utc_ms, expires_utc_ms) \
         values (?1, 'invitation', ?2, 0, ?3)",
        params![
            Sha256::of(SECRET.as_bytes()).0,
            teacher.0.as_bytes(),
            i64::MAX
        ],
    );
}
