//! `/api/v1/sites` and `/api/v1/classes`, for admins.

use super::page::{self, Asked};
use super::{body, json, now_utc_ms, stored};
use crate::domain::id::SiteId;
use crate::domain::people::Role;
use crate::server::auth::may;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::office::{KeepClass, OFFICE_MAX_BYTES, Site, SitesPage};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Answers a page of sites.
pub async fn sites(
    State(shared): State<Shared>,
    caller: Caller,
    asked: Asked<SiteId>,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let sites = stored(shared.store.sites(page::after(asked)?).await)?;
    let next = page::next(&sites, |site| site.id);
    Ok(json(StatusCode::OK, &SitesPage { sites, next }))
}

/// Keeps a site, new or renamed.
pub async fn keep_site(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let site: Site = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    site.check()?;
    stored(shared.store.keep_site(site.clone()).await)?;
    Ok(json(StatusCode::OK, &site))
}

/// Keeps a class, new or changed.
pub async fn keep_class(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let class: KeepClass = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    class.check()?;
    let kept = shared.store.keep_class(class.clone(), now_utc_ms());
    stored(kept.await)??;
    Ok(json(StatusCode::OK, &class))
}
