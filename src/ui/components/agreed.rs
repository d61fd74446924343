//! What the agreement says of a visit: quiet lines that stand in nobody's way.

use crate::domain::agreement::{Agreement, Pace};
use crate::domain::collect::draft::Draft;
use crate::domain::collect::walkthrough::Visited;
use crate::domain::document::WalkthroughDocument;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use crate::host::clock;
use crate::text::agreed::Agreed;
use crate::ui::desk::Desk;
use dioxus::prelude::*;

/// How often it is looked whether the time that was agreed is over.
const LOOK_MS: u64 = 1_000;

impl Desk {
    /// What the agreement that holds now says; before one has come, the first.
    pub fn agreed<T>(self, says: impl FnOnce(&Agreement) -> T) -> T {
        match self.today.peek().as_ref() {
            Some(today) => says(&today.agreement),
            None => says(&Agreement::first()),
        }
    }

    fn pace(self, begun_utc_ms: i64) -> Pace {
        let now = self.now_in_visit(begun_utc_ms).at_utc_ms;
        self.agreed(|agreement| agreement.pace(begun_utc_ms, now))
    }

    /// What a person or a class of the reader's own history is called, as long as the agreement lets a list of
    /// earlier visits say so.
    pub fn name_on(self, id: Option<impl ToString>, visited: Moment) -> Option<String> {
        self.shows_names(visited)
            .then(|| self.shelf.name(id))
            .flatten()
    }

    /// Whether a list of earlier visits still names whom this one was to.
    pub fn shows_names(self, visited: Moment) -> bool {
        let now = clock::now().at_utc_ms;
        self.agreed(|agreement| agreement.shows_names(visited.at_utc_ms, now))
    }
}

/// A quiet line.
pub fn line(desk: Desk, agreed: Agreed<'_>) -> Element {
    let words = (desk.language)().agreed(agreed);
    rsx! {
        p { class: "agreed", "{words}" }
    }
}

/// The words below the name of a visit in hand; when the time that was agreed runs out, that in their place, so that
/// nothing moves.
#[component]
pub fn UnderName(
    /// When the visit began, in milliseconds since 1970.
    begun_utc_ms: i64,
    /// What stands there as long as there is time.
    words: String,
) -> Element {
    let desk: Desk = use_context();
    let mut pace = use_signal(|| desk.pace(begun_utc_ms));
    use_future(move || async move {
        loop {
            clock::sleep(LOOK_MS).await;
            let now = desk.pace(begun_utc_ms);
            if *pace.peek() != now {
                pace.set(now);
            }
        }
    });
    let minutes = desk.agreed(|agreement| agreement.minutes_max);
    let (state, words) = match pace() {
        Pace::Within => ("within", words),
        Pace::Ending => (
            "ending",
            (desk.language)().agreed(Agreed::LastMinute(minutes)),
        ),
        Pace::Over => ("over", (desk.language)().agreed(Agreed::TooLong(minutes))),
    };
    rsx! {
        span { class: "quiet under-name", id: "pace", role: "status", "data-pace": state, "{words}" }
    }
}

/// What does not keep to the agreement in the visit in hand, before it is sent.
pub fn cautions(desk: Desk, draft: &Draft) -> Element {
    let mut said = Vec::new();
    desk.agreed(|agreement| {
        let (head, beside) = (&draft.head, &draft.beside);
        if let Some(from) = agreement.notice_from_observers
            && agreement.needs_notice(beside.observers)
            && !beside.notice_given
        {
            said.push(Agreed::TellFirst(from));
        }
        let begun_utc_ms = head.begun.at_utc_ms;
        let left = (draft.left()).unwrap_or_else(|| desk.now_in_visit(begun_utc_ms));
        if agreement.pace(begun_utc_ms, left.at_utc_ms) == Pace::Over {
            said.push(Agreed::WasLong(agreement.minutes_max));
        }
        let whom = beside.lesson.as_ref().map(|lesson| &lesson.whom);
        if !agreement.names && matches!(whom, Some(Visited::Named { .. })) {
            said.push(Agreed::NameNotAgreed);
        }
    });
    rsx! {
        for one in said {
            {line(desk, one)}
        }
    }
}

/// Why a visit counts for nothing, or which rules it does not keep, and what to do; nothing where all is well.
pub fn not_agreed(desk: Desk, visit: &WalkthroughDocument, to_teacher: bool) -> Element {
    let language = (desk.language)();
    let (title, means) = match told(visit.refused.as_ref(), to_teacher) {
        Some(Problem::NotAllowed) => (Agreed::NotYet, Agreed::RefusedMeans),
        Some(_) => (Agreed::Refused, Agreed::RefusedMeans),
        None => (Agreed::NotKept, Agreed::NotKeptMeans),
    };
    let said = not_kept(desk, visit, to_teacher);
    rsx! {
        if !said.is_empty() {
            section { class: "card page not-agreed", aria_labelledby: "not-agreed",
                h2 { id: "not-agreed", {language.agreed(title)} }
                for one in said {
                    p { key: "{one}", "{one}" }
                }
                if to_teacher {
                    p { class: "quiet", {language.agreed(means)} }
                }
            }
        }
    }
}

/// The same as sentences, for a list.
pub fn not_kept(desk: Desk, visit: &WalkthroughDocument, to_teacher: bool) -> Vec<String> {
    let refused = told(visit.refused.as_ref(), to_teacher).into_iter();
    // The rule that refuses it is among those that it does not keep.
    let breaks = visit
        .breaks
        .iter()
        .filter(|one| Some(*one) != visit.refused.as_ref());
    refused
        .chain(breaks)
        .map(|problem| (desk.language)().not_agreed(problem, to_teacher))
        .collect()
}

/// That somebody may not visit there is not the teacher's to settle, and not told to them.
fn told(refused: Option<&Problem>, to_teacher: bool) -> Option<&Problem> {
    refused.filter(|problem| !to_teacher || **problem != Problem::NotAllowed)
}
