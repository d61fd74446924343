//! What tests and figures share: the server as a program, a proxy that breaks the network, a real
//! browser with a profile that outlives it.

pub mod answering;
pub mod browser;
pub mod device;
pub mod enter;
pub mod forms;
pub mod mail;
pub mod office;
pub mod program;
pub mod proxy;
pub mod roster;
pub mod schema;
pub mod states;
pub mod web_copy;

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The folder of the built web app.
pub fn web_folder() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("LOOKFOR_WEB").map_or(root.join("target/bundle"), PathBuf::from);
    let built = folder.join("index.html").exists();
    assert!(
        built,
        "the web app is not built; `cargo verify` and `cargo start` build it"
    );
    folder
}

/// Waits until `found` gives something, for as long as a slow machine may need.
pub fn eventually<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "waited in vain for {what}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}
