//! How a person comes to be signed in on a device.

use crate::server::{Process, Said, TestServer, client, push_as, receipt, sealed};
use crate::signed_in::{
    ADMIN, ask, asking, assert_not_allowed, assert_unknown, code, device_id, get, invitation,
    new_device, person, post, read, secret_of, signed_in, token,
};
use lookfor::domain::hash::Sha256;
use lookfor::domain::problem::Problem;
use lookfor::domain::sign_in::TypedCode;
use lookfor::server::store::secrets::{NewSecret, SecretKind, Secrets};
use lookfor::sync::office::{DevicesPage, OfficePerson};
use lookfor::sync::protocol::{Answer, SIGN_IN_PATH};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

#[tokio::test]
async fn from_the_first_link_to_a_teacher_with_two_devices() {
    let server = TestServer::start().await;
    let link = server.first_sign_in.clone().unwrap();
    assert!(link.starts_with(&format!("{}/join#", server.url)), "{link}");
    // Looking at the link uses nothing up.
    for _ in 0..3 {
        server.get("/join").await;
    }
    let admin = signed_in(&server.url, &asking(&secret_of(&link), new_device(1))).await;
    assert_eq!(admin.name, "Admin");
    let path = format!("/api/v1/people/{}", admin.person);
    let named = post(&server, &path, &admin.token, &json!({"name": "Ana Núñez"})).await;
    let named: OfficePerson = read(&named);
    assert_eq!(named.name.as_deref(), Some("Ana Núñez"));
    assert_eq!(named.posts.len(), 2, "a lead and an admin: {named:?}");

    let teacher = person(50);
    let adds = json!({"id": teacher, "name": "Luz Ortega", "language": "es"});
    read::<OfficePerson>(&post(&server, "/api/v1/people", &admin.token, &adds).await);
    let secret = invitation(&server, &admin.token, teacher).await;
    let phone = signed_in(&server.url, &asking(&secret, device_id(50))).await;
    assert_eq!((phone.person, phone.name.as_str()), (teacher, "Luz Ortega"));

    let code = code(&server, &phone.token).await;
    assert_eq!(code.len(), 9, "{code}");
    let typed = code.to_lowercase().replace('-', " ").replace('0', "o");
    let tablet = signed_in(&server.url, &asking(&typed, new_device(2))).await;
    assert_eq!(tablet.person, teacher);
    for token in [&phone.token, &tablet.token] {
        let answers = push_as(&server.url, Some(token), &[sealed(50, 1)]).await;
        receipt(&answers.unwrap()[0]);
    }
    let devices: DevicesPage = read(&get(&server, "/api/v1/devices", &tablet.token).await);
    let labels: BTreeSet<_> = devices
        .devices
        .iter()
        .map(|device| &*device.label)
        .collect();
    assert_eq!(
        (devices.devices.len(), labels),
        (2, ["Chrome, Android"].into())
    );
}

#[tokio::test]
async fn a_start_makes_a_fresh_first_link_until_an_admin_is_signed_in() {
    let folder = tempfile::tempdir().unwrap();
    let start = async || {
        let data = folder.path().to_owned();
        TestServer::with(|config| config.data = data).await
    };
    let mut server = start().await;
    let first = secret_of(&server.first_sign_in.clone().unwrap());
    server.stop().await;
    let mut server = start().await;
    let second = secret_of(&server.first_sign_in.clone().unwrap());
    assert_unknown(&ask(&server.url, &asking(&first, new_device(1))).await);
    let admin = signed_in(&server.url, &asking(&second, new_device(1))).await;
    assert_unknown(&ask(&server.url, &asking(&second, new_device(2))).await);
    server.stop().await;
    let mut server = start().await;
    assert_eq!(server.first_sign_in, None, "an admin is signed in");
    // The only admin has lost the device: whoever can start the server gets them in again.
    read::<Value>(&post(&server, "/api/v1/sign-out", &admin.token, &json!(null)).await);
    server.stop().await;
    let server = start().await;
    let third = secret_of(&server.first_sign_in.clone().unwrap());
    let again = signed_in(&server.url, &asking(&third, new_device(3))).await;
    assert_eq!(again.person, admin.person);
}

#[tokio::test]
async fn the_program_says_the_first_link_on_its_second_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Process::spawn(folder.path());
    let [listening, link] = server.lines();
    let url = listening
        .strip_prefix("lookfor server: listening on ")
        .unwrap();
    let link = link.strip_prefix("lookfor server: first sign-in ").unwrap();
    assert!(link.starts_with(url), "{link}");
    let admin = signed_in(url, &asking(&secret_of(link), new_device(1))).await;
    assert_eq!(admin.name, "Admin");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_devices_with_one_secret_one_signs_in() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let secret = invitation(&server, &admin, person(2)).await;
    let tries: Vec<_> = (0..20)
        .map(|number| {
            let (url, asking) = (server.url.clone(), asking(&secret, new_device(number)));
            tokio::spawn(async move { ask(&url, &asking).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for one in tries {
        statuses.push(one.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!(
        statuses[1..].iter().all(|status| *status == 410),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_newer_invitation_or_code_ends_the_one_before() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let first = invitation(&server, &admin, person(2)).await;
    let of_another = invitation(&server, &admin, person(3)).await;
    let second = invitation(&server, &admin, person(2)).await;
    assert_unknown(&ask(&server.url, &asking(&first, new_device(1))).await);
    signed_in(&server.url, &asking(&second, new_device(1))).await;
    signed_in(&server.url, &asking(&of_another, new_device(2))).await;
    let first = code(&server, &token(2)).await;
    let second = code(&server, &token(2)).await;
    assert_unknown(&ask(&server.url, &asking(&first, new_device(3))).await);
    signed_in(&server.url, &asking(&second, new_device(3))).await;
}

/// What is hashed for a code could be shown as the secret of a link, at the rate of links.
#[tokio::test]
async fn a_code_signs_in_as_a_code_alone() {
    let server = TestServer::start().await;
    let code = code(&server, &token(2)).await;
    let hashed = format!("lookfor sign-in {}", code.replace('-', ""));
    assert_unknown(&ask(&server.url, &asking(&hashed, new_device(1))).await);
    signed_in(&server.url, &asking(&code, new_device(1))).await;
}

#[rstest]
#[case::an_invitation(SecretKind::Invitation)]
#[case::a_code(SecretKind::Code)]
#[tokio::test]
async fn a_secret_expires(#[case] kind: SecretKind) {
    let server = TestServer::start().await;
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    for (secret, expires_utc_ms, status) in [
        ("1ate-1ate", now_utc_ms, 410),
        ("ear1-year", now_utc_ms + 600_000, 200),
    ] {
        let (secret, sha256) = match kind {
            SecretKind::Invitation => {
                let link = format!("{secret} and more");
                let sha256 = Sha256::of(link.as_bytes());
                (link, sha256)
            }
            SecretKind::Code => {
                let code = TypedCode::typed(secret).unwrap();
                (secret.to_owned(), code.sha256())
            }
        };
        let given = server.store().give(NewSecret {
            kind,
            person: person(2),
            sha256,
            made_at_utc_ms: 0,
            expires_utc_ms,
        });
        given.await.unwrap().unwrap();
        let said = ask(&server.url, &asking(&secret, new_device(1))).await;
        assert_eq!(said.status, status, "{secret}");
    }
}

#[rstest]
#[case::nothing("")]
#[case::a_word("please")]
#[case::a_hash("0a".repeat(32))]
#[case::a_code_that_never_was("0123-ABCD")]
#[tokio::test]
async fn what_was_never_a_secret_signs_nobody_in(#[case] secret: impl Into<String>) {
    let server = TestServer::start().await;
    assert_unknown(&ask(&server.url, &asking(&secret.into(), new_device(1))).await);
}

#[rstest]
#[case::empty("", "request")]
#[case::no_secret(
    r#"{"protocol":1,"device":"01a21293-b600-7202-8202-020202020202"}"#,
    "request"
)]
#[case::a_device_that_is_no_id(
    r#"{"protocol":1,"secret":"x","device":"mine","formerly":null}"#,
    "request"
)]
#[case::a_wish(r#"{"protocol":1,"secret":"x","device":"01a21293-b600-7202-8202-020202020202","formerly":null,"role":"admin"}"#, "request")]
#[tokio::test]
async fn a_sign_in_that_is_not_one_is_refused(#[case] text: &'static str, #[case] wanted: &str) {
    let server = TestServer::start().await;
    let request = client()
        .post(format!("{}{SIGN_IN_PATH}", server.url))
        .header("content-type", "application/json")
        .body(text);
    let said = Said::from(request).await;
    assert_eq!(said.status, 400);
    assert!(matches!(said.problem(), Problem::Malformed { place, .. } if place == wanted));
}

#[tokio::test]
async fn wrong_secrets_are_limited_and_a_right_one_has_to_wait_too() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let right = code(&server, &token(2)).await;
    let mut limited = None;
    for number in 0..60 {
        let said = ask(
            &server.url,
            &asking(&format!("0000-{number:04}"), new_device(1)),
        )
        .await;
        if said.status == 429 {
            limited = Some(said);
            break;
        }
        assert_unknown(&said);
    }
    let limited = limited.expect("guessing is limited");
    let Problem::TooManyTries { wait_s } = limited.problem() else {
        panic!("{}", limited.text());
    };
    assert_eq!(limited.header("retry-after"), wait_s.to_string());
    assert!((1..=3).contains(&wait_s), "{wait_s}");
    let said = ask(&server.url, &asking(&right, new_device(1))).await;
    assert_eq!(said.status, 429);
    // Links have a limit of their own.
    let secret = invitation(&server, &admin, person(2)).await;
    signed_in(&server.url, &asking(&secret, new_device(1))).await;
}

#[tokio::test]
async fn behind_a_proxy_each_client_has_its_own_limit() {
    let server = TestServer::with(|config| config.behind_proxy = true).await;
    let tries = async |client_address: &str| {
        for number in 0..60 {
            let wrong = asking(&format!("0000-{number:04}"), new_device(1));
            let request = client()
                .post(format!("{}{SIGN_IN_PATH}", server.url))
                .header("content-type", "application/json")
                .header("x-forwarded-for", client_address)
                .body(serde_json::to_string(&wrong).unwrap());
            if Said::from(request).await.status == 429 {
                return number;
            }
        }
        60
    };
    assert!(tries("203.0.113.9, 192.0.2.1").await >= 40);
    // What the client itself claims does not count, what the proxy saw does.
    assert!(tries("203.0.113.10, 192.0.2.1").await < 5);
    assert!(tries("192.0.2.2").await >= 40);
}

#[tokio::test]
async fn what_a_store_recorded_before_anybody_signed_in_becomes_the_persons() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    // Store 60 recorded as somebody it drew for itself; person 2 signs in there.
    let mut asks = asking(&invitation(&server, &admin, person(2)).await, device_id(60));
    asks.formerly = Some(person(60));
    let adopted = signed_in(&server.url, &asks).await;
    let before = push_as(&server.url, Some(&adopted.token), &[sealed(60, 1)]).await;
    receipt(&before.unwrap()[0]);
    // Nobody else's device sends in that name, and nobody else takes it over.
    let forged = push_as(&server.url, Some(&token(3)), &[sealed(60, 2)]).await;
    assert_eq!(forged.unwrap(), [Answer::Refused(Problem::NotTheAuthor)]);
    let secret = invitation(&server, &admin, person(3)).await;
    for formerly in [person(60), person(2), person(4)] {
        let mut asks = asking(&secret, new_device(3));
        asks.formerly = Some(formerly);
        assert_not_allowed(&ask(&server.url, &asks).await);
    }
    // The same person on another store may say it again; their own id is nothing to adopt.
    for formerly in [person(60), person(2)] {
        let mut asks = asking(&invitation(&server, &admin, person(2)).await, device_id(60));
        asks.formerly = Some(formerly);
        signed_in(&server.url, &asks).await;
    }
}

#[tokio::test]
async fn no_secret_is_in_any_file() {
    let mut server = TestServer::start().await;
    let first = secret_of(&server.first_sign_in.clone().unwrap());
    let admin = signed_in(&server.url, &asking(&first, new_device(1))).await;
    let used = invitation(&server, &admin.token, person(2)).await;
    let phone = signed_in(&server.url, &asking(&used, new_device(2))).await;
    let open = invitation(&server, &admin.token, person(3)).await;
    let typed = code(&server, &phone.token).await;
    let secrets = [
        first,
        admin.token,
        used,
        phone.token,
        open,
        typed.clone(),
        typed.replace('-', ""),
    ];
    let search = |data: &Path| {
        let mut files = 0;
        for entry in std::fs::read_dir(data).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            files += 1;
            for secret in &secrets {
                let found = bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes());
                assert!(
                    !found,
                    "a secret of {} characters is in a file",
                    secret.len()
                );
            }
        }
        assert!(files >= 2, "the database and its lock");
    };
    search(&server.data);
    server.stop().await;
    search(&server.data);
}
