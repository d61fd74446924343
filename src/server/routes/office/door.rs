//! `POST /api/v1/office-door`: the app asks for the way into the office.

use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use crate::report::office::frame::Rank;
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::routes::{body, json, now_utc_ms, stored};
use crate::server::secret::Secret;
use crate::server::session::DOOR_LIVES_MS;
use crate::server::store::Caller;
use crate::server::store::sessions::Door;
use crate::sync::office::{OFFICE_MAX_BYTES, OfficeDoor, OpenOffice};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Makes a door for a lead or an admin; one that was made before for the device ends.
pub async fn make(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    let posts = stored(shared.store.posts(caller.person).await)?;
    if Rank::of(&posts).is_none() {
        return Err(Problem::NotAllowed.into());
    }
    let asked: OpenOffice = body::read_json(request, OFFICE_MAX_BYTES, &shared).await?;
    if !Moment::OFFSETS_MIN.contains(&asked.offset_min) {
        return Err(Problem::Malformed {
            place: "offset_min".into(),
            reason: "minutes east of UTC, -1080 to 1080".into(),
        }
        .into());
    }
    let (secret, made_at_utc_ms) = (Secret::mint(), now_utc_ms());
    let made = shared.store.make_door(Door {
        sha256: secret.sha256(),
        caller,
        offset_min: asked.offset_min,
        made_at_utc_ms,
        expires_utc_ms: made_at_utc_ms + DOOR_LIVES_MS,
    });
    stored(made.await)?;
    let door = OfficeDoor {
        path: format!("/office/enter/{}", secret.show()),
    };
    Ok(json(StatusCode::OK, &door))
}
