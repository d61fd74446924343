//! A form with a file: its token first, and nothing else is read without it.

use super::desk::{Office, Refused, answer, preferred};
use super::form::Fields;
use super::parts::Parts;
use crate::domain::problem::Problem;
use crate::report::office::door::Instead;
use crate::server::router::Shared;
use crate::server::routes::body::{PIECES_MAX, Pour};
use crate::server::session;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use multer::Field;
use std::fs::File;
use tokio::time::timeout;

/// The longest text that stands in a field, in bytes.
const TEXT_MAX_BYTES: usize = 256 * 1024;
/// The most fields of such a form.
const FIELDS_MAX: usize = 16;

/// A form with a file, from a page of the office; so far only its token was read.
pub struct Upload {
    /// Who sends it.
    pub office: Office,
    rest: Parts,
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
        let mut rest = Parts::of(body, boundary, shared.read_timeout);
        let token = async {
            match rest.next().await? {
                Some(field) if field.name() == Some("token") => text(&rest, field).await,
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

async fn read(office: &Office, rest: &mut Parts, limit_bytes: u64) -> Result<Read, Instead> {
    let (mut fields, mut file) = (Vec::new(), None);
    let mut count = 0;
    while let Some(field) = rest.next().await? {
        count += 1;
        if count > FIELDS_MAX {
            return Err(Instead::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            fields.push((name, text(rest, field).await?));
            continue;
        }
        let called = field.file_name().unwrap_or_default().to_owned();
        let room = office.shared.imports.room().map_err(|error| {
            tracing::error!(%error, "There is no room for an upload.");
            Instead::ServerFailed
        })?;
        let (came, whole) = pour(rest, field, room, limit_bytes).await?;
        // A field in which no file was chosen is sent too, empty and without a name.
        file = (came > 0 || !called.is_empty()).then_some((whole, called));
    }
    Ok((Fields::of(fields), file))
}

async fn text(parts: &Parts, mut field: Field<'static>) -> Result<String, Instead> {
    let mut bytes = Vec::new();
    while let Some(piece) = parts.piece(&mut field).await? {
        if bytes.len() + piece.len() > TEXT_MAX_BYTES {
            return Err(Instead::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a part into a file, and says how many bytes came.
async fn pour(
    parts: &Parts,
    mut field: Field<'static>,
    room: File,
    limit_bytes: u64,
) -> Result<(u64, File), Instead> {
    let mut pour = Pour::into(room, limit_bytes);
    let failed = |problem: Problem| match problem {
        Problem::TooLarge { .. } => Instead::TooLarge,
        _ => Instead::ServerFailed,
    };
    while let Some(piece) = parts.piece(&mut field).await? {
        pour.add(&piece).await.map_err(failed)?;
    }
    let came = pour.came();
    Ok((came, pour.end().await.map_err(failed)?))
}
