//! The overview.

use super::desk::{Answer, Office};
use crate::report::office::frame::Rank;
use crate::report::office::overview::{ToDo, overview};
use crate::server::routes::now_utc_ms;

/// From which age on a newest backup is too old, in milliseconds.
const OLD_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// The page.
pub async fn page(office: Office) -> Answer {
    let now = now_utc_ms();
    let mut counted = office.stored(office.shared.store.overview(now).await)?;
    if office.rank == Rank::Admin {
        let data = office.stored(office.shared.store.data_sheet().await)?;
        let newest = data.backups.first().map(|backup| backup.made_at_utc_ms);
        if newest.is_none_or(|made| now.saturating_sub(made) > OLD_MS) {
            counted.to_do.push(ToDo::MakeABackup);
        }
        if !office.shared.mails {
            counted.to_do.push(ToDo::SetUpMail);
        }
    }
    Ok(office.page(|frame| overview(frame, &counted)))
}
