//! Which page of a list is asked for.

use crate::domain::problem::Problem;
use crate::sync::office::PAGE_MAX;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query};
use serde::Deserialize;

/// The query of a list: after which id.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After<Id> {
    after: Option<Id>,
}

/// The query of a list, if it is one.
pub type Asked<Id> = Result<Query<After<Id>>, QueryRejection>;

/// After which id the page begins; none for the first.
///
/// # Errors
/// [`Problem::Malformed`].
pub fn after<Id>(asked: Asked<Id>) -> Result<Option<Id>, Problem> {
    match asked {
        Ok(Query(query)) => Ok(query.after),
        Err(_) => Err(Problem::Malformed {
            place: "query".into(),
            reason: "nothing, or after= and an id".into(),
        }),
    }
}

/// What to ask for after this page: its last entry, unless the page is not full.
pub fn next<T, Id>(page: &[T], id: impl Fn(&T) -> Id) -> Option<Id> {
    let is_full = page.len() >= PAGE_MAX as usize;
    page.last().filter(|_| is_full).map(id)
}

/// The id that an address names. What is no id names nothing.
///
/// # Errors
/// [`Problem::NotFound`].
pub fn named<Id>(path: Result<Path<Id>, PathRejection>) -> Result<Id, Problem> {
    path.map(|Path(id)| id).map_err(|_| Problem::NotFound)
}
