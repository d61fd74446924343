//! A district of one tablet: a browser that can be killed, a proxy that breaks the network, a server.

use crate::server::{Row, Stored};
use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::device::DeviceStore;
pub use crate::support::enter::FORM;
use crate::support::enter::{arrive, enter, send};
use crate::support::forms::{of_class, of_form, publish_three_reads};
use crate::support::office::Office;
use crate::support::program::Program;
use crate::support::proxy::{Mode, Proxy};
use crate::support::web_folder;
use lookfor::domain::collect::form::Form;
use lookfor::domain::document::Audience;
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::PersonId;
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
    /// What stands before the server, where a test scripts sign-in and pull.
    pub office: Option<Office>,
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
        Self::with(web, true)
    }

    /// Without a form or a class.
    pub fn empty() -> Self {
        Self::with(&web_folder(), false)
    }

    fn with(web: &Path, forms: bool) -> Self {
        let data = tempfile::tempdir().unwrap();
        let server = Program::start(data.path(), web);
        if forms {
            publish_three_reads(data.path());
        }
        let proxy = Proxy::start(&server.address);
        Self {
            driver: Driver::start(),
            profile: Profile::new(),
            proxy,
            office: None,
            server,
            data,
        }
    }

    /// With an office before the server.
    pub fn behind_an_office() -> Self {
        let mut school = Self::open();
        let office = Office::before(&school.server);
        school.proxy = Proxy::start(&office.address);
        for (kind, id, body) in of_form(&Form::three_reads()).into_iter().chain(of_class(
            1,
            "Ortega",
            "Grade 5 mathematics",
        )) {
            office.say(Audience::Everyone, kind, &id, &body);
        }
        school.office = Some(office);
        school
    }

    /// The office, which must be there.
    pub fn office(&self) -> &Office {
        self.office.as_ref().unwrap()
    }

    /// A token of another device of the first person who signed in.
    pub fn another_token(&self) -> String {
        let token = uuid::Uuid::new_v4().to_string();
        let sql = "insert into device (id, person, token_sha256, label, signed_in_at_utc_ms, \
                   seen_at_utc_ms) select ?1, person, ?2, 'a test', 0, 0 from device limit 1";
        let sum = Sha256::of(token.as_bytes()).0;
        let id = uuid::Uuid::new_v4();
        let store = Stored::in_folder(self.data.path()).0;
        assert_eq!(store.execute(sql, (id.as_bytes(), sum)), Ok(1));
        token
    }

    /// The app on a tablet, its form in view.
    pub async fn tablet(&self) -> Browser {
        let browser = self.window("en-US").await;
        self.enter(&browser).await;
        browser
    }

    /// Into the app, its form in view.
    pub async fn enter(&self, browser: &Browser) {
        let secret = || match &self.office {
            Some(office) => office.invite(PersonId::mint(1, [5; 10]), "Ada Alvarez"),
            None => self.server.first_secret(),
        };
        enter(browser, &self.proxy.url(), secret).await;
    }

    /// Into the app, its first screen in view.
    pub async fn arrive(&self, browser: &Browser) {
        let secret = || self.server.first_secret();
        arrive(browser, &self.proxy.url(), secret).await;
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
        send(&browser).await;
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
