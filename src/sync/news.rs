//! The quiet stream: server-sent events that say only "pull now".
//!
//! Whatever comes is taken for news, except the comments that keep the connection alive, which begin with a
//! colon. Nothing is read out of it, so nothing can be put into it.

#[cfg(not(target_arch = "wasm32"))]
pub use native::Stream;
#[cfg(target_arch = "wasm32")]
pub use web::Stream;

/// Whether a piece of the stream says anything.
fn says_something(piece: &[u8]) -> bool {
    piece
        .split(|byte| *byte == b'\n')
        .any(|line| !line.is_empty() && line != b"\r" && !line.starts_with(b":"))
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use crate::sync::protocol::NEWS_PATH;
    use crate::sync::wire::Wire;

    /// A stream that is open.
    #[derive(Debug)]
    pub struct Stream(reqwest::Response);

    impl Stream {
        /// Opens the stream for the device of `token`; none when there is none.
        pub async fn open(wire: &Wire, token: &str) -> Option<Self> {
            let request = wire
                .client
                .0
                .get(format!("{}{NEWS_PATH}", wire.server))
                .header("accept", "text/event-stream")
                .header("authorization", format!("Bearer {token}"));
            let answer = request.send().await.ok()?;
            (answer.status().as_u16() == 200).then_some(Self(answer))
        }

        /// Waits until there is news; none when the stream has ended.
        pub async fn next(&mut self) -> Option<()> {
            loop {
                if super::says_something(&self.0.chunk().await.ok()??) {
                    return Some(());
                }
            }
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod web {
    use crate::sync::protocol::NEWS_PATH;
    use crate::sync::wire::Wire;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        AbortController, Headers, ReadableStreamDefaultReader, RequestInit, Response,
        WorkerGlobalScope,
    };

    /// A stream that is open. An `EventSource` could not show the token.
    #[derive(Debug)]
    pub struct Stream {
        reader: ReadableStreamDefaultReader,
        abort: AbortController,
    }

    impl Stream {
        /// Opens the stream for the device of `token`; none when there is none.
        pub async fn open(wire: &Wire, token: &str) -> Option<Self> {
            let headers = Headers::new().ok()?;
            headers.set("accept", "text/event-stream").ok()?;
            let shown = format!("Bearer {token}");
            headers.set("authorization", &shown).ok()?;
            let abort = AbortController::new().ok()?;
            let init = RequestInit::new();
            init.set_headers(&headers);
            init.set_signal(Some(&abort.signal()));
            let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
            let address = format!("{}{NEWS_PATH}", wire.server);
            let fetched = JsFuture::from(scope.fetch_with_str_and_init(&address, &init));
            let answer: Response = fetched.await.ok()?.dyn_into().ok()?;
            if answer.status() != 200 {
                return None;
            }
            let reader = answer.body()?.get_reader().dyn_into().ok()?;
            Some(Self { reader, abort })
        }

        /// Waits until there is news; none when the stream has ended.
        pub async fn next(&mut self) -> Option<()> {
            loop {
                let read = JsFuture::from(self.reader.read()).await.ok()?;
                let piece = js_sys::Reflect::get(&read, &"value".into()).ok()?;
                let piece: js_sys::Uint8Array = piece.dyn_into().ok()?;
                if super::says_something(&piece.to_vec()) {
                    return Some(());
                }
            }
        }
    }

    impl Drop for Stream {
        fn drop(&mut self) {
            self.abort.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::says_something;
    use rstest::rstest;

    #[rstest]
    #[case::news(b"event: pull\ndata:\n\n", true)]
    #[case::only_alive(b":\n\n", false)]
    #[case::alive_in_other_words(b": still here\r\n\r\n", false)]
    #[case::alive_and_news(b":\n\ndata: pull\n\n", true)]
    fn comments_are_no_news(#[case] piece: &[u8], #[case] news: bool) {
        assert_eq!(says_something(piece), news);
    }
}
