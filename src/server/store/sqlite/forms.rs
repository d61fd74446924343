//! Forms by version: those of the library, put on the shelf at each start, and those of the district.

use super::SqliteStore;
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::published::Published;
use crate::domain::hash::Sha256;
use crate::domain::id::PersonId;
use crate::domain::plan::change_idea::ChangeIdea;
use crate::domain::plan::fault::{Fault, Wrong};
use crate::domain::plan::versions::breaks;
use crate::domain::plan::voice::Answer;
use crate::server::library::starter::{earlier, starter};
use crate::server::store::Later;
use crate::server::store::forms::{Forms, OnShelf};
use crate::sync::office::ideas::FormOrigin;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use rusqlite::{named_params, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Forms for SqliteStore {
    fn shelf(&self) -> Later<'_, Vec<OnShelf>> {
        self.read(|connection| {
            connection
                .prepare_cached(include_str!("form_shelf.sql"))?
                .query_map([], |row| {
                    let origin: String = row.get("origin")?;
                    Ok(OnShelf {
                        idea: read(&row.get::<_, String>("idea")?)?,
                        origin: match &*origin {
                            "library" => FormOrigin::Library,
                            _ => FormOrigin::District,
                        },
                        in_use: row.get("in_use")?,
                    })
                })?
                .collect()
        })
    }

    fn form(&self, form: FormRef) -> Later<'_, Option<Form>> {
        self.read(move |connection| find(connection, &form))
    }

    fn add_form(
        &self,
        idea: ChangeIdea,
        by: PersonId,
        now_utc_ms: i64,
    ) -> Later<'_, Result<FormRef, Vec<Fault>>> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let faults = faults(&transaction, &idea)?;
            if !faults.is_empty() {
                return Ok(Err(faults));
            }
            let form = idea.form.form.clone();
            let whole = Whole {
                form: &idea.form,
                idea: Some(&idea),
            };
            insert(&transaction, whole, "district", Some(by), now_utc_ms)?;
            transaction.commit()?;
            Ok(Ok(form))
        })
    }
}

/// The form of this version, if there is one.
pub(super) fn find(connection: &Connection, form: &FormRef) -> rusqlite::Result<Option<Form>> {
    let json: Option<String> = connection
        .prepare_cached("select form from form where key = ?1 and version = ?2")?
        .query_row(params![form.key, form.version], |row| row.get("form"))
        .optional()?;
    json.as_deref().map(read).transpose()
}

/// Every version of a form.
pub(super) fn of_key(connection: &Connection, key: &str) -> rusqlite::Result<Vec<Form>> {
    let mut statement =
        connection.prepare_cached("select form from form where key = ?1 order by version")?;
    let forms = statement.query_map([key], |row| read(&row.get::<_, String>("form")?))?;
    forms.collect()
}

/// Which forms there are, with their look-fors and questions.
pub(super) fn published(connection: &Connection) -> rusqlite::Result<Published> {
    let mut statement = connection.prepare_cached(include_str!("form_look_fors.sql"))?;
    let look_fors = statement
        .query_map([], |row| {
            let form = FormRef {
                key: row.get("key")?,
                version: row.get("version")?,
            };
            Ok((form, LookForKey(row.get("look_for")?)))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut statement = connection.prepare_cached(include_str!("form_questions.sql"))?;
    let questions = statement
        .query_map([], |row| {
            let answer: Answer = read(&row.get::<_, String>("answer")?)?;
            Ok((row.get("key")?, row.get("question")?, answer))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Published::of(look_fors).with_questions(questions))
}

/// Every version of the forms of ideas that were put to use.
pub(super) fn of_ideas(connection: &Connection) -> rusqlite::Result<Vec<Form>> {
    let mut statement = connection.prepare_cached(
        "select form from form where key in (select key from idea) order by key, version",
    )?;
    let forms = statement.query_map([], |row| read(&row.get::<_, String>("form")?))?;
    forms.collect()
}

/// Every version of the ideas that were put to use, whole; without the versions that had a form alone.
pub(super) fn whole_ideas(connection: &Connection) -> rusqlite::Result<Vec<ChangeIdea>> {
    let mut statement = connection.prepare_cached(
        "select idea from form where key in (select key from idea) and idea is not null order by key, version",
    )?;
    let ideas = statement.query_map([], |row| read(&row.get::<_, String>("idea")?))?;
    ideas.collect()
}

/// The newest version of a form; 0 when there is none.
pub(super) fn newest(connection: &Connection, key: &str) -> rusqlite::Result<u32> {
    connection
        .prepare_cached("select ifnull(max(version), 0) from form where key = ?1")?
        .query_row([key], |row| row.get(0))
}

/// Puts the library on the shelf, as far as it is not there.
pub(super) fn shelve(transaction: &Transaction, now_utc_ms: i64) -> rusqlite::Result<()> {
    let before = earlier().iter().map(|form| Whole { form, idea: None });
    let now = starter().iter().map(|idea| Whole {
        form: &idea.form,
        idea: Some(idea),
    });
    for whole in before.chain(now) {
        let form = &whole.form.form;
        let there: Option<[u8; 32]> = transaction
            .prepare_cached("select sha256 from form where key = ?1 and version = ?2")?
            .query_row(params![form.key, form.version], |row| row.get("sha256"))
            .optional()?;
        match there {
            None => insert(transaction, whole, "library", None, now_utc_ms)?,
            // A district went on with it by itself: its version stands, since records were made on it.
            Some(there) if there != Sha256::of(json(whole.form)?.as_bytes()).0 => {
                let (key, version) = (&form.key, form.version);
                tracing::warn!(
                    key,
                    version,
                    "The district has another form of this version."
                );
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// What keeps a form from being the next version.
fn faults(transaction: &Transaction, idea: &ChangeIdea) -> rusqlite::Result<Vec<Fault>> {
    let form = &idea.form.form;
    let newest = newest(transaction, &form.key)?;
    let next = newest + 1;
    let place = || "version".to_owned();
    if form.version != next {
        let kept = find_idea(transaction, &form.key, form.version)?;
        if kept.as_ref() == Some(idea) {
            return Ok(Vec::new());
        }
        let wrong = match form.version < next {
            true => Wrong::Frozen { next },
            false => Wrong::NotNext { next },
        };
        let place = place();
        return Ok(vec![Fault { place, wrong }]);
    }
    let before = find_idea(transaction, &form.key, newest)?;
    Ok(before.map_or(Vec::new(), |before| breaks(&before, idea)))
}

fn find_idea(
    connection: &Connection,
    key: &str,
    version: u32,
) -> rusqlite::Result<Option<ChangeIdea>> {
    let json: Option<Option<String>> = connection
        .prepare_cached("select idea from form where key = ?1 and version = ?2")?
        .query_row(params![key, version], |row| row.get("idea"))
        .optional()?;
    json.flatten().as_deref().map(read).transpose()
}

/// A form, with all that its idea says where it says more.
struct Whole<'a> {
    form: &'a Form,
    idea: Option<&'a ChangeIdea>,
}

fn insert(
    transaction: &Transaction,
    whole: Whole<'_>,
    origin: &str,
    by: Option<PersonId>,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    let form = json(whole.form)?;
    transaction
        .prepare_cached(include_str!("form_insert.sql"))?
        .execute(named_params! {
            ":key": whole.form.form.key,
            ":version": whole.form.form.version,
            ":origin": origin,
            ":form": form,
            ":sha256": Sha256::of(form.as_bytes()).0,
            ":idea": whole.idea.map(json).transpose()?,
            ":by": by.map(|by| by.0.into_bytes()),
            ":now_utc_ms": now_utc_ms,
        })?;
    // What waits for it is made again.
    transaction
        .prepare_cached(include_str!("form_awaited.sql"))?
        .execute([&whole.form.form.key])?;
    Ok(())
}

fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Reads what this store wrote.
pub(super) fn read<T: DeserializeOwned>(json: &str) -> rusqlite::Result<T> {
    serde_json::from_str(json)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}
