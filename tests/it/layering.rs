//! The table in `lib.rs`: who may import whom, and what may not stand where.

use std::fs;
use std::path::{Path, PathBuf};

/// Each station, and the paths below `crate::` that it may name besides its own.
const TABLE: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("text", &["domain"]),
    ("report", &["domain", "text"]),
    ("local", &["domain"]),
    ("sync", &["domain"]),
    ("host", &["domain", "local", "sync"]),
    ("ui", &["domain", "text", "host"]),
    (
        "server",
        &["domain", "text", "report", "sync::protocol", "sync::office"],
    ),
    ("dev", &[]),
];

/// What the domain may not name: clocks, randomness, files, network, waiting.
const NOT_IN_DOMAIN: [&str; 12] = [
    "SystemTime",
    "Instant",
    "chrono::Utc",
    "chrono::Local",
    "new_v4",
    "now_v7",
    "getrandom",
    "std::fs",
    "std::net",
    "std::env",
    "async fn",
    ".await",
];

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(folder),
        &mut found,
    );
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

/// The paths below `crate::` that a source names, comments aside.
fn imports(text: &str) -> Vec<String> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| {
        line.split("crate::")
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    })
    .map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        rest[..end.unwrap_or(rest.len())].to_owned()
    })
    .collect()
}

fn allows(station: &str, allowed: &[&str], import: &str) -> bool {
    let mut names = allowed.to_vec();
    names.push(station);
    names.iter().any(|name| {
        import
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    })
}

#[test]
fn each_station_imports_only_what_the_map_says() {
    let mut wrong = Vec::new();
    for (station, allowed) in TABLE {
        for (path, text) in sources(station) {
            let imports = imports(&text);
            wrong.extend(
                imports
                    .into_iter()
                    .filter(|import| !allows(station, allowed, import))
                    .map(|import| format!("{}: crate::{import}", path.display())),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_check_of_imports_finds_what_it_looks_for() {
    let text = "use crate::local::Store;\n// crate::ui in words\nlet a = crate::domain::id::X;";
    assert_eq!(imports(text), ["local::Store", "domain::id::X"]);
    assert!(!allows("ui", &["domain"], "local::Store"));
    assert!(!allows("server", &["sync::protocol"], "sync::wire"));
    assert!(allows(
        "server",
        &["sync::protocol"],
        "sync::protocol::Push"
    ));
    assert!(!allows("text", &["domain"], "domainish::x"));
}

#[test]
fn every_folder_of_the_source_is_in_the_map() {
    let map = include_str!("../../src/lib.rs");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let in_table = TABLE.iter().any(|(station, _)| *station == name);
        assert!(
            name == "bin" || in_table && map.contains(&format!("| [`{name}`] |")),
            "{name}"
        );
    }
}

#[test]
fn the_domain_reads_no_clock_and_draws_no_randomness() {
    let mut wrong = Vec::new();
    for (path, text) in sources("domain") {
        for banned in NOT_IN_DOMAIN
            .iter()
            .filter(|banned| text.contains(**banned))
        {
            wrong.push(format!("{}: {banned}", path.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The policy of the page forbids style attributes; they would silently do nothing.
#[test]
fn no_element_is_styled_in_place() {
    let with_style = sources("ui")
        .into_iter()
        .filter(|(_, text)| text.contains("style:"));
    let paths: Vec<_> = with_style.map(|(path, _)| path).collect();
    assert_eq!(paths, Vec::<PathBuf>::new());
    let page = include_str!("../../index.html");
    assert!(!page.contains("style=") && !page.contains("<style") && !page.contains("onclick"));
}
