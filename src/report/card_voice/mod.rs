//! What the teacher of a card says there beside thanks and a reply, each part folded until it is wanted: the bright
//! spot that waits for a yes, support, the questions of the week, the lesson log.
//!
//! Reading order: here (what the parts share), then [`spot`], [`support`], [`week`], [`lesson`].
//!
//! Never here: a script, and what was said before where whoever has the link should not read it.

mod lesson;
mod spot;
mod support;
mod week;

use super::card::CardPage;
use super::card_status::{Just, Unsaid};
use super::html::Html;
use std::collections::HashMap;

/// Everything that can be said on the card, part by part.
pub fn voice(card: &CardPage<'_>) -> Html {
    let on_card = card.voice;
    let mut html = Html::default();
    for (place, one) in on_card.spots.iter().enumerate() {
        html = html.piece(spot::spot(card, place, one));
    }
    if let Some(one) = &on_card.support {
        html = html.piece(support::support(card, one));
    }
    if let Some(one) = &on_card.week {
        html = html.piece(week::week(card, one));
    }
    if let Some(one) = &on_card.lesson {
        html = html.piece(lesson::lesson(card, one));
    }
    html
}

/// What was posted and not taken, if this part posted it.
fn typed<'a>(card: &CardPage<'a>, of: fn(&Unsaid) -> bool) -> Option<(Unsaid, Fields<'a>)> {
    match card.just {
        Some(Just::Unsaid(why, fields)) if of(&why) => Some((why, Fields(fields))),
        _ => None,
    }
}

/// The fields of a form as they were posted.
#[derive(Clone, Copy)]
struct Fields<'a>(&'a HashMap<String, String>);

impl Fields<'_> {
    fn is(self, name: &str, value: &str) -> bool {
        self.0.get(name).is_some_and(|posted| posted == value)
    }
}

/// A part that unfolds: what it is, and how it stands in a few words.
fn part(title: &str, means: &str, open: bool, inside: Html) -> Html {
    Html::default()
        .raw(match open {
            true => "<details open class=\"sheet\">",
            false => "<details class=\"sheet\">",
        })
        .raw("<summary>")
        .element("h2", title)
        .raw(" <span class=\"quiet\">")
        .text(means)
        .raw("</span></summary>")
        .piece(inside)
        .raw("</details>")
}

fn quiet(text: &str) -> Html {
    Html::default()
        .raw("<p class=\"quiet\">")
        .text(text)
        .raw("</p>")
}

/// A button that sends its own name and value.
fn sends(name: &'static str, value: &str, text: &str) -> Html {
    Html::default()
        .raw("<button")
        .attribute("name", name)
        .attribute("value", value)
        .raw(">")
        .text(text)
        .raw("</button>")
}

fn hidden(name: &'static str, value: &str) -> Html {
    Html::default()
        .raw("<input type=\"hidden\"")
        .attribute("name", name)
        .attribute("value", value)
        .raw(">")
}

/// One of some choices beside each other, or a box to tick.
struct Pick<'a> {
    kind: &'static str,
    name: &'a str,
    value: &'a str,
    text: &'a str,
    /// What it says to whoever does not see where it stands.
    label: Option<String>,
    on: bool,
    required: bool,
}

impl Pick<'_> {
    fn html(self) -> Html {
        let mut html = Html::default()
            .raw("<label class=\"pick\"><input")
            .attribute("type", self.kind)
            .attribute("name", self.name)
            .attribute("value", self.value);
        if self.on {
            html = html.raw(" checked");
        }
        if self.required {
            html = html.raw(" required");
        }
        if let Some(label) = self.label {
            html = html.attribute("aria-label", &label);
        }
        html.raw("> ").text(self.text).raw("</label>")
    }
}

/// A question with its choices.
fn asks(question: &str, picks: impl IntoIterator<Item = Html>, more: Html) -> Html {
    asks_in("<div class=\"picks\">", question, picks, more)
}

/// A question with its choices, which stand in this element.
fn asks_in(
    element: &'static str,
    question: &str,
    picks: impl IntoIterator<Item = Html>,
    more: Html,
) -> Html {
    let html = Html::default()
        .raw("<fieldset>")
        .element("legend", question)
        .raw(element);
    let html = picks.into_iter().fold(html, Html::piece);
    html.raw("</div>").piece(more).raw("</fieldset>")
}
