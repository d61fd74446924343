//! Where visits are made: sites with their wall clocks, bells and school days, and which classes are likely now.
//!
//! Reading order: [`district`] (its settings), [`day`] (a date), [`wall`] (from an instant to what the wall of a site shows), [`bells`]
//! and [`calendar`] (periods, and which days are school days), [`hours`] (a site at one moment), [`room`] and
//! [`likely`] (which classes to visit now), [`missed`] (a class that cannot be visited today).
//!
//! Never here: a time zone by its name (the server makes offsets of it), a clock, and a judgement of a class.

pub mod bells;
pub mod calendar;
pub mod day;
pub mod district;
pub mod hours;
pub mod likely;
pub mod missed;
pub mod room;
pub mod wall;

pub use bells::{Bells, DayType, Period, Schedule};
pub use calendar::Calendar;
pub use day::Day;
pub use district::District;
pub use missed::{ClassMissed, Missed, Why};
pub use wall::{Offset, Offsets, Wall};

use super::id::SiteId;
use serde::{Deserialize, Serialize};

/// A school or other place that takes part, as everybody in the district knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// What it is called.
    pub name: String,
    /// What its wall clock shows; empty as long as the district has not said its time zone.
    #[serde(default, skip_serializing_if = "Offsets::is_empty")]
    pub offsets: Offsets,
}
