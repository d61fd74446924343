//! A form for tests: every kind of look-for, and a rule.

use super::form::{Dose, Form, FormRef};
use super::look_for::{Bilingual, Choice, Component, Kind, LookFor, LookForKey, Rule};

fn say(en: &str, es: &str) -> Bilingual {
    Bilingual {
        en: en.into(),
        es: es.into(),
    }
}

fn choice(key: &str, en: &str, es: &str) -> Choice {
    Choice {
        key: key.into(),
        words: say(en, es),
        apart: key == "none",
    }
}

fn look_for(key: &str, component: Component, words: Bilingual, kind: Kind) -> LookFor {
    LookFor {
        key: LookForKey(key.into()),
        component,
        words,
        core: true,
        kind,
        when: None,
    }
}

/// A form of the key `every-kind` with a look-for of each kind. The ratio is asked unless the routine is not
/// used; the last look-for is not of the core.
pub fn every_kind() -> Form {
    use Component::{Adults, Students};
    let routine = Kind::One {
        choices: vec![
            choice("first", "first read", "primera lectura"),
            choice("second", "second read", "segunda lectura"),
            choice("third", "third read", "tercera lectura"),
            choice("after", "after the reads", "después de las lecturas"),
            choice("none", "not used today", "hoy no se usa"),
        ],
    };
    let support = Kind::Level {
        anchors: vec![
            say(
                "teacher explains the problem and the operation",
                "el docente explica el problema y la operación",
            ),
            say(
                "reads done, key words given away",
                "se lee, pero se regalan las palabras clave",
            ),
            say(
                "students make sense, teacher steps in once or twice",
                "los estudiantes dan sentido, el docente interviene una o dos veces",
            ),
            say(
                "students carry it, teacher only asks",
                "los estudiantes lo llevan, el docente solo pregunta",
            ),
        ],
    };
    let moves = Kind::Many {
        choices: vec![
            choice("clarify", "clarify", "aclarar"),
            choice("support", "support with a reason", "apoyar con una razón"),
            choice("build", "build on", "construir sobre lo dicho"),
            choice("none", "none heard", "ninguno"),
        ],
    };
    let ratio = Kind::Ratio {
        part: say("could say it", "pudieron decirlo"),
        of: say("asked", "preguntados"),
        most: None,
    };
    let mut asked = look_for(
        "can-say",
        Students,
        say(
            "Asked quietly: who says what the problem is about?",
            "En voz baja: ¿quién dice de qué trata el problema?",
        ),
        ratio,
    );
    asked.when = Some(Rule::Not(Box::new(Rule::Is {
        look_for: LookForKey("routine".into()),
        any_of: vec!["none".into()],
    })));
    let mut heard = look_for(
        "heard",
        Students,
        say("A sentence of a student", "Una frase de un estudiante"),
        Kind::Note,
    );
    heard.core = false;
    Form {
        form: FormRef {
            key: "every-kind".into(),
            version: 1,
        },
        title: say("Three reads", "Tres lecturas"),
        theory: say(
            "If students read a problem three times, each with a purpose, then more of them can say what is asked before they start.",
            "Si los estudiantes leen un problema tres veces, cada vez con un propósito, más de ellos pueden decir qué se pide antes de empezar.",
        ),
        seats: true,
        dose: Some(Dose {
            look_for: LookForKey("routine".into()),
            in_use: ["first", "second", "third", "after"]
                .map(String::from)
                .into(),
            not_in_use: vec!["none".into()],
            outside: vec![],
        }),
        look_fors: vec![
            look_for(
                "routine",
                Adults,
                say(
                    "Where are they in the routine?",
                    "¿En qué parte de la rutina van?",
                ),
                routine,
            ),
            look_for(
                "purpose-said",
                Adults,
                say(
                    "Each read has a purpose, said aloud or shown",
                    "Cada lectura tiene un propósito, dicho en voz alta o a la vista",
                ),
                Kind::States,
            ),
            look_for(
                "questions",
                Students,
                say("Questions students ask", "Preguntas de los estudiantes"),
                Kind::Counter,
            ),
            look_for(
                "talking",
                Students,
                say(
                    "Students talking, not teacher",
                    "Hablan estudiantes, no docente",
                ),
                Kind::Timer,
            ),
            asked,
            look_for(
                "turns",
                Students,
                say("Extended turns heard", "Turnos extensos"),
                Kind::Seats,
            ),
            look_for(
                "moves",
                Students,
                say("Moves heard", "Movimientos que se oyen"),
                moves,
            ),
            look_for(
                "support",
                Adults,
                say("Support without telling", "Apoyo sin decir la respuesta"),
                support,
            ),
            heard,
        ],
    }
}
