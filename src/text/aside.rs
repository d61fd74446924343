//! What a record is, by its kind, for whoever made it, in both languages side by side.

use super::Language;

impl Language {
    /// What a record of this kind is to whoever made it.
    pub fn record(self, kind: &str) -> &'static str {
        let (english, spanish) = match kind {
            "walkthrough_submitted" => ("A visit", "Una visita"),
            "person_added" => ("A teacher whom you added", "Un docente que usted agregó"),
            "feedback_sent" => ("Your feedback", "Su retroalimentación"),
            "feedback_opened" => (
                "That you opened feedback",
                "Que usted abrió una retroalimentación",
            ),
            "feedback_answered" => ("Your answer", "Su respuesta"),
            "feedback_shared" => (
                "Feedback that you shared",
                "Una retroalimentación que usted compartió",
            ),
            "bright_spot_tagged" => ("A bright spot", "Un punto brillante"),
            "bright_spot_filed" => (
                "The practice of a bright spot",
                "La práctica de un punto brillante",
            ),
            "permission_asked" => (
                "Your question about a bright spot",
                "Su pregunta sobre un punto brillante",
            ),
            "permission_given" | "permission_refused" | "permission_withdrawn" => (
                "Your decision about a bright spot",
                "Su decisión sobre un punto brillante",
            ),
            "support_wanted" => ("Support that you asked for", "Un apoyo que usted pidió"),
            "support_given" => (
                "A call for support that you closed",
                "Una petición de apoyo que usted cerró",
            ),
            "class_missed" => (
                "A class put off for the day",
                "Una clase pospuesta por el día",
            ),
            "survey_answered" => ("Your answers", "Sus respuestas"),
            "lesson_logged" => ("A lesson that you logged", "Una clase que usted anotó"),
            "visit_welcomed" => ("Your invitation", "Su invitación"),
            "welcome_withdrawn" => (
                "An invitation that you took back",
                "Una invitación que usted retiró",
            ),
            _ => ("A record", "Un registro"),
        };
        self.either(english, spanish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act::saying::SAYABLE;

    #[test]
    fn every_kind_that_a_person_says_has_a_name_in_both_languages() {
        let others = ["walkthrough_submitted", "person_added"];
        for language in Language::ALL {
            for kind in SAYABLE.into_iter().chain(others) {
                assert_ne!(language.record(kind), language.record(""), "{kind}");
            }
        }
    }
}
