//! The files of the web app, from the folder that a build made.
//!
//! A build lies under `/b/<hash>/` and never changes, so browsers may keep it for ever; everything
//! else is asked for again each time and mostly answered with 304.

use super::error::Refusal;
use crate::domain::problem::Problem;
use crate::sync::office::JOIN_PATH;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use std::convert::Infallible;
use std::io::ErrorKind;
use std::path::Path;
use tower::{Service, service_fn};
use tower_http::services::{ServeDir, ServeFile};

const PLAIN: [(header::HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
    (header::CACHE_CONTROL, "no-cache"),
];
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Serves the folder of a built web app, or says that there is none.
pub fn files<S: Clone + Send + Sync + 'static>(web: Option<&Path>) -> Router<S> {
    let Some(web) = web else {
        return Router::new()
            .route("/", any(no_web))
            .route(JOIN_PATH, any(no_web))
            .fallback(not_found);
    };
    let index = ServeFile::new(web.join("index.html"))
        .precompressed_br()
        .precompressed_gzip();
    let missing = service_fn(|_: Request| async { Ok::<_, Infallible>(not_found().await) });
    let files = ServeDir::new(web)
        // No folder is an address: `/` is the only page, and `/join` the same one.
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(missing);
    Router::new()
        .route_service("/", index.clone())
        // The app reads the secret behind the `#` and shows a button: whoever only fetches the link, such
        // as a mail scanner, uses nothing up.
        .route_service(JOIN_PATH, index)
        .fallback(async move |request: Request| file(files.clone(), request).await)
        .layer(from_fn(say_how_long_to_keep))
}

async fn file<F>(mut files: ServeDir<F>, request: Request) -> Response
where
    F: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    F::Future: Send + 'static,
{
    match files.try_call(request).await {
        Ok(response) => response.map(Body::new),
        // A name that no file can have is an address where nothing is.
        Err(error) if error.kind() == ErrorKind::InvalidFilename => not_found().await,
        Err(error) => {
            tracing::error!(%error, "A file of the web app could not be read.");
            Refusal::from(Problem::ServerFailed).into_response()
        }
    }
}

async fn say_how_long_to_keep(request: Request, next: Next) -> Response {
    let of_a_build = is_of_a_build(request.uri().path());
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    // A missing file of a build may be there tomorrow: only what was found is kept for ever.
    let cache_control = if of_a_build && found {
        FOREVER
    } else {
        ASK_AGAIN
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, cache_control);
    response
}

/// Says whether the path is `/b/<hash>/<something>`.
fn is_of_a_build(path: &str) -> bool {
    path.strip_prefix("/b/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(hash, name)| !hash.is_empty() && !name.is_empty())
}

async fn not_found() -> Response {
    let text = "There is nothing at this address.\n";
    (StatusCode::NOT_FOUND, PLAIN, text).into_response()
}

async fn no_web() -> Response {
    let text = "This Lookfor server was started without the web app (--web DIR): it serves only the API.\n";
    (StatusCode::NOT_FOUND, PLAIN, text).into_response()
}
