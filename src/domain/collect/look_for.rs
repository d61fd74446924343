//! A look-for: one observable sign of the change idea.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The key of a look-for, stable across the versions of its form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LookForKey(pub String);

impl fmt::Display for LookForKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose doing a look-for or a measure shows (report 000: adult behaviour, student behaviour, outcomes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// What adults did.
    Adults,
    /// What students did.
    Students,
    /// What students achieved.
    Outcome,
}

/// The same sentence in both languages of the product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

/// One look-for of a form, rated in three states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookFor {
    /// Its key.
    pub key: LookForKey,
    /// Whose doing it shows.
    pub component: Component,
    /// What to look for, in words.
    pub words: Bilingual,
}
