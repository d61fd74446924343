//! What is recorded for one look-for while the visit goes on.

use super::act::{Act, Tap};
use crate::domain::collect::rating::Rating;
use crate::domain::moment::Moment;

/// By how much two clocks may differ about a timer before its time is unsure, in milliseconds.
const CLOCKS_AGREE_MS: u64 = 1_000;
/// No lesson takes longer: a timer that says so rests on a clock that was set, in milliseconds.
const LESSON_MAX_MS: u64 = 4 * 60 * 60 * 1_000;

/// What is recorded for one look-for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// What is marked; none when it was not looked for.
    pub rating: Option<Rating>,
    /// Since when its timer runs, by the wall clock.
    pub running: Option<Moment>,
    /// How long its timer ran before, in milliseconds.
    pub ran_ms: u64,
    /// How many of them, in a ratio that may not be whole yet.
    pub part: Option<u16>,
    /// Of how many.
    pub of: Option<u16>,
    /// The text of a note.
    pub text: String,
    /// Whether it is a bright spot.
    pub bright: bool,
    unsure: bool,
}

impl Mark {
    /// Applies a tap that is about this look-for and fits it.
    pub(super) fn apply(&mut self, tap: &Tap) {
        match &tap.act {
            Act::Rate { rating, .. } => self.rate(rating.clone()),
            Act::Count { at_s, .. } => {
                let mut times = self.times();
                times.push(*at_s);
                self.rating = Some(Rating::Count(times));
            }
            Act::Uncount { .. } => {
                let mut times = self.times();
                times.pop();
                self.rating = Some(Rating::Count(times));
            }
            Act::Start { .. } => {
                self.running.get_or_insert(tap.at);
                self.say_time();
            }
            Act::Stop { ran_ms, .. } => self.stop(tap.at, *ran_ms),
            Act::Part { number, .. } => {
                self.part = *number;
                self.say_ratio();
            }
            Act::Of { number, .. } => {
                self.of = *number;
                self.say_ratio();
            }
            Act::Write { text, .. } => {
                self.text.clone_from(text);
                self.rating = (!text.trim().is_empty()).then_some(Rating::Noted);
            }
            Act::Bright { on, .. } => self.bright = *on,
            _ => {}
        }
    }

    /// What is marked when the visit ends at `at`: a timer that still runs stops then.
    pub fn at_the_end(&self, at: Moment) -> Option<Rating> {
        let mut mark = self.clone();
        mark.stop(at, None);
        mark.rating
    }

    /// How often it was counted.
    pub fn counted(&self) -> Option<usize> {
        match &self.rating {
            Some(Rating::Count(times)) => Some(times.len()),
            _ => None,
        }
    }

    /// Rates it, or takes everything away but the bright spot.
    fn rate(&mut self, rating: Option<Rating>) {
        let bright = self.bright;
        *self = Self {
            bright,
            ..Self::default()
        };
        match rating {
            Some(Rating::Timed { seconds, unsure }) => {
                (self.ran_ms, self.unsure) = (u64::from(seconds) * 1_000, unsure);
            }
            Some(Rating::Ratio { part, of }) => (self.part, self.of) = (Some(part), Some(of)),
            _ => {}
        }
        self.rating = rating;
    }

    fn times(&self) -> Vec<u32> {
        match &self.rating {
            Some(Rating::Count(times)) => times.clone(),
            _ => Vec::new(),
        }
    }

    /// Stops the timer. The two clocks can disagree in two ways: the wall clock was set, or the other one
    /// stood still while the device slept. The longer time is taken, and it is said that it is unsure.
    fn stop(&mut self, at: Moment, ran_ms: Option<u64>) {
        let Some(since) = self.running.take() else {
            return;
        };
        let wall_ms = at.at_utc_ms.saturating_sub(since.at_utc_ms);
        self.unsure |= wall_ms < 0;
        let wall_ms = u64::try_from(wall_ms).unwrap_or(0);
        let ran = ran_ms.unwrap_or(wall_ms);
        self.unsure |= ran.abs_diff(wall_ms) > CLOCKS_AGREE_MS || wall_ms > LESSON_MAX_MS;
        let lasted = if wall_ms > LESSON_MAX_MS {
            ran
        } else {
            ran.max(wall_ms)
        };
        self.ran_ms = self.ran_ms.saturating_add(lasted.min(LESSON_MAX_MS));
        self.say_time();
    }

    fn say_time(&mut self) {
        self.rating = Some(Rating::Timed {
            seconds: u32::try_from((self.ran_ms + 500) / 1_000).unwrap_or(u32::MAX),
            unsure: self.unsure,
        });
    }

    /// A ratio is said when both numbers are there and make sense.
    fn say_ratio(&mut self) {
        self.rating = match (self.part, self.of) {
            (Some(part), Some(of)) if part <= of => Some(Rating::Ratio { part, of }),
            _ => None,
        };
    }
}
