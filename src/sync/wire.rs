//! The travelling itself: one request, one answer, or nothing.
//!
//! Natively by `reqwest`; in a browser by `fetch` itself, since `reqwest` would bring a reader of addresses
//! and a table of headers to every tablet, for one address of its own origin.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
use native::Client;
#[cfg(target_arch = "wasm32")]
use web::Client;

use super::judge::Heard;
use super::office::{OFFICE_DOOR_PATH, OpenOffice};
use super::protocol::{
    CLAIMS_PATH, CODES_PATH, ClaimVisit, DEVICES_PATH, PULL_PATH, PUSH_PATH, Pull, Push,
    SIGN_IN_PATH, SIGN_OUT_PATH, SignIn,
};
use crate::domain::id::DeviceId;
use serde::Serialize;
use std::time::Duration;

/// How long a request may take. After that nothing is known of it, and it is made again.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The longest answer that is read, in bytes: a pull of the most changes, each with a long text.
const ANSWER_MAX_BYTES: usize = 64 * 1024 * 1024;

/// The way to one server.
#[derive(Clone, Debug)]
pub struct Wire {
    pub(super) client: Client,
    pub(super) server: String,
}

impl Wire {
    /// The way to the server at `server`, such as `https://lookfor.example.org`.
    pub fn to(server: &str) -> Self {
        Self {
            client: Client::new(),
            server: server.trim_end_matches('/').to_owned(),
        }
    }

    /// The server's address, as a person may read it.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Sends a push, as the device of `token`, and waits for the answer.
    pub async fn push(&self, push: &Push, token: &str) -> Heard {
        self.post(PUSH_PATH, Some(push), Some(token)).await
    }

    /// Asks what is new for the device of `token`.
    pub async fn pull(&self, pull: &Pull, token: &str) -> Heard {
        self.post(PULL_PATH, Some(pull), Some(token)).await
    }

    /// Asks to become a person's device.
    pub async fn sign_in(&self, sign_in: &SignIn) -> Heard {
        self.post(SIGN_IN_PATH, Some(sign_in), None).await
    }

    /// Ends the device of `token`.
    pub async fn sign_out(&self, token: &str) -> Heard {
        self.post::<()>(SIGN_OUT_PATH, None, Some(token)).await
    }

    /// Ends another device of the person whose device has this `token`.
    pub async fn end_device(&self, device: DeviceId, token: &str) -> Heard {
        let path = format!("{DEVICES_PATH}/{device}/end");
        self.post::<()>(&path, None, Some(token)).await
    }

    /// Asks for a code for another device of the same person.
    pub async fn new_code(&self, token: &str) -> Heard {
        self.post::<()>(CODES_PATH, None, Some(token)).await
    }

    /// Takes a numbered visit for the person of `token`.
    pub async fn claim(&self, claim: &ClaimVisit, token: &str) -> Heard {
        self.post(CLAIMS_PATH, Some(claim), Some(token)).await
    }

    /// Asks for the way into the pages of the office.
    pub async fn office_door(&self, asked: &OpenOffice, token: &str) -> Heard {
        self.post(OFFICE_DOOR_PATH, Some(asked), Some(token)).await
    }

    async fn post<T: Serialize>(
        &self,
        path: &str,
        value: Option<&T>,
        token: Option<&str>,
    ) -> Heard {
        let json = value.map(|value| {
            serde_json::to_string(value).expect("our values have string keys and go to memory")
        });
        let shown = token.map(|token| format!("Bearer {token}"));
        let address = format!("{}{path}", self.server);
        let answered = self.client.post(&address, json, shown.as_deref()).await;
        answered.unwrap_or(Heard::Nothing)
    }
}
