//! The overview: what needs doing, and how the ideas go.

use super::sentences;
use crate::text::Language;

sentences! {
    /// The overview.
    OverviewSay {
        Title: "Overview", "Resumen";
        ToDo: "What needs doing", "Lo que falta";
        NothingToDo: "Nothing is waiting for you.", "No hay nada pendiente.";
        NobodyInvited: "Nobody is invited yet", "Todavía no se ha invitado a nadie";
        NobodyInvitedMeans: "Paste up to five teachers, choose a school and a change idea, and hand over their links. It takes some minutes.", "Pegue hasta cinco docentes, elija una escuela y una idea de cambio, y entregue sus enlaces. Toma unos minutos.";
        StartPilot: "Start a pilot", "Iniciar un piloto";
        NoIdea: "No change idea is in use", "Ninguna idea de cambio está en uso";
        NoIdeaMeans: "A visit always looks for one change idea, and its team tests it. Give the idea a team.", "Una visita siempre busca una idea de cambio y su equipo la prueba. Asigne un equipo a la idea.";
        NoMail: "Mail is not set up", "El correo no está configurado";
        NoMailMeans: "Teachers are not told that feedback waits, and you hand over invitations yourself. Whoever runs the server sets it up once.", "No se avisa a los docentes que hay retroalimentación y usted entrega las invitaciones. Quien lleva el servidor lo configura una vez.";
        Unconfirmed: "Somebody was added and is not confirmed", "Hay personas agregadas sin confirmar";
        UnconfirmedMeans: "They are visited and written to. They count as teachers in figures once an admin confirms them.", "Reciben visitas y mensajes. Cuentan como docentes en las cifras cuando administración las confirma.";
        ToUnconfirmed: "See who", "Ver quiénes";
        NoBackup: "No backup of the last seven days", "No hay copia de los últimos siete días";
        NoBackupMeans: "One button makes one now; after that Lookfor makes one each day.", "Con un botón se hace una ahora; después Lookfor hace una cada día.";
        GoToData: "Make a backup", "Hacer una copia";
        HowToMail: "How to set it up", "Cómo configurarlo";
        FollowThrough: "Follow-through", "Seguimiento";
        FollowThroughMeans: "Feedback that its teacher opened within 24 hours of the server having it. Feedback of the last 24 hours is not counted yet.", "Retroalimentación que su docente abrió en las 24 horas después de llegar al servidor. La de las últimas 24 horas todavía no cuenta.";
        NoFeedback: "Nothing to count yet: no feedback is older than 24 hours.", "Todavía no hay qué contar: ninguna retroalimentación tiene más de 24 horas.";
        TooFew: "Not shown: it would rest on fewer than five teachers, or on what one observer wrote.", "No se muestra: se apoyaría en menos de cinco docentes, o en lo que escribió un solo observador.";
        Closed: "Not shown: your agreement closes it.", "No se muestra: su acuerdo lo cierra.";
        Ideas: "Change ideas", "Ideas de cambio";
        Idea: "Change idea", "Idea de cambio";
        State: "State", "Estado";
        Team: "Team", "Equipo";
        Visits: "Visits", "Visitas";
        Read: "Read within 24 hours", "Leído en 24 horas";
        NoIdeas: "No change idea has a team or a visit yet.", "Ninguna idea de cambio tiene todavía equipo o visitas.";
        NotInUse: "not put to use", "sin poner en uso";
        Drafted: "drafted", "en borrador";
        Baseline: "in baseline", "en línea de base";
        Testing: "testing", "en prueba";
        Adopted: "adopted", "adoptada";
        Adapted: "adapted", "adaptada";
        Abandoned: "abandoned", "abandonada";
        Few: "few teachers", "pocos docentes";
        FewMeans: "Where it says “few teachers”, a figure would rest on fewer than five or on what one observer wrote, or would let those be found by subtraction. A team sees its own figures in the app.", "Donde dice «pocos docentes», la cifra se apoyaría en menos de cinco o en lo que escribió un solo observador, o dejaría encontrarlos por resta. El equipo ve sus propias cifras en la aplicación.";
        People: "People", "Personas";
        SignedIn: "signed in", "con sesión";
        Sites: "Schools", "Escuelas";
        Classes: "Classes", "Clases";
        InNumbers: "The district in numbers", "El distrito en números";
    }
}

impl Language {
    /// A share: "72 % (18 of 25)".
    pub fn share(self, part: u64, whole: u64) -> String {
        let percent = part * 100 / whole.max(1);
        match self {
            Self::English => format!("{percent} % ({part} of {whole})"),
            Self::Spanish => format!("{percent} % ({part} de {whole})"),
        }
    }

    /// On what the share rests.
    pub fn share_rests_on(self, whole: u64, teachers: u64) -> String {
        match self {
            Self::English => format!("of {whole} pieces of feedback for {teachers} teachers"),
            Self::Spanish => {
                format!("de {whole} retroalimentaciones para {teachers} docentes")
            }
        }
    }

    /// How many are in a team.
    pub fn team_of(self, people: u64) -> String {
        match (self, people) {
            (Self::English, 0) => "nobody".into(),
            (Self::Spanish, 0) => "nadie".into(),
            (_, people) => people.to_string(),
        }
    }
}
