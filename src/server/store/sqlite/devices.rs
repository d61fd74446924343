//! Devices that are or were signed in.

use super::SqliteStore;
use super::ask::Stop;
use super::people::entries;
use super::secrets::end_given;
use super::tokens::uuid;
use crate::domain::id::{DeviceId, PersonId};
use crate::domain::problem::Problem;
use crate::server::store::devices::Devices;
use crate::server::store::people::{Asked, PAGE};
use crate::server::store::{Caller, Later};
use crate::sync::office::Device;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use uuid::Uuid;

impl Devices for SqliteStore {
    fn devices(
        &self,
        caller: Caller,
        everybodys: bool,
        after: Option<DeviceId>,
    ) -> Later<'_, Vec<Device>> {
        self.read(move |connection| {
            let transaction = connection.transaction()?;
            let after = after.map_or(Uuid::nil(), |device| device.0);
            match everybodys {
                true => page(&transaction, after),
                false => own_page(&transaction, caller.person, after),
            }
        })
    }

    fn end_device(
        &self,
        caller: Caller,
        everybodys: bool,
        device: DeviceId,
        now_utc_ms: i64,
    ) -> Asked<'_, Device> {
        self.ask(move |transaction| end(transaction, caller, everybodys, device, now_utc_ms))
    }
}

fn page(connection: &Connection, after: Uuid) -> rusqlite::Result<Vec<Device>> {
    connection
        .prepare_cached(include_str!("devices.sql"))?
        .query_map(params![after.as_bytes(), PAGE], row_to_device)?
        .collect()
}

fn own_page(
    connection: &Connection,
    person: PersonId,
    after: Uuid,
) -> rusqlite::Result<Vec<Device>> {
    let mut statement = connection.prepare_cached(include_str!("devices_own.sql"))?;
    let mut devices = Vec::new();
    for entry in entries(connection, person)? {
        let of_entry = params![after.as_bytes(), PAGE, entry.0.as_bytes()];
        for device in statement.query_map(of_entry, row_to_device)? {
            devices.push(device?);
        }
    }
    devices.sort_unstable_by_key(|device| device.id);
    devices.truncate(PAGE.unsigned_abs() as usize);
    Ok(devices)
}

fn row_to_device(row: &Row) -> rusqlite::Result<Device> {
    Ok(Device {
        id: DeviceId(uuid(row, "id")?),
        person: PersonId(uuid(row, "person")?),
        name: row.get("name")?,
        label: row.get("label")?,
        signed_in_at_utc_ms: row.get("signed_in_at_utc_ms")?,
        seen_at_utc_ms: row.get("seen_at_utc_ms")?,
        ended_at_utc_ms: row.get("ended_at_utc_ms")?,
    })
}

fn end(
    transaction: &Transaction,
    caller: Caller,
    everybodys: bool,
    device: DeviceId,
    now_utc_ms: i64,
) -> Result<Device, Stop> {
    let find = || {
        transaction
            .prepare_cached(include_str!("device.sql"))?
            .query_row([device.0.as_bytes()], row_to_device)
            .optional()
    };
    let found = find()?;
    if !everybodys {
        let own = entries(transaction, caller.person)?;
        let is_own = |found: &Device| own.contains(&found.person);
        if !found.as_ref().is_some_and(is_own) {
            return Err(Problem::NotAllowed.into());
        }
    }
    let found = found.ok_or(Problem::NotFound)?;
    // A code that was read off the device must not sign anybody in after it.
    for entry in entries(transaction, found.person)? {
        end_given(transaction, "code", Some(entry), now_utc_ms)?;
    }
    transaction
        .prepare_cached(
            "update device set ended_at_utc_ms = ?2 where id = ?1 and ended_at_utc_ms is null",
        )?
        .execute(params![device.0.as_bytes(), now_utc_ms])?;
    Ok(find()?.ok_or(Problem::NotFound)?)
}
