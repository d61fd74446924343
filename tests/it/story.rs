//! The story of one tap, in a real browser against the real server, with everything killed and cut
//! that can be.

use crate::school::{FORM, INSTALLED, KEPT, School, marked, newest_is, one_and_the_same_record};
use crate::support::enter::send;
use crate::support::eventually;
use crate::support::proxy::Mode;
use lookfor::sync::protocol::{PUSH_PATH, Pushed, Receipt};

/// What the server answers to these bytes, once more.
async fn push_again(server: String, token: String, body: Vec<u8>) -> Vec<Receipt> {
    let answer = reqwest::Client::new()
        .post(format!("http://{server}{PUSH_PATH}"))
        .header("content-type", "application/json")
        .bearer_auth(token)
        .body(body)
        .send()
        .await
        .unwrap();
    let pushed: Pushed = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    pushed
        .answers
        .iter()
        .map(|answer| crate::server::receipt(answer).clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tap_survives_everything_and_arrives_once() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.tablet().await;
    browser.until(INSTALLED).await;
    browser.picture("story-1-form").await;

    // The network is gone. The app opens all the same.
    school.proxy.set(Mode::Refuse);
    browser.client.refresh().await.unwrap();
    browser.until(FORM).await;

    // One tap; right after "kept", every process of the browser is killed.
    browser.press("Seen").await;
    browser.until(KEPT).await;
    school.profile.kill();
    drop(browser);

    // Opened again, still without a network: the tap is there.
    let browser = school.tablet().await;
    browser.until(&marked("Seen")).await;
    browser.until(KEPT).await;
    browser.picture("story-2-after-the-kill").await;
    send(&browser).await;
    browser.until(&newest_is("on-this-device")).await;
    browser.picture("story-3-on-this-device").await;
    assert_eq!(school.rows(), []);

    // The network returns. Nobody touches anything.
    school.proxy.set(Mode::Open);
    browser.until(&newest_is("on-the-server")).await;
    browser.picture("story-4-on-the-server").await;
    let violations: Vec<String> = browser
        .log()
        .await
        .into_iter()
        .filter(|line| line.contains("Content Security Policy") || line.contains("panicked"))
        .collect();
    assert_eq!(violations, Vec::<String>::new());
    one_and_the_same_record(&school, browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_cut_after_the_commit_leaves_one_record_and_one_receipt() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.tablet_with_a_visit_offline().await;
    school.proxy.set(Mode::CutReplies);
    eventually("two cut replies", || {
        (school.proxy.cut() >= 2).then_some(())
    });
    assert_eq!(school.rows().len(), 1, "the server has committed");
    browser
        .until(&format!("!({})", newest_is("on-the-server")))
        .await;
    school.proxy.set(Mode::Open);
    browser.until(&newest_is("on-the-server")).await;
    one_and_the_same_record(&school, browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_pushes_of_the_same_bytes_are_one_record_with_one_receipt() {
    let _alone = crate::one_browser_at_a_time().await;
    let school = School::open();
    let browser = school.tablet_with_a_visit_offline().await;
    school.proxy.set(Mode::HoldPushes);
    let body = eventually("the push", || school.proxy.pushed());
    let token = school.another_token();
    let pushes: Vec<_> = (0..50)
        .map(|_| {
            tokio::spawn(push_again(
                school.server.address.clone(),
                token.clone(),
                body.clone(),
            ))
        })
        .collect();
    let mut receipts = Vec::new();
    for push in pushes {
        receipts.extend(push.await.unwrap());
    }
    assert_eq!(receipts.len(), 50);
    receipts.dedup();
    assert_eq!(receipts.len(), 1, "all the same");
    school.proxy.set(Mode::Open);
    browser.until(&newest_is("on-the-server")).await;
    one_and_the_same_record(&school, browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_between_push_and_reply_leaves_one_record() {
    let _alone = crate::one_browser_at_a_time().await;
    let mut school = School::open();
    let browser = school.tablet_with_a_visit_offline().await;
    // The reply is on its way and never arrives; then the server dies without a word.
    school.proxy.set(Mode::CutReplies);
    eventually("a cut reply", || (school.proxy.cut() >= 1).then_some(()));
    school.server.kill();
    // Whatever it was asked while it was dead is unknown, not lost.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    school.server.start_again();
    school.proxy.set(Mode::Open);
    browser.until(&newest_is("on-the-server")).await;
    one_and_the_same_record(&school, browser).await;
}
