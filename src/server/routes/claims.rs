//! `POST /api/v1/claims`: a teacher takes a numbered visit.

use super::{asked, failed, json};
use crate::domain::claim::ClaimCode;
use crate::domain::problem::Problem;
use crate::server::chance::Chance;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::protocol::{Claimed, PULL_REQUEST_MAX_BYTES};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// A [`crate::sync::protocol::ClaimVisit`] as the server reads it: with the code as somebody typed it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    code: String,
}

/// Answers with the visit that is the caller's now.
pub async fn claim(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    // Here the rate limit on claims is asked, before the code is looked at.
    let bytes = asked::bytes(request, PULL_REQUEST_MAX_BYTES, shared.read_timeout).await?;
    let Asked { code } = asked::plain(&bytes)?;
    let code = ClaimCode::typed(&code).ok_or(Problem::SecretUnknown)?;
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    let claimed = shared
        .store
        .claim(caller.person, code, now_utc_ms, Chance::draw())
        .await
        .map_err(|failure| failed(&failure))?;
    let walkthrough = claimed.ok_or(Problem::SecretUnknown)?;
    shared.projector.wake();
    Ok(json(StatusCode::OK, &Claimed { walkthrough }))
}
