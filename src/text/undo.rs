//! What was just done and can still be taken back, in both languages side by side.

use super::Language;

/// What was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// Feedback was sent.
    Feedback,
    /// The teacher said thank you.
    Thanks,
    /// The teacher answered.
    Reply,
    /// Feedback was shared with the coaches.
    Shared,
    /// A bright spot was tagged.
    Tagged,
    /// A bright spot was put under another practice.
    Filed,
    /// The teacher was asked.
    Asked,
    /// It was taken back, and the button pressed too late: it is said.
    TooLate,
}

impl Language {
    /// The sentence in this language.
    pub fn undo(self, undo: Undo) -> &'static str {
        let (english, spanish) = match undo {
            Undo::Feedback => (
                "The feedback is on its way.",
                "La retroalimentación va en camino.",
            ),
            Undo::Thanks => ("You said thank you.", "Usted dio las gracias."),
            Undo::Reply => ("Your reply is on its way.", "Su respuesta va en camino."),
            Undo::Shared => (
                "Shared with the coaches of your school.",
                "Compartido con los coaches de su escuela.",
            ),
            Undo::Tagged => ("Tagged as a bright spot.", "Marcado como punto brillante."),
            Undo::Filed => ("Put under another practice.", "Puesto en otra práctica."),
            Undo::Asked => ("The teacher is asked.", "Se le pregunta al docente."),
            Undo::TooLate => (
                "That had gone already, so it stays said.",
                "Eso ya había salido, así que queda dicho.",
            ),
        };
        self.either(english, spanish)
    }
}
