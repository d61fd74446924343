//! Forms as their authors write them, and the starter library.
//!
//! A change idea is one TOML file in two languages. Reading order: [`places`] (where something stands in a
//! file), [`section`] (names and values, each fault noted), [`mod@read`] (the file), [`starter`] (the twelve
//! ideas of the library, and what was published before). `docs/forms.md` says how to write one.
//!
//! Never here: a rule about forms (`domain::plan::check` has them), a store, and a sentence for a person.

pub mod places;
pub mod read;
mod section;
pub mod starter;

pub use places::Located;
pub use read::{Written, read};

#[cfg(test)]
mod tests;
