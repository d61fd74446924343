//! The demo on a real server: an invented district comes in by the doors of a real one, once, and is marked.

use crate::server::{Said, Stored, client};
use crate::support::eventually;
use crate::support::program::Program;
use lookfor::domain::id::{DeviceId, SiteId};
use lookfor::server::config::Config;
use lookfor::server::demo::start::{RoleLink, start};
use lookfor::server::serve::Server;
use lookfor::server::store::demo::Demo;
use lookfor::server::store::sqlite::SqliteStore;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server in this process that is asked for a demo.
struct Running {
    address: SocketAddr,
    store: Arc<SqliteStore>,
    demo: Option<Demo>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Running {
    async fn on(data: &Path, demo: bool) -> Self {
        let config = Config {
            data: data.to_owned(),
            listen: ([127, 0, 0, 1], 0).into(),
            demo,
            ..Config::default()
        };
        let server = Server::open(config).await.unwrap();
        let (address, store, demo) = (server.address(), server.store(), server.demo());
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run(async { drop(stopped.await) }));
        Self {
            address,
            store,
            demo,
            stop,
            running,
        }
    }

    /// What the program does once it listens.
    async fn show(&self, demo: Demo) -> Vec<RoleLink> {
        let now_utc_ms = chrono::Utc::now().timestamp_millis();
        start(&*self.store, self.address, demo, now_utc_ms)
            .await
            .unwrap()
    }

    async fn end(self) {
        drop(self.store);
        self.stop.send(()).unwrap();
        self.running.await.unwrap();
    }
}

fn count(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Every row of what the demo brings, as text.
fn rows(connection: &Connection) -> Vec<String> {
    let tables = [
        "site",
        "class",
        "class_teacher",
        "class_students",
        "bell",
        "calendar_day",
        "district",
        "person",
        "alias",
        "post",
        "event",
        "words",
        "idea",
    ];
    let mut found = Vec::new();
    for table in tables {
        let mut statement = connection
            .prepare(&format!("select * from {table}"))
            .unwrap();
        let columns = statement.column_count();
        let all = statement.query_map([], |row| {
            let cells = (0..columns).map(|column| row.get_ref(column));
            let cells: rusqlite::Result<Vec<_>> = cells.collect();
            Ok(format!("{table} {:?}", cells?))
        });
        found.extend(all.unwrap().map(Result::unwrap));
    }
    found.sort();
    found
}

async fn sign_in(server: &Running, link: &str, device: u8) -> Value {
    let asked = json!({
        "protocol": 1, "secret": link.trim_start_matches("/join#"),
        "device": DeviceId::mint(1, [device; 10]), "formerly": null,
    });
    let url = format!("http://{}/api/v1/sign-in", server.address);
    let request = client()
        .post(url)
        .header("content-type", "application/json");
    let answer = Said::from(request.body(asked.to_string())).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn the_demo_is_loaded_once_and_a_restart_changes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let server = Running::on(data.path(), true).await;
    let demo = server.demo.unwrap();
    assert!(!demo.loaded);
    let old_links = server.show(demo).await;
    let stored = Stored::in_folder(data.path()).0;
    for (wanted, sql) in [
        (6, "select count(*) from site"),
        (180, "select count(*) from class"),
        (
            180,
            "select count(*) from class_students where kind = 'all'",
        ),
        (
            60,
            "select count(distinct person) from post where role = 'teacher'",
        ),
        (71, "select count(*) from person"),
        (1, "select count(*) from idea where state = 'testing'"),
        (1, "select count(*) from idea where state = 'baseline'"),
        (1, "select count(*) from idea where state = 'adopted'"),
        (1, "select loaded from demo"),
    ] {
        assert_eq!(count(&stored, sql), wanted, "{sql}");
    }
    assert!(count(&stored, "select count(*) from event") > 500);
    // Everything that was recorded is made into documents, and marked.
    let waiting = "select (select count(*) from to_project) + (select count(*) from to_refresh)";
    while count(&stored, waiting) > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(count(&stored, "select count(*) from parked"), 0);
    let marked =
        "select count(*) from document where kind = 'district' and body like '%\"demo\":true%'";
    assert_eq!(count(&stored, marked), 1);
    // Nobody was where they may not be: each visit is told to whom it was made.
    let visits = "select count(*) from event where kind = 'walkthrough_submitted'";
    let told = "select count(*) from document where kind = 'walkthrough' and body is not null";
    assert_eq!(2 * count(&stored, visits), count(&stored, told));
    // What has spread is everybody's to study, and what three or four teachers try is not.
    while count(&stored, "select count(*) from to_count") > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let wide = "select count(*) from document where kind = 'measures' and audience = 'everyone' \
                and body is not null";
    let of_spread = format!("{wide} and id = 'language-frames'");
    assert_eq!((count(&stored, wide), count(&stored, &of_spread)), (1, 1));
    let before = rows(&stored);
    server.end().await;

    let again = Running::on(data.path(), true).await;
    let demo = again.demo.unwrap();
    assert!(demo.loaded);
    let links = again.show(demo).await;
    assert_eq!(rows(&stored), before);
    // The links are fresh, one for each role, and each signs in.
    assert_eq!(links.len(), 6);
    for (device, (old, new)) in (1..).zip(old_links.iter().zip(&links)) {
        assert_eq!((old.role, &old.name), (new.role, &new.name));
        assert_ne!(old.link, new.link);
        let signed_in = sign_in(&again, &new.link, device).await;
        assert_eq!(signed_in["name"], json!(new.name));
    }
    again.end().await;
}

#[tokio::test]
async fn a_demo_that_was_broken_off_goes_on_with_the_same_district() {
    let data = tempfile::tempdir().unwrap();
    let server = Running::on(data.path(), true).await;
    let demo = server.demo.unwrap();
    server.show(demo).await;
    let stored = Stored::in_folder(data.path()).0;
    let before = rows(&stored);
    // As if the end had come before the last step was written down: every step is done again.
    stored.execute("update demo set loaded = 0", []).unwrap();
    server.show(demo).await;
    assert_eq!(rows(&stored), before);
    assert_eq!(count(&stored, "select loaded from demo"), 1);
    server.end().await;
}

/// Every row of every table of a store, but for what each start makes anew (links that sign in, and who used them), the
/// list of what was imported when, and counters of numbers that were never given.
fn everything(connection: &Connection) -> Vec<String> {
    const ANEW: [&str; 5] = [
        "secret",
        "device",
        "import",
        "import_roster",
        "sqlite_sequence",
    ];
    let sql = "select name from sqlite_schema where type = 'table'";
    let mut tables = connection.prepare(sql).unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut found = Vec::new();
    for table in tables.map(Result::unwrap) {
        if ANEW.contains(&table.as_str()) {
            continue;
        }
        let mut all = connection
            .prepare(&format!("select * from {table}"))
            .unwrap();
        let columns = all.column_count();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = (0..columns).map(|column| row.get_ref(column).unwrap());
            found.push(format!("{table} {:?}", cells.collect::<Vec<_>>()));
        }
    }
    found.sort();
    found
}

/// Waits until the demo is loaded and everything that came in is made into documents.
fn loaded(data: &Path) -> Connection {
    let stored = Stored::in_folder(data).0;
    let waiting = "select (select count(*) from demo where not loaded) + (select count(*) = 0 from demo) \
                   + (select count(*) from to_project) + (select count(*) from to_refresh) \
                   + (select count(*) from to_count)";
    eventually("the demo", || (count(&stored, waiting) == 0).then_some(()));
    stored
}

#[test]
fn the_program_started_again_and_made_to_import_it_all_again_changes_no_row_and_no_document() {
    let data = tempfile::tempdir().unwrap();
    let web = tempfile::tempdir().unwrap();
    let mut server = Program::start_demo(data.path(), web.path());
    let before = everything(&loaded(data.path()));
    let documents = before.iter().filter(|row| row.starts_with("document "));
    assert!(documents.count() > 1_000);
    let newest = "select max(made_at_utc_ms) from secret";
    for imports_again in [false, true] {
        // Ended without a word. The second time every file is imported again, and every event pushed.
        server.kill();
        let stored = loaded(data.path());
        let sql = "update demo set loaded = not ?1";
        stored.execute(sql, [imports_again]).unwrap();
        let links = count(&stored, newest);
        server.start_again();
        // The links are made last.
        eventually("fresh links", || {
            (count(&stored, newest) > links).then_some(())
        });
        assert_eq!(
            differences(&before, &everything(&loaded(data.path()))),
            [""; 0]
        );
    }
}

/// What is in one list and not in the other.
fn differences<'a>(one: &'a [String], other: &'a [String]) -> Vec<&'a str> {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    let differ = one.symmetric_difference(&other);
    differ.map(|row| row.as_str()).collect()
}

#[tokio::test]
async fn a_district_of_its_own_never_becomes_a_demo() {
    let data = tempfile::tempdir().unwrap();
    Running::on(data.path(), false).await.end().await;
    let stored = Stored::in_folder(data.path()).0;
    let site = SiteId::mint(1, [1; 10]);
    let sql = "insert into site (id, name) values (?1, 'North High')";
    stored.execute(sql, [site.0.as_bytes()]).unwrap();
    let server = Running::on(data.path(), true).await;
    assert_eq!(server.demo, None);
    assert_eq!(count(&stored, "select count(*) from demo"), 0);
    server.end().await;
}

#[tokio::test]
async fn an_empty_folder_is_marked_before_anything_is_loaded_and_goes_on_from_its_day() {
    let data = tempfile::tempdir().unwrap();
    let server = Running::on(data.path(), true).await;
    let begun = server.demo.unwrap();
    assert!(!begun.loaded);
    server.end().await;
    // The next start is on another day, and the district still leads up to the first one.
    let stored = Stored::in_folder(data.path()).0;
    stored
        .execute("update demo set today = '2026-11-03'", [])
        .unwrap();
    let server = Running::on(data.path(), true).await;
    let today = server.demo.unwrap().today.to_string();
    assert_eq!(today, "2026-11-03");
    server.end().await;
}
