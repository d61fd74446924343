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
        keep_private(path).map_err(failed)?;
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

/// Makes the folder, for the server alone where the system knows that. One that is there already is closed to others, if
/// it is the server's to close.
fn keep_private(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        const FOR_ITSELF: u32 = 0o700;
        const OTHERS: u32 = 0o077;
        builder.mode(FOR_ITSELF);
        builder.create(path)?;
        let found = std::fs::metadata(path)?.permissions();
        if found.mode() & OTHERS != 0 {
            let closed = PermissionsExt::from_mode(found.mode() & !OTHERS);
            if let Err(error) = std::fs::set_permissions(path, closed) {
                tracing::warn!(%error, "The data folder is open to others, and cannot be closed.");
            }
        }
    }
    #[cfg(not(unix))]
    builder.create(path)?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_data_folder_is_closed_to_others_also_one_that_was_there() {
        let folder = tempfile::tempdir().expect("there is room");
        let (new, old) = (folder.path().join("new/data"), folder.path().join("old"));
        std::fs::create_dir(&old).expect("it is made");
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(&old, open).expect("it is opened");
        for path in [&new, &old] {
            let _held = DataFolder::hold(path).expect("it is free");
            let mode = std::fs::metadata(path).expect("it is there").permissions();
            assert_eq!(mode.mode() & 0o777, 0o700, "{path:?}");
        }
    }
}
