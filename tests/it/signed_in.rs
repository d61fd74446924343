//! Devices of tests that are signed in: each has a person and a token that follow from its number.

use crate::server::NOON;
use lookfor::domain::event::Envelope;
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::{DeviceId, PersonId};
use lookfor::domain::people::Post;
use lookfor::server::store::ServerStore;
use lookfor::server::store::secrets::{NewSecret, SecretKind, SignInAttempt};
use lookfor::server::store::sqlite::SqliteStore;
use lookfor::sync::office::{AddPerson, Language};
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
