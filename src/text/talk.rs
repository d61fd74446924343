//! What people say to each other after a visit: the sentences of feedback, in both languages side by side.

use super::Language;

/// A sentence or label of the screens of feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk<'a> {
    /// Something is being read from the store.
    Looking,
    /// Under a visit that was just sent: nobody has written to this teacher yet.
    NotWritten(&'a str),
    /// What was asked for is not on this device.
    NotHere,
    /// The button that shows older ones.
    Older,
    /// What was said here has not left yet.
    Waits,
    /// The button that takes back what was just done.
    Undo,

    // A visit.
    /// The heading of a visit, with the change idea.
    VisitAbout(&'a str),
    /// The heading when the form is not here.
    AVisit,
    /// How long it took, in minutes.
    Minutes(i64),
    /// Above what adults did.
    Noticed,
    /// Above what students did.
    StudentsDid,
    /// Above the question.
    OneQuestion,
    /// In the place of words that were erased.
    Erased,

    // Writing feedback.
    /// The heading, and the button that leads there.
    WriteFeedback,
    /// For whom it is.
    For(&'a str),
    /// For whom it is, where nobody is named.
    ForTheTeacher,
    /// What the draft says.
    DraftMeans,
    /// Above the stems of a part.
    BeginWith,
    /// The button that sends.
    Send,
    /// It was sent.
    FeedbackIsSent,
    /// What happens then.
    FeedbackIsSentMeans,
    /// Above feedback that the observer sent from another device while they wrote here.
    SentElsewhere,
    /// Why it cannot be sent: there is nothing in it.
    WriteFirst,
    /// Why it cannot be sent: it has so many characters more than fit.
    TooLong(usize),

    // The teacher's list and card.
    /// The heading of the list.
    AboutMe,
    /// The list has nothing yet.
    AboutMeEmpty,
    /// Feedback that was not opened.
    Unread,
    /// Feedback that was opened.
    Read,
    /// Feedback that was answered.
    Answered,
    /// There is no feedback.
    NoFeedbackYet,
    /// There is no feedback: what the teacher can do meanwhile.
    NoFeedbackYetMeans,
    /// What a visit is not.
    NotAnEvaluation,
    /// Who came.
    VisitedBy(&'a str),
    /// Who came, when the reader may not know the name.
    VisitedBySomebody,
    /// Why: the change idea's theory.
    Because(&'a str),
    /// Who can read feedback: the name of the observer.
    ReadableBy(&'a str),
    /// The same, and coaches if the teacher shares it.
    ReadableByAndCoaches(&'a str),
    /// When the reader opened it.
    YouOpened(&'a str),
    /// When the teacher opened it, for the observer.
    TheyOpened(&'a str),
    /// The teacher has not opened it.
    NotOpened,
    /// The button that thanks.
    Thank,
    /// The teacher thanked, said to the teacher.
    YouThanked,
    /// The teacher thanked, said to the observer.
    TheyThanked,
    /// The button that opens the reply, and the label of its field.
    Reply,
    /// Who reads a reply, and how long it may be.
    ReplyHint(usize),
    /// The button that sends a reply.
    SendReply,
    /// Above the teacher's answers, said to the teacher.
    YouAnswered,
    /// A reply that was erased.
    ReplyErased,
    /// The button that shares with coaches.
    Share,
    /// It is shared.
    Shared,
    /// The way to the agreement.
    WhatWasAgreed,

    // The whole record.
    /// The heading, and the button that leads there.
    Everything,
    /// A look-for that was not looked for.
    NotLookedFor,
    /// Above the observer's line of evidence.
    SeenOrHeard,
    /// How often it was corrected.
    Corrected(u32),
    /// The heading of what came of it, for the observer.
    WhatCameOfIt,

    // What came of one's visits.
    /// The heading of the list.
    Replies,
    /// The list has nothing yet.
    RepliesEmpty,

    // A numbered visit.
    /// The heading.
    TakeVisit,
    /// What the code is.
    TakeVisitMeans,
    /// The label of the field.
    VisitCode,
    /// The button.
    TakeIt,
    /// It was taken.
    Taken,
    /// The code is not one, or is not open any more.
    CodeUnknown,
}

impl Language {
    /// One of two texts.
    pub(crate) fn either(self, english: &'static str, spanish: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }

    /// The sentence in this language.
    pub fn talk(self, talk: Talk<'_>) -> String {
        match with_a_value(self, talk) {
            Some(said) => said,
            None => {
                let (english, spanish) = fixed(talk);
                self.either(english, spanish).into()
            }
        }
    }
}

fn with_a_value(language: Language, talk: Talk<'_>) -> Option<String> {
    let english = language == Language::English;
    Some(match talk {
        Talk::NotWritten(name) if english => format!("Still to come: your feedback to {name}."),
        Talk::NotWritten(name) => format!("Falta su retroalimentación para {name}."),
        Talk::VisitAbout(idea) if english => format!("A visit about “{idea}”"),
        Talk::VisitAbout(idea) => format!("Una visita sobre «{idea}»"),
        Talk::Minutes(1) => language.either("1 minute", "1 minuto").into(),
        Talk::Minutes(minutes) if english => format!("{minutes} minutes"),
        Talk::Minutes(minutes) => format!("{minutes} minutos"),
        Talk::For(name) if english => format!("For {name}"),
        Talk::For(name) => format!("Para {name}"),
        Talk::TooLong(over) if english => format!("It is {over} characters too long."),
        Talk::TooLong(over) => format!("Tiene {over} caracteres de más."),
        Talk::VisitedBy(name) if english => format!("Visited by {name}"),
        Talk::VisitedBy(name) => format!("Visita de {name}"),
        Talk::Because(theory) if english => format!("Why: to learn about a change idea. {theory}"),
        Talk::Because(theory) => format!("Por qué: para aprender de una idea de cambio. {theory}"),
        Talk::ReadableBy(name) if english => format!("You and {name} can read this, nobody else."),
        Talk::ReadableBy(name) => format!("Pueden leerlo usted y {name}, nadie más."),
        Talk::ReadableByAndCoaches(name) if english => format!(
            "You and {name} can read this, and the coaches of your school only if you share it."
        ),
        Talk::ReadableByAndCoaches(name) => format!(
            "Pueden leerlo usted y {name}, y los coaches de su escuela solo si usted lo comparte."
        ),
        Talk::YouOpened(when) if english => format!("You opened it on {when}"),
        Talk::YouOpened(when) => format!("Usted lo abrió el {when}"),
        Talk::TheyOpened(when) if english => format!("Opened on {when}"),
        Talk::TheyOpened(when) => format!("Se abrió el {when}"),
        Talk::ReplyHint(limit) if english => format!(
            "Whoever visited you will read it. Up to {limit} characters; please name no students."
        ),
        Talk::ReplyHint(limit) => format!(
            "La leerá quien le visitó. Hasta {limit} caracteres; por favor, no nombre a estudiantes."
        ),
        Talk::Corrected(1) => language
            .either(
                "Corrected once after the visit by the person who made it.",
                "Corregido una vez después de la visita por quien la hizo.",
            )
            .into(),
        Talk::Corrected(times) if english => {
            format!("Corrected {times} times after the visit by the person who made it.")
        }
        Talk::Corrected(times) => {
            format!("Corregido {times} veces después de la visita por quien la hizo.")
        }
        _ => return None,
    })
}

fn fixed(talk: Talk<'_>) -> (&'static str, &'static str) {
    match talk {
        Talk::Looking => ("Looking…", "Buscando…"),
        Talk::NotHere => (
            "This is not on this device. If it was made for you, it comes with the next connection.",
            "Esto no está en este dispositivo. Si se hizo para usted, llega con la próxima conexión.",
        ),
        Talk::Older => ("Show older ones", "Ver anteriores"),
        Talk::Waits => (
            "Kept on this device. It goes out by itself.",
            "Guardado en este dispositivo. Sale por sí solo.",
        ),
        Talk::Undo => ("Undo", "Deshacer"),
        Talk::AVisit => ("A visit", "Una visita"),
        Talk::Noticed => ("What was noticed", "Lo que se notó"),
        Talk::StudentsDid => ("What students did", "Lo que hicieron los estudiantes"),
        Talk::OneQuestion => ("One question", "Una pregunta"),
        Talk::Erased => ("These words were erased.", "Estas palabras se borraron."),
        Talk::WriteFeedback => ("Write feedback", "Escribir la retroalimentación"),
        Talk::ForTheTeacher => (
            "For the teacher of this visit",
            "Para el docente de esta visita",
        ),
        Talk::DraftMeans => (
            "The draft says what you marked and wrote down, and nothing else. Change what you like. The teacher and you read \
             it, and nobody else unless the teacher shares it.",
            "El borrador dice lo que usted marcó y anotó, y nada más. Cambie lo que quiera. Lo leen el docente y usted, y \
             nadie más si el docente no lo comparte.",
        ),
        Talk::BeginWith => ("Begin with", "Empezar con"),
        Talk::Send => ("Send to the teacher", "Enviar al docente"),
        Talk::FeedbackIsSent => (
            "The feedback is written",
            "La retroalimentación está escrita",
        ),
        Talk::SentElsewhere => (
            "You sent this feedback from another device. What you were writing here is below, and nothing of it was sent.",
            "Usted envió esta retroalimentación desde otro dispositivo. Lo que escribía aquí está abajo, y nada de eso se ha enviado.",
        ),
        Talk::FeedbackIsSentMeans => (
            "It goes to the teacher by itself. A reply comes back to you here.",
            "Llega al docente por sí sola. Si responde, usted lo verá aquí.",
        ),
        Talk::WriteFirst => ("Write a few words first.", "Escriba primero unas palabras."),
        Talk::AboutMe => ("Visits to my class", "Visitas a mi clase"),
        Talk::AboutMeEmpty => (
            "No visits yet. Every record of a visit to your class appears here, as soon as anybody else can see it.",
            "Todavía no hay visitas. Aquí aparece cada registro de una visita a su clase, en cuanto otra persona puede verlo.",
        ),
        Talk::Unread => ("not read yet", "sin leer"),
        Talk::Read => ("read", "leído"),
        Talk::Answered => ("you answered", "usted respondió"),
        Talk::NoFeedbackYet => ("no feedback yet", "sin retroalimentación todavía"),
        Talk::NoFeedbackYetMeans => (
            "Nobody has written feedback on this visit yet. What was recorded is open to you all the same.",
            "Nadie ha escrito todavía sobre esta visita. Lo que se anotó está abierto para usted de todos modos.",
        ),
        Talk::NotAnEvaluation => ("not an evaluation", "no es una evaluación"),
        Talk::VisitedBySomebody => ("Visited by a colleague", "Visita de un colega"),
        Talk::NotOpened => ("Not opened yet.", "Todavía sin abrir."),
        Talk::Thank => ("Thank you", "Gracias"),
        Talk::YouThanked => ("You said thank you.", "Usted dio las gracias."),
        Talk::TheyThanked => ("Said thank you.", "Dio las gracias."),
        Talk::Reply => ("Reply", "Responder"),
        Talk::SendReply => ("Send the reply", "Enviar la respuesta"),
        Talk::YouAnswered => ("Your answer", "Su respuesta"),
        Talk::ReplyErased => ("A reply, erased.", "Una respuesta, borrada."),
        Talk::Share => (
            "Share with the coaches of my school",
            "Compartir con los coaches de mi escuela",
        ),
        Talk::Shared => (
            "You shared it: the coaches of your school can read this feedback and your replies.",
            "Usted lo compartió: los coaches de su escuela pueden leer esta retroalimentación y sus respuestas.",
        ),
        Talk::WhatWasAgreed => ("What was agreed", "Lo que se acordó"),
        Talk::Everything => ("Everything that was recorded", "Todo lo que se anotó"),
        Talk::NotLookedFor => ("not looked for", "no se buscó"),
        Talk::SeenOrHeard => ("What was seen or heard", "Lo que se vio o se oyó"),
        Talk::WhatCameOfIt => ("What came of it", "Lo que resultó"),
        Talk::Replies => ("What came of your visits", "Lo que resultó de sus visitas"),
        Talk::RepliesEmpty => (
            "When you have sent feedback, this shows whether it was opened and what came back.",
            "Cuando usted haya enviado retroalimentación, aquí verá si se abrió y qué le respondieron.",
        ),
        Talk::TakeVisit => (
            "Take a visit with its code",
            "Recoger una visita con su código",
        ),
        Talk::TakeVisitMeans => (
            "Where forms carry no names, whoever visited you gave you a code of ten letters and digits.",
            "Donde los formularios no llevan nombres, quien le visitó le dio un código de diez letras y números.",
        ),
        Talk::VisitCode => ("Code of the visit", "Código de la visita"),
        Talk::TakeIt => ("Take it", "Recogerla"),
        Talk::Taken => (
            "The visit is yours. It appears here in a moment.",
            "La visita es suya. Aparece aquí en un momento.",
        ),
        Talk::CodeUnknown => (
            "No visit can be taken with this code. Check each letter, or ask whoever visited you.",
            "Con este código no se puede recoger ninguna visita. Revise cada letra o pregunte a quien le visitó.",
        ),
        Talk::NotWritten(_)
        | Talk::VisitAbout(_)
        | Talk::Minutes(_)
        | Talk::For(_)
        | Talk::TooLong(_)
        | Talk::VisitedBy(_)
        | Talk::Because(_)
        | Talk::ReadableBy(_)
        | Talk::ReadableByAndCoaches(_)
        | Talk::YouOpened(_)
        | Talk::TheyOpened(_)
        | Talk::ReplyHint(_)
        | Talk::Corrected(_) => ("", ""),
    }
}
