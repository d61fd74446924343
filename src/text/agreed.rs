//! What the agreement says of a visit, before it, during it and after it, in both languages side by side. Calm words: a
//! rule that is not kept is told with what can be done, and nobody is blamed.

use super::Language;
use crate::domain::problem::Problem;

/// A sentence about a visit and the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed<'a> {
    /// Before the visit: the teacher's yes to visits by colleagues is not known.
    AskFirst,
    /// During it: a group of so many or more is announced, and nobody has said that this one was.
    TellFirst(u8),
    /// During it: the last minute of so many runs.
    LastMinute(u16),
    /// During it: it is longer than so many minutes.
    TooLong(u16),
    /// Before it is sent: it was longer than so many minutes.
    WasLong(u16),
    /// Before it is sent: it carries a name, and forms carry none any more.
    NameNotAgreed,

    /// Above why a visit counts for nothing, to either of the two.
    Refused,
    /// To the observer: above that they may not visit there.
    NotYet,
    /// Above which rules a visit does not keep, to either of the two.
    NotKept,
    /// To the observer: which rule, by its field, and what to do.
    ForObserver(&'a str),
    /// To the observer: they may not visit there.
    MayNotVisit,
    /// To the teacher: which rule, by its field.
    ForTeacher(&'a str),
    /// To the teacher: what follows of a visit that counts for nothing.
    RefusedMeans,
    /// To the teacher: what can be done about a rule that is not kept.
    NotKeptMeans,
}

impl Language {
    /// The sentence in this language.
    pub fn agreed(self, agreed: Agreed<'_>) -> String {
        let (english, spanish) = match agreed {
            Agreed::TellFirst(from) => {
                return match (self, from) {
                    (Self::English, 0 | 1) => {
                        "The agreement: the teacher is told before each visit. Without that it stays with you and the teacher.".into()
                    }
                    (Self::English, _) => format!(
                        "The agreement: from {from} visitors on, the teacher is told before. Without that the visit stays with you and the teacher."
                    ),
                    (Self::Spanish, 0 | 1) => {
                        "El acuerdo: se avisa antes al docente de cada visita. Sin eso, la visita queda entre usted y el docente.".into()
                    }
                    (Self::Spanish, _) => format!(
                        "El acuerdo: desde {from} visitantes se avisa antes al docente. Sin eso, la visita queda entre usted y el docente."
                    ),
                };
            }
            Agreed::LastMinute(minutes) => {
                return match self {
                    Self::English => format!("last of the {minutes} minutes agreed"),
                    Self::Spanish => format!("último de los {minutes} minutos acordados"),
                };
            }
            Agreed::TooLong(minutes) => {
                return match self {
                    Self::English => format!("over the {minutes} minutes agreed"),
                    Self::Spanish => format!("más de los {minutes} minutos acordados"),
                };
            }
            Agreed::WasLong(minutes) => {
                return match self {
                    Self::English => format!(
                        "The visit was longer than the {minutes} minutes that were agreed. The teacher reads that, too."
                    ),
                    Self::Spanish => format!(
                        "La visita duró más de los {minutes} minutos acordados. El docente también lo lee."
                    ),
                };
            }
            Agreed::AskFirst => (
                "Ask first: no yes to visits by colleagues is known here.",
                "Pregunte primero: aquí no consta un sí a visitas de colegas.",
            ),
            Agreed::NameNotAgreed => (
                "The agreement keeps names off forms now. Choose the class once more, and the visit gets a code in place of the name.",
                "Según el acuerdo, los formularios ya no llevan nombres. Elija otra vez la clase y la visita llevará un código en lugar del nombre.",
            ),
            Agreed::Refused => (
                "This visit stays between the two of you",
                "Esta visita queda entre ustedes dos",
            ),
            Agreed::NotYet => (
                "This visit does not count yet",
                "Esta visita todavía no cuenta",
            ),
            Agreed::NotKept => ("Not as agreed", "No como se acordó"),
            Agreed::ForObserver("minutes_max") => (
                "It took longer than the agreement allows. The teacher reads that, too. A word about it helps.",
                "Duró más de lo que permite el acuerdo. El docente también lo lee. Unas palabras sobre eso ayudan.",
            ),
            Agreed::ForObserver("notice_from_observers") => (
                "You came as a group, and nobody noted that the teacher was told before. Talk with the teacher, and give notice next time.",
                "Fueron en grupo y nadie anotó que se avisó antes al docente. Hable con el docente y avise la próxima vez.",
            ),
            Agreed::ForObserver("peer_visits_voluntary") => (
                "You came as a colleague, and no yes of the teacher is known. Ask the teacher. When the yes is noted, the visit counts by itself.",
                "Usted fue como colega y no consta el sí del docente. Pregúntele. Cuando el sí quede anotado, la visita cuenta por sí sola.",
            ),
            Agreed::ForObserver("names") => (
                "It names the teacher, although the agreement keeps names off forms. Nobody else is shown the name.",
                "Lleva el nombre del docente, aunque según el acuerdo los formularios no llevan nombres. A nadie más se le muestra.",
            ),
            Agreed::ForObserver(_) => (
                "It does not keep to the agreement. Talk with the teacher.",
                "No cumple el acuerdo. Hable con el docente.",
            ),
            Agreed::MayNotVisit => (
                "Only you have it: nobody has entered you as a visitor here, or this teacher at this school. Tell the office. When both are entered, it counts by itself.",
                "Solo usted la tiene: nadie le ha anotado como visitante aquí, o a este docente en esta escuela. Dígalo a la oficina. Cuando ambos consten, cuenta por sí sola.",
            ),
            Agreed::ForTeacher("minutes_max") => (
                "The visit took longer than the agreement allows.",
                "La visita duró más de lo que permite el acuerdo.",
            ),
            Agreed::ForTeacher("notice_from_observers") => (
                "A group visited without telling you before.",
                "Un grupo visitó su clase sin avisarle antes.",
            ),
            Agreed::ForTeacher("peer_visits_voluntary") => (
                "A colleague visited without your yes to visits by colleagues.",
                "Un colega visitó su clase sin que usted dijera que sí a esas visitas.",
            ),
            Agreed::ForTeacher("names") => (
                "It names you, although the agreement keeps names off forms.",
                "Lleva su nombre, aunque según el acuerdo los formularios no llevan nombres.",
            ),
            Agreed::ForTeacher(_) => (
                "The visit does not keep to the agreement.",
                "La visita no cumple el acuerdo.",
            ),
            Agreed::RefusedMeans => (
                "It counts nowhere, and only you and whoever visited can read it. If you were asked or told after all, say so to the office.",
                "No cuenta en ninguna parte y solo pueden leerla usted y quien le visitó. Si en realidad le preguntaron o le avisaron, dígalo a la oficina.",
            ),
            Agreed::NotKeptMeans => (
                "You can say so to whoever visited, or to whoever looks after the agreement in your district.",
                "Puede decírselo a quien le visitó o a quien vela por el acuerdo en su distrito.",
            ),
        };
        self.either(english, spanish).into()
    }

    /// Why a visit counts for nothing, or which rule it does not keep, and what to do: said to the teacher, or else
    /// to the observer.
    pub fn not_agreed(self, problem: &Problem, to_teacher: bool) -> String {
        match (problem, to_teacher) {
            (Problem::AgreementSaysNo { field }, true) => self.agreed(Agreed::ForTeacher(field)),
            (Problem::AgreementSaysNo { field }, false) => self.agreed(Agreed::ForObserver(field)),
            _ => self.agreed(Agreed::MayNotVisit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_that_can_be_broken_is_told_to_both_in_words_of_its_own() {
        const FIELDS: [&str; 4] = [
            "peer_visits_voluntary",
            "notice_from_observers",
            "minutes_max",
            "names",
        ];
        for language in [Language::English, Language::Spanish] {
            let said: BTreeSet<String> = FIELDS
                .iter()
                .flat_map(|field| [Agreed::ForObserver(field), Agreed::ForTeacher(field)])
                .chain([Agreed::ForObserver("later"), Agreed::ForTeacher("later")])
                .map(|agreed| language.agreed(agreed))
                .collect();
            assert_eq!(said.len(), 2 * FIELDS.len() + 2);
        }
    }

    #[test]
    fn a_teacher_is_never_told_that_somebody_may_not_visit() {
        let told = Language::English.not_agreed(&Problem::NotAllowed, false);
        assert!(told.starts_with("Only you have it"), "{told}");
    }
}
