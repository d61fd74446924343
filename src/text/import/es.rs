//! The sentences about imports in Spanish.

use super::{ImportSay, megabytes};
use crate::domain::import::{FileKind, Format, Mode, Named, Reason, Thing, Weight};

pub(super) fn say(say: &ImportSay<'_>) -> String {
    match say {
        ImportSay::Format(format) => match format {
            Format::OneRoster11 => "Una lista en OneRoster 1.1",
            Format::OneRoster12 => "Una lista en OneRoster 1.2",
            Format::SchoolDataSync => "Una lista en Microsoft School Data Sync 2.1",
            Format::Companions => "Archivos que acompañan a una lista",
            Format::Unknown => "Archivos que no se pueden leer",
        }
        .into(),
        ImportSay::Kind(kind) => kind_name(*kind).into(),
        ImportSay::Mode(mode) => match mode {
            Mode::Absent => "ausente",
            Mode::Bulk => "todo lo que hay",
            Mode::Delta => "solo cambios",
        }
        .into(),
        ImportSay::File(name, 1) => format!("{name}: 1 fila"),
        ImportSay::File(name, rows) => format!("{name}: {rows} filas"),
        ImportSay::Thing(thing) => thing_name(*thing).into(),
        ImportSay::Counts(thing, count) => {
            let name = thing_name(*thing);
            let (added, changed, left) = (count.added, count.changed, count.left);
            let gone = match thing {
                Thing::People => "que ya se fueron",
                Thing::Sites | Thing::Posts | Thing::Classes | Thing::Teachers => "que terminan",
                _ => "que se quitan",
            };
            format!("{name}: {added} por agregar, {changed} que cambian, {left} {gone}")
        }
        ImportSay::Named(named) => named_name(*named).into(),
        ImportSay::Students(1) => "Se contó 1 estudiante, sin guardarlo".into(),
        ImportSay::Students(students) => {
            format!("Se contaron {students} estudiantes; no se guarda a ninguno")
        }
        ImportSay::LeftOut(1) => "1 fila no se importa".into(),
        ImportSay::LeftOut(rows) => format!("{rows} filas no se importan"),
        ImportSay::Leaving(people, of_people, classes, of_classes) => format!(
            "Ya no aparecen: {people} de {of_people} personas, {classes} de {of_classes} clases"
        ),
        ImportSay::ConsentNeeded => {
            "Más de un tercio quedaría como que ya se fue o terminó. Si es correcto, confírmelo también.".into()
        }
        ImportSay::NothingChanges => "No cambia nada: todo lo que trae ya está".into(),
        ImportSay::Blocked => "No se puede importar nada. Corrija lo que sigue y envíelo otra vez.".into(),
        ImportSay::NothingTakenYet => "Todavía no se importó nada.".into(),
        ImportSay::Taken => "Se importó.".into(),
        ImportSay::More(more) => format!("… y {more} más"),
        ImportSay::Means(weight) => match weight {
            Weight::Blocks => " No se puede importar nada.",
            Weight::LeavesOut => " La fila no se importa.",
            Weight::Notes => "",
        }
        .into(),
        ImportSay::Place(file, line, column) => {
            let line = line.map(|line| format!(", línea {line}")).unwrap_or_default();
            let column = column.map(|column| format!(", columna «{column}»")).unwrap_or_default();
            format!("{file}{line}{column}")
        }
        ImportSay::TheUpload => "Lo enviado".into(),
    }
}

fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Manifest => "el manifiesto",
        FileKind::Orgs => "las escuelas",
        FileKind::Terms => "los periodos escolares",
        FileKind::Courses => "los cursos",
        FileKind::Classes => "las clases",
        FileKind::UserRoles => "las funciones de los usuarios",
        FileKind::Users => "los usuarios",
        FileKind::Groups => "los grupos de estudiantes",
        FileKind::Demographics => "los datos demográficos de estudiantes",
        FileKind::Enrollments => "las inscripciones",
        FileKind::Bells => "los horarios de timbre",
        FileKind::Calendar => "el calendario",
        FileKind::Roles => "las funciones en Lookfor",
        FileKind::Pilots => "los pilotos",
        FileKind::District => "los ajustes del distrito",
    }
}

fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::Sites => "Escuelas",
        Thing::People => "Personas",
        Thing::Posts => "Lo que cada quien hace y dónde",
        Thing::Classes => "Clases",
        Thing::Teachers => "Quién enseña una clase",
        Thing::StudentCounts => "Clases con estudiantes contados",
        Thing::Bells => "Periodos del día",
        Thing::Days => "Días del calendario",
        Thing::Settings => "Ajustes del distrito",
    }
}

fn named_name(named: Named) -> &'static str {
    match named {
        Named::Site => "ninguna escuela así",
        Named::Term => "ningún periodo escolar así",
        Named::Class => "ninguna clase así",
        Named::User => "ningún usuario así",
        Named::Staff => "ningún docente ni administrador así",
        Named::Mail => "ninguna persona con este correo",
        Named::Role => "ninguna función para este usuario",
    }
}

pub(super) fn reason(reason: &Reason) -> String {
    let fixed = match reason {
        Reason::NotRead => "no es un zip ni un CSV que se pueda leer.",
        Reason::ZipNotRead => {
            "el zip está dañado, cifrado o comprimido de un modo poco común. Expórtelo otra vez como zip normal."
        }
        Reason::TooManyFiles { limit } => return format!("hay más de {limit} archivos en el zip."),
        Reason::TooLarge { limit_bytes } => {
            return format!("pasa de {} MB al descomprimirse.", megabytes(*limit_bytes));
        }
        Reason::NothingToRead => "ningún archivo es de los que lee Lookfor.",
        Reason::FileTwice { kind } => {
            return format!("otro archivo del zip ya trae {}.", kind_name(*kind));
        }
        Reason::FileMissing { kind } => {
            return format!(
                "nombra un archivo con {} que no está en el zip.",
                kind_name(*kind)
            );
        }
        Reason::Utf16 => "el archivo está en UTF-16. Guárdelo como «CSV UTF-8».",
        Reason::NoHeader => "el archivo está vacío; la primera línea debe nombrar las columnas.",
        Reason::ColumnMissing => "esta columna hace falta y no está.",
        Reason::ColumnTwice => "dos columnas tienen este nombre.",
        Reason::QuoteOpen => "en esta fila hay unas comillas sin cerrar.",
        Reason::CellCount { columns, cells } => {
            return format!(
                "la fila tiene {cells} celdas y el encabezado {columns}. Una coma dentro de un nombre necesita comillas alrededor."
            );
        }
        Reason::CellTooLong { limit_bytes } => {
            return format!(
                "una celda pasa de {limit_bytes} caracteres; quizá faltan unas comillas."
            );
        }
        Reason::TooManyRows { limit } => return format!("hay más de {limit} filas."),
        Reason::LastAdmin => "el distrito se quedaría sin nadie en administración de Lookfor.",
        Reason::Empty => "esta celda no puede estar vacía.",
        Reason::NoDay => "no es una fecha como 2026-08-12 u 8/12/2026 (mes/día/año).",
        Reason::NoTime => "no es una hora como 8:05 o 1:05 PM.",
        Reason::NoYear => "no es un año escolar como 2027 o 2026-2027.",
        Reason::NoName => {
            "un nombre tiene hasta 200 caracteres; el de un periodo o tipo de día, 40."
        }
        Reason::NoStatus => "el estado no es «active» ni «tobedeleted».",
        Reason::NoRole => "no es una función que Lookfor conozca.",
        Reason::NoMail => "no es una dirección de correo.",
        Reason::NoIdea => "la clave de una idea de cambio tiene hasta 64 letras, cifras y guiones.",
        Reason::NoGroup => {
            "no es un grupo de estudiantes que Lookfor cuente, como EL o SWD, ni un sí o un no a uno de ellos."
        }
        Reason::WrongPlace => {
            "docentes, dirección y asesoría llevan una escuela; docentes piloto, una idea; responsables de mejora y administración, ninguna de las dos."
        }
        Reason::EndsBefore => "el final no es posterior al comienzo.",
        Reason::NoSetting => "los ajustes son name, time_zone, week_start y languages.",
        Reason::NoTimeZone => "no es una zona horaria como America/Los_Angeles.",
        Reason::NoWeekDay => "no es un día de la semana en inglés, como Monday.",
        Reason::NoLanguage => "Lookfor habla en y es.",
        Reason::NoSuch { what } => return format!("no hay {}.", named_name(*what)),
        Reason::Unclear { .. } => "hay más de una que se llama así; use su código.",
        Reason::RowTwice => "una fila anterior dice lo mismo o tiene el mismo identificador.",
        Reason::TooManyHere { limit } => return format!("aquí hay más de {limit}."),
        Reason::Latin1 => "no es UTF-8 y se leyó como Latin-1. Revise que los acentos estén bien.",
        Reason::NoManifest => {
            "no hay manifest.csv, así que los archivos cuentan como todo lo que hay."
        }
        Reason::SaidAbsent => "el manifiesto da este archivo por ausente; no se leyó.",
        Reason::ColumnsUnread { names } => {
            return format!("estas columnas no se leen: {}.", names.join(", "));
        }
        Reason::FilesUnread { files: 1 } => "otro archivo del zip no se lee.",
        Reason::FilesUnread { files } => {
            return format!("otros {files} archivos del zip no se leen.");
        }
        Reason::SamePerson => {
            "una fila anterior tiene este correo; las dos cuentan como una sola persona."
        }
        Reason::MailTaken => {
            "este correo es de otra persona, que lo conserva; si las dos son la misma, únalas."
        }
        Reason::MailNotRead => "no es una dirección de correo; la persona se importa sin correo.",
        Reason::YearAssumed { year } => {
            return format!(
                "las clases sin periodo cuentan como del año escolar que termina en {year}."
            );
        }
        Reason::CountsStay => {
            "solo llegaron cambios, así que no se vuelve a contar a los estudiantes; lo hará el próximo archivo completo."
        }
        Reason::AdminStays => {
            "un administrador de Lookfor ya no está en la lista. Sigue hasta que otro administrador indique que se fue."
        }
    };
    fixed.into()
}
