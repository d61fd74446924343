//! The daily backup: one a day by itself, while the server runs.

use super::store::{ServerStore, StoreFailure};

/// How old the newest may get, in milliseconds.
const DAILY_MS: i64 = 24 * 60 * 60 * 1000;

/// Makes a backup if there is none of the last day, and says whether it did.
///
/// # Errors
/// [`StoreFailure`].
pub async fn if_due(store: &dyn ServerStore, now_utc_ms: i64) -> Result<bool, StoreFailure> {
    let sheet = store.data_sheet().await?;
    let newest = sheet.backups.first().map(|backup| backup.made_at_utc_ms);
    if newest.is_some_and(|made| now_utc_ms.saturating_sub(made) < DAILY_MS) {
        return Ok(false);
    }
    store.back_up(now_utc_ms).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::sqlite::SqliteStore;

    #[tokio::test]
    async fn one_backup_is_made_each_day() {
        const NOW: i64 = 1_795_608_000_000;
        let folder = tempfile::tempdir().expect("there is room");
        let store = SqliteStore::open(folder.path()).expect("it opens");
        let mut made = Vec::new();
        for hours in [0, 1, 23, 24, 47, 48] {
            let now = NOW + hours * 60 * 60 * 1000;
            made.push(if_due(&store, now).await.expect("it looks"));
        }
        assert_eq!(made, [true, false, false, true, false, true]);
    }
}
