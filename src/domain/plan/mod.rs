//! Planning: what a team says before it looks.

pub mod prediction;
