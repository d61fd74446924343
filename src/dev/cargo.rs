//! The cargo that this program starts, and the programs that come out of it.

use super::failure::{Failure, Result};
use super::setup::Tools;
use serde::Deserialize;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The package's folder. `cargo run` tells where it is; without it, the current folder.
pub fn root() -> PathBuf {
    let folder = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), Into::into);
    std::path::absolute(&folder).unwrap_or(folder)
}

/// A cargo command in the package's folder, with the environment of the person's own shell.
pub fn cargo(tools: &Tools) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(root());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_from_cargo_run) {
            command.env_remove(name);
        }
    }
    if let Some(compiler) = &tools.wasm_compiler {
        command.env("CC_wasm32_unknown_unknown", compiler);
    }
    command
}

/// Runs `command` with this program's own terminal. Fails with `complaint` when it fails.
pub fn run(command: &mut Command, complaint: &str) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| cannot_run(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(complaint))
    }
}

/// Runs a `cargo build`, its progress on the terminal, and gives back the file that it made for
/// the target `name`. Fails with `complaint` when the build fails.
pub fn build(command: &mut Command, name: &str, complaint: &str) -> Result<PathBuf> {
    command.arg("--message-format=json-render-diagnostics");
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| cannot_run(command, &error))?;
    if !output.status.success() {
        return Err(Failure::new(complaint));
    }
    made(&String::from_utf8_lossy(&output.stdout), name)
        .ok_or_else(|| Failure::new(format!("cargo did not say where it put `{name}`.")))
}

/// The variables that `cargo run` adds for its child. A build script that watches one of them
/// would run again, and all that depends on it, at every start. What a person sets to steer
/// cargo (`CARGO_HOME`, `CARGO_TARGET_DIR`, `CARGO_BUILD_JOBS`, ...) is not among them.
fn is_from_cargo_run(name: &str) -> bool {
    const NAMES: [&str; 7] = [
        "CARGO",
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_MAKEFLAGS",
        "CARGO_PRIMARY_PACKAGE",
        "CARGO_TARGET_TMPDIR",
        "OUT_DIR",
    ];
    const FAMILIES: [&str; 5] = [
        "CARGO_BIN_EXE_",
        "CARGO_CFG_",
        "CARGO_FEATURE_",
        "CARGO_MANIFEST_",
        "CARGO_PKG_",
    ];
    NAMES.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family))
}

/// One line of cargo's report; the other kinds of lines lack these fields.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    filenames: Vec<PathBuf>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// The file of the binary `name` in cargo's `report`, one JSON object a line.
fn made(report: &str, name: &str) -> Option<PathBuf> {
    let artifacts = report
        .lines()
        .filter_map(|line| serde_json::from_str::<Artifact>(line).ok());
    let mut wanted =
        artifacts.filter(|made| made.target.name == name && made.target.kind == ["bin"]);
    let artifact = wanted.next()?;
    let is_wasm = |file: &PathBuf| file.extension().is_some_and(|end| end == "wasm");
    artifact
        .executable
        .or_else(|| artifact.filenames.into_iter().find(is_wasm))
}

fn cannot_run(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy();
    Failure::new(format!("Could not run {program}: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_run_adds_goes_and_what_a_person_set_stays() {
        let added = [
            "CARGO",
            "CARGO_MANIFEST_DIR",
            "CARGO_PKG_VERSION",
            "CARGO_BIN_EXE_server",
        ];
        assert!(added.into_iter().all(is_from_cargo_run));
        let set = [
            "CARGO_HOME",
            "CARGO_TARGET_DIR",
            "CARGO_BUILD_JOBS",
            "CARGO_TERM_COLOR",
            "CARGO_PROFILE_DEV_DEBUG",
            "RUSTUP_HOME",
            "RUSTUP_TOOLCHAIN",
            "RUSTFLAGS",
            "PATH",
        ];
        assert!(!set.into_iter().any(is_from_cargo_run));
    }

    #[test]
    fn the_binary_is_found_among_the_lines_of_a_build() {
        let report = r#"
{"reason":"build-script-executed","package_id":"x"}
{"reason":"compiler-artifact","target":{"name":"app","kind":["lib"]},"filenames":["/t/libapp.rlib"],"executable":null}
{"reason":"compiler-artifact","target":{"name":"app","kind":["bin"]},"filenames":["/t/app.js","/t/app.wasm"],"executable":null}
{"reason":"compiler-artifact","target":{"name":"server","kind":["bin"]},"filenames":["/t/server"],"executable":"/t/server"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(made(report, "app"), Some("/t/app.wasm".into()));
        assert_eq!(made(report, "server"), Some("/t/server".into()));
        assert_eq!(made(report, "dev"), None);
    }
}
