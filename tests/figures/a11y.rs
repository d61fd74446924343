//! `a11y`: what axe finds on every screen in every state, light and dark, from a small phone to a laptop.

use crate::figure::Figure;
use crate::support::states::{STATES, walk};

/// Walks through the list that the tests walk.
pub async fn measure() {
    let walked = walk().await;
    Figure {
        name: "a11y",
        value: walked.violations.len() as f64,
        unit: "violations",
        bar: 0.0,
    }
    .print(&format!(
        "axe-core, WCAG 2.2 A and AA, {} looks at {} states of the screens at 320, 390, 820 and 1366 px; \
         in the dark the rules about colours; roles, names and live messages of the accessibility tree",
        walked.looks,
        STATES.len()
    ));
    for missed in &walked.missed {
        println!("  not reached: {missed}");
    }
}
