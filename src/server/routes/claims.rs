//! `POST /api/v1/claims`: a teacher takes a numbered visit.

use super::{body, failed, json};
use crate::domain::claim::ClaimCode;
use crate::domain::problem::Problem;
use crate::server::chance::Chance;
use crate::server::error::Refusal;
use crate::server::limit::{Client, Kind};
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::protocol::{Claimed, PULL_REQUEST_MAX_BYTES};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use std::time::Instant;

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
    Client(address): Client,
    request: Request,
) -> Result<Response, Refusal> {
    let Asked { code } = body::read_json(request, PULL_REQUEST_MAX_BYTES, &shared).await?;
    shared.limits.check(Kind::Claim, address, Instant::now())?;
    let code = ClaimCode::typed(&code).ok_or(Problem::SecretUnknown)?;
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    let claimed = shared
        .store
        .claim(caller.person, code, now_utc_ms, Chance::draw())
        .await
        .map_err(failed)?;
    let walkthrough = claimed.ok_or(Problem::SecretUnknown)?;
    Ok(json(StatusCode::OK, &Claimed { walkthrough }))
}
