//! What people do at sites, by a roster; and how posts of any source are given and ended.

use super::desk::Desk;
use crate::domain::id::PersonId;
use crate::domain::import::{Mode, Named, Thing};
use crate::domain::people::{Place, Role};
use crate::server::store::sqlite::invitations::end_open;
use crate::server::store::sqlite::people::{place_text, role_name};
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::{named_params, params};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Who does what where, as the tables have it.
pub(super) type Held = (PersonId, &'static str, String);

/// What a source says somebody does, and since which day if it says that.
pub(super) type Posts = BTreeMap<Held, Option<String>>;

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    let mode = desk.roster.posts_mode;
    if mode == Mode::Absent {
        return Ok(());
    }
    let source = &desk.roster.source;
    let before = said_before(desk, source)?;
    let mut now: Posts = match mode {
        Mode::Bulk => Posts::new(),
        _ => before.clone(),
    };
    // Of whom a row says all that they do, what was said before goes; of whom a row was left out, it stays.
    let all_said = desk
        .roster
        .people
        .iter()
        .filter(|row| row.posts_are_all && mode == Mode::Delta);
    let all_said: HashSet<PersonId> = all_said
        .filter_map(|row| desk.staff.get(&row.id).copied())
        .collect();
    now.retain(|(person, ..), _| !all_said.contains(person));
    let left_out = desk
        .roster
        .left_out
        .people
        .iter()
        .chain(&desk.roster.left_out.posts);
    let left_out: HashSet<PersonId> = left_out
        .filter_map(|id| desk.staff.get(id).copied())
        .collect();
    let kept = before
        .iter()
        .filter(|((person, ..), _)| left_out.contains(person));
    now.extend(kept.map(|(held, since)| (held.clone(), since.clone())));

    for row in &desk.roster.posts {
        desk.done();
        let Some(person) = desk.staff.get(&row.person).copied() else {
            // Who has gone is no trouble.
            if !row.gone
                && !desk
                    .roster
                    .people
                    .iter()
                    .any(|person| person.gone && person.id == row.person)
            {
                desk.dangling(row.at, "userSourcedId", Named::User);
            }
            continue;
        };
        let Some(site) = desk.sites.get(&row.site).copied() else {
            desk.dangling(row.at, "orgSourcedId", Named::Site);
            continue;
        };
        let held = (person, role_name(row.role), place_text(&Place::Site(site)));
        match row.gone {
            true => now.remove(&held),
            false => now.insert(held, None),
        };
    }
    settle(desk, source, &before, now)
}

/// What a source said the last time.
pub(super) fn said_before(desk: &Desk, source: &str) -> rusqlite::Result<Posts> {
    let mut statement = desk
        .transaction
        .prepare_cached("select * from imported_post where source = ?1")?;
    let rows = statement.query_map([source], |row| {
        let person = desk.one(PersonId(uuid(row, "person")?));
        let role: String = row.get("role")?;
        Ok((person, role, row.get("place")?, row.get("since_on")?))
    })?;
    let mut posts = Posts::new();
    for row in rows {
        let (person, role, place, since) = row?;
        let role = Role::ALL
            .into_iter()
            .map(role_name)
            .find(|known| *known == role);
        posts.extend(role.map(|role| ((person, role, place), since)));
    }
    Ok(posts)
}

/// Gives what a source says now and did not say before, and ends what it no longer says.
pub(super) fn settle(
    desk: &mut Desk,
    source: &str,
    before: &Posts,
    mut now: Posts,
) -> rusqlite::Result<()> {
    // Who has left does nothing; who comes back is given their posts anew.
    now.retain(|(person, ..), _| !desk.people.has_left(*person));
    let new: BTreeSet<&Held> = now
        .keys()
        .filter(|held| !before.contains_key(*held))
        .collect();
    let over: BTreeSet<&Held> = before
        .keys()
        .filter(|held| !now.contains_key(*held))
        .collect();
    let since_changed = now
        .iter()
        .filter(|(held, since)| before.get(*held).is_some_and(|said| said != *since));
    for (held, since) in since_changed {
        since_is(desk, source, held, since.as_deref())?;
    }
    for held in new {
        let since = now.get(held).and_then(Option::as_deref);
        give(desk, source, held, since)?;
    }
    for held in over {
        end(desk, source, held)?;
    }
    Ok(())
}

fn give(desk: &mut Desk, source: &str, held: &Held, since: Option<&str>) -> rusqlite::Result<()> {
    let (person, role, place) = held;
    desk.transaction
        .prepare_cached(
            "insert into imported_post (source, person, role, place, since_on) \
             values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![source, person.0.as_bytes(), role, place, since])?;
    if is_held(desk, held)? {
        return Ok(());
    }
    let from_utc_ms = match since {
        None => desk.now_utc_ms,
        Some(day) => midnight(desk, day)?,
    };
    let given = desk
        .transaction
        .prepare_cached(include_str!("../post_insert.sql"))?
        .execute(named_params! {
            ":person": person.0.as_bytes(),
            ":role": role,
            ":place": place,
            ":from_utc_ms": from_utc_ms,
        })?;
    desk.count(Thing::Posts).added += u32::from(given > 0);
    let is_more = |known: &Role| role_name(*known) == *role && known.is_trusted_with_others();
    if Role::ALL.iter().any(is_more) {
        end_open(desk.transaction, *person, desk.now_utc_ms)?;
    }
    Ok(())
}

fn end(desk: &mut Desk, source: &str, held: &Held) -> rusqlite::Result<()> {
    let (person, role, place) = held;
    let mut ended = 0;
    for entry in desk.entries(*person) {
        let entry = entry.0.as_bytes();
        desk.transaction
            .prepare_cached(
                "delete from imported_post \
                 where source = ?1 and person = ?2 and role = ?3 and place = ?4",
            )?
            .execute(params![source, entry, role, place])?;
        let is_said = desk
            .transaction
            .prepare_cached(
                "select 1 from imported_post where person = ?1 and role = ?2 and place = ?3",
            )?
            .exists(params![entry, role, place])?;
        if !is_said {
            ended += desk
                .transaction
                .prepare_cached(include_str!("../post_end.sql"))?
                .execute(named_params! {
                    ":person": entry,
                    ":role": role,
                    ":place": place,
                    ":now_utc_ms": desk.now_utc_ms,
                })?;
        }
    }
    desk.count(Thing::Posts).left += u32::from(ended > 0);
    Ok(())
}

fn is_held(desk: &Desk, (person, role, place): &Held) -> rusqlite::Result<bool> {
    let mut held = desk.transaction.prepare_cached(
        "select 1 from post \
         where person = ?1 and role = ?2 and place = ?3 and until_utc_ms is null",
    )?;
    for entry in desk.entries(*person) {
        if held.exists(params![entry.0.as_bytes(), role, place])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Another day since when somebody does what they do.
fn since_is(
    desk: &mut Desk,
    source: &str,
    held: &Held,
    since: Option<&str>,
) -> rusqlite::Result<()> {
    let (person, role, place) = held;
    desk.transaction
        .prepare_cached(
            "update imported_post set since_on = ?5 \
             where source = ?1 and person = ?2 and role = ?3 and place = ?4",
        )?
        .execute(params![source, person.0.as_bytes(), role, place, since])?;
    let Some(day) = since else {
        return Ok(());
    };
    let changed = desk
        .transaction
        .prepare_cached(
            "update post set from_utc_ms = ?4 \
             where person = ?1 and role = ?2 and place = ?3 and until_utc_ms is null",
        )?
        .execute(params![
            person.0.as_bytes(),
            role,
            place,
            midnight(desk, day)?
        ])?;
    desk.count(Thing::Posts).changed += u32::from(changed > 0);
    Ok(())
}

/// When a day begins in the district's time zone; in UTC as long as it has said none.
fn midnight(desk: &Desk, day: &str) -> rusqlite::Result<i64> {
    use chrono::{NaiveDate, NaiveTime, TimeZone};
    let zone: Option<String> = {
        let mut statement = desk
            .transaction
            .prepare_cached("select time_zone from district")?;
        let mut rows = statement.query_map([], |row| row.get(0))?;
        rows.next().transpose()?.flatten()
    };
    let zone = zone.and_then(|zone| zone.parse::<chrono_tz::Tz>().ok());
    let zone = zone.unwrap_or(chrono_tz::UTC);
    let begins = day
        .parse::<NaiveDate>()
        .ok()
        .map(|day| day.and_time(NaiveTime::MIN))
        // A midnight that a clock jumps over is taken as it is in UTC.
        .map(|begins| {
            let there = zone.from_local_datetime(&begins).earliest();
            there.map_or(begins.and_utc().timestamp_millis(), |at| {
                at.timestamp_millis()
            })
        });
    Ok(begins.unwrap_or(desk.now_utc_ms))
}
