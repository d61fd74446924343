//! Files taken into a store: what comes of them, and what stays as it was.

use crate::import_office::{Office, count, reasons};
use crate::support::roster::{self, edited, small, with, zip};
use lookfor::domain::import::{Reason, Thing};
use lookfor::domain::problem::Problem;

#[tokio::test]
async fn a_roster_brings_sites_staff_classes_and_numbers_of_students() {
    let office = Office::open();
    let taken = office.take(&small()).await;
    assert_eq!(reasons(&taken), Vec::<&Reason>::new());
    assert_eq!(taken.preview.students, 3);
    let sites = office.rows("select name, code from site order by 1");
    assert_eq!(
        sites,
        ["Mesa Middle|19642790000002", "Vista High|19642790000001"]
    );
    let people = office.rows("select name, mail from person order by 1");
    assert_eq!(
        people,
        [
            "Ada Alvarez|ada@vista.example",
            "Ben Brown|ben@vista.example",
            "Carla Cruz|carla@vista.example",
            "Dana Díaz|dana@district.example",
        ]
    );
    assert_eq!(
        office.posts(),
        [
            "Ada Alvarez|teacher|Vista High",
            "Ben Brown|teacher|Mesa Middle",
            "Ben Brown|teacher|Vista High",
            "Carla Cruz|principal|Vista High",
        ]
    );
    let classes = "select class.title, site.name, school_year, room, grades, subjects, periods, person.name \
                   from class join site on site.id = class.site join class_teacher on class = class.id \
                   join person on person.id = class_teacher.person order by 1";
    assert_eq!(
        office.rows(classes),
        [
            r#"Algebra 1, period 3|Vista High|2027|B12|["09","10"]|["Mathematics"]|["3"]|Ada Alvarez"#,
            r#"Homeroom|Vista High|2027|-|["09"]|["Mathematics"]|[]|Ada Alvarez"#,
            r#"Reading 7|Mesa Middle|2027|-|["07"]|["English"]|["1"]|Ben Brown"#,
        ]
    );
    let counts = "select title, kind, name, students from class_students join class on class.id = class \
                  order by 1, 2, 3";
    assert_eq!(
        office.rows(counts),
        [
            "Algebra 1, period 3|all||2",
            "Algebra 1, period 3|grade|09|1",
            "Algebra 1, period 3|grade|10|1",
            "Homeroom|all||1",
            "Homeroom|grade|09|1",
            "Reading 7|all||1",
            "Reading 7|grade|07|1",
        ]
    );
    // A store that is new has its ideas made in any case.
    let waits = "select about from to_refresh where about <> 'ideas'";
    assert_eq!(office.rows(waits), ["people"]);
}

#[tokio::test]
async fn a_look_changes_nothing() {
    let office = Office::open();
    let before = office.everything();
    let looked = office.look(&small()).await;
    assert_eq!(count(&looked, Thing::People), (4, 0, 0));
    assert_eq!(office.everything(), before);
}

#[tokio::test]
async fn taking_the_same_again_changes_no_row() {
    let office = Office::open();
    let companions = with(
        small(),
        "bells.csv",
        "site,day type,period,start,end\nVista High,A,1,8:00,8:50\n",
    );
    let companions = with(
        companions,
        "calendar.csv",
        "date,site,day type\n2026-08-12,,A\n",
    );
    let companions = with(
        companions,
        "district.csv",
        "key,value\ntime_zone,America/Los_Angeles\n",
    );
    let companions = with(
        companions,
        "pilots.csv",
        "idea,teacher mail,since\nthree-reads,ada@vista.example,2026-09-01\n",
    );
    let files = with(
        companions,
        "roles.csv",
        "mail,role,site\nben@vista.example,coach,Mesa Middle\n",
    );
    office.take(&files).await;
    let before = office.everything();
    office.execute("delete from to_refresh");
    let without_refresh = office.everything();
    for _ in 0..2 {
        let again = office.take(&files).await;
        assert!(
            again.preview.changes_nothing(),
            "{:?}",
            again.preview.counts
        );
    }
    assert_eq!(office.everything(), without_refresh);
    assert_ne!(before, without_refresh);
}

#[tokio::test]
async fn an_import_is_taken_once() {
    let office = Office::open();
    let looked = office.look(&small()).await;
    let taken = office.asked(&looked, false).await.unwrap();
    let before = office.everything();
    assert_eq!(office.asked(&looked, false).await, Ok(taken));
    assert_eq!(office.everything(), before);
    assert_eq!(office.rows("select count(*) from import_roster"), ["0"]);
}

#[tokio::test]
async fn what_was_read_waits_for_a_day() {
    let office = Office::open();
    let looked = office.look(&small()).await;
    office.execute("update import set looked_at_utc_ms = looked_at_utc_ms - 86400001");
    assert_eq!(office.asked(&looked, false).await, Err(Problem::NotFound));
    office.look(&small()).await;
    assert_eq!(office.rows("select count(*) from import_roster"), ["1"]);
}

#[tokio::test]
async fn who_is_no_longer_in_it_is_marked_and_comes_back() {
    let office = Office::open();
    office.take(&small()).await;
    let ben = "u2,,,true,\"s1,s2\",teacher,bbrown,,Ben,Brown,,,ben@vista.example,,,,,T3acher!\n";
    let files = edited(small(), "users.csv", ben, "");
    let files = edited(
        files,
        "enrollments.csv",
        "e4,,,k2,s2,u2,teacher,true,,\n",
        "",
    );
    let looked = office.look(&files).await;
    assert_eq!(count(&looked, Thing::People), (0, 0, 1));
    // One of four is not more than a third.
    assert!(!looked.preview.leaving.needs_consent());
    office.take(&files).await;
    assert_eq!(office.left(), ["Ben Brown"]);
    assert!(!office.posts().iter().any(|post| post.starts_with("Ben")));
    let back = office.take(&small()).await;
    assert_eq!(count(&back, Thing::People), (0, 1, 0));
    assert_eq!(office.left(), Vec::<String>::new());
    assert_eq!(office.posts().len(), 4);
    assert_eq!(office.rows("select count(*) from person"), ["4"]);
}

#[tokio::test]
async fn more_than_a_third_leave_only_with_a_yes_of_its_own() {
    let office = Office::open();
    office.take(&small()).await;
    let header = roster::USERS.lines().next().unwrap();
    let one = roster::USERS.lines().nth(1).unwrap();
    let files = with(small(), "users.csv", format!("{header}\n{one}\n"));
    let before = office.everything();
    let looked = office.look(&files).await;
    assert!(looked.preview.leaving.needs_consent());
    let refused = office.asked(&looked, false).await;
    assert_eq!(
        refused,
        Err(Problem::LeaversNeedConsent {
            people: 3,
            classes: 0
        })
    );
    assert_eq!(office.everything(), before);
    office.asked(&looked, true).await.unwrap();
    assert_eq!(office.left(), ["Ben Brown", "Carla Cruz", "Dana Díaz"]);
}

#[tokio::test]
async fn a_class_that_is_gone_has_ended_and_a_new_year_makes_new_classes() {
    let office = Office::open();
    office.take(&small()).await;
    let next = edited(
        small(),
        "academicSessions.csv",
        "12/18/2026,y27,",
        "12/18/2026,y27,2028",
    );
    let next = edited(next, "classes.csv", "k3,,,Homeroom", "k4,,,Homeroom");
    let next = edited(next, "enrollments.csv", "e7,,,k3", "e7,,,k4");
    let next = edited(next, "enrollments.csv", "e6,,,k3", "e6,,,k4");
    let next = edited(next, "enrollments.csv", "e8,,,k3", "e8,,,k4");
    let taken = office.take(&next).await;
    assert_eq!(count(&taken, Thing::Classes), (3, 0, 3));
    let classes = office.rows(
        "select title, school_year, ended_at_utc_ms is null, count(person) from class \
         left join class_teacher on class = id group by id order by 1, 2, 3",
    );
    // Who taught a class that has ended is still known.
    assert_eq!(
        classes,
        [
            "Algebra 1, period 3|2027|0|1",
            "Algebra 1, period 3|2028|1|1",
            "Homeroom|2027|0|1",
            "Homeroom|2027|1|1",
            "Reading 7|2027|0|1",
            "Reading 7|2028|1|1",
        ]
    );
}

#[tokio::test]
async fn somebody_who_is_there_already_is_found_by_mail_and_keeps_the_name_that_was_set_by_hand() {
    let office = Office::open();
    office.execute(
        "insert into person (id, name, mail, added_at_utc_ms) \
         values (x'00000000000000000000000000000001', 'Ada A.', 'ADA@vista.example', 1)",
    );
    let taken = office.take(&small()).await;
    assert_eq!(count(&taken, Thing::People), (3, 0, 0));
    let ada = "select name, mail, alias.source, alias.external_id from person \
               join alias on alias.person = person.id where mail like 'ada%'";
    assert_eq!(office.rows(ada), ["Ada A.|ADA@vista.example|roster|u1"]);
    let renamed = edited(small(), "users.csv", "Ada,Alvarez", "Ada,Núñez");
    office.take(&renamed).await;
    assert_eq!(office.rows(ada), ["Ada A.|ADA@vista.example|roster|u1"]);
}

#[tokio::test]
async fn what_the_roster_itself_has_set_it_changes_and_what_an_office_has_set_it_does_not() {
    let office = Office::open();
    office.take(&small()).await;
    office.execute("update person set name = 'Benjamin Brown' where name = 'Ben Brown'");
    office.execute("update class set title = 'Homeroom of Ada' where title = 'Homeroom'");
    office.execute("update site set name = 'Mesa' where name = 'Mesa Middle'");
    let files = edited(small(), "users.csv", "Ada,Alvarez", "Ada,Núñez");
    let files = edited(files, "users.csv", "Ben,Brown", "Ben,Braun");
    let files = edited(files, "users.csv", "carla@vista", "ccruz@vista");
    let files = edited(files, "classes.csv", "Homeroom", "Home");
    let files = edited(files, "classes.csv", "Reading 7", "Reading");
    let files = edited(files, "orgs.csv", "Mesa Middle", "Mesa School");
    let files = edited(files, "orgs.csv", "Vista High", "Vista");
    let taken = office.take(&files).await;
    assert_eq!(count(&taken, Thing::People), (0, 2, 0));
    let names = office.rows("select name from person order by 1");
    assert_eq!(
        names,
        ["Ada Núñez", "Benjamin Brown", "Carla Cruz", "Dana Díaz"]
    );
    let mails = office.rows("select mail from person where name like 'Carla%'");
    assert_eq!(mails, ["ccruz@vista.example"]);
    let titles = office.rows("select title from class order by 1");
    assert_eq!(
        titles,
        ["Algebra 1, period 3", "Homeroom of Ada", "Reading"]
    );
    assert_eq!(
        office.rows("select name from site order by 1"),
        ["Mesa", "Vista"]
    );
}

#[tokio::test]
async fn a_post_that_an_office_gave_or_ended_stays_so() {
    let office = Office::open();
    office.take(&small()).await;
    office.execute("update post set until_utc_ms = from_utc_ms where role = 'principal'");
    office.execute(
        "insert into post (person, role, place, from_utc_ms) \
         select id, 'lead', 'district', 1 from person where name = 'Ada Alvarez'",
    );
    let files = edited(small(), "users.csv", "\"s1,s2\",teacher", "s2,teacher");
    let taken = office.take(&files).await;
    assert_eq!(count(&taken, Thing::Posts), (0, 0, 1));
    assert_eq!(
        office.posts(),
        [
            "Ada Alvarez|lead|district",
            "Ada Alvarez|teacher|Vista High",
            "Ben Brown|teacher|Mesa Middle",
        ]
    );
}

#[tokio::test]
async fn an_admin_is_never_marked_as_left_by_a_roster() {
    let office = Office::open();
    office.take(&small()).await;
    office.execute(
        "insert into post (person, role, place, from_utc_ms) \
         select id, 'admin', 'district', 1 from person where name = 'Dana Díaz'",
    );
    let dana = "u4,,,true,d1,administrator,ddiaz,,Dana,Díaz,,,dana@district.example,,,,,\n";
    let taken = office.take(&edited(small(), "users.csv", dana, "")).await;
    assert_eq!(reasons(&taken), [&Reason::AdminStays]);
    assert_eq!(office.left(), Vec::<String>::new());
}

#[tokio::test]
async fn a_row_that_is_left_out_leaves_what_it_is_about_as_it_is() {
    let office = Office::open();
    office.take(&small()).await;
    let files = edited(small(), "users.csv", "u2,,,true", "u2,gone fishing,,true");
    let files = edited(files, "classes.csv", "k2,,,", "k2,who knows,,");
    let taken = office.take(&files).await;
    assert_eq!(reasons(&taken), [&Reason::NoStatus, &Reason::NoStatus]);
    assert_eq!(office.left(), Vec::<String>::new());
    assert_eq!(office.posts().len(), 4);
    assert_eq!(count(&taken, Thing::Classes), (0, 0, 0));
    assert_eq!(count(&taken, Thing::Teachers), (0, 0, 0));
}

#[tokio::test]
async fn two_rows_with_one_mail_address_are_one_person() {
    let office = Office::open();
    let line = "u9,,,true,s2,teacher,aalvarez2,,Ada,Alvarez,,,Ada@Vista.example,,,,,\n";
    let files = with(small(), "users.csv", format!("{}{line}", roster::USERS));
    let taken = office.take(&files).await;
    assert_eq!(reasons(&taken), [&Reason::SamePerson]);
    let ada = office
        .posts()
        .into_iter()
        .filter(|post| post.starts_with("Ada"));
    assert_eq!(
        ada.collect::<Vec<_>>(),
        [
            "Ada Alvarez|teacher|Mesa Middle",
            "Ada Alvarez|teacher|Vista High"
        ]
    );
    // Only when both rows are gone has she left.
    office.take(&small()).await;
    assert_eq!(office.left(), Vec::<String>::new());
    assert_eq!(office.posts().len(), 4);
}

#[tokio::test]
async fn a_mail_address_of_somebody_else_is_not_taken_over() {
    let office = Office::open();
    office.take(&small()).await;
    let files = edited(small(), "users.csv", "ada@vista", "ben@vista");
    let taken = office.take(&files).await;
    assert_eq!(reasons(&taken), [&Reason::MailTaken]);
    let mails = office.rows("select name, mail from person order by 1 limit 2");
    assert_eq!(
        mails,
        [
            "Ada Alvarez|ada@vista.example",
            "Ben Brown|ben@vista.example"
        ]
    );
}

/// A lead pasted a colleague's name beside this address.
#[tokio::test]
async fn a_roster_says_what_somebody_is_called_whom_others_added() {
    let office = Office::open();
    let stored = rusqlite::Connection::open(office.data().join("lookfor.sqlite")).unwrap();
    let met = "insert into person (id, name, mail, added_at_utc_ms, added_by, named_by) \
               values (zeroblob(16), 'Carla Banerjee', 'ada@vista.example', 1, zeroblob(16), zeroblob(16))";
    assert_eq!(stored.execute(met, []), Ok(1));
    office.take(&small()).await;
    let sql = "select name from person where mail = 'ada@vista.example'";
    assert_eq!(office.rows(sql), ["Ada Alvarez"]);
}

#[tokio::test]
async fn a_second_roster_marks_only_its_own() {
    let office = Office::open();
    office.take(&small()).await;
    let header = roster::USERS.lines().next().unwrap();
    let only = "z1,,,true,s1,teacher,zz,,Zoila,Zapata,,,zoila@charter.example,,,,,\n";
    let charter = with(small(), "users.csv", format!("{header}\n{only}"));
    let charter = with(charter, "enrollments.csv", "absent");
    let charter = with(charter, "manifest.csv", "absent");
    let looked = office.look_at(&zip(&charter), "roster:charter").await;
    office.asked(&looked, false).await.unwrap();
    assert_eq!(office.left(), Vec::<String>::new());
    assert_eq!(office.rows("select count(*) from person"), ["5"]);
    // Its sites are those that are there.
    assert_eq!(office.rows("select count(*) from site"), ["2"]);
}

#[tokio::test]
async fn merged_entries_are_one_person_to_a_roster() {
    let office = Office::open();
    office.take(&small()).await;
    office.execute(
        "insert into person (id, name, added_at_utc_ms) \
         values (x'00000000000000000000000000000001', 'Ada of the office', 1)",
    );
    office.execute(
        "insert into alias (source, external_id, person) select 'merged', \
         lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) \
         || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21, 12)), \
         x'00000000000000000000000000000001' from person where name = 'Ada Alvarez'",
    );
    let again = office.take(&small()).await;
    assert!(
        again.preview.changes_nothing(),
        "{:?}",
        again.preview.counts
    );
    let ada = "u1,,,true,s1,teacher,aalvarez,,Ada,Alvarez,,,ada@vista.example,,,,,T3acher!\n";
    let files = edited(small(), "users.csv", ada, "");
    office.take(&files).await;
    assert_eq!(office.left(), ["Ada Alvarez", "Ada of the office"]);
}
