//! The app. One program: in a page it is the screens, in a web worker it is the store, natively it
//! is both.

#[cfg(all(feature = "web", target_arch = "wasm32"))]
fn main() {
    if web_sys::window().is_some() {
        lookfor::ui::launch::launch();
    } else {
        lookfor::host::worker::run();
    }
}

#[cfg(all(
    any(feature = "desktop", feature = "mobile"),
    not(target_arch = "wasm32")
))]
fn main() {
    let folder = std::env::var_os("LOOKFOR_STORE").map_or_else(|| "data/device".into(), Into::into);
    let server = std::env::var("LOOKFOR_SERVER").unwrap_or("http://localhost:8080".into());
    lookfor::ui::launch::launch(lookfor::host::thread::Settings { folder, server });
}

#[cfg(not(any(
    all(feature = "web", target_arch = "wasm32"),
    all(
        any(feature = "desktop", feature = "mobile"),
        not(target_arch = "wasm32")
    )
)))]
fn main() {
    println!(
        "Run `cargo start` for the app in a browser, or `cargo run --features desktop` for a window."
    );
}
