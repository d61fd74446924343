//! A bright spot that somebody asked about, with who may see it.

use super::{hidden, part, quiet, sends};
use crate::domain::act::bright_spot::Circle;
use crate::domain::card::Choice;
use crate::domain::collect::form::Form;
use crate::domain::document::{BrightSpotDocument, PermissionDocument};
use crate::report::card::{CardPage, form};
use crate::report::html::Html;
use crate::text::Language;
use crate::text::spots::Spot;

/// A bright spot about which somebody asked: who may see it, who would, and the buttons.
pub(super) fn spot(card: &CardPage<'_>, place: usize, spot: &BrightSpotDocument) -> Html {
    let language = card.language;
    let waits = !spot.open_questions.is_empty();
    let circle = match spot.permission {
        PermissionDocument::GivenForSite => Some(Circle::Site),
        PermissionDocument::GivenForDistrict => Some(Circle::District),
        _ => None,
    };
    let means = language.permission_of_mine(spot.permission);
    let form = form(card, "/spot", card.voice_key()).piece(hidden("spot", &spot.id.to_string()));
    let inside = Html::default()
        .raw("<p class=\"said\">")
        .text(&evidence(language, card.form, spot))
        .raw("</p>");
    let inside = match waits {
        true => inside
            .piece(quiet(&language.spot(Spot::YouAreAsked)))
            .piece(form)
            .piece(choices(card, place)),
        false => {
            let readers = language.readers(circle, card.agreement);
            let (choice, text) = match circle {
                Some(_) => (Choice::TakeBack, Spot::TakeBack),
                None => (Choice::Anew, Spot::Choose),
            };
            inside
                .piece(quiet(&language.spot(Spot::WouldRead(&readers))))
                .piece(form)
                .piece(sends("choice", choice.name(), &language.spot(text)))
        }
    };
    let title = language.spot(Spot::CouldBorrow);
    part(&title, means, waits, inside.raw("</form>"))
}

/// Three equal buttons, each with who would read it.
fn choices(card: &CardPage<'_>, place: usize) -> Html {
    let language = card.language;
    let choices = [
        (Choice::Keep, None, Spot::KeepHere),
        (Choice::School, Some(Circle::Site), Spot::MySchool),
        (Choice::District, Some(Circle::District), Spot::TheDistrict),
    ];
    choices
        .into_iter()
        .fold(Html::default(), |html, (choice, circle, text)| {
            let id = format!("readers-{place}-{}", choice.name());
            html.raw("<button name=\"choice\"")
                .attribute("value", choice.name())
                .attribute("aria-describedby", &id)
                .raw(">")
                .text(&language.spot(text))
                .raw("</button><p class=\"quiet\"")
                .attribute("id", &id)
                .raw(">")
                .text(&language.would_read(circle, card.agreement))
                .raw("</p>")
        })
}

/// The line of evidence; else the look-for that it shows.
fn evidence(language: Language, form: Option<&Form>, spot: &BrightSpotDocument) -> String {
    let practice = || {
        let look_for = form?.look_for(spot.look_for.as_ref()?)?;
        Some(language.of(&look_for.words).to_owned())
    };
    let evidence = spot.evidence.clone().or_else(practice);
    evidence.unwrap_or_else(|| language.spot(Spot::SomethingElse))
}
