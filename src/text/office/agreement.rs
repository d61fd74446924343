//! The agreement, as an admin sets it.

use super::sentences;
use crate::text::Language;
use crate::text::agreement::to_whom;

sentences! {
    /// The pages of the agreement.
    AgreementSay {
        Agreement: "Agreement", "Acuerdo";
        Means: "What your district and its teachers agreed on. Lookfor keeps to it, and every teacher can read it in these words.", "Lo que acordaron su distrito y sus docentes. Lookfor lo respeta y cada docente puede leerlo en estas palabras.";
        Now: "What holds now", "Lo que está vigente";
        ToCome: "What is to come", "Lo que vendrá";
        Change: "Change the agreement", "Cambiar el acuerdo";
        ChangeMeans: "Write down what was signed, and nothing else. A version that was adopted is never changed: this makes the next one.", "Escriba lo que se firmó y nada más. Una versión adoptada no cambia nunca: esto hace la siguiente.";
        AdminOnly: "An admin sets it.", "Lo fija administración.";
        History: "All versions", "Todas las versiones";
        Version: "Version", "Versión";
        From: "From", "Desde";
        Says: "What it says", "Lo que dice";
        Standing: "Standing", "Situación";
        Holds: "holds now", "vigente";
        WillHold: "to come", "por venir";
        Held: "has held", "ya no está vigente";
        BuiltIn: "From the start", "Desde el principio";
        Names: "Names on forms", "Nombres en los formularios";
        NamesYes: "A form names the teacher who was visited.", "El formulario lleva el nombre del docente visitado.";
        NamesNo: "No names. A visit has a number, and its teacher takes it with a code.", "Sin nombres. La visita tiene un número y su docente la recoge con un código.";
        Minutes: "Longest visit, in minutes", "Duración máxima de una visita, en minutos";
        MinutesHint: "3 to 90. In many contracts a visit of more than 10 minutes counts as a formal observation.", "De 3 a 90. En muchos contratos, una visita de más de 10 minutos cuenta como observación formal.";
        Notice: "Notice from so many observers on", "Aviso a partir de tantas personas";
        NoticeHint: "When so many or more visit together, the teacher is told before. 1 is every visit; empty is never.", "Cuando visitan juntas tantas personas o más, se avisa antes al docente. 1 es cada visita; vacío es nunca.";
        Copy: "Copy for the teacher within school days", "Copia para el docente en días de clases";
        CopyHint: "0 to 10; 0 is the same day.", "De 0 a 10; 0 es el mismo día.";
        Peers: "Visits by colleagues", "Visitas de colegas";
        PeersVoluntary: "Only to teachers who said yes to them.", "Solo a docentes que dijeron que sí.";
        PeersFree: "Without asking first.", "Sin preguntar antes.";
        Kept: "Words are erased after so many days", "Las palabras se borran después de tantos días";
        KeptHint: "1 to 3650; empty keeps them. Counts stay either way.", "De 1 a 3650; vacío las conserva. Los conteos se quedan en ambos casos.";
        Withheld: "Who does not see what", "Quién no ve qué";
        WithheldHint: "Mark what your agreement closes. The teacher and the observer always see their own visit.", "Marque lo que su acuerdo cierra. El docente y quien observó siempre ven su propia visita.";
        Date: "It holds from", "Vigente desde";
        DateHint: "The beginning of that day; today and empty are now.", "El comienzo de ese día; hoy y vacío son ahora.";
        Preview: "Read it as teachers will", "Leerlo como lo leerán los docentes";
        PreviewTitle: "As teachers will read it", "Como lo leerán los docentes";
        PreviewMeans: "Nothing is adopted yet. Read it once as a teacher would, in both languages.", "Todavía no se adopta nada. Léalo una vez como lo haría un docente, en ambos idiomas.";
        Words: "In English", "En inglés";
        WordsSpanish: "In Spanish", "En español";
        Back: "Change something", "Cambiar algo";
        WrongMinutes: "A number from 3 to 90.", "Un número de 3 a 90.";
        WrongNotice: "A number from 1, or nothing.", "Un número desde 1, o nada.";
        WrongCopy: "A number from 0 to 10.", "Un número de 0 a 10.";
        WrongKept: "A number from 1 to 3650, or nothing.", "Un número de 1 a 3650, o nada.";
        WrongDate: "A day from today on. A version does not hold before it is adopted.", "Un día a partir de hoy. Una versión no vale antes de que se adopte.";
        Same: "This says the same as the newest version. Nothing to adopt.", "Esto dice lo mismo que la versión más nueva. No hay nada que adoptar.";
        Overtaken: "Somebody adopted another version meanwhile. Look at it first.", "Mientras tanto alguien adoptó otra versión. Mírela primero.";
    }
}

impl Language {
    /// The button that adopts a version.
    pub fn adopt(self, version: u32, from: Option<&str>) -> String {
        match (self, from) {
            (Self::English, None) => format!("Adopt version {version} now"),
            (Self::English, Some(day)) => format!("Adopt version {version} from {day}"),
            (Self::Spanish, None) => format!("Adoptar la versión {version} ahora"),
            (Self::Spanish, Some(day)) => format!("Adoptar la versión {version} desde el {day}"),
        }
    }

    /// A version by its number.
    pub fn version(self, version: u32) -> String {
        match self {
            Self::English => format!("Version {version}"),
            Self::Spanish => format!("Versión {version}"),
        }
    }

    /// To whom something is not shown.
    pub fn not_shown_to(self, whom: &str) -> String {
        match self {
            Self::English => format!("Not to {whom}"),
            Self::Spanish => format!("No {}", to_whom(whom)),
        }
    }
}
