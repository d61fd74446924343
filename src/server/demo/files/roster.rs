//! The roster, as OneRoster 1.1 has it.

use super::{cells, csv, school_id};
use crate::server::demo::plan::{Job, NAME, Plan, School};

pub(super) fn manifest() -> String {
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

pub(super) fn orgs(plan: &Plan) -> String {
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

pub(super) fn sessions(plan: &Plan) -> String {
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

pub(super) fn courses(plan: &Plan) -> String {
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

pub(super) fn classes(plan: &Plan) -> String {
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

pub(super) fn users(plan: &Plan) -> String {
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

pub(super) fn enrollments(plan: &Plan) -> String {
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
