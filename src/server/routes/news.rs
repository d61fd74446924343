//! `GET /api/v1/news`: server-sent events that say only "pull".
//!
//! The format is that of the HTML standard, section 9.2: `data: pull` and an empty line; a comment line
//! keeps the connection open through proxies.

use super::failed;
use crate::domain::problem::Problem;
use crate::server::error::Refusal;
use crate::server::projector::news::Listener;
use crate::server::router::Shared;
use crate::server::store::Caller;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};

/// How long a stream says nothing before it says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(25);
/// After how long a stream ends and the device asks again, so that a token that was ended listens no
/// longer than this.
const STREAM_MAX: Duration = Duration::from_secs(10 * 60);
/// How long a device that has enough streams waits, in seconds.
const WAIT_S: u32 = 60;

/// Answers with a stream of news for the caller.
pub async fn news(State(shared): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let listener = shared
        .projector
        .news
        .listen(caller.device)
        .ok_or(Problem::TooManyTries { wait_s: WAIT_S })?;
    let audiences = audiences(&shared, &caller).await?;
    let (sender, lines) = mpsc::channel(1);
    tokio::spawn(say(shared, caller, listener, audiences, sender));
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::new(Lines(lines))).into_response())
}

/// Says "pull" for all that is new for the caller, until the device has gone, the time is over, or the
/// server ends.
async fn say(
    shared: Shared,
    caller: Caller,
    mut listener: Listener,
    mut audiences: BTreeSet<String>,
    lines: mpsc::Sender<Bytes>,
) {
    let end = Instant::now() + STREAM_MAX;
    // At once: whatever came between the device's last pull and this stream is not missed.
    let mut line = Bytes::from_static(b"data: pull\n\n");
    while lines.send(line).await.is_ok() {
        let heard = timeout(KEEP_ALIVE, listener.hear(&audiences));
        let heard = tokio::select! {
            heard = timeout_at(end, heard) => heard,
            () = lines.closed() => return,
        };
        line = match heard {
            // The time is over, or the server ends.
            Err(_) | Ok(Ok(false)) => return,
            // A device that was ended hears nothing more, not even that there is something.
            _ if !shared.store.is_still(caller).await.unwrap_or(false) => return,
            Ok(Err(_)) => Bytes::from_static(b": still here\n\n"),
            Ok(Ok(true)) => {
                // What is new may be that the person does something else now.
                match self::audiences(&shared, &caller).await {
                    Ok(now) => audiences = now,
                    Err(_) => return,
                }
                Bytes::from_static(b"data: pull\n\n")
            }
        };
    }
}

async fn audiences(shared: &Shared, caller: &Caller) -> Result<BTreeSet<String>, Refusal> {
    let audiences = shared.store.audiences(caller.person).await;
    let audiences = audiences.map_err(failed)?;
    Ok(audiences.iter().map(ToString::to_string).collect())
}

/// The body of the answer: lines as they come.
struct Lines(mpsc::Receiver<Bytes>);

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0
            .poll_recv(cx)
            .map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}
