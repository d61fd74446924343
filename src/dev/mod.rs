//! Builds, starts, checks and measures all of it: the program behind four cargo aliases.
//!
//! It must never need SQLite, TLS or anything else of ours, because it is what installs the C
//! compiler that they need. What it decides is pure (plans, pages, versions, environments) and
//! tested; what it does is thin.
//!
//! Reading order: [`errand`] what can be asked for, [`setup`] what a machine needs first,
//! [`mod@cargo`] and [`failure`] what runs and what is said when it does not,
//! [`bundle`] the app as files for a browser, [`serve`] building and running the server, then
//! one file for each errand: [`start`], [`verify`], [`figures`].

pub mod bundle;
pub mod cargo;
pub mod errand;
pub mod failure;
pub mod figures;
pub mod serve;
pub mod setup;
pub mod start;
pub mod verify;

use errand::Errand;
use std::process::ExitCode;

/// Runs what the command line asks for. Fails with exit code 1 after one sentence that says why,
/// and with 2 when the command line itself cannot be understood.
pub fn main() -> ExitCode {
    let errand = match Errand::read(std::env::args_os().skip(1)) {
        Ok(errand) => errand,
        Err(reason) => {
            eprintln!("{reason}\n\n{}", errand::USAGE);
            return ExitCode::from(2);
        }
    };
    let done = match errand {
        Errand::Help => {
            println!("{}", errand::USAGE);
            Ok(())
        }
        Errand::Start(options) => start::start(&options),
        Errand::Bundle => bundle_alone(),
        Errand::Verify { fast } => verify::verify(fast),
        Errand::Figures(names) => figures::figures(&names),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

/// `cargo bundle`: the web app without the server, for who deploys it or tries a test in a browser.
fn bundle_alone() -> failure::Result<()> {
    let tools = setup::setup(setup::plan::Need::App)?;
    bundle::bundle(&tools).map(drop)
}
