//! The machine that the figures are true of.

use crate::figure::{Runs, short};
use crate::support::browser::{Browser, Driver, LAPTOP, Profile};
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// How often a flush is timed.
const FLUSHES: usize = 300;

/// The machine in one line.
pub async fn description() -> String {
    let cores = std::thread::available_parallelism().unwrap();
    let field = |file: &str, name: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.split(':').nth(1));
        value.unwrap_or("unknown").trim().to_owned()
    };
    let model = field("/proc/cpuinfo", "model name");
    let memory = field("/proc/meminfo", "MemTotal");
    let kilobytes = memory.split(' ').next().and_then(|kb| kb.parse().ok());
    let gigabytes = kilobytes.map_or(0.0, |kb: f64| kb / 1024.0 / 1024.0);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    let browser = browser().await;
    format!(
        "machine: {cores} cores of {model}, {} GiB memory, {browser} headless, load {load}",
        short(gigabytes)
    )
}

async fn browser() -> String {
    let (driver, profile) = (Driver::start(), Profile::new());
    let browser = Browser::open(&driver, &profile, LAPTOP, "en-US").await;
    let version = browser.cdp("Browser.getVersion", json!({})).await;
    let product = version["product"].as_str().unwrap().to_owned();
    browser.close().await;
    product.replace("Headless", "").replace('/', " ")
}

/// What the disk under `folder` needs for a small write that is on it to stay, as a sentence.
pub fn flush(folder: &Path) -> String {
    let mut file = std::fs::File::create(folder.join("flush")).unwrap();
    let runs = Runs::of((0..FLUSHES).map(|_| {
        let start = Instant::now();
        file.write_all(&[1; 128]).unwrap();
        file.sync_data().unwrap();
        start.elapsed().as_secs_f64() * 1000.0
    }));
    format!(
        "  a flush of this disk: {} ms median, {} ms p99 (128 bytes and fdatasync, {FLUSHES} times)",
        short(runs.median()),
        short(runs.percentile(99))
    )
}
