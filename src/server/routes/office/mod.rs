//! `/office`: the pages for those who run a district.
//!
//! Reading order: [`desk`] (who asks, and what a form says), [`door`] (the address that
//! opens the office once), [`enter`] (the way in and out), then one file for each page. A page is read with
//! `GET` and changes nothing; a form posts, and is answered by the way to a page, except where a secret is
//! shown this once.
//!
//! Every handler takes [`desk::Office`], [`desk::Posted`] or [`upload::Upload`], which only somebody with a role
//! here has: a form is read nowhere else, so that none is taken without its token. What only admins may do says
//! `office.admin()?` first.
//!
//! Never here: a visit, feedback, a document of a person's feed.

mod agreement;
mod data;
mod desk;
mod devices;
pub mod door;
mod enter;
mod form;
mod ideas;
mod imports;
mod overview;
mod parts;
mod people;
mod person;
mod pilot;
mod places;
mod upload;

use crate::domain::hash::Sha256;
use crate::report::office::STYLESHEET;
use crate::server::router::Shared;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use std::sync::OnceLock;

/// The addresses of the office.
pub fn office() -> Router<Shared> {
    Router::new()
        .route("/office", get(overview::page))
        .route("/office/", get(async || Redirect::permanent("/office")))
        .route(
            "/office/enter/{secret}",
            get(enter::door).post(enter::enter),
        )
        .route("/office/sign-out", post(enter::sign_out))
        .route("/office/language", post(enter::language))
        .route("/office/pilot", get(pilot::page).post(pilot::begin))
        .route("/office/ideas", get(ideas::page).post(ideas::step))
        .route("/office/ideas/forms", post(ideas::add_form))
        .route("/office/people", get(people::page))
        .route(
            "/office/people/add",
            get(people::add_page).post(people::add),
        )
        .route(
            "/office/people/{id}",
            get(person::page).post(person::change),
        )
        .route("/office/people/{id}/posts", post(person::posts))
        .route("/office/people/{id}/invitation", post(person::invitation))
        .route("/office/people/{id}/confirm", post(person::confirm))
        .route("/office/people/{id}/left", post(person::left))
        .route("/office/people/{id}/back", post(person::back))
        .route("/office/people/{id}/merge", get(person::find_other))
        .route(
            "/office/people/{id}/merge/{other}",
            get(person::confirm_merge).post(person::merge),
        )
        .route("/office/sites", get(places::sites).post(places::add_site))
        .route("/office/sites/{id}", get(places::site).post(places::rename))
        .route(
            "/office/sites/{id}/classes/add",
            get(places::add_class_page).post(places::add_class),
        )
        .route(
            "/office/classes/{id}",
            get(places::class).post(places::change_class),
        )
        .route("/office/agreement", get(agreement::page))
        .route("/office/agreement/change", get(agreement::change))
        .route("/office/agreement/preview", post(agreement::preview))
        .route("/office/agreement/adopt", post(agreement::adopt))
        .route("/office/imports", get(imports::page).post(imports::look))
        .route("/office/imports/{id}", get(imports::one))
        .route("/office/imports/{id}/take", post(imports::take))
        .route("/office/devices", get(devices::page))
        .route("/office/devices/{id}/end", post(devices::end))
        .route("/office/data", get(data::page))
        .route("/office/data/backups", post(data::back_up))
        .route("/office/data/download", post(data::download))
        .route("/office/{*rest}", any(enter::not_there))
        .method_not_allowed_fallback(enter::not_there)
        .route("/office.css", get(style))
}

/// The stylesheet of all these pages. Its address changes with its contents, so it is kept for ever.
async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, STYLESHEET).into_response()
}

fn stylesheet() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let sum = Sha256::of(STYLESHEET.as_bytes()).to_string();
        format!("/office.css?{}", sum.get(..12).unwrap_or_default())
    })
}
