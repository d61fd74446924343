//! Starting the app on each kind of device.

use super::desk::Desk;
use super::screens::Screen;
use super::storage::Promise;
use crate::host::{Host, News};
use crate::text::Language;
use dioxus::prelude::*;
use futures_channel::mpsc::UnboundedReceiver;

/// What ties the app to the device that it runs on.
#[derive(Clone, Debug)]
pub struct Link {
    #[cfg(not(target_arch = "wasm32"))]
    settings: crate::host::thread::Settings,
}

impl Link {
    /// Starts whoever holds the store.
    pub(super) fn start(&self) -> (Host, UnboundedReceiver<News>) {
        #[cfg(target_arch = "wasm32")]
        return Host::start();
        #[cfg(not(target_arch = "wasm32"))]
        return Host::start(self.settings.clone());
    }

    /// The secret of the link that opened the app, if one did. It is taken out of the address.
    pub(super) fn joining(&self) -> Option<String> {
        #[cfg(all(feature = "web", target_arch = "wasm32"))]
        return super::browser::joining();
        // A link is pasted into the field of a window.
        #[cfg(not(all(feature = "web", target_arch = "wasm32")))]
        return None;
    }

    /// Whether the device knows that it has no network.
    pub(super) fn is_offline(&self) -> bool {
        #[cfg(all(feature = "web", target_arch = "wasm32"))]
        return super::browser::is_offline();
        #[cfg(not(all(feature = "web", target_arch = "wasm32")))]
        return false;
    }

    /// Where the server is, as a person may read it.
    pub(super) fn server(&self) -> String {
        #[cfg(all(feature = "web", target_arch = "wasm32"))]
        return super::browser::server();
        #[cfg(all(not(feature = "web"), target_arch = "wasm32"))]
        return String::new();
        #[cfg(not(target_arch = "wasm32"))]
        return self
            .settings
            .server
            .split("://")
            .last()
            .unwrap_or_default()
            .trim_end_matches('/')
            .to_owned();
    }

    /// The language that the device's owner reads.
    pub(super) fn language(&self) -> Language {
        #[cfg(all(feature = "web", target_arch = "wasm32"))]
        return super::browser::language();
        #[cfg(not(all(feature = "web", target_arch = "wasm32")))]
        return Language::best(
            std::env::var("LANG")
                .ok()
                .as_deref()
                .map(|lang| lang.split(['_', '.']).next().unwrap_or_default()),
        );
    }
}

/// Opens the app in a browser.
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub fn launch() {
    dioxus::LaunchBuilder::web()
        .with_context(Link {})
        .launch(App);
}

/// Opens the app in a window of its own.
#[cfg(all(
    any(feature = "desktop", feature = "mobile"),
    not(target_arch = "wasm32")
))]
pub fn launch(settings: crate::host::thread::Settings) {
    use dioxus::desktop::{Config, WindowBuilder};
    // In a browser the page links the stylesheet; a window has no server to ask for it.
    let head = format!(
        r#"<meta name="color-scheme" content="light dark"><style>{}</style><script>{}</script>"#,
        include_str!("../../assets/lookfor.css"),
        include_str!("window_fields.js")
    );
    let config = Config::new()
        .with_custom_head(head)
        .with_menu(None)
        .with_window(WindowBuilder::new().with_title("Lookfor"));
    dioxus::LaunchBuilder::new()
        .with_cfg(config)
        .with_context(Link { settings })
        .launch(App);
}

/// Names the language of the page, for readers and hyphens.
pub(super) fn name_language(language: Language) {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    super::browser::name_language(language);
    #[cfg(all(
        any(feature = "desktop", feature = "mobile"),
        not(target_arch = "wasm32")
    ))]
    super::window::name_language(language);
    #[cfg(not(any(
        all(feature = "web", target_arch = "wasm32"),
        all(
            any(feature = "desktop", feature = "mobile"),
            not(target_arch = "wasm32")
        )
    )))]
    let _ = language;
}

/// What the device promised about the store.
pub(super) async fn promise() -> Promise {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    return super::browser::promise().await;
    #[cfg(not(all(feature = "web", target_arch = "wasm32")))]
    return Promise::File;
}

/// The version of the app, and in a page which build of it.
pub(super) fn version() -> String {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    let version = version + &super::browser::build();
    version
}

/// Moves the focus to the element of this id, once it is drawn.
pub(super) fn focus(id: &'static str) {
    focus_on(id.into());
}

/// Moves the focus to the element of this id, once it is drawn.
pub(super) fn focus_on(id: String) {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    super::browser::focus(id);
    #[cfg(all(
        any(feature = "desktop", feature = "mobile"),
        not(target_arch = "wasm32")
    ))]
    super::window::focus(&id);
    #[cfg(not(any(
        all(feature = "web", target_arch = "wasm32"),
        all(
            any(feature = "desktop", feature = "mobile"),
            not(target_arch = "wasm32")
        )
    )))]
    let _ = id;
}

/// Brings the element of this id into view and moves the focus to its first button, once it is drawn.
pub(super) fn reveal(id: String) {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    super::browser::reveal(id);
    #[cfg(all(
        any(feature = "desktop", feature = "mobile"),
        not(target_arch = "wasm32")
    ))]
    super::window::reveal(&id);
    #[cfg(not(any(
        all(feature = "web", target_arch = "wasm32"),
        all(
            any(feature = "desktop", feature = "mobile"),
            not(target_arch = "wasm32")
        )
    )))]
    let _ = id;
}

/// Lets a hand feel that a tap is kept, where the device can.
pub(super) fn felt() {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    super::browser::felt();
}

/// Keeps the screen on during a visit, where the device lets a page do that.
pub(super) fn stay_awake(awake: bool) {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    super::browser::stay_awake(awake);
    #[cfg(not(all(feature = "web", target_arch = "wasm32")))]
    let _ = awake;
}

/// Whether other pages of the server can be gone to from here. A window of its own shows the app alone.
pub(super) const HAS_PAGES: bool = cfg!(all(feature = "web", target_arch = "wasm32"));

/// Goes to another page of the server.
pub(super) fn go_to(path: &str) {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    super::browser::go_to(path);
    #[cfg(not(all(feature = "web", target_arch = "wasm32")))]
    let _ = path;
}

/// Takes the newer version that waits. A window is updated by whoever installed it.
pub(super) fn take_update() {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    super::browser::take_update();
}

/// The app.
#[component]
pub fn App() -> Element {
    let desk = use_hook(|| Desk::set_up(&consume_context::<Link>()));
    use_context_provider(|| desk);
    use_hook(|| name_language(*desk.language.peek()));
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    use_hook(|| super::browser::settle_in(desk));
    rsx! { Screen {} }
}
