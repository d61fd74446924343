//! Every address of the server.

use super::error::Refusal;
use super::files::files;
use super::headers;
use super::projector::Projector;
use super::routes::{claims, health, news, pull, push};
use super::store::ServerStore;
use crate::domain::problem::Problem;
use crate::sync::protocol::{CLAIMS_PATH, EXPORT_PATH, NEWS_PATH, PULL_PATH, PUSH_PATH};
use axum::Router;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use std::any::Any;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;

/// What the handlers share.
#[derive(Clone)]
pub struct Shared {
    /// Where events are kept.
    pub store: Arc<dyn ServerStore>,
    /// What makes documents of events, and tells who has something to pull.
    pub projector: Projector,
    /// How long a client may take over each piece of the body of a request.
    pub read_timeout: Duration,
}

/// The addresses, over a store and the folder of the web app, if there is one.
pub fn router(shared: Shared, web: Option<&Path>) -> Router {
    Router::new()
        .route(PUSH_PATH, post(push::push))
        .route(PULL_PATH, post(pull::pull))
        .route(NEWS_PATH, get(news::news))
        .route(EXPORT_PATH, get(pull::export))
        .route(CLAIMS_PATH, post(claims::claim))
        .route("/api/v1/health", get(health::health))
        .route("/api", any(nothing_here))
        .route("/api/", any(nothing_here))
        .route("/api/{*rest}", any(nothing_here))
        .method_not_allowed_fallback(method_not_allowed)
        .merge(files(web))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(headers::add))
        .with_state(shared)
}

async fn nothing_here() -> Refusal {
    Problem::NotFound.into()
}

async fn method_not_allowed() -> Refusal {
    Problem::MethodNotAllowed.into()
}

/// What the panic says is for the panic hook; here it is only answered.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Refusal::from(Problem::ServerFailed).into_response()
}
