//! The pages of one person: all about them, their fresh link, and two entries that are one.

use super::devices::{DeviceLine, when};
use super::frame::{Frame, Rank, Section};
use super::ideas::IdeaName;
use super::people::PlaceLine;
use super::people::{
    Access, Choice, PersonLine, PostLine, Typed, alert, called, post_fields, post_words, posts,
    role_value,
};
use super::piece::{self, Field, Table, hidden, primary, sheet};
use super::standing::access;
use crate::domain::id::PersonId;
use crate::report::html::Html;
use crate::text::Language;
use crate::text::office::devices::DevicesSay;
use crate::text::office::frame::FrameSay;
use crate::text::office::people::PeopleSay;

/// All about a person that the office knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSheet {
    /// The person.
    pub line: PersonLine,
    /// The language in which they are written to.
    pub language: Language,
    /// Their devices, signed in or not.
    pub devices: Vec<DeviceLine>,
    /// When the link was made that still works, in milliseconds since 1970.
    pub link_made_at_utc_ms: Option<i64>,
    /// How the mail with their invitation stands.
    pub mail: Option<Mailed>,
    /// Whether somebody added them on the spot and no admin has confirmed them.
    pub only_met: bool,
}

/// How the mail with an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailed {
    /// It waits to be sent.
    Waits,
    /// The mail server took it, at this time in milliseconds since 1970.
    Sent(i64),
    /// It was given up.
    GivenUp,
}

/// What the page offers beside the person.
pub struct PersonPage<'a> {
    /// The person.
    pub sheet: &'a PersonSheet,
    /// What was typed, and what is wrong with it.
    pub typed: &'a Typed,
    /// All sites.
    pub sites: &'a [Choice],
    /// All change ideas.
    pub ideas: &'a [IdeaName],
    /// Whether the server sends mail.
    pub mails: bool,
}

/// The page of a person; for a lead without a way to change anything.
pub fn person(frame: &Frame<'_>, page: &PersonPage<'_>) -> String {
    let line = &page.sheet.line;
    let title = called(frame, line.name.as_deref());
    if frame.rank != Rank::Admin {
        let main = Html::default()
            .raw("<p>")
            .piece(access(frame, line.access))
            .raw("</p>")
            .piece(sheet(
                frame.say(PeopleSay::Posts),
                posts(frame, &line.posts),
            ))
            .raw("<p class=\"quiet\">")
            .text(frame.say(PeopleSay::ReadOnly))
            .raw("</p>");
        return frame.page(Section::People, &title, main);
    }
    let left = line.access == Access::Left;
    let mut main = Html::default()
        .piece(alert(frame, page.typed))
        .raw("<p>")
        .piece(access(frame, line.access))
        .raw("</p>");
    if page.sheet.only_met {
        main = main.piece(confirming(frame, line));
    }
    if !left {
        main = main.piece(invitation(frame, page));
    }
    main = main.piece(posts_sheet(frame, page, left));
    let address = format!("/office/people/{}", line.id);
    let change = Html::default()
        .piece(details(frame, page.typed))
        .piece(piece::button(frame.say(FrameSay::Save)));
    main = main
        .piece(sheet(
            frame.say(PeopleSay::Details),
            frame.forms().post(&address, change),
        ))
        .piece(sheet(
            frame.say(PeopleSay::Devices),
            devices(frame, &page.sheet.devices),
        ))
        .piece(twice(frame, line))
        .piece(leaving(frame, &address, left));
    frame.page(Section::People, &title, main)
}

/// Name, mail and language.
pub(super) fn details(frame: &Frame<'_>, typed: &Typed) -> Html {
    let say = |what| frame.say(what);
    let languages = [
        ("en".to_owned(), say(PeopleSay::English).to_owned()),
        ("es".to_owned(), say(PeopleSay::Spanish).to_owned()),
    ];
    let name = Field {
        name: "name",
        label: say(PeopleSay::Name),
        value: &typed.name,
        wrong: typed.wrong(frame, "name"),
        more: " required maxlength=\"200\" autocomplete=\"off\"",
        ..Field::default()
    };
    let mail = Field {
        name: "mail",
        label: say(PeopleSay::Mail),
        hint: say(PeopleSay::MailHint),
        value: &typed.mail,
        wrong: typed.wrong(frame, "mail"),
        more: " maxlength=\"254\" autocomplete=\"off\" inputmode=\"email\" spellcheck=\"false\"",
        ..Field::default()
    };
    let language = Field {
        name: "language",
        label: say(PeopleSay::LanguageOf),
        value: &typed.language,
        ..Field::default()
    };
    Html::default()
        .piece(name.html())
        .piece(mail.html())
        .piece(language.select(&languages))
}

/// Somebody who was added on the spot, and the button that says who they are.
fn confirming(frame: &Frame<'_>, line: &PersonLine) -> Html {
    let say = |what| frame.say(what);
    let address = format!("/office/people/{}/confirm", line.id);
    let form = Html::default()
        .piece(piece::check(
            "devices",
            "theirs",
            say(PeopleSay::DevicesAreTheirs),
            false,
        ))
        .piece(piece::button(say(PeopleSay::Confirm)));
    let html = Html::default()
        .element("p", say(PeopleSay::OnlyMetMeans))
        .piece(frame.forms().post(&address, form));
    sheet(say(PeopleSay::OnlyMet), html)
}

fn invitation(frame: &Frame<'_>, page: &PersonPage<'_>) -> Html {
    let (say, sheet_of) = (|what| frame.say(what), page.sheet);
    let address = format!("/office/people/{}/invitation", sheet_of.line.id);
    let has_mail = sheet_of.line.mail.is_some();
    let mut html = Html::default().element("p", say(PeopleSay::InvitationMeans));
    if let Some(made) = sheet_of.link_made_at_utc_ms {
        let when = when(frame, made);
        html = html.element("p", &frame.language.link_made(&when));
    }
    let stands = match sheet_of.mail {
        None => None,
        Some(Mailed::Waits) => Some(say(PeopleSay::MailWaits).to_owned()),
        Some(Mailed::Sent(at)) => Some(frame.language.link_mailed(&when(frame, at))),
        Some(Mailed::GivenUp) => Some(say(PeopleSay::MailGivenUp).to_owned()),
    };
    if let Some(stands) = stands {
        html = html.element("p", &stands);
    }
    let hint = match (page.mails, has_mail) {
        (true, true) => None,
        (true, false) => Some(PeopleSay::NoMailOfTheirs),
        (false, _) => Some(PeopleSay::NoMailHere),
    };
    if let Some(hint) = hint {
        html = html.raw("<p class=\"quiet\">").text(say(hint)).raw("</p>");
    }
    // To somebody who is signed in, another link is nothing that has to be done next.
    let urgent = sheet_of.line.access == Access::NotInvited;
    let class_of = |first: bool| first && urgent;
    let submit = |words, first| match class_of(first) {
        true => primary(words),
        false => piece::button(words),
    };
    html = html.raw("<div class=\"acts\">");
    if hint.is_none() {
        let send = Html::default()
            .piece(hidden("way", "mail"))
            .piece(submit(say(PeopleSay::SendLink), true));
        html = html.piece(frame.forms().post(&address, send));
    }
    let make = Html::default().piece(submit(say(PeopleSay::MakeLink), hint.is_some()));
    html = html.piece(frame.forms().post(&address, make)).raw("</div>");
    sheet(say(PeopleSay::Invitation), html)
}

fn posts_sheet(frame: &Frame<'_>, page: &PersonPage<'_>, left: bool) -> Html {
    let say = |what| frame.say(what);
    let line = &page.sheet.line;
    let address = format!("/office/people/{}/posts", line.id);
    let mut html = Html::default();
    if line.posts.is_empty() {
        html = html
            .raw("<p class=\"quiet\">")
            .text(say(PeopleSay::NoPosts))
            .raw("</p>");
    } else {
        html = html.raw("<ul class=\"rows\">");
        for post in &line.posts {
            html = html
                .raw("<li>")
                .piece(one_post(frame, &address, post))
                .raw("</li>");
        }
        html = html.raw("</ul>");
    }
    if !left {
        let give = Html::default()
            .piece(hidden("act", "give"))
            .piece(post_fields(
                frame, page.typed, page.sites, page.ideas, false,
            ))
            .piece(piece::button(say(PeopleSay::Give)));
        let open = page.typed.wrong.iter().any(|(field, _)| *field == "place");
        html = html
            .raw(if open { "<details open>" } else { "<details>" })
            .element("summary", say(PeopleSay::GivePost))
            .piece(frame.forms().post(&address, give))
            .raw("</details>");
    }
    sheet(say(PeopleSay::Posts), html)
}

fn one_post(frame: &Frame<'_>, address: &str, post: &PostLine) -> Html {
    let words = post_words(frame.language, post);
    let place = match &post.place {
        PlaceLine::Site(id, _) => format!("site:{id}"),
        PlaceLine::Idea(idea) => format!("idea:{}", idea.key),
        PlaceLine::District => "district".to_owned(),
    };
    let end = Html::default()
        .piece(hidden("act", "end"))
        .piece(hidden("role", role_value(post.role)))
        .piece(hidden("place", &place))
        .raw("<button")
        .attribute("aria-label", &frame.language.end_of(&words))
        .raw(">")
        .text(frame.say(PeopleSay::EndPost))
        .raw("</button>");
    Html::default()
        .element("span", &words)
        .piece(frame.forms().post(address, end))
}

fn devices(frame: &Frame<'_>, devices: &[DeviceLine]) -> Html {
    if devices.is_empty() {
        return Html::default()
            .raw("<p class=\"quiet\">")
            .text(frame.say(PeopleSay::NoDevices))
            .raw("</p>");
    }
    let row = |device: &DeviceLine| {
        let mut row = vec![piece::text(&device.label)];
        row.extend(super::devices::cells(frame, device));
        row
    };
    Table {
        caption: frame.say(PeopleSay::Devices),
        heads: vec![
            frame.say(DevicesSay::Device),
            frame.say(DevicesSay::SignedInOn),
            frame.say(DevicesSay::SeenOn),
            "",
        ],
        rows: devices.iter().map(row).collect(),
    }
    .html()
}

fn twice(frame: &Frame<'_>, line: &PersonLine) -> Html {
    let say = |what| frame.say(what);
    let find = format!("/office/people/{}/merge", line.id);
    let html = Html::default()
        .element("p", say(PeopleSay::TwiceMeans))
        .raw("<p>")
        .piece(piece::way("way", &find, say(PeopleSay::FindOther)))
        .raw("</p>");
    sheet(say(PeopleSay::Twice), html)
}

fn leaving(frame: &Frame<'_>, address: &str, left: bool) -> Html {
    let (means, act, words) = match left {
        false => (PeopleSay::LeavingMeans, "left", PeopleSay::MarkLeft),
        true => (PeopleSay::BackMeans, "back", PeopleSay::BringBack),
    };
    let inside = Html::default()
        .piece(hidden("act", act))
        .piece(piece::button(frame.say(words)));
    let html = Html::default()
        .element("p", frame.say(means))
        .piece(frame.forms().post(&format!("{address}/{act}"), inside));
    sheet(frame.say(PeopleSay::Leaving), html)
}

/// The page of a fresh link, which is shown this once.
pub fn fresh_link(
    frame: &Frame<'_>,
    person: PersonId,
    name: Option<&str>,
    link: &str,
    expires_utc_ms: i64,
) -> String {
    let say = |what| frame.say(what);
    let title = frame.language.link_for(&called(frame, name));
    let until = frame.language.short_day(frame.at(expires_utc_ms));
    let field = Field {
        name: "link",
        label: say(PeopleSay::LinkFor),
        hint: say(PeopleSay::LinkOnce),
        value: link,
        more: " readonly spellcheck=\"false\" autocomplete=\"off\"",
        ..Field::default()
    };
    let main = Html::default()
        .raw("<section class=\"sheet\">")
        .piece(field.area(3))
        .element("p", &frame.language.link_until(&until))
        .raw("</section><p>")
        .piece(piece::way(
            "way",
            &format!("/office/people/{person}"),
            say(PeopleSay::BackToPerson),
        ))
        .raw("</p>");
    frame.page(Section::People, &title, main)
}
