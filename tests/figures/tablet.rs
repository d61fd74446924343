//! A tablet on which an observer has worked for a month: the real app in a real browser, with its
//! visits recorded through the screen and received by the real server.

use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::enter::{begin, enter};
use crate::support::forms::publish_three_reads;
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use serde_json::json;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// Ten visits on each of the twenty school days of a month.
pub const VISITS: u32 = 200;
/// How many of them one script records, so that it ends within the driver's patience.
const BATCH: u32 = 20;

/// How long a finger is on the glass when it taps.
const TOUCH: Duration = Duration::from_millis(60);

/// True when the form takes taps.
pub const FORM: &str = "document.querySelector('main .choice:enabled')";
/// True when the page says that the draft is kept.
pub const KEPT: &str = "document.querySelector('#standing')?.dataset.state === 'kept'";
/// True when the app can open without a network.
pub const INSTALLED: &str = "navigator.serviceWorker?.controller?.state === 'activated'";
/// True when the server has the visits that are listed, which are the newest.
const ALL_RECEIVED: &str = "[...document.querySelectorAll('.visit-list .where')] \
     .every((where) => where.dataset.state === 'on-the-server')";

/// A tablet and what it talks to.
pub struct Tablet {
    driver: Driver,
    /// Its browser's profile.
    pub profile: Profile,
    /// The way to the server.
    pub proxy: Proxy,
    server: Program,
    _data: TempDir,
}

impl Tablet {
    /// A new one, which knows nothing of the app; its server serves the app in the folder `web`.
    pub fn new(web: &Path) -> Self {
        let data = tempfile::tempdir().unwrap();
        let server = Program::start(data.path(), web);
        publish_three_reads(data.path());
        Self {
            driver: Driver::start(),
            profile: Profile::new(),
            proxy: Proxy::start(&server.address),
            server,
            _data: data,
        }
    }

    /// One with the app installed and [`VISITS`] visits in its store, all received by the server.
    pub async fn after_a_month(web: &Path) -> Self {
        let tablet = Self::new(web);
        let browser = tablet.browser().await;
        tablet.enter(&browser).await;
        browser.until(INSTALLED).await;
        for _ in 0..VISITS / BATCH {
            record(&browser, BATCH).await;
        }
        browser
            .eval("document.querySelector('#back').click()")
            .await;
        let newest = format!("document.querySelector('.visit-row')?.dataset.visit === '{VISITS}'");
        browser.until(&newest).await;
        browser.until(ALL_RECEIVED).await;
        browser.close().await;
        tablet
    }

    /// Into the app, its form in view.
    pub async fn enter(&self, browser: &Browser) {
        enter(browser, &self.proxy.url(), || self.server.first_secret()).await;
    }

    /// A new browser process, on no page yet.
    pub async fn browser(&self) -> Browser {
        Browser::open(&self.driver, &self.profile, TABLET, "en-US").await
    }
}

/// Records so many visits, one tap each, as fast as the page can.
async fn record(browser: &Browser, visits: u32) {
    let script = include_str!("record.js");
    let done = browser.eval_async(&format!("({script})({visits})")).await;
    assert_eq!(done, "recorded");
}

/// Submits the visit that is open, if it has a tap, and begins the next.
pub async fn next_visit(browser: &Browser) {
    begin(browser).await;
    let script = include_str!("record.js");
    let done = browser.eval_async(&format!("({script})(0)")).await;
    assert_eq!(done, "recorded");
}

/// Touches the screen at the middle of what the expression gives, as a finger does.
pub async fn touch(browser: &Browser, element: &str) {
    let place = format!(
        "(({{x, y, width, height}}) => [x + width / 2, y + height / 2])\
         (({element}).getBoundingClientRect())"
    );
    let place = browser.eval(&place).await;
    let points = json!([{"x": place[0], "y": place[1]}]);
    for (event, points) in [("touchStart", points), ("touchEnd", json!([]))] {
        let parameters = json!({"type": event, "touchPoints": points});
        browser.cdp("Input.dispatchTouchEvent", parameters).await;
        if event == "touchStart" {
            tokio::time::sleep(TOUCH).await;
        }
    }
}
