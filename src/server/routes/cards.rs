//! `POST /api/v1/cards/{feedback}/revoke`: ends the links of a feedback's card.

use super::json;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::protocol::CardsRevoked;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Ends every link, also those that would still be mailed; for the teacher and for admins.
pub async fn revoke(
    State(shared): State<Shared>,
    caller: Caller,
    Path(feedback): Path<String>,
) -> Result<Response, Refusal> {
    let feedback: EventId = feedback.parse().map_err(|_| Problem::NotFound)?;
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    let revoked = shared
        .store
        .revoke_cards(feedback, caller, now_utc_ms)
        .await
        .map_err(|failure| {
            tracing::error!(%failure, "The store failed on revoking cards.");
            Problem::ServerFailed
        })?;
    let revoked = revoked?;
    Ok(json(StatusCode::OK, &CardsRevoked { revoked }))
}
