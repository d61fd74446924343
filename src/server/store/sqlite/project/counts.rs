//! A visit's line in the counts: written when it differs, and then its figures are made again.

use super::figures::SUPPORT;
use crate::domain::act::support::Category;
use crate::domain::collect::published::Published;
use crate::domain::collect::rating::Rating;
use crate::domain::fold::Story;
use crate::domain::id::EventId;
use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};

type Id = [u8; 16];

/// What the tables say of one visit.
#[derive(PartialEq)]
struct Line {
    form: String,
    form_version: u32,
    site: Option<Id>,
    teacher: Option<Id>,
    observer: Id,
    at_utc_ms: i64,
    as_of: i64,
    /// Look-fors and their ratings, in the order of their keys.
    rated: Vec<(String, String)>,
    support: Vec<Call>,
}

/// What the tables say of one call for support.
#[derive(PartialEq)]
struct Call {
    id: Id,
    /// None in what an earlier version counted.
    said_by: Option<Id>,
    category: String,
    given: bool,
    as_of: i64,
}

/// Writes the visit's line, if it differs from the one that is there; without a story there is none.
pub(super) fn count(
    transaction: &Transaction,
    id: EventId,
    story: Option<&Story>,
    published: &Published,
) -> rusqlite::Result<()> {
    // What makes nothing for others is in no figure.
    let counts = |story: &&Story| story.refused.is_none() && !story.waits_for_form;
    let is = story.filter(counts).map(|story| line(story, published));
    let was = read(transaction, id)?;
    if was == is {
        return Ok(());
    }
    transaction
        .prepare_cached("delete from counted_visit where walkthrough = ?1")?
        .execute([id.0.as_bytes()])?;
    if let Some(is) = &is {
        write(transaction, id, is)?;
    }
    let lines = || was.iter().chain(&is);
    let mut changed: Vec<String> = lines()
        .map(|line| format!("measures:{}", line.form))
        .collect();
    if lines().any(|line| !line.support.is_empty()) {
        changed.push(SUPPORT.into());
    }
    for about in changed {
        transaction
            .prepare_cached("insert into to_count values (?1) on conflict do nothing")?
            .execute([about])?;
    }
    Ok(())
}

fn line(story: &Story, published: &Published) -> Line {
    let form = &story.walkthrough.form.key;
    let mut rated: Vec<(String, String)> = Vec::new();
    for one in &story.rated {
        // A look-for that stands there twice counts once: the first one.
        if let Some(state) = state_name(&one.rating)
            && published.has_look_for(form, &one.look_for)
            && !rated.iter().any(|(key, _)| *key == one.look_for.0)
        {
            rated.push((one.look_for.0.clone(), state.into()));
        }
    }
    rated.sort();
    let mut support: Vec<Call> = story
        .support
        .iter()
        .map(|support| Call {
            id: support.id.0.into_bytes(),
            said_by: Some(support.by.0.into_bytes()),
            category: category_name(support.category).into(),
            given: support.given.is_some(),
            as_of: support.as_of.cast_signed(),
        })
        .collect();
    support.sort_by_key(|call| call.id);
    Line {
        form: form.clone(),
        form_version: story.walkthrough.form.version,
        site: story.walkthrough.site().map(|site| site.0.into_bytes()),
        teacher: story.counted_teacher.map(|teacher| teacher.0.into_bytes()),
        observer: story.observer.0.into_bytes(),
        at_utc_ms: story.day_utc_ms,
        as_of: story.as_of.cast_signed(),
        rated,
        support,
    }
}

fn read(transaction: &Transaction, id: EventId) -> rusqlite::Result<Option<Line>> {
    let id = id.0.as_bytes();
    let line = transaction
        .prepare_cached("select * from counted_visit where walkthrough = ?1")?
        .query_row([id], row_to_line)
        .optional()?;
    let Some(mut line) = line else {
        return Ok(None);
    };
    let mut rated = transaction.prepare_cached(
        "select look_for, rating from counted_rating where walkthrough = ?1 order by look_for",
    )?;
    line.rated = rated
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut support = transaction.prepare_cached(
        "select id, said_by, category, given, as_of from counted_support \
         where walkthrough = ?1 order by id",
    )?;
    line.support = support
        .query_map([id], |row| {
            Ok(Call {
                id: row.get("id")?,
                said_by: row.get("said_by")?,
                category: row.get("category")?,
                given: row.get("given")?,
                as_of: row.get("as_of")?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(line))
}

fn row_to_line(row: &Row) -> rusqlite::Result<Line> {
    Ok(Line {
        form: row.get("form")?,
        form_version: row.get("form_version")?,
        site: row.get("site")?,
        teacher: row.get("teacher")?,
        observer: row.get("observer")?,
        at_utc_ms: row.get("at_utc_ms")?,
        as_of: row.get("as_of")?,
        rated: Vec::new(),
        support: Vec::new(),
    })
}

fn write(transaction: &Transaction, id: EventId, line: &Line) -> rusqlite::Result<()> {
    let id = id.0.as_bytes();
    transaction
        .prepare_cached(include_str!("counted_visit_insert.sql"))?
        .execute(named_params! {
            ":walkthrough": id,
            ":form": line.form,
            ":form_version": line.form_version,
            ":site": line.site,
            ":teacher": line.teacher,
            ":observer": line.observer,
            ":at_utc_ms": line.at_utc_ms,
            ":as_of": line.as_of,
        })?;
    for (look_for, rating) in &line.rated {
        transaction
            .prepare_cached("insert into counted_rating values (?1, ?2, ?3)")?
            .execute(params![id, look_for, rating])?;
    }
    for call in &line.support {
        transaction
            .prepare_cached(include_str!("counted_support_insert.sql"))?
            .execute(named_params! {
                ":id": call.id,
                ":walkthrough": id,
                ":form": line.form,
                ":site": line.site,
                ":teacher": line.teacher,
                ":said_by": call.said_by,
                ":category": call.category,
                ":given": call.given,
                ":as_of": call.as_of,
            })?;
    }
    Ok(())
}

/// A state as the column `counted_rating.rating` has it; none for what is not a state, which that table
/// does not count.
pub(super) fn state_name(rating: &Rating) -> Option<&'static str> {
    match rating {
        Rating::Seen => Some("seen"),
        Rating::Partly => Some("partly"),
        Rating::NotSeen => Some("not_seen"),
        Rating::NotTheMoment => Some("not_the_moment"),
        _ => None,
    }
}

/// A category as the column `counted_support.category` has it.
pub(super) fn category_name(category: Category) -> &'static str {
    match category {
        Category::Materials => "materials",
        Category::PlanningTime => "planning_time",
        Category::Modelling => "modelling",
        Category::Content => "content",
        Category::Grouping => "grouping",
        Category::Language => "language",
    }
}
