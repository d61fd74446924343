//! Stores of shipped versions: each is opened with everything in it, and lives by the rules of today.

use crate::server::{TestServer, receipt, sealed};
use rstest::rstest;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

/// A data folder with the store that this fixture is.
fn folder_of(fixture: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = Connection::open(folder.path().join("lookfor.sqlite")).unwrap();
    file.execute_batch(fixture).unwrap();
    file.close().unwrap();
    folder
}

async fn server_on(data: &Path) -> TestServer {
    let data = data.to_owned();
    TestServer::with(|config| config.data = data).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_version_1_still_knows_what_it_has() {
    let folder = folder_of(include_str!("../fixtures/server/v1.sql"));
    let server = server_on(folder.path()).await;
    let before = server.stored().rows();
    let answers = server
        .push(&[sealed(1, 1), sealed(1, 2), sealed(1, 3)])
        .await;
    let after = server.stored().rows();
    assert_eq!((before.len(), after.len()), (2, 3));
    assert_eq!(after[..2], before);
    for (answer, row) in answers.iter().zip(&after) {
        let receipt = receipt(answer);
        assert_eq!(receipt.sha256.0, *row.sha256);
        assert_eq!(receipt.received_at_utc_ms, row.received_at_utc_ms);
    }
}

/// What is truth in version 2, table by table, without what the server of a test adds to it.
fn truth(file: &Connection) -> BTreeMap<&'static str, Vec<String>> {
    // Everybody in the fixture has an id of its moment and a number from 21 on.
    let tables = [
        (
            "event",
            "server_number <= 12",
            "id, device, number, body, received_at_utc_ms, about",
        ),
        ("words", "server_number <= 12", "server_number, words"),
        ("erased", "1", "id, erased_at_utc_ms"),
        ("erasure_awaited", "1", "id, author"),
        (
            "person",
            "substr(hex(id), 31) >= '15'",
            "id, name, mail, language, peer_visits",
        ),
        ("alias", "1", "source, external_id, person"),
        (
            "post",
            "substr(hex(person), 31) >= '15'",
            "person, role, place, from_utc_ms, until_utc_ms",
        ),
        ("site", "1", "id, name"),
        ("class", "1", "id, site, school_year, title"),
        ("class_teacher", "1", "class, person"),
        ("agreement", "1", "version, from_utc_ms, body"),
        (
            "device",
            "label = 'Chrome, Android'",
            "id, person, token_sha256, ended_at_utc_ms",
        ),
        (
            "secret",
            "expires_utc_ms = 1796817600000",
            "sha256, kind, person, feedback, used_at_utc_ms",
        ),
        ("office", "1", "device, next_number"),
        ("mail", "1", "feedback, person, sent_at_utc_ms, given_up"),
    ];
    let rows = tables.map(|(table, which, columns)| {
        let quoted: Vec<String> = columns
            .split(", ")
            .map(|column| format!("quote({column})"))
            .collect();
        let quoted = quoted.join(" || ' ' || ");
        let sql = format!("select {quoted} from {table} where {which} order by 1");
        let mut statement = file.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        (table, rows.map(Result::unwrap).collect())
    });
    rows.into()
}

/// The documents of visits that are there: for whom, and of which visit.
fn visits(file: &Connection) -> Vec<(String, String)> {
    let sql = "select audience, id from document \
               where kind = 'walkthrough' and body is not null order by 1, 2";
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// Waits until nothing waits for the projector.
async fn projected(file: &Connection) {
    let waiting = "select (select count(*) from to_project) + (select count(*) from to_refresh) \
                   + (select count(*) from to_count)";
    for _ in 0..3_000 {
        if file.query_row(waiting, [], |row| row.get(0)) == Ok(0) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_version_2_keeps_its_truth_and_forgets_what_a_stranger_made() {
    const TEACHER: &str = "person:01a21293-b600-7717-9717-171717171717";
    const STRANGER: &str = "person:01a21293-b600-7818-9818-181818181818";
    const BY_STRANGER: &str = "01a21293-b600-7e3e-be3e-3e3e3e3e3e3e";
    let folder = folder_of(include_str!("../fixtures/server/v2.sql"));
    let file = Connection::open(folder.path().join("lookfor.sqlite")).unwrap();
    let before = truth(&file);
    assert!(before.values().all(|rows| !rows.is_empty()), "{before:?}");
    let is_of = |whom: &str, visit: &str| (whom.to_owned(), visit.to_owned());
    assert!(visits(&file).contains(&is_of(TEACHER, BY_STRANGER)));

    let server = server_on(folder.path()).await;
    projected(&file).await;
    for (table, rows) in truth(&file) {
        assert_eq!(Some(&rows), before.get(table), "{table}");
    }
    let visits = visits(&file);
    assert!(!visits.contains(&is_of(TEACHER, BY_STRANGER)), "{visits:?}");
    assert!(visits.contains(&is_of(STRANGER, BY_STRANGER)));
    assert!(visits.iter().any(|(whom, _)| whom == TEACHER));
    let of_stranger = format!(
        "select (select count(*) from document where audience = '{STRANGER}' and kind = 'measures' \
         and body is not null) + (select count(*) from document where kind = 'support' \
         and body is not null) + (select count(*) from counted_support)"
    );
    assert_eq!(file.query_row(&of_stranger, [], |row| row.get(0)), Ok(0));
    // The principal's, and the numbered one; not those of somebody who does nothing in the district.
    let counted = "select count(*) from counted_visit";
    assert_eq!(file.query_row(counted, [], |row| row.get(0)), Ok(2));
    drop(server);
}

/// A store of this version: that of version 2, brought up by the frozen migrations, with what each version had beside.
fn of_version(version: usize) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let migrations = root.join("src/server/store/sqlite/migrations");
    let mut migrations: Vec<_> = std::fs::read_dir(migrations)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    migrations.sort();
    let mut sql = include_str!("../fixtures/server/v2.sql").to_owned();
    for step in 3..=version {
        let beside = root.join(format!("tests/fixtures/server/rows_v{step}.sql"));
        sql.push_str(&std::fs::read_to_string(&migrations[step - 1]).unwrap());
        // Not every version has rows that the one before it had not.
        sql.push_str(&std::fs::read_to_string(beside).unwrap_or_default());
    }
    sql.push_str(&format!("\npragma user_version = {version};"));
    sql
}

/// What later versions had beside, as it was: nothing of it is made again, or thrown away.
fn beside(file: &Connection, version: usize) -> Vec<(&'static str, Vec<String>)> {
    let tables = [
        (
            3,
            "form",
            "origin = 'district'",
            "key, version, form, sha256, idea",
        ),
        (
            3,
            "idea",
            "key = 'say-it-back'",
            "state, form_version, cycle, state_from_utc_ms",
        ),
        (
            3,
            "idea_step",
            "key = 'say-it-back'",
            "state, at_utc_ms, by_person",
        ),
        (
            4,
            "person",
            "peer_visits_ended_utc_ms is not null",
            "id, peer_visits_ended_utc_ms",
        ),
        (
            4,
            "secret",
            "used_by is not null and kind = 'code'",
            "sha256, used_by",
        ),
        (5, "site", "code is not null", "id, code"),
        (
            5,
            "class",
            "room is not null",
            "id, room, grades, subjects, periods",
        ),
        (5, "class_students", "1", "class, kind, name, students"),
        (5, "district", "1", "name, time_zone, week_start, languages"),
        (
            5,
            "bell",
            "1",
            "site, day_type, period, starts_min, ends_min",
        ),
        (5, "calendar_day", "1", "site, day, day_type"),
        (
            5,
            "imported_site",
            "1",
            "source, external_id, site, name, code",
        ),
        (
            5,
            "imported_person",
            "1",
            "external_id, person, name_sha256, mail_sha256, there",
        ),
        (
            5,
            "imported_post",
            "1",
            "source, person, role, place, since_on",
        ),
        (5, "imported_term", "1", "source, external_id, school_year"),
        (
            5,
            "imported_class",
            "1",
            "source, external_id, class, title, there",
        ),
        (5, "imported_teacher", "1", "source, class, person"),
        (
            7,
            "office_door",
            "1",
            "sha256, person, device, expires_utc_ms",
        ),
        (7, "office_session", "1", "sha256, person, device, language"),
        (7, "invitation_mail", "1", "person, tries, sent_at_utc_ms"),
        (
            11,
            "voice_pool",
            "about like 'survey:say-it-back/%'",
            "body, as_of",
        ),
        (11, "person", "added_by is not null", "id, name, added_by"),
    ];
    let there = tables.into_iter().filter(|(since, ..)| *since <= version);
    let rows = there.map(|(_, table, which, columns)| {
        let quoted: Vec<String> = columns
            .split(", ")
            .map(|column| format!("quote({column})"))
            .collect();
        let quoted = quoted.join(" || ' ' || ");
        let sql = format!("select {quoted} from {table} where {which} order by 1");
        let mut statement = file.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        (table, rows.map(Result::unwrap).collect())
    });
    rows.collect()
}

#[rstest]
#[case::version_3(3, of_version(3))]
#[case::version_4(4, of_version(4))]
#[case::version_5(5, of_version(5))]
#[case::version_6(6, of_version(6))]
#[case::version_7(7, of_version(7))]
#[case::version_11(11, of_version(11))]
#[case::version_7_as_it_lay_on_a_server(7, include_str!("../fixtures/server/v7.sql").to_owned())]
#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_a_later_version_opens_with_everything_in_it(
    #[case] version: usize,
    #[case] fixture: String,
) {
    let folder = folder_of(&fixture);
    let file = Connection::open(folder.path().join("lookfor.sqlite")).unwrap();
    let before = (truth(&file), beside(&file, version));
    let rows = before.1.iter();
    assert!(rows.clone().all(|(_, rows)| !rows.is_empty()), "{before:?}");
    let server = server_on(folder.path()).await;
    projected(&file).await;
    assert_eq!((truth(&file), beside(&file, version)), before);
    let counted = "select count(*) from counted_visit";
    assert_eq!(file.query_row(counted, [], |row| row.get(0)), Ok(2));
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_of_a_team_with_somebody_unknown_and_a_yes_without_its_event_are_forgotten() {
    let folder = folder_of(&of_version(11));
    let file = Connection::open(folder.path().join("lookfor.sqlite")).unwrap();
    let server = server_on(folder.path()).await;
    projected(&file).await;
    let pools = "select group_concat(about) from voice_pool where body is not null";
    let kept = file.query_row(pools, [], |row| row.get::<_, String>(0));
    assert_eq!(kept.as_deref(), Ok("survey:say-it-back/2026-11-16"));
    let welcomes = file.query_row("select count(*) from welcome", [], |row| row.get(0));
    assert_eq!(welcomes, Ok(0));
    drop(server);
}
