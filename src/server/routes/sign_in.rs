//! `POST /api/v1/sign-in`, and the secrets that it takes: an invitation's link, and a code to type.

use super::page::named;
use super::{body, json, now_utc_ms, stored};
use crate::domain::hash::Sha256;
use crate::domain::id::PersonId;
use crate::domain::people::Role;
use crate::domain::sign_in::TypedCode;
use crate::server::auth::may;
use crate::server::error::Refusal;
use crate::server::limit::{Client, Kind};
use crate::server::router::Shared;
use crate::server::secret::{self, CODE_LIVES_MS, LINK_LIVES_MS, Secret};
use crate::server::store::Caller;
use crate::server::store::secrets::{NewSecret, SecretKind, ShownAs, SignInAttempt};
use crate::sync::office::{Invitation, OFFICE_MAX_BYTES};
use crate::sync::protocol::{SignIn, SignInCode, SignedIn};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use std::time::Instant;

/// Signs a device in.
pub async fn sign_in(
    State(shared): State<Shared>,
    Client(address): Client,
    request: Request,
) -> Result<Response, Refusal> {
    let label = label(request.headers());
    let bytes = body::read(request, OFFICE_MAX_BYTES, &shared).await?;
    let asked: SignIn = body::spoken(&bytes)?;
    let (shown_as, secret_sha256) = known_by(&asked.secret);
    let kind = match shown_as {
        ShownAs::Code => Kind::Code,
        ShownAs::Link => Kind::Link,
    };
    shared.limits.check(kind, address, Instant::now())?;

    let token = Secret::mint();
    let attempt = SignInAttempt {
        shown_as,
        secret_sha256,
        token_sha256: token.sha256(),
        device: asked.device,
        formerly: asked.formerly,
        label,
        now_utc_ms: now_utc_ms(),
    };
    let newcomer = stored(shared.store.sign_in(attempt).await)??;
    let signed_in = SignedIn {
        person: newcomer.person,
        name: newcomer.name.unwrap_or_default(),
        entries: newcomer.entries,
        token: token.show().into(),
    };
    Ok(json(StatusCode::OK, &signed_in))
}

/// Gives the caller a code for another device of theirs; one that was given before ends.
pub async fn code(State(shared): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let code = secret::typed_code();
    let made_at_utc_ms = now_utc_ms();
    let expires_utc_ms = made_at_utc_ms + CODE_LIVES_MS;
    let given = shared.store.give(NewSecret {
        kind: SecretKind::Code,
        person: caller.person,
        sha256: code.sha256(),
        made_at_utc_ms,
        expires_utc_ms,
    });
    stored(given.await)??;
    let code = SignInCode {
        code: code.to_string(),
        expires_utc_ms,
    };
    Ok(json(StatusCode::OK, &code))
}

/// Makes an admin a link for a person; one that was made before ends.
pub async fn invitation(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<PersonId>, PathRejection>,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let secret = Secret::mint();
    let made_at_utc_ms = now_utc_ms();
    let expires_utc_ms = made_at_utc_ms + LINK_LIVES_MS;
    let given = shared.store.give(NewSecret {
        kind: SecretKind::Invitation,
        person: named(path)?,
        sha256: secret.sha256(),
        made_at_utc_ms,
        expires_utc_ms,
    });
    stored(given.await)??;
    let invitation = Invitation {
        link: secret.link(),
        expires_utc_ms,
    };
    Ok(json(StatusCode::OK, &invitation))
}

/// How a secret is limited and looked for: as a code, if it can be one, else as a link's.
fn known_by(secret: &str) -> (ShownAs, Sha256) {
    match TypedCode::typed(secret) {
        Some(code) => (ShownAs::Code, code.sha256()),
        None => (ShownAs::Link, Sha256::of(secret.trim().as_bytes())),
    }
}

/// What a person recognises a device by: the browser and the system, as far as it says them.
fn label(headers: &HeaderMap) -> String {
    // In this order, since each later one is also what earlier ones claim to be.
    const BROWSERS: [(&str, &str); 5] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|value| value.to_str().ok()).unwrap_or("");
    let first = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (first(&BROWSERS), first(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => "Lookfor".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use rstest::rstest;

    #[rstest]
    #[case::a_tablet(
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
        "Chrome, Android"
    )]
    #[case::a_tablet_of_apple(
        "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
        "Safari, iPad"
    )]
    #[case::edge(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0",
        "Edge, Windows"
    )]
    #[case::the_native_app("", "Lookfor")]
    fn a_device_is_known_by_its_browser_and_system(
        #[case] agent: &'static str,
        #[case] wanted: &str,
    ) {
        let headers = [(header::USER_AGENT, HeaderValue::from_static(agent))];
        assert_eq!(label(&headers.into_iter().collect()), wanted);
    }

    #[test]
    fn a_code_is_limited_as_a_code_however_it_is_typed() {
        assert_eq!(known_by("0123-abcd").0, ShownAs::Code);
        assert_eq!(known_by("0123-abcd").1, known_by("O123 ABCD").1);
        assert_eq!(known_by(Secret::mint().show()).0, ShownAs::Link);
        assert_eq!(known_by("").0, ShownAs::Link);
    }
}
