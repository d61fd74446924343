//! The questions of the week.

use super::{Fields, Pick, asks_in, hidden, part, quiet, typed};
use crate::domain::card::Week;
use crate::domain::moment::Moment;
use crate::domain::place::Day;
use crate::domain::plan::voice::{Answer, HOURS_MOST, Question};
use crate::domain::study::small_group::enough_answers;
use crate::report::card::{CardPage, form};
use crate::report::card_status::Unsaid;
use crate::report::html::Html;
use crate::text::Language;
use crate::text::card_voice::CardVoice;
use crate::text::voices::{ADDED_MAX, Voice};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The questions of the week. A small team is told that it cannot be anonymous before it answers.
pub(super) fn week(card: &CardPage<'_>, week: &Week) -> Html {
    let language = card.language;
    let typed = typed(card, |why| *why != Unsaid::NotSaidWhether);
    let fields = typed.map(|(_, fields)| fields);
    let team = match enough_answers(week.team) {
        true => Voice::ManyInTeam,
        false => Voice::FewInTeam(week.team),
    };
    let (state, send) = match week.answered {
        true => (Voice::AnsweredThisWeek, Voice::SendAgain),
        false => (Voice::NotAnsweredYet, Voice::Send),
    };
    let mut inside = Html::default().element("p", &language.voice(team));
    if week.answered {
        inside = inside.piece(quiet(&language.card_voice(CardVoice::AnsweredBefore)));
    }
    inside = inside
        .piece(form(card, "/week", card.voice_key()))
        .piece(hidden("week", &week.week.to_string()));
    for question in &week.questions {
        inside = inside.piece(one_question(language, question, fields));
    }
    inside = inside.piece(added(language, typed));
    if week.may_name {
        let tick = Pick {
            kind: "checkbox",
            name: "named",
            value: "yes",
            text: &language.voice(Voice::WithMyName),
            label: None,
            on: fields.is_some_and(|fields| fields.is("named", "yes")),
            required: false,
        };
        inside = inside.piece(tick.html());
    }
    let inside = inside
        .raw("<button class=\"primary\">")
        .text(&language.voice(send))
        .raw("</button><button type=\"reset\">")
        .text(&language.card_voice(CardVoice::Clear))
        .raw("</button></form>");
    let means = format!(
        "{} · {} · {}",
        language.of(&week.title),
        language.voice(Voice::WeekOf(&in_words(language, week.week))),
        language.voice(state)
    );
    let title = language.voice(Voice::ThisWeek);
    part(&title, &means, typed.is_some(), inside)
}

fn one_question(language: Language, question: &Question, fields: Option<Fields<'_>>) -> Html {
    let name = format!("q.{}", question.key);
    let agree = question.answer == Answer::Agree;
    let picks = question.answer.values().iter().map(|answer| {
        let value = answer.to_string();
        let text = match (question.answer, *answer) {
            (Answer::YesNo, 0) => language.voice(Voice::No),
            (Answer::YesNo, _) => language.voice(Voice::Yes),
            (Answer::Hours, HOURS_MOST) => language.voice(Voice::OrMore(HOURS_MOST)),
            _ => value.clone(),
        };
        let pick = Pick {
            kind: "radio",
            name: &name,
            value: &value,
            text: &text,
            label: agree.then(|| language.voice(Voice::OfFive(*answer))),
            on: fields.is_some_and(|fields| fields.is(&name, &value)),
            required: false,
        };
        pick.html()
    });
    let ends = match agree {
        false => Html::default(),
        true => Html::default()
            .raw("<p class=\"ends quiet\" aria-hidden=\"true\">")
            .element("span", &language.voice(Voice::Disagree))
            .element("span", &language.voice(Voice::Agree))
            .raw("</p>"),
    };
    let element = match question.answer {
        Answer::YesNo => "<div class=\"picks\">",
        Answer::Agree | Answer::Lessons | Answer::Hours => "<div class=\"picks row\">",
    };
    asks_in(element, language.of(&question.words), picks, ends)
}

/// The field for words of the teacher's own.
fn added(language: Language, typed: Option<(Unsaid, Fields<'_>)>) -> Html {
    let too_long = matches!(typed, Some((Unsaid::TooLong(_), _)));
    let words = typed.and_then(|(_, fields)| fields.0.get("added"));
    Html::default()
        .raw("<label for=\"added\">")
        .text(&language.voice(Voice::AddWords))
        .raw("</label><p class=\"quiet\" id=\"added-hint\">")
        .text(&language.voice(Voice::AddWordsHint(ADDED_MAX)))
        .raw("</p><textarea id=\"added\" name=\"added\" rows=\"2\"")
        .attribute("maxlength", &ADDED_MAX.to_string())
        .raw(match too_long {
            true => " aria-invalid=\"true\" aria-describedby=\"wrong added-hint\">",
            false => " aria-describedby=\"added-hint\">",
        })
        // The first line break of a textarea is its own.
        .text(&format!("\n{}", words.map_or("", String::as_str)))
        .raw("</textarea>")
}

/// A day as people write it.
fn in_words(language: Language, day: Day) -> String {
    language.day(Moment {
        at_utc_ms: day.since_epoch() * DAY_MS,
        offset_min: 0,
    })
}
