//! The store in one SQLite file, `lookfor.sqlite` in the data folder.
//!
//! Reading order: [`folder`] (one process holds it), [`connection`] (settings, each read back),
//! [`migrate`], [`writer`] (the one thread that writes), [`readers`], [`push`] (the transaction of a
//! push), [`people`] (who is who, for every transaction), [`ask`] (a transaction that can refuse), then one
//! file for each trait of the store.
//!
//! Never here: a second writer, and a reply before the commit.

mod agreements;
mod ask;
mod backups;
mod bounds;
mod card_voice;
mod cards;
mod claims;
pub mod connection;
mod demo;
mod devices;
mod feed;
pub mod folder;
mod forms;
mod ideas;
mod import;
mod invitations;
pub mod migrate;
mod notices;
pub(in crate::server) mod office;
mod overviews;
mod people;
mod persons;
mod pilots;
mod places;
mod project;
mod push;
mod readers;
mod registers;
mod secrets;
mod sessions;
mod tokens;
mod writer;

use super::{Later, StoreFailure};
use crate::server::error::StartError;
use folder::DataFolder;
use readers::Readers;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::mpsc;
use writer::Job;

/// The most jobs that wait for the writer; the next ones wait with their clients.
const QUEUE_MAX: usize = 256;

/// The SQLite store. Dropping it waits until everything that was asked is written and closed.
pub struct SqliteStore {
    jobs: Option<mpsc::Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    readers: Arc<Readers>,
    // Released last: the next process may come when the file is closed.
    folder: DataFolder,
}

impl SqliteStore {
    /// Takes the data folder, making it if needed, and brings its store to this version.
    ///
    /// # Errors
    /// [`StartError`] when the folder cannot be made or is held by another process, when a later
    /// version wrote the store, or when SQLite does not do as it is told.
    pub fn open(folder: &Path) -> Result<Self, StartError> {
        let folder = DataFolder::hold(folder)?;
        let connection = connection::open(&folder.database())?;
        let readers = Arc::new(Readers::of(&folder.database()));
        let (jobs, queue) = mpsc::channel(QUEUE_MAX);
        let writer = std::thread::Builder::new()
            .name("store writer".into())
            .spawn(move || writer::run(connection, queue))
            .map_err(StartError::Thread)?;
        Ok(Self {
            jobs: Some(jobs),
            writer: Some(writer),
            readers,
            folder,
        })
    }

    /// Has the one writer do this, in a transaction of its own, and gives what it returned after its
    /// commit.
    pub(super) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Later<'_, T> {
        Box::pin(async move {
            let gone = || StoreFailure("the store's writer has stopped".into());
            let (job, result) = writer::job(work);
            let jobs = self.jobs.as_ref().ok_or_else(gone)?;
            jobs.send(job).await.map_err(|_| gone())?;
            result.await.map_err(|_| gone())?
        })
    }

    /// Reads beside the writer.
    pub(super) fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Later<'_, T> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let failed = |what: String| StoreFailure(what);
            tokio::task::spawn_blocking(move || readers.read(work))
                .await
                .map_err(|error| failed(error.to_string()))?
                .map_err(|error| failed(error.to_string()))
        })
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // The writer ends when the queue is closed and empty.
        self.jobs = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!("The store's writer did not end well.");
        }
    }
}
