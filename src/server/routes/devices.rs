//! `/api/v1/devices` and `/api/v1/sign-out`: the ends of sign-ins.

use super::page::{self, Asked, named};
use super::{json, now_utc_ms, stored};
use crate::domain::id::DeviceId;
use crate::domain::people::Role;
use crate::server::auth::is;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::office::DevicesPage;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Answers a page of devices: an admin's has everybody's, others' their own.
pub async fn list(
    State(shared): State<Shared>,
    caller: Caller,
    asked: Asked<DeviceId>,
) -> Result<Response, Refusal> {
    let after = page::after(asked)?;
    let everybodys = is(&shared, caller, Role::Admin).await?;
    let devices = stored(shared.store.devices(caller, everybodys, after).await)?;
    let next = page::next(&devices, |device| device.id);
    Ok(json(StatusCode::OK, &DevicesPage { devices, next }))
}

/// Signs a device out: one's own, or as an admin anybody's.
pub async fn end(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<DeviceId>, PathRejection>,
) -> Result<Response, Refusal> {
    let device = named(path)?;
    let everybodys = is(&shared, caller, Role::Admin).await?;
    let ended = shared
        .store
        .end_device(caller, everybodys, device, now_utc_ms());
    Ok(json(StatusCode::OK, &stored(ended.await)??))
}

/// Signs the device out that asks.
pub async fn sign_out(State(shared): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let ended = shared
        .store
        .end_device(caller, false, caller.device, now_utc_ms());
    Ok(json(StatusCode::OK, &stored(ended.await)??))
}
