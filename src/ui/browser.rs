//! What only a page has: the reader's languages, the service worker, updates.

use super::desk::Desk;
use super::storage::Promise;
use crate::text::Language;
use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use futures_channel::mpsc;
use futures_util::StreamExt;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, FocusOptions, HtmlElement, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerState,
};

/// How often a page that stays open looks for a newer version.
const LOOK_FOR_UPDATE_MS: u64 = 30 * 60 * 1000;

/// How long after an install that failed the next one is tried, at first.
const KEEP_AGAIN_MS: u64 = 2_000;
/// How often a page that no service worker looks after asks for it.
const CLAIMS: u32 = 10;
/// How often an install is looked at.
const INSTALLING_MS: u64 = 250;

/// How long what was brought into view is marked.
const REVEALED_MS: u64 = 900;
/// How long a tap is felt.
const FELT_MS: u32 = 8;

/// The best language for this reader.
pub(super) fn language() -> Language {
    let Some(window) = web_sys::window() else {
        return Language::default();
    };
    let tags: Vec<String> = window
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect();
    Language::best(tags.iter().map(String::as_str))
}

/// The address that invitations lead to.
const JOIN: &str = "/join";

/// The secret of the link that opened the page. It goes out of the address at once, so that neither the
/// history nor somebody who looks over a shoulder has it.
pub(super) fn joining() -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    if location.pathname().ok()? != JOIN {
        return None;
    }
    let fragment = location.hash().ok()?;
    if let Ok(history) = window.history() {
        // If the browser refuses, the address keeps a secret that works once.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some("/"));
    }
    let secret = fragment.strip_prefix('#')?.to_owned();
    (!secret.is_empty()).then_some(secret)
}

/// Goes to another page of the server.
pub(super) fn go_to(path: &str) {
    if let Some(window) = web_sys::window() {
        // If the browser refuses, the page stays, and the button can be touched again.
        let _ = window.location().set_href(path);
    }
}

/// Whether the browser knows that it has no network.
pub(super) fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}

/// Where the page came from.
pub(super) fn server() -> String {
    let host = web_sys::window().and_then(|window| window.location().host().ok());
    host.unwrap_or_default()
}

/// Moves the focus to the element of this id, once it is drawn.
pub(super) fn focus(id: String) {
    spawn_forever(async move {
        crate::host::clock::sleep(0).await;
        let window = web_sys::window();
        // A page that is gone to begins at its top.
        if let (Some(window), "heading") = (&window, id.as_str()) {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        let document = window.and_then(|window| window.document());
        let element = document.and_then(|document| document.get_element_by_id(&id));
        if let Some(element) = element.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            // What cannot take the focus leaves it where it is.
            let still = FocusOptions::new();
            still.set_prevent_scroll(true);
            let _ = element.focus_with_options(&still);
        }
    });
}

/// Brings the element of this id into view and marks it for a moment, once it is drawn.
pub(super) fn reveal(id: String) {
    spawn_forever(async move {
        crate::host::clock::sleep(0).await;
        let document = web_sys::window().and_then(|window| window.document());
        let Some(element) = document.and_then(|document| document.get_element_by_id(&id)) else {
            return;
        };
        element.scroll_into_view_with_bool(false);
        let _ = element.set_attribute("data-revealed", "");
        crate::host::clock::sleep(REVEALED_MS).await;
        let _ = element.remove_attribute("data-revealed");
    });
}

/// A short tremble, where the device has one.
pub(super) fn felt() {
    if let Some(window) = web_sys::window() {
        let navigator = window.navigator();
        // Safari has no such method, and nothing to feel.
        let able = js_sys::Reflect::has(&navigator, &"vibrate".into());
        if able == Ok(true) {
            let _ = navigator.vibrate_with_duration(FELT_MS);
        }
    }
}

thread_local! {
    /// What keeps the screen on.
    static AWAKE: std::cell::RefCell<Option<JsValue>> = const { std::cell::RefCell::new(None) };
}

/// Keeps the screen on, or lets it go dark again.
pub(super) fn stay_awake(awake: bool) {
    let held = AWAKE.with(std::cell::RefCell::take);
    if let Some(held) = held {
        let _ = call(&held, "release", &[]);
    }
    let Some(window) = web_sys::window().filter(|_| awake) else {
        return;
    };
    spawn_forever(async move {
        let lock = js_sys::Reflect::get(&window.navigator(), &"wakeLock".into());
        let Some(promise) = lock
            .ok()
            .and_then(|lock| call(&lock, "request", &["screen"]))
        else {
            return;
        };
        // Refused when the battery is low; the visit goes on all the same.
        if let Ok(held) = JsFuture::from(promise).await {
            AWAKE.with(|awake| awake.replace(Some(held)));
        }
    });
}

/// Calls a method that answers with a promise; none where there is no such method.
fn call(on: &JsValue, name: &str, with: &[&str]) -> Option<js_sys::Promise> {
    let method = js_sys::Reflect::get(on, &name.into()).ok()?;
    let method = method.dyn_into::<js_sys::Function>().ok()?;
    let with: js_sys::Array = with.iter().map(|text| JsValue::from_str(text)).collect();
    method.apply(on, &with).ok()?.dyn_into().ok()
}

/// Names the page's language.
pub(super) fn name_language(language: Language) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("lang", language.tag());
    }
}

/// Whether the browser promised to keep the store.
pub(super) async fn promise() -> Promise {
    let asked = web_sys::window().and_then(|window| {
        let storage = window.navigator().storage();
        // Absent where the page is not secure.
        (!storage.is_undefined()).then(|| storage.persisted().ok())?
    });
    let Some(asked) = asked else {
        return Promise::NotGiven;
    };
    match JsFuture::from(asked).await {
        Ok(given) if given.is_truthy() => Promise::Given,
        _ => Promise::NotGiven,
    }
}

/// Which build this is, as the folder of its files names it: a space and its first letters.
pub(super) fn build() -> String {
    let script = web_sys::window()
        .and_then(|window| {
            window
                .document()?
                .query_selector("script[src^='/b/']")
                .ok()?
        })
        .and_then(|script| script.get_attribute("src"));
    let name = script.as_deref().and_then(|src| src.get(3..11));
    name.map_or_else(String::new, |name| [" (", name, ")"].concat())
}

/// Keeps the app for the next time without a network.
pub(super) fn settle_in(desk: Desk) {
    when_left(desk);
    spawn_forever(async move {
        // Not before the first screen is there: it would only compete with it.
        crate::host::clock::sleep(300).await;
        // Without a service worker everything works but opening without a network.
        let _ = keep_the_app(desk).await;
    });
}

/// Whoever leaves the page meant what was said: it goes out while the page can still send it.
fn when_left(desk: Desk) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let page = document.clone();
    let left = Closure::<dyn FnMut(Event)>::new(move |_| {
        if page.hidden() {
            desk.say_held();
            desk.out_of_sight();
        }
    });
    // A browser without it says what is held a few seconds later.
    let _ = document
        .add_event_listener_with_callback("visibilitychange", left.as_ref().unchecked_ref());
    left.forget();
}

async fn keep_the_app(mut desk: Desk) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let container = window.navigator().service_worker();
    if container.is_undefined() {
        return Ok(());
    }
    follow_updates(&container);
    let registration = registered(&container).await;
    take_charge(container, registration.clone());
    let (tell, mut told) = mpsc::unbounded::<()>();
    let look = {
        let registration = registration.clone();
        move || {
            // An update waits only where an older version is at work; the first one is no update.
            if registration.waiting().is_some() && registration.active().is_some() {
                let _ = tell.unbounded_send(());
            }
        }
    };
    look();
    watch(&registration, look);
    spawn_forever(async move {
        loop {
            crate::host::clock::sleep(LOOK_FOR_UPDATE_MS).await;
            if let Ok(update) = registration.update() {
                let _ = JsFuture::from(update).await;
            }
        }
    });
    while told.next().await.is_some() {
        desk.update.set(true);
    }
    Ok(())
}

/// The registration of a service worker that has kept every file. One file that does not come undoes an install, and a
/// browser does not try again by itself: then we do, after longer and longer pauses.
async fn registered(container: &ServiceWorkerContainer) -> ServiceWorkerRegistration {
    let mut pause_ms = KEEP_AGAIN_MS;
    loop {
        if let Ok(registration) = JsFuture::from(container.register("/sw.js")).await {
            let registration: ServiceWorkerRegistration = registration.unchecked_into();
            while registration.installing().is_some() && registration.active().is_none() {
                crate::host::clock::sleep(INSTALLING_MS).await;
            }
            if registration.active().is_some() || registration.waiting().is_some() {
                return registration;
            }
        }
        crate::host::clock::sleep(pause_ms).await;
        pause_ms = (pause_ms * 2).min(LOOK_FOR_UPDATE_MS);
    }
}

/// Has the worker take charge of this page. By itself it does so once, when it begins its work, and a browser that is
/// busy then was seen to pass the page over; one that was loaded anew past the worker is without it, too.
fn take_charge(container: ServiceWorkerContainer, registration: ServiceWorkerRegistration) {
    spawn_forever(async move {
        for _ in 0..CLAIMS {
            crate::host::clock::sleep(KEEP_AGAIN_MS).await;
            if container.controller().is_some() {
                return;
            }
            if let Some(active) = registration.active() {
                say(&active, "claim");
            }
        }
    });
}

/// Says a word to a service worker: it knows `take` and `claim`.
fn say(worker: &ServiceWorker, word: &str) {
    let message = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&message, &"type".into(), &word.into());
    let _ = worker.post_message(&message);
}

/// Calls `look` whenever a newer version has been fetched whole.
fn watch(registration: &ServiceWorkerRegistration, look: impl Fn() + Clone + 'static) {
    let found = {
        let registration = registration.clone();
        Closure::<dyn FnMut(Event)>::new(move |_| {
            let Some(installing) = registration.installing() else {
                return;
            };
            let look = look.clone();
            let changed = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                let worker = event.target().map(JsCast::unchecked_into::<ServiceWorker>);
                if worker.is_some_and(|worker| worker.state() == ServiceWorkerState::Installed) {
                    look();
                }
            });
            installing.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
            changed.forget();
        })
    };
    registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
    found.forget();
}

/// Takes the version that waits: every page of this browser is loaded again when it is at work.
pub(super) fn take_update() {
    spawn_forever(async move {
        let Some(window) = web_sys::window() else {
            return;
        };
        let container = window.navigator().service_worker();
        let Ok(found) = JsFuture::from(container.get_registration()).await else {
            return;
        };
        let registration: ServiceWorkerRegistration = found.unchecked_into();
        if let Some(waiting) = registration.waiting() {
            say(&waiting, "take");
        }
    });
}

/// Loads this page again when another version than the one it was loaded from is at work: the older
/// files are gone then, and a worker that has to be replaced would find none. Every tap is kept.
fn follow_updates(container: &ServiceWorkerContainer) {
    // The very first version takes charge of the page that is open; that changes nothing.
    if container.controller().is_none() {
        return;
    }
    let reload = Closure::<dyn FnMut(Event)>::new(|_| {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    });
    container.set_oncontrollerchange(Some(reload.as_ref().unchecked_ref()));
    reload.forget();
}
