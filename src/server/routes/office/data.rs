//! Data and backups.

use super::desk::{Answer, Office, Posted, to};
use crate::report::office::data::data;
use crate::report::office::door::Instead;
use crate::server::routes::now_utc_ms;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// The page.
pub async fn page(office: Office) -> Answer {
    show(&office, StatusCode::OK, false).await
}

/// Makes a backup now.
pub async fn back_up(Posted { office, .. }: Posted) -> Answer {
    office.admin()?;
    match office.shared.store.back_up(now_utc_ms()).await {
        Ok(_) => Ok(to("/office/data", "backup")),
        Err(failure) => {
            tracing::error!(%failure, "A backup failed.");
            show(&office, StatusCode::INTERNAL_SERVER_ERROR, true).await
        }
    }
}

/// Gives an admin a backup as a file. It is asked for by a form, so that no link can fetch it.
pub async fn download(Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let name = fields.text("name");
    let found = office.shared.store.backup_file(name.clone()).await;
    let file = office
        .stored(found)?
        .ok_or_else(|| office.instead(Instead::NotThere))?;
    let sent = ServeFile::new(file)
        .oneshot(Request::new(Body::empty()))
        .await;
    let mut response = match sent {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    let headers = response.headers_mut();
    let disposition = format!("attachment; filename=\"{name}\"");
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/vnd.sqlite3"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    tracing::info!("A backup was downloaded.");
    Ok(response)
}

async fn show(office: &Office, status: StatusCode, failed: bool) -> Answer {
    office.admin()?;
    let sheet = office.stored(office.shared.store.data_sheet().await)?;
    Ok(office.page_as(status, "/office/data", |frame| {
        data(frame, &sheet, office.shared.mails, failed)
    }))
}
