//! Bright spots by practice, each with where its permission stands, for whoever may see them.

use super::after::{After, looking, nothing, older, when};
use super::permission::practice;
use super::record::asking;
use crate::domain::act::bright_spot::BrightSpotFiled;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::document::{BrightSpotDocument, PermissionDocument};
use crate::domain::id::EventId;
use crate::text::spots::Spot;
use crate::text::undo::Undo;
use crate::ui::desk::Desk;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// Which of them are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    NotAsked,
    Asked,
    MayBeSeen,
    Stays,
}

impl Which {
    const ALL: [Self; 5] = [
        Self::All,
        Self::NotAsked,
        Self::Asked,
        Self::MayBeSeen,
        Self::Stays,
    ];

    fn of(permission: PermissionDocument) -> Self {
        match permission {
            PermissionDocument::NotAsked => Self::NotAsked,
            PermissionDocument::Asked => Self::Asked,
            PermissionDocument::GivenForSite | PermissionDocument::GivenForDistrict => {
                Self::MayBeSeen
            }
            PermissionDocument::Refused | PermissionDocument::Withdrawn => Self::Stays,
        }
    }

    fn shows(self, permission: PermissionDocument) -> bool {
        self == Self::All || self == Self::of(permission)
    }
}

/// The screen.
#[component]
pub fn BrightSpots() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let mut which = use_signal(|| Which::All);
    let spots = desk.shelf.spots();
    // Only who may see one before its permission has states to choose from.
    let states = spots
        .iter()
        .any(|spot| Which::of(spot.permission) != Which::MayBeSeen);
    let none = spots.is_empty();
    let mut groups: Vec<(String, String, Vec<BrightSpotDocument>)> = Vec::new();
    for spot in spots {
        if which().shows(spot.permission) {
            let practice = practice(desk, &spot);
            let practice = practice.unwrap_or_else(|| language.spot(Spot::SomethingElse));
            let idea = desk.shelf.idea_of(&spot.form, language);
            let same =
                |group: &&mut (String, String, Vec<_>)| group.0 == idea && group.1 == practice;
            match groups.iter_mut().find(same) {
                Some((_, _, spots)) => spots.push(spot),
                None => groups.push((idea, practice, vec![spot])),
            }
        }
    }
    rsx! {
        After { title: language.spot(Spot::BrightSpots), up: View::Me,
            if states {
                div { class: "filter", role: "group", aria_label: language.spot(Spot::BrightSpots),
                    for one in Which::ALL {
                        button {
                            key: "{one:?}",
                            r#type: "button",
                            class: "choice",
                            aria_pressed: if which() == one { "true" } else { "false" },
                            onclick: move |_| which.set(one),
                            {match one {
                                Which::All => language.spot(Spot::AllStates),
                                Which::NotAsked => language.permission(PermissionDocument::NotAsked).into(),
                                Which::Asked => language.permission(PermissionDocument::Asked).into(),
                                Which::MayBeSeen => language.spot(Spot::MayBeSeen),
                                Which::Stays => language.permission(PermissionDocument::Refused).into(),
                            }}
                        }
                    }
                }
            }
            if !desk.shelf.is_read(View::BrightSpots) {
                {looking(desk)}
            } else if none && !desk.shelf.has_more() {
                {nothing(language.spot(Spot::BrightSpotsEmpty))}
            } else if groups.is_empty() {
                {nothing(language.spot(Spot::NoneInThisState))}
            }
            for (idea, practice, spots) in groups {
                section { key: "{idea} {practice}", class: "visits",
                    h2 { class: "heading", "{practice}" span { class: "quiet", " · {idea}" } }
                    ol { class: "visit-list",
                        for spot in spots {
                            {one_spot(desk, spot)}
                        }
                    }
                }
            }
            {older(desk)}
        }
    }
}

fn one_spot(desk: Desk, spot: BrightSpotDocument) -> Element {
    let language = (desk.language)();
    let mine = spot.teacher.is_some() && spot.teacher == desk.me();
    let teacher = match mine {
        true => desk.shelf.name(spot.teacher),
        false => desk.name_on(spot.teacher, spot.at),
    };
    let about = spot.walkthrough;
    rsx! {
        li { key: "{spot.id}", class: "card page spot-card",
            if let Some(evidence) = spot.evidence.clone() {
                p { class: "said", "{evidence}" }
            }
            p { class: "quiet",
                if let Some(teacher) = teacher {
                    "{teacher} · "
                }
                {when(desk, spot.at)}
            }
            // Teachers choose on their card; whoever else may say something asks them.
            {asking(desk, &spot, about.filter(|_| !mine))}
            if let Some(visit) = about.filter(|_| mine) {
                button { r#type: "button", onclick: move |_| desk.go(View::Card(visit)),
                    {language.spot(Spot::Choose)}
                }
            }
            if Which::of(spot.permission) == Which::MayBeSeen {
                if let Some(visit) = about.filter(|_| desk.shelf.is_coach() && !mine) {
                    {practices(desk, &spot, visit)}
                }
                Borrowers { spot }
            }
        }
    }
}

/// One touch puts a bright spot under the practice that it shows: at hand where it has none, else behind one more.
fn practices(desk: Desk, spot: &BrightSpotDocument, visit: EventId) -> Element {
    let language = (desk.language)();
    let Some(form) = desk.shelf.form_of(&spot.form) else {
        return rsx! {};
    };
    let bright_spot = spot.id;
    let now = spot.look_for.clone();
    let file = move |look_for: &LookForKey| BrightSpotFiled {
        walkthrough: visit,
        bright_spot,
        look_for: Some(look_for.clone()),
    };
    rsx! {
        details { class: "more practices", open: now.is_none(),
            summary { {language.spot(Spot::WhichPractice)} }
            div { class: "chips", role: "group", aria_label: language.spot(Spot::WhichPractice),
                for look_for in form.look_fors {
                    button {
                        key: "{look_for.key}",
                        r#type: "button",
                        class: "choice practice",
                        aria_pressed: if now.as_ref() == Some(&look_for.key) { "true" } else { "false" },
                        onclick: {
                            let fact = file(&look_for.key);
                            let there = now.as_ref() == Some(&look_for.key);
                            move |_| {
                                if !there {
                                    desk.tell_soon(&fact, &[], Undo::Filed);
                                }
                            }
                        },
                        {language.of(&look_for.words)}
                    }
                }
            }
        }
    }
}

/// Who could borrow it, as far as the reader may know: who asked a coach for support with the same change idea, and
/// who is in the team that tests it. Never from what was marked on visits, which coaches do not see, and by name: it
/// is no order of merit.
#[component]
fn Borrowers(spot: BrightSpotDocument) -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let mut open = use_signal(|| false);
    let borrowers = desk.shelf.borrowers(&spot.form.key, spot.teacher);
    rsx! {
        details {
            class: "more",
            open: open(),
            summary {
                onclick: move |event| {
                    event.prevent_default();
                    open.toggle();
                    desk.read_people();
                },
                {language.spot(Spot::WhoCouldBorrow)}
            }
            if open() {
                if borrowers.is_empty() {
                    p { class: "quiet", {language.spot(Spot::NobodyToBorrow)} }
                } else {
                    p { class: "quiet", {language.spot(Spot::WhoCouldBorrowMeans)} }
                    ul {
                        for (name, kinds) in borrowers {
                            li { key: "{name}",
                                "{name}"
                                span { class: "quiet",
                                    " · "
                                    if kinds.is_empty() {
                                        {language.spot(Spot::InTheTeam)}
                                    }
                                    for (place, kind) in kinds.into_iter().enumerate() {
                                        if place == 0 {
                                            {language.spot(Spot::AskedFor(language.category(kind)))}
                                        } else {
                                            ", {language.category(kind)}"
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
