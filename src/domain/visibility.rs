//! Who sees what: one pure function, used by feed, API, export, report and light page alike.
//!
//! [`sight`] is the table of `design.md`, cell by cell; [`sees`] decides a cell for one document under
//! the agreement. Nothing is shown that did not pass here.

use super::act::bright_spot::Circle;
use super::agreement::Agreement;
use super::study::small_group;
use serde::{Deserialize, Serialize};

/// A row of the table: what there is to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    /// A walkthrough, whole.
    Walkthrough,
    /// Feedback and replies.
    Feedback,
    /// Who opened feedback, and when.
    Opened,
    /// A bright spot without the teacher's permission.
    BrightSpot,
    /// A bright spot that the teacher let others see.
    BrightSpotPermitted,
    /// That support is wanted.
    Support,
    /// Measures of a pilot.
    Measures,
    /// Survey answers.
    Survey,
    /// Achievement.
    Achievement,
}

impl Row {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Walkthrough,
        Self::Feedback,
        Self::Opened,
        Self::BrightSpot,
        Self::BrightSpotPermitted,
        Self::Support,
        Self::Measures,
        Self::Survey,
        Self::Achievement,
    ];
}

/// A column of the table: how the reader stands to what is seen. One person may stand in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Recorded it.
    Observer,
    /// Is the teacher who was visited, or whom it is about.
    Teacher,
    /// Coaches the site.
    Coach,
    /// Leads the site.
    Principal,
    /// Is in the team that tests the change idea.
    Team,
    /// Leads improvement in the district, or is its admin.
    District,
    /// Works at the site.
    Colleague,
    /// Anybody else who is signed in.
    Other,
}

impl Relation {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Observer,
        Self::Teacher,
        Self::Coach,
        Self::Principal,
        Self::Team,
        Self::District,
        Self::Colleague,
        Self::Other,
    ];
}

/// What stands in a cell of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Nothing.
    No,
    /// All of it.
    Yes,
    /// When the teacher shares it.
    WhenShared,
    /// When the teacher's permission reaches this circle.
    In(Circle),
    /// Counts by category, never a person.
    Counts,
    /// All of it, marked as small below five teachers.
    MarkedSmall,
    /// From five teachers on.
    FromTeachers,
    /// From five answers on, or named by consent.
    FromAnswersOrConsent,
    /// From five answers on.
    FromAnswers,
    /// From eleven students on.
    FromStudents,
}

/// The table.
pub fn sight(row: Row, relation: Relation) -> Sight {
    use Relation::{Coach, Colleague, District, Observer, Other, Principal, Teacher, Team};
    match (row, relation) {
        // What one person recorded about one other belongs to those two. A principal or a coach who
        // made the visit stands in the column of the observer.
        (Row::Walkthrough | Row::Feedback | Row::Opened, Observer | Teacher) => Sight::Yes,
        (Row::Feedback, Coach) => Sight::WhenShared,
        (Row::Walkthrough | Row::Feedback | Row::Opened, _) => Sight::No,

        (Row::BrightSpot, Observer | Teacher | Coach) => Sight::Yes,
        (Row::BrightSpot, _) => Sight::No,
        (Row::BrightSpotPermitted, Colleague) => Sight::In(Circle::Site),
        (Row::BrightSpotPermitted, Other) => Sight::In(Circle::District),
        (Row::BrightSpotPermitted, _) => Sight::Yes,

        (Row::Support, Observer | Teacher | Coach) => Sight::Yes,
        (Row::Support, Principal | Team | District) => Sight::Counts,
        (Row::Support, Colleague | Other) => Sight::No,

        (Row::Measures, Observer | Team) => Sight::MarkedSmall,
        (Row::Measures, Teacher | Coach | Principal) => Sight::Yes,
        (Row::Measures, District | Colleague | Other) => Sight::FromTeachers,

        (Row::Survey, Teacher) => Sight::Yes,
        (Row::Survey, Team) => Sight::FromAnswersOrConsent,
        (Row::Survey, District) => Sight::FromAnswers,
        (Row::Survey, Observer | Coach | Principal | Colleague | Other) => Sight::No,

        (Row::Achievement, Observer | Colleague | Other) => Sight::No,
        (Row::Achievement, Teacher | Coach | Principal | Team | District) => Sight::FromStudents,
    }
}

/// What a conditional cell depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Whether the teacher shared the feedback.
    pub shared: bool,
    /// How far the teacher's permission reaches.
    pub circle: Option<Circle>,
    /// How many teachers are in the figure.
    pub teachers: u32,
    /// How many answers are in the figure.
    pub answers: u32,
    /// Whether those who answered agreed to be named.
    pub named_by_consent: bool,
    /// How many students are in the figure.
    pub students: u32,
}

/// What a reader gets of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// Counts by category.
    Counts,
    /// All of it, with the mark that it rests on few.
    Small,
    /// All of it.
    Whole,
}

/// What a reader in this relation gets, under the agreement.
pub fn sees(row: Row, relation: Relation, now: &Circumstances, agreement: &Agreement) -> Shown {
    let whole_if = |holds: bool| if holds { Shown::Whole } else { Shown::Nothing };
    if agreement.withholds(row, relation) {
        return Shown::Nothing;
    }
    match sight(row, relation) {
        Sight::No => Shown::Nothing,
        Sight::Yes => Shown::Whole,
        Sight::Counts => Shown::Counts,
        Sight::WhenShared => whole_if(now.shared),
        Sight::In(circle) => whole_if(now.circle.is_some_and(|given| given >= circle)),
        Sight::MarkedSmall if small_group::enough_teachers(now.teachers) => Shown::Whole,
        Sight::MarkedSmall => Shown::Small,
        Sight::FromTeachers => whole_if(small_group::enough_teachers(now.teachers)),
        Sight::FromAnswersOrConsent => {
            whole_if(now.named_by_consent || small_group::enough_answers(now.answers))
        }
        Sight::FromAnswers => whole_if(small_group::enough_answers(now.answers)),
        Sight::FromStudents => whole_if(small_group::enough_students(now.students)),
    }
}
