//! Migrations: each in a transaction of its own, counted in the file's `user_version`.
//!
//! A migration that has been shipped is never changed; a change is a new one.

use crate::server::error::StartError;
use rusqlite::{Connection, TransactionBehavior};

/// The migrations in their order; the first makes version 1.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_people_and_feed.sql"),
    include_str!("migrations/0003_ideas.sql"),
    include_str!("migrations/0004_truth.sql"),
    include_str!("migrations/0005_rosters.sql"),
    include_str!("migrations/0006_places.sql"),
    include_str!("migrations/0007_office.sql"),
    include_str!("migrations/0008_admission.sql"),
    include_str!("migrations/0009_voices.sql"),
    include_str!("migrations/0010_hold.sql"),
    include_str!("migrations/0011_bounds.sql"),
    include_str!("migrations/0012_known.sql"),
];

/// The version of the schema that this version of Lookfor writes.
pub const KNOWN: i64 = MIGRATIONS.len() as i64;

/// Says whether this version can work with the file.
///
/// # Errors
/// [`StartError::StoreIsNewer`] when a later version wrote it.
pub fn check(connection: &Connection) -> Result<(), StartError> {
    let found = version(connection)?;
    if found > KNOWN {
        return Err(StartError::StoreIsNewer {
            found,
            known: KNOWN,
        });
    }
    Ok(())
}

/// Brings the file to the known version.
///
/// # Errors
/// [`StartError::Sqlite`]; then the file is at the version of the last migration that went through.
pub fn run(connection: &mut Connection) -> Result<(), StartError> {
    let from = version(connection)?;
    for (migration, version) in MIGRATIONS.iter().zip(1..) {
        if version <= from {
            continue;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
        tracing::info!(version, "The store's schema was brought up.");
    }
    Ok(())
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hash::Sha256;

    /// Changing a shipped migration makes servers that differ; add a new one instead.
    #[test]
    fn shipped_migrations_are_frozen() {
        let sums: Vec<String> = MIGRATIONS
            .iter()
            .map(|sql| Sha256::of(sql.as_bytes()).to_string())
            .collect();
        assert_eq!(
            sums,
            [
                "5b0b0955c29905856b4972b9b8fb9f3c19390cdc130b2cbf5458b51ae22fa8db",
                "198097864757da05e1de97f9ee0447ec22bc84ba991d2979707677458ced51d0",
                "90410359b166db2c51bddca8991e5d435096fa027379884e4a8b9182ed7838e7",
                "83aa2c868d5f90f627b48368f74922c0439dfd40780ecfa01e0a5f856fb7b21b",
                "4175f1ca40def2ec1370182c4b84fca88059db1e3709d99166b820a5a32ab23f",
                "fc8b09685ee16b2169baf2275064cdcc6e6f59eecb6f04cecf7cecac7fbd0856",
                "61b0a0e29bf3986c3ea34976c3aa9bb522a4c3311efd009b7496f3b3147cb809",
                "7ebbd52e4db5831b93dd1234d9baec4aec9f30d49d5c15e2f3b748839462f001",
                "0bea96182452667fc34451e5627a47a7c7ead81dbd5c27cc30670d609f9a4c24",
                "63adf8931d30dbbdb949b25a3806a67653f331cebbbce7fcd6a48309a759a4c7",
                "9a9cbcf4e2bbe9f75a24467a893c2f03002fd6ce80cce80917733cb715c8e443",
                "74302b01715b79a485e04819fd58b2692c869cf7c6c9eea0b576f184e5f6435b",
            ]
        );
    }
}
