//! Whether the district is an invented one.

use super::Later;
use crate::domain::place::Day;

/// Knows the demo. A store that has people and visits of its own never becomes one.
pub trait Demos {
    /// Makes the district an invented one that leads up to this day, if nothing is in it yet. Gives how far it is;
    /// none when the district is a real one, which stays as it is.
    fn begin_demo(&self, today: Day) -> Later<'_, Option<Demo>>;

    /// Whether the district is an invented one, which every page says.
    fn is_demo(&self) -> Later<'_, bool>;

    /// Says that all of it is there.
    fn demo_loaded(&self) -> Later<'_, ()>;
}

/// An invented district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demo {
    /// The day that its dates lead up to: the day on which it was begun.
    pub today: Day,
    /// Whether all of it is there.
    pub loaded: bool,
}
