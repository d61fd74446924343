//! Figures: read from the counts and made into documents, when they have changed and not at every event.

use super::agreements;
use super::counts::{category_name, state_name};
use super::pen::Pen;
use crate::domain::act::support::Category;
use crate::domain::collect::look_for::{Kind, LookForKey};
use crate::domain::collect::rating::Rating;
use crate::domain::document::Tally;
use crate::domain::id::{PersonId, SiteId};
use crate::domain::people::People;
use crate::domain::study::basis::Basis;
use crate::server::projector::figures::{Counted, measures};
use crate::server::projector::support::{Calls, support};
use crate::server::store::projection::Projected;
use crate::server::store::sqlite::forms;
use crate::server::store::sqlite::people::load;
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

/// The most figures in one transaction: pushes wait behind it.
const FIGURES_MAX: usize = 8;
/// All counts of calls for support: which of them are shown is decided for all at once.
pub(super) const SUPPORT: &str = "support";

pub(super) fn count(connection: &mut Connection, now_utc_ms: i64) -> rusqlite::Result<Projected> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let changed = changed(&transaction)?;
    if changed.is_empty() {
        return Ok(Projected::default());
    }
    let agreements = agreements(&transaction)?;
    let agreement = agreements.at(now_utc_ms);
    let people = load(&transaction)?;
    let mut pen = Pen::new(&transaction)?;
    for about in &changed {
        let made = match about.split_once(':') {
            Some(("measures", key)) => {
                measures(key, &counted(&transaction, &people, key)?, agreement)
            }
            None if about == SUPPORT => support(&calls(&transaction)?, agreement),
            // Earlier versions made each scope by itself, under a name of its own.
            _ => Vec::new(),
        };
        pen.write(about, made)?;
    }
    let more = changed.len() == FIGURES_MAX;
    let audiences = pen.down()?;
    transaction.commit()?;
    Ok(Projected { audiences, more })
}

/// The next figures to make, which are taken off their list here.
fn changed(transaction: &Transaction) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        transaction.prepare_cached("select about from to_count order by about limit ?1")?;
    let changed: Vec<String> = statement
        .query_map([FIGURES_MAX], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for about in &changed {
        transaction
            .prepare_cached("delete from to_count where about = ?1")?
            .execute([about])?;
    }
    Ok(changed)
}

/// What is counted on a form: visits to those who are or were in its team.
fn counted(transaction: &Transaction, people: &People, key: &str) -> rusqlite::Result<Counted> {
    let ever: BTreeSet<PersonId> = people.ever_in_team(key).collect();
    let ever: Vec<String> = ever.iter().map(|one| one.0.simple().to_string()).collect();
    let ever = serde_json::Value::from(ever).to_string().to_uppercase();
    let (as_of, version, visits) = transaction
        .prepare_cached(include_str!("measured.sql"))?
        .query_row([key, &ever], |row| {
            let as_of: i64 = row.get("as_of")?;
            Ok((as_of, row.get("version")?, row.get("visits")?))
        })?;
    let mut basis = Basis::default();
    let mut observers = BTreeSet::new();
    let mut statement = transaction.prepare_cached(include_str!("measured_rest_on.sql"))?;
    for visited in statement.query_map([key, &ever], row_to_visited)? {
        let (teacher, observer) = visited?;
        basis.add(teacher, &[observer].into());
        observers.insert(observer);
    }
    let team: BTreeSet<PersonId> = people
        .teams()
        .filter(|(idea, _)| *idea == key)
        .map(|(_, person)| person)
        .collect();
    let sites = team.iter().flat_map(|person| people.teaches_at(*person));
    let visited = basis
        .teachers()
        .filter(|teacher| team.contains(teacher))
        .collect();
    Ok(Counted {
        as_of: as_of.unsigned_abs(),
        version,
        visits,
        basis,
        observers: observers.len() as u32,
        visitors: observers.intersection(&team).copied().collect(),
        visited,
        sites: sites.collect(),
        look_fors: tallies(transaction, key, &ever)?,
    })
}

/// A teacher and their observer.
fn row_to_visited(row: &Row) -> rusqlite::Result<(PersonId, PersonId)> {
    let person = |column| uuid(row, column).map(PersonId);
    Ok((person("teacher")?, person("observer")?))
}

/// The look-fors of a form that are marked as seen, partly or not seen, with whom they were marked with, in the
/// order of their keys. Of the other kinds nothing is counted yet; that the moment was wrong for them would say
/// nothing by itself.
fn tallies(
    transaction: &Transaction,
    key: &str,
    ever: &str,
) -> rusqlite::Result<Vec<(Tally, Basis)>> {
    let versions = forms::of_key(transaction, key)?;
    let look_fors = versions.iter().flat_map(|form| &form.look_fors);
    let no_states: BTreeSet<&str> = look_fors
        .filter(|look_for| look_for.kind != Kind::States)
        .map(|look_for| &*look_for.key.0)
        .collect();
    let mut statement = transaction.prepare_cached(include_str!("tallies_rest_on.sql"))?;
    let mut rows = statement.query([key, ever])?;
    let mut bases: BTreeMap<String, Basis> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (teacher, observer) = row_to_visited(row)?;
        let basis = bases.entry(row.get("look_for")?).or_default();
        basis.add(teacher, &[observer].into());
    }
    let mut statement = transaction.prepare_cached(include_str!("tallies.sql"))?;
    let mut rows = statement.query(params![key, ever])?;
    let mut tallies: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let ratings = tallies.entry(row.get("look_for")?).or_default();
        ratings.insert(row.get("rating")?, row.get("visits")?);
    }
    let tally = |(look_for, ratings): (String, BTreeMap<String, u32>)| {
        let of = |rating| {
            let name = state_name(&rating);
            name.and_then(|name| ratings.get(name).copied())
                .unwrap_or(0)
        };
        let basis = bases.remove(&look_for).unwrap_or_default();
        let tally = Tally {
            look_for: LookForKey(look_for),
            seen: of(Rating::Seen),
            partly: of(Rating::Partly),
            not_seen: of(Rating::NotSeen),
            not_the_moment: of(Rating::NotTheMoment),
        };
        (tally, basis)
    };
    tallies.retain(|look_for, _| !no_states.contains(&**look_for));
    Ok(tallies.into_iter().map(tally).collect())
}

/// Every call for support about a teacher whom the office knows.
fn calls(transaction: &Transaction) -> rusqlite::Result<Vec<Calls>> {
    let mut statement = transaction.prepare_cached(include_str!("calls.sql"))?;
    let mut rows = statement.query([])?;
    let mut calls = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get("category")?;
        let category = Category::ALL
            .into_iter()
            .find(|category| category_name(*category) == name);
        // A later version's category is counted when that version is back.
        let Some(category) = category else { continue };
        let (teacher, observer) = row_to_visited(row)?;
        let said_by: Option<[u8; 16]> = row.get("said_by")?;
        let said_by = said_by.map(|id| PersonId(uuid::Uuid::from_bytes(id)));
        calls.push(Calls {
            category,
            site: SiteId(uuid(row, "site")?),
            idea: row.get("form")?,
            teacher,
            made_by: said_by.into_iter().chain([observer]).collect(),
            wanted: row.get("wanted")?,
            given: row.get("given")?,
            as_of: row.get::<_, i64>("as_of")?.unsigned_abs(),
        });
    }
    Ok(calls)
}
