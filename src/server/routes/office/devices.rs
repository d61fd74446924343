//! Devices.

use super::desk::{Answer, Office, Posted, is_ours, to};
use crate::report::office::devices::{DevicesPage, devices};
use crate::server::routes::now_utc_ms;
use crate::server::store::registers::DevicesAsked;
use axum::extract::Path;

/// The page.
pub async fn page(office: Office) -> Answer {
    office.admin()?;
    let asked = DevicesAsked {
        text: office.asked.text("q"),
        ended: office.asked.get("show") == "ended",
        after: office.asked.id("after"),
    };
    let found = office.shared.store.find_devices(asked.clone()).await;
    let found = office.stored(found)?;
    let last = found.lines.last().map(|line| line.id.to_string());
    Ok(office.page(|frame| {
        let page = DevicesPage {
            lines: &found.lines,
            all: found.all,
            asked: &asked.text,
            ended: asked.ended,
            later: asked.after.is_some(),
            next: last.filter(|_| found.more),
        };
        devices(frame, &page)
    }))
}

/// Ends a device, and goes back to where that was asked.
pub async fn end(Path(id): Path<String>, Posted { office, fields }: Posted) -> Answer {
    office.admin()?;
    let device = office.named(&id)?;
    let ended = office
        .shared
        .store
        .end_device(office.seated.caller, true, device, now_utc_ms());
    if let Err(problem) = office.stored(ended.await)? {
        return Err(office.failed(&problem));
    }
    let back = fields.get("back");
    Ok(to(
        if is_ours(back) {
            back
        } else {
            "/office/devices"
        },
        "ended",
    ))
}
