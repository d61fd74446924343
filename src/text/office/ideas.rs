//! The change ideas in use, the library, and forms of a district's own.

use super::sentences;
use crate::text::Language;

sentences! {
    /// The page of change ideas.
    IdeasSay {
        Title: "Change ideas", "Ideas de cambio";
        Means: "A visit always looks for one change idea that is in use here. In baseline, visits show how it was before; testing begins with what the team expects to see, in a sentence that is locked then.", "Una visita siempre busca una idea de cambio que está en uso aquí. En la línea de base, las visitas muestran cómo era antes; la prueba empieza con lo que el equipo espera ver, en una frase que entonces queda fija.";
        Expect: "What the team expects to see", "Lo que el equipo espera ver";
        ExpectHint: "One sentence that can turn out wrong, such as “In three of four visits, students say the problem in their own words.” Nobody can change it afterwards. Leave it empty if it was locked before.", "Una frase que puede resultar falsa, por ejemplo «En tres de cada cuatro visitas, los estudiantes dicen el problema con sus palabras». Después nadie puede cambiarla. Déjelo vacío si ya se fijó.";
        LockAndBegin: "Lock it and begin testing", "Fijarla y empezar la prueba";
        LockedBefore: "The prediction of this cycle was locked before, and stands. Leave the field empty to begin testing with it.", "La predicción de este ciclo ya se fijó y se mantiene. Deje el campo vacío para empezar la prueba con ella.";
        InUse: "In use", "En uso";
        NoneInUse: "No idea is in use yet. Put one of the library to use, and visits can begin.", "Todavía no hay ninguna idea en uso. Ponga en uso una de la biblioteca y pueden empezar las visitas.";
        Idea: "Change idea", "Idea de cambio";
        State: "State", "Estado";
        Form: "Form", "Formulario";
        Cycle: "Cycle", "Ciclo";
        Next: "What may follow", "Lo que puede seguir";
        TooMany: "Each idea gets less attention, and it is harder to learn from any of them. Decide about one before you begin another.", "Cada idea recibe menos atención y es más difícil aprender de ellas. Decida sobre una antes de empezar otra.";
        ToDrafted: "Back to drafted", "Volver a borrador";
        ToBaseline: "Begin baseline", "Empezar la línea de base";
        ToTesting: "Begin testing", "Empezar la prueba";
        ToAdopted: "Adopt", "Adoptar";
        ToAdapted: "Adapt", "Adaptar";
        ToAbandoned: "Abandon", "Abandonar";
        StateMeans: "A button changes where the idea stands, on every device at its next sync. Why the team decided is written down by the team, not here. After a decision, baseline or testing begins the next cycle.", "Un botón cambia la etapa de la idea, en cada dispositivo en su próxima sincronización. Por qué se decidió lo escribe el equipo, no aquí. Después de una decisión, la línea de base o la prueba empieza el ciclo siguiente.";
        Library: "The library", "La biblioteca";
        LibraryMeans: "Ideas that were not put to use here. What is put to use begins in baseline.", "Ideas que no se han puesto en uso aquí. Lo que se pone en uso empieza en la línea de base.";
        LibraryEmpty: "Every idea is in use.", "Todas las ideas están en uso.";
        PutToUse: "Put to use (baseline)", "Poner en uso (línea de base)";
        OfDistrict: "of your district", "de su distrito";
        Own: "A form of your own", "Un formulario propio";
        OwnMeans: "A form is one text file in TOML, with every sentence in English and in Spanish; docs/forms.md says how to write one. It stands in the library afterwards and is put to use there. A version that was added is never changed: the next one has the next number.", "Un formulario es un archivo de texto en TOML, con cada frase en inglés y en español; docs/forms.md dice cómo se escribe. Después está en la biblioteca y ahí se pone en uso. Una versión que se agregó no cambia nunca: la siguiente lleva el número siguiente.";
        File: "The file", "El archivo";
        Text: "Or its text", "O su texto";
        TextHint: "A file that is chosen above wins over what stands here.", "Si elige un archivo arriba, cuenta ese y no lo que está aquí.";
        AddForm: "Check and add it", "Revisarlo y agregarlo";
        Nothing: "Choose a file, or paste the text of a form.", "Elija un archivo o pegue el texto de un formulario.";
        NotText: "The file is no text in UTF-8. Save it as “UTF-8” and choose it again.", "El archivo no es texto en UTF-8. Guárdelo como «UTF-8» y elíjalo otra vez.";
        Faults: "The form was not added. Nothing was changed.", "El formulario no se agregó. No se cambió nada.";
        StepFailed: "Nothing was changed.", "No se cambió nada.";
    }
}

impl Language {
    /// That more ideas are active than is advised.
    pub fn too_many_ideas(self, active: usize, advised: u32) -> String {
        match self {
            Self::English => {
                format!(
                    "{active} ideas are in baseline or testing; {advised} at a time are advised."
                )
            }
            Self::Spanish => format!(
                "{active} ideas están en línea de base o en prueba; se recomiendan {advised} a la vez."
            ),
        }
    }

    /// A version of a form, and whether there is a newer one.
    pub fn form_version(self, version: u32, newest: u32) -> String {
        match (self, newest > version) {
            (Self::English, false) => format!("version {version}"),
            (Self::English, true) => format!("version {version}; {newest} is there"),
            (Self::Spanish, false) => format!("versión {version}"),
            (Self::Spanish, true) => format!("versión {version}; ya está la {newest}"),
        }
    }

    /// The button that has visits begin on a version.
    pub fn use_version(self, version: u32) -> String {
        match self {
            Self::English => format!("Use version {version}"),
            Self::Spanish => format!("Usar la versión {version}"),
        }
    }

    /// Since when something is as it is.
    pub fn since(self, day: &str) -> String {
        match self {
            Self::English => format!("since {day}"),
            Self::Spanish => format!("desde el {day}"),
        }
    }

    /// Which cycle is on, and in which week of its test today is.
    pub fn cycle(self, cycle: u32, week: Option<u32>) -> String {
        match (self, week) {
            (_, None) => cycle.to_string(),
            (Self::English, Some(week)) => format!("{cycle}, week {week}"),
            (Self::Spanish, Some(week)) => format!("{cycle}, semana {week}"),
        }
    }

    /// How much a visit on a form looks for.
    pub fn look_fors(self, core: usize, all: usize) -> String {
        match self {
            Self::English => format!("{core} look-fors in a solo visit, {all} with group walks"),
            Self::Spanish => {
                format!(
                    "{core} indicadores en una visita individual, {all} con recorridos en grupo"
                )
            }
        }
    }

    /// A button, with what it is for those who hear it.
    pub fn act_on(self, act: &str, what: &str) -> String {
        format!("{act}: {what}")
    }

    /// Where a fault of a form is, and what.
    pub fn fault_at(self, line: u32, column: u32, says: &str) -> String {
        match self {
            Self::English => format!("Line {line}, character {column}: {says}"),
            Self::Spanish => format!("Línea {line}, carácter {column}: {says}"),
        }
    }
}
