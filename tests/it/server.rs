//! A real server to test against, in this process or as its own, and what to push to it.

use crate::signed_in::{self, token_for};
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::walkthrough::Walkthrough;
use lookfor::domain::event::{Envelope, Fact, Origin, Words};
use lookfor::domain::id::{DeviceId, DraftId, EventId, PersonId};
use lookfor::domain::moment::Moment;
use lookfor::domain::people::Post;
use lookfor::domain::problem::Problem;
use lookfor::server::config::Config;
use lookfor::server::serve::Server;
use lookfor::server::store::people::Persons;
use lookfor::server::store::sqlite::SqliteStore;
use lookfor::sync::office::ChangePosts;
use lookfor::sync::protocol::{Answer, Failure, PROTOCOL, PUSH_PATH, Push, Pushed, Receipt};
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;
use rusqlite::{Connection, OpenFlags};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const NOON: Moment = Moment {
    at_utc_ms: 1_795_608_000_000,
    offset_min: -480,
};

/// A finished visit with a note, as one device of many sealed it.
pub fn sealed(device: u8, number: u64) -> Envelope {
    let [.., a, b, c, d] = number.to_be_bytes();
    let own = |part: u8| [device, part, a, b, c, d, 0, 0, 0, 0];
    let origin = Origin {
        id: EventId::mint(NOON.at_utc_ms, own(1)),
        device: DeviceId::mint(NOON.at_utc_ms, [device; 10]),
        number,
        author: PersonId::mint(NOON.at_utc_ms, [device; 10]),
        at: NOON,
    };
    let walkthrough = Walkthrough {
        draft: DraftId::mint(NOON.at_utc_ms, own(2)),
        visit: 3,
        form: Form::three_reads().form,
        begun: NOON,
        rated: vec![Rated {
            look_for: LookForKey("purpose-said".into()),
            rating: Rating::Partly,
        }],
        setting: None,
        phase: None,
        students: None,
        focus_seats: None,
    };
    let note = "Ms. Ortega: «¿qué se pide?»".to_owned();
    let words = Words {
        salt: "0123456789abcdef".repeat(2),
        said: [("note".to_owned(), note)].into(),
    };
    Envelope::seal(
        origin,
        &Fact::WalkthroughSubmitted(walkthrough),
        Some(&words),
    )
}

/// The envelope with one part of its body's text replaced.
pub fn edited(mut envelope: Envelope, from: &str, to: &str) -> Envelope {
    assert!(envelope.body.contains(from), "{from} is in the body");
    envelope.body = envelope.body.replacen(from, to, 1);
    envelope
}

/// A client, with the TLS that reqwest wants to have chosen for it even where there is none.
pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// The text of a push.
pub fn push_text(envelopes: &[Envelope]) -> String {
    let push = Push {
        protocol: PROTOCOL,
        envelopes: envelopes.to_vec(),
    };
    serde_json::to_string(&push).unwrap()
}

/// The receipt that must have been given.
pub fn receipt(answer: &Answer) -> &Receipt {
    match answer {
        Answer::Receipt(receipt) => receipt,
        Answer::Refused(problem) => panic!("refused: {problem:?}"),
    }
}

/// Pushes to the server at `url` as the device of the first envelope; an error when the connection is
/// lost.
pub async fn push(url: &str, envelopes: &[Envelope]) -> Result<Vec<Answer>, reqwest::Error> {
    push_as(url, Some(&token_for(envelopes)), envelopes).await
}

/// Pushes with this token, or none.
pub async fn push_as(
    url: &str,
    token: Option<&str>,
    envelopes: &[Envelope],
) -> Result<Vec<Answer>, reqwest::Error> {
    let mut request = client()
        .post(format!("{url}{PUSH_PATH}"))
        .header("content-type", "application/json");
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.body(push_text(envelopes)).send().await?;
    let status = response.status();
    let text = response.text().await?;
    assert_eq!(status, 200, "{text}");
    Ok(serde_json::from_str::<Pushed>(&text).unwrap().answers)
}

/// An answer of the server.
pub struct Said {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Said {
    pub async fn from(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap().to_vec(),
        }
    }

    /// The header's value, empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The problem of an answer that must be a failure in our own words.
    pub fn problem(&self) -> Problem {
        assert_eq!(self.header("content-type"), "application/json");
        let failure: Failure = serde_json::from_slice(&self.body).unwrap();
        failure.problem
    }
}

/// What the store of a data folder holds, seen from outside.
pub struct Stored(pub Connection);

/// A row of `event` with its words.
#[derive(Debug, PartialEq)]
pub struct Row {
    pub server_number: i64,
    pub kind: String,
    pub sha256: Vec<u8>,
    pub body: Vec<u8>,
    pub words: Option<Vec<u8>>,
    pub received_at_utc_ms: i64,
}

impl Stored {
    pub fn in_folder(data: &Path) -> Self {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        Self(Connection::open_with_flags(data.join("lookfor.sqlite"), flags).unwrap())
    }

    pub fn count(&self) -> u64 {
        let sql = "select count(*) from event";
        let count: i64 = self.0.query_row(sql, [], |row| row.get(0)).unwrap();
        count.unsigned_abs()
    }

    pub fn rows(&self) -> Vec<Row> {
        let sql = "select * from event left join words using (server_number) order by 1";
        let mut statement = self.0.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| {
            Ok(Row {
                server_number: row.get("server_number")?,
                kind: row.get("kind")?,
                sha256: row.get("sha256")?,
                body: row.get("body")?,
                words: row.get("words")?,
                received_at_utc_ms: row.get("received_at_utc_ms")?,
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }
}

/// A server in this process, on any free port, with a data folder of its own.
pub struct TestServer {
    pub url: String,
    pub data: PathBuf,
    /// The first admin's link, with the server's address.
    pub first_sign_in: Option<String>,
    /// Only while it runs: the data folder is free when the store is dropped.
    store: Option<Arc<SqliteStore>>,
    _folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
}

impl TestServer {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            data: folder.path().join("data"),
            ..Config::default()
        };
        config.listen.set_port(0);
        change(&mut config);
        let data = config.data.clone();
        let server = Server::open(config).await.unwrap();
        let url = format!("http://{}", server.address());
        let store = server.store();
        for device in signed_in::DEVICES {
            signed_in::sign_in(&*store, device).await;
        }
        let first_sign_in = server.first_sign_in().map(|link| format!("{url}{link}"));
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run(async { drop(stopped.await) }));
        Self {
            url,
            data,
            first_sign_in,
            store: Some(store),
            _folder: folder,
            stop: Some(stop),
            running: Some(running),
        }
    }

    pub async fn push(&self, envelopes: &[Envelope]) -> Vec<Answer> {
        push(&self.url, envelopes).await.unwrap()
    }

    /// Makes the person of this device hold these posts; gives the device's token.
    pub async fn person(&self, device: u8, posts: &[Post]) -> String {
        let store = self.store.as_ref().unwrap();
        if !signed_in::DEVICES.contains(&device) {
            signed_in::sign_in(&**store, device).await;
        }
        let give = ChangePosts {
            give: posts.to_vec(),
            end: Vec::new(),
        };
        let given = store.change_posts(signed_in::person(device), give, NOON.at_utc_ms);
        given.await.unwrap().unwrap();
        signed_in::token(device)
    }

    /// What it keeps, for what no route does.
    pub fn store(&self) -> &SqliteStore {
        self.store.as_ref().unwrap()
    }

    /// Posts this text as a push of device 1, whatever it is.
    pub async fn post(&self, body: impl Into<reqwest::Body>) -> Said {
        let request = client()
            .post(format!("{}{PUSH_PATH}", self.url))
            .header("content-type", "application/json")
            .bearer_auth(signed_in::token(1))
            .body(body);
        Said::from(request).await
    }

    pub async fn get(&self, path: &str) -> Said {
        Said::from(client().get(format!("{}{path}", self.url))).await
    }

    pub fn stored(&self) -> Stored {
        Stored::in_folder(&self.data)
    }

    /// Tells the server to end and waits until it has, for as long as a test can wait.
    pub async fn stop(&mut self) {
        drop(self.store.take());
        drop(self.stop.take());
        let running = self.running.take().unwrap();
        let ended = tokio::time::timeout(Duration::from_secs(30), running).await;
        ended.expect("the server ends").unwrap();
    }

    /// A connection on which nothing has been said.
    pub async fn connect(&self) -> TcpStream {
        let address = self.url.trim_start_matches("http://");
        TcpStream::connect(address).await.unwrap()
    }

    /// Sends these bytes on a connection of its own and reads until the server closes it.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// The server program in a process of its own, killed when the value is dropped.
pub struct Process {
    pub child: Child,
    pub url: String,
}

impl Process {
    /// Starts it and waits until it listens.
    pub fn start(data: &Path) -> Self {
        let mut process = Self::spawn(data);
        let line = process.line();
        let url = line.trim().strip_prefix("lookfor server: listening on ");
        url.expect("it says where it listens")
            .clone_into(&mut process.url);
        process
    }

    pub fn spawn(data: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["--port", "0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Self {
            child: child.unwrap(),
            url: String::new(),
        }
    }

    /// Its first lines on stdout.
    pub fn lines<const N: usize>(&mut self) -> [String; N] {
        let mut lines = BufReader::new(self.child.stdout.take().unwrap()).lines();
        std::array::from_fn(|_| lines.next().unwrap().unwrap())
    }

    /// Its first line on stdout, empty when it ends without one.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        let mut stdout = BufReader::new(self.child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
