//! Posts that are given by mail address: the files `roles.csv` and `pilots.csv` of ours.

use super::desk::{ColumnName, Desk};
use super::people;
use super::places::Called;
use super::posts::{Posts, said_before, settle};
use crate::domain::import::{FileKind, Named, Reason};
use crate::domain::people::{Place, Role};
use crate::server::import::roster::MailPostRow;
use crate::server::store::sqlite::people::{place_text, role_name};

pub(super) fn take(desk: &mut Desk) -> rusqlite::Result<()> {
    let roster = desk.roster;
    if let Some(rows) = &roster.roles {
        given(desk, "roles", FileKind::Roles, rows)?;
    }
    if let Some(rows) = &roster.pilots {
        given(desk, "pilots", FileKind::Pilots, rows)?;
    }
    Ok(())
}

fn given(
    desk: &mut Desk,
    source: &str,
    kind: FileKind,
    rows: &[MailPostRow],
) -> rusqlite::Result<()> {
    let called = Called::load(desk)?;
    let before = said_before(desk, source)?;
    let mut now = Posts::new();
    let mut is_whole = desk.roster.is_whole(kind);
    for row in rows {
        desk.done();
        let place = match place(row, &called) {
            Ok(place) => place,
            Err(reason) => {
                desk.bad(row.at, "site", reason);
                is_whole = false;
                continue;
            }
        };
        let person = match (desk.people.by_mail(&row.mail), &row.name) {
            (Some(person), _) => person,
            (None, Some(name)) => people::add(desk, name, Some(&row.mail))?,
            (None, None) => {
                let column: ColumnName = if kind == FileKind::Pilots {
                    "teacher mail"
                } else {
                    "mail"
                };
                desk.dangling(row.at, column, Named::Mail);
                is_whole = false;
                continue;
            }
        };
        let held = (person, role_name(row.role), place_text(&place));
        if now.insert(held, row.since.clone()).is_some() {
            desk.bad(row.at, "mail", Reason::RowTwice);
        }
    }
    // With a row left out, what the file lacks may be what that row says.
    if !is_whole {
        let lacking = before.iter().filter(|(held, _)| !now.contains_key(*held));
        let lacking: Posts = lacking
            .map(|(held, since)| (held.clone(), since.clone()))
            .collect();
        now.extend(lacking);
    }
    settle(desk, source, &before, now)
}

fn place(row: &MailPostRow, called: &Called) -> Result<Place, Reason> {
    match (row.role, row.place.as_deref()) {
        (Role::Lead | Role::Admin, _) => Ok(Place::District),
        (Role::Pilot, Some(key)) => Ok(Place::Idea(key.into())),
        (_, Some(site)) => called.find(site).map(Place::Site),
        (_, None) => Err(Reason::NoSuch { what: Named::Site }),
    }
}
