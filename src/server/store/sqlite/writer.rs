//! The one thread that writes: it takes one job after the other and answers after the commit.

use crate::server::store::StoreFailure;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::{mpsc, oneshot};

/// Work for the writer. It answers by itself; the connection is its own while it runs.
pub type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Makes a job of work, and where its result arrives. The work commits before it returns.
///
/// A transaction that is left by an error or a panic rolls back, so the next job finds the connection
/// as it was.
pub fn job<T: Send + 'static>(
    work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
) -> (Job, oneshot::Receiver<Result<T, StoreFailure>>) {
    let (reply, result) = oneshot::channel();
    let job = move |connection: &mut Connection| {
        let done = catch_unwind(AssertUnwindSafe(|| work(connection)));
        let result = match done {
            Ok(result) => result.map_err(|error| StoreFailure(error.to_string())),
            Err(_) => Err(StoreFailure("the store's writer panicked".into())),
        };
        // Nobody listening is no failure: what was committed is there, and asking again says so.
        let _ = reply.send(result);
    };
    (Box::new(job), result)
}

/// Works until the queue is closed and empty, then closes the connection.
pub fn run(mut connection: Connection, mut queue: mpsc::Receiver<Job>) {
    while let Some(job) = queue.blocking_recv() {
        job(&mut connection);
    }
    if let Err((_, error)) = connection.close() {
        tracing::error!(%error, "The store did not close well.");
    }
}
