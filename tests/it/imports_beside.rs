//! The files of our own beside a roster: bells, calendar, roles, pilots, the district.

use crate::import_office::{Office, count, reasons};
use crate::support::roster::{edited, small};
use lookfor::domain::import::{Named, Reason, Thing};
use rstest::rstest;

// The files of our own, each alone, over the small district.
#[rstest]
#[case::a_time(
    "site,day type,period,start,end\nVista High,A,1,8 o'clock,9:00\n",
    2,
    "start",
    Reason::NoTime
)]
#[case::ends_first(
    "site,day type,period,start,end\nVista High,A,1,9:00,8:00\n",
    2,
    "end",
    Reason::EndsBefore
)]
#[case::no_site("site,day type,period,start,end\nNowhere,A,1,8:00,9:00\n", 2, "site", Reason::NoSuch { what: Named::Site })]
#[case::a_period_twice(
    "site,day type,period,start,end\nVista High,A,1,8:00,9:00\nvista high,A,1,9:00,9:30\n",
    3,
    "period",
    Reason::RowTwice
)]
#[case::no_period(
    "site,day type,period,start,end\nVista High,A,,8:00,9:00\n",
    2,
    "period",
    Reason::Empty
)]
#[case::no_day("date,site,day type\nsoon,,A\n", 2, "date", Reason::NoDay)]
#[case::a_day_twice(
    "date,site,day type\n2026-08-12,,A\n8/12/2026,,B\n",
    3,
    "date",
    Reason::RowTwice
)]
#[case::no_such_role("mail,role,site\nada@vista.example,king,\n", 2, "role", Reason::NoRole)]
#[case::nobodys_mail("mail,role,site\nnobody@vista.example,coach,Vista High\n", 2, "mail", Reason::NoSuch { what: Named::Mail })]
#[case::no_mail("mail,role,site\nAda,coach,Vista High\n", 2, "mail", Reason::NoMail)]
#[case::a_coach_without_a_site(
    "mail,role,site\nada@vista.example,coach,\n",
    2,
    "site",
    Reason::Empty
)]
#[case::an_admin_of_a_site(
    "mail,role,site\nada@vista.example,admin,Vista High\n",
    2,
    "site",
    Reason::WrongPlace
)]
#[case::an_idea_that_is_none(
    "idea,teacher mail,since\nthree reads,ada@vista.example,\n",
    2,
    "idea",
    Reason::NoIdea
)]
#[case::a_day_that_is_none(
    "idea,teacher mail,since\nthree-reads,ada@vista.example,fall\n",
    2,
    "since",
    Reason::NoDay
)]
#[case::a_pilot_twice(
    "idea,teacher mail,since\nthree-reads,ada@vista.example,\nthree-reads,ADA@vista.example,\n",
    3,
    "teacher mail",
    Reason::RowTwice
)]
#[case::a_zone_that_is_none("key,value\ntime_zone,Pacific Time\n", 2, "value", Reason::NoTimeZone)]
#[case::a_day_of_no_week("key,value\nweek_start,Someday\n", 2, "value", Reason::NoWeekDay)]
#[case::a_language_that_is_not_spoken(
    "key,value\nlanguages,\"en,tlh\"\n",
    2,
    "value",
    Reason::NoLanguage
)]
#[case::a_setting_that_is_none("key,value\nmascot,Owl\n", 2, "key", Reason::NoSetting)]
#[tokio::test]
async fn a_row_of_our_own_files_with_something_wrong_is_said_by_line_and_column(
    #[case] text: &str,
    #[case] line: u32,
    #[case] column: &str,
    #[case] reason: Reason,
) {
    let office = Office::open();
    office.take(&small()).await;
    let taken = office.take_csv(text).await;
    let [trouble] = taken.preview.troubles.as_slice() else {
        panic!("{:?}", taken.preview.troubles)
    };
    let place = (trouble.line, trouble.column.as_deref());
    assert_eq!(
        (place, &trouble.reason),
        ((Some(line), Some(column)), &reason)
    );
    assert_eq!(taken.preview.left_out, 1);
}

#[tokio::test]
async fn bells_days_posts_and_settings_are_taken_and_what_is_no_longer_said_goes() {
    let office = Office::open();
    office.take(&small()).await;
    office.take_csv("key,value\nname,Invented Unified\ntime_zone,America/Los_Angeles\nweek_start,Monday\nlanguages,\"en,es\"\n").await;
    office.take_csv("key,value\nweek_start,Sunday\n").await;
    assert_eq!(
        office.rows("select name, time_zone, week_start, languages from district"),
        [r#"Invented Unified|America/Los_Angeles|7|["en","es"]"#]
    );
    office.take_csv("site,day type,period,start,end\nVista High,A,1,8:00,8:50\nVista High,A,2,9:00,9:50\n19642790000002,A,1,7:45 AM,1:05 PM\n").await;
    let bells = office
        .take_csv("site,day type,period,start,end\nvista high,A,1,8:00,8:45\n")
        .await;
    assert_eq!(count(&bells, Thing::Bells), (0, 1, 1));
    assert_eq!(
        office.rows("select name, day_type, period, starts_min, ends_min from bell join site on id = site order by 1"),
        ["Mesa Middle|A|1|465|785", "Vista High|A|1|480|525"]
    );
    office.take_csv("date,site,day type\n2026-08-12,,A\n2026-08-13,,B\n2026-08-14,,A\n2026-08-13,Mesa Middle,none\n").await;
    let days = office
        .take_csv("date,site,day type\n8/12/2026,Vista High,A\n8/14/2026,Vista High,Minimum\n")
        .await;
    assert_eq!(count(&days, Thing::Days), (0, 1, 1));
    assert_eq!(
        office.rows(
            "select name, day, day_type from calendar_day join site on id = site order by 1, 2"
        ),
        [
            "Mesa Middle|2026-08-12|A",
            "Mesa Middle|2026-08-13|-",
            "Mesa Middle|2026-08-14|A",
            "Vista High|2026-08-12|A",
            "Vista High|2026-08-14|Minimum",
        ]
    );
    office.take_csv("mail,role,site,idea,name\nada@vista.example,coach,Mesa Middle,,\nlea@district.example,lead,,,Lea Lopez\n").await;
    office
        .take_csv("idea,teacher mail,since\nthree-reads,ada@vista.example,2026-09-01\n")
        .await;
    let since = "select (from_utc_ms - 1788246000000) / 3600000 from post where role = 'pilot'";
    // Midnight of 1 September in Los Angeles.
    assert_eq!(office.rows(since), ["0"]);
    office
        .take_csv("idea,teacher mail,since\nthree-reads,ada@vista.example,2026-09-02\n")
        .await;
    assert_eq!(office.rows(since), ["24"]);
    let ada = office
        .posts()
        .into_iter()
        .filter(|post| post.starts_with("Ada") || post.starts_with("Lea"));
    assert_eq!(
        ada.collect::<Vec<_>>(),
        [
            "Ada Alvarez|coach|Mesa Middle",
            "Ada Alvarez|pilot|idea:three-reads",
            "Ada Alvarez|teacher|Vista High",
            "Lea Lopez|lead|district",
        ]
    );
    let ended = office
        .take_csv("mail,role,site\nben@vista.example,coach,Mesa Middle\n")
        .await;
    assert_eq!(count(&ended, Thing::Posts), (1, 0, 2));
    // With a row left out, the file says nothing of what it lacks.
    let half = office
        .take_csv("mail,role,site\nnobody@vista.example,coach,Mesa Middle\n")
        .await;
    assert_eq!(count(&half, Thing::Posts), (0, 0, 0));
}

#[tokio::test]
async fn the_last_admin_stays() {
    let office = Office::open();
    office.take(&small()).await;
    office
        .take_csv("mail,role\nada@vista.example,admin\n")
        .await;
    let looked = office
        .look_at(
            b"mail,role,site\nben@vista.example,coach,Mesa Middle\n",
            "roster",
        )
        .await;
    assert_eq!(reasons(&looked), [&Reason::LastAdmin]);
    assert!(looked.preview.blocked);
}

#[tokio::test]
async fn two_sites_of_one_name_are_told_by_their_codes() {
    let office = Office::open();
    office
        .take(&edited(small(), "orgs.csv", "Mesa Middle", "Vista High"))
        .await;
    let bells =
        "site,day type,period,start,end\nVista High,A,1,8:00,9:00\n19642790000002,A,1,8:00,9:00\n";
    let taken = office.take_csv(bells).await;
    assert_eq!(reasons(&taken), [&Reason::Unclear { what: Named::Site }]);
    assert_eq!(count(&taken, Thing::Bells), (1, 0, 0));
}
