//! The way in and out of the office.

use super::desk::{Answer, Posted, answer, go, html, is_ours, preferred, stored, without_cookie};
use super::stylesheet;
use crate::domain::hash::Sha256;
use crate::report::office::door::{self as page, Instead};
use crate::server::limit::{Client, Kind};
use crate::server::router::Shared;
use crate::server::routes::now_utc_ms;
use crate::server::secret::Secret;
use crate::server::session::{self, SESSION_LIVES_MS};
use crate::server::store::sessions::NewSession;
use crate::text::Language;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::Response;
use std::time::Instant;

/// The button. It asks the store nothing, so that whoever only fetches the address uses nothing up.
pub async fn door(uri: Uri, headers: HeaderMap) -> Response {
    let language = asked_for(&uri).unwrap_or_else(|| preferred(&headers));
    html(StatusCode::OK, page::door(language, stylesheet()))
}

/// Uses the secret up and begins a session.
pub async fn enter(
    State(shared): State<Shared>,
    Path(secret): Path<String>,
    Client(address): Client,
    uri: Uri,
    headers: HeaderMap,
) -> Answer {
    let language = asked_for(&uri).unwrap_or_else(|| preferred(&headers));
    if !session::is_from_here(&headers) {
        return Err(answer(language, Instead::FromElsewhere).into());
    }
    if shared
        .limits
        .check(Kind::Link, address, Instant::now())
        .is_err()
    {
        return Err(answer(language, Instead::Waiting).into());
    }
    let (cookie, now) = (Secret::mint(), now_utc_ms());
    let begun = NewSession {
        sha256: cookie.sha256(),
        made_at_utc_ms: now,
        expires_utc_ms: now + SESSION_LIVES_MS,
    };
    let door_sha256 = Sha256::of(secret.as_bytes());
    let entered = stored(language, shared.store.enter(door_sha256, begun).await)?;
    if entered.is_err() {
        return Err(answer(language, Instead::DoorUsed).into());
    }
    if let Some(language) = asked_for(&uri) {
        let said = shared.store.speak(cookie.sha256(), language).await;
        stored(language, said)?;
    }
    let mut response = go("/office");
    let is_https = session::is_https(&headers, shared.behind_proxy);
    let set = session::set(&cookie, is_https);
    response.headers_mut().append(header::SET_COOKIE, set);
    Ok(response)
}

/// Ends the session.
pub async fn sign_out(Posted { office, .. }: Posted) -> Answer {
    office.leave().await?;
    let page = answer(office.seated.language, Instead::SignedOut);
    Ok(without_cookie(page))
}

/// Speaks another language from now on, and goes back to where it was asked.
pub async fn language(Posted { office, fields }: Posted) -> Answer {
    if let Some(language) = by_tag(fields.get("language")) {
        office.speak(language).await?;
    }
    let back = fields.get("back");
    Ok(go(if is_ours(back) { back } else { "/office" }))
}

/// There is no such page.
pub async fn not_there(headers: HeaderMap) -> Response {
    answer(preferred(&headers), Instead::NotThere)
}

/// The language of a tag.
pub(super) fn by_tag(tag: &str) -> Option<Language> {
    [Language::English, Language::Spanish]
        .into_iter()
        .find(|language| language.tag() == tag)
}

fn asked_for(uri: &Uri) -> Option<Language> {
    let query = uri.query().unwrap_or_default();
    let (_, tag) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang")?;
    by_tag(&tag)
}
