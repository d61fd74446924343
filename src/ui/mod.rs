//! What hands touch.
//!
//! Screens read what the [`desk`] holds and call what it does; the desk asks the host and shows what
//! comes back. A tap is painted before anything is asked. Never here: SQL, HTTP, or a rule about what
//! a record means.
//!
//! Reading order: [`launch`] (how it begins), [`pad`] (a visit as the page sees it, pure), [`desk`], [`walk`] (the visit in
//! hand; `typed` and `time` belong to it), [`seat`] (who sits there), [`storage`] (what the store holds), [`overlay`] (what was said here, laid over
//! documents, pure), [`reading`] (documents out of JSON, pure), [`voices`] (what teachers say themselves, pure),
//! [`shelf`] (the documents in view), [`screens`], [`components`];
//! `browser` is what only a page has, `window` what only a window has.

#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod browser;
pub mod components;
#[cfg(feature = "device")]
pub mod desk;
#[cfg(feature = "device")]
pub mod launch;
pub mod overlay;
pub mod pad;
pub mod reading;
#[cfg(feature = "device")]
pub mod screens;
#[cfg(feature = "device")]
pub mod seat;
#[cfg(feature = "device")]
pub mod shelf;
#[cfg(feature = "device")]
pub mod storage;
#[cfg(feature = "device")]
mod time;
#[cfg(feature = "device")]
mod typed;
pub mod voices;
#[cfg(feature = "device")]
pub mod walk;
#[cfg(all(
    any(feature = "desktop", feature = "mobile"),
    not(target_arch = "wasm32")
))]
mod window;
