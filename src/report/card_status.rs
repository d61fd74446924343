//! What a reader has just done on a card, and what the page says of it.

use super::card::CardPage;
use super::html::Html;
use crate::text::Language;
use crate::text::card::CardSay;
use crate::text::card_voice::CardVoice;
use crate::text::feedback::REPLY_MAX;
use crate::text::voices::ADDED_MAX;
use std::collections::HashMap;

/// What a reader has just done on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Just<'a> {
    /// Thanked.
    Thanked,
    /// Replied with these words.
    Replied(&'a str),
    /// Sent a reply without words; nothing was kept.
    Nothing,
    /// Sent more than [`REPLY_MAX`] characters; nothing was kept.
    TooLong(&'a str),
    /// Said something else. Whether it stands: an old form may have been sent again, and something newer stands.
    Said(bool),
    /// Sent something that cannot be taken as it is: why, and the fields of the form. Nothing was kept.
    Unsaid(Unsaid, &'a HashMap<String, String>),
}

/// Why something was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// No question of the week was answered.
    NoAnswer,
    /// The words beside the answers have so many characters, more than [`ADDED_MAX`].
    TooLong(usize),
    /// Of a lesson was not said whether the idea happened.
    NotSaidWhether,
}

impl<'a> Just<'a> {
    /// What was typed, so that it is not lost with a link that is not good any more.
    pub fn typed(self) -> Option<&'a str> {
        match self {
            Self::Replied(text) | Self::TooLong(text) => Some(text),
            Self::Unsaid(_, fields) => fields.get("added").map(String::as_str),
            Self::Thanked | Self::Nothing | Self::Said(_) => None,
        }
    }

    /// Whether it was taken.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Thanked | Self::Replied(_) | Self::Said(_))
    }
}

/// What it says of what was just done.
pub(super) fn said_of(language: Language, just: Just<'_>) -> String {
    let said = |said| language.card_voice(said);
    language.say_card(match just {
        Just::Thanked => CardSay::ThanksSent,
        Just::Replied(_) => CardSay::ReplySent,
        Just::Nothing => CardSay::ReplyEmpty,
        Just::TooLong(text) => CardSay::ReplyTooLong(text.chars().count(), REPLY_MAX),
        Just::Said(true) => return said(CardVoice::Kept),
        Just::Said(false) => return said(CardVoice::SaidBefore),
        Just::Unsaid(Unsaid::NoAnswer, _) => return said(CardVoice::NoAnswer),
        Just::Unsaid(Unsaid::TooLong(length), _) => {
            return said(CardVoice::TooLong(length, ADDED_MAX));
        }
        Just::Unsaid(Unsaid::NotSaidWhether, _) => return said(CardVoice::NotSaidWhether),
    })
}

/// The message above a card, where something was just done.
pub(super) fn status(card: &CardPage<'_>) -> Html {
    let Some(just) = card.just else {
        return Html::default();
    };
    let html = Html::default().raw(match just.is_kept() {
        true => "<p class=\"kept\" role=\"status\">",
        false => "<p class=\"wrong\" id=\"wrong\" role=\"alert\">",
    });
    html.text(&said_of(card.language, just)).raw("</p>")
}
