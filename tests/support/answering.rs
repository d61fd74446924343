//! Answering a form as a hand does it: every core look-for, tap by tap.

use super::browser::Browser;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::Kind;

/// The smallest side of anything that is touched, in pixels.
pub const SMALLEST_PX: f64 = 48.0;

/// Taps the first of those that a selector finds that can be seen, in the middle of the screen, and says how large
/// it is: the smaller side, in pixels.
pub async fn tap(browser: &Browser, selector: &str) -> f64 {
    let seen = format!(
        "[...document.querySelectorAll({selector:?})].find((e) => e.checkVisibility() && !e.disabled)"
    );
    browser.until(&seen).await;
    let side = format!(
        "(({{width, height}}) => Math.min(width, height))(({seen}).getBoundingClientRect())"
    );
    let side = browser.eval(&side).await;
    browser.click(&seen).await;
    side.as_f64().unwrap()
}

/// What was tapped to answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Taps {
    /// How many taps.
    pub count: u32,
    /// The smaller side of the smallest target, in pixels.
    pub smallest_px: f64,
    /// How many were below [`SMALLEST_PX`].
    pub small: u32,
}

impl Taps {
    /// None yet.
    pub fn none() -> Self {
        Self {
            count: 0,
            smallest_px: f64::INFINITY,
            small: 0,
        }
    }

    /// One more.
    pub async fn tap(&mut self, browser: &Browser, selector: &str) {
        let side = tap(browser, selector).await;
        self.count += 1;
        self.small += u32::from(side < SMALLEST_PX);
        self.smallest_px = self.smallest_px.min(side);
    }
}

/// Answers every core look-for of the form that is in view and that is asked; gives their places.
pub async fn answer_core(browser: &Browser, form: &Form, taps: &mut Taps) -> Vec<usize> {
    let mut answered = Vec::new();
    for (place, look_for) in form.look_fors.iter().enumerate() {
        let card = format!("#look-for-{place}");
        let is_there = format!("document.querySelector({card:?})");
        if !look_for.core || browser.eval(&format!("!{is_there}")).await == true {
            continue;
        }
        answered.push(place);
        // What stays in reach of the thumb stands in the dock, in the order of the form.
        let docked = format!(
            "[...document.querySelectorAll('[data-docked=true]')].findIndex((e) => e.id === 'look-for-{place}')"
        );
        let docked = browser.eval(&docked).await.as_i64().unwrap();
        let tool = match docked {
            -1 => card.clone(),
            at => format!("{card}, .tools .tool:nth-child({})", at + 1),
        };
        let within = |what: &str| {
            let all: Vec<String> = tool.split(", ").map(|at| format!("{at} {what}")).collect();
            all.join(", ")
        };
        match &look_for.kind {
            Kind::States | Kind::Level { .. } | Kind::One { .. } | Kind::Many { .. } => {
                taps.tap(browser, &format!("{card} .choice:not(.apart)"))
                    .await;
            }
            Kind::Ratio { .. } => {
                for (strip, number) in [(1, 2), (2, 3)] {
                    let at = format!(
                        "{card} .strip:nth-child({strip} of .strip) .number:nth-child({})",
                        number + 1
                    );
                    taps.tap(browser, &at).await;
                }
            }
            Kind::Counter => taps.tap(browser, &within(".more")).await,
            Kind::Timer => {
                taps.tap(browser, &within(".run")).await;
                taps.tap(browser, &within(".run")).await;
            }
            Kind::Seats => {
                for side in [1, 2] {
                    let at = format!("{card} .seats .tool:nth-child({side}) .more");
                    taps.tap(browser, &at).await;
                }
            }
            Kind::Note => panic!("a core look-for asks for words"),
        }
    }
    answered
}
