//! Collecting: from a form to a finished walkthrough.
//!
//! Reading order: [`form`] and its [`look_for`]s, the [`rating`] that a tap gives, the [`draft`]
//! that taps fold into, the [`walkthrough`] that a draft becomes.

pub mod draft;
pub mod form;
pub mod look_for;
pub mod rating;
pub mod walkthrough;
