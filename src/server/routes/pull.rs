//! `POST /api/v1/pull` and `GET /api/v1/export`: what the caller may see, through one query.

use super::{body, failed, json};
use crate::server::error::Refusal;
use crate::server::router::Shared;
use crate::server::store::Caller;
use crate::server::store::feed::{News, Since};
use crate::sync::protocol::{
    Exported, ExportedPortion, PULL_MAX_CHANGES, PULL_REQUEST_MAX_BYTES, Portion,
};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A [`crate::sync::protocol::Pull`] as the server reads it: keys of audiences that it does not know are
/// answered and not refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(rename = "protocol")]
    _protocol: u32,
    feed: Option<u64>,
    cursors: BTreeMap<String, u64>,
}

/// A [`crate::sync::protocol::Pulled`] with the keys as they came.
#[derive(Serialize)]
struct Answered {
    feed: u64,
    portions: Vec<Portion>,
    lost: Vec<String>,
    more: bool,
}

/// Answers a pull.
pub async fn pull(
    State(shared): State<Shared>,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    let bytes = body::read(request, PULL_REQUEST_MAX_BYTES, &shared).await?;
    let Asked { feed, cursors, .. } = body::spoken(&bytes)?;
    let since = Since { feed, cursors };
    let news = shared
        .store
        .pull(caller.person, since, PULL_MAX_CHANGES)
        .await
        .map_err(failed)?;
    let News {
        feed,
        portions,
        lost,
        more,
    } = news;
    let answer = Answered {
        feed,
        portions,
        lost,
        more,
    };
    Ok(json(StatusCode::OK, &answer))
}

/// Answers with everything that the caller may see, as one file.
pub async fn export(State(shared): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let mut portions: BTreeMap<String, ExportedPortion> = BTreeMap::new();
    let mut since = Since::default();
    loop {
        let news = shared
            .store
            .pull(caller.person, since, PULL_MAX_CHANGES)
            .await
            .map_err(failed)?;
        let mut cursors = BTreeMap::new();
        for portion in news.portions {
            let key = portion.audience.to_string();
            cursors.insert(key.clone(), portion.cursor);
            let exported = portions.entry(key).or_insert_with(|| ExportedPortion {
                audience: portion.audience,
                documents: BTreeMap::new(),
            });
            for change in portion.changes {
                // A document that changes while this goes on is taken as it is in the end.
                let name = format!("{}/{}", change.name.kind, change.name.id);
                match change.document {
                    Some(document) => exported.documents.insert(name, document),
                    None => exported.documents.remove(&name),
                };
            }
        }
        // An audience that was lost meanwhile is in nothing that the person may take along.
        portions.retain(|key, _| cursors.contains_key(key));
        if !news.more {
            let exported = Exported {
                person: caller.person,
                feed: news.feed,
                portions: portions.into_values().collect(),
            };
            return Ok(attached(json(StatusCode::OK, &exported)));
        }
        since = Since {
            feed: Some(news.feed),
            cursors,
        };
    }
}

/// An answer that browsers save.
fn attached(mut response: Response) -> Response {
    let value = HeaderValue::from_static("attachment; filename=\"lookfor.json\"");
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, value);
    response
}
