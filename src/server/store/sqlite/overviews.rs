//! What the overview counts. The district is shown nothing here that its documents would not show it.

use super::SqliteStore;
use super::people::load;
use super::registers::known_ideas;
use super::tokens::uuid;
use crate::domain::agreement::Agreements;
use crate::domain::document::{Audience, Document};
use crate::domain::id::PersonId;
use crate::domain::people::{People, Place, Role};
use crate::domain::study::follow_through::{Share, Written, shares};
use crate::domain::visibility::{Relation, Row as Shown};
use crate::report::office::overview::{IdeaLine, Overview, ToDo};
use crate::server::store::Later;
use crate::server::store::overviews::Overviews;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

impl Overviews for SqliteStore {
    fn overview(&self, now_utc_ms: i64) -> Later<'_, Overview> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            overview(&transaction, now_utc_ms)
        })
    }
}

fn overview(connection: &Connection, now_utc_ms: i64) -> rusqlite::Result<Overview> {
    let people = load(connection)?;
    let here = ids(
        connection,
        "select id from person where left_at_utc_ms is null",
        &people,
    )?;
    let signed_in = ids(
        connection,
        "select person as id from device where ended_at_utc_ms is null",
        &people,
    )?;
    let invited = invited(connection, &people, now_utc_ms)?;
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    let agreements = Agreements::of(super::agreements::load(connection)?);
    let agreement = agreements.at(now_utc_ms);
    let (read, ideas_read) = if agreement.withholds(Shown::Opened, Relation::District) {
        (Share::Closed, None)
    } else {
        let (all, ideas) = shares(&written(connection, &people)?, now_utc_ms);
        let closed = agreement.withholds(Shown::Measures, Relation::District);
        (all, (!closed).then_some(ideas))
    };
    let ideas = ideas(connection, &people, &here, ideas_read.as_ref())?;
    let mut to_do = Vec::new();
    // Whoever looks at this page is one.
    if invited.len() <= 1 {
        to_do.push(ToDo::InviteSomebody);
    } else if !ideas.iter().any(|idea| idea.team > 0) {
        to_do.push(ToDo::GiveAnIdeaATeam);
    }
    if people.all_only_met().any(|person| here.contains(&person)) {
        to_do.push(ToDo::ConfirmPeople);
    }
    Ok(Overview {
        to_do,
        read,
        ideas,
        people: here.len() as u64,
        signed_in: signed_in.intersection(&here).count() as u64,
        sites: count("select count(*) from site")?,
        classes: count("select count(*) from class where ended_at_utc_ms is null")?,
    })
}

/// The people of a query of ids, each once, whatever was merged.
fn ids(
    connection: &Connection,
    sql: &str,
    people: &People,
) -> rusqlite::Result<BTreeSet<PersonId>> {
    connection
        .prepare_cached(sql)?
        .query_map([], |row| Ok(people.resolve(PersonId(uuid(row, "id")?))))?
        .collect()
}

fn invited(
    connection: &Connection,
    people: &People,
    now_utc_ms: i64,
) -> rusqlite::Result<BTreeSet<PersonId>> {
    connection
        .prepare_cached(include_str!("overview_invited.sql"))?
        .query_map([now_utc_ms], |row| {
            Ok(people.resolve(PersonId(uuid(row, "person")?)))
        })?
        .collect()
}

/// Feedback by the observer of a visit, and when its teacher opened it; what others said of it is nothing.
fn written(connection: &Connection, people: &People) -> rusqlite::Result<Vec<Written>> {
    let mut statement = connection.prepare_cached(include_str!("overview_written.sql"))?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<String, Written> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let person = |column| uuid(row, column).map(PersonId);
        let teacher = people.resolve(person("teacher")?);
        let observer = people.resolve(person("observer")?);
        if !people.are_one(person("sent_by")?, observer) {
            continue;
        }
        let sent_utc_ms: i64 = row.get("sent_utc_ms")?;
        let opened_by: Option<[u8; 16]> = row.get("opened_by")?;
        let by_teacher = opened_by
            .is_some_and(|by| people.resolve(PersonId(uuid::Uuid::from_bytes(by))) == teacher);
        let opened: Option<i64> = row.get("opened_utc_ms")?;
        let opened = opened.filter(|_| by_teacher);
        let one = found.entry(row.get("about")?).or_insert(Written {
            idea: row.get("form")?,
            teacher,
            observer,
            sent_utc_ms,
            opened_utc_ms: None,
        });
        one.sent_utc_ms = one.sent_utc_ms.min(sent_utc_ms);
        one.opened_utc_ms = match (one.opened_utc_ms, opened) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    Ok(found.into_values().collect())
}

fn ideas(
    connection: &Connection,
    people: &People,
    here: &BTreeSet<PersonId>,
    read: Option<&BTreeMap<String, Share>>,
) -> rusqlite::Result<Vec<IdeaLine>> {
    let visits = visits(connection)?;
    let mut lines = Vec::new();
    let here_or_met = known_ideas(connection)?.into_iter();
    for known in here_or_met.filter(|known| known.is_met || known.state.is_some()) {
        let key = &known.name.key;
        let place = Place::Idea(key.clone());
        let in_team = |person: &&PersonId| {
            people
                .posts(**person)
                .any(|post| post.role == Role::Pilot && post.place == place)
        };
        lines.push(IdeaLine {
            state: known.state,
            team: here.iter().filter(in_team).count() as u64,
            visits: visits.get(key).copied(),
            read: match read {
                None => Share::Closed,
                Some(read) => read.get(key).copied().unwrap_or_default(),
            },
            name: known.name,
        });
    }
    Ok(lines)
}

/// How many visits each idea had, as the documents of the district say it.
fn visits(connection: &Connection) -> rusqlite::Result<BTreeMap<String, u64>> {
    let mut statement = connection.prepare_cached(
        "select body from document where audience = ?1 and kind = 'measures' and body is not null",
    )?;
    let bodies = statement.query_map([Audience::District.to_string()], |row| {
        row.get::<_, String>("body")
    })?;
    let mut visits = BTreeMap::new();
    for body in bodies {
        // What an older version made is made again when it is rebuilt.
        if let Ok(Document::Measures(measures)) = serde_json::from_str(&body?) {
            visits.insert(measures.form.key, u64::from(measures.visits));
        }
    }
    Ok(visits)
}
