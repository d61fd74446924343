//! Visits that were submitted here, and where each of them is.

use super::{Store, from_json, parsed, problem};
use crate::domain::claim::ClaimCode;
use crate::domain::collect::form::FormRef;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::collect::visit::{Visit, Whereabouts};
use crate::domain::id::EventId;
use crate::domain::json;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use serde::Deserialize;

impl Store {
    /// Submitted visits, newest first, at most `most`, with numbers below `before` if it is given.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn visits(&self, before: Option<u64>, most: u32) -> Result<Vec<Visit>, Problem> {
        let before = before.unwrap_or(i64::MAX as u64);
        self.connection
            .prepare_cached(include_str!("visit_page.sql"))
            .and_then(|mut page| page.query_map((before, most), visit)?.collect())
            .map_err(problem)
    }
}

/// A form, as far as its name.
#[derive(Deserialize)]
struct Titled {
    title: Bilingual,
}

/// Where a record is, by the column of its receipt and the one that says why it was set aside.
pub(super) fn whereabouts(
    row: &rusqlite::Row<'_>,
    received: usize,
    set_aside: usize,
) -> rusqlite::Result<Whereabouts> {
    let received: Option<i64> = row.get(received)?;
    let aside: Option<String> = row.get(set_aside)?;
    Ok(match (received, aside) {
        (Some(received_at_utc_ms), _) => Whereabouts::OnTheServer { received_at_utc_ms },
        (None, Some(_)) => Whereabouts::SetAside {
            problem: from_json(row, set_aside)?,
        },
        (None, None) => Whereabouts::OnThisDevice,
    })
}

fn visit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Visit> {
    let whereabouts = whereabouts(row, 6, 7)?;
    let form: Option<String> = row.get(9)?;
    let title = form.and_then(|json| json::read::<Titled>(&json).ok());
    let code: Option<String> = row.get(11)?;
    Ok(Visit {
        number: row.get(0)?,
        id: EventId(parsed(row, 8)?),
        visit: row.get(1)?,
        title: title.map(|form| form.title),
        name: row.get(10)?,
        code: code.and_then(|code| ClaimCode::typed(&code)),
        form: FormRef {
            key: row.get(2)?,
            version: row.get(3)?,
        },
        submitted: Moment {
            at_utc_ms: row.get(4)?,
            offset_min: row.get(5)?,
        },
        whereabouts,
    })
}
