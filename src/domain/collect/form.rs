//! A walkthrough form: a versioned set of look-fors, made for one change idea.

use super::look_for::{Bilingual, LookFor, LookForKey};
use serde::{Deserialize, Serialize};

/// A form by key and version. The version is part of every record made on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRef {
    /// The key of the change idea's form.
    pub key: String,
    /// From 1; a published version never changes.
    pub version: u32,
}

impl FormRef {
    /// The id of the document that carries this version: `three-reads@0002`, so that ids sort as versions do.
    pub fn document_id(&self) -> String {
        format!("{}@{:04}", self.key, self.version)
    }
}

/// A form as an observer sees it. It travels to devices as a document, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Which form and version this is.
    pub form: FormRef,
    /// The name of the change idea.
    pub title: Bilingual,
    /// The theory of action in one sentence.
    pub theory: Bilingual,
    /// Whether the number of focus seats and of all seats is asked once per visit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seats: bool,
    /// What to look for, in the order of the form.
    pub look_fors: Vec<LookFor>,
    /// Which look-for says whether the change idea was in use, and by which values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<Dose>,
}

/// Which look-for says whether the change idea was in use. A value is the name of a state, or the key of a
/// choice; every value of the look-for stands in one of the three lists, "not the moment" always outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dose {
    /// The look-for.
    pub look_for: LookForKey,
    /// It was in use.
    pub in_use: Vec<String>,
    /// It could have been in use, and was not.
    pub not_in_use: Vec<String>,
    /// It could not have been: outside the denominator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<String>,
}

impl Form {
    /// The look-for of this key, if the form has it.
    pub fn look_for(&self, key: &LookForKey) -> Option<&LookFor> {
        self.look_fors.iter().find(|look_for| look_for.key == *key)
    }

    /// The form that the first versions shipped with, for tests: "Three reads", one look-for of it.
    #[cfg(any(test, feature = "tests"))]
    pub fn three_reads() -> Self {
        use super::look_for::{Component, Kind};
        let say = |en: &str, es: &str| Bilingual {
            en: en.into(),
            es: es.into(),
        };
        Self {
            form: FormRef {
                key: "three-reads".into(),
                version: 1,
            },
            title: say("Three reads", "Tres lecturas"),
            theory: say(
                "If students read a problem three times, each with a purpose, then more of them can say what is asked before they start.",
                "Si los estudiantes leen un problema tres veces, cada vez con un propósito, más de ellos pueden decir qué se pide antes de empezar.",
            ),
            seats: false,
            dose: None,
            look_fors: vec![LookFor {
                key: LookForKey("purpose-said".into()),
                component: Component::Adults,
                core: true,
                kind: Kind::States,
                when: None,
                words: say(
                    "Each read has a purpose, said aloud or shown",
                    "Cada lectura tiene un propósito, dicho en voz alta o a la vista",
                ),
            }],
        }
    }
}
