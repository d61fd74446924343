//! Connections that only read, beside the one that writes; in WAL neither waits for the other.

use super::connection;
use crate::server::error::StartError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Connections that are open and not in use. More are opened when all are.
pub struct Readers {
    database: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

/// The most connections that stay open while nobody reads.
const IDLE_MAX: usize = 4;

impl Readers {
    /// Readers of the database file, which is there and of this version.
    pub fn of(database: &Path) -> Self {
        Self {
            database: database.into(),
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Reads. Everything that `work` reads is of one moment if it uses one transaction.
    ///
    /// # Errors
    /// [`StartError`] when a connection cannot be opened, or what `work` fails with.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StartError> {
        let idle = self.idle().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => connection::open_to_read(&self.database)?,
        };
        let result = work(&mut connection);
        let mut idle = self.idle();
        if idle.len() < IDLE_MAX {
            idle.push(connection);
        }
        Ok(result?)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // A vector of idle connections is whole at every moment.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
