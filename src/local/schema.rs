//! The schema, by version. A shipped migration is frozen; `tests/fixtures/device` holds stores of
//! shipped versions, and what makes those between.
//!
//! 1: first. 2: whose store it is, the inbox, what is removed. 3: several open drafts, each with its form; the
//! roster. 4: what is being written. 5: what says which classes are likely now. 6: the language that the person reads.
//! 7: what was said and can still be taken back. 8: what was said, is on the server, and is not in the feed yet.

use super::{Identity, problem};
use crate::domain::problem::Problem;
use rusqlite::Connection;

/// One file for each version, in order.
pub(super) const MIGRATIONS: [&str; 8] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_person_and_inbox.sql"),
    include_str!("migrations/0003_forms_and_drafts.sql"),
    include_str!("migrations/0004_jotting.sql"),
    include_str!("migrations/0005_likely.sql"),
    include_str!("migrations/0006_language.sql"),
    include_str!("migrations/0007_held.sql"),
    include_str!("migrations/0008_unheard.sql"),
];

/// The version of the store.
///
/// # Errors
/// [`Problem::StoreIsNewer`] when a later Lookfor wrote it, else what SQLite says.
pub(super) fn check(connection: &Connection) -> Result<u32, Problem> {
    let known = MIGRATIONS.len() as u32;
    let found: u32 = connection
        .query_row("pragma user_version", [], |row| row.get(0))
        .map_err(problem)?;
    if found > known {
        return Err(Problem::StoreIsNewer { found, known });
    }
    Ok(found)
}

/// Brings a store to the newest version, each step in a transaction of its own. A new store gets the
/// identity `fresh` in the step that makes it.
///
/// # Errors
/// [`Problem::StoreIsNewer`] when a later Lookfor wrote it, else what SQLite says.
pub(super) fn migrate(
    connection: &mut Connection,
    fresh: Identity,
    now_utc_ms: i64,
) -> Result<(), Problem> {
    let found = check(connection)?;
    for (version, migration) in (1..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction().map_err(problem)?;
        transaction.execute_batch(migration).map_err(problem)?;
        if version == 1 {
            let Identity { device, author } = fresh;
            let sql = "insert into self values (1, ?1, ?2, ?3)";
            transaction
                .execute(sql, (device.to_string(), author.to_string(), now_utc_ms))
                .map_err(problem)?;
        }
        // Version 3 has the roster, and this one more of it.
        if version == 5 {
            super::roster::read_inbox(&transaction).map_err(problem)?;
        }
        transaction
            .pragma_update(None, "user_version", version)
            .map_err(problem)?;
        transaction.commit().map_err(problem)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hash::Sha256;
    use crate::local::tests::born;

    /// Changing a shipped migration makes devices that differ; add a new one instead.
    #[test]
    fn shipped_migrations_are_frozen() {
        let sums = MIGRATIONS.map(|sql| Sha256::of(sql.as_bytes()).to_string());
        assert_eq!(
            sums,
            [
                "bc11b6452351fd6edca054fb08cbc5c08a857566ce209cab8d550566b68f5090",
                "a5513c69e64b163eab233aef233e7c725934c6352db86ed8a44d1bb9958af875",
                "573ebb911f25a5b451764b2d7fa4ac2c47825de77987cad20d45c4a103a50ecf",
                "e8c4de222e0310d7f962d451c21270d8ca0f20ff248ca0fc276731d33447ced7",
                "54047e201ec8f653fbcb2b9a59e08bee82ba23b83d304c25492903e9a749818a",
                "bb9a8800eac6c3bd4f4d10d22349eede201773559af6379b353d2c12d9205e20",
                "994c4e3fc0c8e4b51216c7923a0747edd2e7ea2d929e24972b3991d620e85d34",
                "2bd464381ec8148e3f2074e129f6e8aa0c88d4d44bafba905e990a4918a0bfb5"
            ]
        );
    }

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().expect("memory opens");
        migrate(&mut connection, born(1), 0).expect("the first time");
        let schema = |connection: &Connection| -> String {
            let sql = "select group_concat(sql, ';') from sqlite_schema";
            connection
                .query_row(sql, [], |row| row.get(0))
                .expect("it has a schema")
        };
        let before = schema(&connection);
        migrate(&mut connection, born(1), 0).expect("the second time");
        assert_eq!(schema(&connection), before);
    }

    #[test]
    fn a_store_of_a_later_version_is_left_alone() {
        let mut connection = Connection::open_in_memory().expect("memory opens");
        connection
            .pragma_update(None, "user_version", 99)
            .expect("it is set");
        let refused = migrate(&mut connection, born(1), 0);
        assert_eq!(
            refused,
            Err(Problem::StoreIsNewer {
                found: 99,
                known: MIGRATIONS.len() as u32
            })
        );
        let tables: u32 = connection
            .query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
            .expect("it counts");
        assert_eq!(tables, 0);
    }
}
