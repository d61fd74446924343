//! What the page does when the browser is not as it should be.

use crate::school::{INSTALLED, KEPT, School, marked, newest_is};
use crate::support::browser::{Browser, LAPTOP, PHONE, TABLET};
use crate::support::device::DeviceStore;
use crate::support::enter::{begin, send};
use crate::support::eventually;
use crate::support::proxy::Mode;
use crate::web_copy::{FULL_DISK, WebCopy};
use fantoccini::Locator;
use fantoccini::key::Key;
use lookfor::domain::event::{Body, Envelope};
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::EventId;
use lookfor::sync::protocol::Answer;

/// True when the page shows this text.
pub fn shows(text: &str) -> String {
    format!("document.body.innerText.includes({text:?})")
}

async fn record(browser: &Browser, choice: &str) {
    browser.press(choice).await;
    browser.until(KEPT).await;
    send(browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_is_told_and_can_take_over_and_give_back() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.tablet().await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    let first = browser.client.window().await.unwrap();

    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second).await.unwrap();
    browser.go(&school.proxy.url()).await;
    browser
        .until(&shows("Lookfor is open in another tab"))
        .await;
    browser.picture("second-tab").await;
    browser.press("Use it here").await;
    browser.until(&marked("Partly")).await;
    browser.press("Seen").await;
    browser.until(KEPT).await;

    browser
        .client
        .switch_to_window(first.clone())
        .await
        .unwrap();
    browser.until(&shows("You went on in another tab")).await;
    browser.picture("second-tab-took-over").await;
    let tabs = browser.client.windows().await.unwrap();
    let other = tabs.into_iter().find(|tab| *tab != first).unwrap();
    browser.client.switch_to_window(other).await.unwrap();
    browser.client.close_window().await.unwrap();

    // The first goes on by itself, with what the second recorded.
    browser.client.switch_to_window(first).await.unwrap();
    browser.until(&marked("Seen")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_private_file_system_the_page_warns_and_still_works() {
    let _alone = crate::one_browser_at_a_time().await;
    let web = WebCopy::with_worker_running(
        "navigator.storage.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));",
    );
    let school = School::with_web(web.path());
    let browser = school.tablet().await;
    browser
        .until(&shows("This browser cannot keep visits"))
        .await;
    browser
        .until("document.querySelector('[role=alert]')")
        .await;
    browser.press("Partly").await;
    browser.until(&shows("until the tab closes")).await;
    browser.picture("no-store").await;
    record(&browser, "Seen").await;
    browser.until(&newest_is("on-the-server")).await;
    assert_eq!(school.rows().len(), 1);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_is_replaced_and_nothing_is_lost_or_doubled() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.window("en-US").await;
    browser
        .inject(
            "window.workers = []; const Real = Worker; \
             window.Worker = class extends Real { constructor(...a) { super(...a); workers.push(this); } };",
        )
        .await;
    school.enter(&browser).await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    // Ended by somebody else, without a word: no error, no event.
    browser.eval("workers.at(-1).terminate()").await;
    browser.press("Seen").await;
    browser.until(&marked("Seen")).await;
    browser.until(KEPT).await;
    assert_eq!(browser.eval("workers.length").await, 2);
    send(&browser).await;
    browser.until(&newest_is("on-the-server")).await;
    browser.close().await;
    school.profile.kill();
    let device = DeviceStore::of(&school.profile);
    let taps: u32 = device
        .0
        .query_row("select count(*) from tap", [], |row| row.get(0))
        .unwrap();
    assert_eq!(
        // Two touches, and that the observer left.
        (taps, device.events().len(), school.rows().len()),
        (3, 1, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_that_cannot_be_committed_is_taken_back_loudly() {
    let _alone = crate::one_browser_at_a_time().await;
    let web = WebCopy::with_worker_running(FULL_DISK);
    let school = School::with_web(web.path());
    let browser = school.tablet().await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    browser
        .eval("window.disk = new BroadcastChannel('disk')")
        .await;
    browser.eval("disk.postMessage(true)").await;
    browser.press("Seen").await;
    browser
        .until(&shows(
            "Your last tap was not kept. This device has no room left.",
        ))
        .await;
    browser
        .until("document.querySelector('[role=alert]')")
        .await;
    browser.until(&marked("Partly")).await;
    assert_eq!(browser.eval(&marked("Seen")).await, false);
    assert_eq!(
        browser
            .eval("document.querySelector('#standing').dataset.state")
            .await,
        "lost"
    );
    browser.picture("tap-lost").await;

    // Room again: the next tap is kept and the message goes.
    browser.eval("disk.postMessage(false)").await;
    browser.press("Not seen").await;
    browser.until(KEPT).await;
    browser
        .until("!document.querySelector('[role=alert]')")
        .await;
    browser.client.refresh().await.unwrap();
    browser.until(&marked("Not seen")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_the_server_refuses_is_set_aside_and_can_be_carried_by_hand() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.tablet().await;
    record(&browser, "Seen").await;
    browser.until(&newest_is("on-the-server")).await;

    // A copy of this device's store has sent its second visit already.
    let body = String::from_utf8(school.rows()[0].body.clone()).unwrap();
    let first: Body = serde_json::from_str(&body).unwrap();
    let other = EventId::mint(1, [9; 10]).to_string();
    let body =
        body.replacen(&first.id.to_string(), &other, 1)
            .replacen("\"number\":1", "\"number\":2", 1);
    let url = format!("http://{}", school.server.address);
    let answers = crate::server::push_as(
        &url,
        Some(&school.another_token()),
        &[Envelope { body, words: None }],
    )
    .await
    .unwrap();
    assert!(matches!(answers[..], [Answer::Receipt(_)]));

    begin(&browser).await;
    record(&browser, "Partly").await;
    browser.until(&newest_is("set-aside")).await;
    browser
        .until(&shows("Another copy of this device's store"))
        .await;
    browser.until("document.querySelector('a[download]')").await;
    browser.picture("set-aside").await;
    let copy = browser
        .eval("decodeURIComponent(document.querySelector('a[download]').href.split(',')[1])")
        .await;
    let copy: serde_json::Value = serde_json::from_str(copy.as_str().unwrap()).unwrap();
    let body = copy["envelope"]["body"].as_str().unwrap();
    assert_eq!(copy["sha256"], Sha256::of(body.as_bytes()).to_string());
    assert_eq!(copy["set_aside"]["code"], "number_taken");

    // It holds up nothing.
    begin(&browser).await;
    record(&browser, "Not seen").await;
    browser.until(&newest_is("on-the-server")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_loaded_past_the_offline_copy_is_looked_after_again() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.window("en-US").await;
    school.enter(&browser).await;
    browser.until(INSTALLED).await;
    // As by the keys that reload without any copy: the worker must leave such a page alone.
    browser
        .cdp("Page.reload", serde_json::json!({"ignoreCache": true}))
        .await;
    browser
        .until("document.readyState === 'complete' && !navigator.serviceWorker.controller")
        .await;
    browser.until(INSTALLED).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_does_not_come_at_first_delays_the_offline_copy_and_no_more() {
    let _alone = crate::one_browser_at_a_time().await;
    let web = WebCopy::new();
    let manifest = web.path().join("manifest.webmanifest");
    let kept = std::fs::read(&manifest).unwrap();
    std::fs::remove_file(&manifest).unwrap();
    let school = School::with_web(web.path());
    let browser = school.window("en-US").await;
    browser
        .inject(
            "window.tries = 0; const real = ServiceWorkerContainer.prototype.register; \
             ServiceWorkerContainer.prototype.register = function (...words) { \
               window.tries += 1; return real.apply(this, words); };",
        )
        .await;
    school.enter(&browser).await;
    browser.until("tries === 2").await;

    std::fs::write(&manifest, kept).unwrap();
    browser.until(INSTALLED).await;
    school.proxy.set(Mode::Refuse);
    browser.client.refresh().await.unwrap();
    browser.until(&shows("Ortega")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_offered_whole_and_never_forced() {
    let _alone = crate::one_browser_at_a_time().await;
    let web = WebCopy::new();
    let school = School::with_web(web.path());
    let browser = school.tablet().await;
    browser.until(INSTALLED).await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    let runs = |version: &str| format!("document.querySelector('script[src^=\"/b/{version}/\"]')");
    let old = web
        .build()
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    browser.until(&runs(&old)).await;

    // The server has a new version. The page is told; a reload still opens the old one.
    web.become_version("fedcba9876543210");
    let look = "navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 1)";
    assert_eq!(browser.eval_async(look).await, 1);
    browser.until(&shows("A new version is ready")).await;
    browser.picture("update").await;
    browser.client.refresh().await.unwrap();
    browser.until(&marked("Partly")).await;
    browser.until(&runs(&old)).await;

    // Taken by the person: the new version, with the visit as it was.
    browser.press("Update now").await;
    browser.until(&runs("fedcba9876543210")).await;
    browser.until(&marked("Partly")).await;
    assert_eq!(browser.eval(&shows("A new version is ready")).await, false);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_is_asked_to_keep_the_store_after_the_first_save() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.window("en-US").await;
    browser
        .inject(
            "window.asked = 0; const real = navigator.storage.persist.bind(navigator.storage); \
             navigator.storage.persist = () => { window.asked += 1; return real(); };",
        )
        .await;
    school.enter(&browser).await;
    assert_eq!(browser.eval("asked").await, 0);
    browser.press("Seen").await;
    browser.until(KEPT).await;
    browser.until("asked === 1").await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    assert_eq!(browser.eval("asked").await, 1);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_recorded_in_spanish_with_the_keyboard_alone() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.window("es-MX").await;
    school.enter(&browser).await;
    assert_eq!(browser.eval("document.documentElement.lang").await, "es");
    let keys = |keys: &[Key]| keys.iter().map(|key| char::from(*key)).collect::<String>();
    // Back, the class, seen, partly: four stops at most, wherever the page put the focus.
    let mut stops = 0;
    loop {
        let focused = browser.client.active_element().await.unwrap();
        if focused.text().await.unwrap() == "En parte" {
            focused.send_keys(" ").await.unwrap();
            break;
        }
        assert!(stops < 4, "the choice is near");
        focused.send_keys(&keys(&[Key::Tab])).await.unwrap();
        stops += 1;
    }
    browser.until(&marked("En parte")).await;
    browser.until(KEPT).await;
    // On through the choices, the line of evidence and what is said about the visit, to the button.
    for _ in 0..30 {
        let focused = browser.client.active_element().await.unwrap();
        if focused.attr("id").await.unwrap().as_deref() == Some("done") {
            break;
        }
        focused.send_keys(&keys(&[Key::Tab])).await.unwrap();
    }
    let focused = browser.client.active_element().await.unwrap();
    assert_eq!(focused.text().await.unwrap(), "Listo");
    focused.send_keys(&keys(&[Key::Enter])).await.unwrap();
    browser.until("document.querySelector('#send')").await;
    browser
        .until("document.activeElement.id === 'heading'")
        .await;
    for _ in 0..30 {
        let focused = browser.client.active_element().await.unwrap();
        if focused.attr("id").await.unwrap().as_deref() == Some("send") {
            focused.send_keys(&keys(&[Key::Enter])).await.unwrap();
            break;
        }
        focused.send_keys(&keys(&[Key::Tab])).await.unwrap();
    }
    browser.until(&newest_is("on-the-server")).await;
    browser
        .until("document.activeElement.id === 'heading'")
        .await;
    browser.until(&shows("La visita 1 está escrita")).await;
    browser.picture("spanish").await;
    browser.close().await;
    eventually("the record", || (school.rows().len() == 1).then_some(()));
}

/// What is wrong with the size of anything on the page: targets below 48 px, a page wider than its
/// window, a dock that covers more than a third of it, words squeezed into a column.
pub const MISFITS: &str = "[...document.querySelectorAll('button, a, summary, input')] \
    .filter((e) => e.checkVisibility()) \
    .map((e) => [e.textContent, e.getBoundingClientRect()]) \
    .filter(([, r]) => r.width < 48 || r.height < 48 || r.left < 0 || r.right > innerWidth) \
    .map(([name]) => name) \
    .concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : []) \
    .concat((document.querySelector('.dock')?.offsetHeight ?? 0) > innerHeight / 3 ? ['dock'] : []) \
    .concat([...document.querySelectorAll('h1, h2, p, span')] \
        .filter((e) => e.offsetHeight > 2 * e.offsetWidth && e.textContent.length > 4) \
        .map((e) => e.textContent))";

#[tokio::test(flavor = "multi_thread")]
async fn every_choice_is_in_view_and_large_enough_on_every_device() {
    let _alone = crate::one_browser_at_a_time().await;
    for (name, size, language) in [
        ("phone-small", (320, 568), "es"),
        ("phone", PHONE, "en-US"),
        ("tablet", TABLET, "es"),
        ("laptop", LAPTOP, "en-US"),
    ] {
        let school = School::open();
        let browser = Browser::open(&school.driver, &school.profile, size, language).await;
        school.enter(&browser).await;
        let dark = serde_json::json!({"features": [
            {"name": "prefers-color-scheme", "value": if name == "phone" { "dark" } else { "light" }},
        ]});
        browser.cdp("Emulation.setEmulatedMedia", dark).await;
        assert_eq!(
            browser.eval(MISFITS).await,
            serde_json::json!([]),
            "{name}, fresh"
        );
        browser.picture(&format!("size-{name}-fresh")).await;
        browser
            .client
            .find(Locator::Css("button[aria-pressed]"))
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        browser.until(KEPT).await;
        assert_eq!(browser.eval(MISFITS).await, serde_json::json!([]), "{name}");
        browser.picture(&format!("size-{name}")).await;
        send(&browser).await;
        browser.until(&newest_is("on-the-server")).await;
        assert_eq!(
            browser.eval(MISFITS).await,
            serde_json::json!([]),
            "{name}, written"
        );
        browser.picture(&format!("size-{name}-written")).await;
        browser.close().await;
    }
}
