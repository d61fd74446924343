//! Acting: what people do with what was noticed.
//!
//! Reading order: [`feedback`] (to the teacher, and back), [`bright_spot`] (with the teacher's
//! permission), [`support`], [`decision`].

pub mod bright_spot;
pub mod decision;
pub mod feedback;
pub mod support;
