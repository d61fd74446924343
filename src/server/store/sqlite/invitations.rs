//! Invitations that go out by mail.

use super::SqliteStore;
use super::ask::malformed;
use super::people::entries;
use super::persons;
use super::secrets::{end_given, insert};
use super::sessions::language_of;
use super::tokens::uuid;
use crate::domain::hash::Sha256;
use crate::domain::id::PersonId;
use crate::domain::problem::Problem;
use crate::server::store::Later;
use crate::server::store::invitations::{InvitationMails, InvitationTry};
use crate::server::store::notices::{MailId, Rules};
use crate::server::store::people::Asked;
use crate::text::Language;
use rusqlite::{OptionalExtension, Row, Transaction, TransactionBehavior, params};

impl InvitationMails for SqliteStore {
    fn mail_invitation(&self, person: PersonId, now_utc_ms: i64) -> Asked<'_, ()> {
        self.ask(move |transaction| {
            let found = persons::find(transaction, person)?.ok_or(Problem::NotFound)?;
            if found.left_at_utc_ms.is_some() {
                return Err(Problem::NotAllowed.into());
            }
            if found.mail.is_none() {
                return Err(malformed("mail", "a person with a mail address"));
            }
            wait(transaction, person, now_utc_ms)?;
            Ok(())
        })
    }

    fn begin_invitation(
        &self,
        secret_sha256: Sha256,
        expires_utc_ms: i64,
        rules: Rules,
        now_utc_ms: i64,
    ) -> Later<'_, Option<InvitationTry>> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let begun = begin(
                &transaction,
                secret_sha256,
                expires_utc_ms,
                rules,
                now_utc_ms,
            )?;
            transaction.commit()?;
            Ok(begun)
        })
    }

    fn invitation_accepted(&self, mail: MailId, now_utc_ms: i64) -> Later<'_, ()> {
        self.write(move |connection| {
            connection
                .prepare_cached("update invitation_mail set sent_at_utc_ms = ?2 where id = ?1")?
                .execute(params![mail.0, now_utc_ms])
                .map(drop)
        })
    }

    fn give_up_invitation(&self, mail: MailId, why: String) -> Later<'_, ()> {
        self.write(move |connection| {
            connection
                .prepare_cached("update invitation_mail set given_up = ?2 where id = ?1")?
                .execute(params![mail.0, why])
                .map(drop)
        })
    }
}

/// Has an invitation wait to be mailed, and ends the links that were given before.
pub(super) fn wait(
    transaction: &Transaction,
    person: PersonId,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    let waiting = transaction
        .prepare_cached(
            "insert into invitation_mail (person, made_at_utc_ms, due_at_utc_ms) \
             values (?1, ?2, ?2) on conflict do nothing",
        )?
        .execute(params![person.0.as_bytes(), now_utc_ms])?;
    if waiting > 0 {
        end_given(transaction, "invitation", Some(person), now_utc_ms)?;
    }
    Ok(())
}

/// Ends the invitations that are open for a person, under all their entries, and were made until this moment, in
/// milliseconds since 1970: links, codes, and mails that were not sent yet.
pub(super) fn end_open(
    transaction: &Transaction,
    person: PersonId,
    until_utc_ms: i64,
) -> rusqlite::Result<()> {
    for entry in entries(transaction, person)? {
        for sql in [
            include_str!("invitation_end.sql"),
            include_str!("invitation_mail_end.sql"),
        ] {
            transaction
                .prepare_cached(sql)?
                .execute(params![entry.0.as_bytes(), until_utc_ms])?;
        }
    }
    Ok(())
}

/// Ends what was sent, under any of their entries, to an address that is the person's no longer, or never was: links that sign in and cards. What
/// waits to be mailed goes to the new one.
pub(super) fn end_sent(
    transaction: &Transaction,
    person: PersonId,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    for entry in entries(transaction, person)? {
        transaction
            .prepare_cached(include_str!("address_end.sql"))?
            .execute(params![entry.0.as_bytes(), now_utc_ms])?;
    }
    Ok(())
}

/// An invitation that is due.
struct Due {
    mail: MailId,
    person: PersonId,
    tries: u32,
    made_at_utc_ms: i64,
    address: Option<String>,
    language: Language,
    has_left: bool,
}

fn begin(
    transaction: &Transaction,
    secret_sha256: Sha256,
    expires_utc_ms: i64,
    rules: Rules,
    now_utc_ms: i64,
) -> rusqlite::Result<Option<InvitationTry>> {
    let mut give_up =
        transaction.prepare_cached("update invitation_mail set given_up = ?2 where id = ?1")?;
    loop {
        let due = transaction
            .prepare_cached(include_str!("invitation_due.sql"))?
            .query_row([now_utc_ms], row_to_due)
            .optional()?;
        let Some(due) = due else {
            return Ok(None);
        };
        let age_ms = now_utc_ms.saturating_sub(due.made_at_utc_ms);
        let address = match (due.has_left, due.address) {
            (true, _) => Err("the person has left"),
            (false, None) => Err("the address is gone"),
            (false, Some(_)) if age_ms > rules.for_ms => Err("it was tried for too long"),
            (false, Some(address)) => Ok(address),
        };
        let address = match address {
            Ok(address) => address,
            Err(why) => {
                give_up.execute(params![due.mail.0, why])?;
                continue;
            }
        };
        let number = due.tries.saturating_add(1);
        let next = now_utc_ms.saturating_add((rules.wait_ms)(number));
        transaction
            .prepare_cached(
                "update invitation_mail set tries = ?2, due_at_utc_ms = ?3 where id = ?1",
            )?
            .execute(params![due.mail.0, number, next])?;
        let times = (now_utc_ms, expires_utc_ms);
        insert(transaction, "invitation", due.person, secret_sha256, times)?;
        return Ok(Some(InvitationTry {
            mail: due.mail,
            number,
            address,
            language: due.language,
        }));
    }
}

fn row_to_due(row: &Row) -> rusqlite::Result<Due> {
    Ok(Due {
        mail: MailId(row.get("id")?),
        person: PersonId(uuid(row, "person")?),
        tries: row.get("tries")?,
        made_at_utc_ms: row.get("made_at_utc_ms")?,
        address: row.get("mail")?,
        language: language_of(row)?,
        has_left: row.get("has_left")?,
    })
}
