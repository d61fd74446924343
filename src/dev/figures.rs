//! `cargo figures`: measures the bars on this machine.

use super::bundle::bundle;
use super::cargo::{cargo, run};
use super::failure::Result;
use super::setup::{plan::Need, setup};

/// Measures the bars in `names`, or all of them, against the app and the server as released.
pub fn figures(names: &[String]) -> Result<()> {
    let tools = setup(Need::Tests)?;
    let web = bundle(&tools)?;
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
    // Cargo builds the server as released beside the figures, which know where it is.
    command.args(names).env("LOOKFOR_WEB", web);
    run(
        &mut command,
        "The figures could not all be measured; the reason stands above.",
    )
}
