//! A sign-in whose answer was lost, that could not be kept, or that comes a second time: nothing is lost by it,
//! and no more than one device is left.

use crate::device_sign_in::{carry, sign_in};
use crate::native::{device, open, until_on_the_server, visit};
use crate::server::{TestServer, receipt};
use crate::signed_in::{
    ADMIN, ask, asking, assert_not_allowed, assert_not_signed_in, assert_unknown, code, device_id,
    get, invitation, new_device, person, post, push_said, read, signed_in, token,
};
use crate::support::forms::publish_three_reads;
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::walkthrough::{Setting, Walkthrough, Whom};
use lookfor::domain::event::{Envelope, Origin};
use lookfor::domain::id::{DraftId, EventId, SiteId};
use lookfor::domain::problem::Problem;
use lookfor::host::{Reply, Request};
use lookfor::sync::office::DevicesPage;
use lookfor::sync::protocol::Answer;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn the_device_that_a_secret_signed_in_may_show_it_again_for_ten_minutes() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let secret = invitation(&server, &admin, person(2)).await;
    let lost = signed_in(&server.url, &asking(&secret, new_device(1))).await;
    // No other device, neither before nor after.
    assert_unknown(&ask(&server.url, &asking(&secret, new_device(2))).await);
    let again = signed_in(&server.url, &asking(&secret, new_device(1))).await;
    assert_eq!(again.person, lost.person);
    assert_unknown(&ask(&server.url, &asking(&secret, new_device(2))).await);
    assert_not_signed_in(&get(&server, "/api/v1/devices", &lost.token).await);
    let devices: DevicesPage = read(&get(&server, "/api/v1/devices", &again.token).await);
    assert_eq!(
        devices.devices.len(),
        2,
        "theirs of before, and the new one"
    );

    // Ten minutes from the first time, however often it was said again.
    let sql = "update secret set used_at_utc_ms = used_at_utc_ms - ?1";
    server.stored().0.execute(sql, [540_000]).unwrap();
    let third = signed_in(&server.url, &asking(&secret, new_device(1))).await;
    server.stored().0.execute(sql, [60_000]).unwrap();
    assert_unknown(&ask(&server.url, &asking(&secret, new_device(1))).await);
    assert_eq!(
        get(&server, "/api/v1/devices", &third.token).await.status,
        200
    );
}

#[tokio::test]
async fn a_secret_is_not_said_again_after_its_sign_in_was_ended() {
    let server = TestServer::start().await;
    let secret = code(&server, &token(2)).await;
    let tablet = signed_in(&server.url, &asking(&secret, new_device(1))).await;
    read::<Value>(&post(&server, "/api/v1/sign-out", &tablet.token, &json!(null)).await);
    assert_unknown(&ask(&server.url, &asking(&secret, new_device(1))).await);
}

#[rstest]
#[case::by_themselves("/api/v1/sign-out", 2)]
#[case::by_an_admin("/api/v1/devices/{}/end", 1)]
#[tokio::test]
async fn who_is_signed_out_leaves_no_code_behind(#[case] path: &str, #[case] by: u8) {
    let server = TestServer::start().await;
    server.person(1, &[ADMIN]).await;
    let typed = code(&server, &token(2)).await;
    let of_another = code(&server, &token(3)).await;
    let path = path.replace("{}", &device_id(2).to_string());
    read::<Value>(&post(&server, &path, &token(by), &json!(null)).await);
    assert_unknown(&ask(&server.url, &asking(&typed, new_device(1))).await);
    signed_in(&server.url, &asking(&of_another, new_device(2))).await;
    assert_not_signed_in(&push_said(&server, &token(2), 2).await);
}

/// A visit of person 2 to this teacher.
fn naming(teacher: u8) -> Envelope {
    let at = crate::server::NOON;
    let origin = Origin {
        id: EventId::mint(1, [1; 10]),
        device: device_id(2),
        number: 1,
        author: person(2),
        at,
    };
    let walkthrough = Walkthrough {
        draft: DraftId::mint(1, [1; 10]),
        visit: 1,
        form: Form::three_reads().form,
        begun: at,
        rated: vec![Rated {
            look_for: LookForKey("purpose-said".into()),
            rating: Rating::Seen,
        }],
        setting: Some(Setting {
            site: SiteId::mint(1, [1; 10]),
            whom: Whom::Named {
                teacher: person(teacher),
                class: None,
            },
            observers: 1,
            notice_given: false,
            minutes: 5,
            agreement: 1,
        }),
        phase: None,
        students: None,
        focus_seats: None,
    };
    Envelope::seal(origin, &walkthrough, None)
}

/// Else whoever knows the id of a teacher who is still to be entered would take that teacher's visits.
#[tokio::test]
async fn an_id_that_a_stored_visit_names_is_nobodys_to_take_over() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let answers = crate::server::push_as(&server.url, Some(&token(2)), &[naming(80)]).await;
    assert!(matches!(answers.unwrap()[..], [Answer::Receipt(_)]));
    let secret = invitation(&server, &admin, person(3)).await;
    let mut asks = asking(&secret, new_device(3));
    // At once, and when the projector has taken the visit.
    asks.formerly = Some(person(80));
    assert_not_allowed(&ask(&server.url, &asks).await);
    let taken = "select count(*) from refused_visit";
    for _ in 0..3_000 {
        if server.stored().0.query_row(taken, [], |row| row.get(0)) == Ok(1) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_not_allowed(&ask(&server.url, &asks).await);
    asks.formerly = Some(person(81));
    let adopted = signed_in(&server.url, &asks).await;
    let before = crate::server::sealed(81, 1);
    let answers = crate::server::push_as(&server.url, Some(&adopted.token), &[before]).await;
    receipt(&answers.unwrap()[0]);
}

/// A way to a server on which the first answer is lost.
pub async fn losing_one_answer(server: &str) -> String {
    let server = server.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut lost = false;
        while let Ok((mut near, _)) = listener.accept().await {
            let mut far = TcpStream::connect(&server).await.unwrap();
            if lost {
                tokio::spawn(async move { copy_bidirectional(&mut near, &mut far).await });
                continue;
            }
            let mut piece = [0; 16 * 1024];
            let read = near.read(&mut piece).await.unwrap();
            lost = piece.starts_with(b"POST /api/v1/sign-in");
            far.write_all(&piece[..read]).await.unwrap();
            // The server has said something, and nobody hears it.
            far.read_exact(&mut [0; 1]).await.unwrap();
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_whose_answer_was_lost_works_with_the_same_secret() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let folder = tempfile::tempdir().unwrap();
    let host = device(folder.path(), &losing_one_answer(&server.url).await);
    open(&host).await;
    carry(folder.path());
    visit(&host, 1).await;
    for whom in [2, 3] {
        // For the second one the store in use is the first one's: each time a device id is drawn.
        let secret = invitation(&server, &admin, person(whom)).await;
        if whom == 2 {
            let secret = secret.clone();
            let lost = host.ask(Request::sign_in(secret)).await;
            assert_eq!(lost, Err(Problem::NoAnswer));
        }
        sign_in(&host, secret).await;
    }
    let back = Request::Use { person: person(2) };
    assert!(matches!(host.ask(back).await, Ok(Reply::Opened(_))));
    until_on_the_server(&host, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_yes_of_the_server_that_the_device_cannot_keep_is_said_again() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let folder = tempfile::tempdir().unwrap();
    let host = device(folder.path(), &server.url);
    open(&host).await;
    sign_in(&host, invitation(&server, &admin, person(2)).await).await;
    // Where the store of the next person would lie, something else does.
    let in_the_way = folder.path().join(person(3).to_string());
    std::fs::write(&in_the_way, "").unwrap();
    let secret = invitation(&server, &admin, person(3)).await;
    let failed = host.ask(Request::sign_in(secret.clone()));
    assert!(failed.await.is_err());
    std::fs::remove_file(&in_the_way).unwrap();
    let opened = sign_in(&host, secret).await;
    assert!(
        matches!(opened.me, lookfor::host::Me::SignedIn { id, .. } if id == person(3)),
        "{:?}",
        opened.me
    );
    let devices: DevicesPage = read(&get(&server, "/api/v1/devices", &admin).await);
    let theirs = devices.devices.iter().filter(|one| one.person == person(3));
    assert_eq!(theirs.count(), 2, "the test's own, and this one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_again_on_a_device_ends_its_sign_in_of_before() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let folder = tempfile::tempdir().unwrap();
    let host = device(folder.path(), &server.url);
    open(&host).await;
    publish_three_reads(&server.data);
    sign_in(&host, invitation(&server, &admin, person(2)).await).await;
    visit(&host, 1).await;
    sign_in(&host, invitation(&server, &admin, person(2)).await).await;
    visit(&host, 2).await;
    until_on_the_server(&host, 2).await;
    let devices: DevicesPage = read(&get(&server, "/api/v1/devices", &admin).await);
    let theirs = devices.devices.iter().filter(|one| one.person == person(2));
    let ended: Vec<bool> = theirs
        .filter(|one| one.id != device_id(2))
        .map(|one| one.ended_at_utc_ms.is_some())
        .collect();
    assert_eq!(ended.len(), 2);
    assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
}
