//! The pages of the office, for leads and admins: typed values to HTML, without a script.
//!
//! Reading order: [`piece`] (what pages are made of), [`frame`] (what stands around each), [`door`] (the way
//! in, and what is no page), then one file for each page. Each page has one thing to do next in the
//! strongest colour, and works with a keyboard and at 320 px.
//!
//! Never here: a query, a clock, and anything that a visit or feedback says of a person.

pub mod agreement;
pub mod data;
pub mod devices;
pub mod door;
pub mod frame;
pub mod ideas;
pub mod imports;
pub mod merge;
pub mod overview;
pub mod people;
pub mod person;
pub mod piece;
pub mod pilot;
pub mod places;
pub mod standing;

/// The stylesheet of every page here.
pub const STYLESHEET: &str = include_str!("office.css");
