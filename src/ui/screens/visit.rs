//! The screen of a visit: the visit on its form, and what became of the visits before it.

use crate::domain::collect::look_for::LookFor;
use crate::host::Me;
use crate::text::Say;
use crate::ui::components::look_for::TriState;
use crate::ui::components::notice::{Notice, Tone};
use crate::ui::components::visits::{Visits, Where};
use crate::ui::desk::{Desk, Trouble};
use crate::ui::launch;
use crate::ui::pad::{Pad, Standing};
use crate::ui::screens::menu::Menu;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The screen of a visit.
#[component]
pub fn Recording() -> Element {
    let desk: Desk = use_context();
    let open = desk.is_open();
    rsx! {
        Top {}
        main { aria_busy: if open { "false" } else { "true" },
            if !(desk.lasting)() {
                Notice {
                    tone: Tone::Loud,
                    title: desk.say(Say::NotKeptHere),
                    body: desk.say(Say::NotKeptHereMeans),
                    on_act: |()| {},
                }
            }
            Seated {}
            if (desk.written)().is_some() {
                Written {}
            } else {
                FormOfVisit {}
            }
            if open {
                Visits {}
            }
            p { class: "quiet foot", {desk.say(Say::Formative)} }
        }
        // Docked, so that nothing moves under the thumb when something has to be said.
        div { class: "dock",
            Notices {}
            if (desk.written)().is_none() {
                Bar {}
            }
        }
    }
}

/// Why nothing travels, if that is so: quietly, since recording goes on.
#[component]
fn Seated() -> Element {
    let desk: Desk = use_context();
    let said = match (desk.seat.me)() {
        Some(Me::SignInAgain { .. }) => Some((Say::SignInAgain, Say::SignInAgainMeans)),
        Some(Me::Nobody { .. }) => Some((Say::NotSignedInYet, Say::NotSignedInYetMeans)),
        Some(Me::SignedIn { .. } | Me::SignedOut { .. }) | None => None,
    };
    rsx! {
        if let Some((title, body)) = said {
            Notice {
                tone: Tone::Calm,
                title: desk.say(title),
                body: desk.say(body),
                act: desk.say(Say::SignIn),
                on_act: move |()| desk.go(View::SignIn),
            }
        }
        if (desk.seat.outdated)() {
            Notice {
                tone: Tone::Calm,
                title: desk.say(Say::UpdateNeeded),
                body: desk.say(Say::UpdateNeededMeans),
                on_act: |()| {},
            }
        }
    }
}

/// Where am I, and is it kept.
#[component]
fn Top() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let pad = desk.pad.read();
    let Some(pad) = pad.as_ref() else {
        return rsx! {};
    };
    let visit = (desk.written)().unwrap_or(pad.draft().head.visit);
    rsx! {
        header { class: "top",
            div { class: "grow",
                h1 { id: "heading", tabindex: "-1",
                    if desk.is_open() {
                        {desk.say(Say::Visit(visit))}
                    } else {
                        "Lookfor"
                    }
                }
                span { class: "quiet", {language.of(&pad.form.title)} }
            }
            if (desk.written)().is_none() {
                Keeping { standing: pad.standing() }
            }
            if desk.is_open() {
                Menu {}
            }
        }
    }
}

#[component]
fn Keeping(standing: Standing) -> Element {
    let desk: Desk = use_context();
    let (state, say) = match standing {
        Standing::Untouched => ("untouched", None),
        Standing::Keeping => ("keeping", Some(Say::Keeping)),
        Standing::Kept if !(desk.lasting)() => ("kept", Some(Say::KeptInThisTab)),
        Standing::Kept => ("kept", Some(Say::Kept)),
        Standing::Lost => ("lost", Some(Say::NotKept)),
    };
    rsx! {
        span { class: "standing", id: "standing", role: "status", "data-state": state,
            if let Some(say) = say {
                span { class: "dot", aria_hidden: "true" }
                span { class: "word", {desk.say(say)} }
            }
        }
    }
}

#[component]
fn Notices() -> Element {
    let mut desk: Desk = use_context();
    let language = (desk.language)();
    let trouble = (desk.trouble)().map(|trouble| match trouble {
        Trouble::TapLost(problem) => desk.say(Say::TapLost(&language.problem(&problem))),
        Trouble::NotSubmitted(problem) => desk.say(Say::NotSubmitted(&language.problem(&problem))),
        Trouble::NotDone(problem) => language.problem(&problem),
    });
    rsx! {
        if let Some(body) = trouble {
            Notice {
                tone: Tone::Loud,
                body,
                act: desk.say(Say::Close),
                on_act: move |()| desk.trouble.set(None),
            }
        }
        if (desk.update)() {
            Notice {
                tone: Tone::Calm,
                title: desk.say(Say::UpdateReady),
                body: desk.say(Say::UpdateReadyMeans),
                act: desk.say(Say::Update),
                on_act: |()| launch::take_update(),
            }
        }
    }
}

#[component]
fn FormOfVisit() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let pad = desk.pad.read();
    let Some(pad) = pad.as_ref() else {
        return rsx! {};
    };
    rsx! {
        p { class: "theory", {language.of(&pad.form.theory)} }
        for (place, look_for) in (1..).zip(&pad.form.look_fors) {
            OneLookFor { key: "{look_for.key}", place, look_for: look_for.clone() }
        }
        p { class: "quiet", {desk.say(Say::TapAgainToClear)} }
    }
}

#[component]
fn OneLookFor(place: usize, look_for: LookFor) -> Element {
    let desk: Desk = use_context();
    let key = look_for.key.clone();
    let rating = desk
        .pad
        .read()
        .as_ref()
        .and_then(|pad| pad.draft().rating(&key).cloned());
    rsx! {
        TriState {
            look_for,
            place,
            rating,
            language: (desk.language)(),
            ready: desk.is_open(),
            on_touch: move |rating| desk.touch(&key, rating),
        }
    }
}

/// The one thing to do next.
#[component]
fn Bar() -> Element {
    let desk: Desk = use_context();
    let empty = desk
        .pad
        .read()
        .as_ref()
        .is_none_or(|pad: &Pad| pad.draft().rated.is_empty());
    rsx! {
        div { class: "bar",
            if empty && desk.is_open() {
                span { id: "nothing-yet", class: "quiet grow", {desk.say(Say::NothingYet)} }
            }
            button {
                r#type: "button",
                class: "primary",
                id: "done",
                disabled: empty || !desk.is_open(),
                onclick: move |_| desk.submit(),
                {desk.say(Say::Done)}
            }
        }
    }
}

/// The visit that was just submitted, and the next.
#[component]
fn Written() -> Element {
    let desk: Desk = use_context();
    let next = desk
        .pad
        .read()
        .as_ref()
        .map_or(1, |pad| pad.draft().head.visit);
    let visit = (desk.written)().unwrap_or_default();
    rsx! {
        section { class: "card written", role: "status",
            div { class: "grow",
                h2 { {desk.say(Say::Written(visit))} }
                if let Some(whereabouts) = desk.written_whereabouts() {
                    Where { whereabouts }
                }
            }
            button { r#type: "button", class: "primary", id: "begin", onclick: move |_| desk.begin(),
                {desk.say(Say::BeginVisit(next))}
            }
        }
    }
}
