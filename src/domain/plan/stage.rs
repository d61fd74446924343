//! Where a change idea stands, and which way it may go.

use serde::{Deserialize, Serialize};

/// The state of a change idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdeaState {
    /// Chosen, and not looked for yet.
    Drafted,
    /// Visited before it is tried: the visits are marked as baseline.
    Baseline,
    /// Tried and visited, with a prediction that was locked before.
    Testing,
    /// Kept, to spread.
    Adopted,
    /// Changed, to be tested again.
    Adapted,
    /// Ended, with what was learned.
    Abandoned,
}

impl IdeaState {
    /// All of them, in the order of a path.
    pub const ALL: [Self; 6] = [
        Self::Drafted,
        Self::Baseline,
        Self::Testing,
        Self::Adopted,
        Self::Adapted,
        Self::Abandoned,
    ];

    /// Its name in JSON and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Baseline => "baseline",
            Self::Testing => "testing",
            Self::Adopted => "adopted",
            Self::Adapted => "adapted",
            Self::Abandoned => "abandoned",
        }
    }

    /// Whether it counts among the few that a district tests at a time.
    pub fn is_active(self) -> bool {
        matches!(self, Self::Baseline | Self::Testing)
    }

    /// Whether a cycle has ended in it.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Adopted | Self::Adapted | Self::Abandoned)
    }

    /// Whether an idea may go from here to there. None is an idea that was in no use; a decided idea that
    /// goes on begins its next cycle. That testing needs a locked prediction is the caller's to check.
    pub fn may_follow(self, from: Option<Self>) -> bool {
        let Some(from) = from else {
            return !self.is_decided();
        };
        match self {
            _ if self == from => true,
            Self::Drafted => from.is_decided(),
            Self::Baseline => from != Self::Testing,
            Self::Testing => true,
            Self::Adopted | Self::Adapted => from == Self::Testing,
            Self::Abandoned => true,
        }
    }

    /// Whether going from here to there begins another cycle.
    pub fn begins_cycle(self, from: Self) -> bool {
        from.is_decided() && !self.is_decided()
    }
}

#[cfg(test)]
mod tests {
    use super::IdeaState::{self, *};
    use rstest::rstest;

    #[rstest]
    #[case::put_to_use(None, &[Drafted, Baseline, Testing])]
    #[case::drafted(Some(Drafted), &[Drafted, Baseline, Testing, Abandoned])]
    #[case::in_baseline(Some(Baseline), &[Baseline, Testing, Abandoned])]
    #[case::tested(Some(Testing), &[Testing, Adopted, Adapted, Abandoned])]
    #[case::adopted(Some(Adopted), &[Drafted, Baseline, Testing, Adopted, Abandoned])]
    #[case::adapted(Some(Adapted), &[Drafted, Baseline, Testing, Adapted, Abandoned])]
    #[case::abandoned(Some(Abandoned), &[Drafted, Baseline, Testing, Abandoned])]
    fn an_idea_goes_its_way(#[case] from: Option<IdeaState>, #[case] to: &[IdeaState]) {
        let may: Vec<IdeaState> = IdeaState::ALL
            .into_iter()
            .filter(|state| state.may_follow(from))
            .collect();
        assert_eq!(may, to);
    }

    #[test]
    fn a_decided_idea_that_goes_on_begins_a_cycle() {
        assert!(Testing.begins_cycle(Adapted) && Drafted.begins_cycle(Abandoned));
        assert!(!Testing.begins_cycle(Baseline) && !Abandoned.begins_cycle(Adopted));
    }

    #[test]
    fn a_state_has_one_name() {
        for state in IdeaState::ALL {
            let json = serde_json::to_string(&state).expect("it is JSON");
            assert_eq!(json, format!("\"{}\"", state.name()));
        }
    }
}
