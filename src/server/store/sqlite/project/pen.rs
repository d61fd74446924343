//! The pen: writes documents, and gives each change the next number of the feed.

use crate::domain::document::{Audience, Document};
use rusqlite::{Row, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Writes the changes of one transaction.
pub(super) struct Pen<'a> {
    transaction: &'a Transaction<'a>,
    next: i64,
    touched: BTreeSet<String>,
}

/// Where a pen stood, to go back to when what it wrote is taken back.
pub(super) struct Mark(i64, BTreeSet<String>);

/// What names a document in the feed: its audience, its kind and its id.
type Key = (String, String, String);

impl<'a> Pen<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>) -> rusqlite::Result<Self> {
        let next = transaction.query_row("select next_number from feed", [], |row| row.get(0))?;
        Ok(Self {
            transaction,
            next,
            touched: BTreeSet::new(),
        })
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.next, self.touched.clone())
    }

    /// Whether something was written since.
    pub(super) fn has_written_since(&self, mark: &Mark) -> bool {
        self.next > mark.0
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        (self.next, self.touched) = (mark.0, mark.1);
    }

    /// Makes these the documents of what they are about, and writes only what differs. A document that is
    /// no longer made becomes one that is gone: readers must hear of it. Of two for one reader the first
    /// stands.
    pub(super) fn write(
        &mut self,
        about: &str,
        made: Vec<(Audience, Document)>,
    ) -> rusqlite::Result<()> {
        let mut wanted: BTreeMap<Key, String> = BTreeMap::new();
        for (audience, document) in made {
            let name = document.name();
            let key = (audience.to_string(), name.kind, name.id);
            wanted.entry(key).or_insert_with(|| {
                serde_json::to_string(&document).expect("documents have string keys")
            });
        }
        let mut present = self.present(about)?;
        let mut differ: Vec<(Uuid, Key, Option<String>)> = Vec::new();
        for (key, body) in wanted {
            let there = present.remove(&key).flatten();
            if there.as_ref() != Some(&body) {
                differ.push((Uuid::new_v4(), key, Some(body)));
            }
        }
        let gone = present.into_iter().filter(|(_, body)| body.is_some());
        differ.extend(gone.map(|(key, _)| (Uuid::new_v4(), key, None)));
        // In the order of their keys the numbers would say for whom the others of one write were.
        differ.sort_by_key(|(by_chance, _, _)| *by_chance);
        for (_, key, body) in differ {
            self.put(about, &key, body.as_deref())?;
        }
        Ok(())
    }

    /// Makes the documents gone that may hold what was erased. Says whether there were any.
    pub(super) fn take_back_erased(&mut self, about: &str) -> rusqlite::Result<bool> {
        let mut statement = self
            .transaction
            .prepare_cached(include_str!("documents_erased.sql"))?;
        let keys = statement
            .query_map([about], row_to_key)?
            .collect::<rusqlite::Result<Vec<Key>>>()?;
        for key in &keys {
            self.put(about, key, None)?;
        }
        Ok(!keys.is_empty())
    }

    /// The documents of what they are about, with those that are gone.
    fn present(&self, about: &str) -> rusqlite::Result<BTreeMap<Key, Option<String>>> {
        let mut statement = self
            .transaction
            .prepare_cached("select audience, kind, id, body from document where about = ?1")?;
        statement
            .query_map([about], |row| Ok((row_to_key(row)?, row.get("body")?)))?
            .collect()
    }

    fn put(&mut self, about: &str, key: &Key, body: Option<&str>) -> rusqlite::Result<()> {
        let (audience, kind, id) = key;
        self.transaction
            .prepare_cached(include_str!("document_put.sql"))?
            .execute(params![audience, kind, id, self.next, about, body])?;
        self.next += 1;
        if !self.touched.contains(audience) {
            self.touched.insert(audience.clone());
        }
        Ok(())
    }

    /// Keeps the number for the next pen, and says which audiences have something new.
    pub(super) fn down(self) -> rusqlite::Result<BTreeSet<String>> {
        if !self.touched.is_empty() {
            self.transaction
                .prepare_cached("update feed set next_number = ?1")?
                .execute([self.next])?;
        }
        Ok(self.touched)
    }
}

fn row_to_key(row: &Row) -> rusqlite::Result<Key> {
    Ok((row.get("audience")?, row.get("kind")?, row.get("id")?))
}
