//! Devices for the pages that list them.

use super::super::tokens::uuid;
use super::{LIMIT, like, listed};
use crate::domain::id::{DeviceId, PersonId};
use crate::report::office::devices::DeviceLine;
use crate::server::store::registers::{DevicesAsked, Listed};
use rusqlite::{Connection, Row, named_params};

/// A page of devices.
pub(super) fn find(
    connection: &Connection,
    asked: &DevicesAsked,
) -> rusqlite::Result<Listed<DeviceLine>> {
    listed(
        connection,
        include_str!("../register_devices.sql"),
        named_params! {
            ":text": like(&asked.text),
            ":ended": asked.ended,
            ":after": asked.after.as_ref().map(|device| device.0.as_bytes()),
            ":limit": LIMIT,
        },
        row_to_device,
    )
}

/// The devices of one entry.
pub(super) fn of(connection: &Connection, person: PersonId) -> rusqlite::Result<Vec<DeviceLine>> {
    connection
        .prepare_cached(
            "select device.*, person.name from device \
             join person on person.id = device.person where device.person = ?1",
        )?
        .query_map([person.0.as_bytes()], row_to_device)?
        .collect()
}

fn row_to_device(row: &Row) -> rusqlite::Result<DeviceLine> {
    Ok(DeviceLine {
        id: DeviceId(uuid(row, "id")?),
        person: PersonId(uuid(row, "person")?),
        name: row.get("name")?,
        label: row.get("label")?,
        signed_in_at_utc_ms: row.get("signed_in_at_utc_ms")?,
        seen_at_utc_ms: row.get("seen_at_utc_ms")?,
        ended_at_utc_ms: row.get("ended_at_utc_ms")?,
    })
}
