//! Measures the bars on this machine: `cargo figures`, or `cargo figures NAME...` for some.
//!
//! Every line is `NAME FIGURE UNIT bar BAR met|short (on what, in how many runs)`; indented lines are
//! details. A figure that is short of its bar is a finding, not a failure, so the program ends well
//! all the same. It is only right on a machine that does nothing else meanwhile; the first line says
//! how busy it was.
//!
//! Reading order: [`figure`] (what a line is), [`machine`], [`tablet`] (a browser with a month of
//! visits), then one file for each measurement.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measurement that meets the unexpected stops, and says where"
)]

mod a11y;
mod card;
mod cold;
mod figure;
mod import;
mod machine;
mod paint;
mod stamped;
mod start;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each program uses its part")]
mod support;
mod tablet;
mod tap;
mod tap_native;
mod taps;
mod weight;

use std::process::ExitCode;

/// A measurement: its name, and what prints its lines.
type Measurement = (&'static str, fn(&tokio::runtime::Runtime));

/// Those that can be asked for, in the order in which all of them run.
const ALL: [Measurement; 10] = [
    ("tap", |runtime| runtime.block_on(tap::measure())),
    ("tap-native", |runtime| {
        runtime.block_on(tap_native::measure())
    }),
    ("paint", |runtime| runtime.block_on(paint::measure())),
    ("weight", |runtime| runtime.block_on(weight::measure())),
    ("cold", |runtime| runtime.block_on(cold::measure())),
    ("taps", |runtime| runtime.block_on(taps::measure())),
    ("card", |runtime| runtime.block_on(card::measure())),
    ("a11y", |runtime| runtime.block_on(a11y::measure())),
    ("start", |_| start::measure()),
    ("import", |_| import::measure()),
];

fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let is_known = |name: &&String| ALL.iter().any(|(known, _)| known == name);
    let unknown: Vec<&String> = names.iter().filter(|name| !is_known(name)).collect();
    if !unknown.is_empty() {
        let known = ALL.map(|(name, _)| name).join(", ");
        eprintln!("There is no figure named {unknown:?}. There are: {known}.");
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("{}", runtime.block_on(machine::description()));
    for (name, measure) in ALL {
        if names.is_empty() || names.iter().any(|asked| asked == name) {
            measure(&runtime);
        }
    }
    ExitCode::SUCCESS
}
