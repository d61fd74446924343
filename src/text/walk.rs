//! The sentences of a visit: the first screen, the form, the review.
//!
//! Each sentence stands once, in both languages side by side.

use super::Language;
use crate::domain::collect::walkthrough::Phase;

/// A sentence or label of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk<'a> {
    /// The first screen.
    Today,
    /// What is there for whoever teaches.
    ForYou,
    /// The list of submitted visits.
    Visits,
    /// Who sits here.
    Me,
    /// The name of the bar that leads to the screens.
    Ways,
    /// Everything is on the server.
    AllSent,
    /// So many records are only on this device.
    NotSent(u32),
    /// No change idea can be visited yet.
    NoIdeaYet,
    /// What that means.
    NoIdeaYetMeans,
    /// A change idea whose form this version of Lookfor cannot read.
    NeedsNewer(&'a str),
    /// The agreement cannot be read by this version of Lookfor.
    AgreementNeedsNewer,
    /// The agreement says something beside, which this version of Lookfor cannot read.
    AgreementSaysMore,
    /// A rating that this version of Lookfor cannot read.
    RatingNeedsNewer,
    /// Which cycle is on, and in which week of it today is.
    Cycle(u32, Option<u32>),
    /// Visits measure what there was before.
    Baseline,
    /// The heading above the classes that are offered.
    NextClasses,
    /// No class is known.
    NoClassesYet,
    /// The room of a class.
    Room,
    /// This observer has not visited the class.
    NotVisitedYet,
    /// So many days ago.
    VisitedDaysAgo(i64),
    /// The button that begins a visit.
    Start,
    /// What the button begins, for whoever does not see where it stands.
    StartWith(&'a str),
    /// The way to the search.
    AnotherClass,
    /// The other change ideas.
    AnotherIdea,
    /// The heading above open visits.
    NotFinished,
    /// How many look-fors are answered, of how many.
    Answered(u32, u32),
    /// The button that opens an open visit.
    GoOn,
    /// The button that puts an open visit away.
    PutAway,
    /// It was put away.
    IsPutAway,
    /// The button that takes the last thing back.
    Undo,
    /// The heading above the newest visits.
    AfterYourVisits,
    /// The code that the teacher types.
    GiveCode,
    /// What the code is for.
    GiveCodeMeans,
    /// The label of the search.
    SearchClass,
    /// The search found nothing.
    NoClassFound,
    /// The button that shows more.
    More,
    /// The heading above the field for a teacher who is not listed.
    NotListed,
    /// What happens to the name.
    NotListedMeans,
    /// The label of the field for the name.
    TeachersName,
    /// The button that begins a visit with the teacher who was typed.
    AddAndStart,
    /// The button that makes the visit one of this class.
    ThisOne,
    /// How to change the class.
    ChangeClass,
    /// The button that takes back to the first screen.
    BackToToday,
    /// The clock of the visit.
    SinceBegun,
    /// The look-for that says whether the change idea is in use.
    InUse,
    /// The name of the tools that stay in reach.
    Tools,
    /// One more.
    OneMore(&'a str),
    /// One less.
    OneLess(&'a str),
    /// A timer starts.
    StartTimer,
    /// A timer stops.
    StopTimer,
    /// The clocks of the device disagreed.
    TimeUnsure,
    /// The part is larger than the whole.
    MoreThanAll,
    /// The focus seats.
    FocusSeats,
    /// The other seats.
    OtherSeats,
    /// A bright spot.
    BrightSpot,
    /// The line of evidence.
    Note,
    /// What the line is for.
    NoteMeans,
    /// A stem.
    ISaw,
    /// A stem.
    IHeard,
    /// The heading above what is recorded about the lesson.
    TheLesson,
    /// Where the lesson was.
    WhichPhase,
    /// A phase.
    Phase(Phase),
    /// How many visit.
    HowMany,
    /// One visits.
    JustMe,
    /// So many visit.
    WeAre(u8),
    /// Whether the teacher was told.
    NoticeGiven,
    /// How many students.
    Students,
    /// The review.
    Review,
    /// What is recorded.
    Recorded,
    /// What was not looked for.
    NotLookedFor,
    /// What that means.
    NotLookedForMeans,
    /// Of two numbers one is there, and alone it says nothing.
    OneOfTwo,
    /// The button that goes back to a look-for.
    Change(&'a str),
    /// The button's word.
    ChangeIt,
    /// The heading above kinds of support.
    SupportWanted,
    /// Who hears of it.
    SupportMeans,
    /// The whole visit is a bright spot.
    WholeVisit,
    /// Who sees a bright spot.
    BrightMeans,
    /// The button that submits.
    Send,
}

impl Language {
    /// The sentence in this language.
    pub fn walk(self, walk: Walk<'_>) -> String {
        let (english, spanish) = match walk {
            Walk::NotSent(unsent) => {
                return self.pick(
                    format!("{unsent} on this device"),
                    format!("{unsent} en este dispositivo"),
                );
            }
            Walk::Cycle(cycle, None) => {
                return self.pick(format!("cycle {cycle}"), format!("ciclo {cycle}"));
            }
            Walk::Cycle(cycle, Some(week)) => {
                return self.pick(
                    format!("cycle {cycle}, week {week}"),
                    format!("ciclo {cycle}, semana {week}"),
                );
            }
            Walk::VisitedDaysAgo(0) => ("visited today", "visitada hoy"),
            Walk::VisitedDaysAgo(1) => ("visited yesterday", "visitada ayer"),
            Walk::VisitedDaysAgo(days) => {
                return self.pick(
                    format!("visited {days} days ago"),
                    format!("visitada hace {days} días"),
                );
            }
            Walk::StartWith(name) => {
                return self.pick(format!("Start with {name}"), format!("Empezar con {name}"));
            }
            Walk::Answered(answered, asked) => {
                return self.pick(
                    format!("{answered} of {asked} answered"),
                    format!("{answered} de {asked} respondidas"),
                );
            }
            // The name begins with what is seen: whoever speaks to the tablet says that.
            Walk::OneMore(what) => return format!("+1: {what}"),
            Walk::OneLess(what) => {
                return self.pick(format!("One less: {what}"), format!("Una menos: {what}"));
            }
            Walk::WeAre(observers) => {
                return self.pick(format!("{observers} of us"), format!("Somos {observers}"));
            }
            Walk::NeedsNewer(what) => {
                return self.pick(
                    format!("“{what}” needs a newer Lookfor. Update it to visit for this change idea."),
                    format!("«{what}» necesita un Lookfor más nuevo. Actualícelo para visitar por esta idea de cambio."),
                );
            }
            Walk::Change(what) => {
                return self.pick(format!("Change: {what}"), format!("Cambiar: {what}"));
            }
            Walk::Today => ("Today", "Hoy"),
            Walk::ForYou => ("For you", "Para usted"),
            Walk::Visits => ("Visits", "Visitas"),
            Walk::Me => ("Me", "Yo"),
            Walk::Ways => ("Screens", "Pantallas"),
            Walk::AllSent => ("all on the server", "todo en el servidor"),
            Walk::NoIdeaYet => (
                "No change idea is being tested yet",
                "Todavía no se prueba ninguna idea de cambio",
            ),
            Walk::NoIdeaYetMeans => (
                "When your team starts to test one, its form comes to this device by itself.",
                "Cuando su equipo empiece a probar una, su formulario llega solo a este dispositivo.",
            ),
            Walk::AgreementNeedsNewer => (
                "The agreement of your district needs a newer Lookfor. Until this one is updated, its forms name no teacher.",
                "El acuerdo de su distrito necesita un Lookfor más nuevo. Hasta que se actualice, los formularios no llevan el nombre de ningún docente.",
            ),
            Walk::AgreementSaysMore => (
                "The agreement says more than this version of Lookfor can show. Update it to read all of it.",
                "El acuerdo dice más de lo que esta versión de Lookfor puede mostrar. Actualícela para leerlo completo.",
            ),
            Walk::RatingNeedsNewer => (
                "recorded; needs a newer Lookfor",
                "registrado; necesita un Lookfor más nuevo",
            ),
            Walk::Baseline => ("before the test", "antes de la prueba"),
            Walk::NextClasses => ("Where to next", "A dónde ahora"),
            Walk::NoClassesYet => (
                "No class has reached this device yet. You can add a teacher by name.",
                "Todavía no ha llegado ninguna clase a este dispositivo. Puede agregar a un docente por su nombre.",
            ),
            Walk::Room => ("Room", "Salón"),
            Walk::NotVisitedYet => ("not visited by you yet", "usted todavía no la ha visitado"),
            Walk::Start => ("Start", "Empezar"),
            Walk::AnotherClass => ("Another class", "Otra clase"),
            Walk::AnotherIdea => ("Another change idea", "Otra idea de cambio"),
            Walk::NotFinished => ("Not finished", "Sin terminar"),
            Walk::GoOn => ("Go on", "Seguir"),
            Walk::PutAway => ("Put away", "Descartar"),
            Walk::IsPutAway => ("The visit was put away.", "La visita se descartó."),
            Walk::Undo => ("Undo", "Deshacer"),
            Walk::AfterYourVisits => ("Your last visits", "Sus últimas visitas"),
            Walk::GiveCode => ("Give this code to the teacher", "Dé este código al docente"),
            Walk::GiveCodeMeans => (
                "Your agreement keeps names off forms. With this code, and only with it, the teacher sees the visit.",
                "Su acuerdo no pone nombres en los formularios. Con este código, y solo con él, el docente ve la visita.",
            ),
            Walk::SearchClass => ("Room, class or teacher", "Salón, clase o docente"),
            Walk::NoClassFound => (
                "Nobody by that name is on this device.",
                "En este dispositivo no hay nadie con ese nombre.",
            ),
            Walk::More => ("Show more", "Mostrar más"),
            Walk::NotListed => ("Not on the list", "No está en la lista"),
            Walk::NotListedMeans => (
                "Type the name once. Whoever looks after the lists joins it with the right entry later.",
                "Escriba el nombre una vez. Quien lleva las listas lo une después con la persona correcta.",
            ),
            Walk::TeachersName => ("Teacher's name", "Nombre del docente"),
            Walk::AddAndStart => ("Add and start", "Agregar y empezar"),
            Walk::ThisOne => ("This one", "Esta"),
            Walk::ChangeClass => ("Change the class", "Cambiar la clase"),
            Walk::BackToToday => ("Back to today", "Volver a hoy"),
            Walk::SinceBegun => (
                "time since the visit began",
                "tiempo desde que empezó la visita",
            ),
            Walk::InUse => ("in use", "en uso"),
            Walk::Tools => ("Counters and timers", "Contadores y cronómetros"),
            Walk::StartTimer => ("Start", "Iniciar"),
            Walk::StopTimer => ("Stop", "Parar"),
            Walk::TimeUnsure => ("the clocks disagree", "los relojes no coinciden"),
            Walk::MoreThanAll => (
                "The first number is larger than the second.",
                "El primer número es mayor que el segundo.",
            ),
            Walk::FocusSeats => ("Focus seats", "Lugares de enfoque"),
            Walk::OtherSeats => ("Other seats", "Otros lugares"),
            Walk::BrightSpot => ("Bright spot", "Punto brillante"),
            Walk::Note => ("Note", "Nota"),
            Walk::NoteMeans => (
                "What you saw and heard, in a line",
                "Lo que vio y oyó, en una línea",
            ),
            Walk::ISaw => ("I saw…", "Vi…"),
            Walk::IHeard => ("I heard…", "Oí…"),
            Walk::TheLesson => ("About this visit", "Sobre esta visita"),
            Walk::WhichPhase => ("Part of the lesson", "Parte de la lección"),
            Walk::Phase(Phase::Opening) => ("Opening", "Inicio"),
            Walk::Phase(Phase::Middle) => ("Middle", "Medio"),
            Walk::Phase(Phase::Close) => ("Close", "Cierre"),
            Walk::HowMany => ("Who visits", "Quién visita"),
            Walk::JustMe => ("Just me", "Solo yo"),
            Walk::NoticeGiven => ("The teacher was told before", "Se avisó antes al docente"),
            Walk::Students => ("Students in class", "Estudiantes en clase"),
            Walk::Review => ("Before you send", "Antes de enviar"),
            Walk::Recorded => ("Recorded", "Registrado"),
            Walk::NotLookedFor => ("Not looked for", "Sin observar"),
            Walk::NotLookedForMeans => (
                "Left empty. This counts for nobody and against nobody. If it could not be seen, touch “not the moment”.",
                "Quedó vacío. No cuenta a favor ni en contra de nadie. Si no se podía ver, toque «no era el momento».",
            ),
            Walk::OneOfTwo => (
                "Only one of the two numbers is there. Alone it is not sent.",
                "Solo está uno de los dos números. Solo no se envía.",
            ),
            Walk::ChangeIt => ("Change", "Cambiar"),
            Walk::SupportWanted => ("Could more support help?", "¿Ayudaría más apoyo?"),
            Walk::SupportMeans => (
                "A coach of the school hears of it.",
                "Un coach de la escuela se entera.",
            ),
            Walk::WholeVisit => ("The visit as a whole", "La visita completa"),
            Walk::BrightMeans => (
                "Something another room could borrow. A coach of the school may ask the teacher; others see it only after a yes.",
                "Algo que otro salón podría tomar. Un coach de la escuela puede preguntar al docente; otros lo ven solo después de un sí.",
            ),
            Walk::Send => ("Send the visit", "Enviar la visita"),
        };
        match self {
            Self::English => english.into(),
            Self::Spanish => spanish.into(),
        }
    }

    pub(super) fn pick(self, english: String, spanish: String) -> String {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }
}
