//! The pages of two entries that are one person.

use super::frame::{Frame, Section};
use super::people::{PersonLine, called, posts};
use super::piece::{self, Table, primary, sheet};
use super::standing::access;
use crate::report::html::Html;
use crate::text::office::frame::FrameSay;
use crate::text::office::people::PeopleSay;

/// The page that looks for the other entry of a person.
pub fn find_other(
    frame: &Frame<'_>,
    line: &PersonLine,
    asked: &str,
    found: &[PersonLine],
) -> String {
    let say = |what| frame.say(what);
    let address = format!("/office/people/{}/merge", line.id);
    let mut main = Html::default()
        .element("p", say(PeopleSay::TwiceMeans))
        .piece(sheet(say(PeopleSay::Stays), entry(frame, line)))
        .piece(piece::search(
            &address,
            say(PeopleSay::SearchNameOrMail),
            asked,
            frame.say(FrameSay::Search),
            Html::default(),
        ));
    if found.is_empty() {
        main = main
            .raw("<p class=\"empty\">")
            .text(say(PeopleSay::NobodyFound))
            .raw("</p>");
        return frame.page(Section::People, say(PeopleSay::MergeTitle), main);
    }
    let row = |other: &PersonLine| {
        let choose = format!("{address}/{}", other.id);
        vec![
            piece::text(&called(frame, other.name.as_deref())),
            piece::text(other.mail.as_deref().unwrap_or("–")),
            posts(frame, &other.posts),
            piece::way("way", &choose, say(PeopleSay::Same)),
        ]
    };
    let table = Table {
        caption: say(PeopleSay::FindOther),
        heads: vec![
            say(PeopleSay::Name),
            say(PeopleSay::Mail),
            say(PeopleSay::Does),
            "",
        ],
        rows: found.iter().map(row).collect(),
    };
    frame.page(
        Section::People,
        say(PeopleSay::MergeTitle),
        main.piece(table.html()),
    )
}

/// The page that asks before two entries become one.
pub fn confirm_merge(frame: &Frame<'_>, stays: &PersonLine, goes: &PersonLine) -> String {
    let say = |what| frame.say(what);
    let address = format!("/office/people/{}/merge/{}", stays.id, goes.id);
    let back = format!("/office/people/{}", stays.id);
    let inside = Html::default()
        .raw("<p class=\"acts\">")
        .piece(primary(say(PeopleSay::Merge)))
        .piece(piece::way("way", &back, frame.say(FrameSay::Cancel)))
        .raw("</p>");
    let main = Html::default()
        .element("p", say(PeopleSay::MergeMeans))
        .raw("<div class=\"pair\">")
        .piece(sheet(say(PeopleSay::Stays), entry(frame, stays)))
        .piece(sheet(say(PeopleSay::Goes), entry(frame, goes)))
        .raw("</div>")
        .piece(frame.forms().post(&address, inside));
    frame.page(Section::People, say(PeopleSay::MergeTitle), main)
}

fn entry(frame: &Frame<'_>, line: &PersonLine) -> Html {
    Html::default()
        .raw("<p><strong>")
        .text(&called(frame, line.name.as_deref()))
        .raw("</strong></p>")
        .element("p", line.mail.as_deref().unwrap_or("–"))
        .piece(posts(frame, &line.posts))
        .raw("<p>")
        .piece(access(frame, line.access))
        .raw("</p>")
}
