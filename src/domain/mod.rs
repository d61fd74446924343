//! What is true: the values and rules of walkthroughs.
//!
//! Nothing here reads a clock, draws randomness, opens a file, or waits: the time, new ids and
//! salts come in as arguments, so that every rule can be replayed and tested.
//!
//! Reading order: [`id`] and [`moment`], then [`collect`] (form, look-for, rating, draft,
//! walkthrough), then [`event`] (how a fact is sealed), then [`problem`] (what can be refused).

pub mod collect;
pub mod event;
pub mod hash;
pub mod id;
pub mod moment;
pub mod problem;
