//! Every text of a body that is no id, date, hash or word of a closed list: a body is never erased, so none of them
//! may hold a sentence.

use super::Fact;
use crate::domain::collect::draft::Rated;
use crate::domain::collect::rating::Rating;
use crate::domain::moment::Moment;

impl Fact {
    /// Every key that the fact names: of a form, of look-fors, of questions, of choices. Each kind is named here, so
    /// that a new one cannot be forgotten.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::WalkthroughSubmitted(fact) => of_ratings(Some(&fact.form.key), &fact.rated),
            Self::WalkthroughAmended(fact) => of_ratings(None, &fact.rated),
            Self::BrightSpotTagged(fact) => fact.look_for.iter().map(|key| &*key.0).collect(),
            Self::BrightSpotFiled(fact) => fact.look_for.iter().map(|key| &*key.0).collect(),
            Self::PredictionLocked(fact) => vec![&fact.idea],
            Self::DecisionTaken(fact) => vec![&fact.idea],
            Self::SurveyAnswered(fact) => {
                let questions = fact.answers.keys().map(|key| &**key);
                [&*fact.form.key].into_iter().chain(questions).collect()
            }
            Self::LessonLogged(fact) => {
                let parts = fact.parts.keys().map(|key| &*key.0);
                [&*fact.form.key].into_iter().chain(parts).collect()
            }
            Self::VisitWelcomed(fact) => fact.idea.iter().map(|key| &**key).collect(),
            Self::WalkthroughClaimed(_)
            | Self::FeedbackSent(_)
            | Self::FeedbackOpened(_)
            | Self::FeedbackAnswered(_)
            | Self::FeedbackShared(_)
            | Self::PermissionAsked(_)
            | Self::PermissionGiven(_)
            | Self::PermissionRefused(_)
            | Self::PermissionWithdrawn(_)
            | Self::SupportWanted(_)
            | Self::SupportGiven(_)
            | Self::PersonAdded(_)
            | Self::PersonMerged(_)
            | Self::ClassMissed(_)
            | Self::WelcomeWithdrawn(_)
            | Self::WordsErased(_) => Vec::new(),
        }
    }

    /// The moment that the fact itself says, beside that of its event.
    pub fn moment(&self) -> Option<Moment> {
        match self {
            Self::WalkthroughSubmitted(fact) => Some(fact.begun),
            _ => None,
        }
    }
}

fn of_ratings<'a>(form: Option<&'a String>, rated: &'a [Rated]) -> Vec<&'a str> {
    let mut keys: Vec<&str> = form.map(String::as_str).into_iter().collect();
    for one in rated {
        keys.push(&one.look_for.0);
        match &one.rating {
            Rating::One(choice) => keys.push(choice),
            Rating::Many(choices) => keys.extend(choices.iter().map(String::as_str)),
            _ => {}
        }
    }
    keys
}
