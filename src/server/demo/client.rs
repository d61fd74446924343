//! A client of the server's own API, over HTTP as any other.

use axum::body::Body;
use hyper::client::conn::http1;
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpStream;

/// The largest answer that is read, in bytes.
const ANSWER_MAX_BYTES: usize = 64 * 1024 * 1024;
/// How often a request is tried again that the server was too busy for.
const TRIES: u32 = 90;
/// How long to wait before.
const PAUSE: Duration = Duration::from_secs(1);

/// Why the demo could not be loaded. What the server said is in it; nothing that was recorded is.
#[derive(Debug)]
pub struct DemoError(pub String);

impl fmt::Display for DemoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the demo could not be loaded: {}", self.0)
    }
}

impl std::error::Error for DemoError {}

/// Where a server answers.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    address: SocketAddr,
}

/// What is sent.
pub struct Sent {
    content_type: &'static str,
    bytes: Vec<u8>,
}

impl From<&Value> for Sent {
    fn from(value: &Value) -> Self {
        Self {
            content_type: "application/json",
            bytes: value.to_string().into_bytes(),
        }
    }
}

impl Sent {
    /// A zip.
    pub fn zip(bytes: Vec<u8>) -> Self {
        Self {
            content_type: "application/zip",
            bytes,
        }
    }

    /// Nothing.
    pub fn nothing() -> Self {
        Self {
            content_type: "",
            bytes: Vec::new(),
        }
    }
}

impl Client {
    /// A client of the server that listens there; one that listens everywhere is reached on this machine.
    pub fn of(mut address: SocketAddr) -> Self {
        if address.ip().is_unspecified() {
            address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
        }
        Self { address }
    }

    /// What a `GET` answers.
    ///
    /// # Errors
    /// [`DemoError`] for any answer but 200.
    pub async fn get(&self, path: &str, token: &str) -> Result<Value, DemoError> {
        self.ask(Method::GET, path, Some(token), &Sent::nothing())
            .await
    }

    /// What a `POST` answers.
    ///
    /// # Errors
    /// [`DemoError`] for any answer but 200.
    pub async fn post(
        &self,
        path: &str,
        token: Option<&str>,
        sent: impl Into<Sent>,
    ) -> Result<Value, DemoError> {
        self.ask(Method::POST, path, token, &sent.into()).await
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        sent: &Sent,
    ) -> Result<Value, DemoError> {
        for _ in 0..TRIES {
            let (status, bytes) = self.once(&method, path, token, sent).await?;
            match status {
                StatusCode::OK => {
                    return serde_json::from_slice(&bytes)
                        .map_err(|error| DemoError(format!("{method} {path}: {error}")));
                }
                // Sign-ins are limited, also for a demo.
                StatusCode::TOO_MANY_REQUESTS => tokio::time::sleep(PAUSE).await,
                other => {
                    let said = String::from_utf8_lossy(&bytes);
                    return Err(DemoError(format!(
                        "{method} {path} answered {other}: {said}"
                    )));
                }
            }
        }
        Err(DemoError(format!(
            "{method} {path}: the server stayed busy"
        )))
    }

    async fn once(
        &self,
        method: &Method,
        path: &str,
        token: Option<&str>,
        sent: &Sent,
    ) -> Result<(StatusCode, Vec<u8>), DemoError> {
        let failed = |error: &dyn fmt::Display| DemoError(format!("{method} {path}: {error}"));
        let stream = TcpStream::connect(self.address)
            .await
            .map_err(|error| failed(&error))?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| failed(&error))?;
        let travelling = tokio::spawn(connection);
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.address.to_string());
        if !sent.content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, sent.content_type);
        }
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request
            .body(Body::from(sent.bytes.clone()))
            .map_err(|error| failed(&error))?;
        let answer = sender.send_request(request).await;
        let answer = answer.map_err(|error| failed(&error))?;
        let status = answer.status();
        let bytes = axum::body::to_bytes(Body::new(answer.into_body()), ANSWER_MAX_BYTES).await;
        travelling.abort();
        Ok((status, bytes.map_err(|error| failed(&error))?.to_vec()))
    }
}
