//! Who teaches which class, and how many students sit in it.

use super::classes::{Known, known};
use super::desk::Desk;
use crate::domain::id::{ClassId, PersonId};
use crate::domain::import::{FileKind, Mode, Named, Reason, Thing, Trouble};
use crate::server::import::roster::{At, StudentsOf};
use crate::server::store::sqlite::tokens::uuid;
use crate::sync::office::LIST_MAX;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A class and somebody who teaches it.
type Teaches = (ClassId, PersonId);

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    if desk.roster.enrollments_mode == Mode::Absent {
        return Ok(());
    }
    let mut classes = known(desk)?;
    // Who taught a class that has ended is left as it was.
    classes.retain(|_, known| known.there);
    teachers(desk, &classes)?;
    match desk.roster.enrollments_mode {
        Mode::Bulk => students(desk, &classes),
        _ => Ok(()),
    }
}

fn teachers(desk: &mut Desk, classes: &BTreeMap<String, Known>) -> rusqlite::Result<()> {
    let at_hand: HashSet<ClassId> = classes.values().map(|known| known.class).collect();
    let before = said_before(desk, &at_hand)?;
    let mut now: BTreeMap<Teaches, At> = match desk.roster.enrollments_mode {
        Mode::Bulk => BTreeMap::new(),
        _ => before
            .iter()
            .map(|teaches| (*teaches, At::default()))
            .collect(),
    };
    let left_out = &desk.roster.left_out;
    let left_out = left_out.teachers.iter().chain(&left_out.classes);
    let left_out: HashSet<ClassId> = left_out
        .filter_map(|id| classes.get(id).map(|known| known.class))
        .collect();
    let kept = before.iter().filter(|(class, _)| left_out.contains(class));
    now.extend(kept.map(|teaches| (*teaches, At::default())));
    for row in &desk.roster.teaching {
        desk.done();
        let Some(known) = classes.get(&row.class) else {
            // A class that was left out, or is over, takes its teachers with it.
            let is_spoken_of = desk
                .roster
                .classes
                .iter()
                .any(|class| class.id == row.class);
            if !is_spoken_of && !row.gone {
                desk.dangling(row.at, "classSourcedId", Named::Class);
            }
            continue;
        };
        let Some(person) = desk.staff.get(&row.person).copied() else {
            let is_spoken_of = desk
                .roster
                .people
                .iter()
                .any(|person| person.id == row.person);
            if !is_spoken_of && !row.gone {
                desk.dangling(row.at, "userSourcedId", Named::Staff);
            }
            continue;
        };
        let teaches = (known.class, person);
        match row.gone {
            true => now.remove(&teaches),
            false => now.insert(teaches, row.at),
        };
    }
    let mut of_class: HashMap<ClassId, usize> = HashMap::new();
    let new: Vec<(Teaches, At)> = now.iter().map(|(teaches, at)| (*teaches, *at)).collect();
    for ((class, person), at) in new {
        let number = of_class.entry(class).or_default();
        *number += 1;
        if *number > LIST_MAX {
            let limit = LIST_MAX as u32;
            desk.bad(at, "classSourcedId", Reason::TooManyHere { limit });
            now.remove(&(class, person));
        } else if !before.contains(&(class, person)) {
            begins(desk, (class, person))?;
        }
    }
    for teaches in before.iter().filter(|teaches| !now.contains_key(*teaches)) {
        ends(desk, *teaches)?;
    }
    Ok(())
}

fn said_before(desk: &Desk, classes: &HashSet<ClassId>) -> rusqlite::Result<BTreeSet<Teaches>> {
    let mut statement = desk
        .transaction
        .prepare_cached("select class, person from imported_teacher where source = ?1")?;
    let rows = statement.query_map([&desk.roster.source], |row| {
        let person = desk.one(PersonId(uuid(row, "person")?));
        Ok((ClassId(uuid(row, "class")?), person))
    })?;
    let mut before = BTreeSet::new();
    for row in rows {
        let teaches = row?;
        if classes.contains(&teaches.0) {
            before.insert(teaches);
        }
    }
    Ok(before)
}

fn begins(desk: &mut Desk, (class, person): Teaches) -> rusqlite::Result<()> {
    desk.transaction
        .prepare_cached("insert into imported_teacher (source, class, person) values (?1, ?2, ?3)")?
        .execute(params![
            desk.roster.source,
            class.0.as_bytes(),
            person.0.as_bytes()
        ])?;
    let begun = desk
        .transaction
        .prepare_cached(
            "insert into class_teacher (class, person) values (?1, ?2) on conflict do nothing",
        )?
        .execute([class.0.as_bytes(), person.0.as_bytes()])?;
    desk.count(Thing::Teachers).added += u32::from(begun > 0);
    Ok(())
}

fn ends(desk: &mut Desk, (class, person): Teaches) -> rusqlite::Result<()> {
    let mut ended = 0;
    for entry in desk.entries(person) {
        desk.transaction
            .prepare_cached(
                "delete from imported_teacher where source = ?1 and class = ?2 and person = ?3",
            )?
            .execute(params![
                desk.roster.source,
                class.0.as_bytes(),
                entry.0.as_bytes()
            ])?;
        ended += desk
            .transaction
            .prepare_cached("delete from class_teacher where class = ?1 and person = ?2")?
            .execute([class.0.as_bytes(), entry.0.as_bytes()])?;
    }
    desk.count(Thing::Teachers).left += u32::from(ended > 0);
    Ok(())
}

/// A line of the counts of a class: what is counted, its name, how many.
type Counted = BTreeSet<(&'static str, String, u32)>;

/// Writes the counts that differ. They are all there is: a class that is not among them has no students.
fn students(desk: &mut Desk, classes: &BTreeMap<String, Known>) -> rusqlite::Result<()> {
    for id in desk.roster.counts.keys() {
        let is_spoken_of = || {
            desk.roster.classes.iter().any(|class| class.id == *id)
                || desk.roster.left_out.classes.contains(id)
        };
        if !classes.contains_key(id) && !is_spoken_of() {
            let files = &desk.roster.files;
            let file = files.iter().find(|file| file.kind == FileKind::Enrollments);
            desk.troubles.add(Trouble {
                file: file.map(|file| file.name.clone()).unwrap_or_default(),
                line: None,
                column: Some("classSourcedId".into()),
                reason: Reason::NoSuch { what: Named::Class },
            });
        }
    }
    let nobody = StudentsOf::default();
    for (id, known) in classes {
        desk.done();
        if desk.roster.left_out.classes.contains(id) {
            continue;
        }
        let now = counted(desk.roster.counts.get(id).unwrap_or(&nobody));
        let before = counted_before(desk, known.class)?;
        if now == before {
            continue;
        }
        let class = known.class.0.as_bytes();
        desk.transaction
            .prepare_cached("delete from class_students where class = ?1")?
            .execute([class])?;
        for (kind, name, students) in &now {
            desk.transaction
                .prepare_cached(
                    "insert into class_students (class, kind, name, students) \
                     values (?1, ?2, ?3, ?4)",
                )?
                .execute(params![class, kind, name, students])?;
        }
        let count = desk.count(Thing::StudentCounts);
        match before.is_empty() {
            true => count.added += 1,
            false => count.changed += 1,
        }
    }
    Ok(())
}

fn counted(students: &StudentsOf) -> Counted {
    let all = (students.all > 0).then(|| ("all", String::new(), students.all));
    let lines = |kind, of: &BTreeMap<String, u32>| {
        let lines = of
            .iter()
            .map(|(name, number)| (kind, name.clone(), *number));
        lines.collect::<Vec<_>>()
    };
    all.into_iter()
        .chain(lines("grade", &students.grades))
        .chain(lines("group", &students.groups))
        .collect()
}

fn counted_before(desk: &Desk, class: ClassId) -> rusqlite::Result<Counted> {
    desk.transaction
        .prepare_cached("select kind, name, students from class_students where class = ?1")?
        .query_map([class.0.as_bytes()], |row| {
            let kind: String = row.get(0)?;
            let kind = match &*kind {
                "grade" => "grade",
                "group" => "group",
                _ => "all",
            };
            Ok((kind, row.get(1)?, row.get(2)?))
        })?
        .collect()
}
