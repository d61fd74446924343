//! Backups: SQLite copies the store, page by page, as it stood at one moment.

use super::SqliteStore;
use super::project;
use crate::report::office::data::{BackupLine, DataSheet};
use crate::server::store::backups::{Backups, KEPT};
use crate::server::store::{Later, StoreFailure};
use chrono::{DateTime, NaiveDateTime};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What the names of backups begin and end with; between them stands when they were made.
const BEFORE: &str = "lookfor-";
const AFTER: &str = ".sqlite";
/// When a backup was made, in its name: UTC, to a millisecond, so that names sort as times do.
const TIME: &str = "%Y%m%dT%H%M%S%.3fZ";

impl Backups for SqliteStore {
    fn data_sheet(&self) -> Later<'_, DataSheet> {
        let (database, folder) = (self.folder.database(), self.folder.backups());
        let data = self.folder.path().to_owned();
        on_a_thread(move || {
            Ok(DataSheet {
                folder: fs::canonicalize(&data)?.display().to_string(),
                bytes: bytes_of(&database)?,
                backups: list(&folder)?,
            })
        })
    }

    fn back_up(&self, now_utc_ms: i64) -> Later<'_, BackupLine> {
        let (database, folder) = (self.folder.database(), self.folder.backups());
        on_a_thread(move || back_up(&database, &folder, now_utc_ms))
    }

    fn backup_file(&self, name: String) -> Later<'_, Option<PathBuf>> {
        let folder = self.folder.backups();
        on_a_thread(move || {
            // Only what is listed: no name leads elsewhere.
            let found = list(&folder)?.into_iter().find(|one| one.name == name);
            Ok(found.map(|one| folder.join(one.name)))
        })
    }
}

/// Does what waits for the disk where nobody else waits.
fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Later<'static, T> {
    Box::pin(async move {
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| StoreFailure(error.to_string()))?
            .map_err(|error| StoreFailure(error.to_string()))
    })
}

/// The store with what was not written into its file yet.
fn bytes_of(database: &Path) -> io::Result<u64> {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    let log = fs::metadata(log).map_or(0, |log| log.len());
    Ok(fs::metadata(database)?.len() + log)
}

fn back_up(database: &Path, folder: &Path, now_utc_ms: i64) -> io::Result<BackupLine> {
    let made = DateTime::from_timestamp_millis(now_utc_ms)
        .ok_or_else(|| io::Error::other("no calendar has this time"))?;
    make_private(folder)?;
    let name = format!("{BEFORE}{}{AFTER}", made.format(TIME));
    let (part, whole) = (folder.join(format!("{name}.part")), folder.join(&name));
    remove_unfinished(folder)?;
    let copied = copy(database, &part, now_utc_ms).map_err(io::Error::other);
    if let Err(error) = copied.and_then(|()| File::open(&part)?.sync_all()) {
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    fs::rename(&part, &whole)?;
    File::open(folder)?.sync_all()?;
    for old in list(folder)?.into_iter().skip(KEPT) {
        fs::remove_file(folder.join(old.name))?;
    }
    Ok(BackupLine {
        bytes: fs::metadata(&whole)?.len(),
        name,
        made_at_utc_ms: now_utc_ms,
    })
}

/// Removes copies that a crash cut: nobody would ever find them, and every word stands in them. One that is
/// still being written is not an hour old.
fn remove_unfinished(folder: &Path) -> io::Result<()> {
    const HOUR: Duration = Duration::from_secs(60 * 60);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_part = name.starts_with(BEFORE) && name.contains(".part");
        let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
        if is_part && age > HOUR {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Copies in one step, so that what is written meanwhile does not begin the copy again: in WAL the store
/// goes on beside it. What waits in the store at that moment is done in the copy: words whose erasure has its receipt
/// are in no backup that is made afterwards.
fn copy(database: &Path, to: &Path, now_utc_ms: i64) -> rusqlite::Result<()> {
    let from = Connection::open_with_flags(
        database,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    from.execute_batch("pragma query_only = on; pragma busy_timeout = 5000")?;
    let mut copy = Connection::open(to)?;
    let done = Backup::new(&from, &mut copy)?.step(-1)?;
    copy.execute_batch("pragma foreign_keys = on; pragma secure_delete = on")?;
    project::finish(&mut copy, now_utc_ms)?;
    let checked: String = copy.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
    // One file, without a log beside it.
    copy.execute_batch("pragma journal_mode = delete")?;
    copy.close().map_err(|(_, error)| error)?;
    match done == StepResult::Done && checked == "ok" {
        true => Ok(()),
        false => Err(rusqlite::Error::QueryReturnedNoRows),
    }
}

/// Makes the folder, for the server alone where the system knows that.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The backups in the folder, the newest first. Other files are none.
fn list(folder: &Path) -> io::Result<Vec<BackupLine>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(made_at_utc_ms) = made_at(&name) {
            backups.push(BackupLine {
                name,
                made_at_utc_ms,
                bytes: entry.metadata()?.len(),
            });
        }
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.made_at_utc_ms));
    Ok(backups)
}

/// When a backup was made, by its name; none for another file.
fn made_at(name: &str) -> Option<i64> {
    let time = name.strip_prefix(BEFORE)?.strip_suffix(AFTER)?;
    let made = NaiveDateTime::parse_from_str(time, TIME).ok()?;
    Some(made.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_608_000_123;

    #[test]
    fn the_name_of_a_backup_says_when_it_was_made_and_other_files_are_none() {
        let made = DateTime::from_timestamp_millis(NOW).expect("a calendar has it");
        let name = format!("{BEFORE}{}{AFTER}", made.format(TIME));
        assert_eq!(name, "lookfor-20261125T120000.123Z.sqlite");
        assert_eq!(made_at(&name), Some(NOW));
        assert_eq!(made_at("lookfor.sqlite"), None);
        assert_eq!(made_at(&format!("{name}.part")), None);
    }

    #[tokio::test]
    async fn a_backup_is_the_whole_store_and_the_newest_seven_stay() {
        let folder = tempfile::tempdir().expect("there is room");
        let store = SqliteStore::open(folder.path()).expect("it opens");
        for day in 0..9 {
            let made = store.back_up(NOW + day).await.expect("it is made");
            assert!(made.bytes > 0);
        }
        let sheet = store.data_sheet().await.expect("it is read");
        let made: Vec<i64> = sheet
            .backups
            .iter()
            .map(|backup| backup.made_at_utc_ms - NOW)
            .collect();
        assert_eq!(made, [8, 7, 6, 5, 4, 3, 2]);
        let newest = sheet.backups.first().expect("there are seven");
        let file = store
            .backup_file(newest.name.clone())
            .await
            .expect("it is looked for")
            .expect("it is there");
        let copy = Connection::open(file).expect("it opens");
        let tables: i64 = copy
            .query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
            .expect("it has a schema");
        assert!(tables > 20);
        for elsewhere in ["../lookfor.sqlite", "lookfor.sqlite", ""] {
            let found = store.backup_file(elsewhere.into()).await.expect("asked");
            assert_eq!(found, None);
        }
    }

    #[test]
    fn a_copy_that_a_crash_cut_goes_with_the_next_backup_and_one_under_way_stays() {
        let folder = tempfile::tempdir().expect("there is room");
        let long_ago = std::time::SystemTime::now() - Duration::from_secs(2 * 60 * 60);
        for (name, is_old) in [
            ("lookfor-1.sqlite.part", true),
            ("lookfor-2.sqlite.part", false),
            ("other", true),
        ] {
            let file = File::create(folder.path().join(name)).expect("it is made");
            if is_old {
                file.set_modified(long_ago).expect("it is set");
            }
        }
        remove_unfinished(folder.path()).expect("it works");
        let there = |name: &str| folder.path().join(name).exists();
        assert!(!there("lookfor-1.sqlite.part"));
        assert!(there("lookfor-2.sqlite.part") && there("other"));
    }
}
