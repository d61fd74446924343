//! The inbox: the documents that the server made for this person, and how far they were read.

use super::{Store, problem};
use crate::domain::document::{Audience, Name};
use crate::domain::problem::Problem;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many documents a page has.
pub const DOCUMENTS_PAGE: u32 = 50;
/// The kind of the documents that erase words.
const ERASED: &str = "erased";
/// The kinds of documents that the roster is made of.
pub(super) const KINDS_OF_ROSTER: [&str; 3] = ["class", "person", "class_missed"];

/// A document as it came, in JSON: it may be of a kind that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its id within its kind.
    pub id: String,
    /// The document.
    pub json: String,
}

/// How far the inbox has read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The feed; none before the first pull.
    pub feed: Option<u64>,
    /// The largest number of each audience.
    pub cursors: BTreeMap<Audience, u64>,
}

/// What is new, to be taken whole or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The feed that it is of. If the inbox is of another one, all of that is forgotten first.
    pub feed: u64,
    /// Audience by audience, with the cursor after the changes.
    pub portions: Vec<(Audience, u64, Vec<Change>)>,
    /// Audiences whose documents are forgotten.
    pub lost: Vec<Audience>,
}

/// One document that is there now, or is no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which document.
    pub name: Name,
    /// The document in JSON; none when it is gone.
    pub json: Option<String>,
}

impl Store {
    /// How far the inbox has read.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn position(&self) -> Result<Position, Problem> {
        let read = || -> rusqlite::Result<Position> {
            let feed = self
                .connection
                .query_row("select feed from self", [], |row| row.get(0))?;
            let mut all = self
                .connection
                .prepare_cached("select audience, number from cursor")?;
            let rows = all.query_map([], |row| {
                let audience: String = row.get(0)?;
                Ok((audience, row.get(1)?))
            })?;
            let mut cursors = BTreeMap::new();
            for row in rows {
                let (audience, number) = row?;
                // Only what was read as an audience was ever written.
                if let Ok(audience) = audience.parse() {
                    cursors.insert(audience, number);
                }
            }
            Ok(Position { feed, cursors })
        };
        read().map_err(problem)
    }

    /// Takes a delivery, in one transaction: documents, cursors, forgotten audiences, and the words that
    /// it erases. Gives whether any document changed.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`]. Nothing is changed then.
    pub fn take(&mut self, delivery: &Delivery) -> Result<bool, Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        let changed = take(&transaction, delivery).map_err(problem)?;
        transaction.commit().map_err(problem)?;
        Ok(changed)
    }

    /// A page of documents of a kind, the largest ids first: newest first where ids tell the time. Of a
    /// document that came to several audiences, the one made for the person stands before the others, then the one
    /// made for the coaches of a site, which says more than that for everybody there.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn documents(&self, kind: &str, before: Option<&str>) -> Result<Vec<Kept>, Problem> {
        self.connection
            .prepare_cached(include_str!("inbox_page.sql"))
            .and_then(|mut page| {
                page.query_map((kind, before, DOCUMENTS_PAGE), |row| {
                    let json: Vec<u8> = row.get(1)?;
                    Ok(Kept {
                        id: row.get(0)?,
                        json: String::from_utf8(json)
                            .map_err(|error| super::unreadable(1, error))?,
                    })
                })?
                .collect()
            })
            .map_err(problem)
    }

    /// The documents of these names that are there, in their order; of each, the one made for the person
    /// stands before the others.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn look_up(&self, names: &[Name]) -> Result<Vec<Kept>, Problem> {
        let look = || -> rusqlite::Result<Vec<Kept>> {
            let mut find = self
                .connection
                .prepare_cached(include_str!("inbox_look_up.sql"))?;
            let mut found = Vec::new();
            for Name { kind, id } in names {
                let json: Option<Vec<u8>> =
                    find.query_row((kind, id), |row| row.get(0)).optional()?;
                let Some(json) = json else { continue };
                found.push(Kept {
                    id: id.clone(),
                    json: String::from_utf8(json).map_err(|error| super::unreadable(0, error))?,
                });
            }
            Ok(found)
        };
        look().map_err(problem)
    }
}

impl Store {
    /// A document by its kind and id.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn document(&self, kind: &str, id: &str) -> Result<Option<String>, Problem> {
        let sql = "select body from inbox where kind = ?1 and id = ?2 limit 1";
        self.connection
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row((kind, id), |row| row.get::<_, Vec<u8>>(0))
                    .optional()
            })
            .map(|json| json.and_then(|json| String::from_utf8(json).ok()))
            .map_err(problem)
    }
}

fn take(connection: &Connection, delivery: &Delivery) -> rusqlite::Result<bool> {
    let Delivery {
        feed,
        portions,
        lost,
    } = delivery;
    let mut changed = 0;
    let before: Option<u64> =
        connection.query_row("select feed from self", [], |row| row.get(0))?;
    if before != Some(*feed) {
        changed += connection.execute("delete from inbox", [])?;
        super::roster::forget(connection, None)?;
        connection.execute("delete from cursor", [])?;
        connection.execute("update self set feed = ?1", [feed])?;
    }
    for audience in lost {
        let audience = audience.to_string();
        changed += connection.execute("delete from inbox where audience = ?1", [&audience])?;
        super::roster::forget(connection, Some(&audience))?;
        connection.execute("delete from cursor where audience = ?1", [&audience])?;
    }
    // Whatever was there and is no longer may leave its text in a page.
    if changed > 0 {
        super::scrub::mark(connection, super::scrub::Need::Now)?;
    }
    for (audience, cursor, changes) in portions {
        let audience = audience.to_string();
        for change in changes {
            changed += usize::from(put(connection, &audience, change)?);
        }
        connection
            .prepare_cached(include_str!("inbox_cursor.sql"))?
            .execute((&audience, cursor))?;
    }
    Ok(changed > 0)
}

fn put(connection: &Connection, audience: &str, change: &Change) -> rusqlite::Result<bool> {
    use super::scrub::{Need, mark};
    let Name { kind, id } = &change.name;
    super::saying::heard(connection, id)?;
    let Some(json) = &change.json else {
        let gone = connection
            .prepare_cached(include_str!("inbox_remove.sql"))?
            .execute((audience, kind, id))?;
        if gone > 0 {
            super::roster::note(connection, audience, change)?;
            mark(connection, Need::Now)?;
        }
        return Ok(gone > 0);
    };
    let before: Option<Vec<u8>> = connection
        .prepare_cached(include_str!("inbox_find.sql"))?
        .query_row((audience, kind, id), |row| row.get(0))
        .optional()?;
    if before.as_deref() == Some(json.as_bytes()) {
        return Ok(false);
    }
    if before.is_some() {
        mark(connection, Need::WhenQuiet)?;
    }
    connection
        .prepare_cached(include_str!("inbox_put.sql"))?
        .execute((audience, kind, id, json.as_bytes()))?;
    super::roster::note(connection, audience, change)?;
    if kind == ERASED {
        // The body, its receipt and what is counted from it stay; the words go, and are not sent again.
        connection.execute("update event set words = null where id = ?1", [id])?;
        // The words stand in the taps of the visit, too, which nobody needs any more.
        connection.execute(include_str!("inbox_erase_taps.sql"), [id])?;
        connection.execute("delete from named where event = ?1", [id])?;
        super::jotting::forget_about(connection, id)?;
        mark(connection, Need::Now)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{PersonId, SiteId};
    use crate::local::tests::memory;

    fn me() -> Audience {
        Audience::Person(PersonId::mint(1, [1; 10]))
    }

    fn site() -> Audience {
        Audience::Site(SiteId::mint(1, [2; 10]))
    }

    fn change(kind: &str, id: &str, json: Option<&str>) -> Change {
        Change {
            name: Name {
                kind: kind.into(),
                id: id.into(),
            },
            json: json.map(str::to_owned),
        }
    }

    fn delivery(feed: u64, audience: Audience, cursor: u64, changes: Vec<Change>) -> Delivery {
        Delivery {
            feed,
            portions: vec![(audience, cursor, changes)],
            lost: vec![],
        }
    }

    fn ids(store: &Store, kind: &str) -> Vec<String> {
        let page = store.documents(kind, None).expect("it answers");
        page.into_iter().map(|kept| kept.id).collect()
    }

    #[test]
    fn a_delivery_is_there_with_its_cursor_and_twice_is_once() {
        let mut store = memory();
        let some = delivery(7, me(), 3, vec![change("support", "a", Some("{}"))]);
        assert_eq!(store.take(&some), Ok(true));
        assert_eq!(store.take(&some), Ok(false));
        assert_eq!(ids(&store, "support"), ["a"]);
        let position = Position {
            feed: Some(7),
            cursors: BTreeMap::from([(me(), 3)]),
        };
        assert_eq!(store.position(), Ok(position));
    }

    #[test]
    fn what_is_gone_is_gone_for_its_audience_alone() {
        let mut store = memory();
        for audience in [me(), site()] {
            let some = delivery(7, audience, 1, vec![change("support", "a", Some("{}"))]);
            store.take(&some).expect("it is taken");
        }
        let gone = delivery(7, site(), 2, vec![change("support", "a", None)]);
        assert_eq!(store.take(&gone), Ok(true));
        assert_eq!(ids(&store, "support"), ["a"]);
        let lost = Delivery {
            feed: 7,
            portions: vec![],
            lost: vec![me()],
        };
        assert_eq!(store.take(&lost), Ok(true));
        assert_eq!(ids(&store, "support"), Vec::<String>::new());
        let cursors = store.position().map(|position| position.cursors);
        assert_eq!(cursors, Ok(BTreeMap::from([(site(), 2)])));
    }

    #[test]
    fn another_feed_forgets_all_that_came_before_it() {
        let mut store = memory();
        let first = delivery(7, site(), 9, vec![change("support", "a", Some("{}"))]);
        store.take(&first).expect("it is taken");
        let rebuilt = delivery(8, me(), 1, vec![change("support", "b", Some("{}"))]);
        store.take(&rebuilt).expect("it is taken");
        assert_eq!(ids(&store, "support"), ["b"]);
        let cursors = store.position().map(|position| position.cursors);
        assert_eq!(cursors, Ok(BTreeMap::from([(me(), 1)])));
    }

    #[test]
    fn the_document_made_for_the_person_stands_before_that_of_a_group() {
        let mut store = memory();
        for (audience, json) in [(site(), "group"), (me(), "mine")] {
            let some = delivery(7, audience, 1, vec![change("person", "a", Some(json))]);
            store.take(&some).expect("it is taken");
        }
        let page = store.documents("person", None).expect("it answers");
        let json: Vec<_> = page.into_iter().map(|kept| kept.json).collect();
        assert_eq!(json, ["mine"]);
    }

    #[test]
    fn what_coaches_are_told_of_a_document_stands_before_what_everybody_at_the_site_is() {
        let mut store = memory();
        let id = SiteId::mint(1, [2; 10]);
        for (audience, json) in [
            (Audience::Everyone, "everyone"),
            (Audience::Coaches(id), "coaches"),
            (site(), "site"),
        ] {
            let some = delivery(7, audience, 1, vec![change("bright_spot", "a", Some(json))]);
            store.take(&some).expect("it is taken");
        }
        let name = Name {
            kind: "bright_spot".into(),
            id: "a".into(),
        };
        let page = store.documents("bright_spot", None).expect("it answers");
        let named = store.look_up(&[name]).expect("it answers");
        let json: Vec<_> = page
            .into_iter()
            .chain(named)
            .map(|kept| kept.json)
            .collect();
        assert_eq!(json, ["coaches", "coaches"]);
    }

    #[test]
    fn documents_are_looked_up_by_name_and_what_is_not_there_is_passed_over() {
        let mut store = memory();
        for (audience, json) in [(site(), "group"), (me(), "mine")] {
            let some = delivery(7, audience, 1, vec![change("person", "a", Some(json))]);
            store.take(&some).expect("it is taken");
        }
        let name = |kind: &str, id: &str| Name {
            kind: kind.into(),
            id: id.into(),
        };
        let names = [name("person", "b"), name("person", "a"), name("class", "a")];
        let found = store.look_up(&names).expect("it answers");
        let json: Vec<_> = found.into_iter().map(|kept| kept.json).collect();
        assert_eq!(json, ["mine"]);
    }

    #[test]
    fn documents_come_page_by_page() {
        let mut store = memory();
        let name = |number| format!("{number:03}");
        let changes = (0..120).map(|number| change("support", &name(number), Some("{}")));
        let many = delivery(7, me(), 1, changes.collect());
        store.take(&many).expect("it is taken");
        let mut found = vec![];
        let mut before: Option<String> = None;
        loop {
            let page = store
                .documents("support", before.as_deref())
                .expect("it answers");
            before = page.last().map(|kept| kept.id.clone());
            if page.is_empty() {
                break;
            }
            found.extend(page.into_iter().map(|kept| kept.id));
        }
        assert_eq!(found, (0..120).rev().map(name).collect::<Vec<_>>());
    }
}
