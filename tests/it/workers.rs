//! A worker that dies, hangs, or is given up, while its page or another tab goes on.

use crate::page::shows;
use crate::school::{KEPT, School, marked, newest_is};
use crate::support::enter::{START, begin, send};
use crate::web_copy::WebCopy;

/// Keeps the workers of a page within reach, and what they answer from it while it is deaf.
const WORKERS: &str = "window.workers = []; window.deaf = false; window.missed = 0; const Real = Worker; \
    window.Worker = class extends Real { \
      constructor(...a) { super(...a); workers.push(this); } \
      set onmessage(hear) { super.onmessage = hear && ((event) => { \
        if (!window.deaf) return hear(event); \
        if (event.data.includes('Answer')) window.missed += 1; }); } };";

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_whose_worker_died_while_another_one_waited_says_so_and_has_a_way_on() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.window("en-US").await;
    browser.inject(WORKERS).await;
    school.enter(&browser).await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser
        .client
        .switch_to_window(second.clone())
        .await
        .unwrap();
    browser.go(&school.proxy.url()).await;
    browser
        .until(&shows("Lookfor is open in another tab"))
        .await;

    // The browser ends the worker of the first, and the second, which looks now and then, gets the store.
    browser
        .client
        .switch_to_window(first.clone())
        .await
        .unwrap();
    browser.eval("workers.at(-1).terminate()").await;
    browser
        .client
        .switch_to_window(second.clone())
        .await
        .unwrap();
    browser.until(&marked("Partly")).await;
    browser.press("Seen").await;
    browser.until(KEPT).await;

    browser
        .client
        .switch_to_window(first.clone())
        .await
        .unwrap();
    browser.press("Not seen").await;
    browser
        .until(&shows("Lookfor is open in another tab"))
        .await;
    browser.press("Use it here").await;
    browser.until(&marked("Seen")).await;
    browser.press("Not seen").await;
    browser.until(KEPT).await;
    browser.client.switch_to_window(second).await.unwrap();
    browser.until(&shows("You went on in another tab")).await;
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(first).await.unwrap();
    send(&browser).await;
    browser.until(&newest_is("on-the-server")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_that_was_kept_and_is_said_to_be_lost_stops_no_other() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.window("en-US").await;
    browser.inject(WORKERS).await;
    school.enter(&browser).await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    // Kept, and nobody hears it, however many workers are asked.
    browser.eval("window.deaf = true").await;
    browser.press("Seen").await;
    browser.until("missed > 0").await;
    browser
        .eval("[1, 2, 3, 4].map(() => workers.at(-1).dispatchEvent(new ErrorEvent('error')))")
        .await;
    browser.until(&shows("Your last tap was not kept.")).await;
    browser.until(&marked("Partly")).await;

    // The next one finds another in its place: the page shows what the store has, and goes on from there.
    browser.eval("window.deaf = false").await;
    browser.press("Not seen").await;
    browser.until(&marked("Seen")).await;
    browser.until(&shows("Your last tap was not kept.")).await;
    browser.press("Not seen").await;
    browser.until(KEPT).await;
    browser
        .until("!document.querySelector('[role=alert]')")
        .await;
    assert_eq!(browser.eval(&marked("Not seen")).await, true);
    send(&browser).await;
    browser.until(&newest_is("on-the-server")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_waits_for_the_disk_without_an_end_is_replaced() {
    let _alone = crate::one_browser_at_a_time().await;
    // The first worker of a page never hears from the disk; its time runs fast, so that the test does not wait.
    let web = WebCopy::with_worker_running(
        "if (self.name === 'early') { \
           navigator.storage.getDirectory = () => new Promise(() => {}); \
           const later = self.setTimeout; \
           self.setTimeout = (act, ms, ...more) => later(act, ms / 30, ...more); }",
    );
    let school = School::with_web(web.path());
    let browser = school.tablet().await;
    browser.press("Partly").await;
    browser.until(KEPT).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_to_be_not_done_is_not_said_later() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.window("en-US").await;
    browser.inject(WORKERS).await;
    school.arrive(&browser).await;
    browser.until(START).await;
    browser.eval("window.deaf = true").await;
    for touched in [".not-today", "[data-why='Test']"] {
        let found = format!("document.querySelector({touched:?})");
        browser.until(&found).await;
        browser.click(&found).await;
    }
    // Kept, and nobody hears it, until the page gives up.
    browser.until("missed > 0").await;
    browser
        .eval(
            "[1, 2, 3, 4].map((time) => { window.deaf = time < 4; \
             workers.at(-1).dispatchEvent(new ErrorEvent('error')); })",
        )
        .await;
    browser
        .until("document.querySelector('[role=alert]')")
        .await;
    begin(&browser).await;
    browser.press("Seen").await;
    browser.until(KEPT).await;
    // A page that is opened says what can no longer be taken back.
    browser.client.refresh().await.unwrap();
    browser.until(&marked("Seen")).await;
    send(&browser).await;
    browser.until(&newest_is("on-the-server")).await;
    assert_eq!(school.rows().len(), 1, "the visit, and nothing else");
    browser.close().await;
}
