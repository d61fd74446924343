//! The prediction, the survey and the outcomes.

use super::Faults;
use super::words::Limit;
use crate::domain::collect::look_for::Component;
use crate::domain::plan::change_idea::ChangeIdea;
use crate::domain::plan::fault::Wrong;
use crate::domain::plan::outcome::Source;
use crate::domain::plan::prediction::{PredictionClaim, Target, Unit};

/// How many numbers a prediction has.
pub const CLAIMS: std::ops::RangeInclusive<usize> = 1..=5;
/// How many questions teachers are asked, the common one among them: 60 to 90 seconds.
pub const QUESTIONS: std::ops::RangeInclusive<usize> = 2..=7;
/// The last week that a prediction can be for: a school year.
pub const WEEKS: std::ops::RangeInclusive<u16> = 1..=40;
/// The largest number of a target.
const NUMBER_MAX: u32 = 1_000;

pub(super) fn check(faults: &mut Faults, idea: &ChangeIdea) {
    prediction(faults, idea);
    let found = idea.questions.len();
    let (least, most) = (*QUESTIONS.start(), *QUESTIONS.end());
    faults.require(
        QUESTIONS.contains(&found),
        "question",
        // Without the common one, which no author writes.
        Wrong::HowMany {
            found: found.saturating_sub(1),
            least: least - 1,
            most: most - 1,
        },
    );
    for (place, question) in idea.questions.iter().enumerate() {
        let place = format!("question[{place}]");
        faults.words(&place, &question.words, Limit::QUESTION);
    }
    for (place, outcome) in idea.outcomes.iter().enumerate() {
        let place = format!("outcome[{place}]");
        faults.words(&place, &outcome.words, Limit::OUTCOME);
        faults.require(
            outcome.source != Source::Observation,
            format!("{place}.source"),
            Wrong::SourceElsewhere,
        );
    }
    let achievement = idea.outcomes.iter().any(|outcome| {
        outcome.component == Component::Outcome && outcome.source == Source::Achievement
    });
    faults.require(achievement, "outcome", Wrong::NoAchievement);
}

fn prediction(faults: &mut Faults, idea: &ChangeIdea) {
    let prediction = &idea.prediction;
    faults.words("prediction", &prediction.words, Limit::PREDICTION);
    let found = prediction.claims.len();
    faults.require(
        CLAIMS.contains(&found),
        "prediction.claim",
        Wrong::HowMany {
            found,
            least: *CLAIMS.start(),
            most: *CLAIMS.end(),
        },
    );
    for (place, claim) in prediction.claims.iter().enumerate() {
        self::claim(faults, idea, &format!("prediction.claim[{place}]"), claim);
    }
    for (place, measure) in prediction.primary.iter().enumerate() {
        let there = idea.component(measure).is_some();
        let place = format!("prediction.primary[{place}]");
        faults.require(there, place, Wrong::NoSuchMeasure);
    }
    for of in [Component::Adults, Component::Students, Component::Outcome] {
        let mut shown = prediction.primary.iter();
        let shown = shown.any(|measure| idea.component(measure) == Some(of));
        faults.require(shown, "prediction.primary", Wrong::NoPrimary { of });
    }
}

fn claim(faults: &mut Faults, idea: &ChangeIdea, place: &str, claim: &PredictionClaim) {
    match idea.component(&claim.measure) {
        None => faults.add(format!("{place}.measure"), Wrong::NoSuchMeasure),
        Some(shown) if shown != claim.component => {
            faults.add(format!("{place}.shows"), Wrong::OtherComponent { shown });
        }
        Some(_) => {}
    }
    let (name, number, unit) = match claim.target {
        Target::To { number, unit } => ("to", number, unit),
        Target::By { number, unit } => ("by", number, unit),
    };
    let fits = match claim.target {
        Target::To { .. } => unit != Unit::Points,
        Target::By { .. } => unit != Unit::Gap,
    };
    faults.require(fits, format!("{place}.unit"), Wrong::UnitFits);
    let most = match (claim.target, unit) {
        (Target::To { .. }, Unit::Percent) | (_, Unit::Points) => 100,
        _ => NUMBER_MAX,
    };
    let least = u32::from(matches!(claim.target, Target::By { .. }));
    faults.require(
        (least..=most).contains(&number),
        format!("{place}.{name}"),
        Wrong::OutOfRange { least, most },
    );
    faults.require(
        WEEKS.contains(&claim.by_week),
        format!("{place}.by_week"),
        Wrong::OutOfRange {
            least: (*WEEKS.start()).into(),
            most: (*WEEKS.end()).into(),
        },
    );
}
