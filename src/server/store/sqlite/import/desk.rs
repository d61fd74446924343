//! What the steps of an import share: who and what is there, what was counted, and what is wrong.

use super::{classes, days, district, mails, people, places, posts, teachers};
use crate::domain::id::{PersonId, SiteId};
use crate::domain::import::{Count, Leaving, Named, Preview, Reason, Thing};
use crate::domain::people::Role;
use crate::server::import::progress::Progress;
use crate::server::import::roster::{At, Roster};
use crate::server::import::troubles::Troubles;
use crate::server::store::sqlite::people::{refresh, role_name};
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::Transaction;
use std::collections::{BTreeMap, HashMap};

/// One import on its way into the store.
pub(super) struct Desk<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) roster: &'a Roster,
    pub(super) now_utc_ms: i64,
    pub(super) troubles: Troubles,
    pub(super) leaving: Leaving,
    counts: BTreeMap<Thing, Count>,
    progress: &'a Progress,
    /// Entries that were merged into others.
    merged: HashMap<PersonId, PersonId>,
    /// Sites by the roster's ids.
    pub(super) sites: HashMap<String, SiteId>,
    /// Everybody.
    pub(super) people: people::Everybody,
    /// People by the roster's ids, as far as the roster has them.
    pub(super) staff: HashMap<String, PersonId>,
}

/// A name of a column, as a person who looks for it in a file knows it.
pub(super) type ColumnName = &'static str;

impl<'a> Desk<'a> {
    pub(super) fn new(
        transaction: &'a Transaction<'a>,
        roster: &'a Roster,
        now_utc_ms: i64,
        progress: &'a Progress,
    ) -> rusqlite::Result<Self> {
        let merged = merged(transaction)?;
        let people = people::Everybody::load(transaction, &merged)?;
        Ok(Self {
            transaction,
            roster,
            now_utc_ms,
            troubles: roster.troubles.clone(),
            leaving: Leaving::default(),
            counts: BTreeMap::new(),
            progress,
            merged,
            sites: HashMap::new(),
            people,
            staff: HashMap::new(),
        })
    }

    /// Takes all of it.
    pub(super) fn take(&mut self) -> rusqlite::Result<()> {
        let had_admin = self.has_admin()?;
        places::take(self)?;
        district::take(self)?;
        people::take(self)?;
        posts::take(self)?;
        mails::take(self)?;
        classes::take(self)?;
        teachers::take(self)?;
        days::take(self)?;
        if had_admin && !self.has_admin()? {
            self.troubles.whole(Reason::LastAdmin);
        }
        // What readers get of people and classes is made again only if it changed.
        let shown = [
            Thing::Sites,
            Thing::People,
            Thing::Posts,
            Thing::Classes,
            Thing::Teachers,
        ];
        let is_shown = |thing| {
            self.counts
                .get(&thing)
                .is_some_and(|count| *count != Count::default())
        };
        if shown.into_iter().any(is_shown) {
            refresh(self.transaction, "people")?;
        }
        Ok(())
    }

    /// What it is and did.
    pub(super) fn preview(self) -> Preview {
        Preview {
            format: self.roster.format,
            files: self.roster.files.clone(),
            counts: self.counts,
            students: self.roster.students,
            leaving: self.leaving,
            blocked: self.troubles.blocked(),
            left_out: self.troubles.left_out(),
            troubles_total: self.troubles.total(),
            troubles: self.troubles.listed(),
        }
    }

    /// Counts something of a thing.
    pub(super) fn count(&mut self, thing: Thing) -> &mut Count {
        self.counts.entry(thing).or_default()
    }

    /// One more row is done.
    pub(super) fn done(&self) {
        self.progress.add(1);
    }

    /// What a row names is not there; the row is left out.
    pub(super) fn dangling(&mut self, at: At, column: ColumnName, what: Named) {
        self.bad(at, column, Reason::NoSuch { what });
    }

    /// Something is wrong with a row.
    pub(super) fn bad(&mut self, at: At, column: ColumnName, reason: Reason) {
        self.troubles.add(self.roster.trouble(at, column, reason));
    }

    /// The entry that stands for this one.
    pub(super) fn one(&self, person: PersonId) -> PersonId {
        self.merged.get(&person).copied().unwrap_or(person)
    }

    /// All entries of a person.
    pub(super) fn entries(&self, person: PersonId) -> Vec<PersonId> {
        let merged = self.merged.iter().filter(|(_, one)| **one == person);
        std::iter::once(person)
            .chain(merged.map(|(entry, _)| *entry))
            .collect()
    }

    fn has_admin(&self) -> rusqlite::Result<bool> {
        self.transaction
            .prepare_cached(include_str!("../admin_eldest.sql"))?
            .exists([role_name(Role::Admin)])
    }
}

/// Ten random bytes for an id.
pub(super) fn chance() -> [u8; 10] {
    crate::server::chance::Chance::draw().take()
}

fn merged(transaction: &Transaction) -> rusqlite::Result<HashMap<PersonId, PersonId>> {
    let mut statement = transaction
        .prepare_cached("select external_id, person from alias where source = 'merged'")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, PersonId(uuid(row, "person")?)))
    })?;
    let mut merged = HashMap::new();
    for row in rows {
        let (entry, one) = row?;
        if let Ok(entry) = entry.parse() {
            merged.insert(entry, one);
        }
    }
    Ok(merged)
}
