//! Every address of the server.

use super::error::Refusal;
use super::files::files;
use super::headers;
use super::import::desk::ImportDesk;
use super::limit::Limits;
use super::projector::Projector;
use super::routes::{
    agreement, card, card_voice, cards, claims, devices, health, ideas, imports, news, office,
    openapi, people, places, pull, push, sign_in,
};
use super::store::ServerStore;
use crate::domain::problem::Problem;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
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
    /// Whether clients' addresses come from a proxy's `x-forwarded-for`.
    pub behind_proxy: bool,
    /// How often secrets may be tried.
    pub limits: Arc<Limits>,
    /// Files that are being imported.
    pub imports: Arc<ImportDesk>,
    /// Where readers reach the server, without a slash at its end; none when it was not said.
    pub public_url: Option<String>,
    /// Whether the server sends mail.
    pub mails: bool,
    /// Whether the district is an invented one.
    pub demo: bool,
}

impl Shared {
    /// What a server shares that was started without options, over this store.
    pub fn over(store: Arc<dyn ServerStore>) -> Self {
        Self {
            store,
            projector: Projector::default(),
            read_timeout: Duration::from_secs(30),
            behind_proxy: false,
            limits: Arc::default(),
            imports: Arc::new(ImportDesk::new(std::env::temp_dir())),
            public_url: None,
            mails: false,
            demo: false,
        }
    }
}

/// Makes the routes of the API, and their list, from one table.
macro_rules! api {
    ($($method:ident $path:literal => $handler:path;)+) => {
        /// Every operation of the API: its method, in small letters, and its address. The document at
        /// `/api/v1/openapi.json` has the same ones.
        pub const API: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        fn api() -> Router<Shared> {
            Router::new()$(.route($path, $method($handler)))+
        }
    };
}

api! {
    get "/api/v1/health" => health::health;
    get "/api/v1/openapi.json" => openapi::openapi;
    post "/api/v1/sign-in" => sign_in::sign_in;
    post "/api/v1/sign-out" => devices::sign_out;
    post "/api/v1/codes" => sign_in::code;
    post "/api/v1/push" => push::push;
    post "/api/v1/pull" => pull::pull;
    get "/api/v1/news" => news::news;
    get "/api/v1/export" => pull::export;
    post "/api/v1/claims" => claims::claim;
    post "/api/v1/cards/{feedback}/revoke" => cards::revoke;
    get "/api/v1/devices" => devices::list;
    post "/api/v1/devices/{id}/end" => devices::end;
    get "/api/v1/people" => people::list;
    post "/api/v1/people" => people::add;
    get "/api/v1/people/{id}" => people::person;
    post "/api/v1/people/{id}" => people::change;
    post "/api/v1/people/{id}/posts" => people::posts;
    post "/api/v1/people/{id}/invitation" => sign_in::invitation;
    get "/api/v1/sites" => places::sites;
    post "/api/v1/sites" => places::keep_site;
    post "/api/v1/classes" => places::keep_class;
    get "/api/v1/library" => ideas::library;
    get "/api/v1/ideas" => ideas::ideas;
    post "/api/v1/ideas" => ideas::keep_idea;
    post "/api/v1/forms" => ideas::add_form;
    get "/api/v1/imports" => imports::list;
    post "/api/v1/imports" => imports::look;
    get "/api/v1/imports/{id}" => imports::import;
    post "/api/v1/imports/{id}/take" => imports::take;
    get "/api/v1/agreement" => agreement::versions;
    post "/api/v1/agreement" => agreement::adopt;
    post "/api/v1/office-door" => office::door::make;
}

/// The addresses, over a store and the folder of the web app, if there is one.
pub fn router(shared: Shared, web: Option<&Path>) -> Router {
    api()
        .route("/api", any(nothing_here))
        .route("/api/", any(nothing_here))
        .route("/api/{*rest}", any(nothing_here))
        .route("/card/{secret}", get(card::door).post(card::open))
        .route("/card/{secret}/thanks", post(card::thanks))
        .route("/card/{secret}/reply", post(card::reply))
        .route("/card/{secret}/spot", post(card_voice::spot))
        .route("/card/{secret}/support", post(card_voice::support))
        .route("/card/{secret}/week", post(card_voice::week))
        .route("/card/{secret}/lesson", post(card_voice::lesson))
        .route("/card.css", get(card::style))
        .merge(office::office())
        .method_not_allowed_fallback(method_not_allowed)
        .merge(files(web))
        .layer(from_fn_with_state(shared.projector.clone(), wake))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(headers::add))
        .with_state(shared)
}

/// Whatever may have written something wakes the projector: a handler cannot forget it.
async fn wake(State(projector): State<Projector>, request: Request, next: Next) -> Response {
    let writes = !request.method().is_safe();
    let response = next.run(request).await;
    if writes {
        projector.wake();
    }
    response
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
