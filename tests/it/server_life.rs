//! Starting, ending, being killed, and losing the client.

use crate::server::{Process, Stored, TestServer, client, push, push_text, receipt, sealed};
use crate::signed_in::{sign_in_all, token};
use lookfor::domain::event::Envelope;
use lookfor::server::config::Config;
use lookfor::server::error::StartError;
use lookfor::server::serve::Server;
use lookfor::server::store::sqlite::migrate::KNOWN;
use lookfor::sync::protocol::{PUSH_PATH, Receipt};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::task::JoinHandle;

const ROUNDS: u64 = 15;
const DEVICES: u8 = 4;

/// Each round some devices push one event after the other until the server is killed at some
/// moment; in the next round they begin with the one that got no answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_that_it_answered_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    sign_in_all(folder.path()).await;
    let mut next = [1_u64; DEVICES as usize];
    let mut receipts: BTreeMap<(u8, u64), Receipt> = BTreeMap::new();
    let (mut unanswered, mut kept_unanswered) = (0, 0);
    for round in 0..ROUNDS {
        let mut server = Process::start(folder.path());
        let given = Arc::new(AtomicU64::new(0));
        let devices: Vec<_> = (0..DEVICES)
            .zip(next)
            .map(|(device, from)| {
                tokio::spawn(push_until_cut(
                    server.url.clone(),
                    device,
                    from,
                    given.clone(),
                ))
            })
            .collect();
        // However slow the machine is, every round gets somewhere, and ends at another moment.
        while given.load(Ordering::SeqCst) <= round && !devices.iter().all(JoinHandle::is_finished)
        {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_micros(round * 3_700 % 10_000)).await;
        server.child.kill().unwrap();
        server.child.wait().unwrap();
        for (device, pushing) in (0..DEVICES).zip(devices) {
            let given = pushing.await.unwrap();
            next[usize::from(device)] += given.len() as u64;
            receipts.extend(
                given
                    .into_iter()
                    .map(|(number, receipt)| ((device, number), receipt)),
            );
            unanswered += 1;
        }
        kept_unanswered += Stored::in_folder(folder.path()).count() - receipts.len() as u64;
    }
    // Each of them is either not there or there without its receipt having arrived.
    eprintln!(
        "{} answered, {unanswered} cut off, of them {kept_unanswered} kept",
        receipts.len()
    );

    let server = Process::start(folder.path());
    for (device, last) in (0..DEVICES).zip(next) {
        for number in 1..=last {
            let answers = push(&server.url, &[sealed(device, number)]).await.unwrap();
            let again = receipt(&answers[0]).clone();
            let first = receipts.entry((device, number)).or_insert(again.clone());
            assert_eq!(*first, again);
        }
    }
    let rows = Stored::in_folder(folder.path()).rows();
    assert_eq!(rows.len(), receipts.len());
    assert_eq!(rows.len() as u64, next.iter().sum::<u64>());
    for ((device, number), receipt) in receipts {
        let row = rows.iter().find(|row| row.sha256 == receipt.sha256.0);
        assert_eq!(receipt.server_number, number);
        let row = row.expect("a receipt has its row");
        let Envelope { body, words } = sealed(device, number);
        assert_eq!(row.body, body.into_bytes());
        assert_eq!(row.words, words.map(String::into_bytes));
        assert_eq!(row.sha256, receipt.sha256.0);
        assert_eq!(row.received_at_utc_ms, receipt.received_at_utc_ms);
    }
}

async fn push_until_cut(
    url: String,
    device: u8,
    from: u64,
    given: Arc<AtomicU64>,
) -> Vec<(u64, Receipt)> {
    let mut receipts = Vec::new();
    for number in from.. {
        let Ok(answers) = push(&url, &[sealed(device, number)]).await else {
            break;
        };
        receipts.push((number, receipt(&answers[0]).clone()));
        given.fetch_add(1, Ordering::SeqCst);
    }
    receipts
}

#[tokio::test]
async fn a_client_that_does_not_wait_for_the_answer_gets_it_when_it_asks_again() {
    let server = TestServer::start().await;
    let text = push_text(&[sealed(1, 1)]);
    let head = format!(
        "POST {PUSH_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         authorization: Bearer {}\r\n",
        token(1)
    );
    let request = format!("{head}content-length: {}\r\n\r\n{text}", text.len());
    let mut stream = server.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    while server.stored().count() == 0 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    drop(stream);
    let answers = server.push(&[sealed(1, 1)]).await;
    assert_eq!(receipt(&answers[0]).server_number, 1);
    assert_eq!(server.stored().count(), 1);
}

#[tokio::test]
async fn a_request_that_was_cut_in_its_middle_keeps_nothing() {
    let server = TestServer::start().await;
    let text = push_text(&[sealed(1, 1)]);
    let head = format!(
        "POST {PUSH_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         authorization: Bearer {}\r\n",
        token(1)
    );
    let request = format!("{head}content-length: {}\r\n\r\n{text}", text.len());
    for length in [head.len(), request.len() - text.len(), request.len() - 1] {
        let mut stream = server.connect().await;
        stream
            .write_all(&request.as_bytes()[..length])
            .await
            .unwrap();
    }
    let answers = server.push(&[sealed(2, 1)]).await;
    assert_eq!(receipt(&answers[0]).server_number, 1);
    assert_eq!(server.stored().count(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn sigterm_ends_it_cleanly_with_everything_written() {
    let folder = tempfile::tempdir().unwrap();
    sign_in_all(folder.path()).await;
    let mut server = Process::start(folder.path());
    // A kept connection that asks for nothing more must not hold the end up.
    let client = client();
    let health = format!("{}/api/v1/health", server.url);
    assert_eq!(client.get(health).send().await.unwrap().status(), 200);
    push(&server.url, &[sealed(1, 1)]).await.unwrap();

    let id = server.child.id().to_string();
    let told = std::process::Command::new("kill")
        .args(["-TERM", &id])
        .status();
    assert!(told.unwrap().success());
    let status = tokio::task::spawn_blocking(move || server.child.wait().unwrap());
    let status = tokio::time::timeout(Duration::from_secs(20), status).await;
    assert_eq!(status.expect("it ends").unwrap().code(), Some(0));
    assert!(
        !folder.path().join("lookfor.sqlite-wal").exists(),
        "the store was closed"
    );
    assert_eq!(Stored::in_folder(folder.path()).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_under_way_are_answered_before_the_end() {
    let mut server = TestServer::start().await;
    // A writer from outside keeps the store busy, so that the pushes are under way for a while.
    let Stored(outside) = server.stored();
    outside.execute_batch("begin immediate").unwrap();
    let pushes: Vec<_> = (1..=8)
        .map(|device| {
            let url = server.url.clone();
            tokio::spawn(async move { push(&url, &[sealed(device, 1)]).await.unwrap() })
        })
        .collect();
    // Long enough for a busy machine to have taken all eight.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        outside.execute_batch("rollback").unwrap();
    });
    server.stop().await;
    release.join().unwrap();
    for push in pushes {
        receipt(&push.await.unwrap()[0]);
    }
    assert_eq!(server.stored().count(), 8);
}

#[tokio::test]
async fn clients_that_never_finish_do_not_keep_the_server_from_its_end() {
    let soon = Duration::from_millis(200);
    let mut server = TestServer::with(|config| config.drain_timeout = soon).await;
    let silent = server.connect().await;
    let mut half = server.connect().await;
    half.write_all(b"POST /api/v1/push HTTP/1.1\r\nhost")
        .await
        .unwrap();
    let mut no_body = server.connect().await;
    let head =
        format!("POST {PUSH_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n");
    no_body
        .write_all(format!("{head}content-length: 9\r\n\r\n{{").as_bytes())
        .await
        .unwrap();
    server.push(&[sealed(1, 1)]).await;
    server.stop().await;
    assert!(
        !server.data.join("lookfor.sqlite-wal").exists(),
        "the store was closed"
    );
    drop((silent, half, no_body));
}

#[test]
fn a_second_server_on_the_same_data_folder_says_so_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let first = Process::start(folder.path());
    let mut second = Process::spawn(folder.path());
    assert_eq!(second.line(), "", "it does not say that it listens");
    assert_eq!(second.child.wait().unwrap().code(), Some(1));
    let mut said = String::new();
    let mut stderr = second.child.stderr.take().unwrap();
    stderr.read_to_string(&mut said).unwrap();
    assert!(said.contains("another Lookfor server is running"), "{said}");
    // A kill releases the folder.
    drop(first);
    Process::start(folder.path());
}

#[tokio::test]
async fn a_store_of_a_later_version_is_refused_and_left_as_it_is() {
    let mut server = TestServer::start().await;
    server.stop().await;
    let Stored(later) = server.stored();
    later.pragma_update(None, "user_version", 99).unwrap();
    later.close().unwrap();
    let before = std::fs::read(server.data.join("lookfor.sqlite")).unwrap();
    let error = open(&server.data).await;
    assert!(
        matches!(
            error,
            StartError::StoreIsNewer {
                found: 99,
                known: KNOWN
            }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("a later version of Lookfor"));
    assert_eq!(
        std::fs::read(server.data.join("lookfor.sqlite")).unwrap(),
        before
    );
}

#[tokio::test]
async fn a_file_that_is_no_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("lookfor.sqlite"),
        "minutes of the meeting ".repeat(99),
    )
    .unwrap();
    assert!(matches!(open(folder.path()).await, StartError::Sqlite(_)));
}

#[tokio::test]
async fn a_web_folder_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        data: folder.path().join("data"),
        web: Some(folder.path().join("web")),
        ..Config::default()
    };
    let error = Server::open(config).await.err().unwrap();
    assert!(matches!(error, StartError::Web(_)), "{error}");
}

async fn open(data: &Path) -> StartError {
    let mut config = Config {
        data: data.into(),
        ..Config::default()
    };
    config.listen.set_port(0);
    Server::open(config).await.err().expect("it does not start")
}
