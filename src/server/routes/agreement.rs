//! `/api/v1/agreement`: what everybody may read, and an admin may set.

use super::{body, json, now_utc_ms, stored};
use crate::domain::agreement::{Agreement, Agreements, Reading, Withheld};
use crate::domain::people::Role;
use crate::domain::problem::Problem;
use crate::domain::visibility::{Relation, Row};
use crate::server::auth::may;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::office::{AgreementVersions, OFFICE_MAX_BYTES};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Deserializer};

/// An agreement as it is adopted: nothing is agreed on that this server does not understand. Devices are lenient
/// when they read it, since a later server may have understood more.
#[derive(Deserialize)]
struct Adopted(#[serde(with = "Strict")] Agreement);

#[derive(Deserialize)]
#[serde(remote = "Agreement", deny_unknown_fields)]
struct Strict {
    version: u32,
    from_utc_ms: i64,
    names: bool,
    minutes_max: u16,
    notice_from_observers: Option<u8>,
    copy_within_days: u8,
    peer_visits_voluntary: bool,
    words_kept_days: Option<u16>,
    #[serde(default, deserialize_with = "cells")]
    withheld: Vec<Withheld>,
    #[serde(skip)]
    read: Reading,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cell {
    row: Row,
    from: Relation,
}

fn cells<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Withheld>, D::Error> {
    let cells = Vec::<Cell>::deserialize(deserializer)?;
    let cells = cells
        .into_iter()
        .map(|Cell { row, from }| Withheld { row, from });
    Ok(cells.collect())
}

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
    let Adopted(agreement) = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
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
