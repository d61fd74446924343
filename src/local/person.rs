//! Whose store this is: who signed in, with which token, and who else has a store on the device.

use super::{Identity, Store, parsed, problem};
use crate::domain::id::{DeviceId, PersonId};
use crate::domain::problem::Problem;
use rusqlite::OptionalExtension;
use std::fmt;

/// What a device shows to prove whose it is. It stays in the store and in what travels; it is never
/// printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Why nothing travels although somebody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOut {
    /// The person signed out.
    ByPerson,
    /// The server no longer knows the token. What is recorded is kept until the person signs in again.
    ByServer,
}

/// Who is signed in, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Set when nothing travels.
    pub signed_out: Option<SignedOut>,
}

/// Another person who has a store of their own on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The person.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Whether theirs is the store in use.
    pub current: bool,
}

impl Store {
    /// Who is signed in here, or was; none in a store that nobody has signed in to yet.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn person(&self) -> Result<Option<Person>, Problem> {
        let sql = "select author, name, signed_out from self where name is not null";
        self.connection
            .query_row(sql, [], |row| {
                let signed_out: Option<String> = row.get(2)?;
                Ok(Person {
                    id: PersonId(parsed(row, 0)?),
                    name: row.get(1)?,
                    signed_out: signed_out.map(|by| match by.as_str() {
                        "by_person" => SignedOut::ByPerson,
                        _ => SignedOut::ByServer,
                    }),
                })
            })
            .optional()
            .map_err(problem)
    }

    /// The token, if there is one. One that the server refused is kept and tried again when the store is
    /// opened: a server that was restored may know it again.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn token(&self) -> Result<Option<Token>, Problem> {
        self.connection
            .query_row("select token from self", [], |row| row.get(0))
            .map(|token: Option<String>| token.map(Token))
            .map_err(problem)
    }

    /// Whether anything was recorded here, a tap or a whole visit.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn has_records(&self) -> Result<bool, Problem> {
        self.connection
            .query_row(include_str!("person_has_records.sql"), [], |row| row.get(0))
            .map_err(problem)
    }

    /// Makes this the store of a person who signed in, all of whose `entries` are known by now. A store from
    /// before anybody signed in becomes theirs with everything in it, and so does that of an entry that was merged
    /// into theirs; what is recorded from now on names them, and `device`.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] when the store is already another person's, [`Problem::StoreFailed`],
    /// [`Problem::StoreFull`]. Nothing is changed then.
    pub fn sign_in(
        &mut self,
        identity: Identity,
        entries: &[PersonId],
        name: &str,
        token: &Token,
    ) -> Result<(), Problem> {
        let is_theirs = |one: Person| one.id == identity.author || entries.contains(&one.id);
        if !self.person()?.is_none_or(is_theirs) {
            return Err(Problem::NotAllowed);
        }
        self.connection
            .execute(
                include_str!("person_sign_in.sql"),
                rusqlite::named_params! {
                    ":device": identity.device.to_string(),
                    ":author": identity.author.to_string(),
                    ":name": name,
                    ":token": token.0,
                },
            )
            .map(drop)
            .map_err(problem)
    }

    /// The person signs out: the token goes, everything else stays.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn sign_out(&mut self) -> Result<(), Problem> {
        let sql = "update self set token = null, signed_out = 'by_person' where name is not null";
        self.connection.execute(sql, []).map(drop).map_err(problem)
    }

    /// Notes whether the server knows the token. Gives whether that is news.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn token_is_known(&mut self, known: bool) -> Result<bool, Problem> {
        let sql = match known {
            true => "update self set signed_out = null where signed_out = 'by_server'",
            false => "update self set signed_out = 'by_server' where signed_out is null",
        };
        let changed = self.connection.execute(sql, []).map_err(problem)?;
        Ok(changed > 0)
    }

    /// The other people with a store on this device, by name. Asked of the first store only.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn neighbours(&self) -> Result<Vec<Neighbour>, Problem> {
        let sql = "select person, name, current from neighbour order by name, person";
        self.connection
            .prepare_cached(sql)
            .and_then(|mut all| {
                all.query_map([], |row| {
                    Ok(Neighbour {
                        person: PersonId(parsed(row, 0)?),
                        name: row.get(1)?,
                        current: row.get(2)?,
                    })
                })?
                .collect()
            })
            .map_err(problem)
    }

    /// Puts the store of this neighbour into use, whom it learns of or whose name it takes over; with
    /// none, the first store itself. Asked of the first store only.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`]. Nothing is changed then.
    pub fn put_into_use(&mut self, person: Option<(PersonId, &str)>) -> Result<(), Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        transaction
            .execute("update neighbour set current = 0", [])
            .map_err(problem)?;
        if let Some((person, name)) = person {
            transaction
                .execute(
                    include_str!("person_put_into_use.sql"),
                    (person.to_string(), name),
                )
                .map_err(problem)?;
        }
        transaction.commit().map_err(problem)
    }

    /// How many records are not on the server yet, those that were set aside and what can still be taken back
    /// included.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn unsent(&self) -> Result<u32, Problem> {
        let sql = "select (select count(*) from event where server_number is null) + (select count(*) from held)";
        self.connection
            .query_row(sql, [], |row| row.get(0))
            .map_err(problem)
    }

    /// The device id that this store's next record will name.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn device(&self) -> Result<DeviceId, Problem> {
        self.identity().map(|identity| identity.device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::tests::{born, memory, submitted};

    fn token() -> Token {
        Token("t".repeat(43))
    }

    #[test]
    fn a_store_from_before_the_sign_in_becomes_the_persons_with_everything_in_it() {
        let mut store = memory();
        submitted(&mut store, 1, 1);
        assert_eq!(store.person(), Ok(None));
        assert_eq!(store.has_records(), Ok(true));
        let me = Identity {
            author: born(5).author,
            ..born(1)
        };
        store
            .sign_in(me, &[], "Ada", &token())
            .expect("it is theirs");
        assert_eq!(store.identity(), Ok(me));
        assert_eq!(store.unsent(), Ok(1));
        assert_eq!(store.token(), Ok(Some(token())));
        let name = store.person().map(|person| person.map(|one| one.name));
        assert_eq!(name, Ok(Some("Ada".into())));
    }

    #[test]
    fn a_store_never_becomes_another_persons() {
        let mut store = memory();
        store
            .sign_in(born(5), &[], "Ada", &token())
            .expect("it is theirs");
        let refused = store.sign_in(born(6), &[], "Ben", &token());
        assert_eq!(refused, Err(Problem::NotAllowed));
        assert_eq!(store.identity(), Ok(born(5)));
    }

    #[test]
    fn the_store_of_an_entry_that_was_merged_is_its_persons() {
        let mut store = memory();
        store
            .sign_in(born(5), &[], "Ada", &token())
            .expect("it is theirs");
        submitted(&mut store, 1, 1);
        let merged = [born(6).author, born(5).author];
        store
            .sign_in(born(6), &merged, "Ada L.", &token())
            .expect("it is theirs");
        assert_eq!(store.identity(), Ok(born(6)));
        assert_eq!(store.unsent(), Ok(1));
    }

    #[test]
    fn signing_out_takes_the_token_and_nothing_else() {
        let mut store = memory();
        store
            .sign_in(born(5), &[], "Ada", &token())
            .expect("it is theirs");
        submitted(&mut store, 1, 1);
        store.sign_out().expect("it is noted");
        assert_eq!(store.token(), Ok(None));
        assert_eq!(store.unsent(), Ok(1));
        let left = store.person().expect("it answers").expect("a person");
        assert_eq!(left.signed_out, Some(SignedOut::ByPerson));
        // The server's word does not change that.
        assert_eq!(store.token_is_known(true), Ok(false));
        assert_eq!(store.token_is_known(false), Ok(false));
    }

    #[test]
    fn a_token_that_the_server_refused_is_kept_and_may_be_known_again() {
        let mut store = memory();
        store
            .sign_in(born(5), &[], "Ada", &token())
            .expect("it is theirs");
        assert_eq!(store.token_is_known(false), Ok(true));
        assert_eq!(store.token_is_known(false), Ok(false));
        assert_eq!(store.token(), Ok(Some(token())));
        assert_eq!(store.token_is_known(true), Ok(true));
        let signed_out = store.person().map(|one| one.and_then(|one| one.signed_out));
        assert_eq!(signed_out, Ok(None));
    }

    #[test]
    fn one_neighbour_at_most_is_in_use() {
        let mut store = memory();
        let (ada, ben) = (born(5).author, born(6).author);
        for (person, name) in [(ada, "Ada"), (ben, "Ben"), (ada, "Ada L.")] {
            store.put_into_use(Some((person, name))).expect("it is");
        }
        let all = store.neighbours().expect("it answers");
        let told: Vec<_> = all.iter().map(|one| (&*one.name, one.current)).collect();
        assert_eq!(told, [("Ada L.", true), ("Ben", false)]);
        store.put_into_use(None).expect("it is");
        assert!(
            store
                .neighbours()
                .is_ok_and(|all| all.iter().all(|one| !one.current))
        );
    }

    #[test]
    fn a_token_is_not_printed_for_a_log() {
        assert_eq!(format!("{:?}", token()), "Token(…)");
    }
}
