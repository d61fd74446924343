//! Rosters and other files: look at them, then take them. What an import says of itself is in
//! `text::import`.

use super::sentences;
use crate::domain::import::Leaving;
use crate::text::Language;

sentences! {
    /// The pages of imports.
    ImportsSay {
        Title: "Rosters and other files", "Listas y otros archivos";
        Means: "People, schools and classes come from your student information system. Nothing is taken before you have read what would change. Students are only counted; none of them is kept.", "Las personas, escuelas y clases vienen de su sistema de información estudiantil. No se importa nada antes de que usted lea qué cambiaría. A los estudiantes solo se les cuenta; no se guarda a ninguno.";
        File: "The file", "El archivo";
        FileHint: "One zip (OneRoster 1.1 or 1.2, School Data Sync), or one CSV, also of bells, calendar, roles and pilots. Up to 512 MB.", "Un zip (OneRoster 1.1 o 1.2, School Data Sync) o un CSV, también de horarios, calendario, funciones y pilotos. Hasta 512 MB.";
        Source: "The name of a second roster", "El nombre de una segunda lista";
        SourceHint: "Leave it empty, unless two systems send rosters: then always the same name for the second one, in small letters, digits and hyphens.", "Déjelo vacío, salvo que dos sistemas envíen listas: entonces siempre el mismo nombre para la segunda, con minúsculas, cifras y guiones.";
        Look: "Look at it", "Revisarlo";
        LookMeans: "A large roster takes some minutes. Leave this page open until the next one comes.", "Una lista grande toma unos minutos. Deje esta página abierta hasta que llegue la siguiente.";
        NoFile: "Choose a file.", "Elija un archivo.";
        WrongSource: "Write 1 to 32 small letters, digits and hyphens, or nothing.", "Escriba de 1 a 32 minúsculas, cifras y guiones, o nada.";
        History: "What was sent", "Lo que se envió";
        HistoryEmpty: "Nothing was sent yet.", "Todavía no se envió nada.";
        When: "When", "Cuándo";
        What: "Files", "Archivos";
        State: "State", "Estado";
        NoFiles: "nothing that can be read", "nada que se pueda leer";
        Looked: "waits for your yes", "espera su confirmación";
        Over: "looked at, not taken", "revisado, sin importar";
        Blocked: "cannot be taken", "no se puede importar";
        Taken: "taken", "importado";
        Working: "under way", "en curso";
        One: "A file that was sent", "Un archivo enviado";
        Changes: "What it would change", "Lo que cambiaría";
        Changed: "What it changed", "Lo que cambió";
        Troubles: "What is wrong with it", "Lo que está mal";
        Take: "Take it", "Importarlo";
        TakeMeans: "It is taken whole or not at all. What the office has set since the last time stays.", "Se importa completo o no se importa nada. Lo que la oficina fijó desde la última vez se queda.";
        LeaversFirst: "More than a third would be marked as left or ended. That needs a yes of its own.", "Más de un tercio quedaría marcado como que ya no está o terminó. Eso necesita una confirmación aparte.";
        IsOver: "It is older than a day, and what was read is no longer kept. Send the file again.", "Tiene más de un día y lo leído ya no se guarda. Envíe el archivo otra vez.";
        IsBlocked: "Nothing of it can be taken. Correct what stands below, and send it again.", "No se puede importar nada. Corrija lo que sigue y envíelo otra vez.";
        NothingToTake: "It changes nothing: all that it says is there already.", "No cambia nada: todo lo que dice ya está.";
        StillWorking: "It is being read or taken just now.", "Se está leyendo o importando en este momento.";
        LookAgain: "Look again", "Ver otra vez";
        Another: "Send another file", "Enviar otro archivo";
        NotTaken: "Nothing was taken.", "No se importó nada.";
    }
}

impl Language {
    /// The yes to those who leave.
    pub fn leavers(self, leaving: &Leaving) -> String {
        let Leaving {
            people,
            people_before,
            classes,
            classes_before,
        } = leaving;
        match self {
            Self::English => format!(
                "Yes: {people} of {people_before} people have left, and {classes} of {classes_before} classes are over."
            ),
            Self::Spanish => format!(
                "Sí: {people} de {people_before} personas ya no están y {classes} de {classes_before} clases terminaron."
            ),
        }
    }

    /// How far something is.
    pub fn done_of(self, done: u64, all: u64) -> String {
        let percent = done.saturating_mul(100) / all.max(1);
        match self {
            Self::English => format!("{percent} % done"),
            Self::Spanish => format!("{percent} % hecho"),
        }
    }
}
