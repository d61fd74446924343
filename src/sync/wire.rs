//! The travelling itself: one request, one answer, or nothing.

use super::judge::Heard;
use super::protocol::{PUSH_PATH, Push};
use std::time::Duration;

/// How long a push may take. After that nothing is known of it, and it is sent again.
const PUSH_TIMEOUT: Duration = Duration::from_secs(20);
/// The longest answer that is read, in bytes; ours are far shorter.
const ANSWER_MAX_BYTES: usize = 1024 * 1024;

/// The way to one server.
#[derive(Clone, Debug)]
pub struct Wire {
    client: reqwest::Client,
    server: String,
}

impl Wire {
    /// The way to the server at `server`, such as `https://lookfor.example.org`.
    pub fn to(server: &str) -> Self {
        Self {
            client: client(),
            server: server.trim_end_matches('/').to_owned(),
        }
    }

    /// Sends a push and waits for the answer.
    pub async fn push(&self, push: &Push) -> Heard {
        let bytes = serde_json::to_vec(push).expect("a push has string keys and writes to memory");
        let request = self
            .client
            .post(format!("{}{PUSH_PATH}", self.server))
            .header("content-type", "application/json")
            .timeout(PUSH_TIMEOUT)
            .body(bytes);
        let Ok(answer) = request.send().await else {
            return Heard::Nothing;
        };
        let status = answer.status().as_u16();
        if answer
            .content_length()
            .is_some_and(|length| length > ANSWER_MAX_BYTES as u64)
        {
            return Heard::Nothing;
        }
        match answer.bytes().await {
            Ok(body) => Heard::Answer(status, body.to_vec()),
            Err(_) => Heard::Nothing,
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn client() -> reqwest::Client {
    reqwest::Client::new()
}

/// TLS by rustls with ring, which needs no other compiler than the one that SQLite needs.
#[cfg(not(target_arch = "wasm32"))]
fn client() -> reqwest::Client {
    // Somebody else in the process may have chosen already; any provider will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A record goes to the server that was named, and nowhere else.
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client without special wishes can be made")
}
