//! Every address of the server.

use super::error::Refusal;
use super::files::files;
use super::headers;
use super::limit::Limits;
use super::projector::Projector;
use super::routes::{
    agreement, claims, devices, health, news, people, places, pull, push, sign_in,
};
use super::store::ServerStore;
use crate::domain::problem::Problem;
use crate::sync::office::{
    AGREEMENT_PATH, CLASSES_PATH, DEVICE_END_PATH, DEVICES_PATH, INVITATION_PATH, PEOPLE_PATH,
    PERSON_PATH, POSTS_PATH, SIGN_OUT_PATH, SITES_PATH,
};
use crate::sync::protocol::{
    CLAIMS_PATH, CODES_PATH, EXPORT_PATH, NEWS_PATH, PULL_PATH, PUSH_PATH, SIGN_IN_PATH,
};
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
    /// Whether a push needs a signed-in device.
    pub sign_in: bool,
    /// Whether clients' addresses come from a proxy's `x-forwarded-for`.
    pub behind_proxy: bool,
    /// How often secrets may be tried.
    pub limits: Arc<Limits>,
}

/// The addresses, over a store and the folder of the web app, if there is one.
pub fn router(shared: Shared, web: Option<&Path>) -> Router {
    Router::new()
        .route(PUSH_PATH, post(push::push))
        .route(SIGN_IN_PATH, post(sign_in::sign_in))
        .route(CODES_PATH, post(sign_in::code))
        .route(SIGN_OUT_PATH, post(devices::sign_out))
        .route(DEVICES_PATH, get(devices::list))
        .route(DEVICE_END_PATH, post(devices::end))
        .route(PEOPLE_PATH, get(people::list).post(people::add))
        .route(PERSON_PATH, get(people::person).post(people::change))
        .route(POSTS_PATH, post(people::posts))
        .route(INVITATION_PATH, post(sign_in::invitation))
        .route(SITES_PATH, get(places::sites).post(places::keep_site))
        .route(CLASSES_PATH, post(places::keep_class))
        .route(
            AGREEMENT_PATH,
            get(agreement::versions).post(agreement::adopt),
        )
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
