//! Submitting: a draft becomes events, in one transaction with its end.

use super::{Store, draft, outbox, problem};
use crate::domain::act::bright_spot::BrightSpotTagged;
use crate::domain::act::support::SupportWanted;
use crate::domain::agreement::{Agreement, Agreements};
use crate::domain::collect::draft::Draft;
use crate::domain::collect::draft::finish::Finished;
use crate::domain::collect::walkthrough::{Lesson, Visited};
use crate::domain::event::{Envelope, Factual, Origin, Words, said};
use crate::domain::id::{DraftId, EventId, PersonId, SiteId};
use crate::domain::moment::Moment;
use crate::domain::people::PersonAdded;
use crate::domain::problem::Problem;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Ten random bytes each time: what ids and salts are made of.
pub type Random<'a> = &'a mut dyn FnMut() -> [u8; 10];

impl Store {
    /// Submits a draft: seals the walkthrough, its bright spots and its calls for support, each as an event
    /// of its own, in one transaction with the end of the draft. Gives the visit's number. A draft that is
    /// submitted already gives the number it got then.
    ///
    /// # Errors
    /// [`Problem::UnknownDraft`], [`Problem::OutOfOrder`] when the store has other taps than the
    /// `revision` that the observer saw, [`Problem::NothingRecorded`], [`Problem::StoreFull`],
    /// [`Problem::StoreFailed`]. Nothing is changed then.
    pub fn submit(
        &mut self,
        draft: DraftId,
        revision: u32,
        at: Moment,
        random: Random<'_>,
    ) -> Result<u64, Problem> {
        let agreement = self.agreement(at.at_utc_ms)?.map_or(0, |one| one.version);
        let transaction = self.connection.transaction().map_err(problem)?;
        let kept = draft::find(&transaction, draft)?.ok_or(Problem::UnknownDraft)?;
        if let Some(number) = kept.number {
            return Ok(number);
        }
        let taps = draft::taps(&transaction, draft)?;
        let folded = Draft::fold(kept.head, &kept.form, &taps)?;
        if folded.revision != revision {
            return Err(Problem::OutOfOrder {
                expected: folded.revision,
                got: revision,
            });
        }
        let Finished {
            walkthrough: fact,
            said,
            bright_spots,
            support,
        } = folded.finish(&kept.form, at, agreement)?;
        let mut seal = Seal::open(&transaction, at, random)?;
        let number = seal.next;
        let walkthrough = seal.put(&fact, said)?;
        for (look_for, evidence) in bright_spots {
            let mut words = BTreeMap::new();
            if let Some(text) = evidence {
                words.insert(said::NOTE.to_owned(), text);
            }
            let spot = BrightSpotTagged {
                walkthrough,
                look_for,
            };
            seal.put(&spot, words)?;
        }
        for category in support {
            let wanted = SupportWanted {
                walkthrough,
                category,
            };
            seal.put(&wanted, BTreeMap::new())?;
        }
        let last_number = seal.next - 1;
        let (class, teacher, code) = match folded.beside.lesson.map(|Lesson { whom, .. }| whom) {
            Some(Visited::Named { teacher, class }) => (
                class.map(|class| class.to_string()),
                Some(teacher.to_string()),
                None,
            ),
            Some(Visited::Numbered { code }) => (None, None, Some(code.to_string())),
            None => (None, None, None),
        };
        (|| {
            transaction.execute(
                include_str!("draft_submitted.sql"),
                rusqlite::named_params! {
                    ":id": draft.to_string(),
                    ":number": number,
                    ":last_number": last_number,
                    ":class": class,
                    ":teacher": teacher,
                    ":code": code,
                },
            )?;
            transaction.execute(
                "update self set in_hand = null where in_hand = ?1",
                [draft.to_string()],
            )
        })()
        .map_err(problem)?;
        transaction.commit().map_err(problem)?;
        self.forms.retain(|(id, _)| *id != draft);
        Ok(number)
    }

    /// Adds a person on the spot, who teaches at the site, and seals that as an event: their name is in its
    /// words alone. A person who is there already is there.
    ///
    /// # Errors
    /// [`Problem::StoreFull`], [`Problem::StoreFailed`]. Nothing is changed then.
    pub fn add_person(
        &mut self,
        person: PersonId,
        site: SiteId,
        name: &str,
        at: Moment,
        random: Random<'_>,
    ) -> Result<(), Problem> {
        if self.name_of(person)?.is_some() {
            return Ok(());
        }
        let transaction = self.connection.transaction().map_err(problem)?;
        let mut words = BTreeMap::new();
        words.insert(said::NAME.to_owned(), name.to_owned());
        let event =
            Seal::open(&transaction, at, random)?.put(&PersonAdded { person, site }, words)?;
        transaction
            .execute(
                "insert into named (audience, id, name, site, event) values ('here', ?1, ?2, ?3, ?4)",
                (
                    person.to_string(),
                    name,
                    site.to_string(),
                    event.to_string(),
                ),
            )
            .map_err(problem)?;
        transaction.commit().map_err(problem)
    }

    /// The agreement that holds at a moment, if one has come.
    ///
    /// # Errors
    /// [`Problem::StoreFailed`].
    pub fn agreement(&self, at_utc_ms: i64) -> Result<Option<Agreement>, Problem> {
        const AGREEMENT: &str = "agreement";
        let versions = self.documents(AGREEMENT, None)?;
        let versions: Vec<_> = versions.iter().map(|kept| kept.json.as_str()).collect();
        Ok(Agreements::read(&versions, at_utc_ms).map(|all| all.at(at_utc_ms).clone()))
    }
}

/// Seals events in one transaction, one number after the other.
pub(super) struct Seal<'a> {
    connection: &'a Connection,
    me: super::Identity,
    at: Moment,
    random: Random<'a>,
    /// The number of the next event.
    pub(super) next: u64,
}

impl<'a> Seal<'a> {
    /// Begins where the store's numbers end.
    pub(super) fn open(
        connection: &'a Connection,
        at: Moment,
        random: Random<'a>,
    ) -> Result<Self, Problem> {
        let sql =
            "select max(last_number, (select coalesce(max(number), 0) from event)) + 1 from self";
        let next = connection.query_row(sql, [], |row| row.get(0));
        Ok(Self {
            connection,
            me: super::identity(connection).map_err(problem)?,
            at,
            random,
            next: next.map_err(problem)?,
        })
    }

    /// Seals a fact with its words, if there are any. Gives the event.
    pub(super) fn put(
        &mut self,
        fact: &impl Factual,
        said: BTreeMap<String, String>,
    ) -> Result<EventId, Problem> {
        let id = EventId::mint(self.at.at_utc_ms, (self.random)());
        let origin = Origin {
            id,
            device: self.me.device,
            number: self.next,
            author: self.me.author,
            at: self.at,
        };
        let words = (!said.is_empty()).then(|| Words {
            salt: self.salt(),
            said,
        });
        let envelope = Envelope::seal(origin, fact, words.as_ref());
        outbox::put(self.connection, &origin, fact, &envelope).map_err(problem)?;
        self.next += 1;
        Ok(id)
    }

    /// 32 hexadecimal digits of chance.
    fn salt(&mut self) -> String {
        let (one, other) = ((self.random)(), (self.random)());
        let mut bytes = one.into_iter().chain(other).take(16);
        let mut salt = String::with_capacity(32);
        for byte in &mut bytes {
            for digit in [byte >> 4, byte & 15] {
                salt.extend(char::from_digit(digit.into(), 16));
            }
        }
        salt
    }
}
