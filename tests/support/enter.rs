//! Into the app, whoever is or is not signed in: the one place where tests with a browser sign in.

use super::browser::Browser;

/// True when the form takes taps.
const FORM: &str = "document.querySelector('button[aria-pressed]:enabled')";
/// True when nobody is signed in.
const NOBODY: &str = "document.querySelector('#sign-in')";

/// Goes to the app, signs in with the secret of a link if nobody is, and waits for the form.
pub async fn enter(browser: &Browser, url: &str, secret: impl FnOnce() -> String) {
    browser.go(url).await;
    browser.until(&format!("{FORM} || {NOBODY}")).await;
    if browser.eval(&format!("!({FORM})")).await == true {
        browser.go(&format!("{url}/join#{}", secret())).await;
        browser
            .until("document.querySelector('#sign-in:enabled')")
            .await;
        let script = "document.querySelector('#sign-in').click()";
        browser.client.execute(script, vec![]).await.unwrap();
    }
    browser.until(FORM).await;
}
