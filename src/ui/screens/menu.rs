//! Who sits here, and the pages below that.

use super::device::languages;
use super::sign_in::{How, Typed};
use super::{Below, Ways, notices};
use crate::host::{Here, Me};
use crate::text::Say;
use crate::text::shell::Shell;
use crate::text::spots::Spot;
use crate::text::talk::Talk;
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use crate::ui::seat::{Asking, View};
use dioxus::prelude::*;

/// Who sits here, and what they can do about it.
#[component]
pub fn MePage() -> Element {
    let desk: Desk = use_context();
    let signed_in = matches!((desk.seat.me)(), Some(Me::SignedIn { .. }));
    let language = (desk.language)();
    // What somebody does where decides what there is to look at.
    use_effect(move || {
        // Looked at again when documents come: right after a sign-in their own entry is still on its way.
        drop(desk.today.read());
        desk.read_posts();
        desk.look_for_the_office();
    });
    rsx! {
        header { class: "top",
            h1 { id: "heading", class: "grow", tabindex: "-1",
                {desk.seat.name().unwrap_or_else(|| desk.walk(Walk::Me))}
            }
        }
        main {
            notices::Standing {}
            section { class: "card way-list",
                if desk.seat.name().is_some() {
                    To { view: View::AboutMe, name: language.talk(Talk::AboutMe) }
                    To { view: View::Replies, name: language.talk(Talk::Replies) }
                    To { view: View::BrightSpots, name: language.spot(Spot::BrightSpots) }
                    if desk.shelf.is_coach() {
                        To { view: View::Support, name: language.spot(Spot::SupportWanted) }
                    }
                }
                if signed_in {
                    Way { view: View::Code, say: Say::AnotherDevice }
                } else {
                    Way { view: View::SignIn, say: Say::SignIn }
                }
                Way { view: View::People, say: Say::AnotherPerson }
                Way { view: View::Agreement, say: Say::Agreement }
                To { view: View::Storage, name: language.shell(Shell::Storage) }
                To { view: View::About, name: language.shell(Shell::About) }
                if signed_in && (desk.seat.office)() {
                    button { r#type: "button", class: "way", id: "office", onclick: move |_| desk.open_office(),
                        {desk.say(Say::Office)}
                    }
                }
                if desk.seat.name().is_some() {
                    Way { view: View::Leave, say: Say::SignOut }
                }
            }
            {languages(desk)}
            p { class: "quiet foot", {desk.say(Say::Formative)} }
        }
        Ways {}
    }
}

#[component]
fn Way(view: View, say: Say<'static>) -> Element {
    let desk: Desk = use_context();
    rsx! {
        To { view, name: desk.say(say) }
    }
}

#[component]
fn To(view: View, name: String) -> Element {
    let desk: Desk = use_context();
    rsx! {
        button { r#type: "button", class: "way", onclick: move |_| desk.go(view), "{name}" }
    }
}

/// A code for another device of the same person.
#[component]
pub fn Code() -> Element {
    let desk: Desk = use_context();
    let busy = (desk.seat.asking)() == Asking::Busy;
    rsx! {
        Below { title: desk.say(Say::AnotherDevice),
            section { class: "card page",
                p { {desk.say(Say::AnotherDeviceMeans)} }
                div { class: "code-place", role: "status",
                    if let Some((code, hour, minute)) = (desk.seat.code)() {
                        p { class: "code", "{code}" }
                        p { class: "quiet", {desk.say(Say::CodeUntil(hour, minute))} }
                    }
                }
                How {}
                button {
                    r#type: "button",
                    class: "primary",
                    id: "show-code",
                    disabled: busy,
                    onclick: move |_| desk.new_code(),
                    {desk.say(Say::ShowCode)}
                }
            }
        }
    }
}

/// The people with a store here, and the field for somebody new.
#[component]
pub fn People() -> Element {
    let desk: Desk = use_context();
    let here = desk.seat.here.read();
    rsx! {
        Below { title: desk.say(Say::AnotherPerson),
            p { class: "theory", {desk.say(Say::AnotherPersonMeans)} }
            if !here.is_empty() {
                ol { class: "visit-list",
                    for one in here.iter() {
                        OnePerson { key: "{one.person}", one: one.clone() }
                    }
                }
            }
            section { class: "card page", aria_labelledby: "somebody-new",
                h2 { id: "somebody-new", {desk.say(Say::SomebodyNew)} }
                p { class: "quiet", {desk.say(Say::NeedInvitationMeans)} }
                Typed {}
            }
        }
    }
}

#[component]
fn OnePerson(one: Here) -> Element {
    let desk: Desk = use_context();
    let person = one.person;
    rsx! {
        li { class: "card visit-row",
            div { class: "visit-row-top",
                strong { class: "grow", "{one.name}" }
                if one.current {
                    span { class: "where", {desk.say(Say::InUse)} }
                } else {
                    button { r#type: "button", onclick: move |_| desk.use_as(person),
                        {desk.say(Say::GoOnAs(&one.name))}
                    }
                }
            }
        }
    }
}

/// The way out: what stays, what is not sent yet, and the button.
#[component]
pub fn Leave() -> Element {
    let desk: Desk = use_context();
    let unsent = (desk.seat.unsent)();
    rsx! {
        Below { title: desk.say(Say::SignOut),
            section { class: "card page",
                p { id: "unsent", role: "status",
                    strong { {desk.say(Say::Unsent(unsent))} }
                }
                p { {desk.say(Say::SignOutMeans)} }
                div { class: "acts",
                    if unsent > 0 {
                        button { r#type: "button", id: "send-now", onclick: move |_| desk.send_now(),
                            {desk.say(Say::SendNow)}
                        }
                    }
                    button { r#type: "button", class: "primary", id: "sign-out", onclick: move |_| desk.sign_out(),
                        {desk.say(Say::SignOut)}
                    }
                }
            }
        }
    }
}
