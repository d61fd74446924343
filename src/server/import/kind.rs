//! What a file holds, told by the names of its columns; its own name only says what was meant.

use crate::domain::import::FileKind;

/// What a kind of file looks like.
pub struct Shape {
    /// The kind.
    pub kind: FileKind,
    /// What such a file is called, without its ending; the first name is the usual one.
    pub names: &'static [&'static str],
    /// The columns that it must have, each as `one|or another`.
    pub needed: &'static [&'static str],
    /// Columns that such a file never has: with them it is meant to be another one.
    pub never: &'static [&'static str],
    /// Other columns that such files have, read or not; what is not listed is named as unknown.
    pub others: &'static [&'static str],
}

/// Columns of OneRoster's every file.
const EVERYWHERE: [&str; 2] = ["status", "datelastmodified"];

/// In the order in which files are told apart: the first that fits. Names are as [`plain`] has them.
pub const SHAPES: &[Shape] = &[
    Shape {
        kind: FileKind::Manifest,
        names: &["manifest"],
        needed: &["propertyname", "value"],
        never: &[],
        others: &[],
    },
    Shape {
        kind: FileKind::District,
        names: &["district"],
        needed: &["key", "value"],
        never: &[],
        others: &[],
    },
    Shape {
        kind: FileKind::Enrollments,
        names: &["enrollments"],
        needed: &["classsourcedid", "usersourcedid", "role"],
        never: &[],
        others: &[
            "sourcedid",
            "schoolsourcedid",
            "primary",
            "begindate",
            "enddate",
        ],
    },
    Shape {
        kind: FileKind::UserRoles,
        names: &["roles"],
        needed: &["usersourcedid", "orgsourcedid", "role"],
        never: &[],
        others: &[
            "sourcedid",
            "roletype",
            "begindate",
            "enddate",
            "userprofilesourcedid",
            "sessionsourcedid",
            "grade",
            "isprimary",
            "rolestartdate",
            "roleenddate",
        ],
    },
    Shape {
        kind: FileKind::Groups,
        names: &["groups"],
        needed: &["usersourcedid", "group"],
        never: &[],
        others: &["sourcedid"],
    },
    Shape {
        kind: FileKind::Demographics,
        names: &["demographics"],
        needed: &[
            "sourcedid",
            "asian|white|hispanicorlatinoethnicity|blackorafricanamerican",
        ],
        never: &["givenname", "familyname"],
        others: &[
            "americanindianoralaskanative",
            "asian",
            "blackorafricanamerican",
            "nativehawaiianorotherpacificislander",
            "white",
            "demographicracetwoormoreraces",
            "hispanicorlatinoethnicity",
            // Never looked at.
            "birthdate",
            "birthday",
            "sex",
            "countryofbirthcode",
            "stateofbirthabbreviation",
            "cityofbirth",
            "publicschoolresidencestatus",
        ],
    },
    Shape {
        kind: FileKind::Users,
        names: &["users"],
        needed: &["sourcedid", "givenname", "familyname"],
        never: &[],
        others: &[
            "enableduser",
            "orgsourcedids",
            "role",
            "username",
            "userids",
            "middlename",
            "identifier",
            "email",
            "sms",
            "phone",
            "agentsourcedids",
            "agents",
            "grades",
            "password",
            "usermasteridentifier",
            "preferredgivenname",
            "preferredmiddlename",
            "preferredfamilyname",
            "primaryorgsourcedid",
            "pronouns",
            "activedirectorymatchid",
        ],
    },
    Shape {
        kind: FileKind::Terms,
        names: &["academicsessions"],
        needed: &["sourcedid", "startdate", "enddate"],
        never: &[],
        others: &["title", "type", "parentsourcedid", "schoolyear"],
    },
    Shape {
        kind: FileKind::Courses,
        names: &["courses"],
        needed: &["sourcedid", "title", "coursecode|code|schoolyearsourcedid"],
        never: &[],
        others: &[
            "coursecode",
            "code",
            "schoolyearsourcedid",
            "schoolyearid",
            "grades",
            "grade",
            "orgsourcedid",
            "subjects",
            "subject",
            "subjectcodes",
        ],
    },
    Shape {
        kind: FileKind::Classes,
        names: &["classes"],
        needed: &[
            "sourcedid",
            "title",
            "schoolsourcedid|orgsourcedid",
            "termsourcedids|termsourcedid|sessionsourcedids|coursesourcedid|classtype",
        ],
        never: &[],
        others: &[
            "grades",
            "coursesourcedid",
            "classcode",
            "code",
            "classtype",
            "location",
            "termsourcedids",
            "termsourcedid",
            "sessionsourcedids",
            "subjects",
            "subjectcodes",
            "periods",
        ],
    },
    Shape {
        kind: FileKind::Orgs,
        names: &["orgs"],
        needed: &["sourcedid", "name", "type"],
        never: &[],
        others: &["identifier", "parentsourcedid"],
    },
    Shape {
        kind: FileKind::Bells,
        names: &["bells"],
        needed: &["site", "daytype", "period", "start", "end"],
        never: &[],
        others: &[],
    },
    Shape {
        kind: FileKind::Calendar,
        names: &["calendar"],
        needed: &["date", "site", "daytype"],
        never: &[],
        others: &[],
    },
    Shape {
        kind: FileKind::Roles,
        names: &["roles"],
        needed: &["mail|email", "role"],
        never: &["sourcedid", "givenname", "familyname"],
        others: &["site", "idea", "name"],
    },
    Shape {
        kind: FileKind::Pilots,
        names: &["pilots"],
        needed: &["idea", "teachermail|mail|email|teacher"],
        never: &["sourcedid", "givenname", "familyname"],
        others: &["since"],
    },
];

/// Files of these standards that are never opened.
const NOT_OPENED: [&str; 17] = [
    "userprofiles",
    "userflags",
    "relationships",
    "lineitems",
    "categories",
    "results",
    "resources",
    "classresources",
    "courseresources",
    "userresources",
    "scorescales",
    "assessmentlineitems",
    "assessmentresults",
    "lineitemlearningobjectiveids",
    "lineitemscorescales",
    "resultlearningobjectiveids",
    "resultscorescales",
];

/// A name of a column or file without case, spaces, hyphens and underscores.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The shape of a kind.
pub fn shape(kind: FileKind) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.kind == kind)
}

impl Shape {
    /// The first needed column that these columns lack; none when all are there.
    pub fn lacks(&self, columns: &[String]) -> Option<&'static str> {
        let is_there = |name: &str| columns.iter().any(|column| column == name);
        let lacking = |one: &&&str| !one.split('|').any(is_there);
        let lacking = self.needed.iter().find(lacking)?;
        lacking.split('|').next()
    }

    /// Whether a file with these columns is of this shape.
    fn fits(&self, columns: &[String]) -> bool {
        let is_other = columns.iter().any(|column| self.never.contains(&&**column));
        self.lacks(columns).is_none() && !is_other
    }

    /// How many of the needed columns are among these.
    fn has(&self, columns: &[String]) -> usize {
        let is_there = |one: &&&str| {
            one.split('|')
                .any(|name| columns.iter().any(|column| column == name))
        };
        self.needed.iter().filter(is_there).count()
    }

    /// Whether such files have a column of this name.
    pub fn knows(&self, column: &str) -> bool {
        let needed = self.needed.iter().flat_map(|one| one.split('|'));
        let all = needed.chain(self.others.iter().copied()).chain(EVERYWHERE);
        all.into_iter().any(|known| known == column)
    }
}

/// What a file holds; if no shape fits, what its name means and which column that kind lacks.
pub fn recognise(file_name: &str, columns: &[String]) -> Option<(FileKind, Option<&'static str>)> {
    let fits = SHAPES.iter().find(|shape| shape.fits(columns));
    if let Some(shape) = fits {
        return Some((shape.kind, None));
    }
    let stem = stem(file_name);
    // Two kinds are called "roles"; the one is meant that lacks less.
    let named = SHAPES.iter().filter(|shape| shape.names.contains(&&*stem));
    let meant = named.max_by_key(|shape| shape.has(columns))?;
    meant.lacks(columns).map(|lacks| (meant.kind, Some(lacks)))
}

/// Whether a file of this name is opened at all.
pub fn is_opened(file_name: &str) -> bool {
    !NOT_OPENED.contains(&&*stem(file_name))
}

fn stem(file_name: &str) -> String {
    let (stem, _) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    plain(stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::orgs(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        FileKind::Orgs
    )]
    #[case::users_1_1(
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
        FileKind::Users
    )]
    #[case::users_1_2(
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
        FileKind::Users
    )]
    #[case::roles_1_2(
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
        FileKind::UserRoles
    )]
    #[case::courses(
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
        FileKind::Courses
    )]
    #[case::classes(
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
        FileKind::Classes
    )]
    #[case::enrollments(
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
        FileKind::Enrollments
    )]
    #[case::terms(
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
        FileKind::Terms
    )]
    #[case::manifest("propertyName,value", FileKind::Manifest)]
    #[case::sds_orgs("sourcedId,name,type,parentSourcedId", FileKind::Orgs)]
    #[case::sds_users(
        "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms",
        FileKind::Users
    )]
    #[case::sds_roles(
        "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate",
        FileKind::UserRoles
    )]
    #[case::sds_classes(
        "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId",
        FileKind::Classes
    )]
    #[case::sds_enrollments("classSourcedId,userSourcedId,role", FileKind::Enrollments)]
    #[case::bells("site,day type,period,start,end", FileKind::Bells)]
    #[case::calendar("date,site,day_type", FileKind::Calendar)]
    #[case::roles_of_ours("mail,role,site,idea", FileKind::Roles)]
    #[case::pilots("idea,teacher mail,since", FileKind::Pilots)]
    #[case::district("key,value", FileKind::District)]
    #[case::groups("userSourcedId,group", FileKind::Groups)]
    #[case::demographics(
        "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
        FileKind::Demographics
    )]
    fn a_file_is_told_by_its_columns(#[case] header: &str, #[case] kind: FileKind) {
        let columns: Vec<String> = header.split(',').map(plain).collect();
        assert_eq!(recognise("file.csv", &columns), Some((kind, None)));
        let shape = shape(kind).expect("every kind has a shape");
        let unknown: Vec<_> = columns.iter().filter(|name| !shape.knows(name)).collect();
        assert_eq!(unknown, Vec::<&String>::new());
        // Odd case and order change nothing.
        let mut shuffled: Vec<String> = header.to_uppercase().split(',').map(plain).collect();
        shuffled.reverse();
        assert_eq!(recognise("x", &shuffled), Some((kind, None)));
    }

    #[test]
    fn a_name_says_what_was_meant() {
        let columns = ["sourcedid", "givenname"].map(str::to_owned);
        let meant = Some((FileKind::Users, Some("familyname")));
        assert_eq!(recognise("Users.CSV", &columns), meant);
        assert_eq!(recognise("grades.csv", &columns), None);
        let ours = ["role", "site"].map(str::to_owned);
        assert_eq!(
            recognise("roles.csv", &ours),
            Some((FileKind::Roles, Some("mail")))
        );
        // A file of users without a needed column is no file of roles in Lookfor.
        let users = ["sourcedid", "givenname", "email", "role"].map(str::to_owned);
        assert_eq!(recognise("users.csv", &users), meant);
        assert!(!is_opened("UserProfiles.csv"));
    }
}
