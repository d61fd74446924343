//! The change ideas that a district has put to use.

use super::SqliteStore;
use super::ask::{Stop, malformed};
use super::forms;
use super::office;
use super::people::{load, refresh};
use super::project::events;
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::event::{About, Fact, said};
use crate::domain::id::PersonId;
use crate::domain::plan::path::Path;
use crate::domain::plan::prediction::PredictionLocked;
use crate::domain::plan::stage::IdeaState;
use crate::domain::problem::Problem;
use crate::domain::unseen::is_unseen;
use crate::server::chance::Chance;
use crate::server::projector::made::Stored;
use crate::server::store::Later;
use crate::server::store::forms::Ideas;
use crate::server::store::people::Asked;
use crate::sync::office::ideas::{KeepIdea, OfficeIdea};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, Transaction, named_params};

impl Ideas for SqliteStore {
    fn ideas(&self) -> Later<'_, Vec<OfficeIdea>> {
        self.read(|connection| all(connection))
    }

    fn keep_idea(&self, keep: KeepIdea, by: PersonId, now_utc_ms: i64) -> Asked<'_, OfficeIdea> {
        self.ask(move |transaction| keep_idea(transaction, &keep, by, now_utc_ms))
    }

    fn lock_prediction(
        &self,
        key: String,
        sentence: String,
        by: PersonId,
        random: Chance,
        now_utc_ms: i64,
    ) -> Asked<'_, ()> {
        self.ask(move |transaction| {
            let now = ideas(transaction, Some(&key))?.pop();
            let now = now.ok_or(Problem::NotFound)?;
            let cycle = cycle_of(&now, IdeaState::Testing);
            if is_predicted(transaction, &key, cycle)? {
                return Err(Problem::NotTheNextStep.into());
            }
            let sentence = sentence.trim();
            if !sentence.chars().any(is_seen) || sentence.chars().count() > SENTENCE_MAX {
                return Err(malformed(
                    "prediction",
                    "a sentence of at most 1,000 characters",
                ));
            }
            let words = [(said::PREDICTION.to_owned(), sentence.to_owned())].into();
            let fact = Fact::PredictionLocked(PredictionLocked { idea: key, cycle });
            office::record(transaction, by, &fact, words, now_utc_ms, random)?;
            Ok(())
        })
    }
}

/// How long a prediction may be, in characters.
const SENTENCE_MAX: usize = 1_000;

fn is_seen(sign: char) -> bool {
    !sign.is_whitespace() && !is_unseen(sign)
}

/// To which cycle of testing a state would belong that follows.
fn cycle_of(now: &OfficeIdea, state: IdeaState) -> u32 {
    now.cycle + u32::from(state.begins_cycle(now.state))
}

/// All of them, by key.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<OfficeIdea>> {
    ideas(connection, None)
}

fn ideas(connection: &Connection, key: Option<&str>) -> rusqlite::Result<Vec<OfficeIdea>> {
    connection
        .prepare_cached(include_str!("ideas.sql"))?
        .query_map(named_params! { ":key": key }, row_to_idea)?
        .collect()
}

fn row_to_idea(row: &Row) -> rusqlite::Result<OfficeIdea> {
    let form: Form = forms::read(&row.get::<_, String>("form")?)?;
    let state = state(&row.get::<_, String>("state")?)?;
    Ok(OfficeIdea {
        form: form.form,
        newest: row.get("newest")?,
        state,
        state_from_utc_ms: row.get("state_from_utc_ms")?,
        title: form.title,
        theory: form.theory,
        cycle: row.get("cycle")?,
        cycle_from_utc_ms: row.get("cycle_from_utc_ms")?,
    })
}

/// The state of this name.
pub(super) fn state(name: &str) -> rusqlite::Result<IdeaState> {
    let state = IdeaState::ALL.into_iter().find(|one| one.name() == name);
    state.ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, "a state of an idea".into())
    })
}

/// Has an idea that nobody looks for yet be visited as baseline, so that a pilot of it can begin. One that is
/// visited already stays as it is; one that was abandoned is taken up again by a step of its own.
pub(super) fn begin(
    transaction: &Transaction,
    key: &str,
    by: PersonId,
    now_utc_ms: i64,
) -> Result<(), Stop> {
    let now = ideas(transaction, Some(key))?.pop();
    match now.map(|now| now.state) {
        None | Some(IdeaState::Drafted) => {
            let keep = KeepIdea {
                key: key.to_owned(),
                state: IdeaState::Baseline,
                version: None,
                since_utc_ms: None,
            };
            keep_idea(transaction, &keep, by, now_utc_ms).map(drop)
        }
        Some(IdeaState::Abandoned) => Err(malformed("key", "an idea that was not abandoned")),
        Some(_) => Ok(()),
    }
}

fn keep_idea(
    transaction: &Transaction,
    keep: &KeepIdea,
    by: PersonId,
    now_utc_ms: i64,
) -> Result<OfficeIdea, Stop> {
    let newest = forms::newest(transaction, &keep.key)?;
    if newest == 0 {
        return Err(malformed(
            "key",
            "the key of a form of the library or the district",
        ));
    }
    let now = ideas(transaction, Some(&keep.key))?.pop();
    let version = keep.version.or(now.as_ref().map(|now| now.form.version));
    let form = FormRef {
        key: keep.key.clone(),
        version: version.unwrap_or(newest),
    };
    if forms::find(transaction, &form)?.is_none() {
        return Err(malformed("version", "a version that this form has"));
    }
    let from = now.as_ref().map(|now| now.state);
    if !keep.state.may_follow(from) {
        return Err(Problem::NotTheNextStep.into());
    }
    let same = now
        .as_ref()
        .filter(|now| now.state == keep.state && now.form == form);
    if let Some(same) = same {
        return Ok(same.clone());
    }
    let since_utc_ms = keep.since_utc_ms.unwrap_or(now_utc_ms);
    let earliest = now.as_ref().map_or(0, |now| now.state_from_utc_ms);
    if !(earliest..=now_utc_ms.max(earliest)).contains(&since_utc_ms) {
        return Err(malformed(
            "since_utc_ms",
            "a time that has come, and not before the state that it follows",
        ));
    }
    write(transaction, keep.state, &form, by, since_utc_ms)?;
    refresh(transaction, "ideas")?;
    let kept = ideas(transaction, Some(&keep.key))?.pop();
    kept.ok_or(Stop::Failed(rusqlite::Error::QueryReturnedNoRows))
}

fn write(
    transaction: &Transaction,
    state: IdeaState,
    form: &FormRef,
    by: PersonId,
    since_utc_ms: i64,
) -> Result<(), Stop> {
    let now = ideas(transaction, Some(&form.key))?.pop();
    let (cycle, cycle_from_utc_ms) = match &now {
        None => (1, since_utc_ms),
        Some(now) if state.begins_cycle(now.state) => (cycle_of(now, state), since_utc_ms),
        // The weeks of a cycle count from its first test, not from the baseline before it.
        Some(now) if (now.state, state) == (IdeaState::Baseline, IdeaState::Testing) => {
            (now.cycle, since_utc_ms)
        }
        Some(now) => (now.cycle, now.cycle_from_utc_ms),
    };
    let state_from_utc_ms = match &now {
        Some(now) if now.state == state => now.state_from_utc_ms,
        _ => since_utc_ms,
    };
    if state == IdeaState::Testing && !is_predicted(transaction, &form.key, cycle)? {
        return Err(Problem::PredictionFirst.into());
    }
    transaction
        .prepare_cached(include_str!("idea_keep.sql"))?
        .execute(named_params! {
            ":key": form.key,
            ":state": state.name(),
            ":version": form.version,
            ":cycle": cycle,
            ":cycle_from_utc_ms": cycle_from_utc_ms,
            ":state_from_utc_ms": state_from_utc_ms,
            ":by": by.0.as_bytes(),
        })?;
    transaction
        .prepare_cached(include_str!("idea_step.sql"))?
        .execute(named_params! {
            ":key": form.key,
            ":state": state.name(),
            ":version": form.version,
            ":cycle": cycle,
            ":by": by.0.as_bytes(),
            ":now_utc_ms": since_utc_ms,
        })?;
    Ok(())
}

/// Whether somebody who may has locked the prediction of this cycle, in words.
fn is_predicted(transaction: &Transaction, key: &str, cycle: u32) -> rusqlite::Result<bool> {
    let about = About::Idea(key.into()).to_string();
    let events = events::about(transaction, &about)?;
    // A prediction is what it says: one that never had words locks nothing. Words that were erased were there.
    let said = |event: &Stored| {
        let words = event.read.said.get(said::PREDICTION);
        event.erased || words.is_some_and(|words| !words.trim().is_empty())
    };
    let reads = events.into_iter().filter(said).map(|event| event.read);
    let reads: Vec<_> = reads.collect();
    let steps = transaction
        .prepare_cached("select at_utc_ms, cycle from idea_step where key = ?1 order by id")?
        .query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(i64, u32)>>>()?;
    let cycle_at = |at_utc_ms| {
        let before = steps.iter().filter(|(from, _)| *from <= at_utc_ms);
        before.map(|(_, cycle)| *cycle).max().unwrap_or(0)
    };
    let path = Path::of(key, &reads, &load(transaction)?, cycle_at);
    Ok(path.predictions.iter().any(|one| one.cycle == cycle))
}
