//! The screens of who sits at the device, in a real browser.

use crate::card_app::{After, NOTICED, WAYS};
use crate::page::MISFITS;
use crate::school::{FORM, INSTALLED, KEPT, School, newest_is};
use crate::support::browser::{Browser, Driver, PHONE, Profile, TABLET};
use crate::support::enter::{START, begin, send};
use crate::support::proxy::Mode;
use axum::http::StatusCode;
use fantoccini::Locator;
use fantoccini::key::Key;
use lookfor::domain::agreement::{Agreement, Withheld};
use lookfor::domain::document::{Audience, Document};
use lookfor::domain::id::PersonId;
use lookfor::domain::problem::Problem;
use lookfor::domain::visibility::{Relation, Row};

/// True when the page shows this text.
fn shows(text: &str) -> String {
    format!("document.body.innerText.includes({text:?})")
}

fn ben() -> PersonId {
    PersonId::mint(1, [6; 10])
}

/// Touches the element that a selector finds, however often it is drawn anew meanwhile.
async fn touch(browser: &Browser, selector: &str) {
    let found = format!("document.querySelector({selector:?})");
    browser.until(&found).await;
    browser.click(&found).await;
}

/// Goes where this line of the page "Me" leads.
async fn way(browser: &Browser, name: &str) {
    touch(browser, "#way-Me").await;
    browser.press(name).await;
    browser
        .until("document.activeElement.id === 'heading'")
        .await;
}

async fn fits(browser: &Browser, what: &str) {
    let found = browser.eval(MISFITS).await;
    assert_eq!(found, serde_json::json!([]), "{what}");
}

async fn colours(browser: &Browser, colours: &str) {
    let media = serde_json::json!({"features": [
        {"name": "prefers-color-scheme", "value": colours},
    ]});
    browser.cdp("Emulation.setEmulatedMedia", media).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signs_in_leaves_no_secret_in_the_address_and_works_once() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::behind_an_office();
    let browser = school.window("en-US").await;
    browser.go(&school.proxy.url()).await;
    browser.until(&shows("You need an invitation")).await;
    assert_eq!(browser.eval(FORM).await, serde_json::Value::Null);

    let secret = school.office().invite(ben(), "Ben Ortega");
    let link = format!("{}/join#{secret}", school.proxy.url());
    browser.go(&link).await;
    browser.until(&shows("Welcome to Lookfor")).await;
    let address = browser.eval("location.href").await;
    assert_eq!(address, format!("{}/", school.proxy.url()));
    // Looking at a link uses nothing.
    assert_eq!(school.office().sign_ins().len(), 0);
    browser.press("Sign in on this device").await;
    begin(&browser).await;
    browser.press("Seen").await;
    browser.until(KEPT).await;
    send(&browser).await;
    browser.until(&newest_is("on-the-server")).await;

    let kept = browser
        .eval("Object.keys(localStorage).length + Object.keys(sessionStorage).length")
        .await;
    assert_eq!(kept, 0, "the page keeps no token");
    browser.go(&link).await;
    browser
        .until(&shows("Ben Ortega uses this device already"))
        .await;
    browser.press("Sign in on this device").await;
    browser.until(&shows("was used before")).await;
    browser.press("Not now").await;
    browser.until(START).await;
    let violations = browser.log().await;
    let violations = violations
        .iter()
        .filter(|line| line.contains("Content Security Policy") || line.contains("panicked"));
    assert_eq!(violations.count(), 0);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_without_a_network_once_installed_and_waits_for_it() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::behind_an_office();
    let browser = school.window("en-US").await;
    browser.go(&school.proxy.url()).await;
    browser.until(INSTALLED).await;
    school.proxy.set(Mode::Refuse);
    let secret = school.office().invite(ben(), "Ben Ortega");
    browser
        .go(&format!("{}/join#{secret}", school.proxy.url()))
        .await;
    browser.press("Sign in on this device").await;
    browser.until(&shows("No network yet")).await;
    browser.picture("seat-no-network").await;
    school.proxy.set(Mode::Open);
    browser.until(START).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_share_a_tablet_and_neither_loses_a_visit() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::behind_an_office();
    let browser = school.tablet().await;
    school
        .office()
        .fail(Some((StatusCode::BAD_GATEWAY, Problem::ServerFailed)));
    browser.press("Partly").await;
    browser.until(KEPT).await;
    send(&browser).await;
    browser.until(&newest_is("on-this-device")).await;

    way(&browser, "Sign out").await;
    browser
        .until(&shows("1 visit is not on the server yet."))
        .await;
    touch(&browser, "#back").await;
    way(&browser, "Use as another person").await;
    let secret = school.office().invite(ben(), "Ben Ortega");
    let field = browser.client.find(Locator::Css("#code")).await.unwrap();
    field.send_keys(&secret).await.unwrap();
    field
        .send_keys(&char::from(Key::Enter).to_string())
        .await
        .unwrap();
    browser.until(&shows("Finished visits appear here")).await;
    school.office().fail(None);
    begin(&browser).await;
    browser.press("Seen").await;
    browser.until(KEPT).await;
    send(&browser).await;
    browser.until(&newest_is("on-the-server")).await;
    assert_eq!(school.rows().len(), 1);

    // Opened anew, Ben still sits there; then Ada goes on where she left.
    browser.client.refresh().await.unwrap();
    browser.until(&newest_is("on-the-server")).await;
    way(&browser, "Use as another person").await;
    browser.picture("seat-people").await;
    browser.press("Go on as Ada Alvarez").await;
    browser.until(&newest_is("on-the-server")).await;
    assert_eq!(school.rows().len(), 2);

    way(&browser, "Sign out").await;
    browser.until(&shows("Everything is on the server.")).await;
    touch(&browser, "#sign-out").await;
    browser.until(&shows("Ada Alvarez signed out")).await;
    browser.picture("seat-signed-out").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_somebody_else_gives_back_shows_nothing_of_who_was_there() {
    let _alone = crate::one_browser_at_a_time().await;
    let after = After::a_visit().await;
    let (driver, profile) = (Driver::start(), Profile::new());
    let tablet = Browser::open(&driver, &profile, TABLET, "en-US").await;
    after.app(&tablet, &after.teacher).await;
    way(&tablet, "Visits to my class").await;
    touch(&tablet, &format!("[data-visit='{}']", after.visit)).await;
    tablet.until(&shows(NOTICED)).await;
    let first = tablet.client.window().await.unwrap();
    let second = tablet.client.new_window(true).await.unwrap().handle;
    tablet
        .client
        .switch_to_window(second.clone())
        .await
        .unwrap();
    tablet.go(&after.link(&after.colleague).await).await;
    tablet.until(&shows("Lookfor is open in another tab")).await;
    tablet.press("Use it here").await;
    touch(&tablet, "#sign-in:enabled").await;
    tablet.until(WAYS).await;

    // From here on whoever looks at the first tab is the colleague.
    tablet.client.switch_to_window(first.clone()).await.unwrap();
    tablet.until(&shows("You went on in another tab")).await;
    let look = format!(
        "window.seen = 0, new MutationObserver(() => {{ window.seen += {} ? 1 : 0; }}) \
         .observe(document.body, {{ childList: true, subtree: true, characterData: true }})",
        shows(NOTICED)
    );
    tablet.eval(&look).await;
    tablet.client.switch_to_window(second).await.unwrap();
    tablet.client.close_window().await.unwrap();
    tablet.client.switch_to_window(first).await.unwrap();
    tablet.until(WAYS).await;
    assert_eq!(tablet.eval("seen").await, 0);
    touch(&tablet, "#way-Me").await;
    tablet.until(&shows("Ned Haddad")).await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_sign_in_is_said_quietly_and_recording_goes_on() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::behind_an_office();
    let browser = school.tablet().await;
    school.office().end_all();
    browser.press("Partly").await;
    browser.until(KEPT).await;
    send(&browser).await;
    browser.until(&shows("Sign in again to send")).await;
    browser.until(&newest_is("on-this-device")).await;
    begin(&browser).await;
    browser.press("Seen").await;
    browser.until(KEPT).await;
    browser.picture("seat-sign-in-again").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_the_seat_fit_every_device_in_both_languages() {
    let _alone = crate::one_browser_at_a_time().await;
    for (name, size, language, light) in [
        ("phone-small", (320, 568), "es", "light"),
        ("phone", PHONE, "en-US", "dark"),
        ("tablet", TABLET, "es", "light"),
    ] {
        let words: [&str; 4] = match language {
            "es" => [
                "Lo que se acordó",
                "Código para otro dispositivo",
                "Usar como otra persona",
                "Cerrar sesión",
            ],
            _ => [
                "What was agreed",
                "Code for another device",
                "Use as another person",
                "Sign out",
            ],
        };
        let school = School::behind_an_office();
        let withheld = Withheld {
            row: Row::BrightSpotPermitted,
            from: Relation::Other,
        };
        school.office().publish(
            Audience::Everyone,
            &Document::Agreement(Agreement {
                version: 2,
                from_utc_ms: 1_790_000_000_000,
                withheld: vec![withheld],
                ..Agreement::first()
            }),
        );
        let browser = Browser::open(&school.driver, &school.profile, size, language).await;
        colours(&browser, light).await;
        browser.go(&school.proxy.url()).await;
        browser.until("document.querySelector('#code')").await;
        fits(&browser, &format!("{name}, sign in")).await;
        browser.picture(&format!("seat-{name}-1-sign-in")).await;
        let secret = school.office().invite(ben(), "Benjamín Ortega de la Cruz");
        browser
            .go(&format!("{}/join#{secret}", school.proxy.url()))
            .await;
        browser
            .until("document.querySelector('#sign-in:enabled')")
            .await;
        fits(&browser, &format!("{name}, link")).await;
        browser.picture(&format!("seat-{name}-2-link")).await;
        touch(&browser, "#sign-in").await;
        browser.until(START).await;
        touch(&browser, "#way-Me").await;
        browser.until("document.querySelector('.way')").await;
        fits(&browser, &format!("{name}, me")).await;
        browser.picture(&format!("seat-{name}-3-me")).await;
        for (place, word) in (4..).zip(words) {
            way(&browser, word).await;
            if place == 4 {
                browser.until("document.querySelector('.promises')").await;
            }
            if place == 5 {
                touch(&browser, "#show-code").await;
                browser.until("document.querySelector('p.code')").await;
            }
            fits(&browser, &format!("{name}, {word}")).await;
            browser.picture(&format!("seat-{name}-{place}")).await;
            touch(&browser, "#back").await;
            browser.until("document.querySelector('.way')").await;
        }
        browser.close().await;
    }
}
