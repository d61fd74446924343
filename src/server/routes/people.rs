//! `/api/v1/people`: people and their posts.

use super::page::{self, Asked, named};
use super::{body, json, now_utc_ms, stored};
use crate::domain::id::PersonId;
use crate::domain::people::Role;
use crate::domain::problem::Problem;
use crate::server::auth::{is, may};
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::sync::office::{AddPerson, ChangePerson, ChangePosts, OFFICE_MAX_BYTES, PeoplePage};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Answers a page of people, to an admin.
pub async fn list(
    State(shared): State<Shared>,
    caller: Caller,
    asked: Asked<PersonId>,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let people = stored(shared.store.people(page::after(asked)?).await)?;
    let next = page::next(&people, |person| person.id);
    Ok(json(StatusCode::OK, &PeoplePage { people, next }))
}

/// Answers one person, to an admin and to themselves.
pub async fn person(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<PersonId>, PathRejection>,
) -> Result<Response, Refusal> {
    let person = named(path)?;
    if !stored(shared.store.entries(caller.person).await)?.contains(&person) {
        may(&shared, caller, Role::Admin).await?;
    }
    let found = stored(shared.store.person(person).await)?;
    Ok(json(StatusCode::OK, &found.ok_or(Problem::NotFound)?))
}

/// Adds a person, for an admin.
pub async fn add(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let person: AddPerson = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    person.check()?;
    let added = stored(shared.store.add_person(person, now_utc_ms()).await)??;
    Ok(json(StatusCode::OK, &added))
}

/// Changes a person, for an admin, and within bounds for themselves. Only they say yes to visits by peers.
pub async fn change(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<PersonId>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let person = named(path)?;
    let is_admin = is(&shared, caller, Role::Admin).await?;
    let is_self = stored(shared.store.entries(caller.person).await)?.contains(&person);
    if !is_admin && !is_self {
        return Err(Problem::NotAllowed.into());
    }
    let change: ChangePerson = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    if !is_admin && !change.is_ones_own() {
        return Err(Problem::NotAllowed.into());
    }
    // A yes is the teacher's own: nobody says it for them. Anybody who may change them can take it back.
    if change.peer_visits == Some(true) && !is_self {
        return Err(Problem::NotAllowed.into());
    }
    change.check()?;
    let (store, now) = (&shared.store, now_utc_ms());
    let changed = match is_admin {
        true => store.change_person(person, change, now),
        false => store.change_own(person, change, now),
    };
    Ok(json(StatusCode::OK, &stored(changed.await)??))
}

/// Gives and ends posts, for an admin.
pub async fn posts(
    State(shared): State<Shared>,
    caller: Caller,
    path: Result<Path<PersonId>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    may(&shared, caller, Role::Admin).await?;
    let person = named(path)?;
    let change: ChangePosts = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    change.check()?;
    let changed = shared.store.change_posts(person, change, now_utc_ms());
    Ok(json(StatusCode::OK, &stored(changed.await)??))
}
