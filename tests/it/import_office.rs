//! A store that files are taken into, and what tests of imports ask of it.

use crate::support::roster::{Files, zip};
use lookfor::domain::id::ImportId;
use lookfor::domain::import::{Count, Reason, Thing, Trouble};
use lookfor::domain::problem::Problem;
use lookfor::server::import::desk::{ImportDesk, Sent};
use lookfor::server::store::imports::Take;
use lookfor::server::store::sqlite::SqliteStore;
use lookfor::sync::office::imports::{Import, ImportState};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::io::Write;
use std::path::PathBuf;
use tempfile::TempDir;

/// 12 October 2026.
pub const NOW: i64 = 1_791_806_400_000;

/// A store that files are taken into.
pub struct Office {
    pub store: SqliteStore,
    desk: ImportDesk,
    folder: TempDir,
    next: std::cell::Cell<u32>,
}

impl Office {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            store: SqliteStore::open(folder.path()).unwrap(),
            desk: ImportDesk::new(folder.path().into()),
            folder,
            next: std::cell::Cell::new(1),
        }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().into()
    }

    pub async fn look_at(&self, bytes: &[u8], source: &str) -> Import {
        let mut file = self.desk.room().unwrap();
        file.write_all(bytes).unwrap();
        let number = self.next.get();
        self.next.set(number + 1);
        let sent = Sent {
            id: ImportId::mint(NOW + i64::from(number), [7; 10]),
            person: None,
            source: source.into(),
            file,
            name: String::new(),
        };
        self.desk.look(&self.store, sent, NOW).await.unwrap()
    }

    pub async fn look(&self, files: &Files) -> Import {
        self.look_at(&zip(files), "roster").await
    }

    pub async fn asked(&self, import: &Import, leavers: bool) -> Result<Import, Problem> {
        let take = Take {
            id: import.id,
            leavers,
            now_utc_ms: NOW,
        };
        self.desk.take(&self.store, take).await.unwrap()
    }

    /// Looks and takes, whoever leaves. What was seen is what was done.
    pub async fn take(&self, files: &Files) -> Import {
        let looked = self.look(files).await;
        let taken = self.asked(&looked, true).await.unwrap();
        assert_eq!(taken.preview, looked.preview);
        assert_eq!(
            (looked.state, taken.state),
            (ImportState::Looked, ImportState::Taken)
        );
        taken
    }

    /// A CSV alone.
    pub async fn take_csv(&self, text: &str) -> Import {
        let looked = self.look_at(text.as_bytes(), "roster").await;
        self.asked(&looked, true).await.unwrap()
    }

    pub fn connection(&self) -> Connection {
        Connection::open(self.folder.path().join("lookfor.sqlite")).unwrap()
    }

    pub fn execute(&self, sql: &str) {
        self.connection().execute_batch(sql).unwrap();
    }

    /// The rows of a question, as text.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let connection = self.connection();
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cells = (0..columns).map(|column| match row.get_ref(column).unwrap() {
                ValueRef::Null => "-".into(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                other => format!("{other:?}"),
            });
            Ok(cells.collect::<Vec<String>>().join("|"))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Every row of every table, but for the list of imports itself.
    pub fn everything(&self) -> String {
        let tables = "select name from sqlite_schema where type = 'table' \
                      and name not in ('import', 'import_roster') and name not like 'sqlite_%'";
        let tables = self.rows(tables).into_iter().map(|table| {
            let rows = self.rows(&format!("select * from {table}"));
            format!("{table}\n{}\n", rows.join("\n"))
        });
        tables.collect()
    }

    /// Posts that are held: name, role, and the site or whatever is the place.
    pub fn posts(&self) -> Vec<String> {
        self.rows(
            "select person.name, role, ifnull(site.name, place) from post \
             join person on person.id = post.person \
             left join site on 'site:' || lower(hex(site.id)) = replace(place, '-', '') \
             where until_utc_ms is null order by 1, 2, 3",
        )
    }

    pub fn left(&self) -> Vec<String> {
        self.rows("select name from person where left_at_utc_ms is not null order by 1")
    }
}

pub fn count(import: &Import, thing: Thing) -> (u32, u32, u32) {
    let Count {
        added,
        changed,
        left,
    } = import
        .preview
        .counts
        .get(&thing)
        .copied()
        .unwrap_or_default();
    (added, changed, left)
}

pub fn reasons(import: &Import) -> Vec<&Reason> {
    let troubles = import.preview.troubles.iter();
    troubles.map(|Trouble { reason, .. }| reason).collect()
}
