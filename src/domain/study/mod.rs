//! Studying: what figures may say.
//!
//! [`small_group`] says from how many on a figure is shown outside the circle that may see it anyway, [`basis`] on
//! whom it rests.

pub mod basis;
pub mod follow_through;
pub mod small_group;
