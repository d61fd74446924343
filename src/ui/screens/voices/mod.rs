//! The teacher's voice: the questions of the week, the lesson log, "come and see this", the pilot's own data.
//!
//! Here: the ways to them, and what they share. Each is said through the store as a reply to feedback is, so that it
//! works without a network.

pub mod log;
pub mod pilot;
pub mod week;
pub mod welcome;

use crate::domain::collect::today::Idea;
use crate::domain::moment::Moment;
use crate::domain::place::Day;
use crate::host::clock;
use crate::text::voices::{ADDED_MAX, Voice};
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use crate::ui::seat::View;
use crate::ui::voices::{self, Own};
use crate::ui::walk::Then;
use dioxus::prelude::*;
use std::rc::Rc;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The ways to these screens, for the page of whoever teaches.
pub fn ways(desk: Desk) -> Element {
    let language = (desk.language)();
    let own = desk.shelf.own();
    let ideas = tried(desk);
    let week = this_week(desk).to_string();
    let answered = |idea: &Idea| {
        let mut said = voices::said(&own, voices::Voice::Answers);
        said.any(|one| one.word("week") == Some(&week) && one.idea() == Some(&idea.form.form.key))
    };
    let week = match !ideas.is_empty() && ideas.iter().all(answered) {
        true => Voice::AnsweredThisWeek,
        false => Voice::NotAnsweredYet,
    };
    // Whoever is in no pilot is asked nothing, and may invite all the same.
    let mut ways = vec![(
        View::Welcome,
        "welcome",
        Voice::ComeAndSee,
        Voice::ComeAndSeeMeans,
    )];
    if !ideas.is_empty() {
        ways.splice(
            0..0,
            [
                (View::Week, "week", Voice::ThisWeek, week),
                (View::Log, "log", Voice::LogALesson, Voice::LogTakes),
            ],
        );
        ways.push((
            View::Pilot,
            "pilot",
            Voice::PilotsData,
            Voice::PilotsDataMeans,
        ));
    }
    rsx! {
        section { class: "part", aria_labelledby: "your-voice",
            h2 { id: "your-voice", class: "heading", {language.voice(Voice::YourVoice)} }
            div { class: "voice-ways",
                for (view, name, title, means) in ways {
                    button {
                        key: "{name}",
                        r#type: "button",
                        class: "card voice-way",
                        id: "voice-{name}",
                        onclick: move |_| desk.go(view),
                        span { class: "grow",
                            strong { {language.voice(title)} }
                            span { class: "quiet line", {language.voice(means)} }
                        }
                    }
                }
            }
        }
    }
}

/// The change ideas that the reader's pilots try now.
fn tried(desk: Desk) -> Vec<Idea> {
    let mine = desk.shelf.voices().ideas;
    let today = desk.today.read();
    let ideas = today.iter().flat_map(|today| &today.ideas);
    let tried = ideas.filter(|idea| mine.contains(&idea.form.form.key));
    tried.cloned().collect()
}

/// Today, by the wall of the device.
fn today() -> Day {
    let day = voices::today(clock::now());
    day.or(Day::from_epoch(0)).expect("1970 has a first day")
}

/// The first day of this week, as the district begins its weeks.
fn this_week(desk: Desk) -> Day {
    today().week(desk.shelf.voices().week_start.clamp(1, 7))
}

/// A day as people write it.
pub fn in_words(desk: Desk, day: Day) -> String {
    (desk.language)().day(Moment {
        at_utc_ms: day.since_epoch() * DAY_MS,
        offset_min: 0,
    })
}

/// Empties what was chosen as soon as it is kept, if its screen is still there.
fn emptied<T: Default + 'static>(mut chosen: Signal<T>) -> Then {
    Box::new(move |_, _| {
        if let Ok(mut chosen) = chosen.try_write() {
            *chosen = T::default();
        }
    })
}

/// One of some choices: what it says, what it says to whoever does not see where it stands, whether it is chosen.
struct One {
    words: String,
    label: Option<String>,
    on: bool,
}

impl One {
    fn of(words: impl Into<String>, on: bool) -> Self {
        Self {
            words: words.into(),
            label: None,
            on,
        }
    }
}

/// A question with its choices beside each other. `class` says how they stand.
fn choose(
    id: String,
    question: String,
    class: &'static str,
    ones: Vec<One>,
    on: Rc<dyn Fn(usize)>,
) -> Element {
    rsx! {
        div { class: "part", role: "group", aria_labelledby: "{id}",
            h2 { id: "{id}", "{question}" }
            div { class,
                for (place, one) in ones.into_iter().enumerate() {
                    button {
                        key: "{place}",
                        r#type: "button",
                        class: "choice",
                        aria_pressed: if one.on { "true" } else { "false" },
                        aria_label: one.label,
                        onclick: {
                            let on = on.clone();
                            move |_| on(place)
                        },
                        "{one.words}"
                    }
                }
            }
        }
    }
}

/// Which of several ideas; nothing where there is one.
fn which_idea(desk: Desk, ideas: &[Idea], place: Signal<usize>) -> Element {
    let language = (desk.language)();
    let one = |(at, idea): (usize, &Idea)| One::of(language.of(&idea.form.title), at == place());
    let ones = ideas.iter().enumerate().map(one).collect();
    let choose_it = move |at| {
        let mut place = place;
        place.set(at);
    };
    let title = desk.walk(Walk::AnotherIdea);
    rsx! {
        if ideas.len() > 1 {
            {choose("which-idea".into(), title, "chips", ones, Rc::new(choose_it))}
        }
    }
}

/// Something that was said, with the way to take it back.
fn said_row(
    desk: Desk,
    one: &Own,
    title: String,
    means: String,
    take_back: Option<Rc<dyn Fn()>>,
) -> Element {
    let language = (desk.language)();
    let id = one.id;
    rsx! {
        li { key: "{id}", class: "card visit-row",
            div { class: "visit-row-top",
                div { class: "grow",
                    strong { "{title}" }
                    span { class: "quiet line", "{means}" }
                    if let Some(added) = &one.added {
                        p { class: "said", "{added}" }
                    }
                }
                if let Some(take_back) = take_back {
                    button {
                        r#type: "button",
                        class: "take-back",
                        aria_label: "{language.voice(Voice::TakeBack)}: {title}, {means}",
                        onclick: move |_| take_back(),
                        {language.voice(Voice::TakeBack)}
                    }
                }
            }
        }
    }
}

/// A field for words of the teacher's own.
fn field(
    id: &'static str,
    label: String,
    hint: String,
    text: String,
    on: Rc<dyn Fn(String)>,
) -> Element {
    rsx! {
        div { class: "typed",
            label { r#for: id, "{label}" }
            textarea {
                id,
                rows: "2",
                maxlength: "{ADDED_MAX}",
                aria_describedby: "{id}-hint",
                value: "{text}",
                oninput: move |event| on(event.value()),
            }
            p { id: "{id}-hint", class: "quiet", "{hint}" }
        }
    }
}
