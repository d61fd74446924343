//! The store in one SQLite file, `lookfor.sqlite` in the data folder.
//!
//! Reading order: [`folder`] (one process holds it), [`connection`] (settings, each read back),
//! [`migrate`], [`writer`] (the one thread that writes), [`push`] (the transaction).
//!
//! Never here: a second writer, and a reply before the commit.

pub mod connection;
pub mod folder;
pub mod migrate;
mod push;
mod writer;

use super::arrival::Arrival;
use super::{Answers, ServerStore, StoreFailure};
use crate::server::error::StartError;
use folder::DataFolder;
use std::path::Path;
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};
use writer::Job;

/// The most pushes that wait for the writer; the next ones wait with their clients.
const QUEUE_MAX: usize = 256;

/// The SQLite store. Dropping it waits until everything that was asked is written and closed.
pub struct SqliteStore {
    jobs: Option<mpsc::Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    // Released last: the next process may come when the file is closed.
    _folder: DataFolder,
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
        let (jobs, queue) = mpsc::channel(QUEUE_MAX);
        let writer = std::thread::Builder::new()
            .name("store writer".into())
            .spawn(move || writer::run(connection, queue))
            .map_err(StartError::Thread)?;
        Ok(Self {
            jobs: Some(jobs),
            writer: Some(writer),
            _folder: folder,
        })
    }
}

impl ServerStore for SqliteStore {
    fn push(&self, arrivals: Vec<Arrival>, received_at_utc_ms: i64) -> Answers<'_> {
        Box::pin(async move {
            let gone = || StoreFailure("the store's writer has stopped".into());
            let (reply, answers) = oneshot::channel();
            let job = Job {
                arrivals,
                received_at_utc_ms,
                reply,
            };
            let jobs = self.jobs.as_ref().ok_or_else(gone)?;
            jobs.send(job).await.map_err(|_| gone())?;
            answers.await.map_err(|_| gone())?
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
