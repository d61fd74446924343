//! Sites and classes.

use super::SqliteStore;
use super::ask::{Stop, malformed};
use super::people::{is_known, refresh};
use super::project::places::district;
use super::tokens::uuid;
use crate::domain::id::{ClassId, SiteId};
use crate::domain::place::District;
use crate::domain::problem::Problem;
use crate::server::store::Later;
use crate::server::store::people::{Asked, PAGE, Places};
use crate::sync::office::{KeepClass, Site};
use rusqlite::{Row, Transaction, TransactionBehavior, named_params, params};
use uuid::Uuid;

impl Places for SqliteStore {
    fn district(&self) -> Later<'_, District> {
        self.read(|connection| district(connection))
    }

    fn sites(&self, after: Option<SiteId>) -> Later<'_, Vec<Site>> {
        self.read(move |connection| {
            let after = after.map_or(Uuid::nil(), |site| site.0);
            connection
                .prepare_cached("select * from site where id > ?1 order by id limit ?2")?
                .query_map(params![after.as_bytes(), PAGE], row_to_site)?
                .collect()
        })
    }

    fn keep_site(&self, site: Site) -> Later<'_, ()> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction
                .prepare_cached(include_str!("site_keep.sql"))?
                .execute(params![site.id.0.as_bytes(), site.name])?;
            refresh(&transaction, "people")?;
            transaction.commit()
        })
    }

    fn keep_class(&self, class: KeepClass, now_utc_ms: i64) -> Asked<'_, ClassId> {
        self.ask(move |transaction| keep_class(transaction, &class, now_utc_ms))
    }
}

fn row_to_site(row: &Row) -> rusqlite::Result<Site> {
    Ok(Site {
        id: SiteId(uuid(row, "id")?),
        name: row.get("name")?,
    })
}

fn keep_class(
    transaction: &Transaction,
    class: &KeepClass,
    now_utc_ms: i64,
) -> Result<ClassId, Stop> {
    let is_site = transaction
        .prepare_cached("select 1 from site where id = ?1")?
        .exists([class.site.0.as_bytes()])?;
    if !is_site {
        return Err(malformed("site", "a site that is known"));
    }
    for teacher in &class.teachers {
        if !is_known(transaction, *teacher)? {
            return Err(malformed("teachers", "people who are known"));
        }
    }
    let kept = transaction
        .prepare_cached(include_str!("class_keep.sql"))?
        .execute(named_params! {
            ":id": class.id.0.as_bytes(),
            ":site": class.site.0.as_bytes(),
            ":school_year": class.school_year,
            ":title": class.title,
            ":ended": class.ended,
            ":now_utc_ms": now_utc_ms,
        })?;
    if kept == 0 {
        return Err(Problem::IdTaken.into());
    }
    transaction
        .prepare_cached("delete from class_teacher where class = ?1")?
        .execute([class.id.0.as_bytes()])?;
    let mut teaches = transaction.prepare_cached(
        "insert into class_teacher (class, person) values (?1, ?2) on conflict do nothing",
    )?;
    for teacher in &class.teachers {
        teaches.execute([class.id.0.as_bytes(), teacher.0.as_bytes()])?;
    }
    refresh(transaction, "people")?;
    Ok(class.id)
}
