//! Studying: what figures may say.
//!
//! [`small_group`] says from how many on a figure is shown outside the circle that may see it anyway, [`basis`] on
//! whom it rests; [`pool`] is what many teachers say of one week, and [`follow_through`] how much feedback is read.

pub mod basis;
pub mod follow_through;
pub mod pool;
pub mod small_group;
