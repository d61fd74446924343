//! Acting: what people do with what was noticed.
//!
//! Reading order: [`feedback`] (to the teacher, and back), [`bright_spot`] (with the teacher's
//! permission), [`support`], [`welcome`] ("come and see this"), [`decision`]; [`saying`] is how a page hands such a fact to the store.

pub mod bright_spot;
pub mod decision;
pub mod feedback;
pub mod saying;
pub mod support;
pub mod welcome;
