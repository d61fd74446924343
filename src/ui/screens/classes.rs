//! The search for a class: to begin a visit there, or to say that the visit in hand is of that class. Who is not
//! on the list is added by name.

use super::Below;
use super::today::one_class;
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// The search for a class.
#[component]
pub fn Classes() -> Element {
    let desk: Desk = use_context();
    let mut search = use_signal(String::new);
    let found = desk.found.read();
    let (classes, more) = &*found;
    rsx! {
        Below { title: desk.walk(Walk::AnotherClass),
            div { class: "typed",
                label { r#for: "search", {desk.walk(Walk::SearchClass)} }
                input {
                    id: "search",
                    name: "search",
                    r#type: "search",
                    autocomplete: "off",
                    value: "{search}",
                    oninput: move |event| {
                        search.set(event.value());
                        desk.search(event.value());
                    },
                }
            }
            section { class: "part", aria_live: "polite",
                if classes.is_empty() {
                    p { class: "quiet", {desk.walk(Walk::NoClassFound)} }
                }
                for room in classes {
                    {one_class(desk, room, false, None)}
                }
                if *more {
                    button { r#type: "button", onclick: move |_| desk.search_on(search()), {desk.walk(Walk::More)} }
                }
            }
            NotListed {}
        }
    }
}

/// The field for a teacher who is not on the list.
#[component]
fn NotListed() -> Element {
    let desk: Desk = use_context();
    let mut name = use_signal(String::new);
    // Without a site nobody could be added: the first connection brings it.
    if desk
        .today
        .read()
        .as_ref()
        .is_none_or(|today| today.sites.is_empty())
    {
        return rsx! {};
    }
    rsx! {
        section { class: "card page",
            h2 { {desk.walk(Walk::NotListed)} }
            p { class: "quiet", {desk.walk(Walk::NotListedMeans)} }
            form {
                class: "typed",
                onsubmit: move |event| {
                    event.prevent_default();
                    desk.add_and_enter(&name());
                },
                label { r#for: "name", {desk.walk(Walk::TeachersName)} }
                input {
                    id: "name",
                    name: "name",
                    autocomplete: "off",
                    maxlength: "80",
                    value: "{name}",
                    oninput: move |event| name.set(event.value()),
                }
                button { r#type: "submit", disabled: name().trim().is_empty(), {desk.walk(Walk::AddAndStart)} }
            }
        }
    }
}
