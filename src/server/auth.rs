//! Who asks: the one place where a request becomes a [`Caller`].
//!
//! A device shows its token as `authorization: Bearer <token>`. The server keeps only the token's hash,
//! so that its files sign nobody in.

use super::error::Refusal;
use super::router::Shared;
use super::store::Caller;
use crate::domain::hash::Sha256;
use crate::domain::problem::Problem;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
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
        let caller = shared.store.caller(Sha256::of(token.as_bytes())).await;
        let caller = caller.map_err(|failure| {
            tracing::error!(%failure, "The store failed on a token.");
            Problem::ServerFailed
        })?;
        caller.ok_or_else(|| Problem::NotSignedIn.into())
    }
}

/// For what is open until every device signs in: a request without a token has no caller, one with a
/// wrong token is refused.
impl OptionalFromRequestParts<Shared> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Shared,
    ) -> Result<Option<Self>, Refusal> {
        if !parts.headers.contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        <Self as FromRequestParts<Shared>>::from_request_parts(parts, shared)
            .await
            .map(Some)
    }
}
