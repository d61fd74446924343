//! The device's store, read from the files of a browser's profile.

use super::browser::Profile;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Before the database, each file of the pool has a header of its own.
const POOL_HEADER: usize = 4096;

/// A copy of the store in the profile of a browser that is not running.
pub struct DeviceStore(
    pub Connection,
    #[expect(dead_code, reason = "kept until the end")] tempfile::TempDir,
);

impl DeviceStore {
    /// Finds it.
    pub fn of(profile: &Profile) -> Self {
        let mut databases = Vec::new();
        collect(profile.path(), &mut databases);
        assert_eq!(databases.len(), 1, "one store in the profile");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.sqlite");
        std::fs::write(&path, &databases[0]).unwrap();
        Self(Connection::open(path).unwrap(), folder)
    }

    /// The bodies and hashes of its events, in the order of their numbers.
    pub fn events(&self) -> Vec<(String, Vec<u8>)> {
        let mut select = self
            .0
            .prepare("select sha256, body from event order by number")
            .unwrap();
        let rows = select
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        rows.map(Result::unwrap).collect()
    }
}

fn collect(folder: &Path, databases: &mut Vec<Vec<u8>>) {
    let entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    for path in entries {
        if path.is_dir() {
            collect(&path, databases);
        } else {
            // A file that cannot be read is none of the pool's.
            let bytes = std::fs::read(&path).unwrap_or_default();
            let database = bytes.get(POOL_HEADER..).unwrap_or_default();
            if database.starts_with(b"SQLite format 3\0") {
                databases.push(database.to_vec());
            }
        }
    }
}
