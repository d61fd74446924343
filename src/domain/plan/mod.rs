//! Planning: what a team says before it looks, and what it decides after.
//!
//! Reading order: a [`change_idea`] with its form, its [`prediction`], the [`voice`] of teachers and its
//! [`outcome`]s; [`check`] (what a form must be to fit a visit and a phone) and [`versions`] (what may not
//! change from one version to the next), which answer with [`fault`]s; [`stage`] (which state an idea may go
//! to); [`path`] is what it went through.
//!
//! Never here: a file's syntax, and a sentence that a person reads.

pub mod change_idea;
pub mod check;
pub mod fault;
pub mod outcome;
pub mod path;
pub mod prediction;
pub mod stage;
pub mod versions;
pub mod voice;
