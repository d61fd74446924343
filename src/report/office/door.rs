//! The way into the office, and the pages that stand where none can be shown.

use super::frame::REFERRER;
use crate::report::html::Html;
use crate::text::Language;
use crate::text::office::frame::FrameSay;

/// The page in front of the office: one button, and the same for every address, so that it tells nobody
/// whether the address is good.
pub fn door(language: Language, stylesheet: &str) -> String {
    let say = |what| language.office(what);
    let inside = Html::default()
        .element("p", say(FrameSay::EnterMeans))
        // Without an action a form goes to the address of its page.
        .raw("<form method=\"post\"><button class=\"primary\">")
        .text(say(FrameSay::EnterHere))
        .raw("</button></form><p class=\"quiet\">")
        .text(say(FrameSay::EnterHow))
        .raw("</p>")
        .piece(other_language(language));
    plain(language, say(FrameSay::Enter), inside, stylesheet)
}

/// A page that only says something, and how to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Nobody is signed in to the office here.
    Closed,
    /// The address was used, has expired, or never was.
    DoorUsed,
    /// Just signed out.
    SignedOut,
    /// The person may not see the page.
    NotYours,
    /// Another page made the request.
    FromElsewhere,
    /// There is no such page.
    NotThere,
    /// Too many tries.
    Waiting,
    /// More text than a page takes.
    TooLarge,
    /// The server failed.
    ServerFailed,
}

/// The page that stands instead of one.
pub fn instead(language: Language, what: Instead, stylesheet: &str) -> String {
    let say = |what| language.office(what);
    let (title, text) = match what {
        Instead::Closed => (FrameSay::Closed, FrameSay::ClosedMeans),
        Instead::DoorUsed => (FrameSay::DoorUsed, FrameSay::DoorUsedMeans),
        Instead::SignedOut => (FrameSay::SignedOut, FrameSay::SignedOutMeans),
        Instead::NotYours => (FrameSay::NotYours, FrameSay::NotYoursMeans),
        Instead::FromElsewhere => (FrameSay::FromElsewhere, FrameSay::FromElsewhereMeans),
        Instead::NotThere => (FrameSay::NotThere, FrameSay::NotThereMeans),
        Instead::Waiting => (FrameSay::Failed, FrameSay::Waiting),
        Instead::TooLarge => (FrameSay::Failed, FrameSay::TooLarge),
        Instead::ServerFailed => (FrameSay::Failed, FrameSay::ServerFailed),
    };
    let (way, words) = match what {
        Instead::NotThere | Instead::FromElsewhere => ("/office", FrameSay::Overview),
        _ => ("/", FrameSay::OpenApp),
    };
    let inside = Html::default()
        .element("p", say(text))
        .raw("<p>")
        .piece(super::piece::way("way", way, say(words)))
        .raw("</p>");
    plain(language, say(title), inside, stylesheet)
}

fn other_language(language: Language) -> Html {
    let (other, name) = language.other();
    Html::default()
        .raw("<p><a class=\"plain\"")
        .attribute("href", &format!("?lang={}", other.tag()))
        .attribute("lang", other.tag())
        .attribute("hreflang", other.tag())
        .raw(">")
        .text(name)
        .raw("</a></p>")
}

fn plain(language: Language, title: &str, inside: Html, stylesheet: &str) -> String {
    let whole = format!("{title} · Lookfor");
    Html::default()
        .raw("<main class=\"door\">")
        .element("h1", title)
        .piece(inside)
        .raw("</main>")
        .page_with(language, &whole, stylesheet, REFERRER)
}
