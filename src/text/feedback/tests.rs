#![allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]

use super::*;
use crate::domain::collect::look_for::{Bilingual, Choice};
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
        let parts = language.feedback_draft(Some(&form()), &marked, None, &BTreeMap::new());
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
        assert_eq!(
            language
                .feedback_draft(None, &[], note, &BTreeMap::new())
                .noticed,
            wanted
        );
        // Where the form has a line of its own about students, it stands with them.
        let noted = [rated("note", Rating::Noted)];
        let parts = language.feedback_draft(Some(&form()), &noted, note, &BTreeMap::new());
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
    let parts = Language::English.feedback_draft(Some(&form()), &marked, None, &BTreeMap::new());
    assert_eq!(
        parts.question,
        "Where this happened, what helped: “Students talk”?"
    );
    let parts =
        Language::English.feedback_draft(Some(&form()), &marked[..1], None, &BTreeMap::new());
    assert!(parts.question.contains("Each read has a purpose"));
    let open = Language::Spanish.feedback_draft(Some(&form()), &[], None, &BTreeMap::new());
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

#[test]
fn a_note_on_a_look_for_is_said_where_its_look_for_stands() {
    let mut form = form();
    let look_for = form.look_fors.first_mut().expect("a look-for");
    look_for.component = Component::Students;
    look_for.kind = Kind::Note;
    let key = look_for.key.clone();
    let marked = [Rated {
        look_for: key.clone(),
        rating: Rating::Noted,
    }];
    let notes = BTreeMap::from([(key, "two pairs drew it first".to_owned())]);
    let parts = Language::English.feedback_draft(Some(&form), &marked, None, &notes);
    assert!(parts.students.contains("two pairs drew it first"));
    assert_eq!(parts.noticed, "");
    // Erased, nothing is left of it.
    let erased = Language::English.feedback_draft(Some(&form), &marked, None, &BTreeMap::new());
    assert_eq!(erased.students, "");
}
