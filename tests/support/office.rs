//! A stand-in for the server's side of sign-in and pull, before a real server: it speaks `protocol.rs`.
//!
//! Sign-in, sign-out, codes, pull and the quiet stream are answered here, as the test says; everything else,
//! pushes above all, goes on to the server behind it, whose answer comes back as it is.

use super::program::Program;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use lookfor::domain::document::{Audience, Document};
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::PersonId;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::{
    CODES_PATH, Change, Failure, NEWS_PATH, PROTOCOL, PULL_PATH, PUSH_PATH, Portion, Pull, Pulled,
    SIGN_IN_PATH, SIGN_OUT_PATH, SignIn, SignInCode, SignedIn,
};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// A person of the office.
#[derive(Clone)]
struct Known {
    person: PersonId,
    name: String,
    audiences: Vec<Audience>,
}

/// A change at its number: the audience, the name, and the document unless it is gone.
type Line = (Audience, lookfor::domain::document::Name, Option<String>);

#[derive(Default)]
struct Book {
    /// Secrets that were not used yet.
    secrets: BTreeMap<String, Known>,
    tokens: BTreeMap<String, Known>,
    /// What is pulled, in order; a line's number is its place, from 1.
    feed: Vec<Line>,
    feed_number: u64,
    /// What came to sign-in.
    sign_ins: Vec<SignIn>,
    /// Bodies of pushes that came with a token that is known.
    pushes: u32,
    /// Answers to pushes, instead of the server's.
    failing: Option<(StatusCode, Problem)>,
    /// Pushes that hold this text fail with 500.
    poison: Option<String>,
    minted: u32,
}

/// A running office.
#[derive(Clone)]
pub struct Office {
    book: Arc<Mutex<Book>>,
    news: watch::Sender<u64>,
    upstream: String,
    /// Where the server keeps whom it lets push.
    data: PathBuf,
    client: reqwest::Client,
    /// Where it listens, such as `127.0.0.1:40123`.
    pub address: String,
}

impl Office {
    /// Starts before a server. It ends with the runtime that it is called in.
    pub fn before(server: &Program) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        // Without a TLS provider no client is made; any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let office = Self {
            book: Arc::new(Mutex::new(Book {
                feed_number: 7,
                ..Book::default()
            })),
            news: watch::Sender::new(0),
            upstream: server.address.clone(),
            data: server.data().to_owned(),
            // A connection that the server is about to close must not be used again.
            client: reqwest::Client::builder()
                .pool_max_idle_per_host(0)
                .build()
                .unwrap(),
            address: listener.local_addr().unwrap().to_string(),
        };
        let router = Router::new()
            .route(SIGN_IN_PATH, post(sign_in))
            .route(SIGN_OUT_PATH, post(sign_out))
            .route(CODES_PATH, post(codes))
            .route(PULL_PATH, post(pull))
            .route(PUSH_PATH, post(push))
            .route(NEWS_PATH, get(news))
            .fallback(on)
            .with_state(office.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = TowerToHyperService::new(router.clone());
                let stream = TokioIo::new(stream);
                // A connection that breaks is the device's to notice.
                tokio::spawn(http1::Builder::new().serve_connection(stream, service));
            }
        });
        office
    }

    /// Its address for a device.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A secret for a person with this name, who reads what everybody reads and what is their own.
    pub fn invite(&self, person: PersonId, name: &str) -> String {
        let mut book = self.book.lock().unwrap();
        book.minted += 1;
        let secret = format!("secret-{}", book.minted);
        let known = Known {
            person,
            name: name.into(),
            audiences: vec![Audience::Everyone, Audience::Person(person)],
        };
        book.secrets.insert(secret.clone(), known);
        secret
    }

    /// Says something to an audience, or, with none, that a document is gone.
    pub fn publish(&self, audience: Audience, document: &Document) {
        let json = serde_json::to_string(document).unwrap();
        self.line((audience, document.name(), Some(json)));
    }

    /// Says something of any kind to an audience.
    pub fn say(&self, audience: Audience, kind: &str, id: &str, body: &serde_json::Value) {
        let name = lookfor::domain::document::Name {
            kind: kind.into(),
            id: id.into(),
        };
        let json = serde_json::json!({"kind": kind, "body": body});
        self.line((audience, name, Some(json.to_string())));
    }

    /// Takes a document back from an audience.
    pub fn take_back(&self, audience: Audience, document: &Document) {
        self.line((audience, document.name(), None));
    }

    fn line(&self, line: Line) {
        self.book.lock().unwrap().feed.push(line);
        self.news.send_modify(|number| *number += 1);
    }

    /// The person is no longer in an audience.
    pub fn remove_from(&self, person: PersonId, audience: &Audience) {
        for known in self.book.lock().unwrap().tokens.values_mut() {
            if known.person == person {
                known.audiences.retain(|one| one != audience);
            }
        }
        self.news.send_modify(|number| *number += 1);
    }

    /// Ends every device.
    pub fn end_all(&self) {
        self.book.lock().unwrap().tokens.clear();
    }

    /// Answers every push like this from now on, or lets it through again.
    pub fn fail(&self, failing: Option<(StatusCode, Problem)>) {
        self.book.lock().unwrap().failing = failing;
    }

    /// Fails on every push that holds this text.
    pub fn poison(&self, text: &str) {
        self.book.lock().unwrap().poison = Some(text.into());
    }

    /// What came to sign-in.
    pub fn sign_ins(&self) -> Vec<SignIn> {
        self.book.lock().unwrap().sign_ins.clone()
    }

    /// How many devices are signed in.
    pub fn devices(&self) -> usize {
        self.book.lock().unwrap().tokens.len()
    }

    /// How many pushes came with a token that is known.
    pub fn pushes(&self) -> u32 {
        self.book.lock().unwrap().pushes
    }

    fn known(&self, request: &Request) -> Option<(String, Known)> {
        let shown = request.headers().get(header::AUTHORIZATION)?;
        let token = shown.to_str().ok()?.strip_prefix("Bearer ")?;
        let book = self.book.lock().unwrap();
        Some((token.to_owned(), book.tokens.get(token)?.clone()))
    }

    async fn pass_on(&self, request: Request) -> Response {
        let (mut parts, body) = request.into_parts();
        parts.headers.remove(header::HOST);
        parts.headers.remove(header::CONNECTION);
        let address = format!("http://{}{}", self.upstream, path(&parts));
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let asked = self.client.request(parts.method, address);
        let Ok(answer) = asked.headers(parts.headers).body(bytes).send().await else {
            return StatusCode::BAD_GATEWAY.into_response();
        };
        let mut response = Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            if name != header::TRANSFER_ENCODING && name != header::CONTENT_LENGTH {
                response = response.header(name, value);
            }
        }
        let bytes = answer.bytes().await.unwrap_or_default();
        response.body(Body::from(bytes)).unwrap()
    }
}

/// Invitations lead to the app's page.
fn path(parts: &axum::http::request::Parts) -> String {
    match parts.uri.path() {
        "/join" => "/".into(),
        _ => parts.uri.to_string(),
    }
}

fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, serde_json::to_vec(value).unwrap()).into_response()
}

fn refuse(status: StatusCode, problem: Problem) -> Response {
    json(status, &Failure { problem })
}

fn not_signed_in() -> Response {
    refuse(StatusCode::UNAUTHORIZED, Problem::NotSignedIn)
}

async fn sign_in(State(office): State<Office>, body: Bytes) -> Response {
    let asked: SignIn = serde_json::from_slice(&body).unwrap();
    assert_eq!(asked.protocol, PROTOCOL);
    let mut book = office.book.lock().unwrap();
    book.sign_ins.push(asked.clone());
    let Some(known) = book.secrets.remove(&asked.secret) else {
        return refuse(StatusCode::GONE, Problem::SecretUnknown);
    };
    book.minted += 1;
    let token = format!("token-{:039}", book.minted);
    hire(&office.data, &known, &asked, &token);
    book.tokens.insert(token.clone(), known.clone());
    let signed_in = SignedIn {
        person: known.person,
        name: known.name,
        entries: vec![known.person],
        token,
    };
    json(StatusCode::OK, &signed_in)
}

/// Makes the server behind the office take what a person pushes with a token of the office.
fn hire(data: &Path, known: &Known, asked: &SignIn, token: &str) {
    let store = Connection::open(data.join("lookfor.sqlite")).unwrap();
    let person = known.person.0.as_bytes();
    let rows = [
        store.execute(
            "insert or ignore into person (id, name, added_at_utc_ms) values (?1, ?2, 0)",
            params![person, known.name],
        ),
        store.execute(
            "insert or replace into device (id, person, token_sha256, label, signed_in_at_utc_ms, \
             seen_at_utc_ms) values (?1, ?2, ?3, 'a test', 0, 0)",
            params![
                asked.device.0.as_bytes(),
                person,
                Sha256::of(token.as_bytes()).0
            ],
        ),
        store.execute(
            "insert or ignore into alias (source, external_id, person) \
             select 'device', ?1, ?2 where ?1 is not null",
            params![asked.formerly.map(|author| author.to_string()), person],
        ),
    ];
    for row in rows {
        row.unwrap();
    }
}

async fn sign_out(State(office): State<Office>, request: Request) -> Response {
    match office.known(&request) {
        None => not_signed_in(),
        Some((token, _)) => {
            office.book.lock().unwrap().tokens.remove(&token);
            json(StatusCode::OK, &serde_json::json!({}))
        }
    }
}

async fn codes(State(office): State<Office>, request: Request) -> Response {
    let Some((_, known)) = office.known(&request) else {
        return not_signed_in();
    };
    let mut book = office.book.lock().unwrap();
    book.minted += 1;
    let code = format!("7KQ4M2X{}", book.minted % 10);
    book.secrets.insert(code.clone(), known);
    let made = SignInCode {
        code: format!("{}-{}", &code[..4], &code[4..]),
        expires_utc_ms: 1_795_608_900_000,
    };
    json(StatusCode::OK, &made)
}

async fn push(State(office): State<Office>, request: Request) -> Response {
    if office.known(&request).is_none() {
        return not_signed_in();
    }
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    {
        let mut book = office.book.lock().unwrap();
        book.pushes += 1;
        if let Some((status, problem)) = book.failing.clone() {
            return refuse(status, problem);
        }
        let holds = |text: &String| String::from_utf8_lossy(&bytes).contains(text.as_str());
        if book.poison.as_ref().is_some_and(holds) {
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, Problem::ServerFailed);
        }
    }
    let request = Request::from_parts(parts, Body::from(bytes));
    office.pass_on(request).await
}

/// At most two changes at a time, so that there is more to pull.
async fn pull(State(office): State<Office>, request: Request) -> Response {
    let Some((_, known)) = office.known(&request) else {
        return not_signed_in();
    };
    let body = axum::body::to_bytes(request.into_body(), usize::MAX).await;
    let asked: Pull = serde_json::from_slice(&body.unwrap()).unwrap();
    let book = office.book.lock().unwrap();
    let same = asked.feed == Some(book.feed_number);
    let mut more = false;
    let portions = known.audiences.iter().map(|audience| {
        let had = asked
            .cursors
            .get(audience)
            .filter(|_| same)
            .copied()
            .unwrap_or(0);
        let news = (1u64..).zip(&book.feed);
        let mut news = news.filter(|(number, line)| line.0 == *audience && *number > had);
        let taken: Vec<_> = news.by_ref().take(2).collect();
        more |= news.next().is_some();
        let change = |line: &Line| Change {
            name: line.1.clone(),
            document: line
                .2
                .clone()
                .map(|json| RawValue::from_string(json).unwrap()),
        };
        Portion {
            audience: audience.clone(),
            cursor: taken.last().map_or(had, |(number, _)| *number),
            changes: taken.iter().map(|(_, line)| change(line)).collect(),
        }
    });
    let portions: Vec<Portion> = portions.collect();
    let lost = asked.cursors.into_keys();
    let pulled = Pulled {
        feed: book.feed_number,
        portions,
        lost: lost.filter(|one| !known.audiences.contains(one)).collect(),
        more,
    };
    json(StatusCode::OK, &pulled)
}

async fn news(State(office): State<Office>, request: Request) -> Response {
    if office.known(&request).is_none() {
        return not_signed_in();
    }
    let news = office.news.subscribe();
    let stream = futures_util::stream::unfold(news, |mut news| async move {
        news.changed().await.ok()?;
        let said = Ok::<_, std::convert::Infallible>(Bytes::from_static(b"data: pull\n\n"));
        Some((said, news))
    });
    let kind = [(header::CONTENT_TYPE, "text/event-stream")];
    (kind, Body::from_stream(stream)).into_response()
}

async fn on(State(office): State<Office>, request: Request) -> Response {
    office.pass_on(request).await
}
