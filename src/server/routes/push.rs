//! `POST /api/v1/push`: takes envelopes, and answers each after the commit.

use super::json;
use crate::domain::event::malformed;
use crate::domain::problem::Problem;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::server::store::arrival::Arrival;
use crate::sync::protocol::{PROTOCOL, PUSH_MAX_BYTES, PUSH_MAX_ENVELOPES, Push, Pushed};
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::timeout;

/// How much of a push that is too large is read and thrown away, so that its sender, who listens
/// only when everything is sent, hears why.
const DISCARD_MAX_BYTES: usize = 4 * PUSH_MAX_BYTES;
/// How many times the patience with one piece the whole body may take: a large push over a slow
/// school network has to arrive too.
const PIECES_MAX: u32 = 20;

/// Answers a push.
pub async fn push(
    State(shared): State<Shared>,
    caller: Option<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    if !is_json(request.headers()) {
        return Err(Problem::NotJson.into());
    }
    let bytes = read(request.into_body(), shared.read_timeout).await?;
    let arrivals: Vec<Arrival> = parse(&bytes)?
        .envelopes
        .into_iter()
        .map(Into::into)
        .collect();
    // The text of the request is not needed while the push waits for its turn.
    drop(bytes);
    let received_at_utc_ms = chrono::Utc::now().timestamp_millis();
    let pushed = shared
        .store
        .push(arrivals, caller, received_at_utc_ms)
        .await;
    let answers = pushed.map_err(|failure| {
        tracing::error!(%failure, "The store failed on a push.");
        Problem::ServerFailed
    })?;
    Ok(json(StatusCode::OK, &Pushed { answers }))
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// Reads the body within the limits of size and time.
async fn read(body: Body, read_timeout: Duration) -> Result<Vec<u8>, Refusal> {
    timeout(read_timeout * PIECES_MAX, collect(body, read_timeout))
        .await
        .map_err(|_| not_arrived())?
}

async fn collect(mut body: Body, read_timeout: Duration) -> Result<Vec<u8>, Refusal> {
    let (mut bytes, mut came) = (Vec::new(), 0);
    loop {
        let piece = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx));
        let Some(frame) = timeout(read_timeout, piece)
            .await
            .map_err(|_| not_arrived())?
        else {
            break;
        };
        let frame = frame.map_err(|_| not_arrived())?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        came += data.len();
        if came <= PUSH_MAX_BYTES {
            bytes.extend_from_slice(data);
        } else if came > DISCARD_MAX_BYTES {
            break;
        }
    }
    if came > PUSH_MAX_BYTES {
        return Err(Problem::TooLarge {
            place: "request".into(),
            limit_bytes: PUSH_MAX_BYTES as u64,
        }
        .into());
    }
    Ok(bytes)
}

/// A request that was cut, or came too slowly. Not `Malformed`, which would say that it is wrong for
/// good: the same push may arrive whole the next time.
fn not_arrived() -> Refusal {
    Refusal {
        status: StatusCode::REQUEST_TIMEOUT,
        problem: Problem::ServerFailed,
    }
}

/// Reads a push; what it carries is read envelope by envelope, later.
fn parse(bytes: &[u8]) -> Result<Push, Problem> {
    /// What every version of the protocol will say, whatever else it says.
    #[derive(Deserialize)]
    struct Spoken {
        protocol: u32,
    }
    let spoken: Spoken =
        serde_json::from_slice(bytes).map_err(|error| malformed("request", &error))?;
    if spoken.protocol != PROTOCOL {
        return Err(Problem::ProtocolVersion {
            known: PROTOCOL,
            got: spoken.protocol,
        });
    }
    let push: Push = serde_json::from_slice(bytes).map_err(|error| malformed("request", &error))?;
    match push.envelopes.len() {
        0 => Err(wrong("envelopes", "there must be at least one")),
        1..=PUSH_MAX_ENVELOPES => Ok(push),
        _ => Err(Problem::TooMany {
            limit: PUSH_MAX_ENVELOPES as u32,
        }),
    }
}

fn wrong(place: &str, reason: &str) -> Problem {
    Problem::Malformed {
        place: place.into(),
        reason: reason.into(),
    }
}
