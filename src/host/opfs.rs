//! Opening the store in a browser: SQLite over a pool of files in the origin's private file system.

use super::clock;
use crate::domain::problem::Problem;
use crate::local::{Medium, Store, problem};
use rusqlite::Connection;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, install};

/// Where the pool lies, from the root of the origin's file system.
const FOLDER: &str = "lookfor/store";
/// The database and its journal; temporary tables are in memory.
const SLOTS: usize = 3;
/// How often and how long to wait for a page that is being left to let go of the store: a reload
/// or a worker that was ended holds it for some milliseconds more.
const TRIES: u32 = 30;
const TRY_AGAIN_MS: u64 = 50;

/// Opens the store, in memory if the browser gives no private file system at all.
pub(super) async fn open() -> Result<Store, Problem> {
    let mut tries = 0;
    let medium = loop {
        let pool = OpfsSAHPoolCfgBuilder::new()
            .directory(FOLDER)
            .initial_capacity(SLOTS)
            .build();
        let found = install::<rusqlite::ffi::WasmOsCallback>(&pool, true).await;
        match found.map_err(|error| reason(&error)) {
            Ok(_) => break Medium::Opfs,
            Err(Reason::NotHere) => break Medium::Memory,
            Err(Reason::Held) if tries < TRIES => {
                tries += 1;
                clock::sleep(TRY_AGAIN_MS).await;
            }
            Err(Reason::Held) => return Err(Problem::OpenElsewhere),
            Err(Reason::Failed(detail)) => return Err(Problem::StoreFailed { detail }),
        }
    };
    let connection = match medium {
        Medium::Memory => Connection::open_in_memory(),
        Medium::File | Medium::Opfs => Connection::open("store.sqlite"),
    };
    Store::open(
        connection.map_err(problem)?,
        medium,
        clock::newborn(),
        clock::now().at_utc_ms,
    )
}

/// Why the pool does not open.
enum Reason {
    /// The browser has no private file system, or gives none to this page (a private window).
    NotHere,
    /// Another tab, or a worker that is just ending, holds it.
    Held,
    /// Anything else. Never answered by a store in memory: there may be visits in the real one.
    Failed(String),
}

fn reason(error: &OpfsSAHError) -> Reason {
    match error {
        OpfsSAHError::NotSupported
        | OpfsSAHError::Opfs {
            operation: "check OPFS support" | "get OPFS root",
            ..
        } => Reason::NotHere,
        OpfsSAHError::Opfs { message, .. } if message.contains("NoModificationAllowedError") => {
            Reason::Held
        }
        other => Reason::Failed(other.to_string()),
    }
}
