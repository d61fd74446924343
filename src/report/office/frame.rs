//! What stands around every page: where one is, the ways to the others, the language, the way out.

use super::piece::{Forms, link};
use crate::domain::moment::Moment;
use crate::domain::people::{Post, Role};
use crate::report::html::Html;
use crate::text::Language;
use crate::text::office::Sentence;
use crate::text::office::frame::FrameSay;

/// Where the office is.
pub const ROOT: &str = "/office";

/// In which role somebody works in the office. One who has both is an admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Leads improvement: reads people, starts pilots.
    Lead,
    /// Runs the district: everything.
    Admin,
}

impl Rank {
    /// The rank that posts give; none for who has nothing to do here.
    pub fn of(posts: &[Post]) -> Option<Self> {
        let holds = |role| posts.iter().any(|post| post.role == role);
        match (holds(Role::Admin), holds(Role::Lead)) {
            (true, _) => Some(Self::Admin),
            (false, true) => Some(Self::Lead),
            (false, false) => None,
        }
    }
}

/// A page of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What needs doing, and how the ideas go.
    Overview,
    /// A pilot without IT.
    Pilot,
    /// Change ideas and the library.
    Ideas,
    /// People.
    People,
    /// Sites and classes.
    Sites,
    /// The agreement.
    Agreement,
    /// Rosters and other files.
    Imports,
    /// Devices.
    Devices,
    /// Data and backups.
    Data,
}

impl Section {
    /// All of them, in the order of the way through.
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::Pilot,
        Self::Ideas,
        Self::People,
        Self::Sites,
        Self::Agreement,
        Self::Imports,
        Self::Devices,
        Self::Data,
    ];

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Overview => ROOT,
            Self::Pilot => "/office/pilot",
            Self::Ideas => "/office/ideas",
            Self::People => "/office/people",
            Self::Sites => "/office/sites",
            Self::Agreement => "/office/agreement",
            Self::Imports => "/office/imports",
            Self::Devices => "/office/devices",
            Self::Data => "/office/data",
        }
    }

    /// Whether somebody of this rank may read it.
    pub fn is_for(self, rank: Rank) -> bool {
        match self {
            Self::Overview
            | Self::Pilot
            | Self::Ideas
            | Self::People
            | Self::Sites
            | Self::Agreement => true,
            Self::Imports | Self::Devices | Self::Data => rank == Rank::Admin,
        }
    }

    fn say(self) -> FrameSay {
        match self {
            Self::Overview => FrameSay::Overview,
            Self::Pilot => FrameSay::Pilot,
            Self::Ideas => FrameSay::Ideas,
            Self::People => FrameSay::People,
            Self::Sites => FrameSay::Sites,
            Self::Agreement => FrameSay::Agreement,
            Self::Imports => FrameSay::Imports,
            Self::Devices => FrameSay::Devices,
            Self::Data => FrameSay::Data,
        }
    }
}

/// What every page knows.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The language of the page.
    pub language: Language,
    /// In which role its reader is here.
    pub rank: Rank,
    /// What its reader is called; none when it was erased.
    pub name: Option<&'a str>,
    /// The token that its forms carry.
    pub token: &'a str,
    /// Minutes east of UTC on its reader's wall clock.
    pub offset_min: i16,
    /// Now, in milliseconds since 1970.
    pub now_utc_ms: i64,
    /// The address of the page, for coming back to it in the other language.
    pub path: &'a str,
    /// What was just done.
    pub done: Option<FrameSay>,
    /// The address of the stylesheet.
    pub stylesheet: &'a str,
    /// Whether the district is an invented one.
    pub demo: bool,
}

impl Frame<'_> {
    /// A sentence in the page's language.
    pub fn say(&self, sentence: impl Sentence) -> &'static str {
        self.language.office(sentence)
    }

    /// The forms of this page.
    pub fn forms(&self) -> Forms<'_> {
        Forms { token: self.token }
    }

    /// A time of the server on the wall of the reader.
    pub fn at(&self, at_utc_ms: i64) -> Moment {
        Moment {
            at_utc_ms,
            offset_min: self.offset_min,
        }
    }

    /// The page.
    pub fn page(&self, section: Section, title: &str, main: Html) -> String {
        let office = self.say(FrameSay::Office);
        let whole = format!("{title} · {office} · Lookfor");
        let whole = match self.done {
            Some(done) => format!("{} {whole}", self.say(done)),
            None => whole,
        };
        Html::default()
            .raw("<a class=\"skip\" href=\"#main\">")
            .text(self.say(FrameSay::Skip))
            .raw("</a>")
            .demo(self.language, self.demo)
            .piece(self.top())
            .raw("<div class=\"office\">")
            .piece(self.ways(section))
            .raw("<main id=\"main\" tabindex=\"-1\">")
            .element("h1", title)
            .piece(self.done())
            .piece(main)
            .raw("</main></div>")
            .page_with(self.language, &whole, self.stylesheet, REFERRER)
    }

    fn top(&self) -> Html {
        let (other, name) = self.language.other();
        let html = Html::default()
            .raw("<header class=\"top\"><p class=\"brand\">")
            .piece(link(ROOT, "Lookfor"))
            .raw(" <span>")
            .text(self.say(FrameSay::Office))
            .raw("</span></p>");
        let html = match self.name {
            Some(name) => html.raw("<p class=\"who\">").text(name).raw("</p>"),
            None => html,
        };
        let speak = Html::default()
            .piece(super::piece::hidden("language", other.tag()))
            .piece(super::piece::hidden("back", self.path))
            .raw("<button class=\"plain\"")
            .attribute("lang", other.tag())
            .raw(">")
            .text(name)
            .raw("</button>");
        let leave = Html::default()
            .raw("<button class=\"plain\">")
            .text(self.say(FrameSay::SignOut))
            .raw("</button>");
        html.raw("<div class=\"top-acts\">")
            .piece(self.forms().post("/office/language", speak))
            .piece(self.forms().post("/office/sign-out", leave))
            .raw("</div></header>")
    }

    fn ways(&self, section: Section) -> Html {
        let mut html = Html::default()
            .raw("<nav class=\"ways\"")
            .attribute("aria-label", self.say(FrameSay::Pages))
            .raw("><ul>");
        let own = Section::ALL.into_iter().filter(|one| one.is_for(self.rank));
        for one in own {
            html = html
                .raw("<li><a")
                .attribute("href", one.path())
                .raw(if one == section {
                    " aria-current=\"page\">"
                } else {
                    ">"
                })
                .text(self.say(one.say()))
                .raw("</a></li>");
        }
        html.raw("<li class=\"apart\"><a href=\"/\">")
            .text(self.say(FrameSay::App))
            .raw("</a></li></ul></nav>")
    }

    fn done(&self) -> Html {
        match self.done {
            None => Html::default(),
            Some(done) => Html::default()
                .raw("<p class=\"kept\" role=\"status\">")
                .text(self.say(done))
                .raw("</p>"),
        }
    }
}

/// With this, forms say their true origin, and the address of a page goes to this server alone.
pub(super) const REFERRER: &str = "<meta name=\"referrer\" content=\"same-origin\">";
