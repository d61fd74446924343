//! `card`: the light feedback card on a slow phone network: how much it is, and when it can be read.

use crate::figure::{Figure, Runs, short};
use crate::support::answering::tap;
use crate::support::browser::{Browser, Driver, PHONE, Profile};
use crate::support::program::Program;
use crate::support::proxy::Proxy;
use crate::support::states::demo::give_card;
use crate::support::web_folder;
use serde_json::json;

/// 400 kbit/s, in bytes per second.
const SPEED: u32 = 50_000;
/// What an answer takes at least, in milliseconds.
const LATENCY_MS: u32 = 100;
const RUNS: usize = 15;

/// Opens the card with the longest feedback of the demo, a fresh profile each time.
pub async fn measure() {
    let data = tempfile::tempdir().unwrap();
    let server = Program::start_demo(data.path(), &web_folder());
    let path = format!("{}?lang=en", give_card(data.path()));
    let driver = Driver::start();
    let (mut bytes, mut times, mut doors) = (0, Vec::new(), Vec::new());
    for _ in 0..RUNS {
        // A proxy counts what it has sent since it was started.
        let proxy = Proxy::start(&server.address);
        let profile = Profile::new();
        let phone = Browser::open(&driver, &profile, PHONE, "en-US").await;
        phone.cdp("Network.enable", json!({})).await;
        let slow = json!({
            "offline": false, "latency": LATENCY_MS,
            "downloadThroughput": SPEED, "uploadThroughput": SPEED,
        });
        phone.cdp("Network.emulateNetworkConditions", slow).await;
        phone.go(&format!("{}{path}", proxy.url())).await;
        let door = painted(&phone).await;
        tap(&phone, "form button.primary").await;
        phone.until("document.querySelector('.said')").await;
        times.push(door + painted(&phone).await);
        doors.push(door);
        bytes = proxy.bytes().values().sum();
        phone.close().await;
    }
    let (times, doors) = (Runs::of(times), Runs::of(doors));
    Figure {
        name: "card",
        value: bytes as f64 / 1000.0,
        unit: "kB",
        bar: 30.0,
    }
    .print("the page behind the link, the card with the longest feedback of the demo, and their stylesheet, with headers, counted at a proxy; 1 kB is 1,000 bytes");
    Figure {
        name: "card-readable",
        value: times.median() / 1000.0,
        unit: "s",
        bar: 1.5,
    }
    .print(&format!(
        "median of {RUNS} fresh profiles at 400 kbit/s and {LATENCY_MS} ms to an answer, from the \
         link and from the button to the first paint of each page, added up; worst {} s, the page \
         behind the link alone {} s",
        short(times.worst() / 1000.0),
        short(doors.median() / 1000.0)
    ));
}

/// When the page in view was painted first, in milliseconds since its navigation began.
async fn painted(browser: &Browser) -> f64 {
    let paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    browser.until(paint).await;
    browser.eval(paint).await.as_f64().unwrap()
}
