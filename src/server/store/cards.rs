//! What the light card asks of a store.

use super::people::Asked;
use super::{Caller, Later};
use crate::domain::act::feedback::Reaction;
use crate::domain::agreement::Agreement;
use crate::domain::card::{CardAct, OnCard};
use crate::domain::collect::form::Form;
use crate::domain::document::{FeedbackDocument, WalkthroughDocument};
use crate::domain::hash::Sha256;
use crate::domain::id::EventId;
use crate::domain::problem::Problem;
use crate::server::chance::Chance;
use crate::text::Language;

/// Shows feedback to whoever has the secret of its card, and takes the answer.
///
/// What is shown are the documents that the feed made for the teacher, so that what the teacher may not
/// see, and what was erased, is not here either. The clocks are the server's, in milliseconds since 1970.
pub trait Cards {
    /// Opens a card, and records once that its teacher opened the feedback; none when the secret is
    /// unknown, has expired or was revoked, when the teacher has left, and when there is nothing to show.
    fn open_card(
        &self,
        secret_sha256: Sha256,
        random: Chance,
        now_utc_ms: i64,
    ) -> Later<'_, Option<CardContents>>;

    /// Records an answer of the teacher, once for each key, and shows the card, which counts as opened.
    /// None as for [`Cards::open_card`]; then nothing is recorded.
    ///
    /// Refused with [`Problem::TooMany`] when the teacher has said too much about the visit.
    fn answer_card(
        &self,
        secret_sha256: Sha256,
        answer: CardAnswer,
        random: [Chance; 2],
        now_utc_ms: i64,
    ) -> Asked<'_, Option<CardContents>>;

    /// Records what the teacher says on a card beside thanks and a reply: the facts that the app would make, once for
    /// each form and nothing where they stand already. Then shows the card, which counts as opened. `key` is the key
    /// that the form carried. None as for [`Cards::open_card`]; then nothing is recorded.
    ///
    /// Refused with [`Problem::NotFound`] when the card does not offer it, with [`Problem::Malformed`] when no form of
    /// the card says so, and with [`Problem::TooMany`] when the teacher has said too much about the same thing.
    fn say_on_card(
        &self,
        secret_sha256: Sha256,
        key: EventId,
        act: CardAct,
        random: [Chance; 2],
        now_utc_ms: i64,
    ) -> Asked<'_, Option<Spoken>>;

    /// Ends every card of this feedback, those that would still be mailed included, and says how many
    /// were open.
    ///
    /// Refused with [`Problem::NotAllowed`] unless the caller is the teacher whom the feedback is for, or
    /// an admin; to an admin, [`Problem::NotFound`] says that there is no such feedback with a card or mail.
    fn revoke_cards(
        &self,
        feedback: EventId,
        caller: Caller,
        now_utc_ms: i64,
    ) -> Later<'_, Result<u32, Problem>>;
}

/// What a teacher answers on a card.
#[derive(Clone, Debug)]
pub struct CardAnswer {
    /// The key that the form carried: it becomes the event's id.
    pub key: EventId,
    /// How.
    pub reaction: Reaction,
    /// The reply; none for thanks.
    pub text: Option<String>,
}

/// A card after something was said on it.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// The card as it is now.
    pub card: CardContents,
    /// Whether what was said stands. It does not when the same form said it before, and something else came since.
    pub stands: bool,
}

/// The id of something that a form says: the same for the same words from the same form, so that a form that is posted
/// twice counts once, and one that is changed and sent again ("Back", and another sentence) is another.
pub fn of_these_words(key: EventId, text: &str) -> EventId {
    let Sha256(sum) = Sha256::of(format!("lookfor reply {key} {text}").as_bytes());
    let random = std::array::from_fn(|place| sum.get(place).copied().unwrap_or_default());
    let at_ms = key.0.get_timestamp().map_or(0, |at| {
        let (seconds, nanoseconds) = at.to_unix();
        seconds * 1000 + u64::from(nanoseconds) / 1_000_000
    });
    EventId::mint(i64::try_from(at_ms).unwrap_or(0), random)
}

/// What a card was mailed for.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Feedback, as it was made for the teacher, with the visit if that was made, too.
    Feedback(FeedbackDocument, Option<Box<WalkthroughDocument>>),
    /// A visit to which nobody wrote in time: the record itself.
    Visit(WalkthroughDocument),
}

impl Shown {
    /// The record of the visit; none of feedback whose record is not there.
    pub fn visit(&self) -> Option<&WalkthroughDocument> {
        match self {
            Self::Feedback(_, visit) => visit.as_deref(),
            Self::Visit(visit) => Some(visit),
        }
    }
}

/// What a card holds.
#[derive(Clone, Debug)]
pub struct CardContents {
    /// The language of its reader.
    pub language: Language,
    /// What it shows.
    pub shown: Shown,
    /// The form of the visit, in its version; none where this server does not have it.
    pub form: Option<Form>,
    /// What the person who visited is called, where the teacher's feed says it.
    pub observer: Option<String>,
    /// What can be said on it beside thanks and a reply, and how that stands.
    pub voice: OnCard,
    /// The agreement that holds now.
    pub agreement: Agreement,
    /// Until when this card's secret is good, in milliseconds since 1970.
    pub expires_utc_ms: i64,
}
