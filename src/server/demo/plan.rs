//! The invented district: six schools, sixty teachers, a hundred and eighty classes.

use super::dice::Dice;
use super::names::Names;
use crate::domain::place::Day;
use std::collections::BTreeMap;

/// What the district is called.
pub const NAME: &str = "Valle Sereno Unified";
/// Its zone.
pub const TIME_ZONE: &str = "America/Los_Angeles";
/// Where its people get mail: a domain that is reserved for examples, so that nobody does.
pub const MAIL_DOMAIN: &str = "vallesereno.example";

/// The whole of it.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The day that it leads up to.
    pub today: Day,
    /// The seed that it is made from.
    pub seed: u64,
    /// The schools.
    pub schools: Vec<School>,
    /// Everybody who works there, teachers first, by school.
    pub people: Vec<Person>,
    /// The classes.
    pub classes: Vec<Class>,
    /// The days from the first to the last of the school year, Monday to Friday; whether there is school.
    pub days: BTreeMap<Day, bool>,
}

/// What kind of school it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Grades 3 to 5, one class a teacher.
    Elementary,
    /// Grades 6 to 8, six periods a day.
    Middle,
    /// Grades 9 to 12, periods 1, 3, 5 on A days and 2, 4, 6 on B days.
    High,
}

/// A school.
#[derive(Clone, Debug)]
pub struct School {
    /// Its name.
    pub name: &'static str,
    /// Its number, which stands in its ids.
    pub number: usize,
    /// Its kind.
    pub level: Level,
}

/// Somebody who works in the district.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id that the roster has for them.
    pub id: String,
    /// Given and family name.
    pub name: (&'static str, &'static str),
    /// Where they get mail.
    pub mail: String,
    /// What they do.
    pub job: Job,
    /// The number of their school; none for the district.
    pub school: Option<usize>,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Teaches.
    Teacher,
    /// Leads a school.
    Principal,
    /// Coaches at the schools of one kind.
    Coach(Level),
    /// Leads improvement.
    Lead,
    /// Looks after people and devices.
    Admin,
}

/// A class.
#[derive(Clone, Debug)]
pub struct Class {
    /// The id that the roster has for it.
    pub id: String,
    /// What the school calls it.
    pub title: String,
    /// The number of its school.
    pub school: usize,
    /// The place of its teacher among the people.
    pub teacher: usize,
    /// Where it meets.
    pub room: String,
    /// Its grade, as OneRoster writes it.
    pub grade: String,
    /// Its subject; none for an elementary class, which has all of them.
    pub subject: Option<&'static str>,
    /// The period in which it meets; none for an elementary class.
    pub period: Option<usize>,
    /// How many students it has.
    pub students: usize,
}

const SCHOOLS: [(&str, Level, usize); 6] = [
    ("Encina Elementary", Level::Elementary, 8),
    ("Manzanita Elementary", Level::Elementary, 8),
    ("Piedra Blanca Elementary", Level::Elementary, 8),
    ("Laurel Middle", Level::Middle, 9),
    ("Tule Middle", Level::Middle, 9),
    ("Valle Sereno High", Level::High, 18),
];
/// Subjects of a middle or high school, with the titles of its courses by grade.
const SUBJECTS: [(&str, &[&str]); 3] = [
    (
        "Mathematics",
        &[
            "Math 6",
            "Math 7",
            "Math 8",
            "Algebra 1",
            "Geometry",
            "Algebra 2",
            "Precalculus",
        ],
    ),
    (
        "English",
        &[
            "English 6",
            "English 7",
            "English 8",
            "English 9",
            "English 10",
            "English 11",
            "English 12",
        ],
    ),
    (
        "Science",
        &[
            "Science 6",
            "Science 7",
            "Science 8",
            "Biology",
            "Chemistry",
            "Physics",
            "Earth Science",
        ],
    ),
];

impl Plan {
    /// The plan of a seed, for the school year that `today` is in. In the summer holidays the school year lasts a
    /// little longer, so that a demo is never without a school day.
    pub fn of(seed: u64, today: Day) -> Self {
        let mut plan = Self {
            today,
            seed,
            schools: Vec::new(),
            people: Vec::new(),
            classes: Vec::new(),
            days: days(today),
        };
        let mut names = Names::of(seed);
        let mut dice = Dice::of(seed, "classes");
        for (number, (name, level, teachers)) in SCHOOLS.into_iter().enumerate() {
            let number = number + 1;
            plan.schools.push(School {
                name,
                number,
                level,
            });
            for teacher in 0..teachers {
                plan.add(&mut names, Job::Teacher, Some(number));
                plan.teach(&mut dice, number, level, teacher);
            }
        }
        for number in 1..=SCHOOLS.len() {
            plan.add(&mut names, Job::Principal, Some(number));
        }
        for level in [Level::Elementary, Level::Middle, Level::High] {
            plan.add(&mut names, Job::Coach(level), None);
        }
        plan.add(&mut names, Job::Lead, None);
        plan.add(&mut names, Job::Admin, None);
        plan
    }

    fn add(&mut self, names: &mut Names, job: Job, school: Option<usize>) {
        let name = names.give();
        let local = format!("{}.{}", name.0, name.1).to_lowercase();
        self.people.push(Person {
            id: format!("staff-{}", self.people.len() + 1),
            name,
            mail: format!("{local}@{MAIL_DOMAIN}"),
            job,
            school,
        });
    }

    /// Gives the teacher who was added last their classes.
    fn teach(&mut self, dice: &mut Dice, school: usize, level: Level, nth: usize) {
        let teacher = self.people.len() - 1;
        let room = match level {
            Level::Elementary => format!("{}", nth + 1),
            Level::Middle => format!("{}{:02}", 1 + nth / 5, nth % 5 * 2 + 1),
            Level::High => format!(
                "{}-{}",
                ["A", "B", "C"].get(nth / 6).unwrap_or(&"A"),
                nth % 6 + 10
            ),
        };
        let (first_grade, grades, periods) = match level {
            Level::Elementary => (3, 3, 1),
            Level::Middle => (6, 3, 4),
            // A hundred and eighty classes in all: six teachers of the high school have a period less.
            Level::High => (9, 4, if nth < 12 { 5 } else { 4 }),
        };
        for lesson in 0..periods {
            let grade = first_grade + (nth + lesson) % grades;
            let Some((subject, courses)) = SUBJECTS.get(nth % SUBJECTS.len()) else {
                continue;
            };
            let family = self.people.get(teacher).map_or("", |person| person.name.1);
            let period = (nth + lesson) % 6 + 1;
            let course = grade.checked_sub(6).and_then(|nth| courses.get(nth));
            let is_elementary = level == Level::Elementary;
            self.classes.push(Class {
                id: format!("class-{}", self.classes.len() + 1),
                title: match course.filter(|_| !is_elementary) {
                    Some(course) => format!("{course}, period {period}"),
                    None => format!("Grade {grade}, {family}"),
                },
                school,
                teacher,
                room: room.clone(),
                grade: format!("{grade:02}"),
                subject: (!is_elementary).then_some(*subject),
                period: (!is_elementary).then_some(period),
                students: dice.between(19, 33),
            });
        }
    }

    /// Whether there is school on a day.
    pub fn is_school_day(&self, day: Day) -> bool {
        self.days.get(&day) == Some(&true)
    }

    /// The school day that is so many before today; 0 is today, or the last one before where today is none.
    pub fn school_days_ago(&self, ago: usize) -> Day {
        let before = self.days.range(..=self.today).rev();
        let mut school_days = before.filter(|(_, school)| **school).map(|(day, _)| *day);
        school_days
            .nth(ago)
            .unwrap_or(self.today.plus(-(ago as i64)))
    }

    /// The kind of a day at a school, as its bells name it.
    pub fn day_type(&self, level: Level, day: Day) -> &'static str {
        let nth = self
            .days
            .range(..day)
            .filter(|(_, school)| **school)
            .count();
        let (a, minimum) = (nth.is_multiple_of(2), day.weekday() == 3);
        match (level, a, minimum) {
            (Level::High, true, false) => "A",
            (Level::High, false, false) => "B",
            (Level::High, true, true) => "A minimum",
            (Level::High, false, true) => "B minimum",
            (_, _, false) => "Regular",
            (_, _, true) => "Minimum",
        }
    }

    /// People with a job, in their order.
    pub fn with_job(&self, job: Job) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(move |person| person.job == job)
    }
}

/// Monday to Friday of the school year, with the usual holidays.
fn days(today: Day) -> BTreeMap<Day, bool> {
    let ends = today.school_year();
    let day = |year, month, day| Day::of(year, month, day).unwrap_or(today);
    // Far enough around today for everything that is recorded and planned.
    let first = day(ends - 1, 8, 12).min(today.plus(-200));
    let last = day(ends, 6, 5).max(today.plus(60));
    // Today lies in no break of several weeks: a demo that is closed shows nothing.
    let near = |from: Day, until: Day| from <= today.plus(21) && today.plus(-7) <= until;
    let breaks = [
        (day(ends - 1, 12, 21), day(ends, 1, 4)),
        (day(ends, 3, 30), day(ends, 4, 3)),
    ];
    let breaks: Vec<_> = breaks
        .into_iter()
        .filter(|(from, until)| !near(*from, *until))
        .collect();
    let holidays = [
        nth_weekday(ends - 1, 9, 1, 1),
        Day::of(ends - 1, 11, 11),
        nth_weekday(ends - 1, 11, 4, 4),
        nth_weekday(ends - 1, 11, 4, 4).map(Day::next),
        nth_weekday(ends, 1, 1, 3),
        nth_weekday(ends, 2, 1, 3),
        nth_weekday(ends, 5, 1, 4),
    ];
    (0..=last.since_epoch() - first.since_epoch())
        .map(|step| first.plus(step))
        .filter(|day| day.is_weekday())
        .map(|day| {
            let in_break = breaks
                .iter()
                .any(|(from, until)| (*from..=*until).contains(&day));
            (day, !in_break && !holidays.contains(&Some(day)))
        })
        .collect()
}

/// The nth Monday (1) to Sunday (7) of a month.
fn nth_weekday(year: i32, month: u32, weekday: i64, nth: i64) -> Option<Day> {
    let first = Day::of(year, month, 1)?;
    let until = (weekday - i64::from(first.weekday())).rem_euclid(7);
    Some(first.plus(until + (nth - 1) * 7))
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn there_are_six_schools_sixty_teachers_and_a_hundred_and_eighty_classes() {
        let plan = Plan::of(1, day("2026-11-22"));
        assert_eq!(plan.schools.len(), 6);
        assert_eq!(plan.with_job(Job::Teacher).count(), 60);
        assert_eq!(plan.classes.len(), 180);
        assert_eq!(plan.with_job(Job::Principal).count(), 6);
    }

    #[test]
    fn nobody_is_in_two_rooms_at_once() {
        let plan = Plan::of(1, day("2026-11-22"));
        let mut meets = std::collections::BTreeSet::new();
        for class in &plan.classes {
            assert!(
                meets.insert((class.teacher, class.period)),
                "{}",
                class.title
            );
        }
    }

    #[test]
    fn a_and_b_days_take_turns_over_holidays() {
        let plan = Plan::of(1, day("2026-11-22"));
        let kinds = ["2026-11-10", "2026-11-12", "2026-11-13", "2026-11-18"];
        let kinds = kinds.map(|on| plan.day_type(Level::High, day(on)));
        assert_ne!(kinds[0], kinds[1]);
        assert_ne!(kinds[1], kinds[2]);
        assert!(kinds[3].ends_with("minimum"));
        assert!(!plan.is_school_day(day("2026-11-11")));
        assert!(!plan.is_school_day(day("2026-11-26")));
        assert!(!plan.is_school_day(day("2026-12-25")));
    }

    #[rstest]
    #[case::in_autumn("2026-11-22")]
    #[case::in_summer("2026-07-15")]
    #[case::at_new_year("2027-01-01")]
    #[case::on_the_first_day("2026-08-12")]
    #[case::in_spring("2027-04-01")]
    fn there_are_school_days_to_look_back_on(#[case] today: &str) {
        let plan = Plan::of(1, day(today));
        let past = plan.school_days_ago(90);
        assert!(plan.is_school_day(past));
        let weeks = (plan.today.since_epoch() - past.since_epoch()) / 7;
        assert!((17..=24).contains(&weeks), "{weeks} weeks");
    }
}
