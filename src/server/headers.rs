//! What every answer carries, whoever made it: the security headers, a request id, a line in the log.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

/// The headers of every answer. The policy is the page's (docs/architecture.md, "Start-up, in order": no inline script or style).
pub const SECURITY: [(HeaderName, HeaderValue); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             worker-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'",
        ),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=()"),
    ),
];

/// The header that names an answer, so that a person's report and the log can be brought together.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Adds the headers to an answer and logs it.
pub async fn add(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let request_id = Uuid::new_v4().to_string();
    let method = request.method().clone();
    // The route and not the address: an address may hold what somebody typed.
    let route = request.extensions().get::<MatchedPath>().cloned();

    // Whatever is logged on the way to the answer carries the id.
    let span = tracing::info_span!("request", request_id);
    let mut response = next.run(request).instrument(span).await;

    let headers = response.headers_mut();
    headers.extend(SECURITY);
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        headers.insert(REQUEST_ID, id);
    }
    let status = response.status().as_u16();
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let duration_ms = began.elapsed().as_millis();
    if response.status().is_server_error() {
        tracing::error!(request_id, %method, route, status, duration_ms, "A request failed.");
    } else {
        tracing::debug!(request_id, %method, route, status, duration_ms, "A request was answered.");
    }
    response
}
