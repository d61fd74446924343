//! The wire in a browser's worker: `fetch`.

use super::{ANSWER_MAX_BYTES, TIMEOUT};
use crate::sync::judge::Heard;
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response, WorkerGlobalScope};

/// Makes requests.
#[derive(Clone, Debug)]
pub struct Client;

/// Ends the request when it is dropped; one that has ended by then does not mind.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Client {
    pub(super) fn new() -> Self {
        Self
    }

    /// Posts `json`, showing `authorization`; none when there was no answer that can be read.
    pub(super) async fn post(
        &self,
        address: &str,
        json: Option<String>,
        authorization: Option<&str>,
    ) -> Option<Heard> {
        let headers = Headers::new().ok()?;
        let init = RequestInit::new();
        init.set_method("POST");
        if let Some(json) = json {
            headers.set("content-type", "application/json").ok()?;
            init.set_body(&JsValue::from_str(&json));
        }
        if let Some(authorization) = authorization {
            headers.set("authorization", authorization).ok()?;
        }
        init.set_headers(&headers);
        let abort = Abort(AbortController::new().ok()?);
        init.set_signal(Some(&abort.0.signal()));
        // Ends the wait for the answer as well as the reading of it; dropped with the request.
        let late = abort.0.clone();
        let _over = Timeout::new(TIMEOUT.as_millis() as u32, move || late.abort());
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let fetched = JsFuture::from(scope.fetch_with_str_and_init(address, &init));
        let answer: Response = fetched.await.ok()?.dyn_into().ok()?;
        let length = answer.headers().get("content-length").ok()?;
        let length = length.and_then(|length| length.parse::<u64>().ok());
        if length.is_some_and(|length| length > ANSWER_MAX_BYTES as u64) {
            return None;
        }
        let body = JsFuture::from(answer.array_buffer().ok()?).await.ok()?;
        let body = js_sys::Uint8Array::new(&body).to_vec();
        Some(Heard::Answer(answer.status(), body))
    }
}
