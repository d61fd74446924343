//! The API: one file for each thing that can be asked.
//!
//! A handler reads, asks the store once, and answers; every answer is JSON, but for the pages of [`card`].
//! Never here: a rule about records, or SQL.

pub mod card;
pub mod cards;
pub mod health;
pub mod openapi;
pub mod push;

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
