//! The device itself: the language that is read on it, what its store holds, what Lookfor is.

use super::Below;
use crate::text::shell::Shell;
use crate::text::{Language, Say};
use crate::ui::components::aside::set_aside;
use crate::ui::components::visits::percent_encoded;
use crate::ui::desk::Desk;
use crate::ui::launch;
use crate::ui::storage::Promise;
use dioxus::prelude::*;

/// The two buttons that choose a language, each in its own.
pub(super) fn languages(desk: Desk) -> Element {
    let chosen = (desk.language)();
    rsx! {
        div {
            class: "chips languages",
            role: "group",
            aria_label: chosen.shell(Shell::Languages),
            for language in Language::ALL {
                button {
                    key: "{language.tag()}",
                    r#type: "button",
                    class: "choice",
                    id: "language-{language.tag()}",
                    lang: language.tag(),
                    aria_pressed: if language == chosen { "true" } else { "false" },
                    onclick: move |_| desk.speak(language),
                    {language.own_name()}
                }
            }
        }
    }
}

/// The storage panel.
#[component]
pub fn Storage() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    rsx! {
        Below { title: language.shell(Shell::Storage),
            if let Some(held) = (desk.held)() {
                section { class: "card page",
                    p { id: "unsent", role: "status",
                        // What was set aside is not on the server, either.
                        if held.waiting > 0 || held.set_aside == 0 {
                            strong { {language.shell(Shell::Waiting(held.waiting))} }
                        } else {
                            strong { {language.shell(Shell::SetAside(held.set_aside))} }
                        }
                    }
                    if held.waiting > 0 {
                        p { {language.shell(Shell::WaitingMeans)} }
                        if held.set_aside > 0 {
                            p { {language.shell(Shell::SetAside(held.set_aside))} }
                        }
                    }
                    if let Some(copy) = &held.copy {
                        div { class: "acts",
                            if held.waiting > 0 {
                                button { r#type: "button", id: "send-now", onclick: move |_| desk.send_now(),
                                    {desk.say(Say::SendNow)}
                                }
                            }
                            a {
                                class: "button",
                                id: "save-unsent",
                                download: "lookfor-unsent.json",
                                href: "data:application/json;charset=utf-8,{percent_encoded(copy)}",
                                {language.shell(Shell::SaveUnsent)}
                            }
                        }
                        p { class: "quiet", {language.shell(Shell::SaveUnsentMeans)} }
                    }
                }
                {set_aside(desk)}
                section { class: "card page", aria_labelledby: "how-long",
                    h2 { id: "how-long", {language.shell(Shell::HowLong)} }
                    p { id: "promise",
                        {language.shell(match held.promise {
                            _ if !(desk.lasting)() => Shell::InThisTab,
                            Promise::File => Shell::InAFile,
                            Promise::Given => Shell::Promised,
                            Promise::NotGiven => Shell::NotPromised,
                        })}
                    }
                    p { class: "quiet", {language.shell(Shell::Holds(held.bytes))} }
                }
            }
        }
    }
}

/// What Lookfor is.
#[component]
pub fn About() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let server = (desk.seat.server)();
    rsx! {
        Below { title: language.shell(Shell::About),
            section { class: "card page",
                p { {language.shell(Shell::WhatItIs)} }
                p { {desk.say(Say::Formative)} }
                h2 { {language.shell(Shell::WhereRecordsGo)} }
                p { {language.shell(Shell::RecordsGoTo(&server))} }
                h2 { {language.shell(Shell::Licence)} }
                p { {language.shell(Shell::LicenceMeans)} }
                p { id: "version", class: "quiet", {language.shell(Shell::Version(&launch::version()))} }
            }
        }
    }
}
