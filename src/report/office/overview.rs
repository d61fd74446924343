//! The overview: what needs doing, follow-through first, and how each change idea goes. Counts alone, and
//! none that rests on few.

use super::frame::{Frame, Rank, Section};
use super::ideas::{IdeaName, state_pill};
use super::piece::{self, Table, sheet};
use crate::domain::plan::stage::IdeaState;
use crate::domain::study::follow_through::Share;
use crate::report::html::Html;
use crate::text::office::overview::OverviewSay;

/// What the overview shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// What needs doing, the most urgent first.
    pub to_do: Vec<ToDo>,
    /// The share of feedback that was read within 24 hours, over all ideas.
    pub read: Share,
    /// The change ideas.
    pub ideas: Vec<IdeaLine>,
    /// How many people there are.
    pub people: u64,
    /// How many of them have a device that is signed in.
    pub signed_in: u64,
    /// How many sites.
    pub sites: u64,
    /// How many classes go on.
    pub classes: u64,
}

/// Something that needs doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToDo {
    /// Nobody but the first admin is invited or signed in.
    InviteSomebody,
    /// No change idea has a team.
    GiveAnIdeaATeam,
    /// Somebody was added on the spot, or by a lead, and no admin has confirmed them.
    ConfirmPeople,
    /// There is no backup of the last seven days.
    MakeABackup,
    /// The server sends no mail.
    SetUpMail,
}

/// A change idea in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaLine {
    /// What it is called.
    pub name: IdeaName,
    /// Where it stands; none when it was not put to use.
    pub state: Option<IdeaState>,
    /// How many are in its team.
    pub team: u64,
    /// How many visits it had; none when the district is not shown it.
    pub visits: Option<u64>,
    /// The share of its feedback that was read within 24 hours.
    pub read: Share,
}

/// The page.
pub fn overview(frame: &Frame<'_>, overview: &Overview) -> String {
    let say = |what| frame.say(what);
    let main = Html::default()
        .piece(to_do(frame, &overview.to_do))
        .piece(follow_through(frame, overview.read))
        .piece(ideas(frame, &overview.ideas))
        .piece(numbers(frame, overview));
    frame.page(Section::Overview, say(OverviewSay::Title), main)
}

fn to_do(frame: &Frame<'_>, all: &[ToDo]) -> Html {
    let say = |what| frame.say(what);
    if all.is_empty() {
        let nothing = Html::default().element("p", say(OverviewSay::NothingToDo));
        return sheet(say(OverviewSay::ToDo), nothing);
    }
    let mut html = Html::default().raw("<ol class=\"todo\">");
    for (place, one) in all.iter().enumerate() {
        let (title, means, way) = match one {
            ToDo::InviteSomebody => (
                OverviewSay::NobodyInvited,
                OverviewSay::NobodyInvitedMeans,
                Some(("/office/pilot", OverviewSay::StartPilot)),
            ),
            ToDo::GiveAnIdeaATeam => (
                OverviewSay::NoIdea,
                OverviewSay::NoIdeaMeans,
                Some(("/office/pilot", OverviewSay::StartPilot)),
            ),
            ToDo::ConfirmPeople => (
                OverviewSay::Unconfirmed,
                OverviewSay::UnconfirmedMeans,
                (frame.rank == Rank::Admin)
                    .then_some(("/office/people?show=met", OverviewSay::ToUnconfirmed)),
            ),
            ToDo::MakeABackup => (
                OverviewSay::NoBackup,
                OverviewSay::NoBackupMeans,
                (frame.rank == Rank::Admin).then_some(("/office/data", OverviewSay::GoToData)),
            ),
            ToDo::SetUpMail => (
                OverviewSay::NoMail,
                OverviewSay::NoMailMeans,
                (frame.rank == Rank::Admin)
                    .then_some(("/office/data#mail", OverviewSay::HowToMail)),
            ),
        };
        html = html
            .raw("<li><h3>")
            .text(say(title))
            .raw("</h3>")
            .element("p", say(means));
        if let Some((address, words)) = way {
            let class = if place == 0 { "way primary" } else { "way" };
            html = html
                .raw("<p>")
                .piece(piece::way(class, address, say(words)))
                .raw("</p>");
        }
        html = html.raw("</li>");
    }
    sheet(say(OverviewSay::ToDo), html.raw("</ol>"))
}

fn follow_through(frame: &Frame<'_>, read: Share) -> Html {
    let say = |what| frame.say(what);
    let html = match read {
        Share::Nothing => Html::default().element("p", say(OverviewSay::NoFeedback)),
        Share::TooFew => Html::default().element("p", say(OverviewSay::TooFew)),
        Share::Closed => Html::default().element("p", say(OverviewSay::Closed)),
        Share::Of {
            read,
            due,
            teachers,
        } => Html::default()
            .raw("<p class=\"figure\"><strong>")
            .text(&format!("{} %", read * 100 / due.max(1)))
            .raw("</strong> <span>")
            .text(&frame.language.share_rests_on(due, teachers))
            .raw("</span></p>"),
    };
    let html = html
        .raw("<p class=\"quiet\">")
        .text(say(OverviewSay::FollowThroughMeans))
        .raw("</p>");
    sheet(say(OverviewSay::FollowThrough), html)
}

fn ideas(frame: &Frame<'_>, ideas: &[IdeaLine]) -> Html {
    let say = |what| frame.say(what);
    if ideas.is_empty() {
        return sheet(
            say(OverviewSay::Ideas),
            Html::default().element("p", say(OverviewSay::NoIdeas)),
        );
    }
    let few = |html: Html| {
        html.raw("<span class=\"quiet\">")
            .text(say(OverviewSay::Few))
            .raw("</span>")
    };
    let mut any_few = false;
    let mut rows = Vec::new();
    for idea in ideas {
        let visits = match idea.visits {
            Some(visits) => piece::text(&visits.to_string()),
            None => few(Html::default()),
        };
        let read = match idea.read {
            Share::Nothing | Share::Closed => piece::text("–"),
            Share::TooFew => few(Html::default()),
            Share::Of { read, due, .. } => piece::text(&frame.language.share(read, due)),
        };
        any_few |= idea.visits.is_none() || idea.read == Share::TooFew;
        rows.push(vec![
            piece::text(idea.name.say(frame.language)),
            state_pill(frame, idea.state),
            piece::text(&frame.language.team_of(idea.team)),
            read,
            visits,
        ]);
    }
    let table = Table {
        caption: say(OverviewSay::Ideas),
        heads: vec![
            say(OverviewSay::Idea),
            say(OverviewSay::State),
            say(OverviewSay::Team),
            say(OverviewSay::Read),
            say(OverviewSay::Visits),
        ],
        rows,
    };
    let html = table.html();
    if !any_few {
        return html;
    }
    html.raw("<p class=\"quiet\">")
        .text(say(OverviewSay::FewMeans))
        .raw("</p>")
}

fn numbers(frame: &Frame<'_>, overview: &Overview) -> Html {
    let say = |what| frame.say(what);
    let mut html = Html::default().raw("<dl class=\"numbers\">");
    let people = format!(
        "{} ({} {})",
        overview.people,
        overview.signed_in,
        say(OverviewSay::SignedIn)
    );
    for (what, number) in [
        (OverviewSay::People, people),
        (OverviewSay::Sites, overview.sites.to_string()),
        (OverviewSay::Classes, overview.classes.to_string()),
    ] {
        html = html
            .raw("<div>")
            .element("dt", say(what))
            .element("dd", &number)
            .raw("</div>");
    }
    sheet(say(OverviewSay::InNumbers), html.raw("</dl>"))
}
