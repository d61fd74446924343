//! Bells and calendar. A file of bells is all there is for the sites that it names, a calendar for the days
//! from the first to the last that it names at a site; the rest stays.

use super::desk::Desk;
use super::places::Called;
use crate::domain::id::SiteId;
use crate::domain::import::{FileKind, Thing};
use crate::server::import::roster::{BellRow, DayRow};
use crate::server::store::sqlite::tokens::uuid;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    let roster = desk.roster;
    if let Some(rows) = &roster.bells {
        bells(desk, rows)?;
    }
    if let Some(rows) = &roster.days {
        days(desk, rows)?;
    }
    Ok(())
}

/// A period of a kind of day at a site, and when it is.
type Bells = BTreeMap<(String, String), (u16, u16)>;

fn bells(desk: &mut Desk, rows: &[BellRow]) -> rusqlite::Result<()> {
    let called = Called::load(desk)?;
    let mut is_whole = desk.roster.is_whole(FileKind::Bells);
    let mut now: BTreeMap<SiteId, Bells> = BTreeMap::new();
    for row in rows {
        desk.done();
        match called.find(&row.site) {
            Ok(site) => {
                let key = (row.day_type.clone(), row.period.clone());
                let bells = now.entry(site).or_default();
                bells.insert(key, (row.starts_min, row.ends_min));
            }
            Err(reason) => {
                desk.bad(row.at, "site", reason);
                is_whole = false;
            }
        }
    }
    for (site, now) in now {
        let before = bells_before(desk, site)?;
        for ((day_type, period), (starts, ends)) in &now {
            let said = before.get(&(day_type.clone(), period.clone()));
            if said == Some(&(*starts, *ends)) {
                continue;
            }
            desk.transaction
                .prepare_cached(include_str!("bell_keep.sql"))?
                .execute(params![site.0.as_bytes(), day_type, period, starts, ends])?;
            let count = desk.count(Thing::Bells);
            match said {
                Some(_) => count.changed += 1,
                None => count.added += 1,
            }
        }
        let over = before
            .keys()
            .filter(|key| is_whole && !now.contains_key(*key));
        for (day_type, period) in over {
            desk.transaction
                .prepare_cached(
                    "delete from bell where site = ?1 and day_type = ?2 and period = ?3",
                )?
                .execute(params![site.0.as_bytes(), day_type, period])?;
            desk.count(Thing::Bells).left += 1;
        }
    }
    Ok(())
}

fn bells_before(desk: &Desk, site: SiteId) -> rusqlite::Result<Bells> {
    desk.transaction
        .prepare_cached("select day_type, period, starts_min, ends_min from bell where site = ?1")?
        .query_map([site.0.as_bytes()], |row| {
            Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?)))
        })?
        .collect()
}

/// What kind of day it is, by day.
type Days = BTreeMap<String, Option<String>>;

fn days(desk: &mut Desk, rows: &[DayRow]) -> rusqlite::Result<()> {
    let called = Called::load(desk)?;
    let mut is_whole = desk.roster.is_whole(FileKind::Calendar);
    let mut now: BTreeMap<SiteId, Days> = BTreeMap::new();
    // First the days of all sites, then what single sites have instead.
    let everywhere = rows.iter().filter(|row| row.site.is_none());
    let somewhere = rows.iter().filter(|row| row.site.is_some());
    let all = all_sites(desk)?;
    for row in everywhere {
        desk.done();
        for site in &all {
            now.entry(*site)
                .or_default()
                .insert(row.day.clone(), row.day_type.clone());
        }
    }
    for row in somewhere {
        desk.done();
        match called.find(row.site.as_deref().unwrap_or_default()) {
            Ok(site) => {
                now.entry(site)
                    .or_default()
                    .insert(row.day.clone(), row.day_type.clone());
            }
            Err(reason) => {
                desk.bad(row.at, "site", reason);
                is_whole = false;
            }
        }
    }
    for (site, now) in now {
        days_at(desk, site, &now, is_whole)?;
    }
    Ok(())
}

fn days_at(desk: &mut Desk, site: SiteId, now: &Days, is_whole: bool) -> rusqlite::Result<()> {
    let (Some(first), Some(last)) = (now.keys().next(), now.keys().next_back()) else {
        return Ok(());
    };
    let before: Days = desk
        .transaction
        .prepare_cached(
            "select day, day_type from calendar_day where site = ?1 and day between ?2 and ?3",
        )?
        .query_map(params![site.0.as_bytes(), first, last], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (day, day_type) in now {
        let said = before.get(day);
        if said == Some(day_type) {
            continue;
        }
        desk.transaction
            .prepare_cached(include_str!("day_keep.sql"))?
            .execute(params![site.0.as_bytes(), day, day_type])?;
        let count = desk.count(Thing::Days);
        match said {
            Some(_) => count.changed += 1,
            None => count.added += 1,
        }
    }
    for day in before
        .keys()
        .filter(|day| is_whole && !now.contains_key(*day))
    {
        desk.transaction
            .prepare_cached("delete from calendar_day where site = ?1 and day = ?2")?
            .execute(params![site.0.as_bytes(), day])?;
        desk.count(Thing::Days).left += 1;
    }
    Ok(())
}

fn all_sites(desk: &Desk) -> rusqlite::Result<BTreeSet<SiteId>> {
    desk.transaction
        .prepare_cached("select id from site")?
        .query_map([], |row| uuid(row, "id").map(SiteId))?
        .collect()
}
