//! `cold`: from the start of the navigation to a form that shows the open draft and takes taps, in a
//! browser process that has just started, without a network.

use crate::figure::{Figure, Runs, short};
use crate::support::enter::begin;
use crate::support::proxy::Mode;
use crate::support::web_folder;
use crate::tablet::{FORM, KEPT, Tablet, VISITS, touch};
use serde_json::{Map, Value, json};

/// Fresh browser processes for each figure.
const RUNS: usize = 15;

/// Measures at full speed and with the page's CPU slowed four times.
pub async fn measure() {
    let tablet = Tablet::after_a_month(&web_folder()).await;
    let browser = tablet.browser().await;
    browser.go(&tablet.proxy.url()).await;
    begin(&browser).await;
    touch(&browser, FORM).await;
    browser.until(KEPT).await;
    tablet.proxy.set(Mode::Refuse);
    tablet.profile.kill();
    drop(browser);

    // In turns, so that whatever the machine does meanwhile falls on both.
    let (mut full, mut slowed) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        full.push(run(&tablet, 1).await);
        slowed.push(run(&tablet, 4).await);
    }
    let times_slower = column(&slowed, "counting").median() / column(&full, "counting").median();
    print("cold", 600.0, &full, "");
    let how = format!(
        "the page's CPU slowed 4 times ({} times as measured), ",
        short(times_slower)
    );
    print("cold-slowed", 900.0, &slowed, &how);
}

/// One cold start, and a tap to see that the form takes it. Gives what was noted.
async fn run(tablet: &Tablet, rate: u32) -> Map<String, Value> {
    let browser = tablet.browser().await;
    browser.inject(include_str!("cold.js")).await;
    let slow = json!({"rate": rate});
    browser.cdp("Emulation.setCPUThrottlingRate", slow).await;
    browser.go(&tablet.proxy.url()).await;
    browser.until("window.at?.['draft shown']").await;
    let noted = browser.eval("noted()").await;
    touch(
        &browser,
        "document.querySelector('main .choice[aria-pressed=false]')",
    )
    .await;
    browser.until(&format!("at['draft shown'] && {KEPT}")).await;
    tablet.profile.kill();
    noted.as_object().unwrap().clone()
}

fn column(runs: &[Map<String, Value>], name: &str) -> Runs {
    Runs::of(runs.iter().filter_map(|run| run.get(name)?.as_f64()))
}

fn print(name: &'static str, bar: f64, runs: &[Map<String, Value>], how: &str) {
    let shown = column(runs, "draft shown");
    Figure::ms(name, shown.median(), bar).print(&format!(
        "median of {} browser processes, worst {} ms, {how}no network, {VISITS} visits and an open \
         draft in the store, no roster yet; from the navigation, which starts at an empty page, to \
         the frame that shows the draft's mark; files in the system's cache",
        shown.count(),
        short(shown.worst()),
    ));
    let mut names: Vec<&String> = runs[0].keys().filter(|name| *name != "counting").collect();
    names.sort_by(|a, b| {
        column(runs, a)
            .median()
            .total_cmp(&column(runs, b).median())
    });
    for name in names {
        let times = column(runs, name);
        println!("  {:>7} ms  {name}", short(times.median()));
    }
}
