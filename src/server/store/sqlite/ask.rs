//! A transaction that can refuse what was asked of it: then nothing is changed.

use super::SqliteStore;
use crate::domain::problem::Problem;
use crate::server::store::people::Asked;
use rusqlite::{Transaction, TransactionBehavior};

/// Why a transaction ends without a commit.
pub(super) enum Stop {
    /// It was refused.
    Refused(Problem),
    /// The store failed.
    Failed(rusqlite::Error),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error)
    }
}

impl SqliteStore {
    /// Has the one writer do this in one transaction, which commits unless it was refused or failed.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, Stop> + Send + 'static,
    ) -> Asked<'_, T> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            match work(&transaction) {
                Ok(done) => {
                    transaction.commit()?;
                    Ok(Ok(done))
                }
                Err(Stop::Refused(problem)) => Ok(Err(problem)),
                Err(Stop::Failed(error)) => Err(error),
            }
        })
    }
}

/// What cannot stand beside what the store has.
pub(super) fn malformed(place: &str, reason: &str) -> Stop {
    Stop::Refused(Problem::Malformed {
        place: place.into(),
        reason: reason.into(),
    })
}
