//! Who asks: the one place where a request becomes a [`Caller`].
//!
//! A device shows its token as `authorization: Bearer <token>`. The server keeps only the token's hash,
//! so that its files sign nobody in.

use super::error::Refusal;
use super::router::Shared;
use super::store::Caller;
use crate::domain::hash::Sha256;
use crate::domain::people::Role;
use crate::domain::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Problem::NotSignedIn)?;
        let now_utc_ms = chrono::Utc::now().timestamp_millis();
        let token_sha256 = Sha256::of(token.as_bytes());
        let caller = shared.store.caller(token_sha256, now_utc_ms).await;
        let caller = caller.map_err(|failure| {
            tracing::error!(%failure, "The store failed on a token.");
            Problem::ServerFailed
        })?;
        caller.ok_or_else(|| Problem::NotSignedIn.into())
    }
}

/// Whether the caller has a role now. What they did in it before does not count.
///
/// # Errors
/// [`Problem::ServerFailed`].
pub async fn is(shared: &Shared, caller: Caller, role: Role) -> Result<bool, Problem> {
    let posts = shared.store.posts(caller.person).await;
    let posts = posts.map_err(|failure| {
        tracing::error!(%failure, "The store failed on a person's posts.");
        Problem::ServerFailed
    })?;
    Ok(posts.iter().any(|post| post.role == role))
}

/// Goes on only for who has one of these roles now.
///
/// # Errors
/// [`Problem::NotAllowed`], [`Problem::ServerFailed`].
pub async fn may_any(shared: &Shared, caller: Caller, roles: &[Role]) -> Result<(), Problem> {
    for role in roles {
        if is(shared, caller, *role).await? {
            return Ok(());
        }
    }
    Err(Problem::NotAllowed)
}

/// Goes on only for who has a role now.
///
/// # Errors
/// [`Problem::NotAllowed`], [`Problem::ServerFailed`].
pub async fn may(shared: &Shared, caller: Caller, role: Role) -> Result<(), Problem> {
    match is(shared, caller, role).await? {
        true => Ok(()),
        false => Err(Problem::NotAllowed),
    }
}
