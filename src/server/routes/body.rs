//! The body of a request: read within limits of size and time, as JSON or as another text.

use crate::domain::event::malformed;
use crate::domain::problem::Problem;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::sync::protocol::PROTOCOL;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::future::poll_fn;
use std::io::Write;
use std::pin::Pin;
use std::time::Duration;
use tokio::time::timeout;

/// How many times the limit of a body that is too large is read and thrown away, so that its sender,
/// who listens only when everything is sent, hears why.
const DISCARD_TIMES: usize = 4;
/// How many bytes of a file that is too large are read and thrown away, for the same reason.
const DISCARD_BYTES: u64 = 16 * 1024 * 1024;
/// How many bytes of a file are written at once.
const POUR_BYTES: usize = 1024 * 1024;
/// How many times the patience with one piece the whole body may take: a large push over a slow
/// school network has to arrive too.
pub const PIECES_MAX: u32 = 20;

/// Reads a body that says that it is JSON, whatever it is.
///
/// # Errors
/// [`Problem::NotJson`], [`Problem::TooLarge`], and a status of its own for a body that did not arrive.
pub async fn read(
    request: Request,
    limit_bytes: usize,
    shared: &Shared,
) -> Result<Vec<u8>, Refusal> {
    if !is_of(request.headers(), "application/json") {
        return Err(Problem::NotJson.into());
    }
    whole(request, limit_bytes, shared).await
}

/// Reads a text that says that it is of this type.
///
/// # Errors
/// As [`read`]; another type, and what is no UTF-8, are [`Problem::Malformed`].
pub async fn read_text(
    request: Request,
    content_type: &str,
    limit_bytes: usize,
    shared: &Shared,
) -> Result<String, Refusal> {
    let wanted = |place: &str, reason: &str| Problem::Malformed {
        place: place.into(),
        reason: reason.into(),
    };
    if !is_of(request.headers(), content_type) {
        return Err(Refusal {
            status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
            problem: wanted("content-type", content_type),
        });
    }
    let bytes = whole(request, limit_bytes, shared).await?;
    Ok(String::from_utf8(bytes).map_err(|_| wanted("request", "text in UTF-8"))?)
}

async fn whole(request: Request, limit_bytes: usize, shared: &Shared) -> Result<Vec<u8>, Refusal> {
    let read_timeout = shared.read_timeout;
    let whole = collect(request.into_body(), limit_bytes, read_timeout);
    timeout(read_timeout * PIECES_MAX, whole)
        .await
        .map_err(|_| not_arrived())?
}

/// Writes a body of any type into a file, piece by piece.
///
/// # Errors
/// [`Problem::TooLarge`], [`Problem::ServerFailed`] where the file cannot be written, and a status of its
/// own for a body that did not arrive.
pub async fn to_file(
    request: Request,
    file: File,
    limit_bytes: u64,
    shared: &Shared,
) -> Result<File, Refusal> {
    let read_timeout = shared.read_timeout;
    let whole = pour(request.into_body(), file, limit_bytes, read_timeout);
    timeout(read_timeout * PIECES_MAX, whole)
        .await
        .map_err(|_| not_arrived())?
}

/// Reads a value from a body.
///
/// # Errors
/// As [`read`], and [`Problem::Malformed`].
pub async fn read_json<T: DeserializeOwned>(
    request: Request,
    limit_bytes: usize,
    shared: &Shared,
) -> Result<T, Refusal> {
    let bytes = read(request, limit_bytes, shared).await?;
    Ok(plain(&bytes)?)
}

/// Reads what says in which version of the protocol it speaks.
///
/// # Errors
/// [`Problem::ProtocolVersion`] before anything else is looked at; [`Problem::Malformed`].
pub fn spoken<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    /// What every version of the protocol will say, whatever else it says.
    #[derive(Deserialize)]
    struct Spoken {
        protocol: u32,
    }
    let spoken: Spoken = plain(bytes)?;
    if spoken.protocol != PROTOCOL {
        return Err(Problem::ProtocolVersion {
            known: PROTOCOL,
            got: spoken.protocol,
        });
    }
    plain(bytes)
}

fn plain<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| malformed("request", &error))
}

fn is_of(headers: &HeaderMap, wanted: &str) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case(wanted))
}

async fn collect(
    mut body: Body,
    limit_bytes: usize,
    read_timeout: Duration,
) -> Result<Vec<u8>, Refusal> {
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
        if came <= limit_bytes {
            bytes.extend_from_slice(data);
        } else if came > DISCARD_TIMES * limit_bytes {
            break;
        }
    }
    if came > limit_bytes {
        return Err(Problem::TooLarge {
            place: "request".into(),
            limit_bytes: limit_bytes as u64,
        }
        .into());
    }
    Ok(bytes)
}

async fn pour(
    mut body: Body,
    file: File,
    limit_bytes: u64,
    read_timeout: Duration,
) -> Result<File, Refusal> {
    let mut pour = Pour::into(file, limit_bytes);
    loop {
        let piece = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx));
        let frame = timeout(read_timeout, piece)
            .await
            .map_err(|_| not_arrived())?
            .transpose()
            .map_err(|_| not_arrived())?;
        let Some(frame) = frame else {
            return Ok(pour.end().await?);
        };
        if let Some(data) = frame.data_ref() {
            pour.add(data).await?;
        }
    }
}

/// A file that is written while it comes.
pub struct Pour {
    file: Option<File>,
    limit_bytes: u64,
    waiting: Vec<u8>,
    came: u64,
}

impl Pour {
    /// Into this file, so many bytes at the most.
    pub fn into(file: File, limit_bytes: u64) -> Self {
        Self {
            file: Some(file),
            limit_bytes,
            waiting: Vec::new(),
            came: 0,
        }
    }

    /// How many bytes came.
    pub fn came(&self) -> u64 {
        self.came
    }

    /// The next piece. What is too large is thrown away for a while before it is refused.
    ///
    /// # Errors
    /// [`Problem::TooLarge`], [`Problem::ServerFailed`] where the file cannot be written.
    pub async fn add(&mut self, piece: &[u8]) -> Result<(), Problem> {
        self.came += piece.len() as u64;
        if self.came > self.limit_bytes {
            return match self.came > self.limit_bytes + DISCARD_BYTES {
                true => Err(self.too_large()),
                false => Ok(()),
            };
        }
        self.waiting.extend_from_slice(piece);
        match self.waiting.len() >= POUR_BYTES {
            true => self.write().await,
            false => Ok(()),
        }
    }

    /// The whole file.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub async fn end(mut self) -> Result<File, Problem> {
        if self.came > self.limit_bytes {
            return Err(self.too_large());
        }
        self.write().await?;
        self.file.ok_or(Problem::ServerFailed)
    }

    fn too_large(&self) -> Problem {
        Problem::TooLarge {
            place: "request".into(),
            limit_bytes: self.limit_bytes,
        }
    }

    async fn write(&mut self) -> Result<(), Problem> {
        let piece = std::mem::take(&mut self.waiting);
        let mut file = self.file.take().ok_or(Problem::ServerFailed)?;
        // The disk is waited for elsewhere than the network.
        let written = move || file.write_all(&piece).map(|()| file);
        let written = tokio::task::spawn_blocking(written).await;
        let written = written.map_err(|_| Problem::ServerFailed)?;
        self.file = Some(written.map_err(|error| {
            tracing::error!(%error, "An upload could not be written.");
            Problem::ServerFailed
        })?);
        Ok(())
    }
}

/// A request that was cut, or came too slowly. Not `Malformed`, which would say that it is wrong for
/// good: the same request may arrive whole the next time.
fn not_arrived() -> Refusal {
    Refusal {
        status: StatusCode::REQUEST_TIMEOUT,
        problem: Problem::ServerFailed,
    }
}
