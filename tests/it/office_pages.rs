//! The pages of the office over real HTTP: the way in and out, who may see what, and what every page holds to.

mod agreement;
mod data;
mod ideas;
mod imports;
mod invitations;
mod people;
mod pilot;
mod pilot_again;
mod pilot_lead;
mod visitor;

use crate::server::{Said, TestServer, client};
use crate::signed_in::{ADMIN, device_id, person, token};
use lookfor::domain::people::{Place, Post, Role};
use lookfor::domain::problem::Problem;
use lookfor::server::store::people::Persons;
use lookfor::sync::office::{ChangePerson, ChangePosts, OFFICE_DOOR_PATH};
use rstest::rstest;
pub use visitor::{LEAD, Visitor};
use visitor::{door, faults};

/// Whom the admin, the lead and the teacher of these tests sign in as.
const AN_ADMIN: u8 = 1;
const A_LEAD: u8 = 2;
const A_TEACHER: u8 = 3;

/// Pages, and whether a lead may see them.
const PAGES: [(&str, bool); 17] = [
    ("/office", true),
    ("/office/pilot", true),
    ("/office/ideas", true),
    ("/office/imports", false),
    ("/office/people", true),
    ("/office/people?q=person&show=left", true),
    ("/office/people?show=met", true),
    ("/office/people/add", false),
    ("/office/people/PERSON", true),
    ("/office/people/PERSON/merge?q=Person", false),
    ("/office/sites", true),
    ("/office/sites/SITE", true),
    ("/office/sites/SITE/classes/add", false),
    ("/office/agreement", true),
    ("/office/agreement/change", false),
    ("/office/devices", false),
    ("/office/data", false),
];

fn path(path: &str) -> String {
    path.replace("PERSON", &person(A_TEACHER).to_string())
        .replace("SITE", &crate::district::site(1).to_string())
}

async fn school() -> TestServer {
    school_on(TestServer::start().await).await
}

async fn school_on(server: TestServer) -> TestServer {
    visitor::site(&server).await;
    server.person(AN_ADMIN, &[ADMIN]).await;
    server.person(A_LEAD, &[LEAD]).await;
    server
}

#[rstest]
#[case::english("en")]
#[case::spanish("es")]
#[tokio::test]
async fn every_page_is_whole_and_shown_to_those_whom_it_is_for(#[case] language: &str) {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    for visitor in [&mut admin, &mut lead] {
        visitor.get("/office").await;
        let speak = [("language", language), ("back", "/office/people")];
        let said = visitor.post("/office/language", &speak).await;
        assert_eq!(
            (said.status, said.header("location")),
            (303, "/office/people")
        );
    }
    for (page, for_leads) in PAGES {
        let page = path(page);
        let said = admin.get(&page).await;
        assert_eq!(said.status, 200, "{page}");
        assert_eq!(faults(&said.text()), Vec::<String>::new(), "{page}");
        assert!(said.text().contains(&format!("<html lang=\"{language}\">")));
        let said = lead.get(&page).await;
        assert_eq!(said.status, if for_leads { 200 } else { 403 }, "{page}");
        let nobody = server.get(&page).await;
        assert_eq!(nobody.status, 401, "{page}");
        for said in [said, nobody] {
            assert_eq!(faults(&said.text()), Vec::<String>::new(), "{page}");
            assert_eq!(said.header("cache-control"), "no-store");
            assert!(
                said.header("content-security-policy")
                    .contains("default-src 'self'")
            );
            assert!(!said.text().contains("<script") && !said.text().contains("style="));
        }
    }
}

#[tokio::test]
async fn a_lead_is_shown_no_mail_address_and_nothing_that_changes_people() {
    let server = school().await;
    let change = ChangePerson {
        mail: Some(Some("quetzal@school.example".into())),
        ..ChangePerson::default()
    };
    let changed = server.store().change_person(person(A_TEACHER), change, 1);
    changed.await.unwrap().unwrap();
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let teacher = format!("/office/people/{}", person(A_TEACHER));
    for page in ["/office/people", "/office/people?q=quetzal", &teacher] {
        let text = lead.get(page).await.text();
        assert!(!text.contains("quetzal@"), "{page}");
    }
    // Nor can an address be found by searching it.
    let found = lead.get("/office/people?q=quetzal").await.text();
    assert!(!found.contains("Person 3"));
    for (address, fields) in [
        (teacher.clone(), vec![("name", "X")]),
        (format!("{teacher}/posts"), vec![("role", "admin")]),
        (format!("{teacher}/invitation"), vec![]),
        (format!("{teacher}/left"), vec![]),
        ("/office/sites".to_owned(), vec![("name", "X")]),
        ("/office/agreement/adopt".to_owned(), vec![("version", "2")]),
        ("/office/data/backups".to_owned(), vec![]),
        (
            format!("/office/devices/{}/end", device_id(A_TEACHER)),
            vec![],
        ),
    ] {
        lead.get("/office").await;
        let said = lead.post(&address, &fields).await;
        assert_eq!(said.status, 403, "{address}");
    }
}

#[tokio::test]
async fn only_leads_and_admins_get_a_door() {
    let server = school().await;
    let said = door(&server, A_TEACHER).await;
    assert_eq!((said.status, said.problem()), (403, Problem::NotAllowed));
    let body = r#"{"offset_min":9999}"#;
    let request = client()
        .post(format!("{}{OFFICE_DOOR_PATH}", server.url))
        .header("content-type", "application/json")
        .bearer_auth(token(AN_ADMIN))
        .body(body);
    assert_eq!(Said::from(request).await.status, 400);
}

#[tokio::test]
async fn a_door_opens_once_by_its_button_and_for_two_minutes() {
    let server = school().await;
    let path = visitor::door_path(&server, AN_ADMIN).await;
    // Whoever only fetches it uses nothing up, and learns nothing.
    let good = server.get(&path).await;
    let bad = server.get("/office/enter/00").await;
    assert_eq!((good.status, good.text()), (200, bad.text()));
    assert_eq!(visitor::press(&server, &path).await.status, 303);
    let again = visitor::press(&server, &path).await;
    assert_eq!(again.status, 410);
    assert_eq!(again.header("set-cookie"), "");
    // A newer one ends the one before; an old one is none.
    let older = visitor::door_path(&server, AN_ADMIN).await;
    let newer = visitor::door_path(&server, AN_ADMIN).await;
    assert_eq!(visitor::press(&server, &older).await.status, 410);
    let stored = server.stored();
    let sql = "update office_door set expires_utc_ms = expires_utc_ms - 120001";
    stored.0.execute(sql, []).unwrap();
    assert_eq!(visitor::press(&server, &newer).await.status, 410);
    // What is kept of doors and sessions signs nobody in.
    let kept: Vec<u8> = std::fs::read(server.data.join("lookfor.sqlite")).unwrap();
    let secret = path.rsplit('/').next().unwrap().as_bytes();
    assert!(!kept.windows(secret.len()).any(|part| part == secret));
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_other_sites_and_plain_connections() {
    let server = school().await;
    let path = visitor::door_path(&server, AN_ADMIN).await;
    let plain = visitor::press(&server, &path).await;
    let cookie = plain.header("set-cookie").to_owned();
    assert!(cookie.starts_with("lookfor-office=") && !cookie.contains("Secure"));
    let path = visitor::door_path(&server, AN_ADMIN).await;
    let secure = visitor::press_from(&server, &path, "https://lookfor.district.example").await;
    let secure = secure.header("set-cookie").to_owned();
    assert!(secure.starts_with("__Host-lookfor-office=") && secure.ends_with("; Secure"));
    for cookie in [cookie, secure] {
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=28800"] {
            assert!(cookie.contains(part), "{part}");
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum End {
    SignOut,
    Device,
    DeviceThatSignsInAgain,
    Leaving,
    LosingTheRole,
    EightHours,
}

#[rstest]
#[case::by_signing_out(End::SignOut, 401)]
#[case::with_its_device(End::Device, 401)]
#[case::with_its_device_for_good(End::DeviceThatSignsInAgain, 401)]
#[case::when_the_person_leaves(End::Leaving, 401)]
#[case::when_the_role_ends(End::LosingTheRole, 403)]
#[case::after_eight_hours(End::EightHours, 401)]
#[tokio::test]
async fn a_session_ends(#[case] end: End, #[case] status: u16) {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    assert_eq!(lead.get("/office/people").await.status, 200);
    let store = server.store();
    match end {
        End::SignOut => {
            let said = lead.post("/office/sign-out", &[]).await;
            assert_eq!(said.status, 200);
            assert!(said.header("set-cookie").contains("Max-Age=0"));
        }
        End::Device => {
            let request = client()
                .post(format!("{}/api/v1/sign-out", server.url))
                .bearer_auth(token(A_LEAD));
            assert_eq!(Said::from(request).await.status, 200);
        }
        End::DeviceThatSignsInAgain => {
            crate::signed_in::sign_in(store, A_LEAD).await;
        }
        End::Leaving => {
            let change = ChangePerson {
                left: Some(true),
                ..ChangePerson::default()
            };
            let left = store.change_person(person(A_LEAD), change, 1);
            left.await.unwrap().unwrap();
        }
        End::LosingTheRole => {
            let change = ChangePosts {
                give: vec![],
                end: vec![LEAD],
            };
            let ended = store.change_posts(person(A_LEAD), change, i64::MAX);
            ended.await.unwrap().unwrap();
        }
        End::EightHours => {
            let sql = "update office_session set expires_utc_ms = expires_utc_ms - 28800001";
            server.stored().0.execute(sql, []).unwrap();
        }
    }
    for page in ["/office", "/office/people"] {
        let said = lead.get(page).await;
        assert!(
            [status, 401].contains(&said.status),
            "{page} {}",
            said.status
        );
    }
    if status == 403 {
        // A role that comes back brings no session back.
        server.person(A_LEAD, &[LEAD]).await;
        assert_eq!(lead.get("/office").await.status, 401);
    }
}

#[derive(Clone, Copy)]
enum Forged {
    NoToken,
    AnothersToken,
    AnotherSite,
    NoOrigin,
}

#[rstest]
#[case::without_its_token(Forged::NoToken)]
#[case::with_the_token_of_another_session(Forged::AnothersToken)]
#[case::from_another_site(Forged::AnotherSite)]
#[case::from_nowhere(Forged::NoOrigin)]
#[tokio::test]
async fn a_form_that_the_office_did_not_make_changes_nothing(#[case] forged: Forged) {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let mut other = Visitor::enter(&server, AN_ADMIN).await;
    admin.get("/office/sites").await;
    other.get("/office/sites").await;
    match forged {
        Forged::NoToken => admin.token.clear(),
        Forged::AnothersToken => admin.token.clone_from(&other.token),
        Forged::AnotherSite => admin.from = Some("cross-site"),
        Forged::NoOrigin => admin.from = None,
    }
    let said = admin
        .post("/office/sites", &[("name", "Mallory High")])
        .await;
    assert_eq!(said.status, 403);
    assert!(!other.get("/office/sites").await.text().contains("Mallory"));
    // The session itself is as it was.
    assert_eq!(admin.get("/office").await.status, 200);
}

#[tokio::test]
async fn an_address_where_nothing_is_says_so_in_a_page() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    for page in [
        "/office/nothing",
        "/office/people/x",
        &format!("/office/people/{}", device_id(99)),
        "/office/sites/x",
        "/office/classes/x",
        "/office/people/x/merge",
    ] {
        let said = admin.get(page).await;
        assert_eq!(said.status, 404, "{page}");
        assert!(
            said.header("content-type").starts_with("text/html"),
            "{page}"
        );
    }
    let put = client().put(format!("{}/office/people", server.url));
    assert_eq!(Said::from(put).await.status, 404);
}

#[tokio::test]
async fn the_way_back_from_another_language_stays_in_the_office() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    admin.get("/office").await;
    for back in ["https://evil.example/", "//evil.example", "/", ""] {
        let fields = [("language", "es"), ("back", back)];
        let said = admin.post("/office/language", &fields).await;
        assert_eq!(said.header("location"), "/office");
    }
}

#[tokio::test]
async fn the_stylesheet_is_kept_for_ever_under_an_address_of_its_contents() {
    let server = school().await;
    let page = server.get("/office").await.text();
    let (_, rest) = page.split_once("/office.css?").unwrap();
    let sum = rest.split('"').next().unwrap();
    let said = server.get(&format!("/office.css?{sum}")).await;
    assert_eq!(said.status, 200);
    assert_eq!(said.header("content-type"), "text/css; charset=utf-8");
    assert!(said.header("cache-control").contains("immutable"));
}

#[tokio::test]
async fn a_new_district_is_told_what_needs_doing_and_shown_no_small_figures() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let text = admin.get("/office").await.text();
    for wanted in [
        "No backup of the last seven days",
        "Mail is not set up",
        "no feedback is older than 24 hours",
        "No change idea has a team or a visit yet",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let lead = server
        .person(
            A_TEACHER,
            &[Post {
                role: Role::Pilot,
                place: Place::Idea("three-reads".into()),
            }],
        )
        .await;
    drop(lead);
    let text = admin.get("/office").await.text();
    assert!(text.contains("Three reads") && text.contains("not put to use"));
    assert!(text.contains("few teachers"));
}
