//! Imports by request, and from the command line: who may, what is answered, and what is in no file.

use crate::import_office::{Office, count};
use crate::office::{brought, problem_at, with_an_admin};
use crate::server::{Said, TestServer, client};
use crate::signed_in::{assert_not_allowed, assert_not_signed_in, get, post, read, token};
use crate::support::roster::{self, OF_STUDENTS, edited, small, with, zip};
use lookfor::domain::id::ImportId;
use lookfor::domain::import::Thing;
use lookfor::domain::problem::Problem;
use lookfor::sync::office::imports::{IMPORTS_PATH, Import, ImportNow, ImportState, ImportsPage};
use rstest::rstest;
use serde_json::json;
use std::path::Path;
use std::process::Command;

async fn send(
    server: &TestServer,
    token: &str,
    query: &str,
    content_type: &str,
    bytes: Vec<u8>,
) -> Said {
    let request = client()
        .post(format!("{}{IMPORTS_PATH}{query}", server.url))
        .header("content-type", content_type)
        .bearer_auth(token)
        .body(bytes);
    Said::from(request).await
}

async fn take(server: &TestServer, token: &str, id: ImportId, leavers: bool) -> Said {
    let path = format!("{IMPORTS_PATH}/{id}/take");
    post(server, &path, token, &json!({ "leavers": leavers })).await
}

#[tokio::test]
async fn an_admin_looks_takes_and_finds_it_in_the_list() {
    let (server, admin) = with_an_admin().await;
    let id = ImportId::mint(1_800_000_000_000, [7; 10]);
    let said = send(
        &server,
        &admin,
        &format!("?id={id}"),
        "application/zip",
        zip(&small()),
    )
    .await;
    let looked: Import = read(&said);
    assert_eq!((looked.id, looked.state), (id, ImportState::Looked));
    // Sent again, it is the same look.
    let again = send(
        &server,
        &admin,
        &format!("?id={id}"),
        "text/csv",
        Vec::new(),
    )
    .await;
    assert_eq!(read::<Import>(&again), looked);
    let now: ImportNow = read(&get(&server, &format!("{IMPORTS_PATH}/{id}"), &admin).await);
    assert_eq!(
        (now.state, now.import.as_ref()),
        (ImportState::Looked, Some(&looked))
    );
    let taken: Import = read(&take(&server, &admin, id, false).await);
    assert_eq!(
        (taken.state, &taken.preview),
        (ImportState::Taken, &looked.preview)
    );
    brought(&server, "people").await;
    let list: ImportsPage = read(&get(&server, IMPORTS_PATH, &admin).await);
    assert_eq!((list.imports, list.next), (vec![taken], None));
    let people = "select count(*) from document where kind = 'person' and audience = 'district'";
    let people = server
        .stored()
        .0
        .query_row(people, [], |row| row.get::<_, u32>(0));
    // Four of the roster beside those of the test and the first admin.
    assert_eq!(people, Ok(4 + 9 + 1));
}

#[rstest]
#[case::a_list("GET", "")]
#[case::one("GET", "/01a21293-b600-7101-8101-010101010101")]
#[case::a_look("POST", "")]
#[case::taking("POST", "/01a21293-b600-7101-8101-010101010101/take")]
#[tokio::test]
async fn imports_are_for_admins(#[case] method: &str, #[case] path: &str) {
    let (server, admin) = with_an_admin().await;
    let ask = async |token: Option<&str>| {
        let url = format!("{}{IMPORTS_PATH}{path}", server.url);
        let mut request = client().request(method.parse().unwrap(), url);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let content_type = if path.is_empty() {
            "text/csv"
        } else {
            "application/json"
        };
        Said::from(request.header("content-type", content_type).body("{}")).await
    };
    assert_not_signed_in(&ask(None).await);
    assert_not_allowed(&ask(Some(&token(2))).await);
    let allowed = ask(Some(&admin)).await;
    let wanted = if path.is_empty() { 200 } else { 404 };
    assert_eq!(allowed.status, wanted, "{}", allowed.text());
}

#[tokio::test]
async fn what_is_no_upload_is_refused() {
    let (server, admin) = with_an_admin().await;
    let csv = || roster::USERS.as_bytes().to_vec();
    let json = send(&server, &admin, "", "application/json", csv()).await;
    assert_eq!(problem_at(&json), "content-type");
    for query in ["?id=1", "?roster=x", "?source=%00"] {
        let said = send(&server, &admin, query, "text/csv", csv()).await;
        assert!(["query", "source"].contains(&&*problem_at(&said)));
    }
    let head = format!(
        "POST {IMPORTS_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\nauthorization: Bearer {admin}\r\n"
    );
    // An upload that does not arrive whole was never looked at.
    let cut = format!("{head}content-length: 100\r\n\r\nkey,value\n");
    let mut stream = server.connect().await;
    tokio::io::AsyncWriteExt::write_all(&mut stream, cut.as_bytes())
        .await
        .unwrap();
    drop(stream);
    let list: ImportsPage = read(&get(&server, IMPORTS_PATH, &admin).await);
    assert_eq!(list.imports, []);
}

#[tokio::test]
async fn what_blocks_or_leaves_is_refused_by_its_code() {
    let (server, admin) = with_an_admin().await;
    let look = async |bytes: Vec<u8>| {
        read::<Import>(&send(&server, &admin, "", "application/zip", bytes).await)
    };
    let broken = look(zip(&with(small(), "users.csv", "sourcedId\nu1\n"))).await;
    let said = take(&server, &admin, broken.id, true).await;
    assert_eq!((said.status, said.problem()), (400, Problem::ImportBlocked));
    let whole = look(zip(&small())).await;
    read::<Import>(&take(&server, &admin, whole.id, false).await);
    let header = roster::USERS.lines().next().unwrap().to_owned();
    let nobody = look(zip(&with(small(), "users.csv", header + "\n"))).await;
    let said = take(&server, &admin, nobody.id, false).await;
    let wanted = Problem::LeaversNeedConsent {
        people: 4,
        classes: 0,
    };
    assert_eq!((said.status, said.problem()), (400, wanted));
    let taken: Import = read(&take(&server, &admin, nobody.id, true).await);
    assert_eq!(count(&taken, Thing::People), (0, 0, 4));
    let nothing = ImportId::mint(1, [9; 10]);
    let said = take(&server, &admin, nothing, true).await;
    assert_eq!((said.status, said.problem()), (404, Problem::NotFound));
}

/// Every byte of every file of the folder.
fn bytes_of(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => bytes.extend(bytes_of(&path)),
            false => bytes.extend(std::fs::read(path).unwrap()),
        }
    }
    bytes
}

fn assert_no_student(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // Also as UTF-16.
    let without_zeros: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let without_zeros = String::from_utf8_lossy(&without_zeros);
    for word in OF_STUDENTS {
        let found = text.contains(word) || without_zeros.contains(word);
        assert!(!found, "{word} is there");
    }
}

#[tokio::test]
async fn no_name_id_address_or_password_of_a_student_is_in_any_file() {
    let office = Office::open();
    // Also where rows are left out, columns are mixed up, and everything is looked at but not taken.
    let swapped = edited(
        small(),
        "users.csv",
        "givenName,familyName",
        "familyName,givenName",
    );
    let in_the_grade = edited(small(), "users.csv", "g1,09,", "g1,Quillfeather,");
    let dangling = edited(small(), "enrollments.csv", "s1,x1", "s1,Quillfeather");
    let as_class = edited(
        small(),
        "enrollments.csv",
        "k1,s1,x2",
        "Umbrellastand,s1,x2",
    );
    let as_header = with(
        small(),
        "users.csv",
        roster::USERS.lines().skip(6).collect::<Vec<_>>().join("\n"),
    );
    let broken = edited(small(), "users.csv", "Yannick", "\"Yannick");
    let name_of_file = with(small(), "Zoe Quillfeather.csv", "a,b\n1,2\n");
    let in_groups = with(
        small(),
        "groups.csv",
        "group,userSourcedId\nQuillfeather,Turnipseed\n",
    );
    let mut delta = edited(
        small(),
        "manifest.csv",
        "file.users,bulk",
        "file.users,delta",
    );
    delta = edited(
        delta,
        "manifest.csv",
        "file.enrollments,bulk",
        "file.enrollments,delta",
    );
    for files in [
        swapped,
        in_the_grade,
        dangling,
        as_class,
        as_header,
        broken,
        name_of_file,
        in_groups,
        delta,
        small(),
    ] {
        let looked = office.look(&files).await;
        assert_no_student(&bytes_of(&office.data()));
        assert_no_student(serde_json::to_string(&looked).unwrap().as_bytes());
        if looked.state == ImportState::Looked {
            office.asked(&looked, true).await.unwrap();
        }
    }
    let bytes = bytes_of(&office.data());
    assert!(
        String::from_utf8_lossy(&bytes).contains("Alvarez"),
        "the search finds what is there"
    );
    assert_no_student(&bytes);
    // The upload itself is gone with its look.
    let names: Vec<_> = std::fs::read_dir(office.data())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        names
            .iter()
            .all(|name| name.to_string_lossy().starts_with("lookfor.")),
        "{names:?}"
    );
}

fn server(data: &Path, args: &[&str]) -> (bool, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_server"))
        .arg("--data")
        .arg(data)
        .args(args)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.success(), text(run.stdout), text(run.stderr))
}

#[test]
fn the_command_line_takes_files_and_says_what_they_did() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("roster.zip"), zip(&small())).unwrap();
    std::fs::write(
        path("bells.csv"),
        "site,day type,period,start,end\nVista High,A,1,8:00,9:00\n",
    )
    .unwrap();
    let (fine, said, log) = server(
        &data,
        &[
            "--import",
            &path("roster.zip"),
            "--import",
            &path("bells.csv"),
        ],
    );
    assert!(fine, "{said}{log}");
    assert!(
        said.contains("roster.zip\n  A roster in OneRoster 1.1\n"),
        "{said}"
    );
    assert!(
        said.contains("  People: 4 added, 0 changed, 0 marked as left\n"),
        "{said}"
    );
    assert!(
        said.contains("  3 students were counted; none of them is kept\n"),
        "{said}"
    );
    assert!(
        said.contains("bells.csv\n  Files beside a roster\n"),
        "{said}"
    );
    assert_eq!(said.matches("  It was taken.\n").count(), 2);
    assert_no_student((said + &log).as_bytes());
    let header = roster::USERS.lines().next().unwrap().to_owned() + "\n";
    std::fs::write(path("empty.zip"), zip(&with(small(), "users.csv", header))).unwrap();
    let (fine, said, _) = server(&data, &["--import", &path("empty.zip")]);
    assert!(!fine && said.contains("--import-leavers"), "{said}");
    let (fine, said, _) = server(&data, &["--import", &path("empty.zip"), "--import-leavers"]);
    assert!(fine, "{said}");
    std::fs::write(path("broken.csv"), "nothing\n").unwrap();
    let (fine, said, _) = server(&data, &["--import", &path("broken.csv")]);
    assert!(!fine && said.contains("None of it can be taken"), "{said}");
    let (fine, _, error) = server(&data, &["--import", &path("nowhere.csv")]);
    assert!(!fine && error.contains("nowhere.csv"), "{error}");
}
