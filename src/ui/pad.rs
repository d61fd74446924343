//! The pad: a visit as the page sees it, with taps that are kept and taps that are not yet.
//!
//! Pure. A touch is folded at once, so that it can be painted; when the store says that a tap is
//! lost, the fold without it is what is shown.

use crate::domain::collect::draft::{Act, Draft, DraftHead, Tap};
use crate::domain::collect::form::Form;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;

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
    /// What the store has.
    kept: Draft,
    /// What the store has been asked to keep, in order.
    waiting: Vec<Tap>,
    /// What is shown: the kept and the waiting together.
    shown: Draft,
    lost: bool,
}

impl Pad {
    /// A visit to begin or to go on with.
    ///
    /// # Errors
    /// [`Problem::UnknownForm`] when this version does not have the form, and those of [`Draft::apply`].
    pub fn open(head: DraftHead, taps: &[Tap]) -> Result<Self, Problem> {
        let form = Form::find(&head.form).ok_or_else(|| Problem::UnknownForm {
            form: head.form.key.clone(),
            version: head.form.version,
        })?;
        let kept = Draft::fold(head, &form, taps)?;
        Ok(Self {
            shown: kept.clone(),
            kept,
            waiting: Vec::new(),
            form,
            lost: false,
        })
    }

    /// What is shown.
    pub fn draft(&self) -> &Draft {
        &self.shown
    }

    /// Where the taps stand.
    pub fn standing(&self) -> Standing {
        match (self.lost, self.waiting.is_empty(), self.kept.revision) {
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
        self.waiting.push(tap.clone());
        self.lost = false;
        Ok(tap)
    }

    /// The store has committed the tap that made `revision`.
    pub fn kept(&mut self, revision: u32) {
        while self
            .waiting
            .first()
            .is_some_and(|tap| tap.revision <= revision)
        {
            let tap = self.waiting.remove(0);
            self.kept
                .apply(&self.form, &tap)
                .expect("it was applied when it was touched");
        }
    }

    /// The store could not keep the tap that made `revision`: it and those after it are taken back.
    /// False when they were taken back before.
    pub fn lose(&mut self, revision: u32) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|tap| tap.revision < revision);
        let lost = self.waiting.len() < before;
        self.lost |= lost;
        self.shown = self.kept.clone();
        for tap in &self.waiting {
            self.shown
                .apply(&self.form, tap)
                .expect("it was applied when it was touched");
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collect::look_for::LookForKey;
    use crate::domain::collect::rating::Rating;
    use crate::domain::id::DraftId;

    const NOON: Moment = Moment {
        at_utc_ms: 1_795_608_000_000,
        offset_min: -480,
    };

    fn key() -> LookForKey {
        LookForKey("purpose-said".into())
    }

    fn pad() -> Pad {
        let id = DraftId::mint(1, [1; 10]);
        let form = Form::three_reads().form;
        Pad::open(
            DraftHead {
                id,
                visit: 1,
                form,
                begun: NOON,
            },
            &[],
        )
        .expect("the form is known")
    }

    fn touch(pad: &mut Pad, rating: Rating) -> u32 {
        let act = pad.draft().touch(&key(), rating);
        pad.touch(act, NOON).expect("it applies").revision
    }

    #[test]
    fn a_touch_is_shown_before_it_is_kept() {
        let mut pad = pad();
        assert_eq!(pad.standing(), Standing::Untouched);
        let revision = touch(&mut pad, Rating::Seen);
        assert_eq!(pad.draft().rating(&key()), Some(&Rating::Seen));
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
        assert_eq!(pad.draft().rating(&key()), Some(&Rating::Seen));
        assert_eq!(pad.standing(), Standing::Lost);
        assert!(!pad.lose(third), "it was taken back already");
        let again = touch(&mut pad, Rating::Partly);
        assert_eq!(again, second);
        assert_eq!(pad.standing(), Standing::Keeping);
    }
}
