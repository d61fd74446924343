//! `a11y`: what axe finds on every screen in every state, light and dark, from a small phone to a laptop.

use crate::figure::Figure;
use crate::support::states::{STATES, walk};
use lookfor::text::Language;

/// Walks through the list that the tests walk.
pub async fn measure() {
    let mut walked = walk(Language::English).await;
    let spanish = walk(Language::Spanish).await;
    walked.violations.extend(spanish.violations);
    walked.missed.extend(spanish.missed);
    walked.looks += spanish.looks;
    Figure {
        name: "a11y",
        value: walked.violations.len() as f64,
        unit: "violations",
        bar: 0.0,
    }
    .print(&format!(
        "axe-core, WCAG 2.2 A and AA, {} looks at {} states of the screens in two languages at 320, 390, 820, 1180 and 1440 px; \
         in the dark the rules about colours; roles, names and live messages of the accessibility tree",
        walked.looks,
        STATES.len()
    ));
    for missed in &walked.missed {
        println!("  not reached: {missed}");
    }
}
