//! Where sites meet: one program that serves the app's files and takes what devices push.
//!
//! Reading order: [`config`] (what it was started with), [`serve`] (from a socket to a clean end),
//! [`router`] (every address on one screen), [`auth`] (who asks), [`session`] (who works in the office), [`secret`]
//! (what people are given to sign in), [`chance`] (randomness for what is recorded) and [`limit`] (how often a secret
//! may be tried), [`routes`], [`library`] (forms, read from files), [`store`] (what it keeps), [`import`] (rosters and
//! the files beside them), [`projector`] (what readers get of it), [`upkeep`] (what is done by itself: [`backup`], a copy a day), [`files`] (the web app),
//! [`notice`] (the mail that a visit was written up), [`zone`] (what clocks show), [`openapi`] (the API for programs),
//! [`headers`] (what every answer carries), [`demo`] (an invented
//! district), [`error`] (the border to HTTP and to people who start it).
//!
//! Never here: a screen, a device's store, a rule about records that `domain` does not know; and
//! never a name, a note, evidence or a body in the log.

pub mod auth;
pub mod backup;
pub mod chance;
pub mod config;
pub mod demo;
pub mod error;
pub mod files;
pub mod headers;
pub mod import;
pub mod library;
pub mod limit;
pub mod notice;
pub mod openapi;
pub mod projector;
pub mod router;
pub mod routes;
pub mod secret;
pub mod serve;
pub mod session;
pub mod store;
pub mod upkeep;
pub mod zone;
