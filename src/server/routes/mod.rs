//! The API: one file for each thing that can be asked.
//!
//! A handler reads, asks the store once, and answers; every answer is JSON, but for the pages of [`card`].
//! [`body`] and [`page`] are what several of them read. Never here: a rule about records, or SQL.

pub mod agreement;
mod body;
pub mod card;
pub mod card_voice;
pub mod cards;
pub mod claims;
pub mod devices;
pub mod health;
pub mod ideas;
pub mod imports;
pub mod news;
pub mod office;
pub mod openapi;
mod page;
pub mod people;
pub mod places;
pub mod pull;
pub mod push;
pub mod sign_in;

use super::store::StoreFailure;
use crate::domain::problem::Problem;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What the store answered; its fault is logged and not explained.
///
/// # Errors
/// [`Problem::ServerFailed`].
fn stored<T>(answer: Result<T, StoreFailure>) -> Result<T, Problem> {
    answer.map_err(failed)
}

/// A fault of the store: for the log; whoever asked learns only that the server failed.
fn failed(failure: StoreFailure) -> Problem {
    tracing::error!(%failure, "The store failed on a request.");
    Problem::ServerFailed
}

/// Now, by the server's clock, in milliseconds since 1970.
fn now_utc_ms() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

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
