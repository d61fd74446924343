//! The data folder, and the promise that one server process at a time works in it.

use crate::server::error::StartError;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

const DATABASE: &str = "lookfor.sqlite";
const LOCK: &str = "lookfor.lock";
const BACKUPS: &str = "backups";

/// A data folder that this process holds until the value is dropped, or the process ends.
pub struct DataFolder {
    path: PathBuf,
    // The operating system releases the lock with the file, also after a kill.
    _lock: File,
}

impl DataFolder {
    /// Makes the folder if needed and takes it.
    ///
    /// # Errors
    /// [`StartError::Folder`], or [`StartError::FolderHeld`] when another process has it.
    pub fn hold(path: &Path) -> Result<Self, StartError> {
        let failed = |source| StartError::Folder(path.into(), source);
        std::fs::create_dir_all(path).map_err(failed)?;
        let lock = File::create(path.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.into(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(StartError::FolderHeld(path.into())),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where backups lie.
    pub fn backups(&self) -> PathBuf {
        self.path.join(BACKUPS)
    }

    /// Where the database file is.
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }
}
