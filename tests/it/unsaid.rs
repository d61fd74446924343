//! Feedback and predictions count by having been said: without words they are set aside.

use crate::district::{District, Member, at_site, post};
use crate::facts::{named, sent};
use lookfor::domain::event::{Envelope, Fact};
use lookfor::domain::people::{Place, Role};
use lookfor::domain::plan::prediction::PredictionLocked;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::Answer;
use rstest::rstest;

async fn is_set_aside(district: &District, who: &Member, envelope: Envelope) {
    let answers = who.push(&district.server, &[envelope]).await;
    assert!(
        matches!(&answers[0], Answer::Refused(Problem::Malformed { place, .. }) if place == "words"),
        "{answers:?}"
    );
}

fn prediction() -> Fact {
    let (idea, cycle) = ("three-reads".into(), 1);
    PredictionLocked { idea, cycle }.into()
}

#[rstest]
#[case::without_words(&[])]
#[case::with_blanks(&[("feedback", " "), ("question", ""), ("prediction", " ")])]
#[case::with_signs_that_nobody_sees(&[("feedback", "\u{200b}"), ("prediction", "\u{2060}")])]
#[tokio::test]
async fn what_says_nothing_is_set_aside(#[case] words: &[(&str, &str)]) {
    let district = District::open().await;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let lead = district.member(3, &[post(Role::Lead, Place::District)]);
    let visit = coach.visit(named(&teacher), "note-of-visit");
    let visit = coach.says(&district.server, visit).await;
    let feedback = coach.seal(sent(visit), words).1;
    is_set_aside(&district, &coach, feedback).await;
    let prediction = lead.seal(prediction(), words).1;
    is_set_aside(&district, &lead, prediction).await;
}

/// Else a copy that is due to a teacher would be taken for sent, and testing would begin without a prediction.
#[tokio::test]
async fn words_that_are_kept_back_are_no_words() {
    let district = District::open().await;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let lead = district.member(3, &[post(Role::Lead, Place::District)]);
    let visit = coach.visit(named(&teacher), "note-of-visit");
    let visit = coach.says(&district.server, visit).await;
    let mut feedback = coach
        .seal(sent(visit), &[("feedback", "You asked twice.")])
        .1;
    feedback.words = None;
    is_set_aside(&district, &coach, feedback).await;
    let mut locked = lead.seal(prediction(), &[("prediction", "More talk.")]).1;
    locked.words = None;
    is_set_aside(&district, &lead, locked).await;
}
