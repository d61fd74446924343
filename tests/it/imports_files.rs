//! Each rule about files, with a file that breaks it: what is said, at which line and column, and what
//! that means.

use crate::import_office::Office;
use crate::support::roster::{Files, edited, small};
use lookfor::domain::import::{FileKind, Named, Reason, Weight};
use lookfor::domain::problem::Problem;
use lookfor::sync::office::imports::ImportState;
use rstest::rstest;

fn no_such(what: Named) -> Reason {
    Reason::NoSuch { what }
}

/// The one trouble that there must be.
async fn only_trouble(files: &Files) -> (String, Option<u32>, String, Reason) {
    let office = Office::open();
    let looked = office.look(files).await;
    let [trouble] = looked.preview.troubles.as_slice() else {
        panic!("{:?}", looked.preview.troubles)
    };
    let blocks = trouble.reason.weight() == Weight::Blocks;
    assert_eq!(looked.state == ImportState::Blocked, blocks);
    let taken = office.asked(&looked, true).await;
    match blocks {
        true => assert_eq!(taken, Err(Problem::ImportBlocked)),
        false => {
            let taken = taken.unwrap();
            assert_eq!(
                taken.preview.left_out,
                u32::from(trouble.reason.weight() == Weight::LeavesOut)
            );
        }
    }
    let trouble = trouble.clone();
    (
        trouble.file,
        trouble.line,
        trouble.column.unwrap_or_default(),
        trouble.reason,
    )
}

// Rows that are left out, and nothing else of the file.
#[rstest]
#[case::no_id("orgs.csv", "s2,,,Mesa", ",,,Mesa", 4, "sourcedId", Reason::Empty)]
#[case::a_site_without_a_name("orgs.csv", "Mesa Middle", "", 4, "name", Reason::Empty)]
#[case::one_id_twice(
    "users.csv",
    "u5,,,true,s1,aide",
    "u1,,,true,s1,aide",
    6,
    "sourcedId",
    Reason::RowTwice
)]
#[case::a_status_of_its_own("users.csv", "u3,,", "u3,maybe,", 4, "status", Reason::NoStatus)]
#[case::a_role_of_its_own("users.csv", "s1,aide", "s1,wizard", 6, "role", Reason::NoRole)]
#[case::no_role("users.csv", "s1,aide", "s1,", 6, "role", Reason::Empty)]
#[case::staff_without_a_name("users.csv", "Carla,Cruz", ",", 4, "familyName", Reason::Empty)]
#[case::a_school_that_is_not_there(
    "users.csv",
    "true,s1,administrator",
    "true,s7,administrator",
    4,
    "orgSourcedId",
    no_such(Named::Site)
)]
#[case::mail_that_is_none(
    "users.csv",
    "carla@vista.example",
    "carla at vista",
    4,
    "email",
    Reason::MailNotRead
)]
#[case::a_day_that_is_none(
    "academicSessions.csv",
    "12/18/2026",
    "18.12.2026",
    3,
    "endDate",
    Reason::NoDay
)]
#[case::a_day_of_another_month(
    "academicSessions.csv",
    "8/12/2026",
    "13/12/2026",
    3,
    "startDate",
    Reason::NoDay
)]
#[case::an_end_before_the_beginning(
    "academicSessions.csv",
    "12/18/2026",
    "2026-08-01T00:00:00Z",
    3,
    "endDate",
    Reason::EndsBefore
)]
#[case::a_year_that_is_none(
    "academicSessions.csv",
    "y27,\n",
    "y27,soon\n",
    3,
    "schoolYear",
    Reason::NoYear
)]
#[case::a_class_without_a_title("classes.csv", "Reading 7", "", 3, "title", Reason::Empty)]
#[case::a_class_in_no_school(
    "classes.csv",
    "scheduled,,s2",
    "scheduled,,s9",
    3,
    "schoolSourcedId",
    no_such(Named::Site)
)]
#[case::a_class_in_no_term(
    "classes.csv",
    "s2,t1",
    "s2,t9",
    3,
    "termSourcedIds",
    no_such(Named::Term)
)]
#[case::a_seat_in_no_class(
    "enrollments.csv",
    "e5,,,k2",
    "e5,,,k9",
    6,
    "classSourcedId",
    no_such(Named::Class)
)]
#[case::a_seat_of_nobody(
    "enrollments.csv",
    "s2,x3",
    "s2,x9",
    6,
    "userSourcedId",
    no_such(Named::User)
)]
#[case::a_teacher_who_is_nobody(
    "enrollments.csv",
    "s2,u2",
    "s2,u9",
    5,
    "userSourcedId",
    no_such(Named::User)
)]
#[case::a_student_who_teaches(
    "enrollments.csv",
    "s2,u2,teacher",
    "s2,x3,teacher",
    5,
    "userSourcedId",
    no_such(Named::Staff)
)]
#[case::an_enrollment_without_a_role(
    "enrollments.csv",
    "x3,student",
    "x3,",
    6,
    "role",
    Reason::Empty
)]
#[case::an_end_that_is_no_day(
    "enrollments.csv",
    "x3,student,,,",
    "x3,student,,,June",
    6,
    "endDate",
    Reason::NoDay
)]
#[tokio::test]
async fn a_row_with_something_wrong_is_said_by_file_line_and_column(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] line: u32,
    #[case] column: &str,
    #[case] reason: Reason,
) {
    let mut files = edited(small(), file, from, to);
    if file == "academicSessions.csv" {
        // Classes of the term that is left out go by the year.
        files = edited(files, "classes.csv", "s1,t1", "s1,y27");
        files = edited(files, "classes.csv", "s2,t1", "s2,y27");
    }
    if file == "orgs.csv" {
        files = edited(files, "users.csv", "\"s1,s2\"", "s1");
        files = edited(files, "classes.csv", "s2,t1", "s1,t1");
    }
    let found = only_trouble(&files).await;
    assert_eq!(found, (file.into(), Some(line), column.into(), reason));
}

// What keeps all of it from being taken.
#[rstest]
#[case::a_column_that_is_missing(
    "users.csv",
    "familyName",
    "surname",
    None,
    "familyname",
    Reason::ColumnMissing
)]
#[case::a_column_twice(
    "users.csv",
    "middleName",
    "Family Name",
    Some(1),
    "Family Name",
    Reason::ColumnTwice
)]
#[case::a_cell_twice_in_the_first_line_of_a_file_without_a_header(
    "users.csv",
    "middleName",
    "a.pupil@a.example,a.pupil@a.example",
    Some(1),
    "",
    Reason::ColumnTwice
)]
#[case::an_open_quotation_mark(
    "classes.csv",
    "Reading 7",
    "\"Reading 7",
    Some(3),
    "",
    Reason::QuoteOpen
)]
#[case::an_open_quotation_mark_at_the_end(
    "enrollments.csv",
    "u5,aide,,,",
    "u5,aide,,,\"",
    Some(9),
    "",
    Reason::QuoteOpen
)]
#[case::a_comma_too_many("users.csv", "Carla,Cruz", "Carla,Cruz, Ed.D.", Some(4), "", Reason::CellCount { columns: 18, cells: 19 })]
#[case::a_row_that_is_cut("users.csv", ",carla@vista.example,,,,,", "", Some(4), "", Reason::CellCount { columns: 18, cells: 12 })]
#[case::a_file_that_the_manifest_names("manifest.csv", "demographics", "roles", None, "", Reason::FileMissing { kind: FileKind::UserRoles })]
#[tokio::test]
async fn a_file_that_cannot_be_trusted_blocks(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] line: Option<u32>,
    #[case] column: &str,
    #[case] reason: Reason,
) {
    let mut files = edited(small(), file, from, to);
    if file == "manifest.csv" {
        files = edited(files, file, "file.roles,absent", "file.roles,bulk");
    }
    let found = only_trouble(&files).await;
    assert_eq!(found, (file.into(), line, column.into(), reason));
}
