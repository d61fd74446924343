//! The way of an import: an upload or a file is read, compared and kept; then it is taken.
//!
//! One file is read at a time, so that memory and the disk are those of one; meanwhile anybody may ask how
//! far it is.

use super::container::Container;
use super::progress::Progress;
use super::{Asked, ROSTER, read};
use crate::domain::id::{ImportId, PersonId};
use crate::domain::problem::Problem;
use crate::server::store::imports::{Imports, Look, Take};
use crate::server::store::{ServerStore, StoreFailure};
use crate::sync::office::imports::{Import, ImportNow, ImportState};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// How a zip begins: with a file, or empty.
const ZIP_MARKS: [&[u8; 4]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// The longest name of a second roster.
const SOURCE_MAX: usize = 32;

/// The imports that are under way in this process.
pub struct ImportDesk {
    /// Where uploads wait while they are read; they have no name there, so nothing is left of them.
    folder: PathBuf,
    alone: tokio::sync::Mutex<()>,
    running: Mutex<HashMap<ImportId, (ImportState, Arc<Progress>)>>,
}

/// A file that is to be looked at.
pub struct Sent {
    /// The import's id, by its asker.
    pub id: ImportId,
    /// Whoever sent it; none for the command line.
    pub person: Option<PersonId>,
    /// Whose ids are in it, by [`source`].
    pub source: String,
    /// The zip or CSV.
    pub file: File,
    /// What a single CSV is called, if anybody knows.
    pub name: String,
}

/// The source of a roster: the usual one, or a second one by its name of small letters, digits and hyphens.
///
/// # Errors
/// [`Problem::Malformed`].
pub fn source(name: Option<&str>) -> Result<String, Problem> {
    let Some(name) = name else {
        return Ok(ROSTER.into());
    };
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match (1..=SOURCE_MAX).contains(&name.len()) && name.bytes().all(is_plain) {
        true => Ok(format!("{ROSTER}:{name}")),
        false => Err(Problem::Malformed {
            place: "source".into(),
            reason: "1 to 32 small letters, digits and hyphens".into(),
        }),
    }
}

impl ImportDesk {
    /// One that has uploads wait in this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            alone: tokio::sync::Mutex::const_new(()),
            running: Mutex::default(),
        }
    }

    /// A file without a name to write an upload to. It is gone when it is closed, or the process ends.
    ///
    /// # Errors
    /// What the system says.
    pub fn room(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.folder)
    }

    /// Reads a file, compares it with what is stored, and keeps what was read for a day.
    ///
    /// # Errors
    /// [`StoreFailure`]. What is wrong with the file stands in the preview.
    pub async fn look(
        &self,
        store: &dyn ServerStore,
        sent: Sent,
        now_utc_ms: i64,
    ) -> Result<Import, StoreFailure> {
        if let Some(import) = Imports::import(store, sent.id).await? {
            return Ok(import);
        }
        let running = self.begins(sent.id, ImportState::Reading);
        let _alone = self.alone.lock().await;
        let known_staff = store.known_staff(sent.source.clone()).await?;
        let today = chrono::DateTime::from_timestamp_millis(now_utc_ms).unwrap_or_default();
        let asked = Asked {
            source: sent.source,
            known_staff,
            today: today.date_naive(),
        };
        let (file, name) = (sent.file, sent.name);
        let progress = running.progress.clone();
        let work = move || {
            let progress = progress;
            read(opened(file, name), asked, &progress)
        };
        let roster = tokio::task::spawn_blocking(work).await;
        let roster =
            roster.map_err(|_| StoreFailure("a file could not be read to its end".into()))?;
        running.is(ImportState::Working);
        let look = Look {
            id: sent.id,
            person: sent.person,
            roster,
            now_utc_ms,
        };
        store.look_at_import(look, running.progress.clone()).await
    }

    /// Takes what was looked at.
    ///
    /// # Errors
    /// [`StoreFailure`]. What refuses it is as [`Imports::take_import`] says.
    pub async fn take(
        &self,
        store: &dyn ServerStore,
        take: Take,
    ) -> Result<Result<Import, Problem>, StoreFailure> {
        let running = self.begins(take.id, ImportState::Working);
        let _alone = self.alone.lock().await;
        store.take_import(take, running.progress.clone()).await
    }

    /// How an import is at this moment; none when nobody has heard of it.
    ///
    /// # Errors
    /// [`StoreFailure`].
    pub async fn now(
        &self,
        store: &dyn ServerStore,
        id: ImportId,
    ) -> Result<Option<ImportNow>, StoreFailure> {
        let import = Imports::import(store, id).await?;
        let running = self.running().get(&id).cloned();
        let (state, progress) = match (&running, &import) {
            (Some((state, progress)), _) => (*state, progress.now()),
            (None, Some(import)) => (import.state, (0, 0)),
            (None, None) => return Ok(None),
        };
        Ok(Some(ImportNow {
            state,
            done: progress.0,
            all: progress.1,
            import,
        }))
    }

    fn begins(&self, id: ImportId, state: ImportState) -> Running<'_> {
        let progress = Arc::new(Progress::default());
        self.running().insert(id, (state, progress.clone()));
        Running {
            desk: self,
            id,
            progress,
        }
    }

    fn running(
        &self,
    ) -> std::sync::MutexGuard<'_, HashMap<ImportId, (ImportState, Arc<Progress>)>> {
        // A map of what is under way is whole at every moment.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An import that is under way, until the value is dropped.
struct Running<'a> {
    desk: &'a ImportDesk,
    id: ImportId,
    progress: Arc<Progress>,
}

impl Running<'_> {
    fn is(&self, state: ImportState) {
        let mut running = self.desk.running();
        running.insert(self.id, (state, self.progress.clone()));
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.desk.running().remove(&self.id);
    }
}

/// A zip by its first bytes, else a CSV.
fn opened(mut file: File, name: String) -> Result<Container, crate::domain::import::Reason> {
    let mut first = Vec::new();
    let read = file
        .seek(SeekFrom::Start(0))
        .and_then(|_| (&mut file).take(4).read_to_end(&mut first));
    if read.is_err() {
        return Err(crate::domain::import::Reason::NotRead);
    }
    match ZIP_MARKS.iter().any(|mark| first == mark.as_slice()) {
        true => Container::zip(file),
        false => Ok(Container::Csv(file, name)),
    }
}
