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

/// Whose doing a look-for or a measure shows: adults, students, or the outcome.
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
///
/// In JSON it is one flat object, of which `type` says which kind it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FlatKind", into = "FlatKind")]
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

/// The name of a kind, as it stands in records and in the files of change ideas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindName {
    /// Of [`Kind::States`].
    States,
    /// Of [`Kind::Level`].
    Level,
    /// Of [`Kind::Counter`].
    Counter,
    /// Of [`Kind::Timer`].
    Timer,
    /// Of [`Kind::Ratio`].
    Ratio,
    /// Of [`Kind::Seats`].
    Seats,
    /// Of [`Kind::One`].
    One,
    /// Of [`Kind::Many`].
    Many,
    /// Of [`Kind::Note`].
    Note,
}

impl KindName {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::States,
        Self::Level,
        Self::Counter,
        Self::Timer,
        Self::Ratio,
        Self::Seats,
        Self::One,
        Self::Many,
        Self::Note,
    ];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Level => "level",
            Self::Counter => "counter",
            Self::Timer => "timer",
            Self::Ratio => "ratio",
            Self::Seats => "seats",
            Self::One => "one",
            Self::Many => "many",
            Self::Note => "note",
        }
    }
}

/// A kind as it stands in JSON: one flat object with the fields of every kind. A shape for each kind would say
/// more, and weigh many times as much in the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct FlatKind {
    r#type: KindName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    anchors: Option<Vec<Bilingual>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<Bilingual>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Bilingual>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    most: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    choices: Option<Vec<Choice>>,
}

impl From<Kind> for FlatKind {
    fn from(kind: Kind) -> Self {
        let mut flat = Self {
            r#type: KindName::States,
            anchors: None,
            part: None,
            of: None,
            most: None,
            choices: None,
        };
        flat.r#type = match kind {
            Kind::States => KindName::States,
            Kind::Level { anchors } => {
                flat.anchors = Some(anchors);
                KindName::Level
            }
            Kind::Counter => KindName::Counter,
            Kind::Timer => KindName::Timer,
            Kind::Ratio { part, of, most } => {
                (flat.part, flat.of, flat.most) = (Some(part), Some(of), most);
                KindName::Ratio
            }
            Kind::Seats => KindName::Seats,
            Kind::One { choices } => {
                flat.choices = Some(choices);
                KindName::One
            }
            Kind::Many { choices } => {
                flat.choices = Some(choices);
                KindName::Many
            }
            Kind::Note => KindName::Note,
        };
        flat
    }
}

impl TryFrom<FlatKind> for Kind {
    type Error = &'static str;

    fn try_from(flat: FlatKind) -> Result<Self, Self::Error> {
        const MISSING: &str = "a field of the kind is missing";
        Ok(match flat.r#type {
            KindName::States => Self::States,
            KindName::Level => Self::Level {
                anchors: flat.anchors.ok_or(MISSING)?,
            },
            KindName::Counter => Self::Counter,
            KindName::Timer => Self::Timer,
            KindName::Ratio => Self::Ratio {
                part: flat.part.ok_or(MISSING)?,
                of: flat.of.ok_or(MISSING)?,
                most: flat.most,
            },
            KindName::Seats => Self::Seats,
            KindName::One => Self::One {
                choices: flat.choices.ok_or(MISSING)?,
            },
            KindName::Many => Self::Many {
                choices: flat.choices.ok_or(MISSING)?,
            },
            KindName::Note => Self::Note,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::samples::every_kind;

    #[test]
    fn every_kind_is_written_under_its_name() {
        for name in KindName::ALL {
            assert_eq!(serde_json::to_value(name).ok(), Some(name.name().into()));
        }
        let written = every_kind().look_fors.into_iter().map(|look_for| {
            let kind = serde_json::to_value(look_for.kind).expect("it is JSON");
            kind.get("type")
                .and_then(|name| name.as_str().map(str::to_owned))
        });
        let mut written: Vec<_> = written.flatten().collect();
        let mut names = KindName::ALL.map(KindName::name);
        written.sort();
        names.sort_unstable();
        assert_eq!(written, names);
    }
}
