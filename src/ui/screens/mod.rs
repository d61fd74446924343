//! The screens. Each is made of components and of sentences from `text`.

pub mod visit;
