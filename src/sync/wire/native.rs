//! The wire natively: `reqwest`.

use super::{ANSWER_MAX_BYTES, TIMEOUT};
use crate::sync::judge::Heard;

/// Makes requests.
#[derive(Clone, Debug)]
pub struct Client(pub(in crate::sync) reqwest::Client);

impl Client {
    /// TLS by rustls with ring, which needs no other compiler than the one that SQLite needs.
    pub(super) fn new() -> Self {
        // Somebody else in the process may have chosen already; any provider will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // A record goes to the server that was named, and nowhere else.
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build();
        Self(client.expect("a client without special wishes can be made"))
    }

    /// Posts `json`, showing `authorization`; none when there was no answer that can be read.
    pub(super) async fn post(
        &self,
        address: &str,
        json: Option<String>,
        authorization: Option<&str>,
    ) -> Option<Heard> {
        let mut request = self.0.post(address).timeout(TIMEOUT);
        if let Some(json) = json {
            request = request
                .header("content-type", "application/json")
                .body(json);
        }
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        let answer = request.send().await.ok()?;
        let status = answer.status().as_u16();
        let length = answer.content_length().unwrap_or_default();
        if length > ANSWER_MAX_BYTES as u64 {
            return None;
        }
        let body = answer.bytes().await.ok()?;
        Some(Heard::Answer(status, body.to_vec()))
    }
}
