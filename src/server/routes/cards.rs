//! `POST /api/v1/cards/{feedback}/revoke`: ends the links of a feedback's card.

use super::page::named;
use super::{json, now_utc_ms, stored};
use crate::domain::id::EventId;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::protocol::CardsRevoked;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Ends every link, also those that would still be mailed; for the teacher and for admins.
pub async fn revoke(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<EventId>, PathRejection>,
) -> Result<Response, Refusal> {
    let feedback = named(path)?;
    let revoked = shared.store.revoke_cards(feedback, caller, now_utc_ms());
    let revoked = stored(revoked.await)??;
    Ok(json(StatusCode::OK, &CardsRevoked { revoked }))
}
