//! What is true: the values and rules of walkthroughs.
//!
//! Nothing here reads a clock, draws randomness, opens a file, or waits: the time, new ids and
//! salts come in as arguments, so that every rule can be replayed and tested.
//!
//! Reading order: [`id`], [`moment`], [`hash`] and [`json`] (what values are made of and read from), then who and where ([`people`], [`place`], [`agreement`]), then what is
//! said before, during and after a visit ([`plan`], [`collect`], [`study`], [`act`]), then [`event`] (how a
//! fact is sealed), [`fold`] (what facts come to), [`visibility`] (who sees it, and as which
//! [`document`]), [`card`] (what its teacher says on the light card), [`erasure`], [`import`] (what files say that are taken in), [`sign_in`], [`claim`], [`letters`], [`pasted`] and [`unseen`] (secrets and names that people
//! type), and [`problem`] (what can be refused).

pub mod act;
pub mod agreement;
pub mod card;
pub mod claim;
pub mod collect;
pub mod document;
pub mod erasure;
pub mod event;
pub mod fold;
pub mod hash;
pub mod id;
pub mod import;
pub mod json;
pub mod letters;
pub mod moment;
pub mod pasted;
pub mod people;
pub mod place;
pub mod plan;
pub mod problem;
pub mod sign_in;
pub mod study;
pub mod unseen;
pub mod visibility;
