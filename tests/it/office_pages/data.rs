//! Backups: made, downloaded, and brought back; and the log, which names nobody.

use super::people::{links, sign_in_at};
use super::visitor::between;
use super::{AN_ADMIN, Visitor, school};
use crate::server::sealed;
use lookfor::server::config::Config;
use lookfor::server::serve::Server;
use lookfor::server::store::people::Persons;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[tokio::test]
async fn a_backup_is_made_downloaded_and_brought_back() {
    let mut server = school().await;
    server.push(&[sealed(1, 1), sealed(1, 2)]).await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let text = admin.get("/office/data").await.text();
    assert!(text.contains("none yet") && text.contains("Mail is not set up"));
    let text = admin.done("/office/data/backups", &[]).await.text();
    assert!(text.contains("The backup is made."));
    let name = between(&text, "name=\"name\" value=\"", "\"").to_owned();
    let said = admin
        .post("/office/data/download", &[("name", &name)])
        .await;
    assert_eq!(said.status, 200);
    assert_eq!(said.header("cache-control"), "no-store");
    assert!(said.header("content-disposition").contains(&name));
    assert!(said.body.starts_with(b"SQLite format 3\0"));
    for elsewhere in ["../lookfor.sqlite", "lookfor.sqlite", ""] {
        let said = admin
            .post("/office/data/download", &[("name", elsewhere)])
            .await;
        assert_eq!(said.status, 404, "{elsewhere}");
    }
    let overview = admin.get("/office").await.text();
    assert!(!overview.contains("No backup of the last seven days"));
    server.stop().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("lookfor.sqlite"), &said.body).unwrap();
    let mut config = Config {
        data: folder.path().to_owned(),
        rebuild: true,
        ..Config::default()
    };
    config.listen.set_port(0);
    let restored = Server::open(config).await.unwrap();
    let people = restored.store().people(None).await.unwrap();
    assert!(
        people
            .iter()
            .any(|one| one.name.as_deref() == Some("Person 1"))
    );
    let stored = crate::server::Stored::in_folder(folder.path());
    assert_eq!(stored.count(), 2);
}

#[tokio::test]
async fn the_log_has_no_name_no_address_and_no_secret_of_the_office() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["--port", "0", "--data"])
        .arg(folder.path())
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let listening = lines.next().unwrap().unwrap();
    let url = listening.rsplit("listening on ").next().unwrap().to_owned();
    let first = lines.next().unwrap().unwrap();
    let signed_in = sign_in_at(&url, &first, 1).await.unwrap();
    let (mut admin, [door, cookie]) = Visitor::at(&url, &signed_in.token).await;
    admin.get("/office/pilot").await;
    let fields = [
        ("people", "Quetzal Xylophone, quetzal@zeppelin.example"),
        ("site_name", "Balthasar School"),
        ("idea", "three-reads"),
    ];
    let begun = admin.post("/office/pilot", &fields).await.text();
    let link = links(&begun).remove(0);
    assert!(
        admin
            .get("/office/people?q=quetzal")
            .await
            .text()
            .contains("Xylophone")
    );
    admin.get("/office/Quetzal").await;
    admin.done("/office/data/backups", &[]).await;
    server.kill().unwrap();
    let mut log = String::new();
    let mut stderr = server.stderr.take().unwrap();
    stderr.read_to_string(&mut log).unwrap();
    server.wait().unwrap();
    assert!(log.contains("The server is listening."), "it logs");
    let secret = |text: &str| text.rsplit(['/', '#']).next().unwrap().to_owned();
    let (door, link) = (secret(&door), secret(&link));
    for wrong in [
        "uetzal",
        "Xylophone",
        "zeppelin",
        "Balthasar",
        &door,
        &link,
        &cookie,
    ] {
        assert!(!log.contains(wrong), "{wrong}");
    }
}
