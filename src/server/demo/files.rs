//! The plan as a district would export it: OneRoster 1.1 in one zip, and the files beside it in another.
//!
//! Children are numbers: a name for each would be counted and dropped, as it is for real ones.

use super::plan::{Job, Level, NAME, Person, Plan, School, TIME_ZONE};
use super::tests_of_change::IDEAS;
use crate::domain::place::Day;
use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// One file: its name and its text.
pub type File = (&'static str, String);

/// The roster, as OneRoster 1.1 has it.
pub fn roster(plan: &Plan) -> Vec<File> {
    vec![
        ("manifest.csv", manifest()),
        ("orgs.csv", orgs(plan)),
        ("academicSessions.csv", sessions(plan)),
        ("courses.csv", courses(plan)),
        ("classes.csv", classes(plan)),
        ("users.csv", users(plan)),
        ("enrollments.csv", enrollments(plan)),
    ]
}

/// What stands beside a roster.
pub fn companions(plan: &Plan) -> Vec<File> {
    vec![
        ("district.csv", district()),
        ("bells.csv", bells(plan)),
        ("calendar.csv", calendar(plan)),
        ("roles.csv", roles(plan)),
        ("pilots.csv", pilots(plan)),
    ]
}

/// Files in a zip. The same files make the same bytes.
///
/// # Errors
/// What the zip's writer says.
pub fn zipped(files: &[File]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in files {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Rows of cells as CSV, with the ends of lines that RFC 4180 asks for.
fn csv(header: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let header: Vec<String> = header.split(',').map(str::to_owned).collect();
    for row in [header].into_iter().chain(rows) {
        writer
            .write_record(row)
            .expect("every row has as many cells as the header, and memory takes them");
    }
    let bytes = writer.into_inner().expect("memory takes what is left");
    String::from_utf8(bytes).expect("it was written from texts")
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).into()
}

fn school_id(number: usize) -> String {
    format!("school-{number}")
}

fn manifest() -> String {
    let bulk = [
        "academicSessions",
        "classes",
        "courses",
        "enrollments",
        "orgs",
        "users",
    ];
    let absent = [
        "categories",
        "classResources",
        "courseResources",
        "demographics",
        "lineItems",
        "resources",
        "results",
    ];
    let fixed = [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.1"),
        ("source.systemName", "Lookfor demo"),
        ("source.systemCode", "demo"),
    ];
    let of = |files: &[&str], mode: &str| -> Vec<Vec<String>> {
        let row = |name: &&str| cells([&format!("file.{name}"), mode]);
        files.iter().map(row).collect()
    };
    let fixed = fixed.map(|(name, value)| cells([name, value]));
    let rows = fixed
        .into_iter()
        .chain(of(&bulk, "bulk"))
        .chain(of(&absent, "absent"));
    csv("propertyName,value", rows)
}

fn orgs(plan: &Plan) -> String {
    let district = cells(["district", "", "", NAME, "district", "", ""]);
    let school = |school: &School| {
        let id = school_id(school.number);
        let code = format!("{:07}", 6_100_000 + school.number);
        cells([&id, "", "", school.name, "school", &code, "district"])
    };
    let rows = [district]
        .into_iter()
        .chain(plan.schools.iter().map(school));
    csv(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        rows,
    )
}

fn sessions(plan: &Plan) -> String {
    let first = plan.days.keys().next().copied().unwrap_or(plan.today);
    let last = plan.days.keys().next_back().copied().unwrap_or(plan.today);
    let year = plan.today.school_year();
    let title = format!("{}-{}", year - 1, year);
    let row = cells([
        "year",
        "",
        "",
        &title,
        "schoolYear",
        &first.to_string(),
        &last.to_string(),
        "",
        &year.to_string(),
    ]);
    let header =
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear";
    csv(header, [row])
}

fn courses(plan: &Plan) -> String {
    let mut subjects: Vec<&str> = plan
        .classes
        .iter()
        .filter_map(|class| class.subject)
        .collect();
    subjects.push("Elementary");
    subjects.sort_unstable();
    subjects.dedup();
    let row = |subject: &&str| {
        let id = format!("course-{}", subject.to_lowercase());
        cells([
            &id,
            "",
            "",
            "year",
            subject,
            &subject.to_uppercase(),
            "",
            "district",
            "",
            "",
        ])
    };
    let header = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,\
                  orgSourcedId,subjects,subjectCodes";
    csv(header, subjects.iter().map(row))
}

fn classes(plan: &Plan) -> String {
    let rows = plan.classes.iter().map(|class| {
        let course = class.subject.unwrap_or("Elementary").to_lowercase();
        let kind = if class.subject.is_some() {
            "scheduled"
        } else {
            "homeroom"
        };
        let period = class.period.map(|period| period.to_string());
        cells([
            &class.id,
            "",
            "",
            &class.title,
            &class.grade,
            &format!("course-{course}"),
            &class.id.to_uppercase(),
            kind,
            &class.room,
            &school_id(class.school),
            "year",
            class.subject.unwrap_or_default(),
            "",
            &period.unwrap_or_default(),
        ])
    });
    let header = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,\
                  location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods";
    csv(header, rows)
}

fn users(plan: &Plan) -> String {
    let user =
        |id: &str, org: &str, role: &str, given: &str, family: &str, mail: &str, grade: &str| {
            cells([
                id, "", "", "true", org, role, id, "", given, family, "", "", mail, "", "", "",
                grade, "",
            ])
        };
    let staff = plan.people.iter().filter_map(|person| {
        let role = match person.job {
            Job::Teacher => "teacher",
            Job::Principal => "administrator",
            // Who works for several schools stands in roles.csv.
            Job::Coach(_) | Job::Lead | Job::Admin => return None,
        };
        let org = school_id(person.school?);
        let (given, family) = person.name;
        Some(user(
            &person.id,
            &org,
            role,
            given,
            family,
            &person.mail,
            "",
        ))
    });
    let students = students(plan);
    let students = students.iter().map(|student| {
        let org = school_id(student.school);
        user(
            &student.id,
            &org,
            "student",
            "Student",
            &student.id,
            "",
            &student.grade,
        )
    });
    let header = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,\
                  givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,\
                  password";
    csv(header, staff.chain(students))
}

/// A student of one school, who is only counted.
struct Student {
    id: String,
    school: usize,
    grade: String,
}

/// As many as the fullest period of a school has.
fn students(plan: &Plan) -> Vec<Student> {
    let mut students = Vec::new();
    for school in &plan.schools {
        for (grade, seats) in fullest(plan, school.number) {
            for seat in 1..=seats {
                students.push(Student {
                    id: student_id(school.number, &grade, seat),
                    school: school.number,
                    grade: grade.clone(),
                });
            }
        }
    }
    students
}

fn student_id(school: usize, grade: &str, seat: usize) -> String {
    format!("student-{school}-{grade}-{seat}")
}

/// How many students each grade of a school needs, so that nobody is in two classes at once.
fn fullest(plan: &Plan, school: usize) -> std::collections::BTreeMap<String, usize> {
    let mut seats = std::collections::BTreeMap::new();
    for class in plan.classes.iter().filter(|class| class.school == school) {
        let key = (class.grade.clone(), class.period);
        *seats.entry(key).or_insert(0) += class.students;
    }
    let mut fullest = std::collections::BTreeMap::new();
    for ((grade, _), count) in seats {
        let most = fullest.entry(grade).or_insert(0);
        *most = count.max(*most);
    }
    fullest
}

fn enrollments(plan: &Plan) -> String {
    let mut rows = Vec::new();
    let mut taken = std::collections::BTreeMap::new();
    for class in &plan.classes {
        let school = school_id(class.school);
        let mut enrol = |user: &str, role: &str, primary: &str| {
            let id = format!("enrollment-{}", rows.len() + 1);
            rows.push(cells([
                &id, "", "", &class.id, &school, user, role, primary, "", "",
            ]));
        };
        if let Some(teacher) = plan.people.get(class.teacher) {
            enrol(&teacher.id, "teacher", "true");
        }
        let key = (class.school, class.grade.clone(), class.period);
        let seat: &mut usize = taken.entry(key).or_default();
        for _ in 0..class.students {
            *seat += 1;
            enrol(
                &student_id(class.school, &class.grade, *seat),
                "student",
                "",
            );
        }
    }
    let header = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,\
                  primary,beginDate,endDate";
    csv(header, rows)
}

fn district() -> String {
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

fn bells(plan: &Plan) -> String {
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

fn schedules(level: Level) -> Vec<(&'static str, Periods)> {
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

fn calendar(plan: &Plan) -> String {
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

fn roles(plan: &Plan) -> String {
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

fn pilots(plan: &Plan) -> String {
    let mut rows = Vec::new();
    for idea in &IDEAS {
        for pilot in idea.pilots(plan) {
            let since = plan.school_days_ago(idea.baseline_from).to_string();
            rows.push(cells([idea.key, &pilot.mail, &since]));
        }
    }
    csv("idea,teacher mail,since", rows)
}

#[cfg(test)]
#[allow(
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails, and says where"
)]
mod tests {
    use super::*;

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
}
