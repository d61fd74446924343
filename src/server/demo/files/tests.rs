use super::beside::schedules;
use super::*;
use crate::server::demo::plan::Level;

fn plan() -> Plan {
    Plan::of(1, "2026-11-22".parse().expect("a day"))
}

fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row")).collect()
}

fn file(files: &[File], name: &str) -> String {
    let found = files.iter().find(|(known, _)| *known == name);
    found.expect("the file").1.clone()
}

#[test]
fn the_files_are_csv_and_every_id_in_them_is_there() {
    let files = roster(&plan());
    let ids = |name| -> std::collections::BTreeSet<String> {
        rows(&file(&files, name))
            .iter()
            .map(|row| row[0].to_owned())
            .collect()
    };
    let (users, classes, orgs) = (ids("users.csv"), ids("classes.csv"), ids("orgs.csv"));
    assert_eq!(classes.len(), 180);
    let enrollments = rows(&file(&files, "enrollments.csv"));
    assert!(enrollments.len() > 4_000, "{}", enrollments.len());
    let mut seats = std::collections::BTreeSet::new();
    for row in &enrollments {
        assert!(classes.contains(&row[3]) && orgs.contains(&row[4]) && users.contains(&row[5]));
        assert!(seats.insert((row[3].to_owned(), row[5].to_owned())));
    }
}

#[test]
fn every_day_of_the_calendar_has_bells() {
    let files = companions(&plan());
    let bells: std::collections::BTreeSet<_> = rows(&file(&files, "bells.csv"))
        .iter()
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    for row in rows(&file(&files, "calendar.csv")) {
        let kind = (row[1].to_owned(), row[2].to_owned());
        assert!(&row[2] == "none" || bells.contains(&kind), "{kind:?}");
    }
}

#[test]
fn periods_follow_each_other_and_end_in_the_afternoon() {
    for level in [Level::Elementary, Level::Middle, Level::High] {
        for (day_type, periods) in schedules(level) {
            let mut last = 8 * 60;
            for (period, start, end) in periods {
                assert!(last <= start && start < end, "{day_type} {period}");
                last = end;
            }
            assert!(
                (12 * 60..=16 * 60).contains(&last),
                "{day_type} ends at {last}"
            );
        }
    }
}

#[test]
fn pilots_are_people_and_children_have_no_names() {
    let plan = plan();
    let companions = companions(&plan);
    let pilots = rows(&file(&companions, "pilots.csv"));
    assert!(pilots.len() >= 9);
    for row in &pilots {
        assert!(plan.people.iter().any(|person| person.mail == row[1]));
    }
    let users = rows(&file(&roster(&plan), "users.csv"));
    let students = users.iter().filter(|row| &row[5] == "student");
    assert!(students.clone().count() > 1_000);
    for student in students {
        assert!(&student[8] == "Student" && student[9] == student[0]);
    }
}

#[test]
fn the_same_plan_makes_the_same_bytes() {
    let bytes = || zipped(&roster(&plan())).expect("memory takes it");
    assert_eq!(bytes(), bytes());
    let other = Plan::of(2, plan().today);
    assert_ne!(bytes(), zipped(&roster(&other)).expect("memory takes it"));
}
