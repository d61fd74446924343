//! The pages of sites and classes.

use super::frame::{Frame, Rank, Section};
use super::people::{Choice, Typed, alert};
use super::piece::{self, Field, Table, check, hidden, link, pill, primary, query, sheet};
use crate::domain::id::{ClassId, SiteId};
use crate::report::html::Html;
use crate::text::office::frame::FrameSay;
use crate::text::office::places::PlacesSay;

/// A site in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteLine {
    /// The site.
    pub id: SiteId,
    /// What it is called.
    pub name: String,
    /// How many people teach there.
    pub teachers: u64,
    /// How many classes go on there.
    pub classes: u64,
}

/// A class in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassLine {
    /// The class.
    pub id: ClassId,
    /// What the school calls it.
    pub title: String,
    /// The calendar year in which its school year ends.
    pub school_year: u16,
    /// Who teaches it.
    pub teachers: Vec<Choice>,
    /// Whether it is over.
    pub ended: bool,
}

/// The list of sites.
pub struct SitesPage<'a> {
    /// The sites.
    pub lines: &'a [SiteLine],
    /// How many all pages have.
    pub all: u64,
    /// What was searched.
    pub asked: &'a str,
    /// What was typed to add one.
    pub typed: &'a Typed,
    /// Makes a form that is sent twice add one.
    pub key: &'a str,
    /// Whether this is not the first page.
    pub later: bool,
    /// What the next page comes after.
    pub next: Option<String>,
}

/// The page of all sites.
pub fn sites(frame: &Frame<'_>, page: &SitesPage<'_>) -> String {
    let say = |what| frame.say(what);
    let mut main = Html::default().piece(alert(frame, page.typed));
    let nothing = page.lines.is_empty() && page.asked.is_empty();
    if frame.rank == Rank::Lead {
        main = main
            .raw("<p class=\"quiet\">")
            .text(say(PlacesSay::AdminOnly))
            .raw("</p>");
    }
    if nothing {
        main = main
            .raw("<p class=\"empty\">")
            .text(say(PlacesSay::NoSites))
            .raw("</p>");
    } else {
        main = main.piece(piece::search(
            "/office/sites",
            say(PlacesSay::SearchName),
            page.asked,
            frame.say(FrameSay::Search),
            Html::default(),
        ));
        main = main.piece(listed(frame, page));
    }
    if frame.rank == Rank::Admin {
        let inside = Html::default()
            .piece(hidden("key", page.key))
            .piece(site_name(frame, page.typed))
            .piece(primary(say(PlacesSay::Add)));
        main = main.piece(sheet(
            say(PlacesSay::AddSite),
            frame.forms().post("/office/sites", inside),
        ));
    }
    frame.page(Section::Sites, say(PlacesSay::Title), main)
}

fn listed(frame: &Frame<'_>, page: &SitesPage<'_>) -> Html {
    let say = |what| frame.say(what);
    if page.lines.is_empty() {
        return Html::default()
            .raw("<p class=\"empty\">")
            .text(say(PlacesSay::NoneFound))
            .raw("</p>");
    }
    let row = |site: &SiteLine| {
        vec![
            link(&format!("/office/sites/{}", site.id), &site.name),
            piece::text(&site.teachers.to_string()),
            piece::text(&site.classes.to_string()),
        ]
    };
    let table = Table {
        caption: &frame.language.sites_counted(page.all),
        heads: vec![
            say(PlacesSay::Site),
            say(PlacesSay::Teachers),
            say(PlacesSay::Classes),
        ],
        rows: page.lines.iter().map(row).collect(),
    };
    let first = query("/office/sites", &[("q", page.asked)]);
    let next = page
        .next
        .as_ref()
        .map(|after| query("/office/sites", &[("q", page.asked), ("after", after)]));
    table.html().piece(piece::pager(
        page.later
            .then_some((first.as_str(), frame.say(FrameSay::First))),
        next.as_deref()
            .map(|next| (next, frame.say(FrameSay::Next))),
    ))
}

fn site_name(frame: &Frame<'_>, typed: &Typed) -> Html {
    Field {
        name: "name",
        label: frame.say(PlacesSay::SiteName),
        value: &typed.name,
        wrong: typed.wrong(frame, "name"),
        more: " required maxlength=\"200\" autocomplete=\"off\"",
        ..Field::default()
    }
    .html()
}

/// One site with a page of its classes.
pub struct SitePage<'a> {
    /// The site.
    pub site: &'a SiteLine,
    /// Its classes.
    pub classes: &'a [ClassLine],
    /// How many all pages have.
    pub all: u64,
    /// What was typed to rename it.
    pub typed: &'a Typed,
    /// Whether this is not the first page.
    pub later: bool,
    /// What the next page comes after.
    pub next: Option<String>,
}

/// The page of a site.
pub fn site(frame: &Frame<'_>, page: &SitePage<'_>) -> String {
    let say = |what| frame.say(what);
    let address = format!("/office/sites/{}", page.site.id);
    let people = query("/office/people", &[("site", &page.site.id.to_string())]);
    let admin = frame.rank == Rank::Admin;
    let mut main = Html::default().piece(alert(frame, page.typed));
    main = main.raw("<p class=\"acts\">");
    if admin {
        let add = format!("{address}/classes/add");
        main = main.piece(piece::way("way primary", &add, say(PlacesSay::AddClass)));
    }
    main = main
        .piece(piece::way("way", &people, say(PlacesSay::WhoIsHere)))
        .raw("</p>");
    if page.classes.is_empty() {
        main = main
            .raw("<p class=\"empty\">")
            .text(say(PlacesSay::NoClasses))
            .raw("</p>");
    } else {
        let row = |class: &ClassLine| {
            let names: Vec<&str> = class.teachers.iter().map(|one| one.name.as_str()).collect();
            let title = match admin {
                true => link(&format!("/office/classes/{}", class.id), &class.title),
                false => piece::text(&class.title),
            };
            let title = match class.ended {
                true => title.raw(" ").piece(pill("pill", say(PlacesSay::Over))),
                false => title,
            };
            vec![
                title,
                piece::text(&frame.language.school_year(class.school_year)),
                piece::text(if names.is_empty() { "–" } else { "" }).text(&names.join(", ")),
            ]
        };
        let table = Table {
            caption: &frame.language.classes_counted(page.all),
            heads: vec![
                say(PlacesSay::Class),
                say(PlacesSay::SchoolYear),
                say(PlacesSay::TaughtBy),
            ],
            rows: page.classes.iter().map(row).collect(),
        };
        let next = page
            .next
            .as_ref()
            .map(|after| query(&address, &[("after", after)]));
        main = main.piece(table.html()).piece(piece::pager(
            page.later
                .then_some((address.as_str(), frame.say(FrameSay::First))),
            next.as_deref()
                .map(|next| (next, frame.say(FrameSay::Next))),
        ));
    }
    if admin {
        let inside = Html::default()
            .piece(site_name(frame, page.typed))
            .piece(piece::button(frame.say(FrameSay::Save)));
        main = main.piece(sheet(
            say(PlacesSay::Rename),
            frame.forms().post(&address, inside),
        ));
    }
    frame.page(Section::Sites, &page.site.name, main)
}

/// What was typed of a class.
#[derive(Clone, Debug, Default)]
pub struct ClassTyped {
    /// What the school calls it.
    pub title: String,
    /// The calendar year in which its school year ends.
    pub year: String,
    /// The ids of those who teach it.
    pub teachers: Vec<String>,
    /// Whether it is over.
    pub ended: bool,
    /// Whether the title is wrong.
    pub wrong_title: bool,
    /// Whether the year is wrong.
    pub wrong_year: bool,
}

/// The page of a class: a new one where `key` makes a form that is sent twice add one, else one that is
/// there, whose year stays.
pub fn class(
    frame: &Frame<'_>,
    address: &str,
    site: &SiteLine,
    typed: &ClassTyped,
    key: Option<&str>,
    teachers: &[Choice],
) -> String {
    let say = |what| frame.say(what);
    let said = |wrong: bool, what: &'static str| if wrong { what } else { "" };
    let title = Field {
        name: "title",
        label: say(PlacesSay::ClassTitle),
        hint: say(PlacesSay::ClassTitleHint),
        value: &typed.title,
        wrong: said(typed.wrong_title, frame.say(FrameSay::WrongName)),
        more: " required maxlength=\"200\" autocomplete=\"off\"",
        ..Field::default()
    };
    let mut inside = Html::default().piece(title.html());
    if let Some(key) = key {
        let year = Field {
            name: "year",
            label: say(PlacesSay::YearEnds),
            value: &typed.year,
            wrong: said(typed.wrong_year, say(PlacesSay::WrongYear)),
            more: " required inputmode=\"numeric\" maxlength=\"4\" class=\"short\"",
            ..Field::default()
        };
        inside = inside.piece(hidden("key", key)).piece(year.html());
    }
    inside = inside
        .raw("<fieldset class=\"field\">")
        .element("legend", say(PlacesSay::TaughtBy));
    if teachers.is_empty() {
        inside = inside
            .raw("<p class=\"quiet\">")
            .text(say(PlacesSay::NoTeachers))
            .raw("</p>");
    }
    for teacher in teachers {
        let checked = typed.teachers.contains(&teacher.id);
        inside = inside.piece(check("teacher", &teacher.id, &teacher.name, checked));
    }
    inside = inside.raw("</fieldset>");
    if key.is_none() {
        inside = inside.piece(check(
            "ended",
            "yes",
            say(PlacesSay::ClassOver),
            typed.ended,
        ));
    }
    let back = format!("/office/sites/{}", site.id);
    inside = inside
        .raw("<p class=\"acts\">")
        .piece(primary(say(PlacesSay::SaveClass)))
        .piece(piece::way("way", &back, frame.say(FrameSay::Cancel)))
        .raw("</p>");
    let mut main = Html::default();
    if typed.wrong_title || typed.wrong_year {
        main = main
            .raw("<div class=\"wrong\" role=\"alert\">")
            .element("p", frame.say(FrameSay::CheckForm))
            .raw("</div>");
    }
    main = main
        .element("p", &site.name)
        .raw("<section class=\"sheet\">")
        .piece(frame.forms().post(address, inside))
        .raw("</section>");
    let heading = match key {
        Some(_) => say(PlacesSay::AddClass).to_owned(),
        None => typed.title.clone(),
    };
    frame.page(Section::Sites, &heading, main)
}
