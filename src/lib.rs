//! Lookfor: classroom walkthroughs on a form made for one change idea.
//!
//! Reading order: the road of one walkthrough, on the ground that all stations share.
//!
//! | station | what it is | it may import |
//! |---|---|---|
//! | [`domain`] | what is true: values and rules, no clock, randomness, files, network | nothing of ours |
//! | [`text`] | every sentence a person reads, English and Spanish | domain |
//! | [`ui`] | what hands touch | domain, text, host |
//! | [`host`] | who holds the store: a thread natively, a worker on the web | domain, local, sync |
//! | [`local`] | what the device remembers: SQLite | domain |
//! | [`sync`] | how it travels: the protocol once, for both ends | domain |
//! | [`server`] | where sites meet | domain, text, report, sync's protocol and office |
//! | [`report`] | how it reads outside the app: domain values to mails, cards and pages, no queries | domain, text |
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
