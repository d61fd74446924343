//! What the server does by itself while it runs, every ten minutes: the daily backup, and forgetting what was read
//! of a roster and not taken.

use super::backup;
use super::store::{ServerStore, StoreFailure};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked what is due; so long after the start comes the first look.
const LOOK: Duration = Duration::from_secs(10 * 60);

/// Works until `stop` says so, or its sender is gone.
pub async fn run(store: Arc<dyn ServerStore>, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.changed() => return,
        }
        look(&*store, chrono::Utc::now().timestamp_millis()).await;
    }
}

/// Does what is due. What fails hinders nothing else, and is tried again at the next look.
async fn look(store: &dyn ServerStore, now_utc_ms: i64) {
    // First what is to be in no backup.
    if let Err(failure) = forget(store, now_utc_ms).await {
        tracing::error!(%failure, "Rosters that were not taken could not be forgotten.");
    }
    match backup::if_due(store, now_utc_ms).await {
        Ok(false) => {}
        Ok(true) => tracing::info!("The daily backup was made."),
        Err(failure) => tracing::error!(%failure, "The daily backup failed."),
    }
}

/// Forgets what was read of rosters that nobody took within a day.
///
/// # Errors
/// [`StoreFailure`].
pub async fn forget(store: &dyn ServerStore, now_utc_ms: i64) -> Result<(), StoreFailure> {
    let forgotten = store.forget_imports(now_utc_ms).await?;
    if forgotten > 0 {
        tracing::info!(
            forgotten,
            "What was read of rosters and not taken was forgotten."
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ImportId;
    use crate::server::import::desk::{ImportDesk, Sent};
    use crate::server::store::sqlite::SqliteStore;
    use crate::sync::office::imports::IMPORT_WAITS_MS;
    use std::io::Write;

    #[tokio::test]
    async fn a_roster_that_was_looked_at_and_not_taken_is_forgotten_after_a_day() {
        const NOW: i64 = 1_795_608_000_000;
        let folder = tempfile::tempdir().expect("there is room");
        let store = SqliteStore::open(folder.path()).expect("it opens");
        let desk = ImportDesk::new(folder.path().into());
        let mut file = desk.room().expect("there is room");
        file.write_all(b"key,value\nname,Quetzal Unified\n")
            .expect("it is written");
        let sent = Sent {
            id: ImportId::mint(NOW, [7; 10]),
            person: None,
            source: "roster".into(),
            file,
            name: "district.csv".into(),
        };
        let looked = desk.look(&store, sent, NOW).await;
        looked.expect("it is read");
        let kept = || {
            let file = folder.path().join("lookfor.sqlite");
            let connection = rusqlite::Connection::open(file).expect("it opens");
            let sql = "select count(*) from import_roster";
            let count = connection.query_row(sql, [], |row| row.get::<_, u32>(0));
            count.expect("it is counted")
        };
        let mut found = Vec::new();
        for waits_ms in [0, IMPORT_WAITS_MS, IMPORT_WAITS_MS + 1] {
            look(&store, NOW + waits_ms).await;
            found.push(kept());
        }
        assert_eq!(found, [1, 1, 0]);
    }
}
