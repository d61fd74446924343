//! `weight`: what the first visit downloads, until the app can open without a network.

use crate::figure::{Figure, short};
use crate::support::web_folder;
use crate::tablet::{INSTALLED, Tablet};
use std::time::Duration;

/// What may still come after the app is installed.
const SETTLE: Duration = Duration::from_secs(2);

/// Counts at the proxy, header and body of every answer.
pub async fn measure() {
    let tablet = Tablet::new(&web_folder());
    let browser = tablet.browser().await;
    tablet.enter(&browser).await;
    browser.until(INSTALLED).await;
    tokio::time::sleep(SETTLE).await;
    let mut files: Vec<(String, u64)> = tablet.proxy.bytes().into_iter().collect();
    files.sort_by_key(|(path, bytes)| (std::cmp::Reverse(*bytes), path.clone()));
    let total: u64 = files.iter().map(|(_, bytes)| bytes).sum();
    Figure {
        name: "weight",
        value: kilobytes(total),
        unit: "kB",
        bar: 600.0,
    }
    .print(
        "first visit with a fresh profile until the service worker is active, answers with their \
         headers, counted once at a proxy without TLS; 1 kB is 1,000 bytes",
    );
    for (path, bytes) in &files {
        println!("  {:>7} kB  {path}", short(kilobytes(*bytes)));
    }
    println!("  {}", compression(&files));
}

fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

/// Whether the largest file came as brotli, in words.
fn compression(files: &[(String, u64)]) -> String {
    let (path, bytes) = &files[0];
    let length = |end: &str| {
        let file = web_folder().join(format!("{}{end}", path.trim_start_matches('/')));
        std::fs::metadata(file).map_or(0, |file| file.len())
    };
    let (plain, brotli) = (length(""), length(".br"));
    // The headers of one answer, or of a few, are much less than what compression saves.
    if (brotli..plain).contains(bytes) && brotli > 0 {
        format!("brotli was served: {path} is {plain} bytes, {brotli} as brotli")
    } else {
        format!("brotli was NOT served for {path}: {plain} bytes, {brotli} as brotli")
    }
}
