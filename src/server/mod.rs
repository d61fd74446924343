//! Where sites meet: one program that serves the app's files and takes what devices push.
//!
//! Reading order: [`config`] (what it was started with), [`serve`] (from a socket to a clean end),
//! [`router`] (every address on one screen), [`auth`] (who asks), [`chance`] (randomness), [`routes`], [`store`] (what it keeps), [`files`] (the
//! web app), [`notice`] (the mail that a visit was written up), [`openapi`] (the API for programs), [`headers`] (what every answer carries), [`error`] (the border to HTTP and to people
//! who start it).
//!
//! Never here: a screen, a device's store, a rule about records that `domain` does not know; and
//! never a name, a note, evidence or a body in the log.

pub mod auth;
pub mod chance;
pub mod config;
pub mod error;
pub mod files;
pub mod headers;
pub mod notice;
pub mod openapi;
pub mod router;
pub mod routes;
pub mod serve;
pub mod store;
