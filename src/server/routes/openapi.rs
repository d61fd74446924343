//! `GET /api/v1/openapi.json`: what this API takes and answers, for programs.
//!
//! It is written by hand. `tests/it/api.rs` holds it against the routes, and against what the server
//! answers to thousands of requests made from it.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The document.
pub const DOCUMENT: &str = include_str!("openapi.json");

/// Answers with the document.
pub async fn openapi() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, DOCUMENT).into_response()
}
