//! A draft of feedback: what was marked and written down, as sentences, and nothing that is not in it.

use super::Language;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{Component, Kind, LookFor};
use crate::domain::collect::rating::Rating;

/// The most characters of a part of feedback.
pub const PART_MAX: usize = 600;
/// The most characters of a reply, as on the light card.
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

/// Stands between the parts where they are kept as one text; nobody types it (the unit separator of ASCII).
const BETWEEN: char = '\u{1f}';

impl Parts {
    /// The parts as one text, as they are kept while they are written.
    pub fn joined(&self) -> String {
        Part::ALL
            .map(|part| self.of(part))
            .join(BETWEEN.encode_utf8(&mut [0; 4]))
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
    /// not here; then only the line can be said.
    pub fn feedback_draft(self, form: Option<&Form>, rated: &[Rated], note: Option<&str>) -> Parts {
        let look_for = |rated: &Rated| form.and_then(|form| form.look_for(&rated.look_for));
        let mut parts = Parts::default();
        for rated in rated {
            let Some(look_for) = look_for(rated) else {
                continue;
            };
            if let Some(sentence) = self.sentence(look_for, &rated.rating) {
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
mod tests {
    use super::*;
    use crate::domain::collect::look_for::{Bilingual, Choice, LookForKey};
    use crate::text::lint::judging;
    use rstest::rstest;

    fn both(en: &str, es: &str) -> Bilingual {
        Bilingual {
            en: en.into(),
            es: es.into(),
        }
    }

    fn look_for(key: &str, component: Component, kind: Kind, words: Bilingual) -> LookFor {
        LookFor {
            key: LookForKey(key.into()),
            component,
            words,
            core: true,
            kind,
            when: None,
        }
    }

    fn choice(key: &str, en: &str, es: &str) -> Choice {
        Choice {
            key: key.into(),
            words: both(en, es),
            apart: false,
        }
    }

    /// A form with a look-for of every kind.
    fn form() -> Form {
        use Component::{Adults, Students};
        let choices = || {
            vec![
                choice("a", "first read", "primera lectura"),
                choice("b", "second", "segunda"),
            ]
        };
        Form {
            look_fors: vec![
                look_for(
                    "state",
                    Adults,
                    Kind::States,
                    both("Each read has a purpose", "Cada lectura tiene un propósito"),
                ),
                look_for(
                    "talk",
                    Students,
                    Kind::States,
                    both("Students talk", "Los estudiantes hablan"),
                ),
                look_for(
                    "level",
                    Adults,
                    Kind::Level {
                        anchors: vec![both("told", "se dice"), both("asked", "se pregunta")],
                    },
                    both("Support without telling", "Apoyo sin decir"),
                ),
                look_for(
                    "count",
                    Students,
                    Kind::Counter,
                    both("Questions students ask", "Preguntas de estudiantes"),
                ),
                look_for(
                    "time",
                    Students,
                    Kind::Timer,
                    both("Students talking", "Estudiantes hablando"),
                ),
                look_for(
                    "ratio",
                    Students,
                    Kind::Ratio {
                        part: both("could say it", "podían decirlo"),
                        of: both("asked", "preguntados"),
                        most: None,
                    },
                    both("Who says what it is about?", "¿Quién dice de qué trata?"),
                ),
                look_for(
                    "seats",
                    Students,
                    Kind::Seats,
                    both("Contributions", "Aportes"),
                ),
                look_for(
                    "one",
                    Adults,
                    Kind::One { choices: choices() },
                    both("Where are they?", "¿Dónde van?"),
                ),
                look_for(
                    "many",
                    Students,
                    Kind::Many { choices: choices() },
                    both("Tools in use", "Herramientas en uso"),
                ),
                look_for(
                    "note",
                    Students,
                    Kind::Note,
                    both("I saw, I heard", "Vi, oí"),
                ),
            ],
            ..Form::three_reads()
        }
    }

    fn rated(key: &str, rating: Rating) -> Rated {
        Rated {
            look_for: LookForKey(key.into()),
            rating,
        }
    }

    #[rstest]
    #[case::seen(
        "state",
        Rating::Seen,
        "I saw this: “Each read has a purpose”.",
        "Vi esto: «Cada lectura tiene un propósito»."
    )]
    #[case::partly(
        "state",
        Rating::Partly,
        "I saw some of this: “Each read has a purpose”.",
        "Vi algo de esto: «Cada lectura tiene un propósito»."
    )]
    #[case::not_seen(
        "state",
        Rating::NotSeen,
        "In these minutes I did not see this: “Each read has a purpose”.",
        "En estos minutos no vi esto: «Cada lectura tiene un propósito»."
    )]
    #[case::not_the_moment("state", Rating::NotTheMoment, "", "")]
    #[case::a_level_by_its_words(
        "level",
        Rating::Level(1),
        "Support without telling: asked.",
        "Apoyo sin decir: se pregunta."
    )]
    #[case::a_level_that_is_not_there("level", Rating::Level(9), "", "")]
    #[case::counted("count", Rating::Count(vec![1, 2]), "Questions students ask: 2 times.", "Preguntas de estudiantes: 2 veces.")]
    #[case::counted_none("count", Rating::Count(vec![]), "Questions students ask: I counted none.", "Preguntas de estudiantes: no conté ninguna vez.")]
    #[case::timed("time", Rating::Timed { seconds: 78, unsure: false }, "Students talking: 1 min 18 s.", "Estudiantes hablando: 1 min 18 s.")]
    #[case::timed_about("time", Rating::Timed { seconds: 60, unsure: true }, "Students talking: about 1 min.", "Estudiantes hablando: alrededor de 1 min.")]
    #[case::a_ratio("ratio", Rating::Ratio { part: 3, of: 5 }, "Who says what it is about? 5 asked, 3 could say it.", "¿Quién dice de qué trata? 5 preguntados, 3 podían decirlo.")]
    #[case::seats("seats", Rating::Seats { focus: 2, others: 7 }, "Contributions: 2 at the focus seats, 7 at the others.", "Aportes: 2 en los lugares de enfoque, 7 en los otros.")]
    #[case::one("one", Rating::One("b".into()), "Where are they? second.", "¿Dónde van? segunda.")]
    #[case::many("many", Rating::Many(vec!["a".into(), "b".into()]), "Tools in use: first read, second.", "Herramientas en uso: primera lectura, segunda.")]
    #[case::an_unknown_look_for("other", Rating::Seen, "", "")]
    fn a_rating_becomes_a_sentence(
        #[case] key: &str,
        #[case] rating: Rating,
        #[case] english: &str,
        #[case] spanish: &str,
    ) {
        let marked = [rated(key, rating)];
        for (language, wanted) in [(Language::English, english), (Language::Spanish, spanish)] {
            let parts = language.feedback_draft(Some(&form()), &marked, None);
            let form = form();
            let look_for = form.look_for(&marked[0].look_for);
            let students = look_for.is_some_and(|one| one.component != Component::Adults);
            let (said, empty) = match students {
                true => (&parts.students, &parts.noticed),
                false => (&parts.noticed, &parts.students),
            };
            assert_eq!(said, wanted);
            assert_eq!(empty, "");
            // The question may be about what was partly there; nothing of ours judges.
            assert!(!parts.question.is_empty());
            let all = format!("{said} {}", parts.question);
            assert_eq!(judging(&all), Vec::new(), "{all}");
        }
    }

    #[rstest]
    #[case::no_note(None, "", "")]
    #[case::of_spaces(Some("  "), "", "")]
    #[case::a_fragment(
        Some("same bus twice"),
        "I wrote down: “same bus twice”",
        "Anoté: «same bus twice»"
    )]
    #[case::a_sentence(
        Some("I heard: “the same bus?”"),
        "I heard: “the same bus?”",
        "I heard: “the same bus?”"
    )]
    fn the_line_of_evidence_is_quoted_as_it_stands(
        #[case] note: Option<&str>,
        #[case] english: &str,
        #[case] spanish: &str,
    ) {
        for (language, wanted) in [(Language::English, english), (Language::Spanish, spanish)] {
            assert_eq!(language.feedback_draft(None, &[], note).noticed, wanted);
            // Where the form has a line of its own about students, it stands with them.
            let noted = [rated("note", Rating::Noted)];
            let parts = language.feedback_draft(Some(&form()), &noted, note);
            assert_eq!(
                (parts.noticed.as_str(), parts.students.as_str()),
                ("", wanted)
            );
        }
    }

    #[test]
    fn the_question_is_about_what_students_did_in_part_before_what_adults_did() {
        let marked = [
            rated("state", Rating::Partly),
            rated("talk", Rating::Partly),
        ];
        let parts = Language::English.feedback_draft(Some(&form()), &marked, None);
        assert_eq!(
            parts.question,
            "Where this happened, what helped: “Students talk”?"
        );
        let parts = Language::English.feedback_draft(Some(&form()), &marked[..1], None);
        assert!(parts.question.contains("Each read has a purpose"));
        let open = Language::Spanish.feedback_draft(Some(&form()), &[], None);
        assert_eq!(open.question, "¿Qué vio usted que yo no vi?");
    }

    #[test]
    fn parts_are_kept_as_one_text_and_come_back_as_they_were() {
        for texts in [["a", "b", "c?"], ["", "", ""], ["one\ntwo", "", "c"]] {
            let [noticed, students, question] = texts.map(str::to_owned);
            let parts = Parts {
                noticed,
                students,
                question,
            };
            assert_eq!(Parts::split(&parts.joined()), parts);
        }
    }

    #[test]
    fn no_stem_judges() {
        for language in [Language::English, Language::Spanish] {
            for stem in Part::ALL.iter().flat_map(|part| language.stems(*part)) {
                assert_eq!(judging(stem), Vec::new(), "{stem}");
            }
        }
    }
}
