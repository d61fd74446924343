//! The lesson log: which class, whether it happened, how it went; the last touch logs it.

use super::{One, choose, emptied, in_words, said_row, today, tried, which_idea};
use crate::domain::collect::form::FormRef;
use crate::domain::collect::lesson::{Happened, LessonLogged, Went};
use crate::domain::collect::look_for::{Component as Shows, Kind, LookFor, LookForKey};
use crate::domain::collect::today::Idea;
use crate::domain::id::ClassId;
use crate::domain::place::Day;
use crate::text::Language;
use crate::text::voices::Voice;
use crate::ui::desk::Desk;
use crate::ui::screens::after::{After, looking, nothing};
use crate::ui::seat::View;
use crate::ui::voices::{self, Lesson, Own};
use crate::ui::walk::Then;
use dioxus::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many logs are listed.
const LISTED: usize = 10;

/// What is chosen and not logged.
#[derive(Clone, Debug, Default, PartialEq)]
struct Chosen {
    class: Option<usize>,
    /// How many days ago.
    ago: u8,
    happened: Option<Happened>,
    parts: BTreeMap<LookForKey, Happened>,
}

/// The screen.
#[component]
pub fn Log() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let place = use_signal(|| 0);
    let chosen = use_signal(Chosen::default);
    let ideas = tried(desk);
    let is_read = desk.shelf.is_read(View::Log);
    let idea = ideas.get(place()).or(ideas.first());
    let over = idea.map(|idea| language.of(&idea.form.title).to_owned());
    rsx! {
        After { title: language.voice(Voice::LogALesson), over, up: View::AboutMe,
            if !is_read {
                {looking(desk)}
            } else if let Some(idea) = idea {
                {which_idea(desk, &ideas, place)}
                {one_lesson(desk, idea, chosen)}
                {logged(desk)}
            } else {
                {nothing(language.voice(Voice::NoPilot))}
            }
        }
    }
}

/// Which lesson, whether it happened and how it went.
fn one_lesson(desk: Desk, idea: &Idea, chosen: Signal<Chosen>) -> Element {
    let language = (desk.language)();
    let fed = desk.shelf.voices();
    let now = chosen();
    // One class is the class.
    let class = now.class.or((fed.classes.len() == 1).then_some(0));
    let lesson = class.and_then(|place| fed.classes.get(place));
    let day = today().plus(-i64::from(now.ago));
    let about = (
        lesson.and_then(|lesson| lesson.class),
        day,
        day.week(fed.week_start.clamp(1, 7)),
    );
    let form = idea.form.form.clone();
    let log: Rc<dyn Fn(Option<Went>)> = {
        let now = now.clone();
        Rc::new(move |went| {
            let (happened, parts) = (now.happened, &now.parts);
            say(desk, &form, about, (happened, parts, went), emptied(chosen));
        })
    };
    // What a choice changes, of what was chosen when it was drawn.
    let change = |then: fn(&mut Chosen, usize)| -> Rc<dyn Fn(usize)> {
        Rc::new(move |place| {
            let mut chosen = chosen;
            then(&mut chosen.write(), place);
        })
    };
    let days = [Voice::Today, Voice::Yesterday].into_iter().zip(0..);
    let days = days.map(|(day, ago)| One::of(language.voice(day), now.ago == ago));
    let classes = fed.classes.iter().enumerate();
    let classes = classes.map(|(at, lesson)| One::of(&*lesson.title, class == Some(at)));
    let ready = (lesson.is_some() || fed.classes.is_empty()) && now.happened.is_some();
    let none_of_it = now.happened == Some(Happened::No);
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
            }
            {choose(
                "which-day".into(),
                language.voice(Voice::WhichDay),
                "two",
                days.collect(),
                change(|chosen, place| chosen.ago = u8::from(place > 0)),
            )}
            {choose(
                "did-it-happen".into(),
                language.voice(Voice::DidItHappen),
                "thirds",
                whether(language, now.happened),
                change(|chosen, place| chosen.happened = Happened::ALL.get(place).copied()),
            )}
            if ready && !none_of_it {
                {parts(language, idea, chosen)}
            }
            if ready && none_of_it {
                button { r#type: "button", class: "primary wide", id: "log-it", onclick: {
                        let log = log.clone();
                        move |_| log(None)
                    },
                    {language.voice(Voice::LogIt)}
                }
            } else if ready {
                {choose(
                    "how-did-it-go".into(),
                    language.voice(Voice::HowDidItGo),
                    "thirds",
                    Went::ALL.into_iter().map(|went| One::of(language.went(went), false)).collect(),
                    Rc::new(move |place| log(Went::ALL.get(place).copied())),
                )}
            }
            p { class: "quiet", {language.voice(Voice::LogReaders)} }
        }
    }
}

fn whether(language: Language, happened: Option<Happened>) -> Vec<One> {
    let one = |one: &Happened| One::of(language.happened(*one), happened == Some(*one));
    Happened::ALL.iter().map(one).collect()
}

/// The parts of the idea that a teacher does: what observers look for, too.
fn parts(language: Language, idea: &Idea, chosen: Signal<Chosen>) -> Element {
    let is_part =
        |look_for: &&LookFor| look_for.component == Shows::Adults && look_for.kind == Kind::States;
    let parts: Vec<&LookFor> = idea.form.look_fors.iter().filter(is_part).collect();
    rsx! {
        if !parts.is_empty() {
            h2 { class: "heading", {language.voice(Voice::WhichParts)} }
        }
        for part in parts {
            {choose(
                format!("part-{}", part.key),
                language.of(&part.words).to_owned(),
                "thirds",
                whether(language, chosen.read().parts.get(&part.key).copied()),
                {
                    let key = part.key.clone();
                    Rc::new(move |place| {
                        let mut chosen = chosen;
                        let parts = &mut chosen.write().parts;
                        let happened = Happened::ALL.get(place).copied();
                        if parts.get(&key).copied() == happened {
                            parts.remove(&key);
                        } else if let Some(happened) = happened {
                            parts.insert(key.clone(), happened);
                        }
                    })
                },
            )}
        }
    }
}

/// Says a log, as the next word about this lesson; without `happened` it takes back what was said.
fn say(
    desk: Desk,
    form: &FormRef,
    (class, day, week): (Option<ClassId>, Day, Day),
    (happened, parts, went): (
        Option<Happened>,
        &BTreeMap<LookForKey, Happened>,
        Option<Went>,
    ),
    then: Then,
) {
    let (of, on) = (class.map(|class| class.to_string()), day.to_string());
    let revision = voices::next_revision(&desk.shelf.own(), |one| {
        one.voice == voices::Voice::Lesson
            && one.idea() == Some(&form.key)
            && (one.word("class"), one.word("day")) == (of.as_deref(), Some(&on))
    });
    let fact = LessonLogged {
        form: form.clone(),
        class,
        day,
        week,
        revision,
        happened,
        parts: parts.clone(),
        went,
    };
    desk.tell_then(&fact, &[], then);
}

/// The newest logs.
fn logged(desk: Desk) -> Element {
    let language = (desk.language)();
    let own = desk.shelf.own();
    let logs: Vec<&Own> = voices::said(&own, voices::Voice::Lesson)
        .take(LISTED)
        .collect();
    rsx! {
        section { class: "part", aria_labelledby: "logged",
            h2 { id: "logged", class: "heading", {language.voice(Voice::Logged)} }
            div { role: "status",
                if logs.is_empty() {
                    p { class: "quiet", {language.voice(Voice::NothingLogged)} }
                }
                ol { class: "visit-list",
                    for log in logs {
                        {said_row(desk, log, title(desk, log), means(desk, log), take_back(desk, log))}
                    }
                }
            }
        }
    }
}

/// The day of a log, and the class where it names one.
pub(super) fn title(desk: Desk, log: &Own) -> String {
    let day = log.word("day").and_then(|day| day.parse().ok());
    let day = day.map_or_else(String::new, |day| in_words(desk, day));
    let classes = desk.shelf.voices().classes;
    let of = |lesson: &&Lesson| {
        let class = lesson.class.map(|class| class.to_string());
        class.is_some() && class.as_deref() == log.word("class")
    };
    match classes.iter().find(of) {
        Some(lesson) => format!("{day} · {}", lesson.title),
        None => day,
    }
}

/// What was said in it.
pub fn means(desk: Desk, log: &Own) -> String {
    let language = (desk.language)();
    let happened = Happened::ALL.into_iter();
    let happened = happened.filter(|one| log.word("happened") == Some(one.name()));
    let went = Went::ALL.into_iter();
    let went = went.filter(|one| log.word("went") == Some(one.name()));
    let words: Vec<&str> = happened
        .map(|one| language.happened(one))
        .chain(went.map(|one| language.went(one)))
        .collect();
    words.join(" · ")
}

fn take_back(desk: Desk, log: &Own) -> Option<Rc<dyn Fn()>> {
    let day = |name| log.word(name)?.parse::<Day>().ok();
    let about = (
        log.word("class").and_then(|id| id.parse().ok()),
        day("day")?,
        day("week")?,
    );
    let form = FormRef {
        key: log.idea()?.to_owned(),
        version: 1,
    };
    Some(Rc::new(move || {
        let nothing = (None, &BTreeMap::new(), None);
        say(desk, &form, about, nothing, Box::new(|_, _| {}));
    }))
}
