//! `cargo verify`: every check, the quick ones first, cargo's summaries of the tests last.

use super::bundle::bundle;
use super::cargo::{build, cargo, run};
use super::failure::{Failure, Result};
use super::setup::{Tools, found::WASM, plan::Need, setup};
use std::path::PathBuf;

/// One cargo command and what it checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Check {
    headline: &'static str,
    words: &'static [&'static str],
    /// It needs the target or the compiler for wasm, or takes minutes.
    is_slow: bool,
}

const CHECKS: [Check; 5] = [
    Check {
        headline: "Format",
        words: &["fmt", "--check"],
        is_slow: false,
    },
    Check {
        headline: "Clippy, no features",
        words: &["clippy", "--no-default-features", "--", "-D", "warnings"],
        is_slow: false,
    },
    Check {
        headline: "Clippy, everything that is tested",
        words: &[
            "clippy",
            "--features",
            "tests",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
        is_slow: false,
    },
    Check {
        headline: "Clippy, the web app",
        words: &[
            "clippy",
            "--target",
            WASM,
            "--features",
            "web",
            "--bin",
            "app",
            "--lib",
            "--",
            "-D",
            "warnings",
        ],
        is_slow: true,
    },
    Check {
        headline: "Documentation",
        words: &[
            "doc",
            "--no-deps",
            "--document-private-items",
            "--features",
            "tests",
        ],
        is_slow: true,
    },
];

const UNIT_TESTS: [&str; 5] = ["test", "--features", "tests", "--lib", "--bins"];

/// Checks everything, or with `fast` what needs neither browser nor web build. Stops at the first
/// check that fails, and fails with its headline.
pub fn verify(fast: bool) -> Result<()> {
    let tools = setup(if fast { Need::Code } else { Need::Tests })?;
    for check in CHECKS.iter().filter(|check| !(fast && check.is_slow)) {
        do_check(check, &tools)?;
    }
    if fast {
        headline("Tests without a browser");
        return run(
            cargo(&tools).args(UNIT_TESTS),
            &complaint("Tests without a browser"),
        );
    }
    headline("The web app as the tests use it");
    let web = bundle(&tools)?;
    let mut tests = cargo(&tools);
    if cfg!(target_os = "linux") {
        headline("The app in a window, as the tests use it");
        tests.env("LOOKFOR_APP", window(&tools)?);
    }
    headline("Tests");
    tests
        .args(UNIT_TESTS)
        .args(["--test", "it"])
        .env("LOOKFOR_WEB", web);
    run(&mut tests, &complaint("Tests"))
}

/// Builds the app in a window; gives where it is. It is put aside, since the tests' own build has another program of
/// that name.
fn window(tools: &Tools) -> Result<PathBuf> {
    let mut command = cargo(tools);
    command.args(["build", "--bin", "app", "--features", "desktop"]);
    let built = build(&mut command, "app", &complaint("The app in a window"))?;
    let aside = built.with_file_name("app-in-a-window");
    std::fs::copy(&built, &aside)
        .map_err(|error| Failure::new(format!("Could not copy {}: {error}.", built.display())))?;
    Ok(aside)
}

fn do_check(check: &Check, tools: &Tools) -> Result<()> {
    headline(check.headline);
    let mut command = cargo(tools);
    command.args(check.words).env("RUSTDOCFLAGS", "-D warnings");
    run(&mut command, &complaint(check.headline))
}

fn headline(text: &str) {
    println!("\n== {text}");
}

fn complaint(headline: &str) -> String {
    format!("Stopped at: {headline}. The reason stands above.")
}
