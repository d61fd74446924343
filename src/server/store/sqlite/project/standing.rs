//! What visits rest on beside their events, who is who and who may what, and which visits to make again when it
//! changes.

use super::batch::Desk;
use crate::domain::id::PersonId;
use crate::server::store::sqlite::people::{place_text, role_name};
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;

/// Whose visits rest on something that has changed since they were made. What is so now is kept for the
/// next comparison.
pub(super) fn changed(desk: &Desk) -> rusqlite::Result<BTreeSet<PersonId>> {
    let transaction = desk.transaction;
    let now = lines(desk)?;
    let mut statement = transaction.prepare_cached("select line from projected_people")?;
    let before = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<BTreeSet<String>>>()?;
    let mut persons = BTreeSet::new();
    for line in now.symmetric_difference(&before) {
        // What follows the kind says whom it is about; roles, places and times are no ids and passed over.
        persons.extend(
            line.split(' ')
                .skip(1)
                .filter_map(|id| id.parse::<PersonId>().ok()),
        );
        let sql = match now.contains(line) {
            true => "insert into projected_people values (?1)",
            false => "delete from projected_people where line = ?1",
        };
        transaction.prepare_cached(sql)?.execute([line])?;
    }
    Ok(persons)
}

/// Line by line: `alias <from> <into>`, `post <person> <role> <place>` of every post that is or was held,
/// `yes <person> <until>`, `met <person>` of who was added on the spot and is not known to the office.
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
        format!("post {person} {role} {place}")
    }));
    let yes = people.all_consent();
    lines.extend(yes.map(|(person, until)| format!("yes {person} {until}")));
    let met = people.all_only_met();
    lines.extend(met.map(|person| format!("met {person}")));
    Ok(lines)
}

/// Has everything made again that an entry said, that was made for it, or that is refused and names it.
pub(super) fn again(transaction: &Transaction, entry: PersonId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(include_str!("again.sql"))?
        .execute(params![format!("person:{entry}"), entry.0.as_bytes()])?;
    Ok(())
}
