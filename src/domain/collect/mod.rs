//! Collecting: from a form to a finished walkthrough.
//!
//! Reading order: [`form`] and its [`look_for`]s, the [`rating`] that a tap gives, the [`rule`] by which
//! one look-for is asked because of another, the [`draft`] that taps fold into, the [`walkthrough`] that a draft
//! becomes, the [`visit`] that stays in the observer's list, [`today`] (what the first screen shows); [`published`]
//! says which forms there are; and what teachers say themselves: the [`survey`] of a week, the log of a [`lesson`].

pub mod draft;
pub mod form;
pub mod lesson;
pub mod look_for;
pub mod published;
pub mod rating;
pub mod rule;
#[cfg(any(test, feature = "tests"))]
pub mod samples;
pub mod survey;
pub mod today;
pub mod visit;
pub mod walkthrough;
