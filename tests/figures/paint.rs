//! `paint`: from a finger that leaves the glass to the frame that shows the mark, on a slow tablet.

use crate::figure::{Figure, short};
use crate::support::enter::begin;
use crate::support::proxy::Mode;
use crate::support::web_folder;
use crate::tablet::{Tablet, VISITS};
use crate::tap::{runs, stages, taps};
use serde_json::json;

/// Visits that are measured, and the taps on each.
const MEASURED: (u32, u32) = (10, 10);

/// Measures in a browser whose page has its CPU slowed four times.
pub async fn measure() {
    let tablet = Tablet::after_a_month(&web_folder()).await;
    tablet.proxy.set(Mode::Refuse);
    let browser = tablet.browser().await;
    browser.inject(include_str!("taps.js")).await;
    browser.go(&tablet.proxy.url()).await;
    begin(&browser).await;
    let slow = json!({"rate": 4});
    browser.cdp("Emulation.setCPUThrottlingRate", slow).await;
    let taps = taps(&browser, MEASURED).await;
    let painted = runs(&taps, "painted");
    let from = format!(
        "{} touches on {} visits in Chromium, the page's CPU slowed 4 times, {VISITS} visits in \
         the store",
        painted.count(),
        MEASURED.0
    );
    Figure::ms("paint", painted.median(), 30.0).print(&format!("median of {from}"));
    Figure::ms("paint-p95", painted.percentile(95), 50.0).print(&format!("p95 of {from}"));
    println!("  worst {} ms; {}", short(painted.worst()), stages(&taps));
}
