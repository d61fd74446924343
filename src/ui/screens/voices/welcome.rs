//! "Come and see this": which class, which day, and who is invited.

use super::{One, choose, emptied, field, in_words, said_row, today};
use crate::domain::act::welcome::{VisitWelcomed, WelcomeWithdrawn};
use crate::domain::event::said;
use crate::domain::place::Day;
use crate::text::voices::{ADDED_MAX, Voice};
use crate::ui::desk::Desk;
use crate::ui::screens::after::{After, looking};
use crate::ui::seat::View;
use crate::ui::voices::{self, Lesson, Own};
use dioxus::prelude::*;
use std::rc::Rc;

/// What is chosen and not said.
#[derive(Clone, Debug, Default, PartialEq)]
struct Chosen {
    class: Option<usize>,
    day: usize,
    what: String,
}

/// The screen.
#[component]
pub fn Welcome() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let chosen = use_signal(Chosen::default);
    rsx! {
        After { title: language.voice(Voice::ComeAndSee), up: View::AboutMe,
            if desk.shelf.is_read(View::Welcome) {
                {invite(desk, chosen)}
                {welcomes(desk)}
            } else {
                {looking(desk)}
            }
        }
    }
}

fn invite(desk: Desk, chosen: Signal<Chosen>) -> Element {
    let language = (desk.language)();
    let fed = desk.shelf.voices();
    let now = chosen();
    let days = voices::days_to_come(today());
    let class = now.class.or((fed.classes.len() == 1).then_some(0));
    let lesson = class.and_then(|place| fed.classes.get(place));
    let site = lesson.map(|lesson| lesson.site).or_else(|| {
        let today = desk.today.peek();
        let sites = today.as_ref().map(|today| today.sites.clone());
        sites.filter(|_| fed.classes.is_empty())?.first().copied()
    });
    let day = days.get(now.day).or(days.first()).copied();
    let ones = |(at, day): (usize, &Day)| {
        let words = match *day == today() {
            true => language.voice(Voice::Today),
            false => in_words(desk, *day),
        };
        One::of(words, at == now.day)
    };
    let classes = fed.classes.iter().enumerate();
    let classes = classes.map(|(at, lesson)| One::of(&*lesson.title, class == Some(at)));
    let change = |then: fn(&mut Chosen, usize)| -> Rc<dyn Fn(usize)> {
        Rc::new(move |place| {
            let mut chosen = chosen;
            then(&mut chosen.write(), place);
        })
    };
    // What they pilot is what there is to see; of two, nobody knows which.
    let idea = match fed.ideas.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    let class = lesson.and_then(|lesson| lesson.class);
    let send = move |peers: bool| {
        let (Some(site), Some(day)) = (site, day) else {
            return;
        };
        let fact = VisitWelcomed {
            site,
            class,
            day,
            idea: idea.clone(),
            peers,
        };
        let what = chosen.peek().what.trim().to_owned();
        let words = [(said::ADDED, &*what)];
        let words: &[_] = if what.is_empty() { &[] } else { &words };
        desk.tell_then(&fact, words, emptied(chosen));
    };
    let send: Rc<dyn Fn(bool)> = Rc::new(send);
    let unknown = site.is_none() || day.is_none();
    let buttons = [
        (
            false,
            "invite-leaders",
            Voice::InviteLeaders,
            Voice::LeadersAre,
        ),
        (true, "invite-peers", Voice::InvitePeers, Voice::PeersAre),
    ];
    rsx! {
        section { class: "card page voice",
            if fed.classes.len() > 1 {
                {choose(
                    "which-class".into(),
                    language.voice(Voice::WhichClass),
                    "chips",
                    classes.collect(),
                    change(|chosen, place| chosen.class = Some(place)),
                )}
            } else if let Some(lesson) = lesson {
                p { strong { "{lesson.title}" } }
            }
            {choose(
                "which-day".into(),
                language.voice(Voice::WhichDay),
                "chips",
                days.iter().enumerate().map(ones).collect(),
                change(|chosen, place| chosen.day = place),
            )}
            {field(
                "what",
                language.voice(Voice::WhatToSee),
                language.voice(Voice::WhatToSeeHint(ADDED_MAX)),
                now.what,
                Rc::new(move |what| {
                    let mut chosen = chosen;
                    chosen.write().what = what;
                }),
            )}
            div { class: "circles",
                for (peers, id, title, means) in buttons {
                    div { key: "{id}", class: "circle",
                        button {
                            r#type: "button",
                            class: if peers { "" } else { "primary" },
                            id,
                            aria_describedby: "{id}-means",
                            disabled: unknown,
                            onclick: {
                                let send = send.clone();
                                move |_| send(peers)
                            },
                            {language.voice(title)}
                        }
                        p { id: "{id}-means", class: "quiet", {language.voice(means)} }
                    }
                }
            }
        }
    }
}

/// The welcomes that stand.
fn welcomes(desk: Desk) -> Element {
    let language = (desk.language)();
    let own = desk.shelf.own();
    let welcomes: Vec<&Own> = voices::said(&own, voices::Voice::Welcome).collect();
    rsx! {
        div { role: "status",
            if !welcomes.is_empty() {
                section { class: "part", aria_labelledby: "welcomes",
                    h2 { id: "welcomes", class: "heading", {language.voice(Voice::Welcomes)} }
                    ol { class: "visit-list",
                        for welcome in welcomes {
                            {one_welcome(desk, welcome)}
                        }
                    }
                }
            }
        }
    }
}

fn one_welcome(desk: Desk, welcome: &Own) -> Element {
    let language = (desk.language)();
    let id = welcome.id;
    let day = welcome.word("day").and_then(|day| day.parse::<Day>().ok());
    let over = day.is_none_or(|day| day < today());
    let peers = welcome
        .data
        .get("peers")
        .and_then(serde_json::Value::as_bool);
    let whom = match peers {
        _ if over => Voice::IsOver,
        Some(true) => Voice::PeersToo,
        _ => Voice::LeadersOnly,
    };
    let classes = desk.shelf.voices().classes;
    let of = |lesson: &&Lesson| {
        let class = lesson.class.map(|class| class.to_string());
        class.is_some() && class.as_deref() == welcome.word("class")
    };
    let mut title = day.map_or_else(String::new, |day| in_words(desk, day));
    if let Some(lesson) = classes.iter().find(of) {
        title = format!("{title} · {}", lesson.title);
    }
    let take_back: Rc<dyn Fn()> =
        Rc::new(move || desk.tell(&WelcomeWithdrawn { welcome: id }, &[]));
    said_row(
        desk,
        welcome,
        title,
        language.voice(whom),
        (!over).then_some(take_back),
    )
}
