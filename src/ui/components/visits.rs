//! The list of submitted visits, each with where it is.

use crate::domain::collect::visit::{Visit, Whereabouts};
use crate::domain::problem::Problem;
use crate::text::Say;
use crate::ui::components::came;
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// Where a record is, in words and as a mark beside them.
#[component]
pub fn Where(
    /// Where it is.
    whereabouts: Whereabouts,
) -> Element {
    let desk: Desk = use_context();
    let (state, say) = match whereabouts {
        Whereabouts::OnThisDevice if !(desk.lasting)() => ("on-this-device", Say::InThisTab),
        Whereabouts::OnThisDevice => ("on-this-device", Say::OnThisDevice),
        Whereabouts::Sending => ("sending", Say::Sending),
        Whereabouts::OnTheServer { .. } => ("on-the-server", Say::OnTheServer),
        Whereabouts::SetAside { .. } => ("set-aside", Say::SetAside),
    };
    rsx! {
        span { class: "where", "data-state": state,
            span { class: "dot", aria_hidden: "true" }
            {desk.say(say)}
        }
    }
}

/// The submitted visits, newest first.
#[component]
pub fn Visits() -> Element {
    let desk: Desk = use_context();
    let visits = desk.visits.read();
    rsx! {
        section { class: "visits", aria_labelledby: "heading",
            if visits.is_empty() {
                p { class: "quiet", {desk.say(Say::NoVisitsYet)} }
            }
            ol { class: "visit-list",
                for visit in visits.iter() {
                    VisitRow { key: "{visit.number}", visit: visit.clone() }
                }
            }
            if (desk.older)() {
                button { r#type: "button", class: "wide", onclick: move |_| desk.show_older(),
                    {desk.say(Say::OlderVisits)}
                }
            }
        }
    }
}

/// One submitted visit, and where it is.
#[component]
pub fn VisitRow(
    /// The visit.
    visit: Visit,
) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    // A form that is not here any more is named by its key.
    let form = match &visit.title {
        Some(title) => language.of(title),
        None => &visit.form.key,
    };
    // Names fade from the list as it was agreed.
    let name = visit
        .name
        .clone()
        .filter(|_| desk.shows_names(visit.submitted));
    let name = name.unwrap_or_else(|| desk.say(Say::Visit(visit.visit)));
    let number = visit.number;
    rsx! {
        li { class: "card visit-row", "data-visit": "{visit.visit}",
            div { class: "visit-row-top",
                div { class: "grow",
                    strong { "{name}" }
                    span { class: "quiet", " · {form} · {language.day(visit.submitted)}, {language.time(visit.submitted)}" }
                    if let Some(code) = &visit.code {
                        span { class: "quiet", " · {code}" }
                    }
                }
                Where { whereabouts: visit.whereabouts.clone() }
            }
            {came::came(desk, visit.id)}
            if let Whereabouts::SetAside { problem } = &visit.whereabouts {
                {why_aside(desk, number, problem)}
            }
        }
    }
}

/// Why a record was set aside, and what can be done with it.
pub fn why_aside(desk: Desk, number: u64, problem: &Problem) -> Element {
    rsx! {
        p { class: "quiet", "{(desk.language)().problem(problem)} {desk.say(Say::SetAsideMeans)}" }
        div { class: "acts",
            // The same bytes can never get an id or a number that another record has.
            if !matches!(problem, Problem::IdTaken | Problem::NumberTaken) {
                button { r#type: "button", onclick: move |_| desk.try_again(number),
                    {desk.say(Say::TryAgain)}
                }
            }
            SaveCopy { number }
        }
    }
}

/// A copy of a record, as a link to a file. Few are ever set aside, so it is fetched at once.
#[component]
fn SaveCopy(number: u64) -> Element {
    let desk: Desk = use_context();
    let copy = use_resource(move || desk.copy(number));
    let text = copy.read();
    rsx! {
        if let Some(Some(text)) = text.as_ref() {
            a {
                class: "button",
                download: "lookfor-{number}.json",
                href: "data:application/json;charset=utf-8,{percent_encoded(text)}",
                {desk.say(Say::SaveCopy)}
            }
        }
    }
}

/// `text` as it may stand in a `data:` address (RFC 3986, unreserved characters as they are).
pub fn percent_encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes what is written");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_any_text() {
        assert_eq!(percent_encoded(r#"{"é":1}"#), "%7B%22%C3%A9%22%3A1%7D");
    }
}
