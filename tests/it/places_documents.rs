//! What devices hear of sites, bells, days and the district; and what nobody else hears of a class that could
//! not be visited.

use crate::district::{District, Member, at_site, post, refresh, site};
use lookfor::domain::document::Document;
use lookfor::domain::id::{ClassId, PersonId};
use lookfor::domain::people::{Place, Role};
use lookfor::domain::place::{Calendar, ClassMissed, Day, DayType, Missed, Why};
use rusqlite::params;

/// North with its bells and days, and a second site without any.
async fn with_places() -> District {
    let district = District::open().await;
    let stored = district.server.stored().0;
    let north = site(1);
    let sql = "insert into site (id, name) values (?1, ?2)";
    for (number, name) in [(1, "North"), (2, "South")] {
        stored
            .execute(sql, params![site(number).0.as_bytes(), name])
            .unwrap();
    }
    let sql = "insert into district values (1, 'Invented', 'America/Los_Angeles', 7, '[\"es\"]')";
    stored.execute(sql, []).unwrap();
    let sql = "insert into bell values (?1, ?2, ?3, ?4, ?5)";
    for (day_type, period, starts, ends) in [("A", "1", 480, 535), ("B", "2", 480, 535)] {
        let row = params![north.0.as_bytes(), day_type, period, starts, ends];
        stored.execute(sql, row).unwrap();
    }
    let sql = "insert into calendar_day values (?1, ?2, ?3)";
    let today = chrono::Utc::now().date_naive();
    for (day, kind) in [
        (today.to_string(), Some("A")),
        ("2001-01-01".to_owned(), Some("A")),
        (today.succ_opt().unwrap().to_string(), None),
    ] {
        let row = params![north.0.as_bytes(), day, kind];
        stored.execute(sql, row).unwrap();
    }
    let sql = "insert into class (id, site, school_year, title, room, grades, subjects, periods) \
               values (?1, ?2, 2027, 'Algebra 1', '12', '[\"09\"]', '[\"Mathematics\"]', '[\"3\"]')";
    let class = ClassId::mint(1, [7; 10]);
    let row = params![class.0.as_bytes(), north.0.as_bytes()];
    stored.execute(sql, row).unwrap();
    let sql = "insert into class_students values (?1, 'all', '', 31)";
    stored.execute(sql, [class.0.as_bytes()]).unwrap();
    refresh(&stored, "people");
    district.settled().await;
    district
}

/// The kinds of documents of places that somebody has.
async fn kinds(district: &District, member: &Member) -> Vec<String> {
    let documents = member.documents(&district.server).await;
    let mut kinds: Vec<String> = documents
        .iter()
        .map(|document| document.name().kind)
        .filter(|kind| ["site", "bells", "calendar", "district", "class"].contains(&kind.as_str()))
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[tokio::test]
async fn everybody_knows_the_sites_and_those_of_a_site_its_bells_and_days() {
    let district = with_places().await;
    let here = district.member(1, &[at_site(Role::Teacher)]);
    let there = district.member(2, &[post(Role::Coach, Place::Site(site(2)))]);
    let lead = district.member(3, &[post(Role::Lead, Place::District)]);
    district.settled().await;
    let all = ["bells", "calendar", "class", "district", "site"];
    assert_eq!(kinds(&district, &here).await, all);
    assert_eq!(kinds(&district, &there).await, ["district", "site"]);
    let of_lead = ["bells", "calendar", "district", "site"];
    assert_eq!(kinds(&district, &lead).await, of_lead);
}

/// The classes that somebody's device has, by their titles.
async fn classes(district: &District, member: &Member) -> Vec<String> {
    let documents = member.documents(&district.server).await;
    let titles = documents.into_iter().filter_map(|document| match document {
        Document::Class(class) => Some(class.title),
        _ => None,
    });
    let mut titles: Vec<String> = titles.collect();
    titles.sort();
    titles
}

#[tokio::test]
async fn whoever_may_visit_everywhere_has_the_classes_of_those_who_pilot_an_idea_and_no_others() {
    let district = with_places().await;
    let idea = Place::Idea(crate::district::IDEA.into());
    let pilot = district.member(1, &[at_site(Role::Teacher)]);
    let colleague = district.member(2, &[at_site(Role::Teacher)]);
    let lead = district.member(3, &[post(Role::Lead, Place::District)]);
    let admin = district.member(4, &[post(Role::Admin, Place::District)]);
    let elsewhere = district.member(5, &[post(Role::Coach, Place::Site(site(2)))]);
    let stored = district.server.stored().0;
    for (number, title, teacher) in [(8, "Of a pilot", &pilot), (9, "Of a colleague", &colleague)] {
        let class = ClassId::mint(1, [number; 10]);
        let sql = "insert into class (id, site, school_year, title) values (?1, ?2, 2027, ?3)";
        let north = site(1);
        let row = params![class.0.as_bytes(), north.0.as_bytes(), title];
        stored.execute(sql, row).unwrap();
        let sql = "insert into class_teacher (class, person) values (?1, ?2)";
        let row = params![class.0.as_bytes(), teacher.person.0.as_bytes()];
        stored.execute(sql, row).unwrap();
    }
    refresh(&stored, "people");
    district.settled().await;
    let anywhere = async || {
        [
            classes(&district, &lead).await,
            classes(&district, &admin).await,
        ]
    };
    assert_eq!(anywhere().await, [[""; 0]; 2]);
    let of_pilot = post(Role::Pilot, idea);
    district.give(&pilot, &of_pilot);
    district.settled().await;
    assert_eq!(anywhere().await, [["Of a pilot"], ["Of a pilot"]]);
    let all = ["Algebra 1", "Of a colleague", "Of a pilot"];
    assert_eq!(classes(&district, &colleague).await, all);
    assert_eq!(classes(&district, &elsewhere).await, [""; 0]);
    // Whoever leaves the team takes the classes along.
    district.take_back(&pilot, &of_pilot);
    district.settled().await;
    assert_eq!(anywhere().await, [[""; 0]; 2]);
}

#[tokio::test]
async fn the_documents_say_what_was_brought() {
    let district = with_places().await;
    let member = district.member(1, &[at_site(Role::Principal)]);
    district.settled().await;
    let today: Day = chrono::Utc::now().date_naive().to_string().parse().unwrap();
    let mut seen = 0;
    for document in member.documents(&district.server).await {
        seen += 1;
        match document {
            Document::District(said) => {
                assert_eq!(said.name.as_deref(), Some("Invented"));
                assert_eq!((said.week_start, said.demo), (7, false));
                assert_eq!(said.languages, ["es"]);
            }
            Document::Site(said) => {
                let now_utc_ms = chrono::Utc::now().timestamp_millis();
                let offset = said.offsets.at(now_utc_ms);
                assert!([Some(-480), Some(-420)].contains(&offset), "{offset:?}");
            }
            Document::Bells(said) => {
                assert_eq!(said.site, site(1));
                let kinds: Vec<&str> = said.schedules.iter().map(|one| &*one.day_type.0).collect();
                assert_eq!(kinds, ["A", "B"]);
            }
            Document::Calendar(said) => {
                // The day of a school year long over is not sent.
                let wanted = [(today, Some(DayType("A".into()))), (today.next(), None)];
                assert_eq!(said.days, wanted.into());
                assert!(Calendar::from(said).is_school_day(today));
            }
            Document::Class(said) => {
                assert_eq!(said.room.as_deref(), Some("12"));
                assert_eq!(said.periods, ["3"]);
                assert_eq!(said.grades, ["09"]);
                assert_eq!(said.subjects, ["Mathematics"]);
                assert_eq!(said.students, Some(31));
            }
            _ => seen -= 1,
        }
    }
    assert_eq!(seen, 6);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let district = with_places().await;
    let member = district.member(1, &[at_site(Role::Principal)]);
    district.settled().await;
    member.pull(&district.server).await;
    refresh(&district.server.stored().0, "people");
    district.settled().await;
    assert_eq!(member.pull(&district.server).await, []);
}

#[tokio::test]
async fn clocks_are_made_again_when_a_year_has_begun() {
    let district = with_places().await;
    let stored = district.server.stored().0;
    let made = "select year from projected_clocks";
    let this_year: i32 = stored.query_row(made, [], |row| row.get(0)).unwrap();
    // As if the server had gone on since the year before, with clocks of that year in the documents.
    stored
        .execute("update projected_clocks set year = year - 1", [])
        .unwrap();
    let sql = "update document set body = replace(body, 'offset_min', 'other') where kind = 'site'";
    assert_eq!(stored.execute(sql, []), Ok(2));
    district.settled().await;
    district.until(made, i64::from(this_year)).await;
    let old = "select count(*) from document where kind = 'site' and body like '%other%'";
    district.until(old, 0).await;
}

#[tokio::test]
async fn colleagues_at_a_site_know_who_pilots_an_idea() {
    let district = District::open().await;
    let principal = district.member(1, &[at_site(Role::Principal)]);
    let pilots = post(Role::Pilot, Place::Idea("three-reads".into()));
    let pilot = district.member(2, &[at_site(Role::Teacher), pilots.clone()]);
    district.settled().await;
    let documents = principal.documents(&district.server).await;
    let posts = documents.into_iter().find_map(|document| match document {
        Document::Person(person) if person.id == pilot.person => Some(person.posts),
        _ => None,
    });
    assert!(posts.expect("a colleague").contains(&pilots));
}

#[tokio::test]
async fn not_today_is_read_by_nobody_else_and_counts_for_nothing() {
    let district = with_places().await;
    let principal = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let others = [
        district.member(3, &[at_site(Role::Principal)]),
        district.member(4, &[at_site(Role::Coach)]),
        district.member(
            5,
            &[
                post(Role::Lead, Place::District),
                post(Role::Admin, Place::District),
            ],
        ),
    ];
    let fact = ClassMissed {
        site: site(1),
        missed: Missed::Teacher(teacher.person),
        why: Why::Substitute,
    };
    let id = principal
        .says(&district.server, principal.seal(fact.clone(), &[]))
        .await;
    district.settled().await;
    let documents = principal.documents(&district.server).await;
    let found: Vec<_> = documents
        .into_iter()
        .filter_map(|document| match document {
            Document::ClassMissed(document) => Some(document),
            _ => None,
        })
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].id, &found[0].missed), (id, &fact));
    for other in others.iter().chain([&teacher]) {
        assert!(!other.kinds(&district.server).await.contains("class_missed"));
    }
    let bodies = district.feed();
    let said = bodies.iter().filter(|(_, kind, ..)| kind == "class_missed");
    let audiences: Vec<&String> = said.map(|(audience, ..)| audience).collect();
    assert_eq!(audiences, [&format!("person:{}", principal.person)]);
    let counted = "select (select count(*) from counted_visit) + (select count(*) from to_count)";
    district.until(counted, 0).await;
}

#[test]
fn the_data_of_not_today_is_written_so() {
    let fact = ClassMissed {
        site: site(1),
        missed: Missed::Class(ClassId::mint(1, [7; 10])),
        why: Why::EmptyRoom,
    };
    let json = concat!(
        r#"{"site":"00000000-0001-7101-8101-010101010101","#,
        r#""missed":{"class":"00000000-0001-7707-8707-070707070707"},"why":"empty_room"}"#,
    );
    assert_eq!(serde_json::to_string(&fact).unwrap(), json);
    let later = r#"{"site":"00000000-0001-7101-8101-010101010101",
        "missed":{"teacher":"00000000-0001-7707-8707-070707070707"},"why":"fire_drill"}"#;
    let later: ClassMissed = serde_json::from_str(later).unwrap();
    assert_eq!(later.why, Why::Other);
    assert_eq!(later.missed, Missed::Teacher(PersonId::mint(1, [7; 10])));
}
