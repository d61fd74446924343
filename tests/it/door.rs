//! The door of a device without a window: which store is open, who is let in, and what is asked twice.

use crate::device_sign_in::sign_in;
use crate::native::{device, head, open, tap, until_there};
use crate::server::TestServer;
use crate::sign_in_again::losing_one_answer;
use crate::signed_in::{ADMIN, device_id, get, invitation, person, read};
use crate::support::forms::publish_three_reads;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::problem::Problem;
use lookfor::host::{Me, Opened, Reply, Request, clock};
use lookfor::sync::office::DevicesPage;
use rstest::rstest;

/// A tap that begins a visit.
fn keep(visit: u32) -> Request {
    Request::Keep {
        head: head(visit),
        tap: tap(1, Rating::Seen),
    }
}

fn is(answer: &Result<Reply, Problem>, whom: u8) -> bool {
    matches!(answer, Ok(Reply::Opened(Opened { me: Me::SignedIn { id, .. }, .. })) if *id == person(whom))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_person_asks_does_nothing_in_the_store_of_another() {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    publish_three_reads(&server.data);
    let folder = tempfile::tempdir().unwrap();
    let host = device(folder.path(), &server.url);
    open(&host).await;
    for whom in [2, 3] {
        sign_in(&host, invitation(&server, &admin, person(whom)).await).await;
        until_there(&host).await;
    }
    let jot = Request::Jot {
        key: "reply".into(),
        text: "Thank you".into(),
        at: clock::now(),
    };
    for request in [keep(1), jot, Request::SignOut, Request::Today] {
        let refused = host.ask_as(Some(person(2)), request).await;
        assert_eq!(refused, Err(Problem::SomebodyElse));
    }
    let key = "reply".to_owned();
    let jotted = host.ask_as(Some(person(3)), Request::Jotted { key }).await;
    assert_eq!(jotted, Ok(Reply::Jotted(None)));
    assert!(is(&host.ask(Request::Open).await, 3), "nobody signed out");

    // Whoever is asked for is let in, and then their own requests are.
    assert_eq!(host.ask_as(Some(person(3)), keep(1)).await, Ok(Reply::Done));
    let change = Request::Use { person: person(2) };
    assert!(is(&host.ask_as(Some(person(3)), change).await, 2));
    assert_eq!(host.ask_as(Some(person(2)), keep(1)).await, Ok(Reply::Done));
}

#[tokio::test]
async fn a_store_that_another_window_held_opens_with_the_next_question() {
    let folder = tempfile::tempdir().unwrap();
    let first = device(folder.path(), "http://127.0.0.1:9");
    let second = device(folder.path(), "http://127.0.0.1:9");
    open(&first).await;
    assert_eq!(second.ask(Request::Open).await, Err(Problem::OpenElsewhere));
    assert_eq!(
        second.ask(Request::Today).await,
        Err(Problem::OpenElsewhere)
    );
    assert_eq!(first.ask(Request::Close).await, Ok(Reply::Done));
    let today = second.ask(Request::Today).await;
    assert!(matches!(today, Ok(Reply::Today(_))), "{today:?}");
    // What was given away is not taken back by a question.
    assert_eq!(second.ask(Request::Close).await, Ok(Reply::Done));
    assert_eq!(first.ask(Request::Today).await, Err(Problem::TakenOver));
}

#[tokio::test]
async fn a_store_that_did_not_open_can_be_opened_once_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("store.sqlite");
    std::fs::create_dir(&in_the_way).unwrap();
    let host = device(folder.path(), "http://127.0.0.1:9");
    for request in [Request::Open, Request::Today] {
        let failed = host.ask(request).await;
        assert!(
            matches!(failed, Err(Problem::StoreFailed { .. })),
            "{failed:?}"
        );
    }
    std::fs::remove_dir(&in_the_way).unwrap();
    let today = host.ask(Request::Today).await;
    assert!(matches!(today, Ok(Reply::Today(_))), "{today:?}");
}

/// As a page does whose worker died: the one after it knows nothing of the first time.
#[rstest]
#[case::on_a_new_device(&[2], false)]
#[case::on_a_new_device_when_the_answer_was_lost(&[2], true)]
#[case::beside_somebody_else(&[3, 2], false)]
#[case::beside_somebody_else_when_the_answer_was_lost(&[3, 2], true)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_that_is_asked_again_of_another_worker_is_the_same(
    #[case] whom: &[u8],
    #[case] is_lost: bool,
) {
    let server = TestServer::start().await;
    let admin = server.person(1, &[ADMIN]).await;
    let folder = tempfile::tempdir().unwrap();
    let [before @ .., last] = whom else {
        panic!("somebody signs in")
    };
    for whom in before {
        let host = device(folder.path(), &server.url);
        open(&host).await;
        sign_in(&host, invitation(&server, &admin, person(*whom)).await).await;
        assert_eq!(host.ask(Request::Close).await, Ok(Reply::Done));
    }
    let request = Request::sign_in(invitation(&server, &admin, person(*last)).await);
    let url = match is_lost {
        true => losing_one_answer(&server.url).await,
        false => server.url.clone(),
    };
    let host = device(folder.path(), &url);
    open(&host).await;
    let first = host.ask(request.clone()).await;
    match is_lost {
        true => assert_eq!(first, Err(Problem::NoAnswer)),
        false => assert!(is(&first, *last), "{first:?}"),
    }
    assert_eq!(host.ask(Request::Close).await, Ok(Reply::Done));

    let next = device(folder.path(), &server.url);
    open(&next).await;
    let again = next.ask(request).await;
    assert!(is(&again, *last), "{again:?}");
    let devices: DevicesPage = read(&get(&server, "/api/v1/devices", &admin).await);
    let theirs = devices.devices.iter().filter(|one| {
        one.person == person(*last) && one.id != device_id(*last) && one.ended_at_utc_ms.is_none()
    });
    assert_eq!(theirs.count(), 1);
}
