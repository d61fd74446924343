//! Devices of tests that are signed in, each with a person and a token that follow from its number; and
//! what they ask.

use crate::server::{NOON, Said, TestServer, client, push_text, sealed};
use lookfor::domain::event::Envelope;
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{DeviceId, PersonId};
use lookfor::domain::people::{Place, Post, Role};
use lookfor::domain::problem::Problem;
use lookfor::server::store::ServerStore;
use lookfor::server::store::secrets::{NewSecret, SecretKind, ShownAs, SignInAttempt};
use lookfor::server::store::sqlite::SqliteStore;
use lookfor::sync::office::{AddPerson, Invitation, Language};
use lookfor::sync::protocol::{PROTOCOL, PUSH_PATH, SIGN_IN_PATH, SignIn, SignInCode, SignedIn};
use serde_json::{Value, json};
use std::path::Path;

/// The devices that are signed in on every server of a test.
pub const DEVICES: std::ops::RangeInclusive<u8> = 0..=8;

/// Whom the envelopes of `sealed(device, …)` are by.
pub fn person(device: u8) -> PersonId {
    PersonId::mint(NOON.at_utc_ms, [device; 10])
}

/// The store in which they were recorded.
pub fn device_id(device: u8) -> DeviceId {
    DeviceId::mint(NOON.at_utc_ms, [device; 10])
}

/// What the device shows.
pub fn token(device: u8) -> String {
    format!("token of device {device}")
}

/// What the device that recorded the first of these shows.
pub fn token_for(envelopes: &[Envelope]) -> String {
    let body: Option<serde_json::Value> = envelopes
        .first()
        .and_then(|envelope| serde_json::from_str(&envelope.body).ok());
    let device = body.and_then(|body| body["device"].as_str()?.parse().ok());
    let number = device.map_or(1, |DeviceId(id)| id.as_bytes()[15]);
    token(number)
}

/// Adds a person without posts and signs their device in.
pub async fn sign_in(store: &dyn ServerStore, device: u8) {
    sign_in_with(store, device, &[], None).await;
}

/// Adds a person with these posts and signs their device in, which may have recorded as somebody before.
pub async fn sign_in_with(
    store: &dyn ServerStore,
    device: u8,
    posts: &[Post],
    formerly: Option<PersonId>,
) {
    let added = AddPerson {
        id: person(device),
        name: format!("Person {device}"),
        mail: None,
        language: Language::English,
        posts: posts.to_vec(),
    };
    // The data folder may have them from an earlier start.
    let there = store.person(added.id).await.unwrap();
    if there.is_none() {
        store
            .add_person(added, NOON.at_utc_ms)
            .await
            .unwrap()
            .unwrap();
    }
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    let given = NewSecret {
        kind: SecretKind::Invitation,
        person: person(device),
        sha256: Sha256::of(uuid::Uuid::new_v4().as_bytes()),
        made_at_utc_ms: now_utc_ms,
        expires_utc_ms: now_utc_ms + 1_000_000,
    };
    store.give(given.clone()).await.unwrap().unwrap();
    let attempt = SignInAttempt {
        shown_as: ShownAs::Link,
        secret_sha256: given.sha256,
        token_sha256: Sha256::of(token(device).as_bytes()),
        device: device_id(device),
        formerly,
        label: "a test".into(),
        now_utc_ms,
    };
    store.sign_in(attempt).await.unwrap().unwrap();
}

/// Signs [`DEVICES`] in on a data folder that no server works in.
pub async fn sign_in_all(data: &Path) {
    let store = SqliteStore::open(data).unwrap();
    for device in DEVICES {
        sign_in(&store, device).await;
    }
}

pub const ADMIN: Post = Post {
    role: Role::Admin,
    place: Place::District,
};

/// A device that nobody is signed in on.
pub fn new_device(number: u8) -> DeviceId {
    device_id(100 + number)
}

pub fn asking(secret: &str, device: DeviceId) -> SignIn {
    SignIn {
        protocol: PROTOCOL,
        secret: secret.into(),
        device,
        formerly: None,
    }
}

/// A request with a token and a body, or without one.
pub async fn post(server: &TestServer, path: &str, token: &str, body: &Value) -> Said {
    let request = client()
        .post(format!("{}{path}", server.url))
        .header("content-type", "application/json")
        .bearer_auth(token)
        .body(body.to_string());
    Said::from(request).await
}

pub async fn get(server: &TestServer, path: &str, token: &str) -> Said {
    let request = client()
        .get(format!("{}{path}", server.url))
        .bearer_auth(token);
    Said::from(request).await
}

/// Asks to be signed in, as a tablet.
pub async fn ask(url: &str, asking: &SignIn) -> Said {
    let request = client()
        .post(format!("{url}{SIGN_IN_PATH}"))
        .header("content-type", "application/json")
        .header(
            "user-agent",
            "Mozilla/5.0 (Linux; Android 14) Chrome/141.0 Safari/537.36",
        )
        .body(serde_json::to_string(asking).unwrap());
    Said::from(request).await
}

pub async fn signed_in(url: &str, asking: &SignIn) -> SignedIn {
    let said = ask(url, asking).await;
    assert_eq!(said.status, 200, "{}", said.text());
    serde_json::from_slice(&said.body).unwrap()
}

pub fn read<T: serde::de::DeserializeOwned>(said: &Said) -> T {
    assert_eq!(said.status, 200, "{}", said.text());
    serde_json::from_slice(&said.body).unwrap()
}

/// The secret behind the `#` of a link.
pub fn secret_of(link: &str) -> String {
    let (page, secret) = link.split_once("/join#").unwrap();
    assert!(!page.contains(secret));
    secret.to_owned()
}

pub async fn invitation(server: &TestServer, admin: &str, whom: PersonId) -> String {
    let path = format!("/api/v1/people/{whom}/invitation");
    let said = post(server, &path, admin, &json!(null)).await;
    secret_of(&read::<Invitation>(&said).link)
}

pub async fn code(server: &TestServer, token: &str) -> String {
    let said = post(server, "/api/v1/codes", token, &json!(null)).await;
    read::<SignInCode>(&said).code
}

pub fn assert_unknown(said: &Said) {
    assert_eq!((said.status, said.problem()), (410, Problem::SecretUnknown));
}

pub fn assert_not_signed_in(said: &Said) {
    assert_eq!((said.status, said.problem()), (401, Problem::NotSignedIn));
}

pub fn assert_not_allowed(said: &Said) {
    assert_eq!((said.status, said.problem()), (403, Problem::NotAllowed));
}

/// A push of a device with this token.
pub async fn push_said(server: &TestServer, token: &str, device: u8) -> Said {
    let request = client()
        .post(format!("{}{PUSH_PATH}", server.url))
        .header("content-type", "application/json")
        .bearer_auth(token)
        .body(push_text(&[sealed(device, 99)]));
    Said::from(request).await
}
