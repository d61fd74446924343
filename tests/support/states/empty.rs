//! Nobody has done anything yet: a new server, a new device.

use super::{Kind, Listener};
use crate::support::answering::tap;
use crate::support::browser::{Browser, Driver, Profile, TABLET};
use crate::support::program::Program;
use crate::support::proxy::{Mode, Proxy};
use crate::support::web_folder;
use fantoccini::Locator;
use lookfor::text::Say;
use lookfor::text::shell::Shell;
use lookfor::text::spots::Spot;
use lookfor::text::talk::Talk;

/// Goes to the page of the one who sits here, and where this line of it leads.
pub async fn way(browser: &Browser, name: &str) {
    tap(browser, "#way-Me").await;
    browser.press(name).await;
    browser
        .until("document.activeElement.id === 'heading'")
        .await;
}

/// The tour.
pub async fn tour(listener: &mut Listener) {
    let language = listener.language;
    let data = tempfile::tempdir().unwrap();
    let server = Program::start(data.path(), &web_folder());
    let proxy = Proxy::start(&server.address);
    let (driver, profile) = (Driver::start(), Profile::new());
    let browser = Browser::open(&driver, &profile, TABLET, listener.locale()).await;

    browser.go(&proxy.url()).await;
    browser.until("document.querySelector('#code')").await;
    listener.look(&browser, "sign-in", Kind::Empty).await;
    let field = browser.client.find(Locator::Css("#code")).await.unwrap();
    field.send_keys("7KQ4M2XW").await.unwrap();
    tap(&browser, "#sign-in").await;
    browser
        .until("document.querySelector('[role=alert]')")
        .await;
    listener.look(&browser, "sign-in", Kind::Error).await;

    browser
        .go(&format!("{}/join#{}", proxy.url(), server.first_secret()))
        .await;
    browser
        .until("document.querySelector('#sign-in:enabled')")
        .await;
    listener.look(&browser, "invited", Kind::Filled).await;
    proxy.set(Mode::Refuse);
    tap(&browser, "#sign-in").await;
    browser.until("document.querySelector('.notice')").await;
    listener.look(&browser, "invited", Kind::Offline).await;
    proxy.set(Mode::Open);
    browser.until("document.querySelector('nav.ways')").await;
    listener.look(&browser, "today", Kind::Empty).await;
    tap(&browser, "#way-Visits").await;
    browser.until("document.querySelector('.visits')").await;
    listener.look(&browser, "visits", Kind::Empty).await;
    tap(&browser, "#way-Me").await;
    // What an admin may do comes with the feed.
    browser.until("document.querySelector('#office')").await;
    listener.look(&browser, "me", Kind::Filled).await;
    for (screen, kind, name, there) in [
        (
            "about-me",
            Kind::Empty,
            language.talk(Talk::AboutMe),
            ".quiet",
        ),
        (
            "replies",
            Kind::Empty,
            language.talk(Talk::Replies),
            ".quiet",
        ),
        (
            "bright-spots",
            Kind::Empty,
            language.spot(Spot::BrightSpots),
            ".quiet",
        ),
        (
            "people",
            Kind::Filled,
            language.say(&Say::AnotherPerson),
            "#code",
        ),
        (
            "agreement",
            Kind::Filled,
            language.say(&Say::Agreement),
            ".promises",
        ),
        (
            "storage",
            Kind::Empty,
            language.shell(Shell::Storage),
            "#promise",
        ),
        (
            "about",
            Kind::Filled,
            language.shell(Shell::About),
            "#version",
        ),
        (
            "leave",
            Kind::Filled,
            language.say(&Say::SignOut),
            "#sign-out",
        ),
    ] {
        way(&browser, &name).await;
        browser
            .until(&format!("document.querySelector('main {there}')"))
            .await;
        listener.look(&browser, screen, kind).await;
        tap(&browser, "#back").await;
    }
    way(&browser, &language.say(&Say::AnotherDevice)).await;
    tap(&browser, "#show-code").await;
    browser.until("document.querySelector('p.code')").await;
    listener.look(&browser, "code", Kind::Filled).await;
    tap(&browser, "#back").await;
    proxy.set(Mode::Refuse);
    way(&browser, &language.say(&Say::AnotherDevice)).await;
    tap(&browser, "#show-code").await;
    browser
        .until("document.querySelector('[role=alert]')")
        .await;
    listener.look(&browser, "code", Kind::Offline).await;
    tap(&browser, "#back").await;
    tap(&browser, "#office").await;
    browser
        .until("document.querySelector('.dock [role=alert]')")
        .await;
    listener.look(&browser, "me", Kind::Error).await;
    browser.close().await;
}
