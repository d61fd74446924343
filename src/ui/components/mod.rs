//! The parts of screens: each says what it is to a reader of any kind, and calls back what was touched.

#[cfg(feature = "device")]
pub mod agreed;
#[cfg(feature = "device")]
pub mod aside;
#[cfg(feature = "device")]
pub mod came;
#[cfg(feature = "device")]
pub mod look_for;
pub mod notice;
#[cfg(feature = "device")]
pub mod undo;
#[cfg(feature = "device")]
pub mod visits;
