//! Visits: their documents, their line in the counts, and the code that takes a numbered one.

use super::batch::Desk;
use super::pen::Pen;
use super::{counts, erase, events};
use crate::domain::fold::Story;
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::server::projector::made::{CopyDue, Visit, erased};
use rusqlite::{Transaction, params};

pub(super) fn visit(desk: &Desk, pen: &mut Pen, about: &str, id: &str) -> rusqlite::Result<()> {
    let Ok(id) = id.parse::<EventId>() else {
        return Ok(());
    };
    erase::awaited(desk, Some(about))?;
    let events = events::about(desk.transaction, about)?;
    let visit = Visit::of(id, &events, &desk.people, &desk.agreements, &desk.published);
    counts::count(desk.transaction, id, visit.story.as_ref(), &desk.published)?;
    // Without a story the visit's own event is not there, or is not its author's: nothing of it stands.
    let form = visit.story.as_ref().map(|story| &story.walkthrough.form);
    let form = form.map_or("", |form| &form.key);
    note_held_back(desk.transaction, about, form, visit.held_back)?;
    note_refused(desk.transaction, about, visit.story.as_ref())?;
    note_copy_due(desk, about, id, visit.copy_due)?;
    note_claimable(desk.transaction, id, visit.claim_sha256)?;
    pen.write(about, visit.documents)
}

/// Keeps by which code a numbered visit is taken.
fn note_claimable(
    transaction: &Transaction,
    id: EventId,
    claim_sha256: Option<Sha256>,
) -> rusqlite::Result<()> {
    let Some(claim_sha256) = claim_sha256 else {
        transaction
            .prepare_cached("delete from claimable where walkthrough = ?1")?
            .execute([id.0.as_bytes()])?;
        return Ok(());
    };
    transaction
        .prepare_cached("insert into claimable values (?1, ?2) on conflict do nothing")?
        .execute(params![claim_sha256.0, id.0.as_bytes()])?;
    Ok(())
}

/// Keeps by what something is found of which a part is held back, when a form of its key comes.
pub(super) fn note_held_back(
    transaction: &Transaction,
    about: &str,
    form: &str,
    held_back: bool,
) -> rusqlite::Result<()> {
    let sql = match held_back {
        true => "insert or replace into held_back (about, form) values (?1, ?2)",
        false => "delete from held_back where about = ?1 and ?2 is not null",
    };
    transaction
        .prepare_cached(sql)?
        .execute(params![about, form])?;
    Ok(())
}

/// Keeps by what a visit that makes nothing for others is found when that may change.
fn note_refused(
    transaction: &Transaction,
    about: &str,
    story: Option<&Story>,
) -> rusqlite::Result<()> {
    let Some(story) = story.filter(|story| story.refused.is_some()) else {
        transaction
            .prepare_cached("delete from refused_visit where about = ?1")?
            .execute([about])?;
        return Ok(());
    };
    let teacher = story.teacher.map(|teacher| teacher.0.into_bytes());
    transaction
        .prepare_cached("insert or replace into refused_visit values (?1, ?2, ?3)")?
        .execute(params![about, teacher, story.day_utc_ms])?;
    Ok(())
}

/// Keeps whose copy of a visit is due when.
fn note_copy_due(
    desk: &Desk,
    about: &str,
    id: EventId,
    copy_due: Option<CopyDue>,
) -> rusqlite::Result<()> {
    let Some(due) = copy_due else {
        desk.transaction
            .prepare_cached("delete from copy_due where about = ?1")?
            .execute([about])?;
        return Ok(());
    };
    let due_utc_ms = desk.schools.copy_due_at(desk, &due)?;
    desk.transaction
        .prepare_cached("insert or replace into copy_due values (?1, ?2, ?3, ?4)")?
        .execute(params![
            about,
            id.0.as_bytes(),
            due.teacher.0.as_bytes(),
            due_utc_ms
        ])?;
    Ok(())
}

/// What has no documents of its own but those that say that words are erased.
pub(super) fn others(desk: &Desk, pen: &mut Pen, about: &str) -> rusqlite::Result<()> {
    erase::awaited(desk, Some(about))?;
    let events = events::about(desk.transaction, about)?;
    pen.write(about, erased(&events, &desk.people))
}
