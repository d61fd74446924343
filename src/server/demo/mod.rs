//! The demo: an invented district that comes in by the same doors as a real one.
//!
//! Reading order: [`dice`] (chance that is always the same), [`names`], [`plan`] (schools, people, classes,
//! bells, days), [`files`] (the plan as a district would export it), [`tests_of_change`] (three ideas and who
//! visits whom), [`visits`] (what is recorded, day by day), [`rate`] (what is marked), [`words`] (what is said), then [`client`] and
//! [`load`]: a client of the API that imports the files, signs people in by their invitations, and pushes. [`start`] is what a server does that is started with a demo.
//!
//! Everything is made from a seed and the day that it leads up to, so that loading can be broken off and begun
//! again at any point. Never here: SQL, a clock, and a name of a real person; children have no names at all.

pub mod client;
pub mod dice;
pub mod files;
pub mod load;
pub mod names;
pub mod plan;
pub mod rate;
pub mod start;
pub mod tests_of_change;
pub mod visits;
pub mod words;
