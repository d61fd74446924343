//! A notice: something the observer should know, with at most one thing to do about it.

use dioxus::prelude::*;

/// How a notice speaks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was lost or cannot be kept: said at once.
    Loud,
    /// Good to know: said when there is a pause.
    Calm,
}

/// A notice.
#[component]
pub fn Notice(
    /// How it speaks up.
    tone: Tone,
    /// One line that says it, if the body does not say it alone.
    title: Option<String>,
    /// What it means.
    body: String,
    /// The label of the one thing to do.
    act: Option<String>,
    /// Called when that is done.
    on_act: EventHandler<()>,
) -> Element {
    rsx! {
        section {
            class: if tone == Tone::Loud { "notice loud" } else { "notice" },
            role: if tone == Tone::Loud { "alert" } else { "status" },
            div { class: "notice-words",
                if let Some(title) = title {
                    strong { "{title}" }
                }
                span { "{body}" }
            }
            if let Some(act) = act {
                button { r#type: "button", onclick: move |_| on_act.call(()), "{act}" }
            }
        }
    }
}
