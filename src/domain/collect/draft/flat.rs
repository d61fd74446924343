//! A tap as it stands in JSON: one flat object with the fields of every act. A shape for each act would say more,
//! and weigh many times as much in the page.

use super::act::{Act, Tap};
use crate::domain::act::support::Category;
use crate::domain::collect::look_for::LookForKey;
use crate::domain::collect::rating::Rating;
use crate::domain::collect::walkthrough::{Lesson, Phase};
use crate::domain::moment::Moment;
use serde::{Deserialize, Serialize};

/// The name of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Rate,
    Count,
    Uncount,
    Start,
    Stop,
    Part,
    Of,
    Write,
    Bright,
    Enter,
    Phase,
    Observers,
    Notice,
    Students,
    FocusSeats,
    Support,
    Leave,
    Undo,
}

/// A tap in JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Flat {
    revision: u32,
    at: Moment,
    act: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    look_for: Option<LookForKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rating: Option<Rating>,
    /// A number: seconds, milliseconds, or how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lesson: Option<Lesson>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phase: Option<Phase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<Category>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    on: bool,
}

impl From<Tap> for Flat {
    fn from(Tap { revision, at, act }: Tap) -> Self {
        let mut flat = Self {
            revision,
            at,
            act: Name::Undo,
            look_for: act.look_for().cloned(),
            rating: None,
            number: None,
            text: None,
            lesson: None,
            phase: None,
            category: None,
            on: false,
        };
        flat.act = match act {
            Act::Rate { rating, .. } => {
                flat.rating = rating;
                Name::Rate
            }
            Act::Count { at_s, .. } => {
                flat.number = Some(at_s.into());
                Name::Count
            }
            Act::Uncount { .. } => Name::Uncount,
            Act::Start { .. } => Name::Start,
            Act::Stop { ran_ms, .. } => {
                flat.number = ran_ms;
                Name::Stop
            }
            Act::Part { number, .. } => {
                flat.number = number.map(u64::from);
                Name::Part
            }
            Act::Of { number, .. } => {
                flat.number = number.map(u64::from);
                Name::Of
            }
            Act::Write { text, .. } => {
                flat.text = Some(text);
                Name::Write
            }
            Act::Bright { on, .. } => {
                flat.on = on;
                Name::Bright
            }
            Act::Enter { lesson } => {
                flat.lesson = Some(lesson);
                Name::Enter
            }
            Act::Phase { phase } => {
                flat.phase = phase;
                Name::Phase
            }
            Act::Observers { observers } => {
                flat.number = Some(observers.into());
                Name::Observers
            }
            Act::Notice { given } => {
                flat.on = given;
                Name::Notice
            }
            Act::Students { students } => {
                flat.number = students.map(u64::from);
                Name::Students
            }
            Act::FocusSeats { focus_seats } => {
                flat.number = focus_seats.map(u64::from);
                Name::FocusSeats
            }
            Act::Support { category, on } => {
                (flat.category, flat.on) = (Some(category), on);
                Name::Support
            }
            Act::Leave => Name::Leave,
            Act::Undo => Name::Undo,
        };
        flat
    }
}

impl TryFrom<Flat> for Tap {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        const MISSING: &str = "a field of the act is missing";
        let small = |number: Option<u64>| -> Result<Option<u16>, Self::Error> {
            let number = number.map(u16::try_from).transpose();
            number.map_err(|_| "a number is too large")
        };
        let (number, on, rating) = (flat.number, flat.on, flat.rating);
        let key = flat.look_for.clone().ok_or(MISSING);
        let act = match flat.act {
            Name::Rate => Act::Rate {
                look_for: key?,
                rating,
            },
            Name::Count => Act::Count {
                look_for: key?,
                at_s: u32::try_from(number.ok_or(MISSING)?).unwrap_or(u32::MAX),
            },
            Name::Uncount => Act::Uncount { look_for: key? },
            Name::Start => Act::Start { look_for: key? },
            Name::Stop => Act::Stop {
                look_for: key?,
                ran_ms: number,
            },
            Name::Part => Act::Part {
                look_for: key?,
                number: small(number)?,
            },
            Name::Of => Act::Of {
                look_for: key?,
                number: small(number)?,
            },
            Name::Write => Act::Write {
                look_for: flat.look_for,
                text: flat.text.ok_or(MISSING)?,
            },
            Name::Bright => Act::Bright {
                look_for: flat.look_for,
                on,
            },
            Name::Enter => Act::Enter {
                lesson: flat.lesson.ok_or(MISSING)?,
            },
            Name::Phase => Act::Phase { phase: flat.phase },
            Name::Observers => Act::Observers {
                observers: u8::try_from(number.ok_or(MISSING)?).unwrap_or(u8::MAX),
            },
            Name::Notice => Act::Notice { given: on },
            Name::Students => Act::Students {
                students: small(number)?,
            },
            Name::FocusSeats => Act::FocusSeats {
                focus_seats: small(number)?,
            },
            Name::Support => Act::Support {
                category: flat.category.ok_or(MISSING)?,
                on,
            },
            Name::Leave => Act::Leave,
            Name::Undo => Act::Undo,
        };
        Ok(Self {
            revision: flat.revision,
            at: flat.at,
            act,
        })
    }
}
