//! The light card: feedback on one page without script, for readers without the app.

use super::card_status::{Just, said_of, status};
use super::card_voice::voice;
use super::html::Html;
use super::record::record;
use crate::domain::act::feedback::Reaction;
use crate::domain::agreement::Agreement;
use crate::domain::card::OnCard;
use crate::domain::collect::form::Form;
use crate::domain::document::{AnswerDocument, FeedbackDocument, WalkthroughDocument};
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use crate::domain::visibility::{Relation, Row};
use crate::text::Language;
use crate::text::card::CardSay;
use crate::text::feedback::REPLY_MAX;
use crate::text::talk::Talk;

/// For how many days the link of a card works.
pub const LINK_DAYS: i64 = 14;
/// The stylesheet of every page here.
pub const STYLESHEET: &str = include_str!("card.css");

/// What a card is made of.
#[derive(Clone, Copy, Debug)]
pub struct CardPage<'a> {
    /// The language of the page.
    pub language: Language,
    /// The feedback, as it was made for the teacher; none when nobody wrote to them in time.
    pub feedback: Option<&'a FeedbackDocument>,
    /// The visit, as it was made for the teacher, where it was.
    pub walkthrough: Option<&'a WalkthroughDocument>,
    /// The form of the visit, where the server has it.
    pub form: Option<&'a Form>,
    /// What the person who visited is called, where the reader may know it.
    pub observer: Option<&'a str>,
    /// What can be said beside thanks and a reply.
    pub voice: &'a OnCard,
    /// What the teacher is told of who reads what: by the version that the visit is shown by.
    pub agreement: &'a Agreement,
    /// Until when the link works, in milliseconds since 1970.
    pub expires_utc_ms: i64,
    /// The address of the card, without its query.
    pub path: &'a str,
    /// The key of the form that thanks, of the form that replies, and of all other forms.
    pub keys: &'a [String; 3],
    /// What the reader has just done here.
    pub just: Option<Just<'a>>,
    /// The address of the stylesheet.
    pub stylesheet: &'a str,
    /// Whether the district is an invented one.
    pub demo: bool,
}

impl<'a> CardPage<'a> {
    pub(super) fn voice_key(&self) -> &'a str {
        let [_, _, key] = self.keys;
        key
    }
}

/// The page in front of a card: one button, and the same for every link, so that it tells nobody whether
/// a link is good.
pub fn door(language: Language, stylesheet: &str) -> String {
    let say = |what| language.say_card(what);
    let (other, name) = language.other();
    let title = say(CardSay::WrittenUp);
    Html::default()
        .raw("<main class=\"door\">")
        .element("h1", &title)
        .element("p", &say(CardSay::BehindButton))
        // Without an action a form goes to the address of its page.
        .raw("<form method=\"post\"><button class=\"primary\">")
        .text(&say(CardSay::Open))
        .raw("</button></form><p class=\"quiet\">")
        .text(&say(CardSay::NotExpected))
        .raw("</p><footer><a class=\"language\"")
        .attribute("href", &format!("?lang={}", other.tag()))
        .attribute("lang", other.tag())
        .attribute("hreflang", other.tag())
        .raw(">")
        .text(name)
        .raw("</a></footer></main>")
        .page(language, &title, stylesheet)
}

/// The card.
pub fn card(card: &CardPage<'_>) -> String {
    let say = |what| card.language.say_card(what);
    let heading = heading(card);
    let title = match card.just.map(|just| said_of(card.language, just)) {
        Some(status) => format!("{status} {heading}"),
        None => heading.clone(),
    };
    Html::default()
        .demo(card.language, card.demo)
        .raw("<main><header><p class=\"quiet\">")
        .text(&when(card))
        .raw("</p>")
        .element("h1", &heading)
        .piece(match card.observer {
            Some(name) => Html::default().element("p", &say(CardSay::WrittenBy(name))),
            None => Html::default(),
        })
        .raw("</header>")
        .piece(status(card))
        .raw("<section class=\"sheet\">")
        .piece(noticed(card))
        .piece(card.walkthrough.map_or_else(Html::default, |visit| {
            record(card.language, visit, card.form)
        }))
        .raw("</section>")
        .piece(answers(card))
        .piece(forms(card))
        .piece(voice(card))
        .piece(footer(card))
        .raw("</main>")
        .page(card.language, &title, card.stylesheet)
}

/// The page of a link that is expired, revoked, or never was. `typed` is what its reader would have sent.
pub fn closed(language: Language, typed: Option<&str>, stylesheet: &str) -> String {
    let say = |what| language.say_card(what);
    let kept = match typed.filter(|typed| !typed.is_empty()) {
        None => Html::default(),
        Some(typed) => Html::default()
            .raw("<p><label for=\"typed\">")
            .text(&say(CardSay::NotSent))
            .raw("</label></p><textarea id=\"typed\" rows=\"6\" readonly>")
            .text(&format!("\n{typed}"))
            .raw("</textarea>"),
    };
    let title = say(CardSay::Closed);
    plain(
        language,
        &title,
        &say(CardSay::ClosedMeans(LINK_DAYS)),
        kept,
        stylesheet,
    )
}

/// The page for a request that another site made.
pub fn from_elsewhere(language: Language, stylesheet: &str) -> String {
    let say = |what| language.say_card(what);
    let title = say(CardSay::FromElsewhere);
    let text = say(CardSay::FromElsewhereMeans);
    plain(language, &title, &text, Html::default(), stylesheet)
}

/// The page for any other problem.
pub fn failed(language: Language, problem: &Problem, stylesheet: &str) -> String {
    let title = language.say_card(CardSay::DidNotWork);
    let text = language.problem(problem);
    plain(language, &title, &text, Html::default(), stylesheet)
}

fn plain(language: Language, title: &str, text: &str, more: Html, stylesheet: &str) -> String {
    Html::default()
        .raw("<main class=\"door\">")
        .element("h1", title)
        .element("p", text)
        .piece(more)
        .raw("</main>")
        .page(language, title, stylesheet)
}

fn heading(card: &CardPage<'_>) -> String {
    let form = card.form.map(|form| card.language.of(&form.title));
    let what = match form {
        Some(title) => CardSay::VisitAbout(title),
        None => CardSay::AVisit,
    };
    card.language.say_card(what)
}

/// When the visit began; without the visit, when its feedback was sent.
fn when(card: &CardPage<'_>) -> String {
    let begun = card.walkthrough.map(|visit| visit.begun);
    let Some(at) = begun.or(card.feedback.map(|feedback| feedback.at)) else {
        return String::new();
    };
    format!("{}, {}", card.language.day(at), card.language.time(at))
}

fn noticed(card: &CardPage<'_>) -> Html {
    let say = |what| card.language.say_card(what);
    let Some(feedback) = card.feedback else {
        return Html::default().element("p", &say(CardSay::NobodyWrote));
    };
    let html = Html::default().element("h2", &say(CardSay::Noticed));
    let html = match &feedback.text {
        Some(text) => html.raw("<p class=\"said\">").text(text).raw("</p>"),
        None => html
            .raw("<p class=\"quiet\">")
            .text(&say(CardSay::Erased))
            .raw("</p>"),
    };
    let html = part(html, &say(CardSay::StudentsDid), &feedback.students);
    part(html, &say(CardSay::OneQuestion), &feedback.question)
}

/// A part of feedback under its heading, where there is one.
fn part(html: Html, heading: &str, text: &Option<String>) -> Html {
    match text {
        None => html,
        Some(text) => html
            .element("h2", heading)
            .raw("<p class=\"said\">")
            .text(text)
            .raw("</p>"),
    }
}

/// What the teacher has answered. What was just sent may not have come through the feed yet.
fn answers(card: &CardPage<'_>) -> Html {
    let mut all: Vec<(Reaction, Option<&str>)> = known_answers(card)
        .iter()
        .map(|answer| (answer.answer, answer.text.as_deref()))
        .collect();
    let just = match card.just {
        Some(Just::Thanked) => Some((Reaction::Thanks, None)),
        Some(Just::Replied(text)) => Some((Reaction::Reply, Some(text))),
        _ => None,
    };
    all.extend(just.filter(|just| !all.contains(just)));
    if all.is_empty() {
        return Html::default();
    }
    let say = |what| card.language.say_card(what);
    let mut html = Html::default()
        .raw("<section class=\"sheet\">")
        .element("h2", &say(CardSay::YouAnswered));
    for answer in all {
        html = match answer {
            (Reaction::Thanks, _) => html.element("p", &say(CardSay::YouThanked)),
            (Reaction::Reply, Some(text)) => html.raw("<p class=\"said\">").text(text).raw("</p>"),
            (Reaction::Reply, None) => html
                .raw("<p class=\"quiet\">")
                .text(&say(CardSay::ReplyErased))
                .raw("</p>"),
        };
    }
    html.raw("</section>")
}

/// What the teacher has answered to what the card shows: to feedback, or to the record.
fn known_answers<'a>(card: &CardPage<'a>) -> &'a [AnswerDocument] {
    match (card.feedback, card.walkthrough) {
        (Some(feedback), _) => &feedback.answers,
        (None, Some(visit)) => &visit.answers,
        (None, None) => &[],
    }
}

fn forms(card: &CardPage<'_>) -> Html {
    // Of a record that makes nothing for others nothing is heard.
    if card.feedback.is_none() && card.walkthrough.is_none_or(|visit| visit.refused.is_some()) {
        return Html::default();
    }
    let say = |what| card.language.say_card(what);
    let [thanks_key, reply_key, _] = card.keys;
    let has_thanked = card.just == Some(Just::Thanked)
        || known_answers(card)
            .iter()
            .any(|answer| answer.answer == Reaction::Thanks);
    let typed = match card.just {
        Some(Just::TooLong(text)) => text,
        _ => "",
    };
    let wrong = matches!(card.just, Some(Just::Nothing | Just::TooLong(_)));
    let html = Html::default()
        .piece(form(card, "/reply", reply_key))
        .raw("<label for=\"reply\">")
        .text(&say(CardSay::Reply))
        .raw("</label><p class=\"quiet\" id=\"hint\">")
        .text(&say(CardSay::ReplyHint(REPLY_MAX)))
        .raw("</p><textarea id=\"reply\" name=\"reply\" rows=\"4\"")
        .attribute("maxlength", &REPLY_MAX.to_string())
        .piece(match wrong {
            true => Html::default().raw(" aria-invalid=\"true\" aria-describedby=\"wrong hint\">"),
            false => Html::default().raw(" aria-describedby=\"hint\">"),
        })
        // The first line break of a textarea is its own.
        .text(&format!("\n{typed}"))
        .raw("</textarea><button class=\"primary\">")
        .text(&say(CardSay::SendReply))
        .raw("</button></form>");
    if has_thanked {
        return html;
    }
    html.piece(form(card, "/thanks", thanks_key))
        .raw("<button>")
        .text(&say(CardSay::Thanks))
        .raw("</button></form>")
}

/// The beginning of a form with its key.
pub(super) fn form(card: &CardPage<'_>, step: &str, key: &str) -> Html {
    let action = format!("{}{step}?lang={}", card.path, card.language.tag());
    Html::default()
        .raw("<form method=\"post\"")
        .attribute("action", &action)
        .raw("><input type=\"hidden\" name=\"key\"")
        .attribute("value", key)
        .raw(">")
}

fn footer(card: &CardPage<'_>) -> Html {
    let say = |what| card.language.say_card(what);
    let (other, name) = card.language.other();
    let there = card.walkthrough.map(|visit| visit.at);
    let there = there.or(card.feedback.map(|feedback| feedback.at));
    let last_day = card.language.day(Moment {
        at_utc_ms: card.expires_utc_ms,
        offset_min: there.map_or(0, |there| there.offset_min),
    });
    let html = Html::default().raw("<footer>");
    let html = match card.voice.opened {
        None => html,
        Some(at) => {
            let when = format!("{}, {}", card.language.day(at), card.language.time(at));
            html.element("p", &card.language.talk(Talk::YouOpened(&when)))
        }
    };
    html.element("p", &promise(card.language, card.agreement))
        .element("p", &say(CardSay::WorksUntil(&last_day)))
        .raw("<form method=\"post\"")
        .attribute("action", &format!("{}?lang={}", card.path, other.tag()))
        .raw("><button class=\"language\"")
        .attribute("lang", other.tag())
        .raw(">")
        .text(name)
        .raw("</button></form></footer>")
}

/// What the agreement promises the reader, in one sentence.
fn promise(language: Language, agreement: &Agreement) -> String {
    language.say_card(CardSay::Promise {
        coaches: !agreement.withholds(Row::Feedback, Relation::Coach),
        erased_after_days: agreement.words_kept_days,
    })
}
