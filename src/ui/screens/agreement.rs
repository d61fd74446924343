//! The agreement in plain words, made from its values.

use super::Below;
use crate::domain::agreement::{Agreement, Reading};
use crate::text::Say;
use crate::text::agreement::promises;
use crate::text::walk::Walk;
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// The page.
#[component]
pub fn AgreementPage() -> Element {
    let desk: Desk = use_context();
    rsx! {
        Below { title: desk.say(Say::Agreement),
            p { class: "theory", {desk.say(Say::AgreementMeans)} }
            match (desk.seat.agreement)() {
                Some(agreement) => rsx! { Promises { agreement } },
                None => rsx! {
                    p { class: "quiet", role: "status", {desk.say(Say::NoAgreementYet)} }
                },
            }
        }
    }
}

#[component]
fn Promises(agreement: Agreement) -> Element {
    let desk: Desk = use_context();
    // Of what could not be read nothing is promised.
    let (said, beside) = match agreement.read {
        Reading::Whole => (promises(&agreement, (desk.language)()), None),
        Reading::InPart => (
            promises(&agreement, (desk.language)()),
            Some(Walk::AgreementSaysMore),
        ),
        Reading::NotAtAll => (vec![desk.walk(Walk::AgreementNeedsNewer)], None),
    };
    let from = chrono::DateTime::from_timestamp_millis(agreement.from_utc_ms);
    rsx! {
        ul { class: "card page promises",
            for promise in said {
                li { key: "{promise}", "{promise}" }
            }
        }
        if let Some(beside) = beside {
            p { class: "quiet", role: "status", {desk.walk(beside)} }
        }
        // A version that always held has no date.
        if let Some(from) = from.filter(|_| agreement.from_utc_ms > 0) {
            p { class: "quiet", {date(desk, agreement.version, from)} }
        }
    }
}

fn date(desk: Desk, version: u32, from: chrono::DateTime<chrono::Utc>) -> String {
    use chrono::Datelike;
    desk.say(Say::AgreementFrom(
        version,
        from.day(),
        from.month(),
        from.year(),
    ))
}
