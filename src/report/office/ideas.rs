//! The page of change ideas: those in use and what may follow, the library, and a form of one's own.

use super::frame::{Frame, Section};
use super::piece::{self, Field, Table, button, hidden, pill, sheet, way};
use crate::domain::collect::form::FormRef;
use crate::domain::collect::look_for::Bilingual;
use crate::domain::plan::change_idea::{ACTIVE_ADVISED, ChangeIdea};
use crate::domain::plan::stage::IdeaState;
use crate::report::html::Html;
use crate::text::Language;
use crate::text::office::frame::FrameSay;
use crate::text::office::ideas::IdeasSay;
use crate::text::office::overview::OverviewSay;

/// A change idea with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaName {
    /// Its key.
    pub key: String,
    /// What it is called, by the form in use or else the newest; none where this server has no form of it.
    pub title: Option<Bilingual>,
}

impl IdeaName {
    /// What it is called; its key where nobody knows more.
    pub fn say(&self, language: Language) -> &str {
        let title = self.title.as_ref();
        title.map_or(&self.key, |title| language.of(title))
    }
}

/// A change idea that is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownIdea {
    /// What it is called.
    pub name: IdeaName,
    /// Where it stands; none when it was not put to use.
    pub state: Option<IdeaState>,
    /// Whether it ever had a team or a visit.
    pub is_met: bool,
}

/// A change idea that was put to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedIdea {
    /// The version of its form that visits begin on.
    pub form: FormRef,
    /// The newest version of its form.
    pub newest: u32,
    /// What it is called.
    pub title: Bilingual,
    /// Where it stands.
    pub state: IdeaState,
    /// Since when, in milliseconds since 1970.
    pub state_from_utc_ms: i64,
    /// Which cycle of testing, from 1.
    pub cycle: u32,
    /// In which week of a test today is, from 1, by the district's clocks.
    pub week: Option<u32>,
}

/// An idea that can be put to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfIdea {
    /// The idea, with the newest version of its form.
    pub idea: ChangeIdea,
    /// Whether its form is the district's own.
    pub is_own: bool,
}

/// What was typed, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The text of a form.
    pub text: String,
    /// What keeps the form from being added: a sentence of its own.
    pub wrong: Option<IdeasSay>,
    /// Its faults: line and character from 1, and what.
    pub faults: Vec<(u32, u32, String)>,
    /// Why a step was not taken.
    pub not_taken: Option<String>,
}

/// The page.
pub fn ideas(frame: &Frame<'_>, used: &[UsedIdea], shelf: &[ShelfIdea], typed: &Typed) -> String {
    let say = |what| frame.say(what);
    let mut main = Html::default()
        .piece(not_taken(frame, typed))
        .raw("<p class=\"lead\">")
        .text(say(IdeasSay::Means))
        .raw("</p><p>")
        .piece(way(
            "way primary",
            Section::Pilot.path(),
            frame.say(FrameSay::Pilot),
        ))
        .raw("</p>");
    let active = used.iter().filter(|one| one.state.is_active()).count();
    if active > ACTIVE_ADVISED as usize {
        let many = frame.language.too_many_ideas(active, ACTIVE_ADVISED);
        main = main
            .raw("<div class=\"wrong\">")
            .element("p", &many)
            .element("p", say(IdeasSay::TooMany))
            .raw("</div>");
    }
    main = main
        .piece(in_use(frame, used))
        .piece(library(frame, shelf))
        .piece(own(frame, typed));
    frame.page(Section::Ideas, say(IdeasSay::Title), main)
}

/// Where an idea stands, as a mark.
pub(super) fn state_pill(frame: &Frame<'_>, state: Option<IdeaState>) -> Html {
    let (class, words) = match state {
        None => ("pill", OverviewSay::NotInUse),
        Some(IdeaState::Drafted) => ("pill", OverviewSay::Drafted),
        Some(IdeaState::Baseline) => ("pill", OverviewSay::Baseline),
        Some(IdeaState::Testing) => ("pill on", OverviewSay::Testing),
        Some(IdeaState::Adopted) => ("pill", OverviewSay::Adopted),
        Some(IdeaState::Adapted) => ("pill", OverviewSay::Adapted),
        Some(IdeaState::Abandoned) => ("pill", OverviewSay::Abandoned),
    };
    pill(class, frame.say(words))
}

fn not_taken(frame: &Frame<'_>, typed: &Typed) -> Html {
    let wrong = typed.wrong.map(|what| frame.say(what).to_owned());
    let faults = (!typed.faults.is_empty()).then(|| frame.say(IdeasSay::Faults).to_owned());
    let mut said = [wrong, faults, typed.not_taken.clone()]
        .into_iter()
        .flatten();
    let Some(first) = said.next() else {
        return Html::default();
    };
    let mut html = Html::default()
        .raw("<div class=\"wrong\" role=\"alert\">")
        .element("p", &first);
    if !typed.faults.is_empty() {
        html = html.raw("<ul class=\"said\">");
        for (line, column, says) in &typed.faults {
            html = html.element("li", &frame.language.fault_at(*line, *column, says));
        }
        html = html.raw("</ul>");
    }
    html.raw("</div>")
}

fn in_use(frame: &Frame<'_>, used: &[UsedIdea]) -> Html {
    let say = |what| frame.say(what);
    if used.is_empty() {
        let none = Html::default().element("p", say(IdeasSay::NoneInUse));
        return sheet(say(IdeasSay::InUse), none);
    }
    let row = |idea: &UsedIdea| {
        let day = frame.language.short_day(frame.at(idea.state_from_utc_ms));
        let state = state_pill(frame, Some(idea.state))
            .raw(" <span class=\"quiet\">")
            .text(&frame.language.since(&day))
            .raw("</span>");
        vec![
            piece::text(frame.language.of(&idea.title)),
            state,
            piece::text(&frame.language.form_version(idea.form.version, idea.newest)),
            piece::text(&frame.language.cycle(idea.cycle, idea.week)),
            steps(frame, idea),
        ]
    };
    let table = Table {
        caption: say(IdeasSay::InUse),
        heads: vec![
            say(IdeasSay::Idea),
            say(IdeasSay::State),
            say(IdeasSay::Form),
            say(IdeasSay::Cycle),
            say(IdeasSay::Next),
        ],
        rows: used.iter().map(row).collect(),
    };
    table
        .html()
        .raw("<p class=\"quiet\">")
        .text(say(IdeasSay::StateMeans))
        .raw("</p>")
}

/// A button for each state that may follow, and one for a newer version of the form.
fn steps(frame: &Frame<'_>, idea: &UsedIdea) -> Html {
    let title = frame.language.of(&idea.title);
    let mut html = Html::default().raw("<div class=\"acts\">");
    for state in IdeaState::ALL {
        if state == idea.state || !state.may_follow(Some(idea.state)) {
            continue;
        }
        let words = match state {
            IdeaState::Drafted => IdeasSay::ToDrafted,
            IdeaState::Baseline => IdeasSay::ToBaseline,
            IdeaState::Testing => IdeasSay::ToTesting,
            IdeaState::Adopted => IdeasSay::ToAdopted,
            IdeaState::Adapted => IdeasSay::ToAdapted,
            IdeaState::Abandoned => IdeasSay::ToAbandoned,
        };
        let inside = match state {
            IdeaState::Testing => testing(frame, idea, title),
            _ => step(frame, &idea.form.key, state, None, frame.say(words), title),
        };
        html = html.piece(inside);
    }
    if idea.newest > idea.form.version {
        let words = frame.language.use_version(idea.newest);
        let newest = Some(idea.newest);
        let inside = step(frame, &idea.form.key, idea.state, newest, &words, title);
        html = html.piece(inside);
    }
    html.raw("</div>")
}

/// Testing begins with what the team expects: asked for where it is begun.
fn testing(frame: &Frame<'_>, idea: &UsedIdea, title: &str) -> Html {
    let say = |what| frame.say(what);
    let name = format!("prediction-{}", idea.form.key);
    let words = say(IdeasSay::LockAndBegin);
    let inside = Html::default()
        .piece(hidden("key", &idea.form.key))
        .piece(hidden("state", IdeaState::Testing.name()))
        .raw("<label")
        .attribute("for", &name)
        .raw(">")
        .text(say(IdeasSay::Expect))
        .raw("</label><p class=\"quiet\"")
        .attribute("id", &format!("{name}-hint"))
        .raw(">")
        .text(say(IdeasSay::ExpectHint))
        .raw("</p><textarea name=\"prediction\" rows=\"4\" maxlength=\"1000\"")
        .attribute("id", &name)
        .attribute("aria-describedby", &format!("{name}-hint"))
        .raw("></textarea><button")
        .attribute("aria-label", &frame.language.act_on(words, title))
        .raw(">")
        .text(words)
        .raw("</button>");
    Html::default()
        .raw("<details><summary>")
        .text(say(IdeasSay::ToTesting))
        .raw("</summary>")
        .piece(frame.forms().post("/office/ideas", inside))
        .raw("</details>")
}

fn step(
    frame: &Frame<'_>,
    key: &str,
    state: IdeaState,
    version: Option<u32>,
    words: &str,
    title: &str,
) -> Html {
    let mut inside = Html::default()
        .piece(hidden("key", key))
        .piece(hidden("state", state.name()));
    if let Some(version) = version {
        inside = inside.piece(hidden("version", &version.to_string()));
    }
    let inside = inside
        .raw("<button")
        .attribute("aria-label", &frame.language.act_on(words, title))
        .raw(">")
        .text(words)
        .raw("</button>");
    frame.forms().post("/office/ideas", inside)
}

fn library(frame: &Frame<'_>, shelf: &[ShelfIdea]) -> Html {
    let say = |what| frame.say(what);
    if shelf.is_empty() {
        let empty = Html::default().element("p", say(IdeasSay::LibraryEmpty));
        return sheet(say(IdeasSay::Library), empty);
    }
    let mut html = Html::default()
        .raw("<p class=\"quiet\">")
        .text(say(IdeasSay::LibraryMeans))
        .raw("</p><ul class=\"todo\">");
    for one in shelf {
        let form = &one.idea.form;
        let title = frame.language.of(&form.title);
        let core = form.look_fors.iter().filter(|look_for| look_for.core);
        let counted = frame.language.look_fors(core.count(), form.look_fors.len());
        html = html.raw("<li><h3>").text(title);
        if one.is_own {
            html = html.raw(" ").piece(pill("pill", say(IdeasSay::OfDistrict)));
        }
        let inside = Html::default()
            .piece(hidden("key", &form.form.key))
            .piece(hidden("state", IdeaState::Baseline.name()))
            .raw("<button")
            .attribute(
                "aria-label",
                &frame.language.act_on(say(IdeasSay::PutToUse), title),
            )
            .raw(">")
            .text(say(IdeasSay::PutToUse))
            .raw("</button>");
        html = html
            .raw("</h3>")
            .element("p", frame.language.of(&form.theory))
            .raw("<p class=\"quiet\">")
            .text(&format!(
                "{counted} · {}",
                frame.language.of(&one.idea.scope)
            ))
            .raw("</p>")
            .piece(frame.forms().post("/office/ideas", inside))
            .raw("</li>");
    }
    sheet(say(IdeasSay::Library), html.raw("</ul>"))
}

fn own(frame: &Frame<'_>, typed: &Typed) -> Html {
    let say = |what| frame.say(what);
    let file = Field {
        name: "file",
        label: say(IdeasSay::File),
        kind: "file",
        more: " accept=\".toml\"",
        ..Field::default()
    };
    let text = Field {
        name: "text",
        label: say(IdeasSay::Text),
        hint: say(IdeasSay::TextHint),
        value: &typed.text,
        more: " spellcheck=\"false\" autocomplete=\"off\"",
        ..Field::default()
    };
    let inside = Html::default()
        .piece(file.html())
        .piece(text.area(12))
        .raw("<p class=\"acts\">")
        .piece(button(say(IdeasSay::AddForm)))
        .raw("</p>");
    let html = Html::default()
        .element("p", say(IdeasSay::OwnMeans))
        .piece(frame.forms().files("/office/ideas/forms", inside));
    sheet(say(IdeasSay::Own), html)
}
