//! What the documents say is so: paths, tables, kinds, the table of who sees what, reading orders.

use lookfor::domain::event::Fact;
use lookfor::domain::visibility::{Relation, Row, Sight, sight};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, from the root of the package, with `/` between names.
fn files(folder: &str) -> Vec<String> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => collect(&path, found),
                false => found.push(path),
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let relative = found.iter().map(|path| path.strip_prefix(root()).unwrap());
    relative
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The documents, by their paths.
fn pages() -> Vec<(String, String)> {
    let mut pages = files("docs");
    pages.retain(|path| path.ends_with(".md"));
    pages.push("README.md".into());
    pages
        .into_iter()
        .map(|path| (path.clone(), read(&path)))
        .collect()
}

/// What stands between backticks, blocks of code aside.
fn marked(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (number, part) in text.split("```").enumerate() {
        if number % 2 == 0 {
            let lines = part.lines().filter(|line| !line.starts_with("    "));
            found.extend(lines.flat_map(|line| line.split('`').skip(1).step_by(2)));
        }
    }
    found
}

/// Where the links of a page lead within the repository.
fn links(text: &str) -> Vec<&str> {
    let ends = text.split("](").skip(1);
    let targets = ends.filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    targets
        .map(|target| target.split_once('#').map_or(target, |(path, _)| path))
        .filter(|path| !path.is_empty() && !path.contains("://"))
        .collect()
}

/// Files that a build or a server makes, and that a page may name.
const MADE: [&str; 4] = ["app.js", "store.lock", "lookfor.lock", "store.sqlite"];

/// Whether a marked word is the path of a source, a test, a document or an asset.
fn is_a_path(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let kinds = [
        ".rs", ".sql", ".md", ".toml", ".css", ".js", ".html", ".svg", ".png",
    ];
    word.chars().all(plain)
        && !word.starts_with('.')
        && !MADE.contains(&word)
        && (kinds.iter().any(|kind| word.ends_with(kind))
            || ["src/", "tests/", "docs/", "assets/"]
                .iter()
                .any(|folder| word.starts_with(folder)))
}

#[test]
fn every_path_that_a_document_names_is_there() {
    let mut all: Vec<String> = ["src", "tests", "docs", "assets", ".ci", ".cargo"]
        .into_iter()
        .flat_map(files)
        .collect();
    for entry in fs::read_dir(root()).unwrap().flatten() {
        all.push(entry.file_name().to_string_lossy().into_owned());
    }
    let is_there = |word: &str| {
        let word = word.trim_end_matches('/');
        root().join(word).exists()
            || all
                .iter()
                .any(|path| path == word || path.ends_with(&format!("/{word}")))
    };
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        for word in marked(&text).into_iter().filter(|word| is_a_path(word)) {
            if !is_there(word) {
                wrong.push(format!("{page}: {word}"));
            }
        }
        let folder = root().join(&page).parent().unwrap().to_owned();
        for link in links(&text) {
            if !folder.join(link).exists() {
                wrong.push(format!("{page}: {link}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_check_of_paths_finds_what_it_looks_for() {
    assert!(is_a_path("ui/desk.rs") && is_a_path("src/domain") && !is_a_path("phase"));
    assert_eq!(marked("a `b` c\n\n    `d`\n```\n`e`\n```\n`f`"), ["b", "f"]);
    assert_eq!(links("[a](b.md#c) [d](https://e.org) [f](#g)"), ["b.md"]);
}

/// No name of a document that is not in the repository: who reads the sources cannot open it.
#[test]
fn no_source_rests_on_a_document_that_is_not_here() {
    let names: BTreeSet<String> = pages()
        .into_iter()
        .map(|(path, _)| path.rsplit('/').next().unwrap().to_owned())
        .collect();
    let mut wrong = Vec::new();
    for path in ["src", "tests"].into_iter().flat_map(files) {
        let Some(text) = path.ends_with(".rs").then(|| read(&path)) else {
            continue;
        };
        for line in text
            .lines()
            .filter(|line| line.trim_start().starts_with("//"))
        {
            let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)));
            for word in words.map(|word| word.trim_end_matches('.')) {
                if word.ends_with(".md") && word != ".md" && !names.contains(word) {
                    wrong.push(format!("{path}: {word}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The tables of the migrations of a folder, each with its columns.
fn schema(folder: &str) -> Vec<(String, Vec<String>)> {
    let connection = Connection::open_in_memory().unwrap();
    let mut migrations = files(folder);
    migrations.retain(|path| path.ends_with(".sql"));
    migrations.sort();
    for path in &migrations {
        connection.execute_batch(&read(path)).unwrap();
    }
    let sql = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'";
    let mut tables = connection.prepare(sql).unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let tables = tables.map(|table| {
        let table = table.unwrap();
        let mut columns = connection
            .prepare("select name from pragma_table_info(?1)")
            .unwrap();
        let columns = columns.query_map([&table], |row| row.get(0)).unwrap();
        let columns = columns.map(Result::unwrap).collect();
        (table, columns)
    });
    tables.collect()
}

/// What `docs/data.md` leaves out of these tables. A table has the sections whose headings name it, and those that
/// say `table.column`.
fn undocumented(part: &str, tables: &[(String, Vec<String>)]) -> Vec<String> {
    let sections: Vec<BTreeSet<&str>> = part
        .split("\n### ")
        .skip(1)
        .map(|section| marked(section).into_iter().collect())
        .collect();
    let headings: Vec<BTreeSet<&str>> = part
        .split("\n### ")
        .skip(1)
        .map(|section| {
            marked(section.lines().next().unwrap())
                .into_iter()
                .collect()
        })
        .collect();
    let mut missing = Vec::new();
    for (table, columns) in tables {
        let prefix = format!("{table}.");
        let homes: Vec<_> = sections
            .iter()
            .zip(&headings)
            .filter(|(words, heading)| {
                heading.contains(table.as_str())
                    || words.iter().any(|word| word.starts_with(&prefix))
            })
            .map(|(words, _)| words)
            .collect();
        let is_there = |column: &str| {
            let whole = format!("{prefix}{column}");
            homes
                .iter()
                .any(|words| words.contains(column) || words.contains(whole.as_str()))
        };
        missing.extend(
            columns
                .iter()
                .filter(|column| !is_there(column))
                .map(|column| format!("{table}.{column}")),
        );
    }
    missing
}

#[test]
fn every_table_and_column_is_explained() {
    let text = read("docs/data.md");
    let (_, rest) = text.split_once("\n## The device store").unwrap();
    let (device, server) = rest.split_once("\n## The server store").unwrap();
    let device_tables = schema("src/local/migrations");
    let server_tables = schema("src/server/store/sqlite/migrations");
    assert!(device_tables.len() > 5 && server_tables.len() > 20);
    assert_eq!(undocumented(device, &device_tables), Vec::<String>::new());
    assert_eq!(undocumented(server, &server_tables), Vec::<String>::new());
    let made_up = [("moon".to_owned(), vec!["phase".to_owned()])];
    assert_eq!(undocumented(device, &made_up), ["moon.phase"]);
}

/// The schemas of a kind that this version reads: of another one even data that is none is no problem.
fn schemas(kind: &str) -> Vec<u32> {
    (1..=20)
        .filter(|schema| !matches!(Fact::read(kind, *schema, "-"), Ok(None)))
        .collect()
}

#[test]
fn every_kind_of_fact_stands_in_the_protocol_with_its_schemas() {
    let text = read("docs/protocol.md");
    let (_, table) = text.split_once("| kind, schema |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let rows: Vec<&str> = table.lines().skip(2).collect();
    let wanted: Vec<String> = Fact::KINDS
        .iter()
        .map(|kind| {
            let schemas: Vec<_> = schemas(kind).iter().map(u32::to_string).collect();
            format!("| `{kind}` {} |", schemas.join(", "))
        })
        .collect();
    let found: Vec<String> = rows
        .iter()
        .map(|row| format!("|{}|", row.split('|').nth(1).unwrap()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn every_kind_of_fact_stands_in_the_api() {
    let text = read("src/server/openapi/push.json");
    let (_, rest) = text.split_once("\"walkthrough_submitted\"").unwrap();
    let (list, _) = rest.split_once(']').unwrap();
    let listed: Vec<&str> = std::iter::once("walkthrough_submitted")
        .chain(list.split('"').skip(1).step_by(2))
        .collect();
    assert_eq!(listed, Fact::KINDS);
}

/// The name of a row or a column, as it is written in an agreement.
fn name(value: impl Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn the_table_of_who_sees_what_is_the_one_of_the_code() {
    let cell = |sight: Sight| {
        use lookfor::domain::act::bright_spot::Circle;
        match sight {
            Sight::No => "no",
            Sight::Yes => "yes",
            Sight::WhenShared => "when shared",
            Sight::In(Circle::Site) => "in the site",
            Sight::In(Circle::District) => "in the district",
            Sight::Counts => "counts",
            Sight::MarkedSmall => "marked small",
            Sight::FromTeachers => "5 teachers",
            Sight::FromAnswersOrConsent => "5 answers or consent",
            Sight::FromAnswers => "5 answers",
            Sight::FromStudents => "11 students",
        }
    };
    let text = read("docs/visibility.md");
    let (_, table) = text.split_once("\n| row |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let mut lines = table.lines();
    let head = Relation::ALL.map(name).join(" | ");
    assert_eq!(lines.next().unwrap().trim(), format!("{head} |"));
    let rows: Vec<&str> = lines.skip(1).collect();
    let wanted = Row::ALL.map(|row| {
        let cells = Relation::ALL.map(|relation| cell(sight(row, relation)));
        format!("| `{}` | {} |", name(row), cells.join(" | "))
    });
    assert_eq!(rows, wanted);
}

/// A folder that has a reading order has all of its public parts in it.
#[test]
fn a_reading_order_leaves_nothing_out() {
    let mut wrong = Vec::new();
    let mut orders = 0;
    for path in files("src") {
        if !path.ends_with(".rs") {
            continue;
        }
        let text = read(&path);
        let said: String = text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .collect();
        if !said.contains("Reading order") || said.contains("one file for each") {
            continue;
        }
        orders += 1;
        let parts = text
            .lines()
            .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
        for part in parts.filter(|part| *part != "samples") {
            let named = [
                format!("`{part}`"),
                format!("`mod@{part}`"),
                format!("`{part}.rs`"),
            ];
            if !named.iter().any(|name| said.contains(name.as_str())) {
                wrong.push(format!("{path}: {part}"));
            }
        }
    }
    assert!(orders > 10, "{orders}");
    assert_eq!(wrong, Vec::<String>::new());
}

/// The browser's SQLite has no JSON functions; the native one has them and would not say.
#[test]
fn the_device_store_asks_sqlite_for_no_json() {
    let flags = read(".cargo/config.toml");
    assert!(flags.contains("SQLITE_OMIT_JSON"), "then this test can go");
    let mut wrong = Vec::new();
    for path in files("src/local") {
        for (number, line) in (1..).zip(read(&path).lines()) {
            if asks_for_json(line, path.ends_with(".sql")) {
                wrong.push(format!("{path}:{number}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    for sql in [
        "select json_extract(body, '$.id')",
        "from event, json_each (body)",
        "jsonb(body)",
        "json(body)",
        "select body ->> '$.id'",
    ] {
        assert!(asks_for_json(sql, true), "{sql}");
    }
    assert!(asks_for_json(
        "\"select json_extract(body, '$.id')\"",
        false
    ));
    assert!(!asks_for_json(
        "json::read(&text) -> serde_json::to_string(&x)",
        false
    ));
    assert!(!asks_for_json("    json text not null unique", true));
}

/// Whether a line calls one of SQLite's JSON functions, or in a file of SQL uses one of its operators.
fn asks_for_json(line: &str, is_sql: bool) -> bool {
    let line = line.to_ascii_lowercase();
    let calls = line.match_indices("json").any(|(place, _)| {
        let before = line[..place].chars().next_back();
        let rest = &line[place + "json".len()..];
        let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let Some((name, after)) = name.map(|end| rest.split_at(end)) else {
            return false;
        };
        let is_whole = before.is_none_or(|c| !(c.is_alphanumeric() || "_.:".contains(c)));
        let is_function = name.is_empty() || name == "b" || name.contains('_');
        is_whole
            && is_function
            && after.trim_start().starts_with('(')
            && (is_sql || !name.is_empty())
    });
    calls || is_sql && !line.trim_start().starts_with("--") && line.contains("->")
}
