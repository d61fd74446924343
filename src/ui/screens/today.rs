//! The first screen: the change idea in focus, where to next, what is open, what came of the visits before.

mod focus;

use focus::focus;
pub(super) use focus::one_class;

use super::{Ways, notices};
use crate::domain::agreement::Reading;
use crate::domain::collect::today::{Today, Welcomed};
use crate::domain::collect::visit::Unfinished;
use crate::host::clock;
use crate::text::Say;
use crate::text::talk::Talk;
use crate::text::voices::Voice;
use crate::text::walk::Walk;
use crate::ui::components::aside::set_aside;
use crate::ui::components::came::{waits_for_words, write_feedback};
use crate::ui::components::visits::{VisitRow, Where};
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// How often what is likely now is asked again while the screen stands: periods begin and end.
const MINUTE_MS: u64 = 60_000;
/// How many of the newest visits are shown.
const VISITS_SHOWN: usize = 3;

/// The first screen.
#[component]
pub fn TodayPage() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let asking = use_signal(|| None);
    use_future(move || async move {
        loop {
            clock::sleep(MINUTE_MS).await;
            desk.read_today();
        }
    });
    let today = desk.today.read();
    let Some(today) = today.as_ref() else {
        return rsx! {};
    };
    rsx! {
        header { class: "top",
            div { class: "grow",
                h1 { id: "heading", class: "large", tabindex: "-1", {desk.walk(Walk::Today)} }
                span { class: "quiet when", {language.day(clock::now())} }
                if let Some(period) = &today.period {
                    span { class: "quiet when", id: "period", {language.period(period)} }
                }
            }
            Unsent {}
        }
        main {
            notices::Standing {}
            Written {}
            {set_aside(desk)}
            {welcomes(desk, today)}
            {focus(desk, today, asking)}
            {newer(desk, today)}
            if !today.drafts.is_empty() {
                section { class: "part", aria_labelledby: "not-finished",
                    h2 { id: "not-finished", class: "heading", {desk.walk(Walk::NotFinished)} }
                    for open in &today.drafts {
                        {unfinished(desk, open)}
                    }
                }
            }
            section { class: "part", aria_labelledby: "after",
                h2 { id: "after", class: "heading", {desk.walk(Walk::AfterYourVisits)} }
                // What teachers invite to, "come and see this", stands here before everything else.
                if today.visits.is_empty() {
                    p { class: "quiet", {desk.say(Say::NoVisitsYet)} }
                }
                ol { class: "visit-list",
                    for visit in today.visits.iter().take(VISITS_SHOWN) {
                        VisitRow { key: "{visit.number}", visit: visit.clone() }
                    }
                }
            }
            p { class: "quiet foot", {desk.say(Say::Formative)} }
        }
        Ways {}
    }
}

/// "Come and see this": what teachers welcome visits to stands before what is likely.
fn welcomes(desk: Desk, today: &Today) -> Element {
    let language = (desk.language)();
    rsx! {
        if !today.welcomes.is_empty() {
            section { class: "part", aria_labelledby: "come-and-see",
                h2 { id: "come-and-see", class: "heading", {language.voice(Voice::Invited)} }
                for welcome in &today.welcomes {
                    {one_welcome(desk, today, welcome)}
                }
            }
        }
    }
}

/// A lesson that its teacher welcomes a visit to. Begun from here, the visit is one on the idea that can be seen.
fn one_welcome(mut desk: Desk, today: &Today, welcome: &Welcomed) -> Element {
    let language = (desk.language)();
    let room = welcome.room.clone();
    let name = room.name.clone().unwrap_or_else(|| room.title.clone());
    let place = welcome.idea.as_ref().and_then(|key| {
        let mut ideas = today.ideas.iter();
        ideas.position(|idea| idea.form.form.key == *key)
    });
    let day = match welcome.today {
        true => language.voice(Voice::Today),
        false => language.day(welcome.day),
    };
    let label = desk.walk(Walk::StartWith(&name));
    rsx! {
        div { key: "{welcome.id}", class: "card class welcome",
            if let Some(number) = &room.room {
                div { class: "room",
                    "{number}"
                    small { class: "quiet", {desk.walk(Walk::Room)} }
                }
            }
            div { class: "grow",
                strong { class: "class-name", "{name}" }
                span { class: "quiet", if room.title.is_empty() { "{day}" } else { "{day} · {room.title}" } }
                if let Some(what) = &welcome.what {
                    p { class: "said", "{what}" }
                }
            }
            button {
                r#type: "button",
                class: "start",
                aria_label: label,
                onclick: move |_| {
                    if let Some(place) = place {
                        desk.idea.set(place);
                    }
                    desk.enter(&room);
                },
                {desk.walk(Walk::Start)}
            }
        }
    }
}

/// How much is not on the server yet.
#[component]
pub fn Unsent() -> Element {
    let desk: Desk = use_context();
    let unsent = desk.today.read().as_ref().map_or(0, |today| today.unsent);
    let (state, words) = match unsent {
        0 => ("on-the-server", Walk::AllSent),
        unsent => ("on-this-device", Walk::NotSent(unsent)),
    };
    rsx! {
        span { class: "where", id: "unsent-count", role: "status", "data-state": state,
            span { class: "dot", aria_hidden: "true" }
            {desk.walk(words)}
        }
    }
}

/// What is there for a newer version of Lookfor alone.
fn newer(desk: Desk, today: &Today) -> Element {
    let language = (desk.language)();
    let ideas = today.unread_ideas.iter();
    let mut said: Vec<String> = ideas
        .map(|title| desk.walk(Walk::NeedsNewer(language.of(title))))
        .collect();
    if today.agreement_read == Reading::NotAtAll {
        said.push(desk.walk(Walk::AgreementNeedsNewer));
    }
    rsx! {
        for one in said {
            p { key: "{one}", class: "quiet newer", role: "status", "{one}" }
        }
    }
}

/// An open visit.
fn unfinished(desk: Desk, open: &Unfinished) -> Element {
    let language = (desk.language)();
    let draft = open.draft;
    let name = open
        .name
        .clone()
        .unwrap_or_else(|| desk.say(Say::Visit(open.visit)));
    rsx! {
        div { class: "card class",
            div { class: "grow",
                strong { class: "class-name", "{name}" }
                span { class: "quiet",
                    "{language.of(&open.title)} · {desk.walk(Walk::Answered(open.answered, open.asked))} · {language.time(open.begun)}"
                }
            }
            div { class: "acts",
                button { r#type: "button", class: "go-on", onclick: move |_| desk.go_on(draft), {desk.walk(Walk::GoOn)} }
                button { r#type: "button", class: "put-away", onclick: move |_| desk.put_away(draft, true),
                    {desk.walk(Walk::PutAway)}
                }
            }
        }
    }
}

/// The visit that was just submitted, and its code where forms name nobody.
#[component]
fn Written() -> Element {
    let desk: Desk = use_context();
    let Some(visit) = desk.written_visit() else {
        return rsx! {};
    };
    rsx! {
        section { class: "card written", id: "written", "data-visit": "{visit.visit}",
            div { class: "grow", role: "status",
                h2 { {desk.say(Say::Written(visit.visit))} }
                Where { whereabouts: visit.whereabouts.clone() }
            }
            // The visit is sent and nobody has read a word: what comes next is one touch away.
            if waits_for_words(desk, visit.id) {
                div { class: "acts",
                    if let Some(name) = visit.name.as_ref().filter(|_| desk.shows_names(visit.submitted)) {
                        span { class: "quiet", {(desk.language)().talk(Talk::NotWritten(name))} }
                    }
                    {write_feedback(desk, visit.id, "primary write")}
                }
            }
            if let Some(code) = &visit.code {
                div { class: "code-place",
                    strong { {desk.walk(Walk::GiveCode)} }
                    p { class: "code", "{code}" }
                    p { class: "quiet", {desk.walk(Walk::GiveCodeMeans)} }
                }
            }
        }
    }
}
