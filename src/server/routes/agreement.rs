//! `/api/v1/agreement`: what everybody may read, and an admin may set.

use super::{body, json, now_utc_ms, stored};
use crate::domain::agreement::{Agreement, Agreements};
use crate::domain::people::Role;
use crate::domain::problem::Problem;
use crate::server::auth::may;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::office::{AgreementVersions, OFFICE_MAX_BYTES};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Answers all versions.
pub async fn versions(State(shared): State<Shared>, _: Caller) -> Result<Response, Refusal> {
    Ok(answer(&shared).await?)
}

/// Adopts a version.
pub async fn adopt(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let agreement: Agreement = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    agreement.check()?;
    let adopted = shared.store.adopt(agreement, caller.person, now_utc_ms());
    stored(adopted.await)??;
    Ok(answer(&shared).await?)
}

async fn answer(shared: &Shared) -> Result<Response, Problem> {
    let adopted = stored(shared.store.agreements().await)?;
    let mut versions = Agreements::of(adopted).all().to_vec();
    versions.sort_by_key(|agreement| agreement.version);
    Ok(json(StatusCode::OK, &AgreementVersions { versions }))
}
