//! Support wanted.

use super::{asks, part, quiet, sends};
use crate::domain::act::support::Category;
use crate::domain::card::Support;
use crate::report::card::{CardPage, form};
use crate::report::html::Html;
use crate::text::card_voice::CardVoice;
use crate::text::spots::Spot;

/// What support is asked for, and what can be.
pub(super) fn support(card: &CardPage<'_>, support: &Support) -> Html {
    let language = card.language;
    let (asked, other): (Vec<Category>, Vec<Category>) =
        Category::ALL.into_iter().partition(|category| {
            let mut open = support.open.iter();
            open.any(|(_, open)| open == category)
        });
    let names: Vec<&str> = asked.iter().map(|one| language.category(*one)).collect();
    let means = match names.is_empty() {
        true => String::new(),
        false => language.card_voice(CardVoice::AskedFor(&names.join(", "))),
    };
    let whom = match card.agreement.names {
        true => Spot::SupportMeans,
        false => Spot::SupportMeansUnnamed,
    };
    let mut inside = quiet(&language.spot(whom)).piece(form(card, "/support", card.voice_key()));
    if !other.is_empty() {
        let buttons = other
            .iter()
            .map(|category| sends("want", category.name(), language.category(*category)));
        let title = language.card_voice(CardVoice::WhatKind);
        inside = inside.piece(asks(&title, buttons, Html::default()));
    }
    if !asked.is_empty() {
        let buttons = asked.iter().map(|category| {
            let text = CardVoice::NotNeeded(language.category(*category));
            sends("done", category.name(), &language.card_voice(text))
        });
        let title = language.card_voice(CardVoice::Asked);
        inside = inside.piece(asks(&title, buttons, Html::default()));
    }
    let title = language.spot(Spot::AskForSupport);
    part(&title, &means, false, inside.raw("</form>"))
}
