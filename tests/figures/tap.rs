//! `tap`: from a finger that leaves the glass to its tap committed on the device, in a browser.

use crate::figure::{Figure, Runs, short};
use crate::machine;
use crate::stamped::stamped_web;
use crate::support::browser::Browser;
use crate::support::enter::begin;
use crate::support::proxy::Mode;
use crate::tablet::{Tablet, VISITS, next_visit, touch};
use serde_json::Value;
use std::time::Duration;

/// Visits that are measured, and the taps on each.
const MEASURED: (u32, u32) = (30, 10);
/// How long nobody asks the page anything after a tap, so that asking is not measured.
const UNDISTURBED: Duration = Duration::from_millis(60);

/// Measures in a browser that has no network, the usual state in a classroom.
pub async fn measure() {
    let web = stamped_web();
    let tablet = Tablet::after_a_month(web.path()).await;
    tablet.proxy.set(Mode::Refuse);
    let browser = tablet.browser().await;
    browser.inject(include_str!("taps.js")).await;
    browser.go(&tablet.proxy.url()).await;
    begin(&browser).await;
    let taps = taps(&browser, MEASURED).await;
    let (committed, kept) = (runs(&taps, "committed"), runs(&taps, "kept"));
    assert_eq!(committed.count(), kept.count(), "every answer was stamped");
    let from = format!(
        "{} touches on {} visits in Chromium, no network, {VISITS} visits in the store; from the \
         finger's leaving to the worker's answer after the commit",
        committed.count(),
        MEASURED.0
    );
    Figure::ms("tap", committed.median(), 15.0).print(&format!("median of {from}"));
    Figure::ms("tap-p99", committed.percentile(99), 50.0).print(&format!("p99 of {from}"));
    println!(
        "  worst {} ms; \"kept\" on the screen after {} ms median, {} ms p99: Chromium holds the \
         answer back until the mark is painted",
        short(committed.worst()),
        short(kept.median()),
        short(kept.percentile(99))
    );
    println!("  {}", stages(&taps));
    println!("{}", machine::flush(tablet.profile.path()));
}

/// The choices that are touched in turn. Touching one twice takes its mark away: a tap like the others.
const TURNS: [u32; 5] = [0, 0, 1, 2, 3];

/// Touches the choices in turn, and gives what was noted for each tap.
pub async fn taps(browser: &Browser, (visits, each): (u32, u32)) -> Vec<Value> {
    for _ in 0..visits {
        next_visit(browser).await;
        for tap in 0..each {
            let choice = TURNS[tap as usize % TURNS.len()];
            let choice = format!("document.querySelectorAll('main .choice')[{choice}]");
            touch(browser, &choice).await;
            tokio::time::sleep(UNDISTURBED).await;
            browser
                .until("taps.at(-1)?.kept && taps.at(-1).painted")
                .await;
        }
    }
    let taps = browser.eval("taps").await.as_array().unwrap().clone();
    assert_eq!(taps.len() as u32, visits * each, "every touch was a tap");
    assert!(taps.iter().all(|tap| tap["kind"] == "touch"), "by a finger");
    taps
}

/// The values of this name, of the taps that have one.
pub fn runs(taps: &[Value], name: &str) -> Runs {
    Runs::of(taps.iter().filter_map(|tap| tap[name].as_f64()))
}

/// How far the median tap was after each stage, in words.
pub fn stages(taps: &[Value]) -> String {
    let stages = [
        "felt",
        "clicked",
        "asked",
        "marked",
        "committed",
        "answered",
        "kept",
        "painted",
    ];
    let noted = stages.iter().filter(|stage| taps[0][**stage].is_number());
    let after = noted.map(|stage| format!("{stage} {}", short(runs(taps, stage).median())));
    let after: Vec<String> = after.collect();
    format!("medians from the finger's leaving: {}", after.join(", "))
}
