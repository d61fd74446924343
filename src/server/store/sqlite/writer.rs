//! The one thread that writes: it takes one push after the other and answers after the commit.

use super::push::push;
use crate::server::store::StoreFailure;
use crate::server::store::arrival::Arrival;
use crate::sync::protocol::Answer;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::{mpsc, oneshot};

/// One push on its way to the writer.
pub struct Job {
    /// What came.
    pub arrivals: Vec<Arrival>,
    /// When, by the server's clock, in milliseconds since 1970.
    pub received_at_utc_ms: i64,
    /// Where the answers go; it may be closed when the client has gone.
    pub reply: oneshot::Sender<Result<Vec<Answer>, StoreFailure>>,
}

/// Works until the queue is closed and empty, then closes the connection.
pub fn run(mut connection: Connection, mut queue: mpsc::Receiver<Job>) {
    while let Some(job) = queue.blocking_recv() {
        // A transaction that is left by an error or a panic rolls back, so the next push finds
        // the connection as it was.
        let pushed = catch_unwind(AssertUnwindSafe(|| {
            push(&mut connection, &job.arrivals, job.received_at_utc_ms)
        }));
        let answers = match pushed {
            Ok(answers) => answers.map_err(|error| StoreFailure(error.to_string())),
            Err(_) => Err(StoreFailure("the store's writer panicked".into())),
        };
        // Nobody listening is no failure: the event is stored, and asking again says so.
        let _ = job.reply.send(answers);
    }
    if let Err((_, error)) = connection.close() {
        tracing::error!(%error, "The store did not close well.");
    }
}
