//! `/api/v1/imports`: look at files, then take them. For admins.

use super::page::named;
use super::{body, json, now_utc_ms, stored};
use crate::domain::id::ImportId;
use crate::domain::people::Role;
use crate::domain::problem::Problem;
use crate::server::auth::may;
use crate::server::chance::Chance;
use crate::server::error::Refusal;
use crate::server::import::desk::{Sent, source};
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::server::store::imports::{Imports, Take};
use crate::sync::office::OFFICE_MAX_BYTES;
use crate::sync::office::imports::{IMPORT_MAX_BYTES, IMPORTS_PAGE_MAX, ImportsPage, TakeImport};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

/// The types of an upload; which of both it is, its first bytes say.
const TYPES: [&str; 3] = [
    "application/zip",
    "application/x-zip-compressed",
    "text/csv",
];

/// The query of an upload.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentAs {
    id: Option<ImportId>,
    source: Option<String>,
}

/// The query of the list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    after: Option<ImportId>,
}

/// Looks at a file and answers what it would do.
pub async fn look(
    State(shared): State<Shared>,
    caller: Caller,
    query: Result<Query<SentAs>, QueryRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let Query(sent_as) = query.map_err(|_| malformed("query", "id= and source=, or nothing"))?;
    let source = source(sent_as.source.as_deref())?;
    if !is_upload(request.headers()) {
        return Err(malformed("content-type", "application/zip or text/csv").into());
    }
    let room = shared.imports.room().map_err(|error| {
        tracing::error!(%error, "There is no room for an upload.");
        Problem::ServerFailed
    })?;
    let file = body::to_file(request, room, IMPORT_MAX_BYTES, &shared).await?;
    let now_utc_ms = now_utc_ms();
    let minted = || ImportId::mint(now_utc_ms, Chance::draw().take());
    let sent = Sent {
        id: sent_as.id.unwrap_or_else(minted),
        person: Some(caller.person),
        source,
        file,
        name: String::new(),
    };
    let looked = shared.imports.look(&*shared.store, sent, now_utc_ms).await;
    Ok(json(StatusCode::OK, &stored(looked)?))
}

/// Takes what was looked at.
pub async fn take(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<ImportId>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let id = named(path)?;
    let TakeImport { leavers } = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    let take = Take {
        id,
        leavers,
        now_utc_ms: now_utc_ms(),
    };
    let taken = shared.imports.take(&*shared.store, take).await;
    Ok(json(StatusCode::OK, &stored(taken)??))
}

/// Answers an import as it is at this moment.
pub async fn import(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<ImportId>, PathRejection>,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let now = shared.imports.now(&*shared.store, named(path)?).await;
    Ok(json(
        StatusCode::OK,
        &stored(now)?.ok_or(Problem::NotFound)?,
    ))
}

/// Answers a page of imports, the newest first.
pub async fn list(
    State(shared): State<Shared>,
    caller: Caller,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let Query(query) = query.map_err(|_| malformed("query", "nothing, or after= and an id"))?;
    let imports = stored(Imports::imports(&*shared.store, query.after).await)?;
    let is_full = imports.len() >= IMPORTS_PAGE_MAX;
    let next = imports.last().filter(|_| is_full).map(|import| import.id);
    Ok(json(StatusCode::OK, &ImportsPage { imports, next }))
}

fn is_upload(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let essence = content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|essence| essence.trim().to_ascii_lowercase());
    essence.is_some_and(|essence| TYPES.contains(&&*essence))
}

fn malformed(place: &str, reason: &str) -> Problem {
    Problem::Malformed {
        place: place.into(),
        reason: reason.into(),
    }
}
