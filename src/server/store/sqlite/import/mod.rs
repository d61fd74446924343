//! What rosters say, beside what is there: taken in one transaction, whole or not at all.
//!
//! A look is the same transaction taken back, so that a preview says what would happen and nothing else.
//! Every step compares three things: what the source said the last time (the tables `imported_…`), what it
//! says now, and what is there. Only where the source says something else than before, and what is there
//! is what it said, is anything changed: what an office has set since stays.
//!
//! Reading order: [`desk`] (what the steps share), then the steps in their order: [`places`], [`district`],
//! [`people`], [`posts`], [`classes`], [`teachers`], [`days`]; [`history`] keeps what became of it.

mod classes;
mod days;
mod desk;
mod district;
mod history;
mod mails;
mod people;
mod places;
mod posts;
mod teachers;

use super::SqliteStore;
use super::ask::Stop;
use crate::domain::id::ImportId;
use crate::domain::import::Preview;
use crate::domain::problem::Problem;
use crate::server::import::progress::Progress;
use crate::server::import::roster::Roster;
use crate::server::store::Later;
use crate::server::store::imports::{Imports, Look, Take};
use crate::server::store::people::Asked;
use crate::sync::office::imports::{Import, ImportState};
use desk::Desk;
use rusqlite::{Transaction, TransactionBehavior};
use std::collections::HashSet;
use std::sync::Arc;

impl Imports for SqliteStore {
    fn known_staff(&self, source: String) -> Later<'_, HashSet<String>> {
        self.read(move |connection| {
            connection
                .prepare_cached("select external_id from imported_person where source = ?1")?
                .query_map([source], |row| row.get(0))?
                .collect()
        })
    }

    fn look_at_import(&self, look: Look, progress: Arc<Progress>) -> Later<'_, Import> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            history::forget_old(&transaction, look.now_utc_ms)?;
            if let Some(import) = history::find(&transaction, look.id)? {
                transaction.commit()?;
                return Ok(import);
            }
            transaction.execute_batch("savepoint look")?;
            let preview = preview(&transaction, &look.roster, look.now_utc_ms, &progress)?;
            transaction.execute_batch("rollback to look; release look")?;
            let import = history::keep(&transaction, &look, preview)?;
            transaction.commit()?;
            Ok(import)
        })
    }

    fn forget_imports(&self, now_utc_ms: i64) -> Later<'_, usize> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let forgotten = history::forget_old(&transaction, now_utc_ms)?;
            transaction.commit()?;
            Ok(forgotten)
        })
    }

    fn take_import(&self, take: Take, progress: Arc<Progress>) -> Asked<'_, Import> {
        self.ask(move |transaction| taken(transaction, take, &progress))
    }

    fn import(&self, id: ImportId) -> Later<'_, Option<Import>> {
        self.read(move |connection| history::find(connection, id))
    }

    fn imports(&self, before: Option<ImportId>) -> Later<'_, Vec<Import>> {
        self.read(move |connection| history::page(connection, before))
    }
}

fn taken(transaction: &Transaction, take: Take, progress: &Progress) -> Result<Import, Stop> {
    let import = history::find(transaction, take.id)?.ok_or(Problem::NotFound)?;
    match import.state {
        ImportState::Taken => return Ok(import),
        ImportState::Blocked => return Err(Problem::ImportBlocked.into()),
        _ => {}
    }
    history::forget_old(transaction, take.now_utc_ms)?;
    let roster = history::roster(transaction, take.id)?.ok_or(Problem::NotFound)?;
    let preview = preview(transaction, &roster, take.now_utc_ms, progress)?;
    if preview.blocked {
        return Err(Problem::ImportBlocked.into());
    }
    if preview.leaving.needs_consent() && !take.leavers {
        return Err(Problem::LeaversNeedConsent {
            people: preview.leaving.people,
            classes: preview.leaving.classes,
        }
        .into());
    }
    Ok(history::taken(transaction, take, &import, preview)?)
}

/// Takes a roster, and says what that did. If what was read blocks, nothing is done.
fn preview(
    transaction: &Transaction,
    roster: &Roster,
    now_utc_ms: i64,
    progress: &Progress,
) -> rusqlite::Result<Preview> {
    progress.begin(roster.rows());
    let mut desk = Desk::new(transaction, roster, now_utc_ms, progress)?;
    if !roster.troubles.blocked() {
        desk.take()?;
    }
    Ok(desk.preview())
}
