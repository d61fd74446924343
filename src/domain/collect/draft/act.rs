//! What a tap does, and whether it fits the form.

use super::flat::Flat;
use crate::domain::act::support::Category;
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::{Choice, Kind, LookForKey};
use crate::domain::collect::rating::Rating;
use crate::domain::collect::walkthrough::{Lesson, Phase};
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};

/// One tap. In JSON it is one flat object, of which `act` says what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Flat", into = "Flat")]
pub struct Tap {
    /// The revision of the draft that this tap makes, from 1, without gaps.
    pub revision: u32,
    /// When it was made.
    pub at: Moment,
    /// What it does.
    pub act: Act,
}

/// What one tap does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A look-for is rated, or everything that is recorded for it is taken away.
    Rate {
        /// The look-for.
        look_for: LookForKey,
        /// The rating; none makes it "not looked for" again.
        rating: Option<Rating>,
    },
    /// Something was counted once more.
    Count {
        /// The look-for.
        look_for: LookForKey,
        /// When, in seconds since the visit began.
        at_s: u32,
    },
    /// It was counted once too often. With nothing counted it says that there was none.
    Uncount {
        /// The look-for.
        look_for: LookForKey,
    },
    /// A timer starts.
    Start {
        /// The look-for.
        look_for: LookForKey,
    },
    /// A timer stops.
    Stop {
        /// The look-for.
        look_for: LookForKey,
        /// How long it ran by a clock that only goes forward; none when the page was started anew meanwhile.
        ran_ms: Option<u64>,
    },
    /// How many of them, in a ratio.
    Part {
        /// The look-for.
        look_for: LookForKey,
        /// The number; none takes it away.
        number: Option<u16>,
    },
    /// Of how many, in a ratio.
    Of {
        /// The look-for.
        look_for: LookForKey,
        /// The number; none takes it away.
        number: Option<u16>,
    },
    /// The text of a look-for that is a note, or the visit's line of evidence: all of it, as it is now.
    Write {
        /// The look-for; none for the visit's line of evidence.
        look_for: Option<LookForKey>,
        /// The text.
        text: String,
    },
    /// A bright spot is tagged, or is none after all.
    Bright {
        /// The look-for that it shows; none for the visit as a whole.
        look_for: Option<LookForKey>,
        /// Whether it is one.
        on: bool,
    },
    /// It is another lesson than the one that was thought.
    Enter {
        /// The lesson.
        lesson: Lesson,
    },
    /// Where the lesson was.
    Phase {
        /// Where; none takes it away.
        phase: Option<Phase>,
    },
    /// How many visit together, from 1.
    Observers {
        /// How many.
        observers: u8,
    },
    /// Whether the teacher was told before.
    Notice {
        /// Whether.
        given: bool,
    },
    /// How many students are in the class.
    Students {
        /// How many; none takes it away.
        students: Option<u16>,
    },
    /// How many of them sit at focus seats.
    FocusSeats {
        /// How many; none takes it away.
        focus_seats: Option<u16>,
    },
    /// Support of a kind was wanted, or was not after all.
    Support {
        /// The kind.
        category: Category,
        /// Whether it was wanted.
        on: bool,
    },
    /// The observer is done in the room.
    Leave,
    /// The last tap that counts is taken back.
    Undo,
}

impl Act {
    /// The look-for that it is about; none when it is about the visit.
    pub fn look_for(&self) -> Option<&LookForKey> {
        match self {
            Self::Rate { look_for, .. }
            | Self::Count { look_for, .. }
            | Self::Uncount { look_for }
            | Self::Start { look_for }
            | Self::Stop { look_for, .. }
            | Self::Part { look_for, .. }
            | Self::Of { look_for, .. } => Some(look_for),
            Self::Write { look_for, .. } | Self::Bright { look_for, .. } => look_for.as_ref(),
            Self::Enter { .. }
            | Self::Phase { .. }
            | Self::Observers { .. }
            | Self::Notice { .. }
            | Self::Students { .. }
            | Self::FocusSeats { .. }
            | Self::Support { .. }
            | Self::Leave
            | Self::Undo => None,
        }
    }

    /// Whether the form has what the act is about, and takes what it records there.
    ///
    /// # Errors
    /// [`Problem::UnknownLookFor`] when it has no such look-for, [`Problem::DoesNotFit`] when the look-for
    /// takes something else.
    pub fn fits(&self, form: &Form) -> Result<(), Problem> {
        use super::{LINE_MAX_CHARS, NOTE_MAX_CHARS};
        let Some(key) = self.look_for() else {
            let fits = match self {
                Self::Write { text, .. } => text.chars().count() <= NOTE_MAX_CHARS,
                Self::Observers { observers } => *observers >= 1,
                _ => true,
            };
            return does(fits, "");
        };
        let look_for = form.look_for(key).ok_or_else(|| Problem::UnknownLookFor {
            look_for: key.0.clone(),
        })?;
        let kind = &look_for.kind;
        let fits = match self {
            Self::Rate { rating, .. } => rating.as_ref().is_none_or(|rating| takes(kind, rating)),
            Self::Count { .. } | Self::Uncount { .. } => matches!(kind, Kind::Counter),
            Self::Start { .. } | Self::Stop { .. } => matches!(kind, Kind::Timer),
            Self::Part { .. } | Self::Of { .. } => matches!(kind, Kind::Ratio { .. }),
            Self::Write { text, .. } => {
                matches!(kind, Kind::Note) && text.chars().count() <= LINE_MAX_CHARS
            }
            _ => true,
        };
        does(fits, &key.0)
    }
}

fn does(fits: bool, look_for: &str) -> Result<(), Problem> {
    match fits {
        true => Ok(()),
        false => Err(Problem::DoesNotFit {
            look_for: look_for.into(),
        }),
    }
}

/// Whether a look-for of this kind takes this rating.
fn takes(kind: &Kind, rating: &Rating) -> bool {
    let has = |choices: &[Choice], key: &String| choices.iter().any(|choice| choice.key == *key);
    if *rating == Rating::NotTheMoment {
        return true;
    }
    match kind {
        Kind::States => rating.is_state(),
        Kind::Level { anchors } => {
            matches!(rating, Rating::Level(level) if usize::from(*level) < anchors.len())
        }
        Kind::Counter => matches!(rating, Rating::Count(_)),
        Kind::Timer => matches!(rating, Rating::Timed { .. }),
        Kind::Ratio { most, .. } => {
            matches!(rating, Rating::Ratio { part, of } if part <= of && most.is_none_or(|most| *of <= most))
        }
        Kind::Seats => matches!(rating, Rating::Seats { .. }),
        Kind::One { choices } => matches!(rating, Rating::One(key) if has(choices, key)),
        Kind::Many { choices } => {
            matches!(rating, Rating::Many(keys) if keys.iter().all(|key| has(choices, key)))
        }
        // What is written down is recorded by writing.
        Kind::Note => false,
    }
}
