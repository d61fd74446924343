//! Doors of the office, and its sessions.

use super::SqliteStore;
use super::people::posts;
use super::tokens::{standing, uuid};
use crate::domain::hash::Sha256;
use crate::domain::id::{DeviceId, PersonId};
use crate::domain::problem::Problem;
use crate::server::store::people::Asked;
use crate::server::store::sessions::{Door, NewSession, Seated, Sessions};
use crate::server::store::{Caller, Later};
use crate::text::Language;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

impl Sessions for SqliteStore {
    fn make_door(&self, door: Door) -> Later<'_, ()> {
        self.write(move |connection| {
            let transaction = connection.transaction()?;
            let device = door.caller.device.0;
            transaction.execute(
                "delete from office_door where device = ?1 or expires_utc_ms <= ?2",
                params![device.as_bytes(), door.made_at_utc_ms],
            )?;
            transaction
                .prepare_cached(include_str!("door_insert.sql"))?
                .execute(named_params! {
                    ":sha256": door.sha256.0,
                    ":person": door.caller.person.0.as_bytes(),
                    ":device": device.as_bytes(),
                    ":offset_min": door.offset_min,
                    ":made_at_utc_ms": door.made_at_utc_ms,
                    ":expires_utc_ms": door.expires_utc_ms,
                })?;
            transaction.commit()
        })
    }

    fn enter(&self, door_sha256: Sha256, session: NewSession) -> Asked<'_, ()> {
        self.ask(move |transaction| {
            // Sessions that are over go whenever one begins.
            transaction.execute(
                "delete from office_session where expires_utc_ms <= ?1",
                [session.made_at_utc_ms],
            )?;
            let begun = transaction
                .prepare_cached(include_str!("session_begin.sql"))?
                .execute(named_params! {
                    ":sha256": session.sha256.0,
                    ":door_sha256": door_sha256.0,
                    ":now_utc_ms": session.made_at_utc_ms,
                    ":expires_utc_ms": session.expires_utc_ms,
                })?;
            if begun == 0 {
                return Err(Problem::SecretUnknown.into());
            }
            transaction.execute("delete from office_door where sha256 = ?1", [door_sha256.0])?;
            Ok(())
        })
    }

    fn session(&self, sha256: Sha256, now_utc_ms: i64) -> Later<'_, Option<Seated>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            seated(&transaction, sha256, now_utc_ms)
        })
    }

    fn speak(&self, sha256: Sha256, language: Language) -> Later<'_, ()> {
        self.write(move |connection| {
            connection
                .prepare_cached("update office_session set language = ?2 where sha256 = ?1")?
                .execute(params![sha256.0, language.tag()])
                .map(drop)
        })
    }

    fn end_session(&self, sha256: Sha256) -> Later<'_, ()> {
        self.write(move |connection| {
            connection
                .prepare_cached("delete from office_session where sha256 = ?1")?
                .execute([sha256.0])
                .map(drop)
        })
    }
}

fn seated(
    connection: &Connection,
    sha256: Sha256,
    now_utc_ms: i64,
) -> rusqlite::Result<Option<Seated>> {
    let found = connection
        .prepare_cached(include_str!("session.sql"))?
        .query_row(params![sha256.0, now_utc_ms], row_to_seated)
        .optional()?;
    let Some(seated) = found else {
        return Ok(None);
    };
    let caller = standing(connection, seated.caller)?;
    let posts = posts(connection, caller.person)?;
    Ok(Some(Seated {
        caller,
        posts,
        ..seated
    }))
}

/// Who has a session, without their posts.
fn row_to_seated(row: &Row) -> rusqlite::Result<Seated> {
    Ok(Seated {
        caller: Caller {
            person: PersonId(uuid(row, "person")?),
            device: DeviceId(uuid(row, "device")?),
        },
        name: row.get("name")?,
        posts: Vec::new(),
        language: language_of(row)?,
        offset_min: row.get("offset_min")?,
    })
}

/// The column `language` as texts have it.
pub(super) fn language_of(row: &Row) -> rusqlite::Result<Language> {
    Ok(match row.get_ref("language")?.as_str()? {
        "es" => Language::Spanish,
        _ => Language::English,
    })
}
