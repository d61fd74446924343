//! Integration tests: everything from its outside, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected fails, and says where"
)]

mod server;
mod server_errors;
mod server_files;
mod server_fuzz;
mod server_life;
mod server_push;
