//! The sentences of what teachers say themselves: the questions of the week, the lesson log, "come and see this",
//! and the pilot's own data.

use super::Language;
use crate::domain::collect::lesson::{Happened, Went};

/// The longest that a teacher adds in words of their own, in characters.
pub const ADDED_MAX: usize = 500;

/// A sentence or label of the teacher's voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice<'a> {
    /// The heading above the ways to these screens.
    YourVoice,
    /// The questions of the week.
    ThisWeek,
    /// They are answered.
    AnsweredThisWeek,
    /// They are not, and how long they take.
    NotAnsweredYet,
    /// The lesson log.
    LogALesson,
    /// How long that takes.
    LogTakes,
    /// "Come and see this".
    ComeAndSee,
    /// What that is.
    ComeAndSeeMeans,
    /// The pilot's own data.
    PilotsData,
    /// What is there.
    PilotsDataMeans,

    /// The week that begins on this day.
    WeekOf(&'a str),
    /// Nobody asks anything.
    NothingAsked,
    /// Said to a team of so many before it answers.
    FewInTeam(u32),
    /// Said to a larger team before it answers.
    ManyInTeam,
    /// The ends of the scale of agreement.
    Disagree,
    /// The other end.
    Agree,
    /// An answer for whoever does not see where it stands.
    OfFive(u8),
    /// Yes.
    Yes,
    /// No.
    No,
    /// So many or more.
    OrMore(u8),
    /// What opens the field for words of their own.
    AddWords,
    /// Who reads them.
    AddWordsHint(usize),
    /// Lets the team read answers with the name.
    WithMyName,
    /// Nothing is chosen yet.
    AnswerFirst,
    /// The button that sends.
    Send,
    /// The button that sends a correction.
    SendAgain,
    /// The answers were sent.
    Sent,
    /// It was sent and is on the server.
    Arrived,

    /// Which class it was.
    WhichClass,
    /// Which day it was.
    WhichDay,
    /// Today.
    Today,
    /// Yesterday.
    Yesterday,
    /// Whether the idea happened.
    DidItHappen,
    /// Which of its parts did.
    WhichParts,
    /// How it went; a touch logs it.
    HowDidItGo,
    /// The button that logs a lesson in which nothing of it happened.
    LogIt,
    /// Who reads a log.
    LogReaders,
    /// The heading above the logs.
    Logged,
    /// There are none.
    NothingLogged,
    /// The button that takes something back.
    TakeBack,

    /// What there is to see, in words of their own.
    WhatToSee,
    /// What must not be in it.
    WhatToSeeHint(usize),
    /// The button that invites leaders and coaches.
    InviteLeaders,
    /// Who that is.
    LeadersAre,
    /// The button that invites peers too.
    InvitePeers,
    /// Who that is, and that it is a yes.
    PeersAre,
    /// The heading above welcomes that stand.
    Welcomes,
    /// Peers are welcome too.
    PeersToo,
    /// Leaders and coaches are.
    LeadersOnly,
    /// It is over.
    IsOver,

    /// The heading above invitations, for whoever may visit.
    Invited,
    /// The team has none.
    NoPilot,
    /// So many visits, teachers and observers.
    RestsOn(u32, u32, u32),
    /// It rests on few.
    IsSmall,
    /// Nothing was counted yet.
    NothingCounted,
    /// What observers saw.
    Observed,
    /// What teachers said together.
    TeachersSaid,
    /// No week was answered by enough.
    NothingPooled,
    /// So many teachers logged, in so many lessons each: all, some, none.
    LessonsSay(u32, u32, u32, u32),
    /// So many teachers answered.
    Answers(u32),
    /// What I said.
    YouSaid,
    /// Who reads it.
    YouSaidMeans,
    /// Nothing yet.
    YouSaidNothing,
    /// Seen so often, partly, not seen, not the moment.
    Counts(u32, u32, u32, u32),
    /// So many questions answered.
    QuestionsAnswered(usize),
}

impl Language {
    /// The sentence in this language.
    pub fn voice(self, voice: Voice<'_>) -> String {
        if let Some(said) = with_a_value(self, voice) {
            return said;
        }
        let (english, spanish) = fixed(voice);
        match self {
            Self::English => english.into(),
            Self::Spanish => spanish.into(),
        }
    }

    /// Whether something happened.
    pub fn happened(self, happened: Happened) -> &'static str {
        let (english, spanish) = match happened {
            Happened::Yes => ("Yes", "Sí"),
            Happened::Partly => ("Partly", "En parte"),
            Happened::No => ("No", "No"),
        };
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }

    /// How a lesson went.
    pub fn went(self, went: Went) -> &'static str {
        let (english, spanish) = match went {
            Went::Smoothly => ("Smoothly", "Con fluidez"),
            Went::Mixed => ("So-so", "Más o menos"),
            Went::Hard => ("It was hard", "Fue difícil"),
        };
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }
}

fn with_a_value(language: Language, voice: Voice<'_>) -> Option<String> {
    let english = language == Language::English;
    Some(match voice {
        Voice::WeekOf(day) if english => format!("Week of {day}"),
        Voice::WeekOf(day) => format!("Semana del {day}"),
        Voice::FewInTeam(1) if english => "Before you answer: you are the only teacher of this pilot, so answers cannot be anonymous. Nobody but you reads them, unless you let your team read them with your name.".into(),
        Voice::FewInTeam(1) => "Antes de responder: usted es la única persona de este piloto, así que las respuestas no pueden ser anónimas. Solo usted las lee, a menos que deje que su equipo las lea con su nombre.".into(),
        Voice::FewInTeam(team) if english => format!("Before you answer: this pilot has {team} teachers. With fewer than five, answers cannot be anonymous. Nobody but you reads yours, unless you let your team read them with your name."),
        Voice::FewInTeam(team) => format!("Antes de responder: este piloto tiene {team} docentes. Con menos de cinco, las respuestas no pueden ser anónimas. Solo usted lee las suyas, a menos que deje que su equipo las lea con su nombre."),
        Voice::OfFive(answer) if english => format!("{answer} of 5, from disagree to agree"),
        Voice::OfFive(answer) => format!("{answer} de 5, de en desacuerdo a de acuerdo"),
        Voice::OrMore(hours) if english => format!("{hours} or more"),
        Voice::OrMore(hours) => format!("{hours} o más"),
        Voice::AddWordsHint(limit) if english => format!("Read by whoever reads your answers. Up to {limit} characters; please name no students."),
        Voice::AddWordsHint(limit) => format!("Lo lee quien lee sus respuestas. Hasta {limit} caracteres; por favor, no nombre a estudiantes."),
        Voice::WhatToSeeHint(limit) if english => format!("Up to {limit} characters; please name no students."),
        Voice::WhatToSeeHint(limit) => format!("Hasta {limit} caracteres; por favor, no nombre a estudiantes."),
        Voice::RestsOn(visits, teachers, observers) if english => format!("Visits: {visits} · teachers: {teachers} · observers: {observers}"),
        Voice::RestsOn(visits, teachers, observers) => format!("Visitas: {visits} · docentes: {teachers} · observadores: {observers}"),
        Voice::LessonsSay(teachers, yes, partly, no) if english => format!("Lessons logged by {teachers} teachers: it happened in {yes}, partly in {partly}, not in {no}."),
        Voice::LessonsSay(teachers, yes, partly, no) => format!("Clases anotadas por {teachers} docentes: ocurrió en {yes}, en parte en {partly}, no en {no}."),
        Voice::Answers(teachers) if english => format!("{teachers} teachers"),
        Voice::Answers(teachers) => format!("{teachers} docentes"),
        Voice::Counts(seen, partly, not_seen, apart) if english => format!("seen {seen} · partly {partly} · not seen {not_seen} · not the moment {apart}"),
        Voice::Counts(seen, partly, not_seen, apart) => format!("visto {seen} · en parte {partly} · no visto {not_seen} · no era el momento {apart}"),
        Voice::QuestionsAnswered(1) if english => "1 question answered".into(),
        Voice::QuestionsAnswered(1) => "1 pregunta respondida".into(),
        Voice::QuestionsAnswered(answered) if english => format!("{answered} questions answered"),
        Voice::QuestionsAnswered(answered) => format!("{answered} preguntas respondidas"),
        _ => return None,
    })
}

fn fixed(voice: Voice<'_>) -> (&'static str, &'static str) {
    match voice {
        Voice::YourVoice => ("Your voice", "Su voz"),
        Voice::ThisWeek => ("This week’s questions", "Las preguntas de la semana"),
        Voice::AnsweredThisWeek => ("answered", "respondidas"),
        Voice::NotAnsweredYet => ("one minute", "un minuto"),
        Voice::LogALesson => ("Log a lesson", "Anotar una clase"),
        Voice::LogTakes => ("20 seconds", "20 segundos"),
        Voice::ComeAndSee => ("Come and see this", "Vengan a ver esto"),
        Voice::ComeAndSeeMeans => ("invite observers", "invitar a observar"),
        Voice::PilotsData => ("What the pilot shows", "Lo que muestra el piloto"),
        Voice::PilotsDataMeans => ("counts so far", "conteos hasta hoy"),
        Voice::NothingAsked => (
            "No questions this week. They appear here when you are in the team that tests a change idea.",
            "No hay preguntas esta semana. Aparecen aquí cuando usted está en el equipo que prueba una idea de cambio.",
        ),
        Voice::ManyInTeam => (
            "Only you read your answers. After the week your team and the district read them together with those of others, without names, if at least five teachers answered.",
            "Solo usted lee sus respuestas. Después de la semana, su equipo y el distrito las leen junto con las de otros, sin nombres, si respondieron al menos cinco docentes.",
        ),
        Voice::Disagree => ("disagree", "en desacuerdo"),
        Voice::Agree => ("agree", "de acuerdo"),
        Voice::Yes => ("Yes", "Sí"),
        Voice::No => ("No", "No"),
        Voice::AddWords => (
            "Add something in your own words",
            "Añadir algo con sus palabras",
        ),
        Voice::WithMyName => (
            "My team may read this week’s answers with my name",
            "Mi equipo puede leer las respuestas de esta semana con mi nombre",
        ),
        Voice::AnswerFirst => (
            "Touch an answer first. Each touch is kept.",
            "Toque primero una respuesta. Cada toque se guarda.",
        ),
        Voice::Send => ("Send", "Enviar"),
        Voice::SendAgain => ("Send the change", "Enviar el cambio"),
        Voice::Sent => (
            "Kept on this device. It goes out by itself. You can still change it.",
            "Guardado en este dispositivo. Sale por sí solo. Todavía puede cambiarlo.",
        ),
        Voice::Arrived => (
            "On the server. You can still change it.",
            "En el servidor. Todavía puede cambiarlo.",
        ),
        Voice::WhichClass => ("Which class?", "¿Qué clase?"),
        Voice::WhichDay => ("Which day?", "¿Qué día?"),
        Voice::Today => ("Today", "Hoy"),
        Voice::Yesterday => ("Yesterday", "Ayer"),
        Voice::DidItHappen => ("Did it happen?", "¿Ocurrió?"),
        Voice::WhichParts => ("Its parts, if you like", "Sus partes, si quiere"),
        Voice::HowDidItGo => (
            "How did it go? This touch logs it.",
            "¿Cómo salió? Este toque la anota.",
        ),
        Voice::LogIt => ("Log it", "Anotarla"),
        Voice::LogReaders => (
            "Only you read your log. Counts of five teachers or more go to your team and the district, without names.",
            "Solo usted lee sus notas. Los conteos de cinco docentes o más llegan a su equipo y al distrito, sin nombres.",
        ),
        Voice::Logged => ("What you logged", "Lo que usted anotó"),
        Voice::NothingLogged => ("Nothing yet.", "Nada todavía."),
        Voice::TakeBack => ("Take back", "Retirar"),
        Voice::WhatToSee => (
            "What is there to see? (if you like)",
            "¿Qué hay para ver? (si quiere)",
        ),
        Voice::InviteLeaders => (
            "Invite leaders and coaches",
            "Invitar a dirección y coaches",
        ),
        Voice::LeadersAre => (
            "Read by the principal and the coaches of your school, and by the district’s leads.",
            "Lo leen la dirección y los coaches de su escuela, y quienes dirigen en el distrito.",
        ),
        Voice::InvitePeers => ("Invite colleagues too", "Invitar también a colegas"),
        Voice::PeersAre => (
            "Also read by the teachers of your school and your pilot team. It is your yes to their visit in this class on this day, and to no other.",
            "También lo leen los docentes de su escuela y su equipo del piloto. Es su sí a que visiten esta clase este día, y ninguna otra.",
        ),
        Voice::Welcomes => ("You invited to", "Usted invitó a"),
        Voice::PeersToo => (
            "leaders, coaches and colleagues",
            "dirección, coaches y colegas",
        ),
        Voice::LeadersOnly => ("leaders and coaches", "dirección y coaches"),
        Voice::IsOver => ("over", "ya pasó"),
        Voice::Invited => ("Come and see this", "Vengan a ver esto"),
        Voice::NoPilot => (
            "You are in no pilot. What a pilot shows appears here for its team.",
            "Usted no está en ningún piloto. Lo que muestra un piloto aparece aquí para su equipo.",
        ),
        Voice::IsSmall => (
            "Few teachers: these counts say what was seen on some visits, and no more.",
            "Pocos docentes: estos conteos dicen qué se vio en algunas visitas, y nada más.",
        ),
        Voice::NothingCounted => (
            "No visit was counted yet.",
            "Todavía no se contó ninguna visita.",
        ),
        Voice::Observed => ("What observers saw", "Lo que vieron quienes observaron"),
        Voice::TeachersSaid => ("What teachers say", "Lo que dicen los docentes"),
        Voice::NothingPooled => (
            "Shown for closed weeks that at least five teachers answered. Never one by one.",
            "Se muestra para semanas cerradas en que respondieron al menos cinco docentes. Nunca una por una.",
        ),
        Voice::YouSaid => ("What you said", "Lo que usted dijo"),
        Voice::YouSaidMeans => ("Only you see this list.", "Solo usted ve esta lista."),
        Voice::YouSaidNothing => ("Nothing yet.", "Nada todavía."),
        _ => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each sentence that needs a value.
    const WITH_A_VALUE: [Voice<'_>; 13] = [
        Voice::WeekOf("x"),
        Voice::FewInTeam(1),
        Voice::FewInTeam(4),
        Voice::OfFive(2),
        Voice::OrMore(8),
        Voice::AddWordsHint(5),
        Voice::WhatToSeeHint(5),
        Voice::RestsOn(1, 2, 3),
        Voice::LessonsSay(5, 1, 2, 3),
        Voice::Answers(5),
        Voice::Counts(1, 2, 3, 4),
        Voice::QuestionsAnswered(1),
        Voice::QuestionsAnswered(2),
    ];

    #[test]
    fn a_sentence_with_a_value_is_there_in_both_languages() {
        for voice in WITH_A_VALUE {
            let (english, spanish) = (
                Language::English.voice(voice),
                Language::Spanish.voice(voice),
            );
            assert!(
                !english.is_empty() && !spanish.is_empty() && english != spanish,
                "{voice:?}"
            );
        }
    }

    #[test]
    fn a_small_pilot_is_told_that_it_cannot_be_anonymous() {
        for team in 1..5 {
            let said = Language::English.voice(Voice::FewInTeam(team));
            assert!(said.contains("cannot be anonymous"), "{said}");
        }
    }
}
