//! Where and when: sites with their clocks, bells, days, the district; and classes that could not be visited.

use super::batch::Desk;
use super::pen::Pen;
use super::people::texts;
use super::{events, visit};
use crate::domain::document::{Audience, ClassMissedDocument, Document};
use crate::domain::event::Fact;
use crate::domain::id::SiteId;
use crate::domain::place::calendar::CalendarDocument;
use crate::domain::place::{Bells, Day, DayType, District, Period, Schedule, Site};
use crate::domain::visibility::{Circumstances, Relation, Row, Shown, sees};
use crate::server::store::sqlite::people::refresh;
use crate::server::store::sqlite::tokens::uuid;
use crate::server::zone;
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::collections::BTreeMap;

/// What the documents of sites, bells, days and the district are about.
pub(super) const PLACES: &str = "places";
/// The day on which a week begins as long as the district has not said it: Monday.
const MONDAY: u8 = 1;

/// Has the sites' clocks made again when a year has begun since they were made.
pub(super) fn renew(transaction: &Transaction, now_utc_ms: i64) -> rusqlite::Result<()> {
    let made: Option<i32> = transaction
        .prepare_cached("select year from projected_clocks")?
        .query_row([], |row| row.get(0))
        .optional()?;
    match made.is_some_and(|made| made != zone::year(now_utc_ms)) {
        true => refresh(transaction, PLACES),
        false => Ok(()),
    }
}

/// Makes the documents of all sites, their bells and days, and of the district.
pub(super) fn places(desk: &Desk, pen: &mut Pen) -> rusqlite::Result<()> {
    let transaction = desk.transaction;
    let district = district(transaction)?;
    let year = zone::year(desk.now_utc_ms);
    transaction
        .prepare_cached("insert or replace into projected_clocks values (1, ?1)")?
        .execute([year])?;
    let offsets = zone::offsets(district.time_zone.as_deref(), year);
    let mut made = Vec::new();
    let mut sites = transaction.prepare_cached("select id, name from site")?;
    for site in sites.query_map([], |row| Ok((SiteId(uuid(row, "id")?), row.get("name")?)))? {
        let (id, name) = site?;
        let offsets = offsets.clone();
        let site = Site { id, name, offsets };
        made.push((Audience::Everyone, Document::Site(site)));
    }
    for bells in bells(transaction)? {
        let site = Audience::Site(bells.site);
        made.push((Audience::District, Document::Bells(bells.clone())));
        made.push((site, Document::Bells(bells)));
    }
    // Days of school years that are over stay out: what is waited for begins in this one.
    let local_day = Day::from_epoch(desk.now_utc_ms.div_euclid(24 * 60 * 60 * 1000));
    let since = local_day.and_then(|day| Day::of(day.school_year() - 1, 7, 1));
    for calendar in calendars(transaction, since)? {
        let site = Audience::Site(calendar.site);
        made.push((Audience::District, Document::Calendar(calendar.clone())));
        made.push((site, Document::Calendar(calendar)));
    }
    made.push((Audience::Everyone, Document::District(district)));
    pen.write(PLACES, made)
}

/// The district's settings; where it has said nothing, what holds until then.
pub(super) fn district(connection: &Connection) -> rusqlite::Result<District> {
    let demo = connection
        .prepare_cached("select 1 from demo")?
        .exists([])?;
    let said = connection
        .prepare_cached(
            "select name, time_zone, week_start, ifnull(languages, '[]') as languages from district",
        )?
        .query_row([], |row| {
            Ok(District {
                name: row.get("name")?,
                demo,
                time_zone: row.get("time_zone")?,
                week_start: row.get::<_, Option<u8>>("week_start")?.unwrap_or(MONDAY),
                languages: texts(row, "languages")?,
            })
        })
        .optional()?;
    Ok(said.unwrap_or(District {
        name: None,
        demo,
        time_zone: None,
        week_start: MONDAY,
        languages: Vec::new(),
    }))
}

fn bells(connection: &Connection) -> rusqlite::Result<Vec<Bells>> {
    let mut statement = connection.prepare_cached(
        "select * from bell order by site, day_type, starts_min, ends_min, period",
    )?;
    let rows = statement.query_map([], |row| {
        let period = Period {
            name: row.get("period")?,
            starts_min: row.get("starts_min")?,
            ends_min: row.get("ends_min")?,
        };
        Ok((
            SiteId(uuid(row, "site")?),
            DayType(row.get("day_type")?),
            period,
        ))
    })?;
    let mut all: BTreeMap<SiteId, BTreeMap<DayType, Vec<Period>>> = BTreeMap::new();
    for row in rows {
        let (site, day_type, period) = row?;
        let schedules = all.entry(site).or_default();
        schedules.entry(day_type).or_default().push(period);
    }
    let schedule = |(day_type, periods)| Schedule { day_type, periods };
    let of_site = |(site, schedules): (_, BTreeMap<_, _>)| Bells {
        site,
        schedules: schedules.into_iter().map(schedule).collect(),
    };
    Ok(all.into_iter().map(of_site).collect())
}

fn calendars(
    connection: &Connection,
    since: Option<Day>,
) -> rusqlite::Result<Vec<CalendarDocument>> {
    let mut statement =
        connection.prepare_cached("select site, day, day_type from calendar_day")?;
    let rows = statement.query_map([], |row| {
        let day: String = row.get("day")?;
        let day_type: Option<String> = row.get("day_type")?;
        Ok((SiteId(uuid(row, "site")?), day, day_type.map(DayType)))
    })?;
    let mut all: BTreeMap<SiteId, BTreeMap<Day, Option<DayType>>> = BTreeMap::new();
    for row in rows {
        let (site, day, day_type) = row?;
        // The table takes days that no calendar has, such as the 31st of a short month.
        let Ok(day) = day.parse::<Day>() else {
            continue;
        };
        if since.is_none_or(|since| day >= since) {
            all.entry(site).or_default().insert(day, day_type);
        }
    }
    let of_site = |(site, days)| CalendarDocument { site, days };
    Ok(all.into_iter().map(of_site).collect())
}

/// Makes the document of a class that could not be visited, for whoever stood before its door.
pub(super) fn missed(desk: &Desk, pen: &mut Pen, about: &str) -> rusqlite::Result<()> {
    let events = events::about(desk.transaction, about)?;
    let Some((event, missed)) = events.iter().find_map(|event| match &event.read.fact {
        Fact::ClassMissed(missed) => Some((&event.read, missed)),
        _ => None,
    }) else {
        return visit::others(desk, pen, about);
    };
    let agreement = desk.agreements.at(event.at.at_utc_ms);
    let now = Circumstances::default();
    let mut made = Vec::new();
    if sees(Row::Missed, Relation::Observer, &now, agreement) == Shown::Whole {
        let observer = Audience::Person(desk.people.resolve(event.author));
        let document = ClassMissedDocument {
            id: event.id,
            at: event.at,
            missed: missed.clone(),
        };
        made.push((observer, Document::ClassMissed(document)));
    }
    made.extend(crate::server::projector::made::erased(
        &events,
        &desk.people,
    ));
    pen.write(about, made)
}
