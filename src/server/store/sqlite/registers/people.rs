//! People for the pages that list them, and one person with everything the office knows of them.

use super::super::people::{entries, place_text, row_to_post, was_only_met};
use super::super::sessions::language_of;
use super::super::tokens::uuid;
use super::{LIMIT, idea_name, like, listed};
use crate::domain::id::PersonId;
use crate::domain::people::Place;
use crate::report::office::devices::DeviceLine;
use crate::report::office::people::{Access, PersonLine, PersonSheet, PlaceLine, PostLine, Which};
use crate::report::office::person::Mailed;
use crate::server::store::registers::{Listed, PeopleAsked};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// A page of people.
pub(super) fn find(
    connection: &Connection,
    asked: &PeopleAsked,
    now_utc_ms: i64,
) -> rusqlite::Result<Listed<PersonLine>> {
    let site = asked.site.map(|site| place_text(&Place::Site(site)));
    let found = listed(
        connection,
        include_str!("../register_people.sql"),
        named_params! {
            ":text": like(&asked.text),
            ":mails": asked.mails,
            ":site": site,
            ":left": asked.which == Which::Left,
            ":only_met": asked.which == Which::OnlyMet,
            ":except": asked.except.as_ref().map(|person| person.0.as_bytes()),
            ":after": asked.after.as_ref().map(|person| person.0.as_bytes()),
            ":limit": LIMIT,
        },
        row_to_person,
    )?;
    let lines = found.lines.into_iter();
    let lines = lines.map(|line| Ok(about(connection, line, now_utc_ms)?.0));
    Ok(Listed {
        lines: lines.collect::<rusqlite::Result<_>>()?,
        all: found.all,
        more: found.more,
    })
}

/// All about one person.
pub(super) fn sheet(
    connection: &Connection,
    person: PersonId,
    now_utc_ms: i64,
) -> rusqlite::Result<Option<PersonSheet>> {
    let found = connection
        .prepare_cached("select * from person where id = ?1")?
        .query_row([person.0.as_bytes()], |row| {
            Ok((row_to_person(row)?, language_of(row)?))
        })
        .optional()?;
    let Some((line, language)) = found else {
        return Ok(None);
    };
    let (line, invited) = about(connection, line, now_utc_ms)?;
    let mut devices = Vec::new();
    for entry in entries(connection, person)? {
        devices.extend(super::devices::of(connection, entry)?);
    }
    devices.sort_by_key(|device: &DeviceLine| {
        (
            device.ended_at_utc_ms.is_some(),
            std::cmp::Reverse(device.seen_at_utc_ms),
        )
    });
    Ok(Some(PersonSheet {
        line,
        language,
        devices,
        link_made_at_utc_ms: invited.link_made_at_utc_ms,
        mail: invited.mail,
        only_met: was_only_met(connection, &entries(connection, person)?)?,
    }))
}

/// A person without posts; those who have left say so.
fn row_to_person(row: &Row) -> rusqlite::Result<PersonLine> {
    let left: Option<i64> = row.get("left_at_utc_ms")?;
    Ok(PersonLine {
        id: PersonId(uuid(row, "id")?),
        name: row.get("name")?,
        mail: row.get("mail")?,
        posts: Vec::new(),
        access: match left {
            Some(_) => Access::Left,
            None => Access::NotInvited,
        },
    })
}

/// How an invitation stands.
#[derive(Default)]
struct Invitation {
    link_made_at_utc_ms: Option<i64>,
    mail: Option<Mailed>,
}

/// Adds posts, and whether the person can sign in, under all entries that are one with theirs.
fn about(
    connection: &Connection,
    line: PersonLine,
    now_utc_ms: i64,
) -> rusqlite::Result<(PersonLine, Invitation)> {
    let (mut posts, mut signed_in, mut invited) = (Vec::new(), false, Invitation::default());
    let mut held = connection.prepare_cached(include_str!("../register_posts.sql"))?;
    let mut in_use = connection
        .prepare_cached("select 1 from device where person = ?1 and ended_at_utc_ms is null")?;
    for entry in entries(connection, line.id)? {
        let id = entry.0.as_bytes();
        for post in held.query_map([id], row_to_post_line)? {
            let post = post?;
            if !posts.contains(&post) {
                posts.push(post);
            }
        }
        signed_in |= in_use.exists([id])?;
        let one = invitation(connection, entry, now_utc_ms)?;
        invited.link_made_at_utc_ms = invited.link_made_at_utc_ms.max(one.link_made_at_utc_ms);
        invited.mail = invited.mail.or(one.mail);
    }
    let access = match line.access {
        Access::Left => Access::Left,
        _ if signed_in => Access::SignedIn,
        _ if invited.link_made_at_utc_ms.is_some() || invited.mail == Some(Mailed::Waits) => {
            Access::Invited
        }
        other => other,
    };
    let line = PersonLine {
        posts,
        access,
        ..line
    };
    Ok((line, invited))
}

fn invitation(
    connection: &Connection,
    entry: PersonId,
    now_utc_ms: i64,
) -> rusqlite::Result<Invitation> {
    connection
        .prepare_cached(include_str!("../register_invited.sql"))?
        .query_row(
            named_params! { ":person": entry.0.as_bytes(), ":now_utc_ms": now_utc_ms },
            |row| {
                let made: Option<i64> = row.get("made_at_utc_ms")?;
                let sent: Option<i64> = row.get("sent_at_utc_ms")?;
                let given_up: Option<String> = row.get("given_up")?;
                Ok(Invitation {
                    link_made_at_utc_ms: row.get("link_made_at_utc_ms")?,
                    mail: made.map(|_| match (sent, given_up) {
                        (Some(at), _) => Mailed::Sent(at),
                        (None, Some(_)) => Mailed::GivenUp,
                        (None, None) => Mailed::Waits,
                    }),
                })
            },
        )
}

/// A post with the name of its place.
fn row_to_post_line(row: &Row) -> rusqlite::Result<PostLine> {
    let post = row_to_post(row)?;
    let name: Option<String> = row.get("site_name")?;
    Ok(PostLine {
        role: post.role,
        place: match post.place {
            Place::Site(site) => PlaceLine::Site(site, name.unwrap_or_default()),
            Place::Idea(key) => PlaceLine::Idea(idea_name(row, key)?),
            Place::District => PlaceLine::District,
        },
    })
}
