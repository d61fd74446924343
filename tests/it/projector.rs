//! The projector: it goes on whatever happens, and tells who listens.

use crate::district::{District, at_site};
use crate::facts::named;
use crate::server::TestServer;
use lookfor::domain::people::Role;
use lookfor::sync::protocol::NEWS_PATH;
use std::time::Duration;

#[tokio::test]
async fn news_say_pull_when_there_is_something_and_end_with_the_server() {
    let mut district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    district.settled().await;
    let mut stream = teacher
        .request(&district.server, NEWS_PATH)
        .send()
        .await
        .unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let first = stream.chunk().await.unwrap().unwrap();
    assert_eq!(first, "data: pull\n\n");
    let visit = observer.visit(named(&teacher), "I saw");
    observer.says(&district.server, visit).await;
    let news = tokio::time::timeout(Duration::from_secs(30), stream.chunk()).await;
    assert_eq!(news.expect("news come").unwrap().unwrap(), "data: pull\n\n");
    district.server.stop().await;
    while let Ok(Some(_)) = stream.chunk().await {}
}

#[tokio::test]
async fn a_device_that_was_ended_hears_nothing_more() {
    let district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    district.settled().await;
    let asked = teacher.request(&district.server, NEWS_PATH).send().await;
    let mut stream = asked.unwrap();
    let first = stream.chunk().await.unwrap().unwrap();
    assert_eq!(first, "data: pull\n\n");
    let stored = district.server.stored().0;
    let end = "update device set ended_at_utc_ms = 1 where id = ?1";
    assert_eq!(stored.execute(end, [teacher.device.0.as_bytes()]), Ok(1));
    let visit = observer.visit(named(&teacher), "I saw");
    observer.says(&district.server, visit).await;
    let heard = tokio::time::timeout(Duration::from_secs(30), stream.chunk()).await;
    assert_eq!(heard.expect("the stream ends").unwrap(), None);
}

#[tokio::test]
async fn an_event_that_cannot_be_projected_stops_nothing_and_is_tried_again_at_the_next_start() {
    let mut district = District::open().await;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    district.settled().await;
    let (poison, poisoned) = observer.visit(named(&teacher), "I saw");
    let (_, good) = observer.visit(named(&teacher), "I heard");
    let trigger = format!(
        "create trigger broken before insert on document \
         when new.about = 'walkthrough:{poison}' begin select raise(abort, 'broken'); end"
    );
    district.server.stored().0.execute_batch(&trigger).unwrap();
    observer.push(&district.server, &[poisoned, good]).await;
    let parked = "select count(*) from parked";
    district.until(parked, 1).await;
    let visits = "select count(*) from document where kind = 'walkthrough'";
    // One for the observer and one for the teacher, of the visit that can be projected.
    district.until(visits, 2).await;

    let connection = district.server.stored().0;
    connection.execute_batch("drop trigger broken").unwrap();
    drop(connection);
    let data = district.server.data.clone();
    district.server.stop().await;
    let again = TestServer::with(|config| config.data = data).await;
    district.follow(again);
    district.settled().await;
    district.until(visits, 4).await;
    district.until(parked, 0).await;
}

#[tokio::test]
async fn a_third_stream_of_one_device_has_to_wait() {
    let district = District::open().await;
    let member = district.member(1, &[]);
    let open = async || {
        let request = member.request(&district.server, NEWS_PATH);
        request.send().await.unwrap()
    };
    let (_first, _second) = (open().await, open().await);
    assert_eq!(open().await.status(), 429);
}
