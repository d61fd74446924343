//! Drafts: every tap kept as it is made, each in a transaction of its own.

use super::{Store, from_json, parsed, problem};
use crate::domain::collect::draft::{Draft, DraftHead, Tap};
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::event::{Envelope, Origin};
use crate::domain::id::{DraftId, EventId};
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Row};

/// A draft and the taps that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taps {
    /// What it was before its first tap.
    pub head: DraftHead,
    /// Its taps, in order.
    pub taps: Vec<Tap>,
}

impl Store {
    /// Keeps one tap; the first tap of a draft begins it. A tap that is kept already is kept, so a
    /// request may be repeated.
    ///
    /// # Errors
    /// [`Problem::OutOfOrder`] when a tap before it is missing or another has its revision,
    /// [`Problem::AlreadySubmitted`], [`Problem::UnknownForm`], [`Problem::UnknownLookFor`],
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. Nothing is kept then.
    pub fn keep(&mut self, head: &DraftHead, tap: &Tap) -> Result<(), Problem> {
        let FormRef { key, version } = head.form.clone();
        let form = Form::find(&head.form).ok_or(Problem::UnknownForm {
            form: key.clone(),
            version,
        })?;
        tap.act.fits(&form)?;
        let transaction = self.connection.transaction().map_err(problem)?;
        transaction
            .prepare_cached(include_str!("draft_begin.sql"))
            .and_then(|mut begin| {
                begin.execute(rusqlite::named_params! {
                    ":id": head.id.to_string(),
                    ":visit": head.visit,
                    ":form": key,
                    ":form_version": version,
                    ":begun_at_utc_ms": head.begun.at_utc_ms,
                    ":begun_offset_min": head.begun.offset_min,
                })
            })
            .map_err(problem)?;
        if event_of(&transaction, head.id)?.is_some() {
            return Err(Problem::AlreadySubmitted);
        }
        let tap_json = serde_json::to_string(tap).expect("a tap has string keys");
        match kept(&transaction, head.id, tap.revision)? {
            Some(same) if same == tap_json => return Ok(()),
            Some(_) => return Err(out_of_order(&transaction, head.id, tap.revision)?),
            None => {}
        }
        let refused = out_of_order(&transaction, head.id, tap.revision)?;
        if !matches!(refused, Problem::OutOfOrder { expected, got } if expected == got) {
            return Err(refused);
        }
        transaction
            .prepare_cached("insert into tap (draft, revision, tap) values (?1, ?2, ?3)")
            .and_then(|mut insert| insert.execute((head.id.to_string(), tap.revision, tap_json)))
            .map_err(problem)?;
        transaction.commit().map_err(problem)
    }

    /// The open draft, if there is one, with its taps.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn open_draft(&self) -> Result<Option<Taps>, Problem> {
        let head = self
            .connection
            .query_row(include_str!("draft_open.sql"), [], head)
            .optional()
            .map_err(problem)?;
        head.map(|head| {
            Ok(Taps {
                taps: taps(&self.connection, head.id)?,
                head,
            })
        })
        .transpose()
    }

    /// The number of the next visit on this device.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn next_visit(&self) -> Result<u32, Problem> {
        let sql =
            "select max(last_visit, (select coalesce(max(visit), 0) from draft)) + 1 from self";
        self.connection
            .query_row(sql, [], |row| row.get(0))
            .map_err(problem)
    }

    /// Submits a draft: seals the walkthrough as the event `id`, in one transaction with the end of the
    /// draft. Gives the event's number. A draft that is submitted already gives the number it got then.
    ///
    /// # Errors
    /// [`Problem::UnknownDraft`], [`Problem::OutOfOrder`] when the store has other taps than the
    /// `revision` that the observer saw, [`Problem::NothingRecorded`], [`Problem::UnknownForm`],
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. Nothing is changed then.
    pub fn submit(
        &mut self,
        draft: DraftId,
        revision: u32,
        id: EventId,
        at: Moment,
    ) -> Result<u64, Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        if let Some(number) = event_of(&transaction, draft)? {
            return Ok(number);
        }
        let head = transaction
            .query_row(include_str!("draft_by_id.sql"), [draft.to_string()], head)
            .optional()
            .map_err(problem)?
            .ok_or(Problem::UnknownDraft)?;
        let FormRef { key, version } = head.form.clone();
        let form = Form::find(&head.form).ok_or(Problem::UnknownForm { form: key, version })?;
        let folded = Draft::fold(head, &form, &taps(&transaction, draft)?)?;
        if folded.revision != revision {
            return Err(Problem::OutOfOrder {
                expected: folded.revision,
                got: revision,
            });
        }
        let walkthrough = folded.finish()?;
        let number = super::outbox::next_number(&transaction).map_err(problem)?;
        let me = super::identity(&transaction).map_err(problem)?;
        let origin = Origin {
            id,
            device: me.device,
            number,
            author: me.author,
            at,
        };
        let envelope = Envelope::seal(origin, &walkthrough, None);
        super::outbox::put(&transaction, &origin, &walkthrough, &envelope).map_err(problem)?;
        transaction
            .execute(
                "update draft set number = ?2 where id = ?1",
                (draft.to_string(), number),
            )
            .map_err(problem)?;
        transaction.commit().map_err(problem)?;
        Ok(number)
    }
}

fn event_of(connection: &Connection, draft: DraftId) -> Result<Option<u64>, Problem> {
    connection
        .prepare_cached("select number from draft where id = ?1")
        .and_then(|mut find| {
            find.query_row([draft.to_string()], |row| row.get(0))
                .optional()
        })
        .map(Option::flatten)
        .map_err(problem)
}

fn kept(connection: &Connection, draft: DraftId, revision: u32) -> Result<Option<String>, Problem> {
    connection
        .prepare_cached("select tap from tap where draft = ?1 and revision = ?2")
        .and_then(|mut find| {
            find.query_row((draft.to_string(), revision), |row| row.get(0))
                .optional()
        })
        .map_err(problem)
}

/// The revision that the draft would take beside the one that came.
fn out_of_order(connection: &Connection, draft: DraftId, got: u32) -> Result<Problem, Problem> {
    connection
        .prepare_cached("select coalesce(max(revision), 0) + 1 from tap where draft = ?1")
        .and_then(|mut find| find.query_row([draft.to_string()], |row| row.get(0)))
        .map(|expected| Problem::OutOfOrder { expected, got })
        .map_err(problem)
}

fn taps(connection: &Connection, draft: DraftId) -> Result<Vec<Tap>, Problem> {
    connection
        .prepare_cached("select tap from tap where draft = ?1 order by revision")
        .and_then(|mut all| {
            all.query_map([draft.to_string()], |row| from_json(row, 0))?
                .collect()
        })
        .map_err(problem)
}

fn head(row: &Row<'_>) -> rusqlite::Result<DraftHead> {
    Ok(DraftHead {
        id: DraftId(parsed(row, 0)?),
        visit: row.get(1)?,
        form: FormRef {
            key: row.get(2)?,
            version: row.get(3)?,
        },
        begun: Moment {
            at_utc_ms: row.get(4)?,
            offset_min: row.get(5)?,
        },
    })
}
