//! Rosters as districts export them, made up: small ones to break, and large ones to measure.

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Files by their names.
pub type Files = Vec<(String, Vec<u8>)>;

pub const MANIFEST: &str = "\
propertyName,value
manifest.version,1.0
oneroster.version,1.1
file.academicSessions,bulk
file.classes,bulk
file.courses,bulk
file.enrollments,bulk
file.orgs,bulk
file.users,bulk
file.demographics,absent
source.systemName,Invented SIS
";
pub const ORGS: &str = "\
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
d1,,,Invented Unified,district,,
s1,,,Vista High,school,19642790000001,d1
s2,,,Mesa Middle,school,19642790000002,d1
";
pub const TERMS: &str = "\
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
y27,,,2026-27,schoolYear,2026-08-12,2027-06-04,,2027
t1,,,Fall,semester,8/12/2026,12/18/2026,y27,
";
pub const COURSES: &str = "\
sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
c1,,,y27,Algebra 1,ALG1,09,d1,Mathematics,
";
pub const CLASSES: &str = "\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
k1,,,\"Algebra 1, period 3\",\"09,10\",c1,,scheduled,B12,s1,t1,,,3
k2,,,Reading 7,07,,,scheduled,,s2,t1,English,,1
k3,,,Homeroom,,c1,,homeroom,,s1,y27,,,
";
pub const USERS: &str = "\
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
u1,,,true,s1,teacher,aalvarez,,Ada,Alvarez,,,ada@vista.example,,,,,T3acher!
u2,,,true,\"s1,s2\",teacher,bbrown,,Ben,Brown,,,ben@vista.example,,,,,T3acher!
u3,,,true,s1,administrator,ccruz,,Carla,Cruz,,,carla@vista.example,,,,,
u4,,,true,d1,administrator,ddiaz,,Dana,Díaz,,,dana@district.example,,,,,
u5,,,true,s1,aide,eevans,,Eve,Evans,,,eve@vista.example,,,,,
x1,,,true,s1,student,zoe1,{LDAP:zoequill},Zoe,Quillfeather,Marigold,999000111,zoe@students.example,5550100,5550101,g1,09,Gr33nApple
x2,,,true,s1,student,yan2,,Yannick,Umbrellastand,,999000222,yan@students.example,,,,10,Bl00Berry
x3,,,true,s2,student,wim3,,Wim,Turnipseed,,999000333,wim@students.example,,,,7,R3dCherry
g1,,,true,s1,parent,pquill,,Petra,Quillfeather,,,petra@home.example,5550199,,x1,,
";
pub const ENROLLMENTS: &str = "\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,,,k1,s1,u1,teacher,true,,
e2,,,k1,s1,x1,student,,,
e3,,,k1,s1,x2,student,,,
e4,,,k2,s2,u2,teacher,true,,
e5,,,k2,s2,x3,student,,,
e6,,,k3,s1,u1,teacher,,,
e7,,,k3,s1,x1,student,,,
e8,,,k3,s1,u5,aide,,,
";

/// What must be nowhere after an import of [`small`]: what students and parents are called and known by.
pub const OF_STUDENTS: [&str; 22] = [
    "Zoe",
    "Quillfeather",
    "Marigold",
    "zoe1",
    "zoequill",
    "999000111",
    "zoe@students",
    "5550100",
    "Gr33nApple",
    "Yannick",
    "Umbrellastand",
    "yan@students",
    "Bl00Berry",
    "Wim",
    "Turnipseed",
    "wim@students",
    "R3dCherry",
    "Petra",
    "petra@home",
    "5550199",
    "T3acher!",
    "pquill",
];

/// A small district in OneRoster 1.1, all there is.
pub fn small() -> Files {
    [
        ("manifest.csv", MANIFEST),
        ("orgs.csv", ORGS),
        ("academicSessions.csv", TERMS),
        ("courses.csv", COURSES),
        ("classes.csv", CLASSES),
        ("users.csv", USERS),
        ("enrollments.csv", ENROLLMENTS),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .to_vec()
}

/// These files, with one of them said otherwise; one with the text `absent` is taken away.
pub fn with(mut files: Files, name: &str, text: impl AsRef<[u8]>) -> Files {
    files.retain(|(known, _)| known != name);
    if text.as_ref() != b"absent" {
        files.push((name.into(), text.as_ref().to_vec()));
    }
    files
}

/// These files, with a text in one of them replaced by another.
pub fn edited(mut files: Files, name: &str, from: &str, to: &str) -> Files {
    for (known, text) in &mut files {
        if known == name {
            let before = String::from_utf8(text.clone()).unwrap();
            assert!(before.contains(from), "{from} is in {name}");
            *text = before.replacen(from, to, 1).into_bytes();
        }
    }
    files
}

/// A zip of files.
pub fn zip(files: &Files) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// How large a made-up district is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub sites: usize,
    pub staff: usize,
    pub classes: usize,
    pub students: usize,
    pub seats_each: usize,
}

/// A district of this size in OneRoster 1.1, the same each time.
pub fn large(size: Size) -> Files {
    let mut orgs = ORGS.lines().next().unwrap().to_owned() + "\nd1,,,Invented Unified,district,,\n";
    for site in 0..size.sites {
        writeln!(orgs, "s{site},,,School {site},school,1964279{site:07},d1").unwrap();
    }
    let mut classes = CLASSES.lines().next().unwrap().to_owned() + "\n";
    for class in 0..size.classes {
        let (site, period) = (class % size.sites, class % 6 + 1);
        writeln!(
            classes,
            "k{class},,,\"Class {class}, period {period}\",09,c1,,scheduled,R{class},s{site},t1,,,{period}"
        )
        .unwrap();
    }
    let mut users = USERS.lines().next().unwrap().to_owned() + "\n";
    for person in 0..size.staff {
        let site = person % size.sites;
        writeln!(
            users,
            "u{person},,,true,s{site},teacher,user{person},,Given{person},Family{person},,,u{person}@d.example,,,,,pw"
        )
        .unwrap();
    }
    for student in 0..size.students {
        let (site, grade) = (student % size.sites, student % 4 + 9);
        writeln!(
            users,
            "x{student},,,true,s{site},student,stud{student},,Sgiven{student},Sfamily{student},,{student},x{student}@s.example,,,,{grade:02},pw"
        )
        .unwrap();
    }
    let mut enrollments = ENROLLMENTS.lines().next().unwrap().to_owned() + "\n";
    for class in 0..size.classes {
        let (site, person) = (class % size.sites, class % size.staff);
        writeln!(
            enrollments,
            "t{class},,,k{class},s{site},u{person},teacher,true,,"
        )
        .unwrap();
    }
    for student in 0..size.students {
        for seat in 0..size.seats_each {
            let class = (student + seat * size.sites) % size.classes;
            let site = class % size.sites;
            writeln!(
                enrollments,
                "e{student}-{seat},,,k{class},s{site},x{student},student,,,"
            )
            .unwrap();
        }
    }
    let mut files = small();
    for (name, text) in [
        ("orgs.csv", orgs),
        ("classes.csv", classes),
        ("users.csv", users),
        ("enrollments.csv", enrollments),
    ] {
        files = with(files, name, text);
    }
    files
}
