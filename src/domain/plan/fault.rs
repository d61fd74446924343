//! What is wrong with a form, and where. `text` says it to its author.

use crate::domain::collect::look_for::Component;

/// Something that keeps a form from being used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a path of names and places from 0, such as `look_for[2].anchors[1].es`. What is not
    /// there is named where it would stand; the whole form is the empty path.
    pub place: String,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    // The file.
    /// It is not TOML there.
    Syntax {
        /// What the reader of TOML said, in English.
        detail: String,
    },
    /// A name that nothing asks for.
    UnknownName {
        /// The name.
        name: String,
        /// What may stand there.
        known: Vec<&'static str>,
    },
    /// Something is missing.
    Missing {
        /// Its name.
        name: &'static str,
    },
    /// The value is of another type.
    NotA(Shape),
    /// The value is none of those that may stand there.
    NotOneOf {
        /// What may.
        known: Vec<&'static str>,
    },
    /// The number is not in its range.
    OutOfRange {
        /// The smallest.
        least: u32,
        /// The largest.
        most: u32,
    },

    // Words and keys.
    /// A key is not in small letters, digits and single hyphens, or too long.
    NotAKey,
    /// The key was used before.
    KeyTwice,
    /// There are no words.
    NoWords,
    /// The words do not fit.
    TooLong {
        /// How many characters there are.
        chars: usize,
        /// How many there may be.
        most: usize,
    },
    /// Spaces around the words, or a line break in them.
    NotOneLine,
    /// Both languages say the same.
    SameInBoth,
    /// The theory of action is no sentence "If we … then students … so that …".
    NoTheory,

    // The form as a whole.
    /// A solo visit has too few or too many look-fors.
    CoreSize {
        /// How many there are.
        found: usize,
    },
    /// More than one timer in the core.
    CoreTimers,
    /// More than two counters in the core.
    CoreCounters,
    /// No look-for of the core shows what students do.
    NoStudentsInCore,
    /// No look-for is a level.
    NoLevel,
    /// Focus seats are looked for and `seats` does not ask for them.
    SeatsNotAsked,
    /// `seats` asks for focus seats and no look-for uses them.
    SeatsForNothing,
    /// Students' achievement is no look-for.
    LookForOutcome,

    // One look-for.
    /// Too few or too many in a list.
    HowMany {
        /// How many there are.
        found: usize,
        /// At least.
        least: usize,
        /// At most.
        most: usize,
    },
    /// More than one choice stands apart.
    ApartTwice,
    /// There is no look-for of this key.
    NoSuchLookFor,
    /// The look-for does not stand before this one.
    NotBefore,
    /// The look-for cannot have this value.
    NoSuchValue {
        /// What it can have.
        known: Vec<String>,
    },
    /// The look-for has no number to compare.
    NoNumber,
    /// Rules within rules, too deep.
    TooDeep,

    // The dose.
    /// The look-for of the dose has no states or choices.
    DoseKind,
    /// The look-for of the dose is not in the core.
    DoseNotInCore,
    /// A value of the look-for is in no list.
    DoseMissing {
        /// The value.
        value: String,
    },
    /// A value stands in two places.
    DoseTwice,
    /// "Not the moment" is always outside.
    DoseMoment,

    // Measures.
    /// There is no measure of this key.
    NoSuchMeasure,
    /// The measure shows another component.
    OtherComponent {
        /// The one that it shows.
        shown: Component,
    },
    /// Neither or both of `to` and `by`.
    ToOrBy,
    /// The unit does not go with `to`, or with `by`.
    UnitFits,
    /// No primary measure of a component.
    NoPrimary {
        /// The component.
        of: Component,
    },
    /// No outcome measure of students' achievement.
    NoAchievement,
    /// This source is not for outcomes.
    SourceElsewhere,

    // Versions.
    /// This version is published, and is not the same.
    Frozen {
        /// The number of the next version.
        next: u32,
    },
    /// The version is not the next one.
    NotNext {
        /// The next one.
        next: u32,
    },
    /// What has this key was of another kind before.
    KindChanged,
    /// What has this key showed another component before.
    ComponentChanged,
    /// The level had another number of anchors before.
    AnchorsChanged {
        /// How many.
        before: usize,
    },
}

/// What a value is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text in quotation marks.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    YesNo,
    /// A list.
    List,
    /// A group of names.
    Group,
}
