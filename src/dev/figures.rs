//! `cargo figures`: measures the bars on this machine.

use super::bundle::bundle;
use super::cargo::{cargo, run};
use super::failure::Result;
use super::serve::build_server;
use super::setup::{plan::Need, setup};

/// Measures the bars in `names`, or all of them, against the app and the server as released.
pub fn figures(names: &[String]) -> Result<()> {
    let tools = setup(Need::Tests)?;
    let web = bundle(&tools)?;
    let server = build_server(&tools)?;
    let mut command = cargo(&tools);
    command.args([
        "test",
        "--release",
        "--features",
        "tests",
        "--test",
        "figures",
        "--",
    ]);
    command
        .args(names)
        .env("LOOKFOR_WEB", web)
        .env("LOOKFOR_SERVER", server);
    run(
        &mut command,
        "The figures could not all be measured; the reason stands above.",
    )
}
