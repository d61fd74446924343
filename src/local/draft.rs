//! Drafts: every tap kept as it is made, each in a transaction of its own; and the forms that they keep.

use super::{Store, from_json, parsed, problem};
use crate::domain::collect::draft::{Draft, DraftHead, Tap};
use crate::domain::collect::form::{Form, FormRef};
use crate::domain::collect::visit::{Sheet, Unfinished};
use crate::domain::collect::walkthrough::{Lesson, Visited};
use crate::domain::document::body_of;
use crate::domain::id::DraftId;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Row};
use std::rc::Rc;

/// The kind of the documents that are forms.
pub(super) const FORM: &str = "form";
/// How many drafts' forms are held, so that a tap parses none.
const FORMS_HELD: usize = 4;

/// A draft as it lies in the store.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) head: DraftHead,
    pub(super) form: Rc<Form>,
    /// The event that it became.
    pub(super) number: Option<u64>,
}

impl Store {
    /// Begins a draft, with a copy of its form, and takes it in hand. One that is there already is only
    /// taken in hand. Drafts without a tap that were laid down are dropped.
    ///
    /// # Errors
    /// [`Problem::UnknownForm`], [`Problem::StoreFull`], [`Problem::StoreFailed`]. Nothing is kept then.
    pub fn begin(&mut self, head: &DraftHead) -> Result<(), Problem> {
        let transaction = self.connection.transaction().map_err(problem)?;
        transaction
            .execute(include_str!("draft_drop_empty.sql"), [head.id.to_string()])
            .map_err(problem)?;
        begin(&transaction, head)?;
        take_in_hand(&transaction, Some(head.id)).map_err(problem)?;
        transaction.commit().map_err(problem)
    }

    /// Keeps one tap; the first tap of a draft that was not begun begins it. A tap that is kept already is
    /// kept, so a request may be repeated.
    ///
    /// # Errors
    /// [`Problem::OutOfOrder`] when a tap before it is missing or another has its revision,
    /// [`Problem::AlreadySubmitted`], [`Problem::UnknownForm`], [`Problem::UnknownLookFor`],
    /// [`Problem::DoesNotFit`], [`Problem::StoreFull`], [`Problem::StoreFailed`]. Nothing is kept then.
    pub fn keep(&mut self, head: &DraftHead, tap: &Tap) -> Result<(), Problem> {
        let held = self.held(head.id);
        let transaction = self.connection.transaction().map_err(problem)?;
        let form = match held {
            Some(form) => form,
            None => begin(&transaction, head)?,
        };
        tap.act.fits(&form)?;
        if event_of(&transaction, head.id)?.is_some() {
            return Err(Problem::AlreadySubmitted);
        }
        let tap_json = serde_json::to_string(tap).expect("a tap has string keys");
        match kept_tap(&transaction, head.id, tap.revision)? {
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
        transaction.commit().map_err(problem)?;
        self.hold(head.id, form);
        Ok(())
    }

    fn held(&self, draft: DraftId) -> Option<Rc<Form>> {
        let mut held = self.forms.iter();
        held.find(|(id, _)| *id == draft)
            .map(|(_, form)| Rc::clone(form))
    }

    fn hold(&mut self, draft: DraftId, form: Rc<Form>) {
        if self.held(draft).is_none() {
            self.forms.truncate(FORMS_HELD - 1);
            self.forms.insert(0, (draft, form));
        }
    }

    /// The open draft that was on the screen last, if it still was when the app was closed.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn in_hand(&self) -> Result<Option<Sheet>, Problem> {
        let id: Option<String> = self
            .connection
            .query_row("select in_hand from self", [], |row| row.get(0))
            .map_err(problem)?;
        match id.and_then(|id| id.parse().ok()) {
            Some(draft) => match self.sheet(draft) {
                Err(Problem::UnknownDraft | Problem::AlreadySubmitted) => Ok(None),
                other => other.map(Some),
            },
            None => Ok(None),
        }
    }

    /// Takes a draft in hand, or, with none, lays down the one that is.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn take_in_hand(&mut self, draft: Option<DraftId>) -> Result<(), Problem> {
        take_in_hand(&self.connection, draft).map_err(problem)
    }

    /// An open draft with its form and its taps.
    ///
    /// # Errors
    /// [`Problem::UnknownDraft`], [`Problem::AlreadySubmitted`], [`Problem::StoreFailed`].
    pub fn sheet(&self, draft: DraftId) -> Result<Sheet, Problem> {
        let kept = find(&self.connection, draft)?.ok_or(Problem::UnknownDraft)?;
        if kept.number.is_some() {
            return Err(Problem::AlreadySubmitted);
        }
        let taps = taps(&self.connection, draft)?;
        let folded = Draft::fold(kept.head.clone(), &kept.form, &taps)?;
        Ok(Sheet {
            name: self.name_in(folded.beside.lesson.as_ref())?,
            head: kept.head,
            form: Form::clone(&kept.form),
            taps,
        })
    }

    /// Visits with taps that are open and not in hand, newest first.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn unfinished(&self) -> Result<Vec<Unfinished>, Problem> {
        let open: Vec<DraftId> = self
            .connection
            .prepare_cached(include_str!("draft_open.sql"))
            .and_then(|mut all| {
                all.query_map([], |row| parsed(row, 0).map(DraftId))?
                    .collect()
            })
            .map_err(problem)?;
        let mut unfinished = Vec::new();
        for draft in open {
            // One that cannot be read is not listed; it delays no other.
            let Ok(Sheet {
                head,
                form,
                taps,
                name,
            }) = self.sheet(draft)
            else {
                continue;
            };
            let (answered, asked) = Draft::fold(head.clone(), &form, &taps)?.answered();
            unfinished.push(Unfinished {
                draft,
                visit: head.visit,
                title: form.title,
                begun: head.begun,
                name,
                answered: u32::try_from(answered).unwrap_or(u32::MAX),
                asked: u32::try_from(asked).unwrap_or(u32::MAX),
            });
        }
        Ok(unfinished)
    }

    /// Puts a draft away without submitting it, or takes it out again. It is dropped when it has been away for
    /// a day.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`], [`Problem::StoreFull`].
    pub fn put_away(&mut self, draft: DraftId, at_utc_ms: Option<i64>) -> Result<(), Problem> {
        let sql = "update draft set put_away_at_utc_ms = ?2 where id = ?1 and number is null";
        self.connection
            .execute(sql, (draft.to_string(), at_utc_ms))
            .map(drop)
            .map_err(problem)
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

    fn name_in(&self, lesson: Option<&Lesson>) -> Result<Option<String>, Problem> {
        match lesson.map(|lesson| &lesson.whom) {
            Some(Visited::Named { teacher, .. }) => self.name_of(*teacher),
            _ => Ok(None),
        }
    }
}

/// Begins a draft if it is not there, and gives its form.
fn begin(connection: &Connection, head: &DraftHead) -> Result<Rc<Form>, Problem> {
    if let Some(kept) = find(connection, head.id)? {
        return Ok(kept.form);
    }
    let FormRef { key, version } = &head.form;
    let unknown = || Problem::UnknownForm {
        form: key.clone(),
        version: *version,
    };
    let json: Vec<u8> = connection
        .query_row(
            "select body from inbox where kind = ?1 and id = ?2 limit 1",
            (FORM, head.form.document_id()),
            |row| row.get(0),
        )
        .optional()
        .map_err(problem)?
        .ok_or_else(unknown)?;
    let form: Option<Form> = body_of(FORM, &String::from_utf8_lossy(&json));
    let form = form
        .filter(|form| form.form == head.form)
        .ok_or_else(unknown)?;
    let form_json = serde_json::to_string(&form).expect("a form has string keys");
    let lesson = head.lesson.as_ref();
    let lesson = lesson.map(|lesson| serde_json::to_string(lesson).expect("it has string keys"));
    (|| {
        connection.execute(
            "insert into draft_form (json) values (?1) on conflict do nothing",
            [&form_json],
        )?;
        connection.execute(
            include_str!("draft_begin.sql"),
            rusqlite::named_params! {
                ":id": head.id.to_string(),
                ":visit": head.visit,
                ":form": key,
                ":form_version": version,
                ":form_json": form_json,
                ":begun_at_utc_ms": head.begun.at_utc_ms,
                ":begun_offset_min": head.begun.offset_min,
                ":lesson": lesson,
            },
        )
    })()
    .map_err(problem)?;
    Ok(Rc::new(form))
}

fn take_in_hand(connection: &Connection, draft: Option<DraftId>) -> rusqlite::Result<()> {
    connection
        .execute(
            "update self set in_hand = ?1",
            [draft.map(|draft| draft.to_string())],
        )
        .map(drop)
}

/// A draft, open or submitted.
pub(super) fn find(connection: &Connection, draft: DraftId) -> Result<Option<Kept>, Problem> {
    connection
        .prepare_cached(include_str!("draft_by_id.sql"))
        .and_then(|mut find| find.query_row([draft.to_string()], kept).optional())
        .map_err(problem)
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

fn kept_tap(
    connection: &Connection,
    draft: DraftId,
    revision: u32,
) -> Result<Option<String>, Problem> {
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

/// The taps of a draft, in order.
pub(super) fn taps(connection: &Connection, draft: DraftId) -> Result<Vec<Tap>, Problem> {
    connection
        .prepare_cached("select tap from tap where draft = ?1 order by revision")
        .and_then(|mut all| {
            all.query_map([draft.to_string()], |row| from_json(row, 0))?
                .collect()
        })
        .map_err(problem)
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let lesson: Option<String> = row.get(6)?;
    Ok(Kept {
        head: DraftHead {
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
            lesson: lesson.map(|_| from_json(row, 6)).transpose()?,
        },
        number: row.get(7)?,
        form: Rc::new(from_json(row, 8)?),
    })
}
