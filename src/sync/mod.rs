//! How it travels: from a device's outbox to the server, and the receipt back.
//!
//! [`protocol`] is the whole of what device and server say to each other, and [`office`] what an office
//! asks of the server; they are all that the server imports from here. The rest is the device's half:
//! [`judge`] and [`delivered`] decide what an answer means, [`pace`] when to try again; they are pure.
//! [`wire`] does the travelling, [`news`] waits for word.
//!
//! Never here: what a record means. Adding a kind of event changes nothing in this folder.

#[cfg(feature = "device")]
pub mod delivered;
#[cfg(feature = "device")]
pub mod judge;
#[cfg(feature = "device")]
pub mod news;
pub mod office;
#[cfg(feature = "device")]
pub mod pace;
pub mod protocol;
#[cfg(feature = "device")]
pub mod wire;
