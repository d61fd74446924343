//! The record of a visit, as a page shows it to its teacher: what was seen, what was marked, and which rules of
//! the agreement it does not keep.

use super::html::Html;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::Form;
use crate::domain::collect::rating::Rating;
use crate::domain::document::WalkthroughDocument;
use crate::domain::problem::Problem;
use crate::text::Language;
use crate::text::card::CardSay;

/// The record. `form` is that of the visit, where the server has it.
pub fn record(language: Language, visit: &WalkthroughDocument, form: Option<&Form>) -> Html {
    Html::default()
        .piece(noted(language, visit))
        .piece(marked(language, visit, form))
        .piece(breaks(language, visit))
}

fn noted(language: Language, visit: &WalkthroughDocument) -> Html {
    let Some(note) = &visit.note else {
        return Html::default();
    };
    Html::default()
        .element("h2", &language.say_card(CardSay::SeenOrHeard))
        .raw("<blockquote class=\"said\">")
        .text(note)
        .raw("</blockquote>")
}

fn marked(language: Language, visit: &WalkthroughDocument, form: Option<&Form>) -> Html {
    if visit.rated.is_empty() {
        return Html::default();
    }
    let say = |what| language.say_card(what);
    let mut html = Html::default()
        .element("h2", &say(CardSay::Marked))
        .raw("<dl>");
    for rated in &visit.rated {
        html = html
            .raw("<div>")
            .element("dt", &look_for(language, form, rated))
            .piece(said(language, visit, form, rated))
            .raw("</div>");
    }
    html = html.raw("</dl>");
    match visit.amended {
        0 => html,
        _ => html
            .raw("<p class=\"quiet\">")
            .text(&say(CardSay::Amended))
            .raw("</p>"),
    }
}

/// What was recorded; a note in its own words, as long as they are there.
fn said(
    language: Language,
    visit: &WalkthroughDocument,
    form: Option<&Form>,
    rated: &Rated,
) -> Html {
    let text = visit.notes.get(&rated.look_for);
    match text.filter(|_| rated.rating == Rating::Noted) {
        Some(text) => Html::default()
            .raw("<dd class=\"words\">")
            .text(text)
            .raw("</dd>"),
        None => Html::default().element("dd", &rating(language, form, rated)),
    }
}

/// The look-for in the form's words; its key where this server does not have the form.
fn look_for(language: Language, form: Option<&Form>, rated: &Rated) -> String {
    form.and_then(|form| form.look_for(&rated.look_for))
        .map_or_else(
            || rated.look_for.to_string(),
            |look_for| language.of(&look_for.words).to_owned(),
        )
}

/// What was recorded, as a sentence begins.
fn rating(language: Language, form: Option<&Form>, rated: &Rated) -> String {
    let look_for = form.and_then(|form| form.look_for(&rated.look_for));
    let words = language.recorded(look_for, &rated.rating);
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// Which rules of the agreement the visit does not keep, each in a sentence.
fn breaks(language: Language, visit: &WalkthroughDocument) -> Html {
    if visit.breaks.is_empty() {
        return Html::default();
    }
    let html = Html::default().element("h2", &language.say_card(CardSay::NotKept));
    visit.breaks.iter().fold(html, |html, broken| {
        let sentence = match broken {
            Problem::AgreementSaysNo { field } => language.say_card(CardSay::Breaks(field)),
            other => language.problem(other),
        };
        html.element("p", &sentence)
    })
}
