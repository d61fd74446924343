//! How it reads: domain values to text and pages. No queries.
//!
//! [`html`] is what pages are made with: nothing gets into one unescaped. [`letter`] is the mail that says
//! that there is something to read, [`card`] the light page that it leads to, [`record`] the visit on it,
//! [`card_voice`] what its teacher says there, [`card_status`] what was just said. [`office`]
//! are the pages for those who run a district.
//!
//! Never here: a query, a clock, or a decision about who may see what.

#[cfg(any(test, feature = "server"))]
pub mod card;
#[cfg(any(test, feature = "server"))]
pub mod card_status;
#[cfg(any(test, feature = "server"))]
pub mod card_voice;
pub mod html;
#[cfg(any(test, feature = "server"))]
pub mod letter;
#[cfg(any(test, feature = "server"))]
pub mod office;
#[cfg(any(test, feature = "server"))]
pub mod record;
