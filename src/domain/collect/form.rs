//! A walkthrough form: a versioned set of look-fors, made for one change idea.

use super::look_for::{Bilingual, Component, LookFor, LookForKey};
use serde::{Deserialize, Serialize};

/// A form by key and version. The version is part of every record made on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRef {
    /// The key of the change idea's form.
    pub key: String,
    /// From 1; a published version never changes.
    pub version: u32,
}

/// A form as an observer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Which form and version this is.
    pub form: FormRef,
    /// The name of the change idea.
    pub title: Bilingual,
    /// The theory of action in one sentence.
    pub theory: Bilingual,
    /// What to look for, in the order of the form.
    pub look_fors: Vec<LookFor>,
}

impl Form {
    /// The look-for of this key, if the form has it.
    pub fn look_for(&self, key: &LookForKey) -> Option<&LookFor> {
        self.look_fors.iter().find(|look_for| look_for.key == *key)
    }

    /// The form that this version ships with: "Three reads" (report 001), one look-for of it.
    pub fn three_reads() -> Self {
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
            look_fors: vec![LookFor {
                key: LookForKey("purpose-said".into()),
                component: Component::Adults,
                words: say(
                    "Each read has a purpose, said aloud or shown",
                    "Cada lectura tiene un propósito, dicho en voz alta o a la vista",
                ),
            }],
        }
    }

    /// The form of this key and version that the device has, if it has it.
    pub fn find(form: &FormRef) -> Option<Self> {
        Some(Self::three_reads()).filter(|known| known.form == *form)
    }
}
