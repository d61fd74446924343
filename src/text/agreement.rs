//! The agreement in plain words: one sentence for each of its values, and nothing that is not in it.

use super::Language;
use crate::domain::agreement::{Agreement, Withheld};
use crate::domain::visibility::{Relation, Row};

/// What the agreement promises, a sentence for each value, in the order of its fields.
pub fn promises(agreement: &Agreement, language: Language) -> Vec<String> {
    let mut said = vec![
        names(agreement.names, language),
        minutes(agreement.minutes_max, language),
        notice(agreement.notice_from_observers, language),
        copy(agreement.copy_within_days, language),
        peers(agreement.peer_visits_voluntary, language),
        kept(agreement.words_kept_days, language),
    ];
    let closed = agreement.closed();
    said.extend(closed.into_iter().map(|cell| not_shown(cell, language)));
    said
}

fn names(names: bool, language: Language) -> String {
    let fixed = match (language, names) {
        (Language::English, true) => "A form names the teacher who was visited.",
        (Language::English, false) => {
            "No form names a teacher. A visit has a number, and its teacher takes it with a code."
        }
        (Language::Spanish, true) => "El formulario lleva el nombre del docente visitado.",
        (Language::Spanish, false) => {
            "Ningún formulario lleva el nombre de un docente. La visita tiene un número y su docente la recoge con un código."
        }
    };
    fixed.into()
}

fn minutes(most: u16, language: Language) -> String {
    match language {
        Language::English => format!("A visit lasts at most {most} minutes."),
        Language::Spanish => format!("Una visita dura como máximo {most} minutos."),
    }
}

fn notice(from: Option<u8>, language: Language) -> String {
    match (language, from) {
        (Language::English, None) => "Visits need no notice.".into(),
        (Language::English, Some(1)) => "A teacher is told before every visit.".into(),
        (Language::English, Some(from)) => {
            format!("When {from} or more people visit together, the teacher is told before.")
        }
        (Language::Spanish, None) => "Las visitas no necesitan aviso.".into(),
        (Language::Spanish, Some(1)) => "Se avisa al docente antes de cada visita.".into(),
        (Language::Spanish, Some(from)) => {
            format!("Cuando {from} o más personas visitan juntas, se avisa antes al docente.")
        }
    }
}

fn copy(days: u8, language: Language) -> String {
    match (language, days) {
        (Language::English, 0) => "The teacher gets a copy on the same day.".into(),
        (Language::English, 1) => "The teacher gets a copy within 1 school day.".into(),
        (Language::English, days) => format!("The teacher gets a copy within {days} school days."),
        (Language::Spanish, 0) => "El docente recibe una copia el mismo día.".into(),
        (Language::Spanish, 1) => "El docente recibe una copia en 1 día de clases.".into(),
        (Language::Spanish, days) => {
            format!("El docente recibe una copia en {days} días de clases.")
        }
    }
}

fn peers(voluntary: bool, language: Language) -> String {
    let fixed = match (language, voluntary) {
        (Language::English, true) => "A colleague visits only teachers who said yes to it.",
        (Language::English, false) => "Colleagues may visit each other without asking first.",
        (Language::Spanish, true) => {
            "Un colega visita solo a docentes que dijeron que sí a esas visitas."
        }
        (Language::Spanish, false) => "Los colegas pueden visitarse sin preguntar antes.",
    };
    fixed.into()
}

/// For how long words are kept.
pub fn kept(days: Option<u16>, language: Language) -> String {
    match (language, days) {
        (Language::English, None) => "What was written is kept.".into(),
        (Language::English, Some(1)) => {
            "What was written is erased after 1 day; only counts stay.".into()
        }
        (Language::English, Some(days)) => {
            format!("What was written is erased after {days} days; only counts stay.")
        }
        (Language::Spanish, None) => "Lo escrito se conserva.".into(),
        (Language::Spanish, Some(1)) => {
            "Lo escrito se borra después de 1 día; solo quedan los conteos.".into()
        }
        (Language::Spanish, Some(days)) => {
            format!("Lo escrito se borra después de {days} días; solo quedan los conteos.")
        }
    }
}

fn not_shown(cell: Withheld, language: Language) -> String {
    let (what, whom) = (row(cell.row, language), relation(cell.from, language));
    match language {
        Language::English => format!("Not shown to {whom}: {what}."),
        Language::Spanish => format!("No se muestra {}: {what}.", to_whom(whom)),
    }
}

/// What a row of the table of who sees what is about.
pub fn row(row: Row, language: Language) -> &'static str {
    let (en, es) = match row {
        Row::Walkthrough => ("the record of a visit", "el registro de una visita"),
        Row::Feedback => (
            "feedback and replies",
            "la retroalimentación y las respuestas",
        ),
        Row::Opened => (
            "whether feedback was opened",
            "si se abrió la retroalimentación",
        ),
        Row::BrightSpot => (
            "bright spots before the teacher's permission",
            "los puntos brillantes antes del permiso del docente",
        ),
        Row::BrightSpotPermitted => (
            "bright spots that a teacher lets others see",
            "los puntos brillantes que un docente deja ver",
        ),
        Row::Support => ("calls for support", "los pedidos de apoyo"),
        Row::Measures => ("the measures of a pilot", "las medidas de un piloto"),
        Row::Survey => ("survey answers", "las respuestas de encuestas"),
        Row::Achievement => ("what students achieved", "los logros de los estudiantes"),
        Row::Missed => (
            "classes that could not be visited",
            "las clases que no se pudieron visitar",
        ),
        Row::SelfLog => (
            "what teachers log of their own lessons",
            "lo que los docentes anotan de sus propias clases",
        ),
        Row::Welcome => (
            "invitations to come and see a lesson",
            "las invitaciones a ver una clase",
        ),
    };
    of(language, en, es)
}

/// Who stands in a relation, as one shows something to them.
pub fn relation(relation: Relation, language: Language) -> &'static str {
    let (en, es) = match relation {
        Relation::Observer => ("the observer", "quien observó"),
        Relation::Teacher => ("the teacher", "el docente"),
        Relation::Coach => ("the coaches of the school", "los coaches de la escuela"),
        Relation::Principal => ("the principal of the school", "la dirección de la escuela"),
        Relation::Team => (
            "the team that tests the change idea",
            "el equipo que prueba la idea de cambio",
        ),
        Relation::District => ("the district's leads", "quienes dirigen en el distrito"),
        Relation::Colleague => ("colleagues at the school", "colegas de la escuela"),
        Relation::Other => ("everybody else", "todas las demás personas"),
    };
    of(language, en, es)
}

/// "A" before somebody in Spanish, which joins with "el".
pub fn to_whom(whom: &str) -> String {
    match whom.strip_prefix("el ") {
        Some(rest) => format!("al {rest}"),
        None => format!("a {whom}"),
    }
}

fn of(language: Language, en: &'static str, es: &'static str) -> &'static str {
    match language {
        Language::English => en,
        Language::Spanish => es,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const LANGUAGES: [Language; 2] = [Language::English, Language::Spanish];

    /// Agreements that each differ from the first in one value.
    fn others() -> Vec<Agreement> {
        let first = Agreement::first;
        let withheld = Withheld {
            row: Row::Support,
            from: Relation::Team,
        };
        vec![
            Agreement {
                names: false,
                ..first()
            },
            Agreement {
                minutes_max: 15,
                ..first()
            },
            Agreement {
                notice_from_observers: None,
                ..first()
            },
            Agreement {
                notice_from_observers: Some(1),
                ..first()
            },
            Agreement {
                copy_within_days: 1,
                ..first()
            },
            Agreement {
                copy_within_days: 2,
                ..first()
            },
            Agreement {
                peer_visits_voluntary: false,
                ..first()
            },
            Agreement {
                words_kept_days: None,
                ..first()
            },
            Agreement {
                words_kept_days: Some(1),
                ..first()
            },
            Agreement {
                withheld: vec![withheld],
                ..first()
            },
        ]
    }

    #[test]
    fn a_value_that_differs_changes_one_sentence() {
        for language in LANGUAGES {
            let first: BTreeSet<_> = promises(&Agreement::first(), language)
                .into_iter()
                .collect();
            for other in others() {
                let said: BTreeSet<_> = promises(&other, language).into_iter().collect();
                assert_eq!(said.difference(&first).count(), 1, "{other:?}");
            }
        }
    }

    #[test]
    fn every_cell_that_can_be_withheld_has_words_of_its_own() {
        for language in LANGUAGES {
            let cells = Row::ALL
                .iter()
                .flat_map(|row| Relation::ALL.map(|from| Withheld { row: *row, from }));
            let said: BTreeSet<_> = cells.map(|cell| not_shown(cell, language)).collect();
            assert_eq!(said.len(), Row::ALL.len() * Relation::ALL.len());
        }
    }
}
