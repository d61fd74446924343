//! The lesson log.

use super::{Pick, asks, hidden, part, quiet, typed};
use crate::domain::card::Lesson;
use crate::domain::collect::lesson::{Happened, Went};
use crate::report::card::{CardPage, form};
use crate::report::card_status::Unsaid;
use crate::report::html::Html;
use crate::text::card_voice::CardVoice;
use crate::text::voices::Voice;

/// The lesson log: which lesson, whether it happened, how it went.
pub(super) fn lesson(card: &CardPage<'_>, lesson: &Lesson) -> Html {
    let language = card.language;
    let typed = typed(card, |why| *why == Unsaid::NotSaidWhether);
    let fields = typed.map(|(_, fields)| fields);
    let radio = |name: &str, value: &str, text: &str, required, on| {
        let pick = Pick {
            kind: "radio",
            name,
            value,
            text,
            label: None,
            on: fields.map_or(on, |fields| fields.is(name, value)),
            required,
        };
        pick.html()
    };
    let question = |voice| language.voice(voice);
    let mut inside = form(card, "/lesson", card.voice_key());
    inside = match lesson.classes.as_slice() {
        [] => inside,
        [(class, title)] => inside
            .piece(hidden("class", &class.to_string()))
            .element("p", &language.card_voice(CardVoice::OfClass(title))),
        several => {
            let picks = several
                .iter()
                .map(|(class, title)| radio("class", &class.to_string(), title, true, false));
            inside.piece(asks(&question(Voice::WhichClass), picks, Html::default()))
        }
    };
    let days = [(Voice::Today, 0), (Voice::Yesterday, 1)].map(|(day, ago)| {
        let value = lesson.today.plus(-ago).to_string();
        radio("day", &value, &question(day), true, ago == 0)
    });
    let whether = |name: &str, required| {
        Happened::ALL.map(|one| radio(name, one.name(), language.happened(one), required, false))
    };
    let went = Went::ALL.map(|one| radio("went", one.name(), language.went(one), false, false));
    inside = inside
        .piece(asks(&question(Voice::WhichDay), days, Html::default()))
        .piece(asks(
            &question(Voice::DidItHappen),
            whether("happened", true),
            Html::default(),
        ));
    if !lesson.parts.is_empty() {
        inside = inside
            .raw("<details><summary>")
            .text(&question(Voice::WhichParts))
            .raw("</summary>");
        for part in &lesson.parts {
            let picks = whether(&format!("part.{}", part.key), false);
            inside = inside.piece(asks(language.of(&part.words), picks, Html::default()));
        }
        inside = inside.raw("</details>");
    }
    let how = language.card_voice(CardVoice::HowDidItGo);
    let inside = inside
        .piece(asks(&how, went, Html::default()))
        .piece(quiet(&question(Voice::LogReaders)))
        .piece(quiet(&language.card_voice(CardVoice::LogAgain)))
        .raw("<button class=\"primary\">")
        .text(&question(Voice::LogIt))
        .raw("</button></form>");
    let means = format!(
        "{} · {}",
        language.of(&lesson.title),
        question(Voice::LogTakes)
    );
    let title = question(Voice::LogALesson);
    part(&title, &means, typed.is_some(), inside)
}
