//! What an office may ask, who may ask it, and what becomes of it.

use crate::server::{Said, TestServer, client};
use crate::server_errors::{Broken, over};
use crate::signed_in::{
    ADMIN, assert_not_allowed, assert_not_signed_in, device_id, get, invitation, person, post,
    read, token,
};
use axum::body::Body;
use axum::http::Request;
use lookfor::domain::id::SiteId;
use lookfor::domain::people::{Place, Post, Role};
use lookfor::domain::problem::Problem;
use lookfor::sync::office::{
    AGREEMENT_PATH, CLASSES_PATH, DEVICES_PATH, Language, OFFICE_MAX_BYTES, OfficePerson,
    PEOPLE_PATH, PeoplePage, SIGN_OUT_PATH, SITES_PATH, Site,
};
use lookfor::sync::protocol::{CODES_PATH, Failure, SIGN_IN_PATH};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use tower::ServiceExt;

pub fn site(number: u8) -> SiteId {
    SiteId::mint(1, [number; 10])
}

/// A server with an admin, who is person 1, and a site.
pub async fn with_an_admin() -> (TestServer, String) {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let north = json!({"id": site(1), "name": "North"});
    read::<Site>(&post(&server, "/api/v1/sites", &admin, &north).await);
    (server, admin)
}

/// Waits until what changed beside the events is in the feed, or was already.
pub async fn brought(server: &TestServer, about: &str) {
    for _ in 0..2_000 {
        let stored = server.stored();
        let waiting = "select count(*) from to_refresh";
        let waiting: i64 = stored.0.query_row(waiting, [], |row| row.get(0)).unwrap();
        let made = "select count(*) from document where about = ?1";
        let made: i64 = stored.0.query_row(made, [about], |row| row.get(0)).unwrap();
        if waiting == 0 && made > 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{about} is not in the feed");
}

pub fn problem_at(said: &Said) -> String {
    assert_eq!(said.status, 400, "{}", said.text());
    match said.problem() {
        Problem::Malformed { place, .. } => place,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::people(Method::GET, "/api/v1/people")]
#[case::a_new_person(Method::POST, "/api/v1/people")]
#[case::another_person(Method::GET, &format!("/api/v1/people/{}", person(3)))]
#[case::a_change_of_another(Method::POST, &format!("/api/v1/people/{}", person(3)))]
#[case::posts(Method::POST, &format!("/api/v1/people/{}/posts", person(2)))]
#[case::an_invitation(Method::POST, &format!("/api/v1/people/{}/invitation", person(2)))]
#[case::sites(Method::GET, "/api/v1/sites")]
#[case::a_site(Method::POST, "/api/v1/sites")]
#[case::a_class(Method::POST, "/api/v1/classes")]
#[case::an_agreement(Method::POST, "/api/v1/agreement")]
#[tokio::test]
async fn what_is_for_admins_is_refused_to_others(#[case] method: Method, #[case] path: &str) {
    let (server, _) = with_an_admin().await;
    let lead = Post {
        role: Role::Lead,
        place: Place::District,
    };
    server.person(3, &[lead]).await;
    let url = format!("{}{path}", server.url);
    let ask = || {
        client()
            .request(method.clone(), &url)
            .header("content-type", "application/json")
            .body("{}")
    };
    for device in [2, 3] {
        // Person 3 is nobody else to themselves.
        if path.ends_with(&person(device).to_string()) {
            continue;
        }
        assert_not_allowed(&Said::from(ask().bearer_auth(token(device))).await);
    }
    assert_not_signed_in(&Said::from(ask()).await);
}

#[tokio::test]
async fn who_was_an_admin_is_one_no_longer() {
    let (server, admin) = with_an_admin().await;
    let second = server.person(2, &[ADMIN]).await;
    let posts = |device| format!("/api/v1/people/{}/posts", person(device));
    let ended = post(&server, &posts(1), &second, &json!({"end": [ADMIN]})).await;
    assert_eq!(read::<OfficePerson>(&ended).posts, []);
    assert_not_allowed(&get(&server, "/api/v1/people", &admin).await);
}

#[tokio::test]
async fn the_last_admin_stays() {
    let (server, admin) = with_an_admin().await;
    // The one that the start made leaves first.
    let page: PeoplePage = read(&get(&server, "/api/v1/people", &admin).await);
    let first = page
        .people
        .iter()
        .find(|one| one.name.as_deref() == Some("Admin"));
    let path = format!("/api/v1/people/{}", first.unwrap().id);
    read::<OfficePerson>(&post(&server, &path, &admin, &json!({"left": true})).await);
    let own = format!("/api/v1/people/{}", person(1));
    assert_not_allowed(&post(&server, &own, &admin, &json!({"left": true})).await);
    let posts = format!("{own}/posts");
    assert_not_allowed(&post(&server, &posts, &admin, &json!({"end": [ADMIN]})).await);
    let there: OfficePerson = read(&get(&server, &own, &admin).await);
    assert_eq!((there.left_at_utc_ms, there.posts), (None, vec![ADMIN]));
}

#[tokio::test]
async fn a_person_is_added_once_however_often_it_is_sent() {
    let (server, admin) = with_an_admin().await;
    let coach = Post {
        role: Role::Coach,
        place: Place::Site(site(1)),
    };
    let adds = json!({
        "id": person(50), "name": "Luz Ortega", "mail": "luz@school.example",
        "language": "es", "posts": [coach],
    });
    let first: OfficePerson = read(&post(&server, "/api/v1/people", &admin, &adds).await);
    assert_eq!(first.posts, [coach]);
    assert_eq!(
        (first.language, first.peer_visits),
        (Language::Spanish, false)
    );
    brought(&server, "people").await;
    let again: OfficePerson = read(&post(&server, "/api/v1/people", &admin, &adds).await);
    assert_eq!(again, first);
    let other = json!({"id": person(50), "name": "Somebody else"});
    let said = post(&server, "/api/v1/people", &admin, &other).await;
    assert_eq!(said.problem(), Problem::IdTaken);
    // An address leads to one person, in whatever case it is written.
    let same_mail = json!({"id": person(51), "name": "Eva", "mail": "LUZ@school.example"});
    let said = post(&server, "/api/v1/people", &admin, &same_mail).await;
    assert_eq!(problem_at(&said), "mail");
}

#[rstest]
#[case::nothing(json!({}), "request")]
#[case::no_id(json!({"name": "Eva"}), "request")]
#[case::an_id_that_is_none(json!({"id": "eva", "name": "Eva"}), "request")]
#[case::no_name(json!({"id": person(50), "name": ""}), "name")]
#[case::two_lines(json!({"id": person(50), "name": "Eva\nLuna"}), "name")]
#[case::no_mail(json!({"id": person(50), "name": "Eva", "mail": "eva"}), "mail")]
#[case::a_third_language(json!({"id": person(50), "name": "Eva", "language": "fr"}), "request")]
#[case::a_teacher_of_the_district(
    json!({"id": person(50), "name": "Eva", "posts": [{"role": "teacher", "place": "district"}]}), "posts")]
#[case::an_admin_of_a_site(
    json!({"id": person(50), "name": "Eva", "posts": [{"role": "admin", "place": {"site": site(1)}}]}), "posts")]
#[case::a_site_that_is_not_known(
    json!({"id": person(50), "name": "Eva", "posts": [{"role": "coach", "place": {"site": site(9)}}]}), "posts")]
#[case::an_idea_of_two_words(
    json!({"id": person(50), "name": "Eva", "posts": [{"role": "pilot", "place": {"idea": "three/reads"}}]}), "posts")]
#[case::too_many_posts(
    json!({"id": person(50), "name": "Eva", "posts": vec![json!({"role": "lead", "place": "district"}); 51]}), "posts")]
#[case::a_wish(json!({"id": person(50), "name": "Eva", "wish": 1}), "request")]
#[tokio::test]
async fn a_person_who_cannot_stand_is_refused(#[case] adds: Value, #[case] place: &str) {
    let (server, admin) = with_an_admin().await;
    let said = post(&server, "/api/v1/people", &admin, &adds).await;
    assert_eq!(problem_at(&said), place);
    let path = format!("/api/v1/people/{}", person(50));
    let there = get(&server, &path, &admin).await;
    assert_eq!((there.status, there.problem()), (404, Problem::NotFound));
}

#[tokio::test]
async fn a_person_changes_their_own_language_and_peer_visits_and_no_more() {
    let (server, admin) = with_an_admin().await;
    let own = format!("/api/v1/people/{}", person(2));
    let change = json!({"name": "Person 2", "language": "es", "peer_visits": true});
    let changed: OfficePerson = read(&post(&server, &own, &token(2), &change).await);
    assert_eq!(changed.name.as_deref(), Some("Person 2"));
    assert_eq!(
        (changed.language, changed.peer_visits),
        (Language::Spanish, true)
    );
    brought(&server, "people").await;
    assert_eq!(
        read::<OfficePerson>(&get(&server, &own, &token(2)).await),
        changed
    );
    for not_theirs in [
        json!({"mail": "luz@school.example"}),
        json!({"mail": null}),
        json!({"left": true}),
        // The office calls them otherwise, and colleagues read it.
        json!({"name": "Carla Banerjee"}),
    ] {
        assert_not_allowed(&post(&server, &own, &token(2), &not_theirs).await);
    }
    // What is not said stays; `null` takes the address away.
    let mail = json!({"mail": "luz@school.example"});
    let mailed: OfficePerson = read(&post(&server, &own, &admin, &mail).await);
    assert_eq!(mailed.mail.as_deref(), Some("luz@school.example"));
    assert_eq!(mailed.name, changed.name);
    let renamed: OfficePerson = read(&post(&server, &own, &admin, &json!({"name": "Luz"})).await);
    assert_eq!(renamed.name.as_deref(), Some("Luz"));
    let none: OfficePerson = read(&post(&server, &own, &admin, &json!({"mail": null})).await);
    assert_eq!((none.mail, none.peer_visits), (None, true));
    let nobody = format!("/api/v1/people/{}", person(99));
    let said = post(&server, &nobody, &admin, &json!({"name": "Eva"})).await;
    assert_eq!((said.status, said.problem()), (404, Problem::NotFound));
}

#[tokio::test]
async fn posts_are_given_and_ended_and_their_past_is_kept() {
    let (server, admin) = with_an_admin().await;
    let path = format!("/api/v1/people/{}/posts", person(2));
    let coach = Post {
        role: Role::Coach,
        place: Place::Site(site(1)),
    };
    let pilot = Post {
        role: Role::Pilot,
        place: Place::Idea("three-reads".into()),
    };
    let give = json!({"give": [coach, pilot]});
    for _ in 0..2 {
        let given: OfficePerson = read(&post(&server, &path, &admin, &give).await);
        assert_eq!(given.posts, [coach.clone(), pilot.clone()]);
    }
    let ended: OfficePerson = read(&post(&server, &path, &admin, &json!({"end": [coach]})).await);
    assert_eq!(ended.posts, std::slice::from_ref(&pilot));
    read::<OfficePerson>(&post(&server, &path, &admin, &json!({"give": [coach]})).await);
    let stored = server.stored();
    let rows: i64 = stored
        .0
        .query_row(
            "select count(*) from post where role = 'coach'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(rows, 2, "the one that ended and the one that is held");
    let both = json!({"give": [pilot], "end": [pilot]});
    assert_eq!(
        problem_at(&post(&server, &path, &admin, &both).await),
        "end"
    );
}

#[tokio::test]
async fn people_come_page_by_page_and_each_once() {
    let (server, admin) = with_an_admin().await;
    let stored = server.stored();
    stored
        .0
        .execute_batch(
            "with recursive counted(n) as (select 1 union all select n + 1 from counted where n < 450)
             insert into person (id, name, added_at_utc_ms)
             select randomblob(16), 'Person ' || n, 0 from counted",
        )
        .unwrap();
    let (mut ids, mut path, mut pages) = (Vec::new(), "/api/v1/people".to_owned(), 0);
    loop {
        let page: PeoplePage = read(&get(&server, &path, &admin).await);
        ids.extend(page.people.iter().map(|one| one.id));
        pages += 1;
        match page.next {
            Some(next) => path = format!("/api/v1/people?after={next}"),
            None => break,
        }
    }
    // 450, nine devices' people, and the first admin.
    assert_eq!((pages, ids.len()), (3, 460));
    assert!(ids.is_sorted_by(|one, next| one < next));
}

#[rstest]
#[case::no_id("/api/v1/people/luz")]
#[case::an_invitation_for_nobody(&format!("/api/v1/people/{}/invitation", person(99)))]
#[case::an_invitation_for_no_id("/api/v1/people/luz/invitation")]
#[case::posts_of_nobody(&format!("/api/v1/people/{}/posts", person(99)))]
#[case::a_device_that_is_no_id("/api/v1/devices/phone/end")]
#[tokio::test]
async fn what_is_not_there_is_not_found(#[case] path: &str) {
    let (server, admin) = with_an_admin().await;
    let said = post(&server, path, &admin, &json!({})).await;
    assert_eq!((said.status, said.problem()), (404, Problem::NotFound));
}

#[tokio::test]
async fn a_request_of_the_office_is_json_of_a_bounded_size() {
    let (server, admin) = with_an_admin().await;
    let request = || {
        client()
            .post(format!("{}/api/v1/people", server.url))
            .bearer_auth(&admin)
    };
    let said = Said::from(request().body("{}")).await;
    assert_eq!((said.status, said.problem()), (415, Problem::NotJson));
    let large = request()
        .header("content-type", "application/json")
        .body(" ".repeat(OFFICE_MAX_BYTES + 1));
    let said = Said::from(large).await;
    assert_eq!(said.status, 413);
    assert!(matches!(said.problem(), Problem::TooLarge { .. }));
    // An invitation needs no body.
    assert_eq!(invitation(&server, &admin, person(2)).await.len(), 64);
}

#[rstest]
#[case::sign_in(Method::POST, SIGN_IN_PATH)]
#[case::a_code(Method::POST, CODES_PATH)]
#[case::sign_out(Method::POST, SIGN_OUT_PATH)]
#[case::devices(Method::GET, DEVICES_PATH)]
#[case::people(Method::GET, PEOPLE_PATH)]
#[case::a_new_person(Method::POST, PEOPLE_PATH)]
#[case::sites(Method::GET, SITES_PATH)]
#[case::a_class(Method::POST, CLASSES_PATH)]
#[case::the_agreement(Method::GET, AGREEMENT_PATH)]
#[tokio::test]
async fn a_broken_store_is_a_fault_on_every_address(#[case] method: Method, #[case] path: &str) {
    let body = serde_json::json!({
        "protocol": 1, "secret": "a secret", "device": device_id(1), "formerly": null,
    });
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .header("authorization", "Bearer anything")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = over(Broken::Fails).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 500);
    let body = axum::body::to_bytes(response.into_body(), 1_000).await;
    let failure: Failure = serde_json::from_slice(&body.unwrap()).unwrap();
    assert_eq!(failure.problem, Problem::ServerFailed);
}
