//! Storage: how much the store holds, what of it is on this device only, and the language that its person reads.

use super::outbox::Waiting;
use super::{Store, outbox, problem};
use crate::domain::problem::Problem;
use rusqlite::OptionalExtension;

/// How much a store holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The size of its file, in bytes.
    pub bytes: u64,
    /// Records without a receipt that are still to be sent.
    pub waiting: u32,
    /// Records that were set aside.
    pub set_aside: u32,
}

impl Store {
    /// How much the store holds.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn storage(&self) -> Result<Held, Problem> {
        let count = |sql: &str| {
            self.connection
                .query_row(sql, [], |row| row.get::<_, u64>(0))
        };
        let read = || -> rusqlite::Result<Held> {
            let bytes = count("pragma page_count")? * count("pragma page_size")?;
            self.connection
                .query_row(include_str!("storage_held.sql"), [], |row| {
                    Ok(Held {
                        bytes,
                        waiting: row.get(0)?,
                        set_aside: row.get(1)?,
                    })
                })
        };
        read().map_err(problem)
    }

    /// Every record without a receipt, oldest first, with why it was set aside if it was: what a person can carry
    /// by hand.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn not_on_the_server(&self) -> Result<Vec<(Waiting, Option<Problem>)>, Problem> {
        self.connection
            .prepare_cached(include_str!("storage_unsent.sql"))
            .and_then(|mut select| select.query_map([], outbox::carried)?.collect())
            .map_err(problem)
    }

    /// The tag of the language that the person chose here; none as long as they have not.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn language(&self) -> Result<Option<String>, Problem> {
        let sql = "select language from self where language is not null";
        self.connection
            .query_row(sql, [], |row| row.get(0))
            .optional()
            .map_err(problem)
    }

    /// Keeps the language that the person chose here, by its tag.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], also for a language that Lookfor does not speak, [`Problem::StoreFull`].
    pub fn choose_language(&mut self, tag: &str) -> Result<(), Problem> {
        self.connection
            .execute("update self set language = ?1", [tag])
            .map(drop)
            .map_err(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::tests::{born, memory, on_disk, open_file, submitted};

    #[test]
    fn what_is_not_on_the_server_is_counted_and_can_be_carried() {
        let mut store = memory();
        for visit in 1_u8..=3 {
            submitted(&mut store, visit, visit.into());
        }
        store.received(1, 7, 5).expect("the server has the first");
        store
            .set_aside(2, &Problem::NumberTaken)
            .expect("the second is set aside");
        let held = store.storage().expect("it answers");
        assert_eq!((held.waiting, held.set_aside), (1, 1));
        assert!(held.bytes >= 4096);
        let carried = store.not_on_the_server().expect("it answers");
        let told: Vec<_> = carried
            .iter()
            .map(|(one, why)| (one.number, why.clone()))
            .collect();
        assert_eq!(told, [(2, Some(Problem::NumberTaken)), (3, None)]);
        assert!(
            carried
                .iter()
                .all(|(one, _)| one.envelope.sha256() == one.sha256)
        );
    }

    #[test]
    fn a_language_is_kept_for_the_person_and_only_one_that_is_spoken() {
        let (folder, mut store) = on_disk();
        assert_eq!(store.language(), Ok(None));
        store.choose_language("es").expect("it is kept");
        assert!(store.choose_language("fr").is_err());
        drop(store);
        let mut store = open_file(folder.path(), 1);
        assert_eq!(store.language(), Ok(Some("es".into())));
        // It is the store's, whoever signs in to it.
        store
            .sign_in(
                born(5),
                &[],
                "Ada",
                &crate::local::person::Token("t".repeat(43)),
            )
            .expect("it is theirs");
        assert_eq!(store.language(), Ok(Some("es".into())));
    }
}
