//! The sentences of the light card and of the mail that leads to it: English and Spanish side by side.

use super::Language;
use super::agreed::Agreed;

/// A sentence or label of the card or of its mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardSay<'a> {
    /// The mail's subject, and the heading before the card is opened.
    WrittenUp,
    /// The mail: what it is about. Nothing of what was written.
    MailAbout,
    /// The mail: that the link follows, and for how many days it works.
    MailLink(i64),
    /// The mail: that whoever has the link can open it.
    MailPrivate,
    /// Before the card is opened: why there is a button.
    BehindButton,
    /// The button that opens.
    Open,
    /// Before the card is opened: what to do when it was not expected.
    NotExpected,
    /// The heading of a card, with the change idea.
    VisitAbout(&'a str),
    /// The heading when this server does not know the form.
    AVisit,
    /// Who wrote it.
    WrittenBy(&'a str),
    /// Above the feedback.
    Noticed,
    /// Above the part about students.
    StudentsDid,
    /// Above the question.
    OneQuestion,
    /// In the place of feedback that was erased.
    Erased,
    /// In the place of feedback, when nobody wrote any in time.
    NobodyWrote,
    /// Above the rules of the agreement that a visit does not keep.
    NotKept,
    /// Which rule, by the agreement's field.
    Breaks(&'a str),
    /// Above the observer's line of evidence.
    SeenOrHeard,
    /// Above what was marked.
    Marked,
    /// That a visit was changed by its observer afterwards.
    Amended,
    /// Above the teacher's answers.
    YouAnswered,
    /// The teacher said thank you.
    YouThanked,
    /// In the place of a reply that was erased.
    ReplyErased,
    /// The button that thanks.
    Thanks,
    /// The label of the reply.
    Reply,
    /// Who reads a reply, and how long it may be.
    ReplyHint(usize),
    /// The button that sends a reply.
    SendReply,
    /// After thanking.
    ThanksSent,
    /// After a reply.
    ReplySent,
    /// A reply of nothing.
    ReplyEmpty,
    /// A reply of so many characters, and the limit.
    ReplyTooLong(usize, usize),
    /// What the agreement promises: whether a coach may read what is shared, and after how many days
    /// words are erased.
    Promise {
        /// Whether the agreement lets coaches read what the teacher shares.
        coaches: bool,
        /// After how many days words are erased; none when they are kept.
        erased_after_days: Option<u16>,
    },
    /// Until which day the link works.
    WorksUntil(&'a str),
    /// Heading: the link is expired, revoked, or never was.
    Closed,
    /// What to do then.
    ClosedMeans(i64),
    /// Above words that could not be sent.
    NotSent,
    /// Heading: a request that was not made on the card itself.
    FromElsewhere,
    /// What to do then.
    FromElsewhereMeans,
    /// Heading: anything else.
    DidNotWork,
}

impl Language {
    /// The sentence in this language.
    pub fn say_card(self, say: CardSay<'_>) -> String {
        let (english, spanish) = both(say);
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }

    /// The other language, as its readers call it.
    pub fn other(self) -> (Self, &'static str) {
        match self {
            Self::English => (Self::Spanish, "Español"),
            Self::Spanish => (Self::English, "English"),
        }
    }
}

fn both(say: CardSay<'_>) -> (String, String) {
    let (english, spanish) = match say {
        CardSay::MailLink(days) => {
            return (
                format!("Open it with this link, which works for {days} days:"),
                format!("Ábrala con este enlace, que funciona durante {days} días:"),
            );
        }
        CardSay::Breaks(field) => {
            let broken = Agreed::ForTeacher(field);
            return (
                Language::English.agreed(broken),
                Language::Spanish.agreed(broken),
            );
        }
        CardSay::VisitAbout(idea) => {
            return (
                format!("A visit about “{idea}”"),
                format!("Una visita sobre «{idea}»"),
            );
        }
        CardSay::WrittenBy(name) => {
            return (format!("Written by {name}"), format!("La escribió {name}"));
        }
        CardSay::ReplyHint(limit) => {
            return (
                format!(
                    "The person who visited will read it. Up to {limit} characters; please name no students."
                ),
                format!(
                    "La leerá la persona que hizo la visita. Hasta {limit} caracteres; por favor, no nombre a estudiantes."
                ),
            );
        }
        CardSay::ReplyTooLong(length, limit) => {
            return (
                format!(
                    "Nothing was sent yet: the reply has {length} characters, and {limit} fit. Please make it shorter."
                ),
                format!(
                    "Todavía no se envió nada: la respuesta tiene {length} caracteres y caben {limit}. Acórtela, por favor."
                ),
            );
        }
        CardSay::Promise {
            coaches,
            erased_after_days,
        } => return promise(coaches, erased_after_days),
        CardSay::WorksUntil(day) => {
            return (
                format!("This link works until {day}."),
                format!("Este enlace funciona hasta el {day}."),
            );
        }
        CardSay::ClosedMeans(days) => {
            return (
                format!(
                    "A link works for {days} days and can be ended before that. What was written for you is still yours: open Lookfor where you are signed in, or ask whoever runs Lookfor in your district for a new sign-in."
                ),
                format!(
                    "Un enlace funciona durante {days} días y se puede cerrar antes. Lo que se escribió para usted sigue siendo suyo: abra Lookfor donde tenga la sesión iniciada, o pida un acceso nuevo a quien administra Lookfor en su distrito."
                ),
            );
        }
        CardSay::WrittenUp => ("A visit was written up", "Ya está escrita una visita"),
        CardSay::MailAbout => (
            "A visit to your class was written up for you. It is feedback for a change idea, never an evaluation.",
            "Ya está escrita para usted una visita a su clase. Es retroalimentación para una idea de cambio, nunca una evaluación.",
        ),
        CardSay::MailPrivate => (
            "Whoever has the link can open it, so please do not forward this mail.",
            "Quien tenga el enlace puede abrirla; por favor, no reenvíe este correo.",
        ),
        CardSay::BehindButton => (
            "It is for you alone, so it opens when you ask for it.",
            "Es solo para usted, por eso se abre cuando usted lo pide.",
        ),
        CardSay::Open => ("Open it", "Abrirla"),
        CardSay::NotExpected => (
            "You did not expect this? Close the page. Nothing has been opened.",
            "¿No la esperaba? Cierre la página. No se ha abierto nada.",
        ),
        CardSay::AVisit => ("A visit", "Una visita"),
        CardSay::Noticed => ("What was noticed", "Lo que se notó"),
        CardSay::NobodyWrote => (
            "Nobody has written to you about this visit yet. This is its record.",
            "Todavía nadie le ha escrito sobre esta visita. Este es su registro.",
        ),
        CardSay::NotKept => ("The agreement", "El acuerdo"),
        CardSay::StudentsDid => ("What students did", "Lo que hicieron los estudiantes"),
        CardSay::OneQuestion => ("One question", "Una pregunta"),
        CardSay::Erased => ("These words were erased.", "Estas palabras se borraron."),
        CardSay::SeenOrHeard => ("What was seen or heard", "Lo que se vio o se oyó"),
        CardSay::Marked => ("What was marked", "Lo que se marcó"),
        CardSay::Amended => (
            "Corrected after the visit by the person who made it.",
            "Corregido después de la visita por la persona que la hizo.",
        ),
        CardSay::YouAnswered => ("Your answer", "Su respuesta"),
        CardSay::YouThanked => ("You said thank you.", "Usted dio las gracias."),
        CardSay::ReplyErased => ("A reply, erased.", "Una respuesta, borrada."),
        CardSay::Thanks => ("Just say thank you", "Solo dar las gracias"),
        CardSay::Reply => ("A reply, if you like", "Una respuesta, si quiere"),
        CardSay::SendReply => ("Send the reply", "Enviar la respuesta"),
        CardSay::ThanksSent => (
            "Your thank-you is kept.",
            "Su agradecimiento está guardado.",
        ),
        CardSay::ReplySent => ("Your reply is kept.", "Su respuesta está guardada."),
        CardSay::ReplyEmpty => (
            "Nothing was sent: write a few words first.",
            "No se envió nada: escriba primero unas palabras.",
        ),
        CardSay::Closed => (
            "This link is not open any more",
            "Este enlace ya no está abierto",
        ),
        CardSay::NotSent => (
            "Your words were not sent. Here they are, to copy:",
            "Sus palabras no se enviaron. Aquí están, para copiarlas:",
        ),
        CardSay::FromElsewhere => (
            "This did not come from the card",
            "Esto no vino de la tarjeta",
        ),
        CardSay::FromElsewhereMeans => (
            "Another page tried to send something in your name. Nothing was taken. Open the link in your mail again.",
            "Otra página trató de enviar algo en su nombre. No se tomó nada. Abra otra vez el enlace de su correo.",
        ),
        CardSay::DidNotWork => ("That did not work", "Eso no funcionó"),
    };
    (english.into(), spanish.into())
}

fn promise(coaches: bool, erased_after_days: Option<u16>) -> (String, String) {
    let (coach_en, coach_es) = match coaches {
        true => (
            ", and the coaches of your site if you share it",
            ", y los coaches de su escuela si usted la comparte",
        ),
        false => ("", ""),
    };
    let (kept_en, kept_es) = match erased_after_days {
        Some(1) => (
            "its words are erased after a day".into(),
            "sus palabras se borran después de un día".into(),
        ),
        Some(days) => (
            format!("its words are erased after {days} days"),
            format!("sus palabras se borran después de {days} días"),
        ),
        None => (
            "its words are kept until one of you takes them back".into(),
            "sus palabras se guardan hasta que uno de ustedes las retire".into(),
        ),
    };
    (
        format!(
            "This is feedback for a change idea and never an evaluation: you and the person who visited can read it{coach_en}, and {kept_en}."
        ),
        format!(
            "Es retroalimentación para una idea de cambio y nunca una evaluación: pueden leerla usted y la persona que hizo la visita{coach_es}, y {kept_es}."
        ),
    )
}
