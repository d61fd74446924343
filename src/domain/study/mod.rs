//! Studying: what figures may say.
//!
//! [`small_group`] says from how many on a figure is shown outside the circle that may see it anyway.

pub mod follow_through;
pub mod small_group;
