//! `GET /api/v1/health`: for whoever watches the server.

use super::json;
use axum::http::StatusCode;
use axum::response::Response;

/// Answers that the server is up.
pub async fn health() -> Response {
    json(StatusCode::OK, &serde_json::json!({ "ok": true }))
}
