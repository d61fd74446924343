//! The screens and their states, in one list, and the walk through all of them.
//!
//! [`STATES`] names every screen in every state that it has: what a reader hears there (roles, names and live
//! messages of the accessibility tree) stands beside it. [`walk`] brings the real app into each, in Chromium
//! against the real server, listens to the tree, and has axe look at it on every size of screen, light and dark.
//! A screen is added here when it is added to the app: `tests/it/states.rs` does not compile before that.
//!
//! Reading order: here, [`list`] (what is heard where), [`listen`] (the tree and axe), then the tours, each with its
//! own server: [`empty`] (nobody has done anything), [`demo`] (a district at work), [`trouble`] (everything that can
//! go wrong).

pub mod demo;
pub mod empty;
mod list;
pub mod listen;
pub mod trouble;

pub use list::STATES;
use listen::Listener;
use lookfor::text::shell::Shell;
use lookfor::text::spots::Spot;
use lookfor::text::talk::Talk;
use lookfor::text::voices::Voice;
use lookfor::text::walk::Walk;
use lookfor::text::{Language, Say};

/// What a screen is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There is nothing yet.
    Empty,
    /// Something is being read.
    Loading,
    /// As it is on a working day.
    Filled,
    /// There is no network.
    Offline,
    /// Something went wrong.
    Error,
    /// Something was set aside.
    SetAside,
    /// A newer version waits.
    Update,
    /// The server ended the sign-in: nothing travels.
    SignedOut,
    /// The server speaks a newer version: nothing travels.
    Outdated,
}

/// What a reader must hear: a role, and words of its name; of a live message, words of what it says.
pub type Heard = (&'static str, Words);

/// Words, in whichever language is walked.
#[derive(Clone, Copy, Debug)]
pub enum Words {
    /// Of the seat and the shell of the page.
    Say(Say<'static>),
    /// Of a visit.
    Walk(Walk<'static>),
    /// Of what comes after it.
    Talk(Talk<'static>),
    /// Of bright spots and support.
    Spot(Spot<'static>),
    /// Of the device.
    Shell(Shell<'static>),
    /// Of what teachers say themselves.
    Voice(Voice<'static>),
    /// Any.
    Any,
}

/// A screen in a state.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// The screen.
    pub screen: &'static str,
    /// What it is in.
    pub kind: Kind,
    /// What is heard there.
    pub hears: &'static [Heard],
}

const fn state(screen: &'static str, kind: Kind, hears: &'static [Heard]) -> State {
    State {
        screen,
        kind,
        hears,
    }
}

/// What a walk came to.
#[derive(Debug, Default)]
pub struct Walked {
    /// What axe found, and what was not heard: where, and what.
    pub violations: Vec<String>,
    /// How often axe looked.
    pub looks: u32,
    /// The states that were not reached.
    pub missed: Vec<String>,
}

/// Walks through every state of every screen, on devices in this language.
pub async fn walk(language: Language) -> Walked {
    let mut listener = Listener::of(language);
    empty::tour(&mut listener).await;
    demo::tour(&mut listener).await;
    trouble::tour(&mut listener).await;
    listener.end()
}
