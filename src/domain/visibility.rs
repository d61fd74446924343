//! Who sees what: one pure function, used by feed, API, export, report and light page alike.
//!
//! [`sight`] is the table of `docs/visibility.md`, cell by cell; [`sees`] decides a cell for one document under
//! the agreement. Nothing is shown that did not pass here.
//!
//! One figure has no cell: the share of feedback that was read, which the office's overview shows to the district.
//! The cell of [`Row::Opened`] says no to it, because it holds who opened what, and when. The share says neither: it
//! counts, over no fewer teachers than [`small_group`] asks for ([`super::study::follow_through`]). An agreement that
//! withholds [`Row::Opened`] from the district closes the share too, and one that withholds [`Row::Measures`] its lines
//! by change idea.

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
    /// That a class could not be visited.
    Missed,
    /// What a teacher logged of their own lessons.
    SelfLog,
    /// That a teacher welcomes a visit.
    Welcome,
}

impl Row {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 12] = [
        Self::Walkthrough,
        Self::Feedback,
        Self::Opened,
        Self::BrightSpot,
        Self::BrightSpotPermitted,
        Self::Support,
        Self::Measures,
        Self::Survey,
        Self::Achievement,
        Self::Missed,
        Self::SelfLog,
        Self::Welcome,
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
    /// When the teacher shares it: feedback with the coaches, a welcome with peers.
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

        // It says nothing of a lesson, and it must not become a list of who had a substitute when.
        (Row::Missed, Observer) => Sight::Yes,
        (Row::Missed, _) => Sight::No,

        (Row::SelfLog, Teacher) => Sight::Yes,
        (Row::SelfLog, Team | District) => Sight::FromAnswers,
        (Row::SelfLog, Observer | Coach | Principal | Colleague | Other) => Sight::No,

        // Those who may visit there in any case; peers when the teacher says yes to them.
        (Row::Welcome, Teacher | Coach | Principal | District) => Sight::Yes,
        (Row::Welcome, Team | Colleague) => Sight::WhenShared,
        (Row::Welcome, Observer | Other) => Sight::No,
    }
}

/// What a conditional cell depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Whether the teacher shared the feedback, or welcomes peers.
    pub shared: bool,
    /// How far the teacher's permission reaches.
    pub circle: Option<Circle>,
    /// How many teachers are in the figure, whoever's visits are left out of it.
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

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// The table of `docs/visibility.md`, in short. "Others" are colleagues at the site and everybody else, who differ in
    /// one row: the audience of a permitted bright spot.
    ///
    /// `shared`: when the teacher shares it. `site`, `district`: from that circle on. `small`: marked as
    /// small below five teachers. `5 teachers`, `5 answers`, `11`: from so many on.
    const TABLE: &str = "
        row                   | observer | teacher | coach  | principal | team            | district   | colleague  | other
        walkthrough           | yes      | yes     | no     | no        | no              | no         | no         | no
        feedback              | yes      | yes     | shared | no        | no              | no         | no         | no
        opened                | yes      | yes     | no     | no        | no              | no         | no         | no
        bright_spot           | yes      | yes     | yes    | no        | no              | no         | no         | no
        bright_spot_permitted | yes      | yes     | yes    | yes       | yes             | yes        | site       | district
        support               | yes      | yes     | yes    | counts    | counts          | counts     | no         | no
        measures              | small    | yes     | yes    | yes       | small           | 5 teachers | 5 teachers | 5 teachers
        survey                | no       | yes     | no     | no        | consent         | 5 answers  | no         | no
        achievement           | no       | 11      | 11     | 11        | 11              | 11         | no         | no
        missed                | yes      | no      | no     | no        | no              | no         | no         | no
        self_log              | no       | yes     | no     | no        | 5 answers       | 5 answers  | no         | no
        welcome               | no       | yes     | yes    | yes       | shared          | yes        | shared     | no
    ";

    #[test]
    fn every_cell_is_the_one_of_the_design() {
        let mut rows = TABLE
            .lines()
            .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>())
            .filter(|cells| cells.len() > 1);
        let head = rows.next().expect("the table has a head");
        let columns: Vec<String> = Relation::ALL.into_iter().map(name).collect();
        assert_eq!(head.into_iter().skip(1).collect::<Vec<_>>(), columns);
        for row in Row::ALL {
            let cells = rows.next().expect("each row is there");
            assert_eq!(cells.first(), Some(&name(row).as_str()));
            for (relation, cell) in Relation::ALL.into_iter().zip(cells.iter().skip(1)) {
                let wanted = match *cell {
                    "no" => Sight::No,
                    "yes" => Sight::Yes,
                    "shared" => Sight::WhenShared,
                    "site" => Sight::In(Circle::Site),
                    "district" => Sight::In(Circle::District),
                    "counts" => Sight::Counts,
                    "small" => Sight::MarkedSmall,
                    "5 teachers" => Sight::FromTeachers,
                    "5 answers" => Sight::FromAnswers,
                    "consent" => Sight::FromAnswersOrConsent,
                    "11" => Sight::FromStudents,
                    other => panic!("{other} stands for nothing"),
                };
                assert_eq!(sight(row, relation), wanted, "{row:?} for {relation:?}");
            }
        }
        assert_eq!(rows.next(), None);
    }

    /// The name of a row or a column, as it is written in an agreement.
    fn name(value: impl Serialize) -> String {
        let value = serde_json::to_value(value).expect("it has a name");
        value.as_str().expect("a name is a text").to_owned()
    }

    fn with(change: impl FnOnce(&mut Circumstances)) -> Circumstances {
        let mut now = Circumstances::default();
        change(&mut now);
        now
    }

    #[rstest]
    #[case::not_shared(Row::Feedback, Relation::Coach, with(|_| ()), Shown::Nothing)]
    #[case::shared(Row::Feedback, Relation::Coach, with(|now| now.shared = true), Shown::Whole)]
    #[case::site_for_a_colleague(
        Row::BrightSpotPermitted, Relation::Colleague,
        with(|now| now.circle = Some(Circle::Site)), Shown::Whole
    )]
    #[case::site_for_others(
        Row::BrightSpotPermitted, Relation::Other,
        with(|now| now.circle = Some(Circle::Site)), Shown::Nothing
    )]
    #[case::district_for_others(
        Row::BrightSpotPermitted, Relation::Other,
        with(|now| now.circle = Some(Circle::District)), Shown::Whole
    )]
    #[case::counts(Row::Support, Relation::Principal, with(|_| ()), Shown::Counts)]
    #[case::four_teachers_for_the_team(
        Row::Measures, Relation::Team, with(|now| now.teachers = 4), Shown::Small
    )]
    #[case::five_teachers_for_the_team(
        Row::Measures, Relation::Team, with(|now| now.teachers = 5), Shown::Whole
    )]
    #[case::four_teachers_for_others(
        Row::Measures, Relation::Other, with(|now| now.teachers = 4), Shown::Nothing
    )]
    #[case::five_teachers_for_others(
        Row::Measures, Relation::Other, with(|now| now.teachers = 5), Shown::Whole
    )]
    #[case::four_answers(Row::Survey, Relation::Team, with(|now| now.answers = 4), Shown::Nothing)]
    #[case::named_by_consent(
        Row::Survey, Relation::Team, with(|now| now.named_by_consent = true), Shown::Whole
    )]
    #[case::consent_is_for_the_team(
        Row::Survey, Relation::District, with(|now| now.named_by_consent = true), Shown::Nothing
    )]
    #[case::five_answers(Row::Survey, Relation::District, with(|now| now.answers = 5), Shown::Whole)]
    #[case::ten_students(
        Row::Achievement, Relation::Teacher, with(|now| now.students = 10), Shown::Nothing
    )]
    #[case::eleven_students(
        Row::Achievement, Relation::Teacher, with(|now| now.students = 11), Shown::Whole
    )]
    fn a_conditional_cell_depends_on_what_it_says(
        #[case] row: Row,
        #[case] relation: Relation,
        #[case] now: Circumstances,
        #[case] wanted: Shown,
    ) {
        assert_eq!(sees(row, relation, &now, &Agreement::first()), wanted);
    }

    proptest! {
        #[test]
        fn an_agreement_takes_away_and_never_adds(
            row in 0..Row::ALL.len(),
            relation in 0..Relation::ALL.len(),
            shared: bool,
            teachers in 0u32..9,
            answers in 0u32..9,
            students in 0u32..20,
        ) {
            let (row, relation) = (Row::ALL[row], Relation::ALL[relation]);
            let now = Circumstances { shared, teachers, answers, students, ..Default::default() };
            let free = Agreement::first();
            let withheld = crate::domain::agreement::Withheld { row, from: relation };
            let tight = Agreement { withheld: vec![withheld], ..Agreement::first() };
            prop_assert_eq!(sees(row, relation, &now, &tight), Shown::Nothing);
            for other in Row::ALL.into_iter().filter(|other| *other != row) {
                prop_assert_eq!(
                    sees(other, relation, &now, &tight),
                    sees(other, relation, &now, &free)
                );
            }
        }
    }
}
