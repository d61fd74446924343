//! Whether the district is an invented one.

use super::SqliteStore;
use super::people::refresh;
use crate::domain::place::Day;
use crate::server::store::Later;
use crate::server::store::demo::{Demo, Demos};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, TransactionBehavior};

/// What a real district has and an empty one has not: the first admin is there from the first start on.
const IS_REAL: &str = "select exists (select 1 from event) or exists (select 1 from site) or (select count(*) from person) > 1";

impl Demos for SqliteStore {
    fn begin_demo(&self, today: Day) -> Later<'_, Option<Demo>> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let begun: Option<Demo> = transaction
                .query_row("select today, loaded from demo", [], |row| {
                    let today: String = row.get("today")?;
                    let unread = |error: &str| {
                        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into())
                    };
                    Ok(Demo {
                        today: today.parse().map_err(unread)?,
                        loaded: row.get("loaded")?,
                    })
                })
                .optional()?;
            if begun.is_some() {
                return Ok(begun);
            }
            if transaction.query_row(IS_REAL, [], |row| row.get(0))? {
                return Ok(None);
            }
            transaction.execute("insert into demo values (1, ?1, 0)", [today.to_string()])?;
            refresh(&transaction, "people")?;
            transaction.commit()?;
            Ok(Some(Demo {
                today,
                loaded: false,
            }))
        })
    }

    fn is_demo(&self) -> Later<'_, bool> {
        self.read(|connection| {
            connection.query_row("select exists (select 1 from demo)", [], |row| row.get(0))
        })
    }

    fn demo_loaded(&self) -> Later<'_, ()> {
        self.write(|connection| {
            connection.execute("update demo set loaded = 1", [])?;
            Ok(())
        })
    }
}
