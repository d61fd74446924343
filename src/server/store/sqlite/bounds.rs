//! How much one person can send that others would wait for.
//!
//! All facts about one thing are read together, an erasure that waits for its event is looked up again when people change,
//! and everybody of a site gets who is added and who is welcome there: all of it while pushes wait, or on each device. What
//! is beyond a bound is refused and stays on its device, set aside.

use super::people::{entries, is_admin};
use super::project::events;
use super::push::is_by;
use super::tokens::uuid;
use crate::domain::erasure::AWAITED_MAX;
use crate::domain::event::{About, Body, FACTS_MAX, Fact};
use crate::domain::id::{EventId, PersonId};
use crate::domain::problem::Problem;
use crate::server::store::Caller;
use crate::server::store::arrival::Arrival;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// Why an arrival that is not stored yet, received now in milliseconds since 1970, is too much from its sender, if it is.
pub(super) fn beyond(
    transaction: &Transaction,
    arrival: &Arrival,
    body: &Body,
    caller: Caller,
    received_at_utc_ms: i64,
) -> rusqlite::Result<Option<Problem>> {
    if let Some(problem) = too_far(transaction, arrival, body, caller, received_at_utc_ms)? {
        return Ok(Some(problem));
    }
    if let Some(problem) = too_often(transaction, body, caller, received_at_utc_ms)? {
        return Ok(Some(problem));
    }
    match &arrival.about {
        Some(About::Events) => {
            let new = to_await(transaction, body, caller.person)?.len();
            if new == 0 || is_admin(transaction, caller.person)? {
                return Ok(None);
            }
            let waiting = awaited(transaction, caller.person)?;
            let all = waiting.saturating_add(u32::try_from(new).unwrap_or(u32::MAX));
            Ok((all > AWAITED_MAX).then_some(Problem::TooMany { limit: AWAITED_MAX }))
        }
        Some(about) => {
            let group = Facts::of(&body.kind);
            let said = facts(transaction, about, caller.person, group)?;
            Ok((said >= FACTS_MAX).then_some(Problem::TooMany { limit: FACTS_MAX }))
        }
        None => Ok(None),
    }
}

/// For how many days ahead a lesson can be welcomed to.
const WELCOME_DAYS_MOST: i64 = 60;
/// By how much a correction may be above the newest that is known: a device has made some that have not come yet.
const REVISIONS_MOST: u32 = 50;

/// Whether something is said of a time that has not come, or as a correction that no other could follow.
fn too_far(
    transaction: &Transaction,
    arrival: &Arrival,
    body: &Body,
    caller: Caller,
    received_at_utc_ms: i64,
) -> rusqlite::Result<Option<Problem>> {
    // The day somewhere on earth may be the next one.
    let day = received_at_utc_ms.div_euclid(DAY_MS) + 1;
    let (first, days_ahead, revision) = match body.read() {
        Ok(Some(Fact::VisitWelcomed(fact))) => (fact.day, WELCOME_DAYS_MOST, 0),
        Ok(Some(Fact::SurveyAnswered(fact))) => (fact.week, 0, fact.revision),
        Ok(Some(Fact::LessonLogged(fact))) => (fact.day.max(fact.week), 0, fact.revision),
        _ => return Ok(None),
    };
    let malformed = |reason: &str| {
        Some(Problem::Malformed {
            place: "body.data".into(),
            reason: reason.into(),
        })
    };
    if first.since_epoch() > day + days_ahead {
        return Ok(malformed(
            "a day that has come, or for a welcome one of the next 60",
        ));
    }
    let mut newest = 0;
    for author in ids(transaction, caller.person)? {
        let about = arrival.about.as_ref().map(ToString::to_string);
        for said in events::by(transaction, &about.unwrap_or_default(), author, true)? {
            let of_it = match said.fact {
                Fact::SurveyAnswered(fact) => fact.revision,
                Fact::LessonLogged(fact) => fact.revision,
                _ => 0,
            };
            newest = newest.max(of_it);
        }
    }
    match revision > newest.saturating_add(REVISIONS_MOST) {
        true => Ok(malformed("a revision that follows those before")),
        false => Ok(None),
    }
}

/// Whether a kind was said as often as it can be in 24 hours.
fn too_often(
    transaction: &Transaction,
    body: &Body,
    caller: Caller,
    received_at_utc_ms: i64,
) -> rusqlite::Result<Option<Problem>> {
    let of_kind = DAILY_MAX.iter().find(|(kind, _)| *kind == body.kind);
    let Some((kind, limit)) = of_kind else {
        return Ok(None);
    };
    let since_utc_ms = received_at_utc_ms - DAY_MS;
    let said = said_since(transaction, kind, caller.person, since_utc_ms)?;
    if said < *limit {
        return Ok(None);
    }
    let of_admins = matches!(*kind, "person_merged" | "words_erased");
    if of_admins && is_admin(transaction, caller.person)? {
        return Ok(None);
    }
    Ok(Some(Problem::TooMany { limit: *limit }))
}

/// How much of a kind one person says in 24 hours of the server's clock: more than anybody would, and little enough for
/// everybody who gets it. These are the kinds of which each is a thing by itself.
const DAILY_MAX: [(&str, u32); 5] = [
    ("person_added", 100),
    ("visit_welcomed", 50),
    ("class_missed", 200),
    // An admin says these as often as need be.
    ("person_merged", 20),
    ("words_erased", 200),
];
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How much of a kind a person has said, under all their ids, since a moment in milliseconds since 1970.
fn said_since(
    transaction: &Transaction,
    kind: &str,
    person: PersonId,
    since_utc_ms: i64,
) -> rusqlite::Result<u32> {
    let mut count = transaction.prepare_cached(include_str!("said_since.sql"))?;
    let mut said = 0_u32;
    for author in ids(transaction, person)? {
        let of_author: u32 = count
            .query_row(params![author.0.as_bytes(), kind, since_utc_ms], |row| {
                row.get(0)
            })?;
        said = said.saturating_add(of_author);
    }
    Ok(said)
}

/// Notes at once of which events an erasure that was taken awaits: the next one is counted with it.
pub(super) fn note_awaited(
    transaction: &Transaction,
    body: &Body,
    caller: Caller,
) -> rusqlite::Result<()> {
    if body.kind != "words_erased" || is_admin(transaction, caller.person)? {
        return Ok(());
    }
    let mut awaits = transaction
        .prepare_cached("insert into erasure_awaited values (?1, ?2) on conflict do nothing")?;
    for id in to_await(transaction, body, caller.person)? {
        awaits.execute(params![id.0.as_bytes(), body.author.0.as_bytes()])?;
    }
    Ok(())
}

/// Which facts about a thing are counted together, so that one way to say something fills up no other: a stolen card must
/// not take a teacher's no away, and neither must everything else that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facts {
    /// What a device said, but for what takes back.
    Said,
    /// A no, and what takes a yes back.
    TakenBack,
    /// What was said on a card.
    OnCard,
}

impl Facts {
    fn of(kind: &str) -> Self {
        match kind {
            "permission_refused" | "permission_withdrawn" | "welcome_withdrawn" => Self::TakenBack,
            _ => Self::Said,
        }
    }

    /// As `bounds_facts.sql` names it.
    fn name(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::TakenBack => "taken_back",
            Self::OnCard => "on_card",
        }
    }
}

/// How many facts of a group about one thing a person has said, under all their ids.
pub(super) fn facts(
    transaction: &Transaction,
    about: &About,
    person: PersonId,
    of: Facts,
) -> rusqlite::Result<u32> {
    let mut authors = transaction.prepare_cached(include_str!("bounds_facts.sql"))?;
    let authors = authors
        .query_map(params![about.to_string(), of.name()], |row| {
            Ok((PersonId(uuid(row, "author")?), row.get::<_, u32>("facts")?))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut facts = 0_u32;
    for (author, said) in authors {
        if is_by(transaction, author, person)? {
            facts = facts.saturating_add(said);
        }
    }
    Ok(facts)
}

/// The events of an erasure that are not there, or are somebody else's, and are not awaited under this author yet.
fn to_await(
    transaction: &Transaction,
    body: &Body,
    person: PersonId,
) -> rusqlite::Result<BTreeSet<EventId>> {
    let Ok(Some(Fact::WordsErased(fact))) = body.read() else {
        return Ok(BTreeSet::new());
    };
    let mut event = transaction.prepare_cached("select author from event where id = ?1")?;
    let mut known = transaction
        .prepare_cached("select 1 from erasure_awaited where id = ?1 and author = ?2")?;
    let mut new = BTreeSet::new();
    for id in fact.events {
        let author = event
            .query_row([id.0.as_bytes()], |row| uuid(row, "author").map(PersonId))
            .optional()?;
        let own = match author {
            Some(author) => is_by(transaction, author, person)?,
            None => false,
        };
        if !own && !known.exists(params![id.0.as_bytes(), body.author.0.as_bytes()])? {
            new.insert(id);
        }
    }
    Ok(new)
}

/// For how many events the erasures of a person wait, under all their ids.
fn awaited(transaction: &Transaction, person: PersonId) -> rusqlite::Result<u32> {
    let mut count =
        transaction.prepare_cached("select count(*) from erasure_awaited where author = ?1")?;
    let mut waiting = 0_u32;
    for author in ids(transaction, person)? {
        let of_author: u32 = count.query_row([author.0.as_bytes()], |row| row.get(0))?;
        waiting = waiting.saturating_add(of_author);
    }
    Ok(waiting)
}

/// All ids under which a person says something: their entries, and what their devices drew before they signed in.
pub(super) fn ids(transaction: &Transaction, person: PersonId) -> rusqlite::Result<Vec<PersonId>> {
    let mut devices = transaction
        .prepare_cached("select external_id from alias where source = 'device' and person = ?1")?;
    let mut ids = Vec::new();
    for entry in entries(transaction, person)? {
        let drawn = devices
            .query_map([entry.0.as_bytes()], |row| row.get::<_, String>(0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        ids.extend(drawn.iter().filter_map(|id| id.parse::<PersonId>().ok()));
        ids.push(entry);
    }
    Ok(ids)
}
