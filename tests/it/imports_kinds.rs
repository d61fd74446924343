//! Rosters in other forms than OneRoster 1.1 in bulk.

use crate::import_office::{Office, count, reasons};
use crate::support::roster::{self, Files, edited, small, with};
use lookfor::domain::import::{Format, Named, Reason, Thing};

/// Parts of files with these names.
fn files(parts: &[(&str, &str)]) -> Files {
    let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    parts.iter().map(file).collect()
}

/// What the small district says in OneRoster 1.2.
fn in_1_2() -> Files {
    let users = "\
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns
u1,,,true,a,,Ada,Alvarez,,,ada@vista.example,,,,,pw,,Adita,,,s1,
u2,,,true,b,,Ben,Brown,,,ben@vista.example,,,,,pw,,,,,s1,
u3,,,false,c,,Carla,Cruz,,,carla@vista.example,,,,,,,,,,s1,
u4,,,true,d,,Dana,Díaz,,,dana@district.example,,,,,,,,,,d1,
x1,,,true,z,,Zoe,Quillfeather,,,zoe@students.example,,,,09,pw,,Zee,,,s1,
x3,,,true,w,,Wim,Turnipseed,,,wim@students.example,,,,07,pw,,,,,s2,
";
    let roles = "\
sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
r1,,,u1,primary,teacher,,,s1,
r2,,,u2,primary,teacher,,,s1,
r3,,,u2,secondary,siteAdministrator,,,s2,
r4,,,u2,secondary,teacher,,2026-01-31,s2,
r5,,,u3,primary,principal,,,s1,
r6,,,u4,primary,districtAdministrator,,,d1,
r7,,,x1,primary,student,,,s1,
r8,,,x3,primary,student,,,s2,
r9,,,g1,primary,guardian,,,s1,
";
    let manifest = roster::MANIFEST.replace("version,1.1", "version,1.2") + "file.roles,bulk\n";
    let with_users = with(small(), "users.csv", users);
    let files = with(
        with(with_users, "roles.csv", roles),
        "manifest.csv",
        manifest,
    );
    let files = edited(files, "enrollments.csv", "e3,,,k1,s1,x2,student,,,\n", "");
    edited(files, "enrollments.csv", "e8,,,k3,s1,u5,aide,,,\n", "")
}

#[tokio::test]
async fn one_roster_1_2_has_roles_in_a_file_of_their_own_and_names_that_people_prefer() {
    let office = Office::open();
    let taken = office.take(&in_1_2()).await;
    assert_eq!(reasons(&taken), Vec::<&Reason>::new());
    assert_eq!(taken.preview.format, Format::OneRoster12);
    assert_eq!(
        office.rows("select name from person order by 1"),
        ["Adita Alvarez", "Ben Brown", "Dana Díaz"]
    );
    assert_eq!(
        office.posts(),
        [
            "Adita Alvarez|teacher|Vista High",
            "Ben Brown|principal|Mesa Middle",
            "Ben Brown|teacher|Vista High"
        ]
    );
    let grades = office.rows("select distinct kind, name from class_students order by 1, 2");
    assert_eq!(grades, ["all|", "grade|07", "grade|09"]);
}

#[tokio::test]
async fn a_user_without_a_role_is_left_out() {
    let office = Office::open();
    let files = edited(in_1_2(), "roles.csv", "r8,,,x3,primary,student,,,s2,\n", "");
    let looked = office.look(&files).await;
    assert_eq!(reasons(&looked), [&Reason::NoSuch { what: Named::Role }]);
}

#[tokio::test]
async fn school_data_sync_is_told_by_its_columns() {
    let office = Office::open();
    let parts = files(&[
        (
            "orgs.csv",
            "sourcedId,name,type,parentSourcedId\ns1,Vista High,school,\n",
        ),
        (
            "users.csv",
            "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\nu1,a,Ada,Alvarez,pw,,ada@vista.example,,\nx1,z,Zoe,Quillfeather,pw,,zoe@students.example,,\n",
        ),
        (
            "roles.csv",
            "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\nu1,s1,teacher,y27,,true,,\nx1,s1,student,y27,09,true,,\n",
        ),
        (
            "classes.csv",
            "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\nk1,s1,Algebra 1,y27,\n",
        ),
        (
            "academicSessions.csv",
            "sourcedId,title,type,schoolYear,startDate,endDate\ny27,2026-27,schoolYear,2027,2026-08-12,2027-06-04\n",
        ),
        (
            "enrollments.csv",
            "classSourcedId,userSourcedId,role\nk1,u1,teacher\nk1,x1,student\n",
        ),
        ("userFlags.csv", "userSourcedId,flag\nx1,iep\n"),
    ]);
    let taken = office.take(&parts).await;
    assert_eq!(taken.preview.format, Format::SchoolDataSync);
    assert_eq!(reasons(&taken), [&Reason::FilesUnread { files: 1 }]);
    assert_eq!(office.posts(), ["Ada Alvarez|teacher|Vista High"]);
    assert_eq!(
        office.rows("select title, kind, name, students from class join class_students on class = id order by 2"),
        ["Algebra 1|all||1", "Algebra 1|grade|09|1"]
    );
}

/// Changes to the small district.
fn delta(parts: &[(&str, &str)]) -> Files {
    let stem = |name: &str| name.trim_end_matches(".csv").to_owned();
    let named = parts
        .iter()
        .map(|(name, _)| format!("file.{},delta\n", stem(name)));
    let manifest =
        "propertyName,value\noneroster.version,1.1\n".to_owned() + &named.collect::<String>();
    let header = |name: &str| {
        let small = small();
        let (_, text) = small.iter().find(|(known, _)| known == name).unwrap();
        String::from_utf8_lossy(text)
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    let full: Vec<_> = parts
        .iter()
        .map(|(name, rows)| (*name, format!("{}\n{rows}", header(name))))
        .collect();
    let mut files = files(
        &full
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect::<Vec<_>>(),
    );
    files.push(("manifest.csv".into(), manifest.into_bytes()));
    files
}

#[tokio::test]
async fn changes_alone_change_what_they_name_and_nothing_else() {
    let office = Office::open();
    office.take(&small()).await;
    let day = "2026-10-01T00:00:00Z";
    let users = format!(
        "u1,active,{day},true,s2,teacher,a,,Ada,Núñez,,,ada@vista.example,,,,,\n\
         u3,tobedeleted,{day},true,s1,administrator,c,,Carla,Cruz,,,carla@vista.example,,,,,\n\
         u6,active,{day},true,s1,teacher,f,,Flor,Fuentes,,,flor@vista.example,,,,,\n\
         x4,active,{day},true,s1,student,v,,Vera,Wobblethorn,,,vera@students.example,,,,09,\n"
    );
    let classes = format!(
        "k2,tobedeleted,{day},Reading 7,,,,,,s2,t1,,,\n\
         k5,active,{day},Geometry,10,,,scheduled,C1,s1,t1,,,2\n"
    );
    let enrollments = format!(
        "e6,tobedeleted,{day},k3,s1,u1,teacher,,,\n\
         e9,active,{day},k3,s1,u6,teacher,,,\n\
         e10,active,{day},k5,s1,u6,teacher,,,\n\
         e11,active,{day},k5,s1,x4,student,,,\n"
    );
    let files = delta(&[
        ("users.csv", &users),
        ("classes.csv", &classes),
        ("enrollments.csv", &enrollments),
    ]);
    let counted = office.rows("select count(*), sum(students) from class_students");
    let taken = office.take(&files).await;
    assert_eq!(reasons(&taken), [&Reason::CountsStay]);
    assert_eq!(count(&taken, Thing::People), (1, 1, 1));
    assert_eq!(count(&taken, Thing::Classes), (1, 0, 1));
    assert_eq!(office.left(), ["Carla Cruz"]);
    assert_eq!(
        office.posts(),
        [
            "Ada Núñez|teacher|Mesa Middle",
            "Ben Brown|teacher|Mesa Middle",
            "Ben Brown|teacher|Vista High",
            "Flor Fuentes|teacher|Vista High",
        ]
    );
    let teaches = office.rows(
        "select title, name from class join class_teacher on class = class.id \
         join person on person.id = person where ended_at_utc_ms is null order by 1, 2",
    );
    assert_eq!(
        teaches,
        [
            "Algebra 1, period 3|Ada Núñez",
            "Geometry|Flor Fuentes",
            "Homeroom|Flor Fuentes"
        ]
    );
    assert_eq!(
        office.rows("select count(*), sum(students) from class_students"),
        counted
    );
    assert!(!office.everything().contains("Wobblethorn"));
    // The same changes again are no changes.
    let again = office.take(&files).await;
    assert!(
        again.preview.changes_nothing(),
        "{:?}",
        again.preview.counts
    );
}

#[tokio::test]
async fn changes_in_1_2_without_roles_are_taken_for_staff_who_are_known() {
    let office = Office::open();
    office.take(&in_1_2()).await;
    let in_1_2 = in_1_2();
    let (_, users) = in_1_2.iter().find(|(name, _)| name == "users.csv").unwrap();
    let users = String::from_utf8_lossy(users)
        .replace("Ben,Brown", "Ben,Braun")
        .replace("Turnipseed", "Beetroot");
    let changes = files(&[
        (
            "manifest.csv",
            "propertyName,value\noneroster.version,1.2\nfile.users,delta\n",
        ),
        ("users.csv", &users),
    ]);
    let taken = office.take(&changes).await;
    assert_eq!(count(&taken, Thing::People), (0, 1, 0));
    assert_eq!(office.posts().len(), 3);
    assert!(!office.everything().contains("Beetroot"));
}

#[tokio::test]
async fn race_and_ethnicity_are_counted_where_the_roster_has_demographics_and_nothing_else_of_them()
{
    let office = Office::open();
    let manifest = ("manifest.csv", "file.demographics,absent");
    let files = edited(small(), manifest.0, manifest.1, "file.demographics,bulk");
    let files = with(
        files,
        "demographics.csv",
        "sourcedId,status,birthDate,sex,asian,white,hispanicOrLatinoEthnicity,cityOfBirth\n\
         x1,,2014-02-03,female,true,false,TRUE,Quillfeather\n\
         x2,active,2014-02-04,male,1,0,no,Quillfeather\n\
         u1,,1980-02-05,female,true,,,Quillfeather\n\
         x9,,2014-02-06,male,true,,,Quillfeather\n\
         x3,,2014-02-07,male,Zoe,,,Quillfeather\n",
    );
    let taken = office.take(&files).await;
    let troubles = taken.preview.troubles.iter();
    let troubles: Vec<_> = troubles.map(|one| (one.line, &one.reason)).collect();
    assert_eq!(
        troubles,
        [
            (Some(5), &Reason::NoSuch { what: Named::User }),
            (Some(6), &Reason::NoGroup)
        ]
    );
    assert_eq!(
        office.rows("select title, name, students from class_students join class on id = class where kind = 'group' order by 1, 2"),
        ["Algebra 1, period 3|ASIAN|2", "Algebra 1, period 3|HISPANIC|1", "Homeroom|ASIAN|1", "Homeroom|HISPANIC|1"]
    );
    let everything = office.everything();
    for never in ["2014-02-0", "female", "Quillfeather"] {
        assert!(!everything.contains(never), "{never}");
    }
}

#[tokio::test]
async fn groups_are_counted_by_class() {
    let office = Office::open();
    let files = with(
        small(),
        "groups.csv",
        "userSourcedId,group\nx1,EL\nx2,el\nx1,swd\nx9,EL\nx3,Zoe Quillfeather\n",
    );
    let taken = office.take(&files).await;
    assert_eq!(
        reasons(&taken),
        [&Reason::NoSuch { what: Named::User }, &Reason::NoGroup]
    );
    assert_eq!(
        office.rows("select title, name, students from class_students join class on id = class where kind = 'group' order by 1, 2"),
        ["Algebra 1, period 3|EL|2", "Algebra 1, period 3|SWD|1", "Homeroom|EL|1", "Homeroom|SWD|1"]
    );
}
