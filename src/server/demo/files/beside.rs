//! What stands beside a roster: the district, bells, the calendar, roles and pilots.

use super::{cells, csv};
use crate::domain::place::Day;
use crate::server::demo::plan::{Job, Level, NAME, Person, Plan, School, TIME_ZONE};
use crate::server::demo::tests_of_change::IDEAS;

pub(super) fn district() -> String {
    let settings = [
        ("name", NAME),
        ("time zone", TIME_ZONE),
        ("week start", "Monday"),
        ("languages", "en,es"),
    ];
    csv(
        "key,value",
        settings.map(|(key, value)| cells([key, value])),
    )
}

/// A time of day in the writing of a spreadsheet.
fn clock(minute: usize) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

pub(super) fn bells(plan: &Plan) -> String {
    let mut rows = Vec::new();
    for school in &plan.schools {
        for (day_type, periods) in schedules(school.level) {
            for (period, start, end) in periods {
                rows.push(cells([
                    school.name,
                    day_type,
                    &period,
                    &clock(start),
                    &clock(end),
                ]));
            }
        }
    }
    csv("site,day type,period,start,end", rows)
}

/// The periods of a kind of day: name, start and end in minutes since midnight.
pub type Periods = Vec<(String, usize, usize)>;

/// The periods of a kind of day at a kind of school.
pub fn periods(level: Level, day_type: &str) -> Periods {
    let all = schedules(level).into_iter();
    let mut found = all.filter(|(known, _)| *known == day_type);
    found.next().map(|(_, periods)| periods).unwrap_or_default()
}

pub(super) fn schedules(level: Level) -> Vec<(&'static str, Periods)> {
    let named = |periods: &[(&str, usize, usize)]| -> Periods {
        let period = |(name, start, end): &(&str, usize, usize)| ((*name).to_owned(), *start, *end);
        periods.iter().map(period).collect()
    };
    // Periods of so many minutes with six minutes between them, and lunch after some of them.
    let row = |periods: &[usize], minutes: usize, lunch_after: usize| -> Periods {
        let mut at = 8 * 60 + 20;
        let mut made = Vec::new();
        for (nth, period) in periods.iter().enumerate() {
            made.push((period.to_string(), at, at + minutes));
            at += minutes + 6;
            if nth + 1 == lunch_after {
                made.push(("Lunch".into(), at, at + 35));
                at += 41;
            }
        }
        made
    };
    match level {
        Level::Elementary => vec![
            (
                "Regular",
                named(&[
                    ("Morning", 490, 600),
                    ("Late morning", 620, 710),
                    ("Lunch", 710, 755),
                    ("Afternoon", 755, 870),
                ]),
            ),
            (
                "Minimum",
                named(&[
                    ("Morning", 490, 600),
                    ("Late morning", 615, 705),
                    ("Lunch", 705, 740),
                ]),
            ),
        ],
        Level::Middle => vec![
            ("Regular", row(&[1, 2, 3, 4, 5, 6], 53, 4)),
            ("Minimum", row(&[1, 2, 3, 4, 5, 6], 36, 6)),
        ],
        Level::High => vec![
            ("A", row(&[1, 3, 5], 98, 2)),
            ("B", row(&[2, 4, 6], 98, 2)),
            ("A minimum", row(&[1, 3, 5], 72, 3)),
            ("B minimum", row(&[2, 4, 6], 72, 3)),
        ],
    }
}

pub(super) fn calendar(plan: &Plan) -> String {
    let row = |school: &School, day: &Day, is_school: bool| {
        let kind = match is_school {
            true => plan.day_type(school.level, *day),
            false => "none",
        };
        cells([&day.to_string(), school.name, kind])
    };
    let schools = plan.schools.iter();
    let rows = schools.flat_map(|school| {
        let days = plan.days.iter();
        days.map(move |(day, is_school)| row(school, day, *is_school))
    });
    csv("date,site,day type", rows)
}

pub(super) fn roles(plan: &Plan) -> String {
    let mut rows = Vec::new();
    let mut give = |person: &Person, role: &str, site: &str| {
        let name = format!("{} {}", person.name.0, person.name.1);
        rows.push(cells([&person.mail, &name, role, site, ""]));
    };
    for person in &plan.people {
        match person.job {
            Job::Coach(level) => {
                for school in plan.schools.iter().filter(|school| school.level == level) {
                    give(person, "coach", school.name);
                }
            }
            Job::Lead => give(person, "lead", ""),
            Job::Admin => give(person, "admin", ""),
            Job::Teacher | Job::Principal => {}
        }
    }
    csv("mail,name,role,site,idea", rows)
}

pub(super) fn pilots(plan: &Plan) -> String {
    let mut rows = Vec::new();
    for idea in &IDEAS {
        for (pilot, ago) in idea.team(plan) {
            let since = plan.school_days_ago(ago).to_string();
            rows.push(cells([idea.key, &pilot.mail, &since]));
        }
    }
    csv("idea,teacher mail,since", rows)
}
