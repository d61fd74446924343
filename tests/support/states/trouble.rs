//! Everything that can go wrong on a device, and a newer version that waits.

use super::empty::way;
use super::{Kind, Listener};
use crate::support::answering::tap;
use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::enter::{arrive, begin, send};
use crate::support::forms::publish_three_reads;
use crate::support::program::Program;
use crate::support::web_copy::{EARLIER, FULL_DISK, WebCopy};
use crate::support::web_folder;
use lookfor::text::Say;
use lookfor::text::shell::Shell;
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// True when every tap is committed.
const KEPT: &str = "document.querySelector('#standing')?.dataset.state === 'kept'";
/// True when the app can open without a network.
const INSTALLED: &str = "navigator.serviceWorker?.controller?.state === 'activated'";

/// A tablet, and a server that gives it this copy of the app.
struct Tablet {
    server: Program,
    data: TempDir,
    driver: Driver,
    profile: Profile,
    locale: &'static str,
}

impl Tablet {
    fn with(web: &Path, locale: &'static str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let server = Program::start(data.path(), web);
        publish_three_reads(data.path());
        Self {
            server,
            data,
            driver: Driver::start(),
            profile: Profile::new(),
            locale,
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    async fn window(&self) -> Browser {
        Browser::open(&self.driver, &self.profile, TABLET, self.locale).await
    }

    async fn arrived(&self) -> Browser {
        let browser = self.window().await;
        arrive(&browser, &self.url(), || self.server.first_secret()).await;
        browser
    }
}

/// The tour.
pub async fn tour(listener: &mut Listener) {
    no_store(listener).await;
    a_store_that_does_not_open(listener).await;
    a_full_disk(listener).await;
    set_aside_and_updated(listener).await;
    signed_out(listener).await;
    outdated(listener).await;
    opening(listener).await;
}

/// The browser gives nothing that lasts.
async fn no_store(listener: &mut Listener) {
    let web = WebCopy::with_worker_running(
        "navigator.storage.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));",
    );
    let tablet = Tablet::with(web.path(), listener.locale());
    let browser = tablet.arrived().await;
    browser
        .until("document.querySelector('[role=alert]')")
        .await;
    listener.look(&browser, "today", Kind::Error).await;
    browser.close().await;
}

async fn a_store_that_does_not_open(listener: &mut Listener) {
    let web = WebCopy::with_worker_running(
        "FileSystemFileHandle.prototype.createSyncAccessHandle = () => \
         Promise.reject(new DOMException('broken', 'UnknownError'));",
    );
    let tablet = Tablet::with(web.path(), listener.locale());
    let browser = tablet.window().await;
    browser.go(&tablet.url()).await;
    browser.until("document.querySelector('#open-again')").await;
    listener.look(&browser, "does-not-open", Kind::Error).await;
    browser.close().await;
}

/// A tap is not kept, and is taken back loudly.
async fn a_full_disk(listener: &mut Listener) {
    let web = WebCopy::with_worker_running(FULL_DISK);
    let tablet = Tablet::with(web.path(), listener.locale());
    let browser = tablet.arrived().await;
    begin(&browser).await;
    tap(&browser, "main .choice").await;
    browser.until(KEPT).await;
    browser
        .eval("window.disk = new BroadcastChannel('disk')")
        .await;
    browser.eval("disk.postMessage(true)").await;
    tap(&browser, "main .choice:not([aria-pressed=true])").await;
    browser
        .until("document.querySelector('.dock [role=alert]')")
        .await;
    listener.look(&browser, "visit", Kind::Error).await;
    browser.close().await;
}

/// A record that the server can never take, a second tab, a newer version.
async fn set_aside_and_updated(listener: &mut Listener) {
    let web = WebCopy::new();
    let tablet = Tablet::with(web.path(), listener.locale());
    let browser = tablet.arrived().await;
    browser.until(INSTALLED).await;
    visit(&browser).await;
    let newest = |state: &str| {
        format!("document.querySelector('.visit-list .where')?.dataset.state === {state:?}")
    };
    browser.until(&newest("on-the-server")).await;
    // As if another copy of this store had sent its second visit already.
    let store = Connection::open(tablet.data.path().join("lookfor.sqlite")).unwrap();
    store.busy_timeout(Duration::from_secs(10)).unwrap();
    assert_eq!(store.execute("update event set number = 2", []), Ok(1));
    visit(&browser).await;
    browser.until(&newest("set-aside")).await;
    listener.look(&browser, "today", Kind::SetAside).await;
    tap(&browser, "#way-Visits").await;
    browser.until("document.querySelector('a[download]')").await;
    listener.look(&browser, "visits", Kind::SetAside).await;
    way(&browser, &listener.language.shell(Shell::Storage)).await;
    browser
        .until("document.querySelector('#save-unsent')")
        .await;
    browser
        .until("document.querySelector('.aside a[download]')")
        .await;
    listener.look(&browser, "storage", Kind::SetAside).await;
    tap(&browser, "#back").await;
    tap(&browser, "#way-Today").await;

    // The device has a new id; of that, too, as if the number of what comes next were taken.
    visit(&browser).await;
    browser.until(&newest("on-the-server")).await;
    let next = "update event set number = number + 1 where rowid = (select max(rowid) from event)";
    assert_eq!(store.execute(next, []), Ok(1));
    tap(&browser, ".visit-row .write").await;
    tap(&browser, ".dock #send").await;
    browser
        .until("document.querySelector('.aside a[download]')")
        .await;
    listener.look(&browser, "feedback", Kind::SetAside).await;
    tap(&browser, "#back").await;
    tap(&browser, "#back").await;
    tap(&browser, "#way-Today").await;

    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second).await.unwrap();
    browser.go(&tablet.url()).await;
    browser.until("document.querySelector('#use-here')").await;
    listener.look(&browser, "elsewhere", Kind::Error).await;
    tap(&browser, "#use-here").await;
    browser.until("document.querySelector('nav.ways')").await;
    browser.client.switch_to_window(first).await.unwrap();
    browser.until("document.querySelector('#use-here')").await;
    listener.look(&browser, "moved", Kind::Error).await;
    tap(&browser, "#use-here").await;
    browser.until("document.querySelector('nav.ways')").await;

    web.become_version("fedcba9876543210");
    let look = "navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 1)";
    assert_eq!(browser.eval_async(look).await, 1);
    browser
        .until("document.querySelector('.dock .notice')")
        .await;
    listener.look(&browser, "today", Kind::Update).await;
    browser.close().await;
}

/// Somebody ended this device, for instance since it was thought to be lost.
async fn signed_out(listener: &mut Listener) {
    let tablet = Tablet::with(&web_folder(), listener.locale());
    let browser = tablet.arrived().await;
    let store = Connection::open(tablet.data.path().join("lookfor.sqlite")).unwrap();
    store.busy_timeout(Duration::from_secs(10)).unwrap();
    let end = "update device set ended_at_utc_ms = signed_in_at_utc_ms";
    assert_eq!(store.execute(end, []), Ok(1));
    visit(&browser).await;
    told(&browser, &listener.language.say(&Say::SignInAgain)).await;
    listener.look(&browser, "today", Kind::SignedOut).await;
    browser.close().await;
}

/// The server was replaced by one that does not understand this version.
async fn outdated(listener: &mut Listener) {
    let web = WebCopy::with_worker_running(EARLIER);
    let tablet = Tablet::with(web.path(), listener.locale());
    let browser = tablet.arrived().await;
    visit(&browser).await;
    told(&browser, &listener.language.say(&Say::UpdateNeeded)).await;
    listener.look(&browser, "today", Kind::Outdated).await;
    browser.close().await;
}

/// Waits for a notice with this title.
async fn told(browser: &Browser, title: &str) {
    browser
        .until(&format!(
            "[...document.querySelectorAll('.notice')].some((n) => n.textContent.includes({title:?}))"
        ))
        .await;
}

async fn visit(browser: &Browser) {
    begin(browser).await;
    tap(browser, "main .choice").await;
    browser.until(KEPT).await;
    send(browser).await;
}

/// Before the store has said anything, the page is its calm shape.
async fn opening(listener: &mut Listener) {
    let web = WebCopy::with_worker_running("await new Promise(() => {});");
    let tablet = Tablet::with(web.path(), listener.locale());
    let browser = tablet.window().await;
    browser.go(&tablet.url()).await;
    browser.until("document.querySelector('#shell')").await;
    listener.look(&browser, "opening", Kind::Loading).await;
    browser.close().await;
}
