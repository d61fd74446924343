//! A district at work: the demo, as its principal, its teacher, its coach and its admin see it.

use super::empty::way;
use super::{Kind, Listener};
use crate::support::answering::tap;
use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::enter::FORM;
use crate::support::program::Program;
use crate::support::proxy::{Mode, Proxy};
use crate::support::web_folder;
use fantoccini::Locator;
use lookfor::domain::hash::Sha256;
use lookfor::text::shell::Shell;
use lookfor::text::spots::Spot;
use lookfor::text::talk::Talk;
use lookfor::text::{Language, Say};
use rusqlite::{Connection, params};
use std::path::Path;

/// True when every tap is committed.
const KEPT: &str = "document.querySelector('#standing')?.dataset.state === 'kept'";
/// A secret of a light card that a test makes up.
pub const SECRET: &str = "5555555555555555555555555555555555555555555555555555555555555555";

/// A demo, the way to it, and a browser in which each role has an origin of its own.
struct Demo {
    server: Program,
    proxy: Proxy,
    browser: Browser,
}

impl Demo {
    /// Signs a role in.
    async fn sit(&self, role: &str) {
        let port = self.proxy.url().rsplit(':').next().unwrap().to_owned();
        let secret = self.server.demo_secret(role);
        let url = format!("http://{role}.localhost:{port}/join#{secret}");
        self.browser.go(&url).await;
        self.browser
            .until("document.querySelector('#sign-in:enabled')")
            .await;
        tap(&self.browser, "#sign-in").await;
        self.browser
            .until("document.querySelector('nav.ways')")
            .await;
    }

    async fn there(&self, selector: &str) {
        self.browser
            .until(&format!("document.querySelector({selector:?})"))
            .await;
    }
}

/// The tour.
pub async fn tour(listener: &mut Listener) {
    let data = tempfile::tempdir().unwrap();
    let server = Program::start_demo(data.path(), &web_folder());
    let (driver, profile) = (Driver::start(), Profile::new());
    let demo = Demo {
        proxy: Proxy::start(&server.address),
        browser: Browser::open(&driver, &profile, TABLET, listener.locale()).await,
        server,
    };
    principal(listener, &demo).await;
    teacher(listener, &demo).await;
    coach(listener, &demo).await;
    light(listener, &demo, data.path()).await;
    office(listener, &demo).await;
    demo.browser.close().await;
}

async fn principal(listener: &mut Listener, demo: &Demo) {
    let (language, browser) = (listener.language, &demo.browser);
    demo.sit("principal").await;
    demo.there(".class.first .start").await;
    listener.look(browser, "today", Kind::Filled).await;
    tap(browser, "#another-class").await;
    demo.there(".class .start").await;
    listener.look(browser, "classes", Kind::Filled).await;
    let search = browser.client.find(Locator::Css("#search")).await.unwrap();
    search.send_keys("zzz").await.unwrap();
    browser
        .until("!document.querySelector('.class .start')")
        .await;
    listener.look(browser, "classes", Kind::Empty).await;
    tap(browser, "#back").await;
    way(browser, &language.talk(Talk::Replies)).await;
    demo.there("main .stands").await;
    listener.look(browser, "replies", Kind::Filled).await;
    tap(browser, "#back").await;
    tap(browser, "#way-Today").await;

    tap(browser, ".class.first .start").await;
    browser.until(FORM).await;
    listener.look(browser, "visit", Kind::Empty).await;
    // Everything is touched once, so that each kind shows what it looks like when it is marked.
    let all = "[...document.querySelectorAll('main .look-for')].forEach((card) => \
               card.querySelector('.choice, .more, .run')?.click())";
    browser.client.execute(all, vec![]).await.unwrap();
    browser.until(KEPT).await;
    listener.look(browser, "visit", Kind::Filled).await;
    tap(browser, "#done").await;
    demo.there("#send").await;
    listener.look(browser, "review", Kind::Filled).await;
    demo.proxy.set(Mode::Refuse);
    tap(browser, "#send").await;
    demo.there("#written").await;
    listener.look(browser, "today", Kind::Offline).await;
    way(browser, &language.shell(Shell::Storage)).await;
    demo.there("#save-unsent").await;
    listener.look(browser, "storage", Kind::Offline).await;
    tap(browser, "#back").await;
    way(browser, &language.say(&Say::SignOut)).await;
    demo.there("#send-now").await;
    listener.look(browser, "leave", Kind::Offline).await;
    tap(browser, "#back").await;
    tap(browser, "#way-Visits").await;
    demo.there(".visit-row").await;
    listener.look(browser, "visits", Kind::Filled).await;
    browser.press(&language.talk(Talk::WhatCameOfIt)).await;
    demo.there("#write").await;
    listener.look(browser, "record", Kind::Filled).await;
    tap(browser, "#write").await;
    demo.there("#part-noticed").await;
    let field = browser
        .client
        .find(Locator::Css("#part-noticed"))
        .await
        .unwrap();
    let judging = match language {
        Language::English => " Great.",
        Language::Spanish => " Excelente.",
    };
    field.send_keys(judging).await.unwrap();
    browser
        .until("document.querySelector('#part-noticed-instead').innerText")
        .await;
    listener.look(browser, "feedback", Kind::Filled).await;
    tap(browser, ".dock #send").await;
    demo.there("#waits").await;
    listener.look(browser, "feedback", Kind::Offline).await;
    demo.proxy.set(Mode::Open);
}

async fn teacher(listener: &mut Listener, demo: &Demo) {
    let browser = &demo.browser;
    // A store that takes its time: what a screen shows meanwhile stays.
    browser
        .inject(
            "const post = Worker.prototype.postMessage; \
             Worker.prototype.postMessage = function (text, ...more) { \
               if (window.slow && /\"Sayings\"/.test(text)) return; \
               return post.call(this, text, ...more); };",
        )
        .await;
    demo.sit("teacher").await;
    way(browser, &listener.language.talk(Talk::AboutMe)).await;
    demo.there(".whole-row").await;
    listener.look(browser, "about-me", Kind::Filled).await;
    tap(browser, ".whole-row").await;
    demo.there("#write-reply").await;
    listener.look(browser, "card", Kind::Filled).await;
    tap(browser, "#write-reply").await;
    demo.there("#reply").await;
    listener.look(browser, "reply", Kind::Filled).await;
    // What was read a moment ago is shown at once; after the card it is read anew.
    browser.eval("window.slow = true").await;
    tap(browser, "#back").await;
    browser
        .until("document.activeElement.id === 'heading'")
        .await;
    listener.look(browser, "about-me", Kind::Loading).await;
    browser.eval("window.slow = false").await;
    for screen in ["week", "log", "welcome", "pilot"] {
        tap(browser, "#way-ForYou").await;
        tap(browser, &format!("#voice-{screen}")).await;
        browser
            .until("document.activeElement.id === 'heading'")
            .await;
        listener.look(browser, screen, Kind::Filled).await;
        tap(browser, "#back").await;
    }
}

async fn coach(listener: &mut Listener, demo: &Demo) {
    let (language, browser) = (listener.language, &demo.browser);
    demo.sit("coach").await;
    way(browser, &language.spot(Spot::BrightSpots)).await;
    demo.there(".spot-card").await;
    listener.look(browser, "bright-spots", Kind::Filled).await;
    tap(browser, "#back").await;
    way(browser, &language.spot(Spot::SupportWanted)).await;
    browser
        .until("document.querySelector('main .was-given, main .quiet')")
        .await;
    listener.look(browser, "support", Kind::Filled).await;
}

/// Makes the longest feedback of a district readable by a link with [`SECRET`]; gives the path of its card.
pub fn give_card(data: &Path) -> String {
    let store = Connection::open(data.join("lookfor.sqlite")).unwrap();
    store
        .busy_timeout(std::time::Duration::from_secs(10))
        .unwrap();
    let sql = "insert into secret (sha256, kind, person, feedback, made_at_utc_ms, expires_utc_ms) \
               values (?1, 'card', ?2, ?3, 0, 9000000000000)";
    let longest = "select audience, id from document where kind = 'feedback' and body is not null \
                   and audience = 'person:' || json_extract(body, '$.body.teacher') \
                   order by length(body) desc limit 1";
    let (audience, feedback): (String, String) = store
        .query_row(longest, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let id = |text: &str| *text.parse::<uuid::Uuid>().unwrap().as_bytes();
    let teacher = id(audience.strip_prefix("person:").unwrap());
    let sum = Sha256::of(SECRET.as_bytes()).0;
    store
        .execute(sql, params![sum, teacher, id(&feedback)])
        .unwrap();
    format!("/card/{SECRET}")
}

async fn light(listener: &mut Listener, demo: &Demo, data: &Path) {
    let browser = &demo.browser;
    let path = format!("{}?lang={}", give_card(data), listener.language.tag());
    let url = demo.proxy.url();
    browser.go(&format!("{url}{path}")).await;
    listener.look(browser, "light-door", Kind::Filled).await;
    tap(browser, "form button.primary").await;
    demo.there("#reply").await;
    // With everything that is folded away until somebody wants it.
    browser
        .eval("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        .await;
    listener.look(browser, "light-card", Kind::Filled).await;
    let nobodys = path.replace('5', "6");
    browser.go(&format!("{url}{nobodys}")).await;
    tap(browser, "form button.primary").await;
    browser
        .until("document.querySelector('h1') && !document.querySelector('form button.primary')")
        .await;
    listener.look(browser, "light-card", Kind::Error).await;
}

/// The pages of the office that its bar leads to.
async fn office(listener: &mut Listener, demo: &Demo) {
    let browser = &demo.browser;
    demo.sit("admin").await;
    tap(browser, "#way-Me").await;
    tap(browser, "#office").await;
    browser
        .until("location.pathname.startsWith('/office')")
        .await;
    tap(browser, "form button.primary").await;
    browser.until("document.querySelector('nav')").await;
    let pages = browser
        .eval(
            "[...new Set([...document.querySelectorAll('a[href]')].map((a) => a.href.split('#')[0]))] \
             .filter((href) => new URL(href).pathname.startsWith('/office') && !/\\.(sqlite|csv|toml)/.test(href))",
        )
        .await;
    let pages = pages.as_array().unwrap();
    assert!(
        pages.len() > 5,
        "the bar of the office leads to its pages: {pages:?}"
    );
    for page in pages {
        let page = page.as_str().unwrap();
        browser.go(page).await;
        listener.look(browser, "office", Kind::Filled).await;
        let (_, name) = page.split_once("/office").unwrap();
        let name = name.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
        let language = listener.language.tag();
        browser
            .whole_picture(&format!("office-page{name}-{language}"))
            .await;
    }
}
