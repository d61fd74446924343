//! Secrets that sign devices in.

use super::SqliteStore;
use super::ask::Stop;
use super::people::{entries, is_known, load, refresh, role_name};
use super::persons;
use super::tokens::uuid;
use crate::domain::hash::Sha256;
use crate::domain::id::PersonId;
use crate::domain::people::{Place, Post, Role};
use crate::domain::problem::Problem;
use crate::server::store::Later;
use crate::server::store::people::Asked;
use crate::server::store::secrets::{
    NewSecret, Newcomer, SecretKind, Secrets, ShownAs, SignInAttempt,
};
use crate::sync::office::{AddPerson, Language};
use rusqlite::{OptionalExtension, Transaction, named_params, params};

/// What the first admin is called until they say their name.
const FIRST_ADMIN: &str = "Admin";
/// For how long the device that a secret signed in may show it again, in milliseconds.
const REPEATED_WITHIN_MS: i64 = 10 * 60 * 1000;

impl Secrets for SqliteStore {
    fn give_first_admin(
        &self,
        secret_sha256: Sha256,
        person_if_none: PersonId,
        now_utc_ms: i64,
        expires_utc_ms: i64,
    ) -> Later<'_, bool> {
        let given = self.ask(move |transaction| {
            end_given(transaction, "first_admin", None, now_utc_ms)?;
            if is_an_admin_signed_in(transaction)? {
                return Ok(false);
            }
            let person = match eldest_admin(transaction)? {
                Some(person) => person,
                None => add_first_admin(transaction, person_if_none, now_utc_ms)?,
            };
            let times = (now_utc_ms, expires_utc_ms);
            insert(transaction, "first_admin", person, secret_sha256, times)?;
            Ok(true)
        });
        // It refuses nothing, so what is refused would be a secret that was not given.
        Box::pin(async move { Ok(given.await?.unwrap_or(false)) })
    }

    fn give(&self, secret: NewSecret) -> Asked<'_, ()> {
        self.ask(move |transaction| {
            let left: Option<i64> = transaction
                .prepare_cached("select left_at_utc_ms from person where id = ?1")?
                .query_row([secret.person.0.as_bytes()], |row| {
                    row.get("left_at_utc_ms")
                })
                .optional()?
                .ok_or(Problem::NotFound)?;
            if left.is_some() {
                return Err(Problem::NotAllowed.into());
            }
            let kind = match secret.kind {
                SecretKind::Invitation => "invitation",
                SecretKind::Code => "code",
            };
            end_given(
                transaction,
                kind,
                Some(secret.person),
                secret.made_at_utc_ms,
            )?;
            let times = (secret.made_at_utc_ms, secret.expires_utc_ms);
            insert(transaction, kind, secret.person, secret.sha256, times)?;
            Ok(())
        })
    }

    fn sign_in(&self, attempt: SignInAttempt) -> Asked<'_, Newcomer> {
        self.ask(move |transaction| sign_in(transaction, &attempt))
    }
}

/// Ends secrets of a kind that nobody has used: those of one person, or everybody's.
pub(super) fn end_given(
    transaction: &Transaction,
    kind: &str,
    person: Option<PersonId>,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(include_str!("secret_end.sql"))?
        .execute(named_params! {
            ":kind": kind,
            ":person": person.as_ref().map(|person| person.0.as_bytes()),
            ":now_utc_ms": now_utc_ms,
        })?;
    Ok(())
}

/// For how long after an entry was taken over what comes under it may have been on its way: taken for its person's when
/// it arrived, and written later.
const ON_ITS_WAY_MS: i64 = 2_000;

/// Has nothing stand that was said until now under one entry, of which the office says that it was not its person:
/// whoever added it may have been signed in as it. Ends every way in, the cards that went to its address, and its yes to
/// visits; its events are kept and count for nothing.
pub(super) fn was_not_them(
    transaction: &Transaction,
    entry: PersonId,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    end_ways_in(transaction, entry, now_utc_ms)?;
    for sql in [
        include_str!("person_cards_end.sql"),
        include_str!("person_no_yes.sql"),
    ] {
        transaction.prepare_cached(sql)?.execute(named_params! {
            ":person": entry.0.as_bytes(),
            ":now_utc_ms": now_utc_ms,
        })?;
    }
    let drawn = transaction
        .prepare_cached("select external_id from alias where source = 'device' and person = ?1")?
        .query_map([entry.0.as_bytes()], |row| row.get::<_, String>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let drawn = drawn.iter().filter_map(|id| id.parse::<PersonId>().ok());
    // What a device drew for itself is nobody's any more: whoever chose it may know it.
    for author in drawn.clone() {
        transaction
            .prepare_cached(include_str!("not_theirs.sql"))?
            .execute(params![author.0.as_bytes(), i64::MAX])?;
    }
    let mut note = transaction.prepare_cached(include_str!("not_theirs.sql"))?;
    let mut unwelcome = transaction.prepare_cached(include_str!("not_theirs_welcomes.sql"))?;
    let mut await_none =
        transaction.prepare_cached("delete from erasure_awaited where author = ?1")?;
    for author in drawn.chain([entry]) {
        let author = author.0.into_bytes();
        note.execute(params![author, now_utc_ms.saturating_add(ON_ITS_WAY_MS)])?;
        unwelcome.execute([author])?;
        await_none.execute([author])?;
    }
    Ok(())
}

/// Ends every device of one entry, with its doors and sessions of the office, and every secret by which somebody could
/// sign in as it.
fn end_ways_in(
    transaction: &Transaction,
    entry: PersonId,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    for sql in [
        include_str!("person_left_devices.sql"),
        include_str!("person_left_secrets.sql"),
    ] {
        transaction.prepare_cached(sql)?.execute(named_params! {
            ":person": entry.0.as_bytes(),
            ":now_utc_ms": now_utc_ms,
        })?;
    }
    Ok(())
}

/// Keeps a secret of a kind for a person: made and expiring at these times.
pub(super) fn insert(
    transaction: &Transaction,
    kind: &str,
    person: PersonId,
    sha256: Sha256,
    (made_at_utc_ms, expires_utc_ms): (i64, i64),
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(include_str!("secret_insert.sql"))?
        .execute(named_params! {
            ":sha256": sha256.0,
            ":kind": kind,
            ":person": person.0.as_bytes(),
            ":made_at_utc_ms": made_at_utc_ms,
            ":expires_utc_ms": expires_utc_ms,
        })?;
    Ok(())
}

fn is_an_admin_signed_in(transaction: &Transaction) -> rusqlite::Result<bool> {
    let people = load(transaction)?;
    let mut signed_in = transaction.prepare_cached(include_str!("signed_in.sql"))?;
    for person in signed_in.query_map([], |row| uuid(row, "person"))? {
        if people
            .posts(PersonId(person?))
            .any(|post| post.role == Role::Admin)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn eldest_admin(transaction: &Transaction) -> rusqlite::Result<Option<PersonId>> {
    transaction
        .prepare_cached(include_str!("admin_eldest.sql"))?
        .query_row([role_name(Role::Admin)], |row| uuid(row, "id"))
        .optional()
        .map(|id| id.map(PersonId))
}

fn add_first_admin(
    transaction: &Transaction,
    id: PersonId,
    now_utc_ms: i64,
) -> Result<PersonId, Stop> {
    let in_district = |role| Post {
        role,
        place: Place::District,
    };
    let admin = AddPerson {
        id,
        name: FIRST_ADMIN.into(),
        mail: None,
        language: Language::default(),
        posts: vec![in_district(Role::Lead), in_district(Role::Admin)],
    };
    persons::insert(transaction, &admin, now_utc_ms)?;
    persons::give(transaction, id, &admin.posts, "posts", now_utc_ms)?;
    refresh(transaction, "people")?;
    Ok(id)
}

fn sign_in(transaction: &Transaction, attempt: &SignInAttempt) -> Result<Newcomer, Stop> {
    // Who was given the secret; nobody, if it is good no longer.
    let newcomer = transaction
        .prepare_cached(include_str!("secret_good.sql"))?
        .query_row(
            named_params! {
                ":sha256": attempt.secret_sha256.0,
                ":is_code": attempt.shown_as == ShownAs::Code,
                ":device": attempt.device.0.as_bytes(),
                ":now_utc_ms": attempt.now_utc_ms,
                ":used_since_utc_ms": attempt.now_utc_ms - REPEATED_WITHIN_MS,
            },
            |row| Ok((PersonId(uuid(row, "person")?), row.get("name")?)),
        )
        .optional()?
        .ok_or(Problem::SecretUnknown)?;
    let newcomer = standing(transaction, newcomer)?;
    if is_anothers(transaction, attempt, &newcomer.entries)? {
        return Err(Problem::NotAllowed.into());
    }
    if let Some(formerly) = attempt.formerly {
        adopt(transaction, formerly, newcomer.person)?;
    }
    transaction
        .prepare_cached(include_str!("secret_used.sql"))?
        .execute(named_params! {
            ":sha256": attempt.secret_sha256.0,
            ":device": attempt.device.0.as_bytes(),
            ":now_utc_ms": attempt.now_utc_ms,
        })?;
    transaction
        .prepare_cached(include_str!("device_sign_in.sql"))?
        .execute(named_params! {
            ":id": attempt.device.0.as_bytes(),
            ":person": newcomer.person.0.as_bytes(),
            ":token_sha256": attempt.token_sha256.0,
            ":label": attempt.label,
            ":now_utc_ms": attempt.now_utc_ms,
        })?;
    Ok(newcomer)
}

/// Who signs in with the secret of this entry: when it was merged into another one, that one.
fn standing(
    transaction: &Transaction,
    (entry, name): (PersonId, Option<String>),
) -> rusqlite::Result<Newcomer> {
    let entries = entries(transaction, entry)?;
    let person = entries.first().copied().unwrap_or(entry);
    let name = match person == entry {
        true => name,
        false => transaction
            .prepare_cached("select name from person where id = ?1")?
            .query_row([person.0.as_bytes()], |row| row.get("name"))?,
    };
    Ok(Newcomer {
        person,
        name,
        entries,
    })
}

/// Whether the device is, or was, of somebody else than the person with these entries, or the server's own.
fn is_anothers(
    transaction: &Transaction,
    attempt: &SignInAttempt,
    entries: &[PersonId],
) -> rusqlite::Result<bool> {
    let device = attempt.device.0.as_bytes();
    let whose = transaction
        .prepare_cached("select person from device where id = ?1")?
        .query_row([device], |row| uuid(row, "person"))
        .optional()?;
    if whose.is_some_and(|whose| !entries.contains(&PersonId(whose))) {
        return Ok(true);
    }
    transaction
        .prepare_cached("select 1 from office where device = ?1")?
        .exists([device])
}

/// Whether an author is the server itself, whose word erases everybody's.
fn is_the_office(transaction: &Transaction, author: PersonId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("select 1 from office where device = ?1")?
        .exists([author.0.as_bytes()])
}

/// Whether something that is stored names an id as somebody's who is not the store that drew it.
fn is_named(transaction: &Transaction, id: PersonId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached(include_str!("formerly_named.sql"))?
        .exists(named_params! { ":id": id.0.as_bytes(), ":text": id.to_string() })
}

/// Makes the id that a store drew for itself the person's.
fn adopt(transaction: &Transaction, formerly: PersonId, person: PersonId) -> Result<(), Stop> {
    if formerly == person {
        return Ok(());
    }
    let whose: Option<PersonId> = transaction
        .prepare_cached(
            "select person from alias where external_id = ?1 and source in ('device', 'merged')",
        )?
        .query_row([formerly.to_string()], |row| uuid(row, "person"))
        .optional()?
        .map(PersonId);
    match whose {
        Some(whose) if entries(transaction, person)?.contains(&whose) => return Ok(()),
        Some(_) => return Err(Problem::NotAllowed.into()),
        None => {}
    }
    if is_known(transaction, formerly)?
        || is_the_office(transaction, formerly)?
        || is_named(transaction, formerly)?
    {
        return Err(Problem::NotAllowed.into());
    }
    transaction
        .prepare_cached(
            "insert into alias (source, external_id, person) values ('device', ?1, ?2)",
        )?
        .execute(params![formerly.to_string(), person.0.as_bytes()])?;
    refresh(transaction, "people")?;
    Ok(())
}
