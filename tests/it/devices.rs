//! Whose a device is, who sees it, and how its sign-in ends.

use crate::district::{District, NOON, at_site};
use crate::facts::named;
use crate::server::{Said, TestServer, client, push_as, push_text, receipt, sealed};
use crate::signed_in::{
    ADMIN, ask, asking, assert_not_allowed, assert_not_signed_in, assert_unknown, code, device_id,
    get, invitation, new_device, person, post, push_said, read, signed_in, token,
};
use lookfor::domain::hash::Sha256;
use lookfor::domain::people::{Place, Post, Role};
use lookfor::domain::problem::Problem;
use lookfor::server::store::{Caller, Events};
use lookfor::sync::office::{DevicesPage, OfficePerson};
use lookfor::sync::protocol::{Answer, PUSH_PATH};
use serde_json::{Value, json};

#[tokio::test]
async fn a_device_of_somebody_else_stays_theirs() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let secret = invitation(&server, &admin, person(2)).await;
    assert_not_allowed(&ask(&server.url, &asking(&secret, device_id(3))).await);
    receipt(&server.push(&[sealed(3, 1)]).await[0]);
    // The secret was not used up, and the device that was theirs takes a new token.
    let again = signed_in(&server.url, &asking(&secret, device_id(2))).await;
    assert_ne!(again.token, token(2));
    let answers = push_as(&server.url, Some(&again.token), &[sealed(2, 1)]).await;
    receipt(&answers.unwrap()[0]);
    assert_not_signed_in(&push_said(&server, &token(2), 2).await);
    // Nor may one person fill the numbers of another's device.
    let taken = sealed(3, 9);
    let theirs = taken.body.replace(
        &format!(r#""author":"{}""#, person(3)),
        &format!(r#""author":"{}""#, person(2)),
    );
    let forged = lookfor::domain::event::Envelope {
        body: theirs,
        words: taken.words,
    };
    let answers = push_as(&server.url, Some(&again.token), &[forged]).await;
    assert_eq!(answers.unwrap(), [Answer::Refused(Problem::NotTheAuthor)]);
}

#[tokio::test]
async fn without_a_token_nothing_is_taken() {
    let server = TestServer::start().await;
    let request = client()
        .post(format!("{}{PUSH_PATH}", server.url))
        .header("content-type", "application/json")
        .body(push_text(&[sealed(1, 1)]));
    assert_not_signed_in(&Said::from(request).await);
    for wrong in ["", "nonsense", &Sha256::of(token(1).as_bytes()).to_string()] {
        assert_not_signed_in(&push_said(&server, wrong, 1).await);
    }
    assert_eq!(server.stored().count(), 0);
}

#[tokio::test]
async fn an_ended_device_pushes_nothing_more() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    receipt(&server.push(&[sealed(2, 1)]).await[0]);
    receipt(&server.push(&[sealed(3, 1)]).await[0]);
    // By an admin; by oneself; by the person, from another device.
    let end = |device: u8| format!("/api/v1/devices/{}/end", device_id(device));
    read::<Value>(&post(&server, &end(2), &admin, &json!(null)).await);
    read::<Value>(&post(&server, "/api/v1/sign-out", &token(3), &json!(null)).await);
    let code = code(&server, &token(4)).await;
    let other = signed_in(&server.url, &asking(&code, new_device(4))).await;
    read::<Value>(&post(&server, &end(4), &other.token, &json!(null)).await);
    for device in [2, 3, 4] {
        assert_not_signed_in(&push_said(&server, &token(device), device).await);
    }
    assert_eq!(server.stored().count(), 2);
    // To end it again changes nothing.
    let first: Value = read(&post(&server, &end(2), &admin, &json!(null)).await);
    let second: Value = read(&post(&server, &end(2), &admin, &json!(null)).await);
    assert_eq!(first, second);
    assert!(first["ended_at_utc_ms"].is_number());
}

#[tokio::test]
async fn a_device_is_ended_by_nobody_else() {
    let server = TestServer::start().await;
    for device in [device_id(3), new_device(9)] {
        let path = format!("/api/v1/devices/{device}/end");
        assert_not_allowed(&post(&server, &path, &token(2), &json!(null)).await);
    }
    receipt(&server.push(&[sealed(3, 1)]).await[0]);
    let admin = server.person(1, &[ADMIN]).await;
    let path = format!("/api/v1/devices/{}/end", new_device(9));
    assert_eq!(
        post(&server, &path, &admin, &json!(null)).await.problem(),
        Problem::NotFound
    );
}

#[tokio::test]
async fn devices_are_seen_by_their_person_and_by_admins() {
    let server = TestServer::start().await;
    let own: DevicesPage = read(&get(&server, "/api/v1/devices", &token(2)).await);
    assert_eq!(own.devices.len(), 1);
    assert_eq!(own.devices[0].id, device_id(2));
    assert_eq!(own.devices[0].name.as_deref(), Some("Person 2"));
    let admin = server.person(1, &[ADMIN]).await;
    let all: DevicesPage = read(&get(&server, "/api/v1/devices", &admin).await);
    assert_eq!((all.devices.len(), all.next), (9, None));
    let path = format!("/api/v1/devices?after={}", all.devices[6].id);
    let rest: DevicesPage = read(&get(&server, &path, &admin).await);
    assert_eq!(rest.devices, all.devices[7..]);
    let said = get(&server, "/api/v1/devices?after=the+last", &admin).await;
    assert!(matches!(said.problem(), Problem::Malformed { place, .. } if place == "query"));
}

#[tokio::test]
async fn a_person_who_left_is_signed_out_everywhere_and_may_come_back() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    server
        .person(
            2,
            &[Post {
                role: Role::Lead,
                place: Place::District,
            }],
        )
        .await;
    let invited = invitation(&server, &admin, person(2)).await;
    let typed = code(&server, &token(2)).await;
    let path = format!("/api/v1/people/{}", person(2));
    let left: OfficePerson = read(&post(&server, &path, &admin, &json!({"left": true})).await);
    assert!(
        left.left_at_utc_ms.is_some() && left.posts.is_empty(),
        "{left:?}"
    );
    assert_not_signed_in(&push_said(&server, &token(2), 2).await);
    for secret in [&invited, &typed] {
        assert_unknown(&ask(&server.url, &asking(secret, device_id(2))).await);
    }
    let path_to_invite = format!("{path}/invitation");
    assert_not_allowed(&post(&server, &path_to_invite, &admin, &json!(null)).await);
    assert_eq!(server.stored().count(), 0);

    let back: OfficePerson = read(&post(&server, &path, &admin, &json!({"left": false})).await);
    assert!(
        back.left_at_utc_ms.is_none() && back.posts.is_empty(),
        "{back:?}"
    );
    assert_not_signed_in(&push_said(&server, &token(2), 2).await);
    let secret = invitation(&server, &admin, person(2)).await;
    signed_in(&server.url, &asking(&secret, device_id(2))).await;
}

#[tokio::test]
async fn who_has_no_posts_any_more_still_sends_what_they_recorded() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let lead = Post {
        role: Role::Lead,
        place: Place::District,
    };
    server.person(2, std::slice::from_ref(&lead)).await;
    let path = format!("/api/v1/people/{}/posts", person(2));
    let ended: OfficePerson = read(&post(&server, &path, &admin, &json!({"end": [lead]})).await);
    assert_eq!(ended.posts, []);
    receipt(&server.push(&[sealed(2, 1)]).await[0]);
}

#[tokio::test]
async fn a_device_is_noted_as_seen_about_once_a_minute() {
    let server = TestServer::start().await;
    let stored = server.stored();
    let seen = || -> i64 {
        let sql = "select seen_at_utc_ms from device where id = ?1";
        let id = device_id(2);
        stored
            .0
            .query_row(sql, [id.0.as_bytes()], |row| row.get(0))
            .unwrap()
    };
    let first = seen();
    get(&server, "/api/v1/devices", &token(2)).await;
    assert_eq!(seen(), first);
    stored
        .0
        .execute(
            "update device set seen_at_utc_ms = seen_at_utc_ms - 60000",
            [],
        )
        .unwrap();
    get(&server, "/api/v1/devices", &token(2)).await;
    assert!(seen() >= first);
}

/// Its body may come as slowly as its sender likes: who it was from is asked again when it is stored.
#[tokio::test]
async fn a_push_that_was_under_way_when_its_device_was_ended_is_not_kept() {
    let district = District::open().await;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let stored = district.server.stored().0;
    let end = "update device set ended_at_utc_ms = 1 where id = ?1";
    assert_eq!(stored.execute(end, [coach.device.0.as_bytes()]), Ok(1));
    let caller = Caller {
        person: coach.person,
        device: coach.device,
    };
    let visit = coach.visit(named(&teacher), "I saw pairs.").1;
    let store = district.server.store();
    let pushed = store.push(vec![visit.into()], caller, NOON.at_utc_ms).await;
    assert_eq!(pushed.unwrap(), Err(Problem::NotSignedIn));
    let kept = "select count(*) from event";
    let kept: u32 = stored.query_row(kept, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 0);
}
