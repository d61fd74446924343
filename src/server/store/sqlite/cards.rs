//! Cards: what they show, from the documents of their reader, and what their reader answers.

use super::SqliteStore;
use super::card_voice;
use super::forms;
use super::office;
use super::people::is_admin;
use super::tokens::uuid;
use crate::domain::act::feedback::{FeedbackAnswered, FeedbackOpened};
use crate::domain::agreement::Agreements;
use crate::domain::card::CardAct;
use crate::domain::document::{
    Audience, Document, FeedbackDocument, PersonDocument, WalkthroughDocument,
};
use crate::domain::event::{About, Fact, said};
use crate::domain::hash::Sha256;
use crate::domain::id::{EventId, PersonId};
use crate::domain::problem::Problem;
use crate::server::chance::Chance;
use crate::server::store::cards::{CardAnswer, CardContents, Cards, Shown, Spoken};
use crate::server::store::people::Asked;
use crate::server::store::{Caller, Later};
use crate::text::Language;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use rusqlite::{named_params, params};
use std::collections::BTreeMap;

impl Cards for SqliteStore {
    fn open_card(
        &self,
        secret_sha256: Sha256,
        random: Chance,
        now_utc_ms: i64,
    ) -> Later<'_, Option<CardContents>> {
        self.write(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let card = open(&transaction, secret_sha256, random, now_utc_ms)?;
            transaction.commit()?;
            Ok(card.map(|card| card.contents))
        })
    }

    fn answer_card(
        &self,
        secret_sha256: Sha256,
        answer: CardAnswer,
        [for_opened, for_answer]: [Chance; 2],
        now_utc_ms: i64,
    ) -> Asked<'_, Option<CardContents>> {
        self.ask(move |transaction| {
            let Some(card) = open(transaction, secret_sha256, for_opened, now_utc_ms)? else {
                return Ok(None);
            };
            let (walkthrough, feedback) = match &card.contents.shown {
                Shown::Feedback(feedback, _) => (feedback.walkthrough, feedback.id),
                // Of a record that makes nothing for others nothing is heard.
                Shown::Visit(visit) if visit.refused.is_some() => return Ok(None),
                Shown::Visit(visit) => (visit.id, visit.id),
            };
            let fact = Fact::from(FeedbackAnswered {
                walkthrough,
                feedback,
                answer: answer.reaction,
            });
            let words = answer.text.map(|text| (said::REPLY.to_owned(), text));
            // Taken already: the form was posted before, and its answer stands.
            let recorded = office::record_as(
                transaction,
                answer.key,
                card.reader.person,
                &fact,
                words.into_iter().collect(),
                now_utc_ms,
                for_answer,
            )?;
            let about = About::Walkthrough(walkthrough);
            card_voice::within_bounds(transaction, &about, card.reader.person, recorded)?;
            Ok(Some(card.contents))
        })
    }

    fn say_on_card(
        &self,
        secret_sha256: Sha256,
        key: EventId,
        act: CardAct,
        [for_opened, for_facts]: [Chance; 2],
        now_utc_ms: i64,
    ) -> Asked<'_, Option<Spoken>> {
        self.ask(move |transaction| {
            let Some(card) = open(transaction, secret_sha256, for_opened, now_utc_ms)? else {
                return Ok(None);
            };
            let (person, mut card) = (card.reader.person, card.contents);
            let stands = card_voice::say(
                transaction,
                person,
                (key, &act),
                &card.voice,
                for_facts,
                now_utc_ms,
            )?;
            let agreements = agreements(transaction)?;
            card.voice =
                card_voice::on_card(transaction, person, &card.shown, &agreements, now_utc_ms)?;
            Ok(Some(Spoken { card, stands }))
        })
    }

    fn revoke_cards(
        &self,
        feedback: EventId,
        caller: Caller,
        now_utc_ms: i64,
    ) -> Later<'_, Result<u32, Problem>> {
        self.write(move |connection| revoke(connection, feedback, caller, now_utc_ms))
    }
}

/// A person who is written to.
pub(super) struct Reader {
    /// The entry that stands for them.
    pub person: PersonId,
    /// Their mail address.
    pub address: Option<String>,
    /// Their language.
    pub language: Language,
}

/// The person that stands for this entry; none when they have left or are unknown.
pub(super) fn reader(
    transaction: &Transaction,
    entry: PersonId,
) -> rusqlite::Result<Option<Reader>> {
    let merged = transaction
        .prepare_cached("select person from alias where source = 'merged' and external_id = ?1")?
        .query_row([entry.to_string()], |row| uuid(row, "person"))
        .optional()?;
    let person = merged.map_or(entry, PersonId);
    transaction
        .prepare_cached(
            "select mail, language from person where id = ?1 and left_at_utc_ms is null",
        )?
        .query_row([person.0.as_bytes()], |row| {
            let language: String = row.get("language")?;
            Ok(Reader {
                person,
                address: row.get("mail")?,
                language: Language::best([language.as_str()]),
            })
        })
        .optional()
}

/// Feedback as it was made for its teacher; none when this reader is not that teacher.
pub(super) fn feedback_for(
    transaction: &Transaction,
    reader: PersonId,
    feedback: EventId,
) -> rusqlite::Result<Option<FeedbackDocument>> {
    let audience = Audience::Person(reader);
    let found = document(transaction, &audience, "feedback", &feedback.to_string())?;
    Ok(match found {
        Some(Document::Feedback(found)) if found.teacher == Some(reader) => Some(found),
        _ => None,
    })
}

/// An opened card.
struct Open {
    reader: Reader,
    contents: CardContents,
}

fn open(
    transaction: &Transaction,
    secret_sha256: Sha256,
    random: Chance,
    now_utc_ms: i64,
) -> rusqlite::Result<Option<Open>> {
    let secret = transaction
        .prepare_cached(include_str!("card_secret.sql"))?
        .query_row(
            named_params! { ":sha256": secret_sha256.0, ":now_utc_ms": now_utc_ms },
            |row| {
                let person = PersonId(uuid(row, "person")?);
                let feedback = EventId(uuid(row, "feedback")?);
                Ok((person, feedback, row.get("expires_utc_ms")?))
            },
        )
        .optional()?;
    let Some((person, feedback, expires_utc_ms)) = secret else {
        return Ok(None);
    };
    let Some(reader) = reader(transaction, person)? else {
        return Ok(None);
    };
    let shown = match feedback_for(transaction, reader.person, feedback)? {
        Some(feedback) => {
            note_opened(transaction, &reader, &feedback, random, now_utc_ms)?;
            let walkthrough = walkthrough_for(transaction, reader.person, feedback.walkthrough)?;
            Shown::Feedback(feedback, walkthrough.map(Box::new))
        }
        None => match walkthrough_for(transaction, reader.person, feedback)? {
            Some(visit) if visit.teacher == Some(reader.person) => Shown::Visit(visit),
            _ => return Ok(None),
        },
    };
    transaction
        .prepare_cached(
            "update secret set used_at_utc_ms = coalesce(used_at_utc_ms, ?2) where sha256 = ?1",
        )?
        .execute(params![secret_sha256.0, now_utc_ms])?;
    let observer = name(transaction, &reader, &shown)?;
    let form = match &shown {
        Shown::Feedback(_, Some(visit)) => forms::find(transaction, &visit.form)?,
        Shown::Visit(visit) => forms::find(transaction, &visit.form)?,
        Shown::Feedback(_, None) => None,
    };
    let agreements = agreements(transaction)?;
    let agreed = shown.visit().map_or(0, |visit| visit.agreed);
    let contents = CardContents {
        form,
        language: reader.language,
        observer,
        voice: card_voice::on_card(transaction, reader.person, &shown, &agreements, now_utc_ms)?,
        shown,
        agreement: agreements.told_of(agreed, now_utc_ms),
        expires_utc_ms,
    };
    Ok(Some(Open { reader, contents }))
}

/// Records that the teacher opened the feedback, unless they did before: in the app, as the document says,
/// or on a card, as the secrets say, which know it before the document does.
fn note_opened(
    transaction: &Transaction,
    reader: &Reader,
    feedback: &FeedbackDocument,
    random: Chance,
    now_utc_ms: i64,
) -> rusqlite::Result<()> {
    let on_a_card = transaction
        .prepare_cached("select 1 from secret where feedback = ?1 and used_at_utc_ms is not null")?
        .exists([feedback.id.0.as_bytes()])?;
    if on_a_card || feedback.opened.is_some() {
        return Ok(());
    }
    let fact = Fact::from(FeedbackOpened {
        walkthrough: feedback.walkthrough,
        feedback: feedback.id,
    });
    let no_words = BTreeMap::new();
    office::record(
        transaction,
        reader.person,
        &fact,
        no_words,
        now_utc_ms,
        random,
    )?;
    Ok(())
}

fn walkthrough_for(
    transaction: &Transaction,
    reader: PersonId,
    walkthrough: EventId,
) -> rusqlite::Result<Option<WalkthroughDocument>> {
    let audience = Audience::Person(reader);
    let found = document(
        transaction,
        &audience,
        "walkthrough",
        &walkthrough.to_string(),
    )?;
    Ok(match found {
        Some(Document::Walkthrough(found)) => Some(found),
        _ => None,
    })
}

/// What the reader's feed calls the person who visited.
fn name(
    transaction: &Transaction,
    reader: &Reader,
    shown: &Shown,
) -> rusqlite::Result<Option<String>> {
    let (from, site) = match shown {
        Shown::Feedback(feedback, visit) => {
            (feedback.from, visit.as_ref().and_then(|visit| visit.site))
        }
        Shown::Visit(visit) => (visit.observer, visit.site),
    };
    let body: Option<String> = transaction
        .prepare_cached(include_str!("card_observer.sql"))?
        .query_row(
            named_params! {
                ":person": from.to_string(),
                ":reader": Audience::Person(reader.person).to_string(),
                ":reader_id": reader.person.0.as_bytes(),
                ":site": site.map(|site| Audience::Site(site).to_string()),
            },
            |row| row.get("body"),
        )
        .optional()?;
    Ok(match body.and_then(|body| read(&body)) {
        Some(Document::Person(PersonDocument { name, .. })) => name,
        _ => None,
    })
}

/// The versions of the agreement, as everybody's feed has them.
fn agreements(transaction: &Transaction) -> rusqlite::Result<Agreements> {
    let mut versions = transaction.prepare_cached(
        "select body from document \
         where audience = 'everyone' and kind = 'agreement' and body is not null",
    )?;
    let bodies = versions
        .query_map([], |row| row.get::<_, String>("body"))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let versions = bodies.iter().filter_map(|body| match read(body) {
        Some(Document::Agreement(agreement)) => Some(agreement),
        _ => None,
    });
    Ok(Agreements::of(versions.collect()))
}

pub(super) fn document(
    transaction: &Transaction,
    audience: &Audience,
    kind: &str,
    id: &str,
) -> rusqlite::Result<Option<Document>> {
    let body: Option<Option<String>> = transaction
        .prepare_cached("select body from document where audience = ?1 and kind = ?2 and id = ?3")?
        .query_row(params![audience.to_string(), kind, id], |row| {
            row.get("body")
        })
        .optional()?;
    Ok(body.flatten().and_then(|body| read(&body)))
}

/// A document that this version can read; the projector of the same version made it.
pub(super) fn read(body: &str) -> Option<Document> {
    serde_json::from_str(body).ok()
}

fn revoke(
    connection: &mut Connection,
    feedback: EventId,
    caller: Caller,
    now_utc_ms: i64,
) -> rusqlite::Result<Result<u32, Problem>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let teacher = match feedback_for(&transaction, caller.person, feedback)? {
        Some(_) => Some(caller.person),
        None => told(&transaction, feedback)?,
    };
    if teacher != Some(caller.person) && !is_admin(&transaction, caller.person)? {
        return Ok(Err(Problem::NotAllowed));
    }
    let Some(teacher) = teacher else {
        return Ok(Err(Problem::NotFound));
    };
    let ended = transaction
        .prepare_cached(
            "update secret set revoked_at_utc_ms = ?2 \
             where feedback = ?1 and revoked_at_utc_ms is null and expires_utc_ms > ?2",
        )?
        .execute(params![feedback.0.as_bytes(), now_utc_ms])?;
    // Each try of a mail makes a new secret: what was not accepted yet is not tried again.
    transaction
        .prepare_cached(include_str!("card_revoke_mail.sql"))?
        .execute(named_params! {
            ":feedback": feedback.0.as_bytes(),
            ":person": teacher.0.as_bytes(),
            ":now_utc_ms": now_utc_ms,
        })?;
    transaction.commit()?;
    Ok(Ok(u32::try_from(ended).unwrap_or(u32::MAX)))
}

/// The teacher who was, or will be, told about this feedback by mail.
fn told(transaction: &Transaction, feedback: EventId) -> rusqlite::Result<Option<PersonId>> {
    let entry = transaction
        .prepare_cached("select person from mail where feedback = ?1")?
        .query_row([feedback.0.as_bytes()], |row| uuid(row, "person"))
        .optional()?;
    match entry {
        Some(entry) => Ok(reader(transaction, PersonId(entry))?.map(|reader| reader.person)),
        None => Ok(None),
    }
}
