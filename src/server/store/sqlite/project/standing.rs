//! What visits rest on beside their events, who is who and who may what, and which visits to make again when it
//! changes.

use super::batch::Desk;
use crate::domain::id::PersonId;
use crate::server::store::sqlite::people::{place_text, role_name};
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;

/// Whom a change of people is about.
#[derive(Default)]
pub(super) struct Changed {
    /// Whose visits rest on something that has changed since they were made.
    pub(super) persons: BTreeSet<PersonId>,
    /// Those of them of whom it changed who they are, or what they do or did: a yes to visits says nothing of that,
    /// and everybody can say it as often as they like.
    pub(super) who_is_who: BTreeSet<PersonId>,
}

/// Whom the changes since the last time are about; and has measures made again whose readers have changed. What is
/// so now is kept for the next comparison.
pub(super) fn changed(desk: &Desk) -> rusqlite::Result<Changed> {
    let transaction = desk.transaction;
    let now = lines(desk)?;
    let mut statement = transaction.prepare_cached("select line from projected_people")?;
    let before = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<BTreeSet<String>>>()?;
    let mut changed = Changed::default();
    for line in now.symmetric_difference(&before) {
        if let Some(idea) = idea_of(line) {
            transaction
                .prepare_cached("insert into to_count values (?1) on conflict do nothing")?
                .execute([format!("measures:{idea}")])?;
        }
        if !line.starts_with(TEAM) {
            changed.persons.extend(persons_of(line));
            if line.starts_with("alias ") || line.starts_with("post ") {
                changed.who_is_who.extend(persons_of(line));
            }
        }
        let sql = match now.contains(line) {
            true => "insert into projected_people values (?1)",
            false => "delete from projected_people where line = ?1",
        };
        transaction.prepare_cached(sql)?.execute([line])?;
    }
    Ok(changed)
}

/// Whom a line is about; roles, places and times are no ids and passed over.
fn persons_of(line: &str) -> impl Iterator<Item = PersonId> {
    line.split(' ').skip(1).filter_map(|id| id.parse().ok())
}

/// What lines begin with on which no visit rests: who reads measures that rest on few.
const TEAM: &str = "team ";

/// The change idea whose measures rest on a line: who is in its team, who ever was, and where they teach.
fn idea_of(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(TEAM) {
        return rest.rsplit_once(' ').map(|(idea, _)| idea);
    }
    let (_, rest) = line.split_once(" pilot idea:")?;
    rest.split(' ').next()
}

/// Line by line: `alias <from> <into>`, `post <person> <role> <place> <until>` of every post that is or was
/// held,
/// `yes <person> <until>`, `met <person>` of who was added on the spot and is not known to the office,
/// `team <idea> <person>` and `team <idea> <site>` of who is in a team now and where they teach.
fn lines(desk: &Desk) -> rusqlite::Result<BTreeSet<String>> {
    let people = &desk.people;
    let mut statement = desk
        .transaction
        .prepare_cached("select external_id from alias where source in ('device', 'merged')")?;
    let mut lines = BTreeSet::new();
    for from in statement.query_map([], |row| row.get::<_, String>(0))? {
        let from = from?;
        if let Ok(person) = from.parse() {
            lines.insert(format!("alias {from} {}", people.resolve(person)));
        }
    }
    lines.extend(people.all_held().map(|(person, post)| {
        let (role, place) = (role_name(post.role), place_text(&post.place));
        let until = people.held_until(person, post).unwrap_or(i64::MIN);
        format!("post {person} {role} {place} {until}")
    }));
    let yes = people.all_consent();
    lines.extend(yes.map(|(person, until)| format!("yes {person} {until}")));
    let met = people.all_only_met();
    lines.extend(met.map(|person| format!("met {person}")));
    for (idea, person) in people.teams() {
        lines.insert(format!("team {idea} {person}"));
        let sites = people.teaches_at(person);
        lines.extend(sites.map(|site| format!("team {idea} {site}")));
    }
    Ok(lines)
}

/// Has everything made again that an entry said, that was made for it, or that is refused and names it.
pub(super) fn again(transaction: &Transaction, entry: PersonId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(include_str!("again.sql"))?
        .execute(params![format!("person:{entry}"), entry.0.as_bytes()])?;
    Ok(())
}
