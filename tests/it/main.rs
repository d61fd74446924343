//! Integration tests: everything from its outside, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected fails, and says where"
)]

mod agreed_app;
mod api;
mod called;
mod card;
mod card_app;
mod card_link;
mod card_revoke;
mod card_voice;
mod card_week;
mod claims;
mod copy;
mod demo;
mod device_merge;
mod device_sign_in;
mod devices;
mod district;
mod documents;
mod door;
mod erasure;
mod erasure_browser;
mod facts;
mod feed;
mod first_pilot;
mod flood;
mod form;
mod held_back;
mod hold;
mod ideas;
mod import_office;
mod imports;
mod imports_api;
mod imports_beside;
mod imports_files;
mod imports_fuzz;
mod imports_kinds;
mod imports_odd;
mod layering;
mod logs;
mod met;
mod native;
mod notice;
mod office;
mod office_broken;
mod office_pages;
mod page;
mod places;
mod places_documents;
mod projector;
mod pull;
mod rebuild;
mod said_app;
mod school;
mod seat;
mod server;
mod server_errors;
mod server_files;
mod server_fuzz;
mod server_life;
mod server_push;
mod server_refusals;
mod server_versions;
mod sign_in;
mod sign_in_again;
mod signed_in;
mod small_measures;
mod spotlight;
mod staff;
mod states;
mod story;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "tests and figures each use their part")]
mod support;
use support::web_copy;
mod taken_over;
mod unsaid;
mod visitors;
mod voices;
mod voices_app;
mod voices_held;
mod welcomes;
mod whole_story;
#[cfg(target_os = "linux")]
mod window;
mod workers;

/// Browsers share two cores with the servers that they talk to: one test at a time has one.
async fn one_browser_at_a_time() -> tokio::sync::MutexGuard<'static, ()> {
    static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    ALONE.lock().await
}
