//! A form with a file: its token first, and nothing else is read without it.

use super::desk::{Office, Refused, answer, preferred};
use super::form::Fields;
use crate::domain::problem::Problem;
use crate::report::office::door::Instead;
use crate::server::router::Shared;
use crate::server::routes::body::{PIECES_MAX, Pour};
use crate::server::session;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use multer::{Field, Multipart};
use std::fs::File;
use std::time::Duration;
use tokio::time::timeout;

/// The longest text that stands in a field, in bytes.
const TEXT_MAX_BYTES: usize = 256 * 1024;
/// The most fields of such a form.
const FIELDS_MAX: usize = 16;

/// A form with a file, from a page of the office; so far only its token was read.
pub struct Upload {
    /// Who sends it.
    pub office: Office,
    rest: Multipart<'static>,
}

/// What came with it.
pub struct Came {
    /// Who sent it.
    pub office: Office,
    /// The fields with text.
    pub fields: Fields,
    /// The file and what it is called; none when none was chosen.
    pub file: Option<(File, String)>,
}

impl FromRequest<Shared> for Upload {
    type Rejection = Refused;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Refused> {
        let (mut parts, body) = request.into_parts();
        if !session::is_from_here(&parts.headers) {
            return Err(answer(preferred(&parts.headers), Instead::FromElsewhere).into());
        }
        let office = Office::from_request_parts(&mut parts, shared).await?;
        let elsewhere = || office.instead(Instead::FromElsewhere);
        let content_type = parts.headers.get(header::CONTENT_TYPE);
        let boundary = content_type
            .and_then(|value| value.to_str().ok())
            .and_then(|value| multer::parse_boundary(value).ok())
            .ok_or_else(elsewhere)?;
        // It takes whatever the stream has ready; hyper hands over one piece at a time, so that is one piece.
        let mut rest = Multipart::new(body.into_data_stream(), boundary);
        let patience = shared.read_timeout;
        let token = async {
            let first = part(&mut rest, patience).await?;
            match first {
                Some(field) if field.name() == Some("token") => text(field, patience).await,
                _ => Ok(String::new()),
            }
        };
        let token = token.await.map_err(|what| office.instead(what))?;
        if !office.made(&token) {
            return Err(elsewhere());
        }
        Ok(Self { office, rest })
    }
}

impl Upload {
    /// Reads all of it. The file may have so many bytes; it is on the disk without a name, and gone when it
    /// is closed.
    pub async fn read(self, limit_bytes: u64) -> Result<Came, Refused> {
        let Self { office, mut rest } = self;
        let patience = office.shared.read_timeout;
        let read = read(&office, &mut rest, limit_bytes);
        let read = timeout(patience * PIECES_MAX, read).await;
        let (fields, file) = read
            .map_err(|_| office.instead(Instead::Waiting))?
            .map_err(|what| office.instead(what))?;
        Ok(Came {
            office,
            fields,
            file,
        })
    }
}

type Read = (Fields, Option<(File, String)>);

async fn read(
    office: &Office,
    rest: &mut Multipart<'static>,
    limit_bytes: u64,
) -> Result<Read, Instead> {
    let patience = office.shared.read_timeout;
    let (mut fields, mut file) = (Vec::new(), None);
    let mut count = 0;
    while let Some(field) = part(rest, patience).await? {
        count += 1;
        if count > FIELDS_MAX {
            return Err(Instead::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            fields.push((name, text(field, patience).await?));
            continue;
        }
        let called = field.file_name().unwrap_or_default().to_owned();
        let room = office.shared.imports.room().map_err(|error| {
            tracing::error!(%error, "There is no room for an upload.");
            Instead::ServerFailed
        })?;
        let (came, whole) = pour(field, room, limit_bytes, patience).await?;
        // A field in which no file was chosen is sent too, empty and without a name.
        file = (came > 0 || !called.is_empty()).then_some((whole, called));
    }
    Ok((Fields::of(fields), file))
}

/// The next part; a body that is cut or no form of ours did not come from the office.
async fn part(
    rest: &mut Multipart<'static>,
    patience: Duration,
) -> Result<Option<Field<'static>>, Instead> {
    let part = timeout(patience, rest.next_field()).await;
    part.map_err(|_| Instead::Waiting)?
        .map_err(|_| Instead::Waiting)
}

async fn text(mut field: Field<'static>, patience: Duration) -> Result<String, Instead> {
    let mut bytes = Vec::new();
    while let Some(piece) = chunk(&mut field, patience).await? {
        if bytes.len() + piece.len() > TEXT_MAX_BYTES {
            return Err(Instead::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a part into a file, and says how many bytes came.
async fn pour(
    mut field: Field<'static>,
    room: File,
    limit_bytes: u64,
    patience: Duration,
) -> Result<(u64, File), Instead> {
    let mut pour = Pour::into(room, limit_bytes);
    let failed = |problem: Problem| match problem {
        Problem::TooLarge { .. } => Instead::TooLarge,
        _ => Instead::ServerFailed,
    };
    while let Some(piece) = chunk(&mut field, patience).await? {
        pour.add(&piece).await.map_err(failed)?;
    }
    let came = pour.came();
    Ok((came, pour.end().await.map_err(failed)?))
}

async fn chunk(field: &mut Field<'static>, patience: Duration) -> Result<Option<Bytes>, Instead> {
    let piece = timeout(patience, field.chunk()).await;
    piece
        .map_err(|_| Instead::Waiting)?
        .map_err(|_| Instead::Waiting)
}
