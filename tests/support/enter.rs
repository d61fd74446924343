//! Into the app and into a visit, whoever is or is not signed in: the one place where tests with a browser sign
//! in, begin and send.

use super::browser::Browser;

/// True when the form takes taps.
pub const FORM: &str = "document.querySelector('main.form button[aria-pressed]')";
/// True when a visit can be begun.
pub const START: &str = "document.querySelector('.start')";
/// True when nobody is signed in.
const NOBODY: &str = "document.querySelector('#sign-in')";

/// Goes to the app, signs in with the secret of a link if nobody is, and begins a visit unless one is open.
pub async fn enter(browser: &Browser, url: &str, secret: impl FnOnce() -> String) {
    arrive(browser, url, secret).await;
    begin(browser).await;
}

/// Goes to the app and signs in with the secret of a link if nobody is.
pub async fn arrive(browser: &Browser, url: &str, secret: impl FnOnce() -> String) {
    browser.go(url).await;
    let ready = format!("{FORM} || {START}");
    browser.until(&format!("{ready} || {NOBODY}")).await;
    if browser.eval(&format!("!({ready})")).await == true {
        browser.go(&format!("{url}/join#{}", secret())).await;
        browser
            .until("document.querySelector('#sign-in:enabled')")
            .await;
        click(browser, "#sign-in").await;
    }
    browser.until(&ready).await;
}

/// Begins a visit in the first class that is offered, unless one is open.
pub async fn begin(browser: &Browser) {
    browser.until(&format!("{FORM} || {START}")).await;
    if browser.eval(&format!("!({FORM})")).await == true {
        click(browser, ".start").await;
    }
    browser.until(FORM).await;
}

/// Sends the visit that is open.
pub async fn send(browser: &Browser) {
    browser
        .until("document.querySelector('#done:enabled')")
        .await;
    click(browser, "#done").await;
    browser.until("document.querySelector('#send')").await;
    click(browser, "#send").await;
    browser.until("document.querySelector('#written')").await;
}

async fn click(browser: &Browser, selector: &str) {
    let script = format!("document.querySelector('{selector}').click()");
    browser.client.execute(&script, vec![]).await.unwrap();
}
