//! The change idea in focus, the classes that could be visited for it next, and why one cannot be today.

use crate::domain::collect::today::{Classroom, Idea, Today};
use crate::domain::id::ClassId;
use crate::domain::place::Why;
use crate::host::clock;
use crate::text::Say;
use crate::text::agreed::Agreed;
use crate::text::walk::Walk;
use crate::ui::components::agreed::line;
use crate::ui::desk::Desk;
use crate::ui::launch;
use crate::ui::seat::View;
use dioxus::prelude::*;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The change idea in focus, and the classes that could be visited for it.
pub(super) fn focus(desk: Desk, today: &Today, asking: Asking) -> Element {
    let chosen = (desk.idea)();
    let Some(idea) = today.ideas.get(chosen).or(today.ideas.first()) else {
        if !today.unread_ideas.is_empty() {
            return rsx! {};
        }
        return rsx! {
            section { class: "card page",
                h2 { {desk.walk(Walk::NoIdeaYet)} }
                p { {desk.walk(Walk::NoIdeaYetMeans)} }
            }
        };
    };
    let others: Vec<(usize, String)> = (0..)
        .zip(&today.ideas)
        .filter(|(place, _)| *place != chosen)
        .map(|(place, other)| (place, (desk.language)().of(&other.form.title).to_owned()))
        .collect();
    rsx! {
        {in_focus(desk, idea)}
        section { class: "part", aria_labelledby: "next",
            h2 { id: "next", class: "heading", tabindex: "-1", {desk.walk(Walk::NextClasses)} }
            if idea.classes.is_empty() {
                p { class: "quiet", {desk.walk(Walk::NoClassesYet)} }
            }
            for (place, room) in idea.classes.iter().enumerate() {
                {one_class(desk, room, place == 0, Some(asking))}
            }
            button { r#type: "button", id: "another-class", onclick: move |_| desk.go(View::Classes),
                {desk.walk(Walk::AnotherClass)}
            }
        }
        if !others.is_empty() {
            section { class: "part", aria_labelledby: "other-ideas",
                h2 { id: "other-ideas", class: "heading", {desk.walk(Walk::AnotherIdea)} }
                div { class: "chips",
                    for (place, title) in others {
                        button {
                            key: "{place}",
                            r#type: "button",
                            onclick: move |_| {
                                let mut idea = desk.idea;
                                idea.set(place);
                            },
                            "{title}"
                        }
                    }
                }
            }
        }
    }
}

fn in_focus(desk: Desk, idea: &Idea) -> Element {
    let language = (desk.language)();
    let pill = match (idea.baseline, idea.cycle) {
        (true, _) => Some(Walk::Baseline),
        (false, Some(cycle)) => Some(Walk::Cycle(cycle, idea.week)),
        (false, None) => None,
    };
    rsx! {
        section { class: "card focus",
            div { class: "row",
                h2 { class: "grow", {language.of(&idea.form.title)} }
                if let Some(pill) = pill {
                    span { class: "pill", {desk.walk(pill)} }
                }
            }
            p { {language.of(&idea.form.theory)} }
        }
    }
}

/// Of which class it is asked why it cannot be visited today.
type Asking = Signal<Option<ClassId>>;

/// A class with the button that begins a visit, or, with a visit in hand, makes it one of this class.
/// `first` is the one thing to do next. With `asking` the class can be put off the list for today.
pub(in crate::ui::screens) fn one_class(
    desk: Desk,
    room: &Classroom,
    first: bool,
    asking: Option<Asking>,
) -> Element {
    let entered = room.clone();
    let name = room.name.clone().unwrap_or_else(|| room.title.clone());
    // Where forms name nobody, the device does not know who was visited.
    let names = desk
        .today
        .peek()
        .as_ref()
        .is_some_and(|today| today.agreement.names);
    let when = match (room.reason, room.visited_utc_ms) {
        _ if !names => String::new(),
        (Some(reason), _) => (desk.language)().reason(reason),
        (None, None) => desk.walk(Walk::NotVisitedYet),
        (None, Some(visited)) => desk.walk(Walk::VisitedDaysAgo(
            (clock::now().at_utc_ms - visited).max(0) / DAY_MS,
        )),
    };
    let title = match (&room.name, room.title.as_str()) {
        (None, _) | (_, "") => String::new(),
        (Some(_), title) if when.is_empty() => title.to_owned(),
        (Some(_), title) => format!("{title} · "),
    };
    let fixing = desk.pad.read().is_some();
    let word = if fixing { Walk::ThisOne } else { Walk::Start };
    let label = desk.walk(Walk::StartWith(&name));
    rsx! {
        div { class: if first { "card class first" } else { "card class" },
            if let Some(number) = &room.room {
                div { class: "room",
                    "{number}"
                    small { class: "quiet", {desk.walk(Walk::Room)} }
                }
            }
            div { class: "grow",
                strong { class: "class-name", "{name}" }
                span { class: "quiet", "{title}{when}" }
                if room.ask_first {
                    {line(desk, Agreed::AskFirst)}
                }
            }
            if let Some(asking) = asking.filter(|asking| room.class.is_some() && asking() == room.class) {
                {why_not(desk, room, &name, asking)}
            } else {
                if let Some(asking) = asking {
                    {not_today(desk, room.class, &name, asking)}
                }
                button {
                    r#type: "button",
                    class: if first { "start primary" } else { "start" },
                    aria_label: if fixing { None } else { Some(label) },
                    onclick: move |_| desk.enter(&entered),
                    {desk.walk(word)}
                }
            }
        }
    }
}

/// The button that asks why a class cannot be visited today.
fn not_today(desk: Desk, class: Option<ClassId>, name: &str, mut asking: Asking) -> Element {
    let words = (desk.language)().not_today();
    rsx! {
        button {
            r#type: "button",
            class: "not-today",
            aria_label: "{words}: {name}",
            onclick: move |_| {
                asking.set(class);
                launch::focus("why-not");
            },
            {words}
        }
    }
}

/// Why a class cannot be visited today: one touch, and it is off the list until tomorrow.
fn why_not(desk: Desk, room: &Classroom, name: &str, mut asking: Asking) -> Element {
    let language = (desk.language)();
    rsx! {
        div {
            class: "acts",
            role: "group",
            id: "why-not",
            tabindex: "-1",
            aria_label: "{language.not_today()}: {name}",
            for why in Why::ALL {
                button {
                    key: "{why:?}",
                    r#type: "button",
                    "data-why": "{why:?}",
                    onclick: {
                        let room = room.clone();
                        move |_| {
                            asking.set(None);
                            desk.not_today(&room, why);
                        }
                    },
                    {language.why_not(why)}
                }
            }
            button { r#type: "button", class: "not-today", onclick: move |_| asking.set(None), {desk.say(Say::Back)} }
        }
    }
}
