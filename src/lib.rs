//! Lookfor: classroom walkthroughs on a form made for one change idea.
//!
//! Read the folders in this order and you have followed one walkthrough:
//!
//! | station | what it is | it may import |
//! |---|---|---|
//! | [`domain`] | what is true: values and rules, no clock, randomness, files, network | nothing of ours |
//! | [`text`] | every sentence a person reads, English and Spanish | domain |
//! | [`report`] | how it reads: domain values to text, no queries | domain, text |
//! | [`local`] | what the device remembers: SQLite | domain |
//! | [`sync`] | how it travels: the protocol once, for both ends | domain |
//! | [`host`] | who holds the store: a thread natively, a worker on the web | domain, local, sync |
//! | [`ui`] | what hands touch | domain, text, report, host |
//! | [`server`] | where sites meet | domain, text, report, sync's protocol and office |
//! | [`dev`] | builds, starts, checks and measures all of it | nothing of ours |
//!
//! One rule holds everywhere: facts flow forward. A screen never reads the network, and the
//! domain never reads a clock. `tests/it/layering.rs` checks the table above.

pub mod domain;
pub mod report;
pub mod sync;
pub mod text;

#[cfg(feature = "device")]
pub mod host;
#[cfg(feature = "device")]
pub mod local;
#[cfg(feature = "ui")]
pub mod ui;

#[cfg(feature = "server")]
pub mod server;

#[cfg(feature = "dev")]
pub mod dev;
