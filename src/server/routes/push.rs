//! `POST /api/v1/push`: takes envelopes, and answers each after the commit.

use super::{body, failed, json};
use crate::domain::problem::Problem;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::server::store::arrival::Arrival;
use crate::sync::protocol::{PUSH_MAX_BYTES, PUSH_MAX_ENVELOPES, Push, Pushed};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Answers a push.
pub async fn push(
    State(shared): State<Shared>,
    caller: Result<Caller, Refusal>,
    request: Request,
) -> Result<Response, Refusal> {
    // First the body: who listens only after sending hears that they are not signed in, too.
    let bytes = body::read(request, PUSH_MAX_BYTES, &shared).await?;
    let caller = caller?;
    let arrivals: Vec<Arrival> = parse(&bytes)?
        .envelopes
        .into_iter()
        .map(Into::into)
        .collect();
    // The text of the request is not needed while the push waits for its turn.
    drop(bytes);
    let received_at_utc_ms = chrono::Utc::now().timestamp_millis();
    let pushed = shared
        .store
        .push(arrivals, caller, received_at_utc_ms)
        .await;
    let answers = pushed.map_err(failed)??;
    Ok(json(StatusCode::OK, &Pushed { answers }))
}

/// Reads a push; what it carries is read envelope by envelope, later.
fn parse(bytes: &[u8]) -> Result<Push, Problem> {
    let push: Push = body::spoken(bytes)?;
    match push.envelopes.len() {
        0 => Err(wrong("envelopes", "there must be at least one")),
        1..=PUSH_MAX_ENVELOPES => Ok(push),
        _ => Err(Problem::TooMany {
            limit: PUSH_MAX_ENVELOPES as u32,
        }),
    }
}

fn wrong(place: &str, reason: &str) -> Problem {
    Problem::Malformed {
        place: place.into(),
        reason: reason.into(),
    }
}
