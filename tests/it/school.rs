//! A district of one tablet: a browser that can be killed, a proxy that breaks the network, a server.

use crate::server::{Row, Stored};
use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::device::DeviceStore;
use crate::support::enter::enter;
use crate::support::office::Office;
use crate::support::program::Program;
use crate::support::proxy::{Mode, Proxy};
use crate::support::web_folder;
use lookfor::domain::hash::Sha256;
use std::path::Path;
use tempfile::TempDir;

/// True when the choice with this name is marked.
pub fn marked(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('[aria-pressed=true]')].some((e) => e.textContent === {name:?})"
    )
}

/// True when the page says that the draft is kept.
pub const KEPT: &str = "document.querySelector('#standing')?.dataset.state === 'kept'";
/// True when the form takes taps.
pub const FORM: &str = "document.querySelector('button[aria-pressed]:enabled')";
/// True when the app can open without a network.
pub const INSTALLED: &str = "navigator.serviceWorker?.controller?.state === 'activated'";

/// True when the newest visit is there.
pub fn newest_is(state: &str) -> String {
    format!("document.querySelector('.visit-list .where')?.dataset.state === {state:?}")
}

/// A district of one tablet: browser, proxy, server.
pub struct School {
    pub driver: Driver,
    pub profile: Profile,
    pub proxy: Proxy,
    pub office: Office,
    pub server: Program,
    pub data: TempDir,
}

impl School {
    /// The network is there.
    pub fn open() -> Self {
        Self::with_web(&web_folder())
    }

    /// With the web app in this folder.
    pub fn with_web(web: &Path) -> Self {
        let data = tempfile::tempdir().unwrap();
        let server = Program::start(data.path(), web);
        let office = Office::before(&server.address);
        let proxy = Proxy::start(&office.address);
        Self {
            driver: Driver::start(),
            profile: Profile::new(),
            proxy,
            office,
            server,
            data,
        }
    }

    /// The app on a tablet, its form in view.
    pub async fn tablet(&self) -> Browser {
        let browser = self.window("en-US").await;
        self.enter(&browser).await;
        browser
    }

    /// Into the app, its form in view.
    pub async fn enter(&self, browser: &Browser) {
        enter(browser, &self.proxy.url(), &self.office).await;
    }

    /// A window of a tablet, with nothing in it yet.
    pub async fn window(&self, language: &str) -> Browser {
        Browser::open(&self.driver, &self.profile, TABLET, language).await
    }

    /// A tablet on which the app is installed and one visit is recorded without a network.
    pub async fn tablet_with_a_visit_offline(&self) -> Browser {
        let browser = self.tablet().await;
        browser.until(INSTALLED).await;
        self.proxy.set(Mode::Refuse);
        browser.press("Partly").await;
        browser.until(KEPT).await;
        browser.press("Done").await;
        browser.until(&newest_is("on-this-device")).await;
        browser
    }

    /// What the server has.
    pub fn rows(&self) -> Vec<Row> {
        Stored::in_folder(self.data.path()).rows()
    }
}

/// Closes the browser, reads the device's store, and compares it with the server's file.
pub async fn one_and_the_same_record(school: &School, browser: Browser) {
    browser.close().await;
    school.profile.kill();
    let device = DeviceStore::of(&school.profile);
    let rows = school.rows();
    let [row] = rows.as_slice() else {
        panic!("{} records on the server", rows.len())
    };
    let events = device.events();
    let [(sha256, body)] = events.as_slice() else {
        panic!("{} on the device", events.len())
    };
    assert_eq!(&row.body, body);
    assert_eq!(Sha256::of(&row.body).to_string(), *sha256);
    let sql = "select server_number, received_at_utc_ms from event";
    let receipt = device
        .0
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(receipt, (row.server_number, row.received_at_utc_ms));
}
