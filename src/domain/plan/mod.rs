//! Planning: what a team says before it looks, and what it decides after.
//!
//! [`prediction`] is what is locked before the first visit; [`path`] is what a change idea went through.

pub mod path;
pub mod prediction;
