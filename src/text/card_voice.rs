//! The sentences of the light card about what its teacher says beside thanks and a reply, where those of the app
//! ([`super::spots`], [`super::voices`]) do not do: a page without script sends forms, and whoever has its link reads it.

use super::Language;

/// A sentence or label of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardVoice<'a> {
    /// After something was said.
    Kept,
    /// After an old form was sent again, and something newer stands.
    SaidBefore,
    /// No answer was chosen.
    NoAnswer,
    /// It was not said whether the lesson happened.
    NotSaidWhether,
    /// Words of so many characters, and the limit.
    TooLong(usize, usize),
    /// What support was asked for: a list.
    AskedFor(&'a str),
    /// The heading above kinds of support, to choose one.
    WhatKind,
    /// The heading above kinds that were asked for.
    Asked,
    /// The button that takes a call back: which kind.
    NotNeeded(&'a str),
    /// The questions of this week are answered, and what sending them again does.
    AnsweredBefore,
    /// A lesson is of this class.
    OfClass(&'a str),
    /// How the lesson went.
    HowDidItGo,
    /// What logging the same lesson again does.
    LogAgain,
    /// The button that takes away what is chosen and not sent.
    Clear,
}

impl Language {
    /// The sentence in this language.
    pub fn card_voice(self, voice: CardVoice<'_>) -> String {
        let (english, spanish) = match voice {
            CardVoice::TooLong(length, limit) => {
                return match self {
                    Self::English => format!(
                        "Nothing was sent yet: your words have {length} characters, and {limit} fit. Please make them shorter."
                    ),
                    Self::Spanish => format!(
                        "Todavía no se envió nada: sus palabras tienen {length} caracteres y caben {limit}. Acórtelas, por favor."
                    ),
                };
            }
            CardVoice::AskedFor(what) => {
                return match self {
                    Self::English => format!("You asked for: {what}."),
                    Self::Spanish => format!("Usted pidió: {what}."),
                };
            }
            CardVoice::NotNeeded(what) => {
                return match self {
                    Self::English => format!("Not needed any more: {what}"),
                    Self::Spanish => format!("Ya no hace falta: {what}"),
                };
            }
            CardVoice::OfClass(class) => {
                return match self {
                    Self::English => format!("Class: {class}"),
                    Self::Spanish => format!("Clase: {class}"),
                };
            }
            CardVoice::Kept => (
                "Kept. Below is how it stands now.",
                "Guardado. Abajo está cómo queda ahora.",
            ),
            CardVoice::SaidBefore => (
                "This was sent before. What came after it stands.",
                "Esto ya se había enviado. Vale lo que vino después.",
            ),
            CardVoice::NoAnswer => (
                "Nothing was sent: choose an answer first.",
                "No se envió nada: elija primero una respuesta.",
            ),
            CardVoice::NotSaidWhether => (
                "Nothing was logged: say first whether it happened.",
                "No se anotó nada: diga primero si ocurrió.",
            ),
            CardVoice::WhatKind => ("What would help?", "¿Qué le ayudaría?"),
            CardVoice::Asked => ("Asked for", "Pedido"),
            CardVoice::AnsweredBefore => (
                "You answered this week. What you send now replaces all of it. Your answers are not shown here, because whoever has the link of the mail can open this page.",
                "Usted ya respondió esta semana. Lo que envíe ahora lo sustituye todo. Sus respuestas no se muestran aquí, porque quien tenga el enlace del correo puede abrir esta página.",
            ),
            CardVoice::HowDidItGo => ("How did it go?", "¿Cómo salió?"),
            CardVoice::LogAgain => (
                "Logged again for the same class and day, it replaces what you said before.",
                "Si anota otra vez la misma clase y el mismo día, sustituye lo que dijo antes.",
            ),
            CardVoice::Clear => ("Clear what I chose", "Quitar lo elegido"),
        };
        self.either(english, spanish).into()
    }
}
