//! What teachers say themselves: their own documents, the pools of closed weeks, and welcomes.

use super::batch::Desk;
use super::pen::Pen;
use super::{erase, events, places, standing, visit};
use crate::domain::document::{Audience, Document, SurveyDocument, voices};
use crate::domain::event::Fact;
use crate::domain::fold::Read;
use crate::domain::fold::voices::{Stands, Welcome, answered, ever_named, logged};
use crate::domain::id::{ClassId, EventId, PersonId, SiteId};
use crate::domain::people::Welcomed;
use crate::domain::place::{Day, Offsets, Wall};
use crate::domain::study::pool::{self, CLOSES_AFTER_DAYS};
use crate::server::projector::made::{Stored, erased};
use crate::server::store::sqlite::forms;
use crate::server::store::sqlite::people::refresh;
use crate::server::store::sqlite::tokens::uuid;
use crate::server::zone;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

const DAYS_OF_A_WEEK: i64 = 7;

/// Has what is due made again.
pub(super) fn renew(transaction: &Transaction, now_utc_ms: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(include_str!("voice_due.sql"))?
        .execute([now_utc_ms])?;
    transaction
        .prepare_cached("delete from voice_due where due_utc_ms <= ?1")?
        .execute([now_utc_ms])?;
    Ok(())
}

/// Makes the questions of the ideas in use, for their teams.
pub(super) fn questions(desk: &Desk, pen: &mut Pen) -> rusqlite::Result<()> {
    let ideas = forms::whole_ideas(desk.transaction)?.into_iter();
    let made = ideas.map(|idea| {
        let key = idea.form.form.key.clone();
        let document = SurveyDocument {
            team: u32::try_from(desk.people.in_team(&key)).unwrap_or(u32::MAX),
            form: idea.form.form,
            questions: idea.questions,
        };
        (Audience::Team(key), Document::Survey(document))
    });
    pen.write("surveys", made.collect())
}

/// What was answered about an idea in a week.
pub(super) fn survey(desk: &Desk, pen: &mut Pen, about: &str) -> rusqlite::Result<()> {
    erase::awaited(desk, Some(about))?;
    let events = events::about(desk.transaction, about)?;
    let mut made = erased(&events, &desk.people);
    if let Some((idea, week)) = idea_and_week(about) {
        let closes_utc_ms = closes(desk, week)?;
        let reads: Vec<Read> = events.iter().map(|event| event.read.clone()).collect();
        let mut held_back = false;
        for stands in answered(&reads, &desk.people) {
            held_back |= desk.published.answers(&stands.what) != stands.what;
            let of = voices::of_answers(&stands, closes_utc_ms, &desk.published, &desk.agreements);
            made.extend(of);
        }
        visit::note_held_back(desk.transaction, about, idea, held_back)?;
        let mut pooled = once(desk, about, closes_utc_ms, &events, |in_time| {
            let named = ever_named(in_time, &desk.people);
            let mut answers = answered(in_time, &desk.people);
            for one in &mut answers {
                one.what = desk.published.answers(&one.what);
            }
            let pool = pool::survey(idea, week, &answers, &named);
            (!pool.questions.is_empty()).then_some(pool)
        })?;
        // Earlier versions pooled whatever was answered.
        if let Some(pool) = &mut pooled {
            pool.questions
                .retain(|one| desk.published.asks(idea, &one.key));
        }
        let agreement = desk.agreements.at(closes_utc_ms);
        made.extend(
            pooled
                .iter()
                .flat_map(|pool| voices::of_survey_pool(pool, agreement)),
        );
    }
    pen.write(about, made)
}

/// What was logged about an idea in a week.
pub(super) fn lessons(desk: &Desk, pen: &mut Pen, about: &str) -> rusqlite::Result<()> {
    erase::awaited(desk, Some(about))?;
    let events = events::about(desk.transaction, about)?;
    let mut made = erased(&events, &desk.people);
    if let Some((idea, week)) = idea_and_week(about) {
        let closes_utc_ms = closes(desk, week)?;
        let reads: Vec<Read> = events.iter().map(|event| event.read.clone()).collect();
        for stands in logged(&reads, &desk.people) {
            made.extend(voices::of_log(&stands, &desk.agreements));
        }
        // Asked for in vain as long as the week is open, where most logs come.
        let taught = match desk.now_utc_ms < closes_utc_ms {
            true => BTreeSet::new(),
            false => taught(desk)?,
        };
        let pooled = once(desk, about, closes_utc_ms, &events, |in_time| {
            let mut logs = logged(in_time, &desk.people);
            logs.retain(|one| desk.published.has(&one.what.form));
            pool::lessons(idea, week, &logs, |teacher, class| {
                taught.contains(&(class, teacher))
            })
        })?;
        let agreement = desk.agreements.at(closes_utc_ms);
        made.extend(
            pooled
                .iter()
                .flat_map(|pool| voices::of_lesson_pool(pool, agreement)),
        );
    }
    pen.write(about, made)
}

/// Which classes are whose.
fn taught(desk: &Desk) -> rusqlite::Result<BTreeSet<(ClassId, PersonId)>> {
    let mut statement = desk
        .transaction
        .prepare_cached("select class, person from class_teacher")?;
    let rows = statement.query_map([], |row| {
        let teacher = desk.people.resolve(PersonId(uuid(row, "person")?));
        Ok((ClassId(uuid(row, "class")?), teacher))
    })?;
    rows.collect()
}

/// The pool of a closed week, made of what had come by then, the first time that it is asked for; none as long as
/// the week is not closed, and where too few said something.
fn once<T: Serialize + DeserializeOwned>(
    desk: &Desk,
    about: &str,
    closes_utc_ms: i64,
    events: &[Stored],
    make: impl FnOnce(&[Read]) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    if desk.now_utc_ms < closes_utc_ms {
        due(desk.transaction, about, closes_utc_ms)?;
        return Ok(None);
    }
    let kept: Option<Option<String>> = desk
        .transaction
        .prepare_cached("select body from voice_pool where about = ?1")?
        .query_row([about], |row| row.get("body"))
        .optional()?;
    if let Some(kept) = kept {
        return Ok(kept.and_then(|body| serde_json::from_str(&body).ok()));
    }
    let in_time = |event: &&Stored| event.read.received_at_utc_ms < closes_utc_ms;
    let as_of = events
        .iter()
        .filter(in_time)
        .map(|event| event.server_number);
    let as_of = as_of.max().unwrap_or(0).cast_signed();
    let reads: Vec<Read> = events
        .iter()
        .filter(in_time)
        .map(|event| event.read.clone())
        .collect();
    let pool = make(&reads);
    let body = pool.as_ref().map(|pool| {
        serde_json::to_string(pool).expect("a pool has string keys and writes to memory")
    });
    desk.transaction
        .prepare_cached("insert into voice_pool (about, body, as_of) values (?1, ?2, ?3)")?
        .execute(params![about, body, as_of])?;
    Ok(pool)
}

fn due(transaction: &Transaction, about: &str, due_utc_ms: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("insert or replace into voice_due values (?1, ?2)")?
        .execute(params![about, due_utc_ms])?;
    Ok(())
}

/// The idea and the week of `survey:<key>/<day>`.
fn idea_and_week(about: &str) -> Option<(&str, Day)> {
    let (_, of) = about.split_once(':')?;
    let (idea, week) = of.rsplit_once('/')?;
    Some((idea, week.parse().ok()?))
}

/// When the pool of a week is made, by the walls of the district.
fn closes(desk: &Desk, week: Day) -> rusqlite::Result<i64> {
    let after = week.plus(DAYS_OF_A_WEEK + CLOSES_AFTER_DAYS);
    Ok(offsets(desk, after)?.instant(Wall::midnight(after), 0))
}

fn offsets(desk: &Desk, day: Day) -> rusqlite::Result<Offsets> {
    let district = places::district(desk.transaction)?;
    Ok(zone::offsets(district.time_zone.as_deref(), day.year()))
}

/// A welcome: its documents, and the yes to visits by peers that it is.
pub(super) fn welcome(desk: &Desk, pen: &mut Pen, about: &str, id: &str) -> rusqlite::Result<()> {
    erase::awaited(desk, Some(about))?;
    let events = events::about(desk.transaction, about)?;
    let mut made = erased(&events, &desk.people);
    let reads: Vec<Read> = events.into_iter().map(|event| event.read).collect();
    let id = id.parse::<EventId>().ok();
    let said = reads.iter().find_map(|read| match &read.fact {
        Fact::VisitWelcomed(said) => Some((said.class?, said.site)),
        _ => None,
    });
    let teach = match said {
        Some((class, site)) => teach(desk.transaction, class, site)?,
        None => Vec::new(),
    };
    let welcome = id.and_then(|id| Welcome::of(id, &reads, &desk.people, &teach));
    if let Some(welcome) = welcome {
        note_waits(desk, about, &welcome)?;
        let next = welcome.stands.what.day.next();
        let ends_utc_ms =
            offsets(desk, next)?.instant(Wall::midnight(next), welcome.stands.at.offset_min);
        if desk.now_utc_ms < ends_utc_ms {
            due(desk.transaction, about, ends_utc_ms)?;
        }
        note_yes(desk, &welcome)?;
        let said = welcome.stands.what.idea.as_deref();
        let idea = said.filter(|idea| desk.published.has_some(idea));
        let form = said.unwrap_or_default();
        visit::note_held_back(desk.transaction, about, form, idea != said)?;
        let times = (ends_utc_ms, desk.now_utc_ms);
        let of = voices::of_welcome(&welcome, idea, times, &desk.agreements);
        made.extend(of);
    } else {
        // Nobody said it who could: it waits for nothing.
        for sql in [
            "delete from welcome_waits where about = ?1",
            "delete from voice_due where about = ?1",
            "delete from held_back where about = ?1",
        ] {
            desk.transaction.prepare_cached(sql)?.execute([about])?;
        }
    }
    pen.write(about, made)
}

/// Who teaches a class, if it is at this site.
fn teach(connection: &Connection, class: ClassId, site: SiteId) -> rusqlite::Result<Vec<PersonId>> {
    connection
        .prepare_cached(
            "select person from class_teacher join class on class.id = class \
             where class = ?1 and site = ?2",
        )?
        .query_map(params![class.0.as_bytes(), site.0.as_bytes()], |row| {
            uuid(row, "person").map(PersonId)
        })?
        .collect()
}

/// Keeps by what a welcome is found to a class that its teacher does not teach yet: rosters may be late.
fn note_waits(desk: &Desk, about: &str, welcome: &Welcome) -> rusqlite::Result<()> {
    let Stands { teacher, what, .. } = &welcome.stands;
    let Some(class) = what.class.filter(|_| !welcome.teaches_here) else {
        desk.transaction
            .prepare_cached("delete from welcome_waits where about = ?1")?
            .execute([about])?;
        return Ok(());
    };
    let ids = (class.0.into_bytes(), teacher.0.into_bytes());
    desk.transaction
        .prepare_cached("insert or replace into welcome_waits values (?1, ?2, ?3)")?
        .execute(params![about, ids.0, ids.1])?;
    Ok(())
}

/// Has welcomes made again to classes that their teachers teach by now.
pub(super) fn welcomes_again(desk: &Desk) -> rusqlite::Result<()> {
    let mut statement = desk
        .transaction
        .prepare_cached(include_str!("welcome_waits.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (teacher, person) = (uuid(row, "teacher")?, uuid(row, "person")?);
        if desk.people.are_one(PersonId(teacher), PersonId(person)) {
            let about: String = row.get("about")?;
            refresh(desk.transaction, &about)?;
        }
    }
    Ok(())
}

/// Keeps the yes to visits by peers. When it changes, visits to that teacher may count, or count no more.
fn note_yes(desk: &Desk, welcome: &Welcome) -> rusqlite::Result<()> {
    let Stands {
        id, teacher, what, ..
    } = &welcome.stands;
    // What counted once stays, whoever teaches that class later, and can still be taken back.
    let counted = desk
        .transaction
        .prepare_cached("select 1 from welcome where id = ?1")?
        .exists([id.0.as_bytes()])?;
    if !(what.peers && (welcome.teaches_here || counted)) {
        return Ok(());
    }
    let class = what.class.map(|class| class.0.into_bytes());
    let changed = desk
        .transaction
        .prepare_cached(include_str!("welcome_keep.sql"))?
        .execute(params![
            id.0.as_bytes(),
            teacher.0.as_bytes(),
            what.site.0.as_bytes(),
            class,
            what.day.to_string(),
            welcome.withdrawn_utc_ms,
        ])?;
    match changed {
        0 => Ok(()),
        _ => standing::again(desk.transaction, *teacher),
    }
}

/// Every yes to visits by peers that a welcome is or was, by its teacher.
pub(in crate::server::store::sqlite) fn welcomes(
    connection: &Connection,
) -> rusqlite::Result<Vec<(PersonId, Welcomed)>> {
    let mut statement = connection.prepare_cached("select * from welcome")?;
    let rows = statement.query_map([], |row| {
        let class: Option<[u8; 16]> = row.get("class")?;
        let day: String = row.get("day")?;
        let until: Option<i64> = row.get("until_utc_ms")?;
        let teacher = PersonId(uuid(row, "teacher")?);
        let site = SiteId(uuid(row, "site")?);
        // The table takes days that no calendar has.
        Ok(day.parse::<Day>().ok().map(|day| {
            let class = class.map(|class| ClassId(uuid::Uuid::from_bytes(class)));
            let until_utc_ms = until.unwrap_or(i64::MAX);
            (
                teacher,
                Welcomed {
                    site,
                    class,
                    day,
                    until_utc_ms,
                },
            )
        }))
    })?;
    rows.filter_map(Result::transpose).collect()
}
