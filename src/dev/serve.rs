//! Building the server.

use super::cargo::{build, cargo};
use super::failure::Result;
use super::setup::Tools;
use std::path::PathBuf;

/// Builds the server as it is released. Gives back the path of the program.
pub fn build_server(tools: &Tools) -> Result<PathBuf> {
    let mut command = cargo(tools);
    command.args([
        "build",
        "--release",
        "--bin",
        "server",
        "--features",
        "server",
    ]);
    build(
        &mut command,
        "server",
        "The server does not build; the reason stands above.",
    )
}
