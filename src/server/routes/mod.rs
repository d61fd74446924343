//! The API: one file for each thing that can be asked.
//!
//! A handler reads, asks the store once, and answers; every answer is JSON. Never here: a rule
//! about records, or SQL.

pub mod asked;
pub mod claims;
pub mod health;
pub mod news;
pub mod pull;
pub mod push;

use super::error::Refusal;
use super::store::StoreFailure;
use crate::domain::problem::Problem;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An answer of the API.
pub fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let body =
        serde_json::to_vec(value).expect("our answers have string keys, and memory takes them");
    (status, headers, body).into_response()
}

/// A fault of the store: for the log; whoever asked learns only that the server failed.
pub fn failed(failure: &StoreFailure) -> Refusal {
    tracing::error!(%failure, "The store failed on a request.");
    Problem::ServerFailed.into()
}
