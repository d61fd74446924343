//! `GET /api/v1/openapi.json`: the document of [`crate::server::openapi`].

use crate::server::openapi::document;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Answers with the document.
pub async fn openapi() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, document()).into_response()
}
