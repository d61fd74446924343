//! Schools and classes.

use super::sentences;
use crate::text::Language;

sentences! {
    /// The pages of sites and classes.
    PlacesSay {
        Title: "Schools and classes", "Escuelas y clases";
        SearchName: "Name of the school", "Nombre de la escuela";
        Site: "School", "Escuela";
        Teachers: "Teachers", "Docentes";
        Classes: "Classes", "Clases";
        AddSite: "Add a school", "Agregar una escuela";
        SiteName: "Name of the school or other place", "Nombre de la escuela u otro lugar";
        Add: "Add it", "Agregarla";
        NoSites: "No school is here yet. Add the first one.", "Todavía no hay escuelas. Agregue la primera.";
        NoneFound: "No school was found.", "No se encontró ninguna escuela.";
        Rename: "Change the name", "Cambiar el nombre";
        WhoIsHere: "See who is here", "Ver quiénes están";
        Class: "Class", "Clase";
        SchoolYear: "School year", "Año escolar";
        TaughtBy: "Taught by", "A cargo de";
        Over: "over", "terminada";
        NoClasses: "No class is here yet. A visit can be recorded without one.", "Todavía no hay clases. Una visita se puede registrar sin ellas.";
        AddClass: "Add a class", "Agregar una clase";
        ClassTitle: "What the school calls it", "Cómo la llama la escuela";
        ClassTitleHint: "Such as “Algebra 1, period 3”. Never the name of a student.", "Por ejemplo, «Álgebra 1, periodo 3». Nunca el nombre de un estudiante.";
        YearEnds: "Year in which the school year ends", "Año en que termina el año escolar";
        WrongYear: "A year such as 2027.", "Un año como 2027.";
        NoTeachers: "Nobody teaches here yet. Give people the post “Teacher” at this school first.", "Todavía nadie enseña aquí. Dé primero a las personas la función de docente en esta escuela.";
        ClassOver: "This class is over", "Esta clase terminó";
        SaveClass: "Save the class", "Guardar la clase";
        AdminOnly: "Only admins change schools and classes.", "Solo administración cambia escuelas y clases.";
    }
}

impl Language {
    /// How many schools a list has.
    pub fn sites_counted(self, sites: u64) -> String {
        match (self, sites) {
            (Self::English, 1) => "1 school".into(),
            (Self::English, sites) => format!("{sites} schools"),
            (Self::Spanish, 1) => "1 escuela".into(),
            (Self::Spanish, sites) => format!("{sites} escuelas"),
        }
    }

    /// How many classes a list has.
    pub fn classes_counted(self, classes: u64) -> String {
        match (self, classes) {
            (Self::English, 1) => "1 class".into(),
            (Self::English, classes) => format!("{classes} classes"),
            (Self::Spanish, 1) => "1 clase".into(),
            (Self::Spanish, classes) => format!("{classes} clases"),
        }
    }

    /// A school year by the calendar year in which it ends: "2026–27".
    pub fn school_year(self, ends: u16) -> String {
        format!("{}–{:02}", ends.saturating_sub(1), ends % 100)
    }
}
