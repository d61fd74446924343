//! How it reads: domain values to text and pages. No queries.
//!
//! [`html`] is what pages are made with: nothing gets into one unescaped. [`letter`] is the mail that says
//! that there is something to read, [`card`] the light page that it leads to. [`office`] are the pages for
//! those who run a district.
//!
//! Never here: a query, a clock, or a decision about who may see what.

pub mod card;
pub mod html;
pub mod letter;
pub mod office;
