//! Scrubbing: what was erased is in no byte of the store's files.
//!
//! `secure_delete` overwrites what is deleted, but a page that was split or joined may keep a copy in its
//! unused part, and the log keeps old pages until it is emptied. So the file is written anew from what is
//! still there, and the log is emptied. That takes some milliseconds for each megabyte: it is done at once
//! when somebody's words were erased, else in a quiet moment.

use super::{Medium, Store, problem};
use crate::domain::problem::Problem;
use rusqlite::Connection;

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// In a quiet moment.
    WhenQuiet = 1,
    /// Now.
    Now = 2,
}

/// Marks the store, in the transaction that erases: if the device is switched off before the scrubbing, it
/// is done after.
pub(super) fn mark(connection: &Connection, need: Need) -> rusqlite::Result<()> {
    connection
        .prepare_cached("update self set scrub = max(scrub, ?1)")?
        .execute([need as u8])
        .map(drop)
}

impl Store {
    /// Scrubs, if there is need that is at least this urgent. Gives whether it did.
    ///
    /// # Errors
    /// [`Problem::StoreFull`] and [`Problem::StoreFailed`]: then the mark stays, and it is done later.
    pub fn scrub(&mut self, need: Need) -> Result<bool, Problem> {
        let marked: u8 = self
            .connection
            .query_row("select scrub from self", [], |row| row.get(0))
            .map_err(problem)?;
        if marked < need as u8 {
            return Ok(false);
        }
        self.connection.execute_batch("vacuum").map_err(problem)?;
        self.empty_the_log()?;
        self.connection
            .execute("update self set scrub = 0", [])
            .map(|_| true)
            .map_err(problem)
    }

    fn empty_the_log(&self) -> Result<(), Problem> {
        // The browser's journal is emptied at each commit.
        if self.medium != Medium::File {
            return Ok(());
        }
        let busy: bool = self
            .connection
            .query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))
            .map_err(problem)?;
        if busy {
            return Err(Problem::StoreFailed {
                detail: "the log is in use".into(),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Audience, Name};
    use crate::domain::event::{Envelope, Fact, Origin, Words};
    use crate::domain::id::{EventId, PersonId};
    use crate::domain::moment::Moment;
    use crate::local::inbox::{Change, Delivery};
    use crate::local::outbox;
    use crate::local::tests::{born, on_disk, open_file};
    use std::collections::BTreeMap;
    use std::path::Path;

    const SECRET: &str = "the pair by the window went back and read again";

    fn id(number: u64) -> EventId {
        EventId::mint(3, [number as u8; 10])
    }

    /// An event with words that say `SECRET` often enough to need pages of their own.
    fn record(store: &mut Store, number: u64) {
        let at = Moment {
            at_utc_ms: 1,
            offset_min: 0,
        };
        let origin = Origin {
            id: id(number),
            device: born(1).device,
            number,
            author: born(1).author,
            at,
        };
        let fact = Fact::WordsErased(crate::domain::erasure::WordsErased {
            events: vec![],
            why: crate::domain::erasure::Why::Asked,
        });
        let words = Words {
            salt: "0".repeat(32),
            said: BTreeMap::from([("note".into(), SECRET.repeat(1 + 40 * (number as usize % 5)))]),
        };
        let envelope = Envelope::seal(origin, &fact, Some(&words));
        outbox::put(&store.connection, &origin, &fact, &envelope).expect("it is kept");
    }

    fn erased(numbers: std::ops::RangeInclusive<u64>) -> Delivery {
        let change = |number| Change {
            name: Name {
                kind: "erased".into(),
                id: id(number).to_string(),
            },
            json: Some("{}".into()),
        };
        let me = Audience::Person(PersonId::mint(1, [1; 10]));
        Delivery {
            feed: 1,
            portions: vec![(me, 9, numbers.map(change).collect())],
            lost: vec![],
        }
    }

    fn files_with(folder: &Path, text: &str) -> Vec<String> {
        let files = std::fs::read_dir(folder).expect("the folder").flatten();
        files
            .filter(|file| {
                let bytes = std::fs::read(file.path()).expect("a file");
                bytes
                    .windows(text.len())
                    .any(|part| part == text.as_bytes())
            })
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn erased_words_are_in_no_byte_of_the_stores_files() {
        let (folder, mut store) = on_disk();
        for number in 1..=60 {
            record(&mut store, number);
        }
        assert!(!files_with(folder.path(), SECRET).is_empty());
        store.take(&erased(1..=60)).expect("it is taken");
        assert_eq!(store.scrub(Need::Now), Ok(true));
        assert_eq!(files_with(folder.path(), SECRET), Vec::<String>::new());
        // The bodies are there, and go out without words.
        let waiting = store.outbox(0, 100, usize::MAX).expect("it answers");
        assert_eq!(waiting.len(), 60);
        assert!(waiting.iter().all(|one| one.envelope.words.is_none()
            && one.envelope.sha256() == one.sha256
            && one.envelope.open().is_ok()));
        assert_eq!(store.scrub(Need::WhenQuiet), Ok(false));
    }

    #[test]
    fn a_device_switched_off_before_the_scrubbing_scrubs_when_it_is_on_again() {
        let (folder, mut store) = on_disk();
        for number in 1..=9 {
            record(&mut store, number);
        }
        store.take(&erased(1..=9)).expect("it is taken");
        drop(store);
        let mut store = open_file(folder.path(), 1);
        assert_eq!(store.scrub(Need::WhenQuiet), Ok(true));
        assert_eq!(files_with(folder.path(), SECRET), Vec::<String>::new());
    }

    #[test]
    fn other_words_stay() {
        let (folder, mut store) = on_disk();
        for number in 1..=2 {
            record(&mut store, number);
        }
        store.take(&erased(1..=1)).expect("it is taken");
        store.scrub(Need::Now).expect("it scrubs");
        let waiting = store.outbox(0, 100, usize::MAX).expect("it answers");
        let words: Vec<bool> = waiting
            .iter()
            .map(|one| one.envelope.words.is_some())
            .collect();
        assert_eq!(words, [false, true]);
        assert_eq!(files_with(folder.path(), SECRET), ["store.sqlite"]);
    }
}
