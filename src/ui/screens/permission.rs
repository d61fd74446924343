//! Who may see a bright spot: the teacher is asked without a push, and sees who would read it before choosing.

use crate::domain::act::bright_spot::{
    Circle, PermissionAsked, PermissionGiven, PermissionRefused, PermissionWithdrawn,
};
use crate::domain::agreement::Agreement;
use crate::domain::document::{BrightSpotDocument, PermissionDocument};
use crate::domain::id::EventId;
use crate::text::spots::Spot;
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// A bright spot on the card of its teacher.
pub fn spot_of_mine(
    desk: Desk,
    spot: BrightSpotDocument,
    visit: EventId,
    agreement: &Agreement,
) -> Element {
    let language = (desk.language)();
    let bright_spot = spot.id;
    let title = format!("spot-{bright_spot}");
    let asked = spot.open_questions.clone();
    let given = spot.given_questions.clone();
    let circle = match spot.permission {
        PermissionDocument::GivenForSite => Some(Circle::Site),
        PermissionDocument::GivenForDistrict => Some(Circle::District),
        _ => None,
    };
    rsx! {
        section { key: "{bright_spot}", class: "part spot", aria_labelledby: "{title}",
            span { class: "star", aria_hidden: "true", "★" }
            div { class: "grow spot-words",
                h2 { id: "{title}", class: "strong", {language.spot(Spot::CouldBorrow)} }
                p { class: "said", {evidence(desk, &spot)} }
                if !asked.is_empty() {
                    {choices(desk, visit, bright_spot, asked, agreement)}
                } else {
                    div { role: "status", class: "stands",
                        p { strong { {language.permission_of_mine(spot.permission)} } }
                        p { class: "quiet", {language.spot(Spot::WouldRead(&language.readers(circle, agreement)))} }
                    }
                    if circle.is_some() {
                        button {
                            r#type: "button",
                            class: "take-back",
                            onclick: move |_| {
                                for asked in given.iter().copied() {
                                    let fact = PermissionWithdrawn { walkthrough: visit, bright_spot, asked };
                                    desk.tell(&fact, &[]);
                                }
                            },
                            {language.spot(Spot::TakeBack)}
                        }
                    } else {
                        button {
                            r#type: "button",
                            class: "choose",
                            onclick: move |_| {
                                desk.tell(&PermissionAsked { walkthrough: visit, bright_spot }, &[]);
                            },
                            {language.spot(Spot::Choose)}
                        }
                    }
                }
            }
        }
    }
}

/// Three equal buttons, each with who would read it.
fn choices(
    desk: Desk,
    visit: EventId,
    bright_spot: EventId,
    asked: Vec<EventId>,
    agreement: &Agreement,
) -> Element {
    let language = (desk.language)();
    let choices = [
        (None, "keep", Spot::KeepHere),
        (Some(Circle::Site), "school", Spot::MySchool),
        (Some(Circle::District), "district", Spot::TheDistrict),
    ];
    let choose = move |circle: Option<Circle>| {
        for asked in asked.iter().copied() {
            let walkthrough = visit;
            match circle {
                None => {
                    let fact = PermissionRefused {
                        walkthrough,
                        bright_spot,
                        asked,
                    };
                    desk.tell(&fact, &[]);
                }
                Some(circle) => {
                    let fact = PermissionGiven {
                        walkthrough,
                        bright_spot,
                        asked,
                        circle,
                    };
                    desk.tell(&fact, &[]);
                }
            }
        }
    };
    rsx! {
        p { class: "quiet", {language.spot(Spot::YouAreAsked)} }
        div { class: "circles",
            for (circle, name, label) in choices {
                div { class: "circle", key: "{name}",
                    button {
                        r#type: "button",
                        class: "choose-{name}",
                        aria_describedby: "readers-{name}-{bright_spot}",
                        onclick: {
                            let choose = choose.clone();
                            move |_| choose(circle)
                        },
                        {language.spot(label)}
                    }
                    p { id: "readers-{name}-{bright_spot}", class: "quiet",
                        {language.would_read(circle, agreement)}
                    }
                }
            }
        }
    }
}

/// The line of evidence; else the look-for that it shows.
pub fn evidence(desk: Desk, spot: &BrightSpotDocument) -> String {
    let language = (desk.language)();
    spot.evidence
        .clone()
        .or_else(|| practice(desk, spot))
        .unwrap_or_else(|| language.spot(Spot::SomethingElse))
}

/// The look-for that a bright spot shows, in the form's words.
pub fn practice(desk: Desk, spot: &BrightSpotDocument) -> Option<String> {
    let key = spot.look_for.as_ref()?;
    let form = desk.shelf.form_of(&spot.form);
    let look_for = form.as_ref().and_then(|form| form.look_for(key));
    Some(look_for.map_or_else(
        || key.to_string(),
        |look_for| (desk.language)().of(&look_for.words).to_owned(),
    ))
}
