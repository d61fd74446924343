//! Figures: read from the counts and made into documents, when they have changed and not at every event.

use super::agreements;
use super::counts::{category_name, state_name};
use super::pen::Pen;
use crate::domain::act::support::Category;
use crate::domain::agreement::Agreement;
use crate::domain::collect::look_for::{Kind, LookForKey};
use crate::domain::collect::rating::Rating;
use crate::domain::document::{Audience, Document, SupportCount, Tally};
use crate::domain::id::PersonId;
use crate::domain::people::People;
use crate::server::projector::figures::{Calls, Counted, Scope, measures, support};
use crate::server::store::projection::Projected;
use crate::server::store::sqlite::forms;
use crate::server::store::sqlite::people::load;
use rusqlite::{Connection, Transaction, TransactionBehavior, named_params};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most figures in one transaction: pushes wait behind it.
const FIGURES_MAX: usize = 8;

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
            Some(("support", scope)) => match Scope::read(scope) {
                Some(scope) => of_support(&transaction, &scope, agreement)?,
                None => Vec::new(),
            },
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

/// What is counted on a form.
fn counted(transaction: &Transaction, people: &People, key: &str) -> rusqlite::Result<Counted> {
    let (as_of, version, visits) = transaction
        .prepare_cached(
            "select ifnull(max(as_of), 0), ifnull(max(form_version), 0), count(*) \
             from counted_visit where form = ?1",
        )?
        .query_row([key], |row| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?))
        })?;
    let ids = |sql| -> rusqlite::Result<BTreeSet<Uuid>> {
        let mut statement = transaction.prepare_cached(sql)?;
        statement
            .query_map([key], |row| row.get(0).map(Uuid::from_bytes))?
            .collect()
    };
    let teachers =
        ids("select distinct teacher from counted_visit where form = ?1 and teacher is not null")?;
    let observers = ids("select distinct observer from counted_visit where form = ?1")?;
    let observers: BTreeSet<PersonId> = observers.into_iter().map(PersonId).collect();
    let team: BTreeSet<PersonId> = people
        .teams()
        .filter(|(idea, _)| *idea == key)
        .map(|(_, person)| person)
        .collect();
    let sites = team.iter().flat_map(|person| people.teaches_at(*person));
    Ok(Counted {
        as_of: as_of.unsigned_abs(),
        version,
        visits,
        teachers: teachers.into_iter().map(PersonId).collect(),
        observers: observers.len() as u32,
        visitors: observers.intersection(&team).copied().collect(),
        sites: sites.collect(),
        look_fors: tallies(transaction, key)?,
    })
}

/// The look-fors of a form that are marked as seen, partly or not seen, in the order of their keys. Of the other
/// kinds nothing is counted yet; that the moment was wrong for them would say nothing by itself. One that stands
/// in no form of this store is counted as it was marked.
fn tallies(transaction: &Transaction, key: &str) -> rusqlite::Result<Vec<Tally>> {
    let versions = forms::of_key(transaction, key)?;
    let look_fors = versions.iter().flat_map(|form| &form.look_fors);
    let no_states: BTreeSet<&str> = look_fors
        .filter(|look_for| look_for.kind != Kind::States)
        .map(|look_for| &*look_for.key.0)
        .collect();
    let mut statement = transaction.prepare_cached(include_str!("tallies.sql"))?;
    let mut rows = statement.query([key])?;
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
        Tally {
            look_for: LookForKey(look_for),
            seen: of(Rating::Seen),
            partly: of(Rating::Partly),
            not_seen: of(Rating::NotSeen),
            not_the_moment: of(Rating::NotTheMoment),
        }
    };
    tallies.retain(|look_for, _| !no_states.contains(&**look_for));
    Ok(tallies.into_iter().map(tally).collect())
}

fn of_support(
    transaction: &Transaction,
    scope: &Scope,
    agreement: &Agreement,
) -> rusqlite::Result<Vec<(Audience, Document)>> {
    let (site, form) = match scope {
        Scope::Site(site) => (Some(site.0.into_bytes()), None),
        Scope::Idea(key) => (None, Some(key.as_str())),
        Scope::District => (None, None),
    };
    let mut statement = transaction.prepare_cached(include_str!("calls.sql"))?;
    let mut rows = statement.query(named_params! { ":site": site, ":form": form })?;
    let (mut calls, mut as_of) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let name: String = row.get("category")?;
        let category = Category::ALL
            .into_iter()
            .find(|category| category_name(*category) == name);
        // A later version's category is counted when that version is back.
        let Some(category) = category else { continue };
        as_of = as_of.max(row.get::<_, i64>("as_of")?);
        calls.push(Calls {
            count: SupportCount {
                category,
                wanted: row.get("wanted")?,
                given: row.get("given")?,
            },
            teachers: row.get("teachers")?,
        });
    }
    Ok(support(scope, &calls, as_of.unsigned_abs(), agreement))
}
