//! What came of the reader's own visits: whether feedback was opened, and what was answered.

use super::after::{After, looking, nothing, older, when};
use super::record::state;
use crate::domain::document::FeedbackDocument;
use crate::text::talk::Talk;
use crate::ui::desk::Desk;
use crate::ui::seat::View;
use dioxus::prelude::*;

/// The screen.
#[component]
pub fn Replies() -> Element {
    let desk: Desk = use_context();
    let language = (desk.language)();
    let feedback = desk.me().map(|me| desk.shelf.feedback(me, None));
    let feedback = feedback.unwrap_or_default();
    rsx! {
        After { title: language.talk(Talk::Replies), up: View::Me,
            if !desk.shelf.is_read(View::Replies) {
                {looking(desk)}
            } else if feedback.is_empty() && !desk.shelf.has_more() {
                {nothing(language.talk(Talk::RepliesEmpty))}
            }
            ol { class: "visit-list",
                for one in feedback {
                    {one_reply(desk, &one)}
                }
            }
            {older(desk)}
        }
    }
}

fn one_reply(desk: Desk, feedback: &FeedbackDocument) -> Element {
    let language = (desk.language)();
    let visit = desk.shelf.visit(feedback.walkthrough);
    let idea = visit
        .as_ref()
        .map(|visit| desk.shelf.idea_of(&visit.form, language));
    let title = match &idea {
        Some(idea) => language.talk(Talk::VisitAbout(idea)),
        None => language.talk(Talk::AVisit),
    };
    let teacher = visit.as_ref().and_then(|visit| visit.teacher);
    let about = feedback.walkthrough;
    rsx! {
        li { key: "{feedback.id}", class: "card page",
            div { class: "visit-row-top",
                div { class: "grow",
                    strong { "{title}" }
                    span { class: "quiet line",
                        if let Some(name) = desk.name_on(teacher, feedback.at) {
                            "{name} · "
                        }
                        {when(desk, feedback.at)}
                    }
                }
                button { r#type: "button", onclick: move |_| desk.go(View::Record(about)),
                    {language.talk(Talk::Everything)}
                }
            }
            {state(desk, feedback)}
        }
    }
}
