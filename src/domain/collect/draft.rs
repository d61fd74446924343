//! A draft: a visit while it is being filled in, as the fold of its taps.
//!
//! The page and the store fold with this same code. A tap carries the revision that it makes, so
//! that a tap sent twice is one tap, and a tap whose predecessor was lost is refused.

use super::form::{Form, FormRef};
use super::look_for::LookForKey;
use super::rating::Rating;
use super::walkthrough::Walkthrough;
use crate::domain::id::DraftId;
use crate::domain::moment::Moment;
use crate::domain::problem::Problem;
use serde::{Deserialize, Serialize};

/// What a draft is before its first tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftHead {
    /// Its id, made by the page, so that a repeated first tap begins one draft.
    pub id: DraftId,
    /// The visit's number on this device, from 1.
    pub visit: u32,
    /// The form that it is filled in on, to the end.
    pub form: FormRef,
    /// When it was begun.
    pub begun: Moment,
}

/// What one tap does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// A look-for is rated, or its rating is taken away.
    Rate {
        /// The look-for.
        look_for: LookForKey,
        /// The rating; none makes it "not looked for" again.
        rating: Option<Rating>,
    },
}

impl Act {
    /// Whether the form has what the act is about.
    ///
    /// # Errors
    /// [`Problem::UnknownLookFor`] when it has no such look-for.
    pub fn fits(&self, form: &Form) -> Result<(), Problem> {
        let Self::Rate { look_for, .. } = self;
        match form.look_for(look_for) {
            Some(_) => Ok(()),
            None => Err(Problem::UnknownLookFor {
                look_for: look_for.0.clone(),
            }),
        }
    }
}

/// One tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tap {
    /// The revision of the draft that this tap makes, from 1, without gaps.
    pub revision: u32,
    /// When it was made.
    pub at: Moment,
    /// What it does.
    #[serde(flatten)]
    pub act: Act,
}

/// One answered look-for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// The look-for.
    pub look_for: LookForKey,
    /// What was marked.
    pub rating: Rating,
}

/// A draft after some taps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it was before its first tap.
    pub head: DraftHead,
    /// How many taps it has.
    pub revision: u32,
    /// What is recorded, one entry for each look-for that has a rating, in the form's order.
    pub rated: Vec<Rated>,
}

impl Draft {
    /// A draft without taps.
    pub fn begin(head: DraftHead) -> Self {
        Self {
            head,
            revision: 0,
            rated: Vec::new(),
        }
    }

    /// The draft that `taps` make.
    ///
    /// # Errors
    /// Those of [`Draft::apply`], for the first tap that cannot be applied.
    pub fn fold<'a>(
        head: DraftHead,
        form: &Form,
        taps: impl IntoIterator<Item = &'a Tap>,
    ) -> Result<Self, Problem> {
        let mut draft = Self::begin(head);
        for tap in taps {
            draft.apply(form, tap)?;
        }
        Ok(draft)
    }

    /// Applies the next tap; on an error the draft is as it was.
    ///
    /// # Errors
    /// [`Problem::OutOfOrder`] unless the tap makes the next revision, [`Problem::UnknownForm`] unless
    /// `form` is the draft's, [`Problem::UnknownLookFor`] when the form has no such look-for.
    pub fn apply(&mut self, form: &Form, tap: &Tap) -> Result<(), Problem> {
        let expected = self.revision.saturating_add(1);
        if tap.revision != expected {
            return Err(Problem::OutOfOrder {
                expected,
                got: tap.revision,
            });
        }
        if form.form != self.head.form {
            let FormRef { key, version } = self.head.form.clone();
            return Err(Problem::UnknownForm { form: key, version });
        }
        match &tap.act {
            Act::Rate { look_for, rating } => {
                if form.look_for(look_for).is_none() {
                    return Err(Problem::UnknownLookFor {
                        look_for: look_for.0.clone(),
                    });
                }
                self.rated.retain(|rated| rated.look_for != *look_for);
                self.rated.extend(rating.clone().map(|rating| Rated {
                    look_for: look_for.clone(),
                    rating,
                }));
                let place = |key: &LookForKey| form.look_fors.iter().position(|l| l.key == *key);
                self.rated.sort_by_key(|rated| place(&rated.look_for));
            }
        }
        self.revision = expected;
        Ok(())
    }

    /// What is marked for a look-for; none when it was not looked for.
    pub fn rating(&self, look_for: &LookForKey) -> Option<&Rating> {
        self.rated
            .iter()
            .find(|rated| rated.look_for == *look_for)
            .map(|rated| &rated.rating)
    }

    /// The act of touching `rating`: touching what is already marked takes it away.
    pub fn touch(&self, look_for: &LookForKey, rating: Rating) -> Act {
        let marked = self.rating(look_for) == Some(&rating);
        Act::Rate {
            look_for: look_for.clone(),
            rating: (!marked).then_some(rating),
        }
    }

    /// The finished walkthrough.
    ///
    /// # Errors
    /// [`Problem::NothingRecorded`] when no look-for has a rating.
    pub fn finish(&self) -> Result<Walkthrough, Problem> {
        if self.rated.is_empty() {
            return Err(Problem::NothingRecorded);
        }
        Ok(Walkthrough {
            draft: self.head.id,
            visit: self.head.visit,
            form: self.head.form.clone(),
            begun: self.head.begun,
            rated: self.rated.clone(),
            setting: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn head() -> DraftHead {
        DraftHead {
            id: DraftId::mint(0, [0; 10]),
            visit: 1,
            form: Form::three_reads().form,
            begun: Moment {
                at_utc_ms: 0,
                offset_min: 0,
            },
        }
    }

    fn key() -> LookForKey {
        LookForKey("purpose-said".into())
    }

    fn tap(revision: u32, act: Act) -> Tap {
        Tap {
            revision,
            at: Moment {
                at_utc_ms: 0,
                offset_min: 0,
            },
            act,
        }
    }

    #[test]
    fn touching_a_choice_again_clears_it() {
        let form = Form::three_reads();
        let mut draft = Draft::begin(head());
        let act = draft.touch(&key(), Rating::Seen);
        draft
            .apply(&form, &tap(1, act))
            .expect("the first tap applies");
        assert_eq!(draft.rating(&key()), Some(&Rating::Seen));
        let act = draft.touch(&key(), Rating::Seen);
        draft
            .apply(&form, &tap(2, act))
            .expect("the second tap applies");
        assert_eq!(draft.rating(&key()), None);
        assert_eq!(draft.finish(), Err(Problem::NothingRecorded));
    }

    #[rstest]
    #[case::the_same_again(1)]
    #[case::one_was_lost(3)]
    #[case::from_nowhere(0)]
    fn a_tap_out_of_order_changes_nothing(#[case] revision: u32) {
        let form = Form::three_reads();
        let mut draft = Draft::begin(head());
        let act = draft.touch(&key(), Rating::Partly);
        draft
            .apply(&form, &tap(1, act))
            .expect("the first tap applies");
        let before = draft.clone();
        let late = tap(revision, draft.touch(&key(), Rating::NotSeen));
        let refused = draft.apply(&form, &late);
        assert_eq!(
            refused,
            Err(Problem::OutOfOrder {
                expected: 2,
                got: revision
            })
        );
        assert_eq!(draft, before);
    }

    #[test]
    fn a_look_for_of_another_form_is_refused() {
        let mut draft = Draft::begin(head());
        let act = Act::Rate {
            look_for: LookForKey("pace".into()),
            rating: Some(Rating::Seen),
        };
        let refused = draft.apply(&Form::three_reads(), &tap(1, act));
        assert_eq!(
            refused,
            Err(Problem::UnknownLookFor {
                look_for: "pace".into()
            })
        );
    }

    proptest! {
        #[test]
        fn the_last_tap_on_a_look_for_decides(
            ratings in prop::collection::vec(prop::option::of(prop::sample::select(&Rating::STATES[..])), 1..40)
        ) {
            let taps: Vec<Tap> = (1..).zip(&ratings)
                .map(|(revision, rating)| tap(revision, Act::Rate { look_for: key(), rating: rating.clone() }))
                .collect();
            let draft = Draft::fold(head(), &Form::three_reads(), &taps).expect("in order");
            prop_assert_eq!(draft.rating(&key()), ratings.last().and_then(Option::as_ref));
            prop_assert_eq!(draft.revision as usize, ratings.len());
        }
    }
}
