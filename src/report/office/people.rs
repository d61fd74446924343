//! The page that lists people, and the one to add somebody.

use super::frame::{Frame, Rank, Section};
use super::ideas::IdeaName;
use super::piece::{self, Field, Table, hidden, link, primary, query};
use super::standing::access;
use crate::domain::id::{PersonId, SiteId};
use crate::domain::people::Role;
use crate::report::html::Html;
use crate::text::Language;
use crate::text::office::frame::FrameSay;
use crate::text::office::people::PeopleSay;

pub use super::person::{PersonSheet, person};
pub use super::standing::{Access, Which};

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// The person.
    pub id: PersonId,
    /// What they are called; none when it was erased.
    pub name: Option<String>,
    /// Their mail address.
    pub mail: Option<String>,
    /// What they do now.
    pub posts: Vec<PostLine>,
    /// Whether they can sign in.
    pub access: Access,
}

/// A post with the name of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostLine {
    /// The role.
    pub role: Role,
    /// Where.
    pub place: PlaceLine,
}

/// A place with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceLine {
    /// A site.
    Site(SiteId, String),
    /// A change idea.
    Idea(IdeaName),
    /// The whole district.
    District,
}

/// Something to choose, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// A post in words.
pub fn post_words(language: Language, post: &PostLine) -> String {
    let role = language.role(post.role);
    match &post.place {
        PlaceLine::Site(_, name) => language.post_at(role, name),
        PlaceLine::Idea(idea) => language.post_at(role, idea.say(language)),
        PlaceLine::District => role.to_owned(),
    }
}

/// What somebody is called.
pub fn called(frame: &Frame<'_>, name: Option<&str>) -> String {
    name.unwrap_or(frame.say(PeopleSay::NoName)).to_owned()
}

/// The list of people.
pub struct PeoplePage<'a> {
    /// The people.
    pub lines: &'a [PersonLine],
    /// How many all pages have.
    pub all: u64,
    /// What was searched.
    pub asked: &'a str,
    /// The site that was chosen; empty for all.
    pub site: &'a str,
    /// All sites.
    pub sites: &'a [Choice],
    /// Who is listed.
    pub which: Which,
    /// Whether this is not the first page.
    pub later: bool,
    /// What the next page comes after.
    pub next: Option<String>,
}

/// The page.
pub fn people(frame: &Frame<'_>, page: &PeoplePage<'_>) -> String {
    let admin = frame.rank == Rank::Admin;
    let language = frame.language;
    let say = |what| frame.say(what);
    let mut main = Html::default();
    if admin {
        main = main
            .raw("<p>")
            .piece(piece::way(
                "way primary",
                "/office/people/add",
                say(PeopleSay::Add),
            ))
            .raw("</p>");
    } else {
        main = main
            .raw("<p class=\"quiet\">")
            .text(say(PeopleSay::ReadOnly))
            .raw("</p>");
    }
    main = main.piece(search(frame, page));
    if page.lines.is_empty() {
        let none = if page.asked.is_empty() && page.site.is_empty() && page.which == Which::Here {
            PeopleSay::NobodyYet
        } else {
            PeopleSay::NobodyFound
        };
        main = main.raw("<p class=\"empty\">").text(say(none)).raw("</p>");
        return frame.page(Section::People, say(PeopleSay::People), main);
    }
    let mut heads = vec![say(PeopleSay::Name)];
    if admin {
        heads.push(say(PeopleSay::Mail));
    }
    heads.extend([say(PeopleSay::Does), say(PeopleSay::Access)]);
    let rows = page.lines.iter().map(|line| {
        let address = format!("/office/people/{}", line.id);
        let mut row = vec![link(&address, &called(frame, line.name.as_deref()))];
        if admin {
            row.push(piece::text(line.mail.as_deref().unwrap_or("–")));
        }
        row.push(posts(frame, &line.posts));
        row.push(access(frame, line.access));
        row
    });
    let table = Table {
        caption: &language.people_counted(page.all),
        heads,
        rows: rows.collect(),
    };
    main = main.piece(table.html()).piece(ways(frame, page));
    frame.page(Section::People, say(PeopleSay::People), main)
}

fn search(frame: &Frame<'_>, page: &PeoplePage<'_>) -> Html {
    let say = |what| frame.say(what);
    let mut sites = vec![(String::new(), say(PeopleSay::AllSites).to_owned())];
    sites.extend(choices(page.sites));
    let shown = [
        (String::new(), say(PeopleSay::Here).to_owned()),
        (
            Which::OnlyMet.text().to_owned(),
            say(PeopleSay::OnlyMet).to_owned(),
        ),
        (
            Which::Left.text().to_owned(),
            say(PeopleSay::Left).to_owned(),
        ),
    ];
    let select = |name, label, value, options: &[(String, String)]| {
        Field {
            name,
            label,
            value,
            ..Field::default()
        }
        .select(options)
    };
    let beside = Html::default()
        .piece(select("site", say(PeopleSay::AtSite), page.site, &sites))
        .piece(select(
            "show",
            say(PeopleSay::Show),
            page.which.text(),
            &shown,
        ));
    let label = match frame.rank {
        Rank::Admin => PeopleSay::SearchNameOrMail,
        Rank::Lead => PeopleSay::SearchName,
    };
    let submit = frame.say(FrameSay::Search);
    piece::search("/office/people", say(label), page.asked, submit, beside)
}

fn ways(frame: &Frame<'_>, page: &PeoplePage<'_>) -> Html {
    let asked = [
        ("q", page.asked),
        ("site", page.site),
        ("show", page.which.text()),
    ];
    let first = query("/office/people", &asked);
    let next = page.next.as_ref().map(|after| {
        let mut asked = asked.to_vec();
        asked.push(("after", after));
        query("/office/people", &asked)
    });
    piece::pager(
        page.later
            .then_some((first.as_str(), frame.say(FrameSay::First))),
        next.as_deref()
            .map(|next| (next, frame.say(FrameSay::Next))),
    )
}

/// Choices as options.
pub(super) fn choices(all: &[Choice]) -> Vec<(String, String)> {
    let option = |choice: &Choice| (choice.id.clone(), choice.name.clone());
    all.iter().map(option).collect()
}

/// Posts in a cell.
pub(super) fn posts(frame: &Frame<'_>, posts: &[PostLine]) -> Html {
    if posts.is_empty() {
        return Html::default()
            .raw("<span class=\"quiet\">")
            .text(frame.say(PeopleSay::NoPosts))
            .raw("</span>");
    }
    let mut html = Html::default().raw("<ul class=\"plain-list\">");
    for post in posts {
        html = html.element("li", &post_words(frame.language, post));
    }
    html.raw("</ul>")
}

/// What was typed to add or change somebody.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The name.
    pub name: String,
    /// The mail address; empty for none.
    pub mail: String,
    /// `en` or `es`.
    pub language: String,
    /// The role; empty for none.
    pub role: String,
    /// Where.
    pub place: String,
    /// What is wrong, by the name of the field.
    pub wrong: Vec<(&'static str, FrameSay)>,
}

impl Typed {
    /// What is wrong with a field; empty for nothing.
    pub(super) fn wrong(&self, frame: &Frame<'_>, field: &str) -> &'static str {
        let found = self.wrong.iter().find(|(name, _)| *name == field);
        found.map_or("", |(_, what)| frame.say(*what))
    }
}

/// The page to add somebody. `key` makes a form that is sent twice add one.
pub fn add(
    frame: &Frame<'_>,
    typed: &Typed,
    key: &str,
    sites: &[Choice],
    ideas: &[IdeaName],
) -> String {
    let say = |what| frame.say(what);
    let inside = Html::default()
        .piece(hidden("key", key))
        .piece(super::person::details(frame, typed))
        .piece(post_fields(frame, typed, sites, ideas, true))
        .raw("<p class=\"acts\">")
        .piece(primary(say(PeopleSay::AddOne)))
        .piece(piece::way(
            "way",
            "/office/people",
            frame.say(FrameSay::Cancel),
        ))
        .raw("</p>");
    let main = Html::default()
        .piece(alert(frame, typed))
        .raw("<section class=\"sheet\">")
        .piece(frame.forms().post("/office/people/add", inside))
        .raw("</section>");
    frame.page(Section::People, say(PeopleSay::Add), main)
}

/// That something below is wrong.
pub(super) fn alert(frame: &Frame<'_>, typed: &Typed) -> Html {
    if typed.wrong.is_empty() {
        return Html::default();
    }
    let mut html = Html::default()
        .raw("<div class=\"wrong\" role=\"alert\">")
        .element("p", frame.say(FrameSay::CheckForm));
    // What belongs to no field below is said here.
    let loose = typed.wrong.iter().filter(|(field, _)| field.is_empty());
    for (_, what) in loose {
        html = html.element("p", frame.say(*what));
    }
    html.raw("</div>")
}

/// The fields of a post.
pub(super) fn post_fields(
    frame: &Frame<'_>,
    typed: &Typed,
    sites: &[Choice],
    ideas: &[IdeaName],
    optional: bool,
) -> Html {
    let say = |what| frame.say(what);
    let mut roles = Vec::new();
    if optional {
        roles.push((String::new(), say(PeopleSay::PostLater).to_owned()));
    }
    roles.extend(Role::ALL.into_iter().map(|role| {
        let words = frame.language.role(role).to_owned();
        (role_value(role).to_owned(), words)
    }));
    let mut places = vec![(
        "district".to_owned(),
        say(PeopleSay::WholeDistrict).to_owned(),
    )];
    places.extend(
        sites
            .iter()
            .map(|site| (format!("site:{}", site.id), site.name.clone())),
    );
    places.extend(ideas.iter().map(|idea| {
        (
            format!("idea:{}", idea.key),
            idea.say(frame.language).to_owned(),
        )
    }));
    let role = Field {
        name: "role",
        label: say(PeopleSay::FirstPost),
        value: &typed.role,
        ..Field::default()
    };
    let place = Field {
        name: "place",
        label: say(PeopleSay::Where),
        hint: say(PeopleSay::WhereHint),
        value: &typed.place,
        wrong: typed.wrong(frame, "place"),
        ..Field::default()
    };
    Html::default()
        .piece(role.select(&roles))
        .piece(place.select(&places))
}

/// A role as forms say it.
pub fn role_value(role: Role) -> &'static str {
    match role {
        Role::Teacher => "teacher",
        Role::Principal => "principal",
        Role::Coach => "coach",
        Role::Pilot => "pilot",
        Role::Lead => "lead",
        Role::Admin => "admin",
    }
}
