//! What is wrong with a form, for the person who wrote it.

use super::Language;
use crate::domain::collect::look_for::Component;
use crate::domain::plan::fault::{Shape, Wrong};

impl Language {
    /// What is wrong, and what to do about it. Where it is, a line says beside it.
    pub fn form_fault(self, wrong: &Wrong) -> String {
        match self {
            Self::English => english(wrong),
            Self::Spanish => spanish(wrong),
        }
    }
}

fn english(wrong: &Wrong) -> String {
    let say = |text: &str| text.to_owned();
    match wrong {
        Wrong::Syntax { detail } => format!(
            "The file cannot be read here ({detail}). Often a quotation mark, a bracket or a comma is missing on this line or the one above."
        ),
        Wrong::UnknownName { name, known } => format!(
            "Nothing asks for “{name}” here. What can stand here: {}.",
            known.join(", ")
        ),
        Wrong::Missing { name } => format!("“{name}” is missing here."),
        Wrong::NotA(shape) => format!(
            "This has to be {}.",
            match shape {
                Shape::Text => "text in quotation marks",
                Shape::Number => "a whole number, without quotation marks",
                Shape::YesNo => "true or false, without quotation marks",
                Shape::List => "a list in square brackets",
                Shape::Group => "a group of names, such as { en = \"…\", es = \"…\" }",
            }
        ),
        Wrong::NotOneOf { known } => format!("This has to be one of: {}.", known.join(", ")),
        Wrong::OutOfRange { least, most } => {
            format!("This has to be a number from {least} to {most}.")
        }
        Wrong::NotAKey => say(
            "A key is made of small letters, digits and single hyphens, begins with a letter, and has at most 40 characters, such as three-reads.",
        ),
        Wrong::KeyTwice => say("This key is used already. Each one stands for one thing only."),
        Wrong::NoWords => say("There are no words. Write the sentence in both languages."),
        Wrong::TooLong { chars, most } => format!(
            "This has {chars} characters; at most {most} fit where it is shown. Say it shorter."
        ),
        Wrong::NotOneLine => {
            say("This has to be one line, without spaces before or behind the words.")
        }
        Wrong::SameInBoth => {
            say("The Spanish words are the same as the English ones. Write them in Spanish.")
        }
        Wrong::NoTheory => say(
            "A theory of action says: “If we …, then students …, so that …”. In Spanish: “Si …, los estudiantes …, de modo que …”.",
        ),
        Wrong::CoreSize { found } => {
            format!("A solo visit has four to six look-fors; core = true stands on {found}.")
        }
        Wrong::CoreTimers => {
            say("At most one timer is in the core: nobody can run two. Move one to group walks.")
        }
        Wrong::CoreCounters => {
            say("At most two counters are in the core. Move one to group walks.")
        }
        Wrong::NoStudentsInCore => say(
            "No look-for of the core shows what students do. A visit that only looks at adults cannot say what changed for students.",
        ),
        Wrong::NoLevel => {
            say("No look-for is a level. One has to say in words how deep the practice goes.")
        }
        Wrong::SeatsNotAsked => {
            say("A look-for counts focus seats. Write seats = true, so that their number is asked.")
        }
        Wrong::SeatsForNothing => {
            say("seats = true asks for focus seats, and no look-for counts them. Leave it out.")
        }
        Wrong::LookForOutcome => say("A look-for shows adults or students."),
        Wrong::HowMany { found, least, most } => {
            format!("There have to be {least} to {most} of these; there are {found}.")
        }
        Wrong::ApartTwice => say("Only one choice can stand apart from the others."),
        Wrong::NoSuchLookFor => say("There is no look-for of this key."),
        Wrong::NotBefore => say(
            "A rule can only name a look-for that stands above it: the observer has not come to this one yet.",
        ),
        Wrong::NoSuchValue { known } if known.is_empty() => {
            say("That look-for has a number and no values by name. Use at_least.")
        }
        Wrong::NoSuchValue { known } => format!(
            "The look-for cannot have this value. It can have: {}.",
            known.join(", ")
        ),
        Wrong::NoNumber => say("That look-for has no number. Use is = [\"…\"]."),
        Wrong::TooDeep => say("Rules stand in rules more than four deep. Say it simpler."),
        Wrong::DoseKind => say(
            "The dose needs a look-for of kind states, one or many, since it goes by its values.",
        ),
        Wrong::DoseNotInCore => {
            say("The look-for of the dose has to be in the core: every visit has to say it.")
        }
        Wrong::DoseMissing { value } => format!(
            "“{value}” is in none of in_use, not_in_use and outside. Every value has its place."
        ),
        Wrong::DoseTwice => say("This value stands in two places. It can have only one."),
        Wrong::DoseMoment => {
            say("“Not the moment” is always outside what is counted. Leave it out here.")
        }
        Wrong::NoSuchMeasure => say("There is no look-for, question or outcome of this key."),
        Wrong::OtherComponent { shown } => {
            format!("This measure shows {}.", component_english(*shown))
        }
        Wrong::ToOrBy => say(
            "Write either to (a value that it reaches) or by (how far from the baseline), and not both.",
        ),
        Wrong::UnitFits => say(
            "points goes with by (a change), and gap goes with to (a value). Use percent, times or minutes, or change to and by.",
        ),
        Wrong::NoPrimary { of } => format!(
            "primary names no measure of {}. A team chooses one of adults, one of students and one outcome.",
            component_english(*of)
        ),
        Wrong::NoAchievement => say(
            "No outcome shows what students achieve. Add one with shows = \"outcome\" and source = \"achievement\".",
        ),
        Wrong::SourceElsewhere => {
            say("What is seen in visits is a look-for. An outcome comes from somewhere else.")
        }
        Wrong::Frozen { next } => format!(
            "This version was published before and is not the same now. What is published stays; write version = {next}."
        ),
        Wrong::NotNext { next } => format!("The next version of this form is {next}."),
        Wrong::KindChanged => say(
            "An earlier version has something else under this key. Give the new one a key of its own, so that charts do not mix them.",
        ),
        Wrong::ComponentChanged => say(
            "In an earlier version this key shows something else (adults, students or outcome). Give the new one a key of its own.",
        ),
        Wrong::AnchorsChanged { before } => format!(
            "An earlier version of this level has {before} anchors. Keep their number, or give the new level a key of its own."
        ),
    }
}

fn component_english(component: Component) -> &'static str {
    match component {
        Component::Adults => "adults",
        Component::Students => "students",
        Component::Outcome => "the outcome",
    }
}

fn spanish(wrong: &Wrong) -> String {
    let say = |text: &str| text.to_owned();
    match wrong {
        Wrong::Syntax { detail } => format!(
            "El archivo no se puede leer aquí ({detail}). Muchas veces falta una comilla, un corchete o una coma en esta línea o en la anterior."
        ),
        Wrong::UnknownName { name, known } => format!(
            "Aquí no se espera «{name}». Lo que puede ir aquí: {}.",
            known.join(", ")
        ),
        Wrong::Missing { name } => format!("Aquí falta «{name}»."),
        Wrong::NotA(shape) => format!(
            "Esto tiene que ser {}.",
            match shape {
                Shape::Text => "texto entre comillas",
                Shape::Number => "un número entero, sin comillas",
                Shape::YesNo => "true o false, sin comillas",
                Shape::List => "una lista entre corchetes",
                Shape::Group => "un grupo de nombres, como { en = \"…\", es = \"…\" }",
            }
        ),
        Wrong::NotOneOf { known } => format!("Esto tiene que ser uno de: {}.", known.join(", ")),
        Wrong::OutOfRange { least, most } => {
            format!("Esto tiene que ser un número de {least} a {most}.")
        }
        Wrong::NotAKey => say(
            "Una clave se escribe con letras minúsculas sin acento, cifras y guiones sencillos, empieza con una letra y tiene 40 caracteres como máximo, por ejemplo three-reads.",
        ),
        Wrong::KeyTwice => say("Esta clave ya se usó. Cada una representa una sola cosa."),
        Wrong::NoWords => say("No hay palabras. Escriba la oración en los dos idiomas."),
        Wrong::TooLong { chars, most } => format!(
            "Esto tiene {chars} caracteres; donde se muestra caben {most}. Dígalo más corto."
        ),
        Wrong::NotOneLine => {
            say("Esto tiene que ser una sola línea, sin espacios antes ni después de las palabras.")
        }
        Wrong::SameInBoth => {
            say("Las palabras en español son iguales a las de inglés. Escríbalas en español.")
        }
        Wrong::NoTheory => say(
            "Una teoría de acción dice: «Si …, los estudiantes …, de modo que …». En inglés: «If we …, then students …, so that …».",
        ),
        Wrong::CoreSize { found } => format!(
            "Una visita individual tiene de cuatro a seis indicadores; core = true está en {found}."
        ),
        Wrong::CoreTimers => say(
            "En el núcleo cabe un cronómetro como máximo: nadie puede llevar dos. Deje uno para las visitas en grupo.",
        ),
        Wrong::CoreCounters => say(
            "En el núcleo caben dos contadores como máximo. Deje uno para las visitas en grupo.",
        ),
        Wrong::NoStudentsInCore => say(
            "Ningún indicador del núcleo muestra lo que hacen los estudiantes. Una visita que solo mira a los adultos no puede decir qué cambió para los estudiantes.",
        ),
        Wrong::NoLevel => say(
            "Ningún indicador es un nivel. Uno tiene que decir con palabras qué tan profunda es la práctica.",
        ),
        Wrong::SeatsNotAsked => say(
            "Un indicador cuenta lugares de enfoque. Escriba seats = true para que se pregunte cuántos son.",
        ),
        Wrong::SeatsForNothing => say(
            "seats = true pregunta por los lugares de enfoque y ningún indicador los cuenta. Quítelo.",
        ),
        Wrong::LookForOutcome => say("Un indicador muestra a los adultos o a los estudiantes."),
        Wrong::HowMany { found, least, most } => {
            format!("Tiene que haber de {least} a {most}; hay {found}.")
        }
        Wrong::ApartTwice => say("Solo una opción puede estar aparte de las demás."),
        Wrong::NoSuchLookFor => say("No hay ningún indicador con esta clave."),
        Wrong::NotBefore => say(
            "Una regla solo puede nombrar un indicador que esté antes: quien observa todavía no ha llegado a este.",
        ),
        Wrong::NoSuchValue { known } if known.is_empty() => {
            say("Ese indicador tiene un número y no valores con nombre. Use at_least.")
        }
        Wrong::NoSuchValue { known } => format!(
            "El indicador no puede tener este valor. Puede tener: {}.",
            known.join(", ")
        ),
        Wrong::NoNumber => say("Ese indicador no tiene un número. Use is = [\"…\"]."),
        Wrong::TooDeep => say(
            "Hay reglas dentro de reglas a más de cuatro niveles. Dígalo de forma más sencilla.",
        ),
        Wrong::DoseKind => say(
            "La dosis necesita un indicador de tipo states, one o many, porque se basa en sus valores.",
        ),
        Wrong::DoseNotInCore => say(
            "El indicador de la dosis tiene que estar en el núcleo: cada visita tiene que registrarlo.",
        ),
        Wrong::DoseMissing { value } => format!(
            "«{value}» no está en in_use, ni en not_in_use, ni en outside. Cada valor tiene su lugar."
        ),
        Wrong::DoseTwice => say("Este valor está en dos lugares. Solo puede estar en uno."),
        Wrong::DoseMoment => {
            say("«No es el momento» siempre queda fuera de lo que se cuenta. Quítelo de aquí.")
        }
        Wrong::NoSuchMeasure => {
            say("No hay ningún indicador, pregunta o resultado con esta clave.")
        }
        Wrong::OtherComponent { shown } => {
            format!("Esta medida muestra {}.", component_spanish(*shown))
        }
        Wrong::ToOrBy => say(
            "Escriba to (el valor al que llega) o by (cuánto cambia desde la línea de base), pero no los dos.",
        ),
        Wrong::UnitFits => say(
            "points va con by (un cambio) y gap va con to (un valor). Use percent, times o minutes, o cambie to y by.",
        ),
        Wrong::NoPrimary { of } => format!(
            "primary no nombra ninguna medida que muestre {}. El equipo elige una de adultos, una de estudiantes y un resultado.",
            component_spanish(*of)
        ),
        Wrong::NoAchievement => say(
            "Ningún resultado muestra lo que logran los estudiantes. Agregue uno con shows = \"outcome\" y source = \"achievement\".",
        ),
        Wrong::SourceElsewhere => {
            say("Lo que se ve en las visitas es un indicador. Un resultado viene de otra fuente.")
        }
        Wrong::Frozen { next } => format!(
            "Esta versión ya se publicó y ahora no es igual. Lo publicado se queda como está; escriba version = {next}."
        ),
        Wrong::NotNext { next } => format!("La siguiente versión de este formulario es {next}."),
        Wrong::KindChanged => say(
            "En una versión anterior, esta clave representa otra cosa. Dé una clave propia a lo nuevo, para que las gráficas no los mezclen.",
        ),
        Wrong::ComponentChanged => say(
            "En una versión anterior, esta clave muestra otra cosa (adultos, estudiantes o resultado). Dé una clave propia a lo nuevo.",
        ),
        Wrong::AnchorsChanged { before } => format!(
            "En una versión anterior, este nivel tiene {before} descripciones. Conserve su número o dé una clave propia al nivel nuevo."
        ),
    }
}

fn component_spanish(component: Component) -> &'static str {
    match component {
        Component::Adults => "a los adultos",
        Component::Students => "a los estudiantes",
        Component::Outcome => "el resultado",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each, as `docs/forms.md` shows them.
    fn each() -> Vec<Wrong> {
        let known = vec!["adults", "students"];
        let shapes = [
            Shape::Text,
            Shape::Number,
            Shape::YesNo,
            Shape::List,
            Shape::Group,
        ];
        let mut each: Vec<Wrong> = shapes.map(Wrong::NotA).to_vec();
        each.extend([
            Wrong::Syntax {
                detail: "missing comma between array elements".into(),
            },
            Wrong::UnknownName {
                name: "cored".into(),
                known: vec!["core", "en", "es", "key", "kind", "when", "who"],
            },
            Wrong::Missing { name: "es" },
            Wrong::NotOneOf { known },
            Wrong::OutOfRange { least: 1, most: 60 },
            Wrong::NotAKey,
            Wrong::KeyTwice,
            Wrong::NoWords,
            Wrong::TooLong {
                chars: 95,
                most: 90,
            },
            Wrong::NotOneLine,
            Wrong::SameInBoth,
            Wrong::NoTheory,
            Wrong::CoreSize { found: 7 },
            Wrong::CoreTimers,
            Wrong::CoreCounters,
            Wrong::NoStudentsInCore,
            Wrong::NoLevel,
            Wrong::SeatsNotAsked,
            Wrong::SeatsForNothing,
            Wrong::HowMany {
                found: 1,
                least: 2,
                most: 5,
            },
            Wrong::ApartTwice,
            Wrong::NoSuchLookFor,
            Wrong::NotBefore,
            Wrong::NoSuchValue { known: Vec::new() },
            Wrong::NoSuchValue {
                known: vec!["seen".into(), "partly".into(), "not_seen".into()],
            },
            Wrong::NoNumber,
            Wrong::TooDeep,
            Wrong::DoseKind,
            Wrong::DoseNotInCore,
            Wrong::DoseMissing {
                value: "partly".into(),
            },
            Wrong::DoseTwice,
            Wrong::DoseMoment,
            Wrong::NoSuchMeasure,
            Wrong::OtherComponent {
                shown: Component::Students,
            },
            Wrong::ToOrBy,
            Wrong::UnitFits,
            Wrong::NoPrimary {
                of: Component::Outcome,
            },
            Wrong::NoAchievement,
            Wrong::SourceElsewhere,
            Wrong::Frozen { next: 2 },
            Wrong::NotNext { next: 2 },
            Wrong::KindChanged,
            Wrong::ComponentChanged,
            Wrong::AnchorsChanged { before: 4 },
        ]);
        each
    }

    #[test]
    fn every_fault_is_said_in_both_languages_and_stands_in_the_page_for_authors() {
        let page = include_str!("../../docs/forms.md");
        let missing: Vec<String> = each()
            .iter()
            .map(|wrong| {
                let english = Language::English.form_fault(wrong);
                assert_ne!(english, Language::Spanish.form_fault(wrong));
                english
            })
            .filter(|english| !page.contains(english))
            .collect();
        assert!(
            missing.is_empty(),
            "not in docs/forms.md:\n{}",
            missing.join("\n")
        );
    }
}
