//! Signing in: with a link that opened the page, or with a code that is typed.

use super::device::languages;
use crate::host::Me;
use crate::text::Say;
use crate::ui::components::notice::{Notice, Tone};
use crate::ui::desk::Desk;
use crate::ui::seat::{Asking, View};
use dioxus::prelude::*;

/// The page of a link: whose server it is, and one button.
#[component]
pub fn Invited() -> Element {
    let desk: Desk = use_context();
    let busy = (desk.seat.asking)() == Asking::Busy || (desk.seat.me)().is_none();
    let beside = desk.seat.name();
    rsx! {
        main { class: "alone", aria_busy: if busy { "true" } else { "false" },
            section { class: "card",
                h1 { id: "heading", tabindex: "-1", {desk.say(Say::Invited)} }
                p { {desk.say(Say::InvitedTo(&(desk.seat.server)()))} }
                if let Some(name) = beside {
                    p { class: "quiet", {desk.say(Say::InvitedBeside(&name))} }
                }
                p { class: "quiet", {desk.say(Say::Formative)} }
                How {}
                button {
                    r#type: "button",
                    class: "primary",
                    id: "sign-in",
                    disabled: busy,
                    onclick: move |_| {
                        let secret = desk.seat.joining.peek().clone();
                        desk.sign_in(secret.unwrap_or_default());
                    },
                    if busy && (desk.seat.asking)() == Asking::Busy {
                        {desk.say(Say::SigningIn)}
                    } else {
                        {desk.say(Say::SignInHere)}
                    }
                }
                button { r#type: "button", id: "not-now", onclick: move |_| desk.not_now(),
                    {desk.say(Say::NotNow)}
                }
            }
            {languages(desk)}
        }
    }
}

/// The page of whoever has no link at hand: what an invitation is, and a field for a code.
#[component]
pub fn SignIn() -> Element {
    let desk: Desk = use_context();
    let usable = !desk.seat.is_taken_by_nobody();
    let (title, means) = match (desk.seat.me)() {
        Some(Me::SignedOut { name, .. }) => (desk.say(Say::SignedOut(&name)), Say::SignedOutMeans),
        Some(Me::SignInAgain { .. }) => (desk.say(Say::SignInAgain), Say::NeedInvitationMeans),
        _ => (desk.say(Say::NeedInvitation), Say::NeedInvitationMeans),
    };
    let signed_out = matches!((desk.seat.me)(), Some(Me::SignedOut { .. }));
    rsx! {
        main { class: "alone",
            section { class: "card",
                h1 { id: "heading", tabindex: "-1", "{title}" }
                p { {desk.say(means)} }
                Typed {}
                if usable {
                    button { r#type: "button", id: "back", onclick: move |_| desk.back(),
                        {desk.say(Say::Back)}
                    }
                }
                if signed_out {
                    button { r#type: "button", id: "people", onclick: move |_| desk.go(View::People),
                        {desk.say(Say::AnotherPerson)}
                    }
                }
            }
            {languages(desk)}
        }
    }
}

/// The field for a code or a link, and the button beside it.
#[component]
pub fn Typed() -> Element {
    let desk: Desk = use_context();
    let mut typed = use_signal(String::new);
    let busy = (desk.seat.asking)() == Asking::Busy;
    let refused = matches!((desk.seat.asking)(), Asking::Refused(_));
    rsx! {
        form {
            class: "typed",
            onsubmit: move |event| {
                event.prevent_default();
                desk.sign_in(typed.peek().clone());
            },
            label { r#for: "code", {desk.say(Say::CodeOrLink)} }
            input {
                id: "code",
                name: "code",
                r#type: "text",
                autocomplete: "one-time-code",
                autocapitalize: "characters",
                spellcheck: "false",
                maxlength: "400",
                aria_describedby: "code-means",
                aria_invalid: if refused { "true" } else { "false" },
                value: "{typed}",
                oninput: move |event| typed.set(event.value()),
            }
            p { id: "code-means", class: "quiet", {desk.say(Say::CodeOrLinkMeans)} }
            How {}
            button { r#type: "submit", class: "primary", id: "sign-in", disabled: busy,
                if busy {
                    {desk.say(Say::SigningIn)}
                } else {
                    {desk.say(Say::SignIn)}
                }
            }
        }
    }
}

/// How the sign-in goes, where that has to be said.
#[component]
pub fn How() -> Element {
    let desk: Desk = use_context();
    match (desk.seat.asking)() {
        Asking::Not | Asking::Busy => rsx! {},
        Asking::NoNetwork => rsx! {
            Notice {
                tone: Tone::Calm,
                title: desk.say(Say::NoNetwork),
                body: desk.say(Say::NoNetworkMeans),
                on_act: |()| {},
            }
        },
        Asking::Refused(problem) => rsx! {
            Notice { tone: Tone::Loud, body: (desk.language)().problem(&problem), on_act: |()| {} }
        },
    }
}
