//! A draft of feedback: what was marked and written down, as sentences, and nothing that is not in it.

use super::Language;
use crate::domain::act::feedback::BETWEEN;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{Component, Kind, LookFor, LookForKey};
use crate::domain::collect::rating::Rating;
use std::collections::BTreeMap;

/// The most characters of a part of feedback.
pub const PART_MAX: usize = 600;
/// The most characters of a reply, in the app and on the light card.
pub const REPLY_MAX: usize = 500;

/// A part of feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What was noticed: what adults did.
    Noticed,
    /// What students did.
    Students,
    /// One question.
    Question,
}

impl Part {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::Noticed, Self::Students, Self::Question];
}

/// Feedback in its three parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// What was noticed.
    pub noticed: String,
    /// What students did.
    pub students: String,
    /// One question.
    pub question: String,
}

impl Parts {
    /// The parts as one text, as they are kept while they are written.
    pub fn joined(&self) -> String {
        Part::ALL.map(|part| self.of(part)).join(BETWEEN)
    }

    /// The parts of such a text.
    pub fn split(joined: &str) -> Self {
        let mut parts = Self::default();
        for (part, text) in Part::ALL.into_iter().zip(joined.split(BETWEEN)) {
            *parts.of_mut(part) = text.into();
        }
        parts
    }

    /// The text of a part.
    pub fn of(&self, part: Part) -> &str {
        match part {
            Part::Noticed => &self.noticed,
            Part::Students => &self.students,
            Part::Question => &self.question,
        }
    }

    /// The text of a part, to be changed.
    pub fn of_mut(&mut self, part: Part) -> &mut String {
        match part {
            Part::Noticed => &mut self.noticed,
            Part::Students => &mut self.students,
            Part::Question => &mut self.question,
        }
    }
}

impl Language {
    /// A draft that states what was marked and the observer's line, and asks one question. A look-for for
    /// which it was not the moment, or that was not looked for, is not in it. `form` is none where the form is
    /// not here; then only the line can be said. `notes` are the texts of look-fors that are notes.
    pub fn feedback_draft(
        self,
        form: Option<&Form>,
        rated: &[Rated],
        note: Option<&str>,
        notes: &BTreeMap<LookForKey, String>,
    ) -> Parts {
        let look_for = |rated: &Rated| form.and_then(|form| form.look_for(&rated.look_for));
        let mut parts = Parts::default();
        for rated in rated {
            let Some(look_for) = look_for(rated) else {
                continue;
            };
            let text = notes.get(&rated.look_for).map(|text| text.trim());
            if let Some(text) =
                text.filter(|text| !text.is_empty() && rated.rating == Rating::Noted)
            {
                add(part_of(&mut parts, look_for), &self.noted(text));
            } else if let Some(sentence) = self.sentence(look_for, &rated.rating) {
                add(part_of(&mut parts, look_for), &sentence);
            }
        }
        if let Some(note) = note.map(str::trim).filter(|note| !note.is_empty()) {
            let noted = rated.iter().filter(|rated| rated.rating == Rating::Noted);
            let part = match noted.filter_map(look_for).next() {
                Some(look_for) => part_of(&mut parts, look_for),
                None => &mut parts.noticed,
            };
            add(part, &self.noted(note));
        }
        let partly = rated
            .iter()
            .filter(|rated| rated.rating == Rating::Partly)
            .filter_map(look_for);
        // What students did is asked about before what adults did.
        let asked = partly.min_by_key(|look_for| look_for.component == Component::Adults);
        parts.question = self.question(asked);
        parts
    }

    /// Ways to begin a part (Baeder, NASSP 2023: describe, and ask "how").
    pub fn stems(self, part: Part) -> &'static [&'static str] {
        match (part, self) {
            (Part::Noticed, Self::English) => &["When you…, students…", "I noticed…"],
            (Part::Noticed, Self::Spanish) => &["Cuando usted…, los estudiantes…", "Noté que…"],
            (Part::Students, Self::English) => {
                &["I noticed students…", "I heard a student say: “…”"]
            }
            (Part::Students, Self::Spanish) => {
                &["Noté que los estudiantes…", "Oí a un estudiante decir: «…»"]
            }
            (Part::Question, Self::English) => {
                &["I wonder how…", "What did you see that I missed?"]
            }
            (Part::Question, Self::Spanish) => {
                &["Me pregunto cómo…", "¿Qué vio usted que yo no vi?"]
            }
        }
    }

    /// What was recorded for a look-for, as a sentence; none when that says nothing about the lesson.
    fn sentence(self, look_for: &LookFor, rating: &Rating) -> Option<String> {
        let words = self.of(&look_for.words);
        let quoted = || match self {
            Self::English => format!("“{words}”"),
            Self::Spanish => format!("«{words}»"),
        };
        let english = self == Self::English;
        Some(match rating {
            Rating::NotTheMoment | Rating::Noted => return None,
            Rating::Seen if english => format!("I saw this: {}.", quoted()),
            Rating::Seen => format!("Vi esto: {}.", quoted()),
            Rating::Partly if english => format!("I saw some of this: {}.", quoted()),
            Rating::Partly => format!("Vi algo de esto: {}.", quoted()),
            Rating::NotSeen if english => {
                format!("In these minutes I did not see this: {}.", quoted())
            }
            Rating::NotSeen => format!("En estos minutos no vi esto: {}.", quoted()),
            Rating::Count(times) if times.is_empty() => {
                let none = self.either("I counted none.", "no conté ninguna vez.");
                format!("{} {none}", headed(words))
            }
            Rating::Timed { unsure: true, .. } => {
                let about = self.either("about", "alrededor de");
                let long = self.recorded(Some(look_for), rating);
                format!("{} {about} {long}.", headed(words))
            }
            Rating::Ratio { part, of } => match &look_for.kind {
                Kind::Ratio {
                    part: did, of: all, ..
                } => format!(
                    "{} {of} {}, {part} {}.",
                    headed(words),
                    self.of(all),
                    self.of(did)
                ),
                _ => format!(
                    "{} {}.",
                    headed(words),
                    self.recorded(Some(look_for), rating)
                ),
            },
            Rating::Seats { focus, others } if english => {
                format!(
                    "{} {focus} at the focus seats, {others} at the others.",
                    headed(words)
                )
            }
            Rating::Seats { focus, others } => {
                format!(
                    "{} {focus} en los lugares de enfoque, {others} en los otros.",
                    headed(words)
                )
            }
            Rating::Level(_)
            | Rating::Count(_)
            | Rating::Timed { .. }
            | Rating::One(_)
            | Rating::Many(_) => {
                let said = self.recorded(Some(look_for), rating);
                // An anchor or a choice that this version of the form does not have says nothing.
                if said.is_empty() {
                    return None;
                }
                format!("{} {said}.", headed(words))
            }
        })
    }

    fn noted(self, note: &str) -> String {
        // What is a sentence of one's own already stays one.
        let begins = [
            "I saw",
            "I heard",
            "I noticed",
            "Vi ",
            "Oí ",
            "Noté ",
            "Escuché ",
        ];
        if begins.iter().any(|begin| note.starts_with(begin)) {
            let ends = note.ends_with(['.', '!', '?', '”', '»', '"']);
            return format!("{note}{}", if ends { "" } else { "." });
        }
        match self {
            Self::English => format!("I wrote down: “{note}”"),
            Self::Spanish => format!("Anoté: «{note}»"),
        }
    }

    fn question(self, asked: Option<&LookFor>) -> String {
        let Some(look_for) = asked else {
            let open = "What did you see that I missed?";
            return self.either(open, "¿Qué vio usted que yo no vi?").into();
        };
        let words = self.of(&look_for.words);
        match self {
            Self::English => format!("Where this happened, what helped: “{words}”?"),
            Self::Spanish => format!("Donde esto ocurrió, ¿qué ayudó: «{words}»?"),
        }
    }
}

fn part_of<'a>(parts: &'a mut Parts, look_for: &LookFor) -> &'a mut String {
    match look_for.component {
        Component::Adults => &mut parts.noticed,
        Component::Students | Component::Outcome => &mut parts.students,
    }
}

fn add(part: &mut String, sentence: &str) {
    if !part.is_empty() {
        part.push(' ');
    }
    part.push_str(sentence);
}

/// The words of a look-for in front of what was recorded: a question keeps its mark.
fn headed(words: &str) -> String {
    match words.ends_with(['?', '.', ':', '!']) {
        true => words.into(),
        false => format!("{words}:"),
    }
}

#[cfg(test)]
mod tests;
