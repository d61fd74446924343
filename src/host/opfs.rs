//! Opening stores in a browser: SQLite over a pool of files in the origin's private file system.

use super::clock;
use super::door::{Places, Whose};
use crate::domain::problem::Problem;
use crate::local::{Identity, Medium, Store, problem};
use rusqlite::Connection;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};
use std::cell::RefCell;
use std::rc::Rc;

/// Where the pool lies, from the root of the origin's file system.
const FOLDER: &str = "lookfor/store";
/// For each store the database and its journal, and one to spare; temporary tables are in memory.
const SLOTS_OF_ONE: usize = 2;
const SLOTS: usize = SLOTS_OF_ONE + 1;
/// How often and how long to wait for a page that is being left to let go of the store: a reload
/// or a worker that was ended holds it for some milliseconds more.
const TRIES: u32 = 30;
const TRY_AGAIN_MS: u64 = 50;

/// The pool of files, once it is open.
#[derive(Default)]
pub(super) struct Pool(RefCell<Option<Opened>>);

enum Opened {
    /// The browser's private file system.
    Files(Rc<OpfsSAHPoolUtil>),
    /// Memory, since the browser gives no private file system at all.
    Memory,
}

impl Places for Pool {
    async fn ready(&self) -> Result<(), Problem> {
        if self.0.borrow().is_some() {
            return Ok(());
        }
        let mut tries = 0;
        loop {
            let pool = OpfsSAHPoolCfgBuilder::new()
                .directory(FOLDER)
                .initial_capacity(SLOTS)
                .build();
            let found = install::<rusqlite::ffi::WasmOsCallback>(&pool, true).await;
            let opened = match found.map_err(|error| reason(&error)) {
                Ok(pool) => Opened::Files(Rc::new(pool)),
                Err(Reason::NotHere) => Opened::Memory,
                Err(Reason::Held) if tries < TRIES => {
                    tries += 1;
                    clock::sleep(TRY_AGAIN_MS).await;
                    continue;
                }
                Err(Reason::Held) => return Err(Problem::OpenElsewhere),
                Err(Reason::Failed(detail)) => return Err(Problem::StoreFailed { detail }),
            };
            self.0.replace(Some(opened));
            return Ok(());
        }
    }

    async fn make_room(&self, stores: usize) -> Result<(), Problem> {
        let pool = match &*self.0.borrow() {
            Some(Opened::Files(pool)) => Rc::clone(pool),
            Some(Opened::Memory) | None => return Ok(()),
        };
        let wanted = stores * SLOTS_OF_ONE + 1;
        let room = pool.ensure_capacity(wanted).await;
        room.map_err(|error| Problem::StoreFailed {
            detail: error.to_string(),
        })
    }

    fn open(&self, whose: Whose, fresh: Identity) -> Result<Store, Problem> {
        let (connection, medium) = match (&*self.0.borrow(), whose) {
            (Some(Opened::Files(_)), Whose::First) => {
                (Connection::open("store.sqlite"), Medium::Opfs)
            }
            (Some(Opened::Files(_)), Whose::Person(person)) => {
                (Connection::open(format!("{person}.sqlite")), Medium::Opfs)
            }
            (Some(Opened::Memory), _) => (Connection::open_in_memory(), Medium::Memory),
            (None, _) => {
                return Err(Problem::StoreFailed {
                    detail: "the pool of files is not open".into(),
                });
            }
        };
        let connection = connection.map_err(problem)?;
        Store::open(connection, medium, fresh, clock::now().at_utc_ms)
    }

    /// The files are let go of when the worker ends, which the page sees to.
    fn release(&self) {}
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
