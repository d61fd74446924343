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

/// One look-for of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookFor {
    /// Its key.
    pub key: LookForKey,
    /// Whose doing it shows.
    pub component: Component,
    /// What to look for, in words.
    pub words: Bilingual,
    /// Whether it is among the four to six of a solo visit; the others are for group walks.
    #[serde(default)]
    pub core: bool,
    /// How it is recorded.
    pub kind: Kind,
    /// When it is asked; none: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Rule>,
}

/// How a look-for is recorded. "Not the moment" is possible on each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// Seen, partly, not seen.
    States,
    /// One of the anchors, in words, from the least to the most; never shown as numbers.
    Level {
        /// Two to five.
        anchors: Vec<Bilingual>,
    },
    /// A counter.
    Counter,
    /// A timer that is started and stopped.
    Timer,
    /// So many of so many.
    Ratio {
        /// What is counted of them, such as "could say it".
        part: Bilingual,
        /// What they are, such as "asked".
        of: Bilingual,
        /// The most that "of" can be; none: the students of the class.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u16>,
    },
    /// Two counters side by side: the focus seats and the others.
    Seats,
    /// One of some choices.
    One {
        /// Two to eight.
        choices: Vec<Choice>,
    },
    /// Any of some choices.
    Many {
        /// Two to nine.
        choices: Vec<Choice>,
    },
    /// A line of text, at most 140 characters.
    Note,
}

/// A choice of a look-for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its key, stable across the versions of the form.
    pub key: String,
    /// What it says.
    pub words: Bilingual,
    /// Whether it is the one that says "none of it", which excludes the others and stands apart.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub apart: bool,
}

/// When a look-for is asked, by what is recorded for others before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The look-for has one of these values: the name of a state, or the key of a choice.
    Is {
        /// The look-for.
        look_for: LookForKey,
        /// The values.
        any_of: Vec<String>,
    },
    /// The look-for's level, count, seconds or part is at least this.
    AtLeast {
        /// The look-for.
        look_for: LookForKey,
        /// The number.
        number: u32,
    },
    /// All of these hold.
    All(Vec<Rule>),
    /// One of these holds.
    Any(Vec<Rule>),
    /// It does not hold.
    Not(Box<Rule>),
}
