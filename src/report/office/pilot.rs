//! The pages of a pilot without IT: one form, and what to hand over.

use super::frame::{Frame, Rank, Section};
use super::ideas::IdeaName;
use super::people::Choice;
use super::piece::{self, Field, hidden, link, primary, sheet};
use crate::domain::id::PersonId;
use crate::domain::pasted::Unread;
use crate::report::html::Html;
use crate::text::Language;
use crate::text::office::frame::FrameSay;
use crate::text::office::people::PeopleSay;
use crate::text::office::pilot::PilotSay;

/// The most teachers of a pilot.
pub const PILOTS_MAX: usize = 5;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The pasted lines.
    pub people: String,
    /// The id of a site; empty for a new one.
    pub site: String,
    /// The name of a new site.
    pub site_name: String,
    /// The key of the change idea.
    pub idea: String,
    /// `en` or `es`.
    pub language: String,
    /// Lines that cannot be read.
    pub unread: Vec<(usize, Unread)>,
    /// What else is wrong, by the name of the field.
    pub wrong: Vec<(&'static str, &'static str)>,
}

/// The form.
pub fn pilot(
    frame: &Frame<'_>,
    typed: &Typed,
    key: &str,
    sites: &[Choice],
    ideas: &[IdeaName],
) -> String {
    let say = |what| frame.say(what);
    let wrong = |field: &str| {
        let found = typed.wrong.iter().find(|(name, _)| *name == field);
        found.map_or("", |(_, what)| what)
    };
    let unread: Vec<String> = typed
        .unread
        .iter()
        .map(|(line, why)| frame.language.unread_line(*line, *why))
        .collect();
    let wrong_people = [unread.join(" "), wrong("people").to_owned()].join(" ");
    let mut schools: Vec<(String, String)> = super::people::choices(sites);
    schools.push((String::new(), say(PilotSay::NewSchool).to_owned()));
    let titles = ideas
        .iter()
        .map(|idea| (idea.key.clone(), idea.say(frame.language).to_owned()));
    let languages = [
        ("en".to_owned(), frame.say(PeopleSay::English).to_owned()),
        ("es".to_owned(), frame.say(PeopleSay::Spanish).to_owned()),
    ];
    let people = Field {
        name: "people",
        label: say(PilotSay::Teachers),
        hint: say(PilotSay::TeachersHint),
        value: &typed.people,
        wrong: wrong_people.trim(),
        more: " required spellcheck=\"false\" autocomplete=\"off\"",
        ..Field::default()
    };
    let mut inside = Html::default()
        .piece(hidden("key", key))
        .piece(people.area(6));
    if !sites.is_empty() {
        let school = Field {
            name: "site",
            label: say(PilotSay::School),
            value: &typed.site,
            ..Field::default()
        };
        inside = inside.piece(school.select(&schools));
    }
    let name = Field {
        name: "site_name",
        label: say(PilotSay::SchoolName),
        value: &typed.site_name,
        wrong: wrong("site"),
        more: " maxlength=\"200\" autocomplete=\"off\"",
        ..Field::default()
    };
    let idea = Field {
        name: "idea",
        label: say(PilotSay::Idea),
        value: &typed.idea,
        wrong: wrong("idea"),
        ..Field::default()
    };
    let language = Field {
        name: "language",
        label: say(PilotSay::LanguageOf),
        value: &typed.language,
        ..Field::default()
    };
    inside = inside
        .piece(name.html())
        .piece(idea.select(&titles.collect::<Vec<_>>()))
        .piece(language.select(&languages))
        .raw("<p class=\"acts\">")
        .piece(primary(say(PilotSay::Start)))
        .raw("</p>");
    let mut main = Html::default();
    if !typed.unread.is_empty() || !typed.wrong.is_empty() {
        main = main
            .raw("<div class=\"wrong\" role=\"alert\">")
            .element("p", frame.say(FrameSay::CheckForm))
            .raw("</div>");
    }
    main = main
        .raw("<p class=\"lead\">")
        .text(say(PilotSay::Means))
        .raw("</p><section class=\"sheet\">")
        .piece(frame.forms().post("/office/pilot", inside))
        .raw("</section>");
    frame.page(Section::Pilot, say(PilotSay::Title), main)
}

/// What became of one pasted person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The person, for whoever may look them up.
    pub person: Option<PersonId>,
    /// What they are called by whoever pasted them.
    pub name: String,
    /// How they come in.
    pub way: Way,
}

/// How a pilot teacher comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By this link, which is handed over.
    Link(String),
    /// By a mail.
    Mail,
    /// They were there before, and get nothing from here.
    There,
}

/// The page after it has begun: links are shown this once.
pub fn begun(
    frame: &Frame<'_>,
    people: &[Begun],
    site: &str,
    idea: &IdeaName,
    invited_in: Language,
) -> String {
    let say = |what| frame.say(what);
    let mut main = Html::default()
        .raw("<p class=\"lead\">")
        .text(&format!("{} · {site}", idea.say(frame.language)))
        .raw("</p>");
    let links: Vec<(&Begun, &String)> = people
        .iter()
        .filter_map(|one| match &one.way {
            Way::Link(link) => Some((one, link)),
            Way::Mail | Way::There => None,
        })
        .collect();
    if !links.is_empty() {
        let mut html = Html::default()
            .element("p", say(PilotSay::LinksOnce))
            .raw("<ul class=\"strips\"")
            .attribute("lang", invited_in.tag())
            .raw(">");
        for (one, address) in links {
            html = html
                .raw("<li><h3>")
                .text(&one.name)
                .raw("</h3>")
                .element("p", invited_in.office(PilotSay::Invited))
                .element("p", invited_in.office(PilotSay::OpenLink))
                .raw("<p class=\"link\"><code>")
                .text(address)
                .raw("</code></p></li>");
        }
        html = html
            .raw("</ul><p class=\"quiet no-print\">")
            .text(say(PilotSay::Print))
            .raw("</p>");
        main = main.piece(sheet(say(PilotSay::HandOver), html));
    }
    for (way, title, means) in [
        (Way::Mail, PilotSay::Mailed, PilotSay::MailedMeans),
        (Way::There, PilotSay::Joined, PilotSay::JoinedMeans),
    ] {
        let named: Vec<&Begun> = people.iter().filter(|one| one.way == way).collect();
        if named.is_empty() {
            continue;
        }
        let mut html = Html::default()
            .element("p", say(means))
            .raw("<ul class=\"plain-list\">");
        for one in named {
            let named = match one.person {
                Some(person) => link(&format!("/office/people/{person}"), &one.name),
                None => Html::default().text(&one.name),
            };
            html = html.raw("<li>").piece(named).raw("</li>");
        }
        main = main.piece(sheet(say(title), html.raw("</ul>")));
    }
    if frame.rank != Rank::Admin {
        main = main.raw("<p>").text(say(PilotSay::ToConfirm)).raw("</p>");
    }
    let next = Html::default()
        .raw("<ol>")
        .element("li", say(PilotSay::Next1))
        .element("li", say(PilotSay::Next2))
        .element("li", say(PilotSay::Next3))
        .raw("</ol><p class=\"acts\">")
        .piece(piece::way(
            "way primary",
            "/office/agreement",
            say(PilotSay::ReadAgreement),
        ))
        .piece(piece::way("way", "/office", say(PilotSay::ToOverview)))
        .raw("</p>");
    main = main
        .raw("<div class=\"no-print\">")
        .piece(sheet(say(PilotSay::Next), next))
        .raw("</div>");
    frame.page(Section::Pilot, say(PilotSay::Ready), main)
}
