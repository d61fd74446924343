//! When the sites teach, for deadlines in school days: read when a visit asks for it, and once in a batch.

use super::batch::Desk;
use super::places::{days_of, time_zone};
use crate::domain::id::SiteId;
use crate::domain::place::calendar::Calendar;
use crate::domain::place::hours::Hours;
use crate::domain::place::{Offsets, Site};
use crate::server::projector::made::CopyDue;
use crate::server::zone;
use rusqlite::Transaction;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What was read of when sites teach.
#[derive(Default)]
pub(super) struct Schools {
    offsets: OnceCell<Offsets>,
    calendars: RefCell<BTreeMap<SiteId, Rc<Calendar>>>,
}

impl Schools {
    /// When it is late to have this copy, in milliseconds since 1970: the end of its last school day by the site's
    /// calendar and clocks. Without a calendar Monday to Friday are school days, and without a time zone the clock
    /// of the visit's device counts.
    pub(super) fn copy_due_at(&self, desk: &Desk, due: &CopyDue) -> rusqlite::Result<i64> {
        let site = Site {
            id: due.site,
            name: String::new(),
            offsets: self.offsets(desk)?,
        };
        let calendar = self.calendar(desk, due.site)?;
        let hours = Hours {
            site: &site,
            bells: None,
            calendar: Some(&calendar),
        };
        // A time that no calendar has is no reason to wait.
        let end = hours.school_days_after(due.at, due.school_days);
        Ok(end.unwrap_or(due.at.at_utc_ms))
    }

    fn offsets(&self, desk: &Desk) -> rusqlite::Result<Offsets> {
        if let Some(known) = self.offsets.get() {
            return Ok(known.clone());
        }
        let zone = time_zone(desk.transaction)?;
        let offsets = zone::offsets(zone.as_deref(), zone::year(desk.now_utc_ms));
        Ok(self.offsets.get_or_init(|| offsets).clone())
    }

    fn calendar(&self, desk: &Desk, site: SiteId) -> rusqlite::Result<Rc<Calendar>> {
        if let Some(known) = self.calendars.borrow().get(&site) {
            return Ok(Rc::clone(known));
        }
        let days = days_of(desk.transaction, site)?;
        let calendar = Rc::new(Calendar::of(days));
        let mut calendars = self.calendars.borrow_mut();
        calendars.insert(site, Rc::clone(&calendar));
        Ok(calendar)
    }
}

/// Has the copies that are not late yet be looked at again: what holds of school days or clocks has changed.
pub(super) fn changed(transaction: &Transaction, now_utc_ms: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "insert into to_refresh (about) select about from copy_due where due_utc_ms > ?1 \
             on conflict do nothing",
        )?
        .execute([now_utc_ms])?;
    Ok(())
}
