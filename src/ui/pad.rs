//! The pad: a visit as the page sees it, with taps that are kept and taps that are not yet.
//!
//! Pure. A touch is folded at once, so that it can be painted; when the store says that a tap is
//! lost, the fold without it is what is shown.

use crate::domain::collect::draft::{Act, Draft, DraftHead, Mark, Tap};
use crate::domain::collect::form::Form;
use crate::domain::collect::look_for::Kind;
use crate::domain::collect::visit::Sheet;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;

/// How many counters and timers stay in reach of the thumb.
const TOOLS_MOST: usize = 3;

/// Where the taps of a visit stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There are none.
    Untouched,
    /// Some are not committed yet.
    Keeping,
    /// All are committed.
    Kept,
    /// The last one was not kept.
    Lost,
}

/// A visit on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pad {
    /// The form.
    pub form: Form,
    /// What the teacher is called, where the device knows it.
    pub name: Option<String>,
    /// Every tap, in order.
    taps: Vec<Tap>,
    /// How many of them the store has.
    kept: u32,
    /// What they come to.
    shown: Draft,
    lost: bool,
}

impl Pad {
    /// A visit to begin.
    pub fn begin(head: DraftHead, form: Form, name: Option<String>) -> Self {
        Self {
            shown: Draft::begin(head, &form),
            form,
            name,
            taps: Vec::new(),
            kept: 0,
            lost: false,
        }
    }

    /// A visit to go on with.
    ///
    /// # Errors
    /// Those of [`Draft::apply`].
    pub fn open(sheet: Sheet) -> Result<Self, Problem> {
        let Sheet {
            head,
            form,
            taps,
            name,
        } = sheet;
        let mut pad = Self::begin(head, form, name);
        for tap in &taps {
            pad.shown.apply(&pad.form, tap)?;
        }
        pad.kept = pad.shown.revision;
        pad.taps = taps;
        Ok(pad)
    }

    /// What is shown.
    pub fn draft(&self) -> &Draft {
        &self.shown
    }

    /// What is recorded for the look-for at this place; none when it is not asked.
    pub fn asked(&self, place: usize) -> Option<Mark> {
        let asked = self.shown.asks(place).then(|| self.shown.mark(place));
        asked.flatten().cloned()
    }

    /// The places of the counters and timers that stay in reach of the thumb.
    pub fn tools(&self) -> Vec<usize> {
        let tools = (0..).zip(&self.form.look_fors).filter(|(place, look_for)| {
            matches!(look_for.kind, Kind::Counter | Kind::Timer) && self.shown.asks(*place)
        });
        tools.map(|(place, _)| place).take(TOOLS_MOST).collect()
    }

    /// Where the taps stand.
    pub fn standing(&self) -> Standing {
        match (self.lost, self.kept == self.shown.revision, self.kept) {
            (true, _, _) => Standing::Lost,
            (false, false, _) => Standing::Keeping,
            (false, true, 0) => Standing::Untouched,
            (false, true, _) => Standing::Kept,
        }
    }

    /// Applies an act and gives the tap to be kept.
    ///
    /// # Errors
    /// Those of [`Draft::apply`]; then nothing is changed.
    pub fn touch(&mut self, act: Act, at: Moment) -> Result<Tap, Problem> {
        let tap = Tap {
            revision: self.shown.revision.saturating_add(1),
            at,
            act,
        };
        self.shown.apply(&self.form, &tap)?;
        self.taps.push(tap.clone());
        self.lost = false;
        Ok(tap)
    }

    /// The store has committed the tap that made `revision`.
    pub fn kept(&mut self, revision: u32) {
        self.kept = self.kept.max(revision).min(self.shown.revision);
    }

    /// The store could not keep the tap that made `revision`: it and those after it are taken back.
    /// False when they were taken back before.
    pub fn lose(&mut self, revision: u32) -> bool {
        let before = self.taps.len();
        let kept = self.kept;
        self.taps
            .retain(|tap| tap.revision <= kept || tap.revision < revision);
        let lost = self.taps.len() < before;
        if lost {
            self.lost = true;
            let mut shown = Draft::begin(self.shown.head.clone(), &self.form);
            for tap in &self.taps {
                shown
                    .apply(&self.form, tap)
                    .expect("it was applied when it was touched");
            }
            self.shown = shown;
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::draft::touch::Touch;
    use crate::domain::collect::rating::Rating;
    use crate::domain::id::DraftId;

    const NOON: Moment = Moment {
        at_utc_ms: 1_795_608_000_000,
        offset_min: -480,
    };

    fn pad() -> Pad {
        let form = Form::three_reads();
        let head = DraftHead {
            id: DraftId::mint(1, [1; 10]),
            visit: 1,
            form: form.form.clone(),
            begun: NOON,
            lesson: None,
        };
        Pad::begin(head, form, None)
    }

    fn touch(pad: &mut Pad, rating: Rating) -> u32 {
        let act = pad.draft().touch(&pad.form, 0, Touch::Rating(rating), NOON);
        let act = act.expect("it means something");
        pad.touch(act, NOON).expect("it applies").revision
    }

    fn rating(pad: &Pad) -> Option<Rating> {
        pad.asked(0).and_then(|mark| mark.rating)
    }

    #[test]
    fn a_touch_is_shown_before_it_is_kept() {
        let mut pad = pad();
        assert_eq!(pad.standing(), Standing::Untouched);
        let revision = touch(&mut pad, Rating::Seen);
        assert_eq!(rating(&pad), Some(Rating::Seen));
        assert_eq!(pad.standing(), Standing::Keeping);
        pad.kept(revision);
        assert_eq!(pad.standing(), Standing::Kept);
    }

    #[test]
    fn a_lost_tap_is_taken_back_with_those_after_it() {
        let mut pad = pad();
        let first = touch(&mut pad, Rating::Seen);
        pad.kept(first);
        let second = touch(&mut pad, Rating::Partly);
        let third = touch(&mut pad, Rating::NotSeen);
        assert!(pad.lose(second));
        assert_eq!(rating(&pad), Some(Rating::Seen));
        assert_eq!(pad.standing(), Standing::Lost);
        assert!(!pad.lose(third), "it was taken back already");
        let again = touch(&mut pad, Rating::Partly);
        assert_eq!(again, second);
        assert_eq!(pad.standing(), Standing::Keeping);
    }
}
