//! People, their posts and invitations, sites, classes and devices, as an admin changes them.

use super::visitor::between;
use super::{A_LEAD, A_TEACHER, AN_ADMIN, Visitor, school};
use crate::district::site;
use crate::notice::until;
use crate::server::TestServer;
use crate::signed_in::{asking, device_id, new_device, person};
use crate::support::mail::{MailServer, Security};
use lookfor::server::notice::options::{MailConfig, MailServer as Address, Security as Secured};
use lookfor::sync::protocol::{SIGN_IN_PATH, SignedIn};
use rstest::rstest;
use std::time::Duration;

/// Signs a device in with a link, and says as whom.
pub async fn sign_in(server: &TestServer, link: &str, device: u8) -> Option<SignedIn> {
    sign_in_at(&server.url, link, device).await
}

/// The same on the server at `url`.
pub async fn sign_in_at(url: &str, link: &str, device: u8) -> Option<SignedIn> {
    let (_, secret) = link.split_once("/join#").unwrap();
    let body = serde_json::to_string(&asking(secret, new_device(device))).unwrap();
    let request = crate::server::client()
        .post(format!("{url}{SIGN_IN_PATH}"))
        .header("content-type", "application/json")
        .body(body);
    let said = crate::server::Said::from(request).await;
    (said.status == 200).then(|| serde_json::from_slice(&said.body).unwrap())
}

/// The links of a page.
pub fn links(text: &str) -> Vec<String> {
    let parts = text.split("/join#").skip(1);
    let secret = |part: &str| part.chars().take_while(char::is_ascii_hexdigit).collect();
    parts
        .map(|part: &str| -> String { secret(part) })
        .map(|secret| format!("/join#{secret}"))
        .collect()
}

#[tokio::test]
async fn somebody_is_added_found_without_accents_changed_and_marked_as_left() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let form = admin.get("/office/people/add").await.text();
    let key = between(&form, "name=\"key\" value=\"", "\"").to_owned();
    let place = format!("site:{}", site(1));
    let fields = [
        ("key", key.as_str()),
        ("name", "Begoña <b>Núñez</b>"),
        ("mail", "b.nunez@school.example"),
        ("language", "es"),
        ("role", "teacher"),
        ("place", place.as_str()),
    ];
    let added = admin.post("/office/people/add", &fields).await;
    let address = added
        .header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    // The same form again adds nobody.
    let again = admin.post("/office/people/add", &fields).await;
    assert!(again.header("location").starts_with(&address));
    let found = admin.get("/office/people?q=NUNEZ").await.text();
    assert!(found.contains("1 person") && found.contains("Begoña &lt;b&gt;Núñez"));
    assert!(found.contains("Teacher, Vista") && found.contains("not invited"));
    let of_site = admin.get(&format!("/office/people?site={}", site(1))).await;
    assert!(of_site.text().contains("1 person"));
    // Another person's address is refused at its field, and what was typed stays.
    let taken = [
        ("name", "Somebody Else"),
        ("mail", "B.Nunez@school.example"),
    ];
    let said = admin.post("/office/people/add", &taken).await;
    assert_eq!(said.status, 400);
    let text = said.text();
    assert!(text.contains("that nobody else has") && text.contains("Somebody Else"));
    assert_eq!(super::faults(&text), Vec::<String>::new());
    let changed = [("name", "Begoña Núñez"), ("mail", ""), ("language", "es")];
    let text = admin.done(&address, &changed).await.text();
    assert!(text.contains("Saved.") && !text.contains("b.nunez@"));
    let text = admin.done(&format!("{address}/left"), &[]).await.text();
    assert!(text.contains("has left") && !text.contains("Teacher, Vista"));
    let text = admin.get("/office/people?q=nunez").await.text();
    assert!(text.contains("Nobody was found"));
    let text = admin.get("/office/people?q=nunez&show=left").await.text();
    assert!(text.contains("Begoña"));
}

#[tokio::test]
async fn posts_are_given_and_ended_and_the_last_admin_stays() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let lead = format!("/office/people/{}/posts", person(A_LEAD));
    admin.get("/office").await;
    let place = format!("site:{}", site(1));
    let give = [
        ("act", "give"),
        ("role", "coach"),
        ("place", place.as_str()),
    ];
    let text = admin.done(&lead, &give).await.text();
    assert!(text.contains("Coach, Vista") && text.contains("Improvement lead"));
    let end = [("act", "end"), ("role", "coach"), ("place", place.as_str())];
    let text = admin.done(&lead, &end).await.text();
    assert!(!text.contains("Coach, Vista"));
    // A role has the place that fits it.
    let wrong = [("act", "give"), ("role", "coach"), ("place", "district")];
    let said = admin.post(&lead, &wrong).await;
    assert_eq!(said.status, 400);
    assert!(said.text().contains("Choose where") && said.text().contains("<details open>"));
    // The admin whom the server made at its start goes; after that there is one.
    let list = admin.get("/office/people?q=admin").await.text();
    let made = between(&list, "rowheader\"><a href=\"", "\"").to_owned();
    admin.done(&format!("{made}/left"), &[]).await;
    let own = format!("/office/people/{}/posts", person(AN_ADMIN));
    let end = [("act", "end"), ("role", "admin"), ("place", "district")];
    let said = admin.post(&own, &end).await;
    assert_eq!(said.status, 400);
    assert!(said.text().contains("A district always has an admin"));
    assert_eq!(admin.get("/office/data").await.status, 200);
}

#[tokio::test]
async fn a_link_is_shown_once_and_signs_that_person_in() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let address = format!("/office/people/{}", person(A_TEACHER));
    admin.get(&address).await;
    let first = admin.post(&format!("{address}/invitation"), &[]).await;
    let second = admin.post(&format!("{address}/invitation"), &[]).await;
    assert_eq!((first.status, second.status), (200, 200));
    let (first, second) = (links(&first.text()), links(&second.text()));
    assert_eq!((first.len(), second.len()), (1, 1));
    let shown = admin.get(&address).await.text();
    assert!(shown.contains("still works") && links(&shown).is_empty());
    // The newer one ends the older one.
    assert!(sign_in(&server, &first[0], 1).await.is_none());
    let signed_in = sign_in(&server, &second[0], 1).await.unwrap();
    assert_eq!(signed_in.person, person(A_TEACHER));
}

/// A server whose mail goes there.
pub async fn posting(mail: &MailServer) -> TestServer {
    let port = mail.address.port();
    TestServer::with(|config| {
        config.public_url = Some("http://localhost:8080".into());
        config.mail = Some(MailConfig {
            server: Address {
                security: Secured::Plain,
                host: "localhost".into(),
                port,
            },
            from: "lookfor@district.example".into(),
            login_file: None,
            authority_file: None,
            pause: Duration::from_millis(50),
        });
    })
    .await
}

#[tokio::test]
async fn an_invitation_goes_out_by_mail_and_its_link_works() {
    let mail = MailServer::start(Security::Plain).await;
    let server = posting(&mail).await;
    server.person(AN_ADMIN, &[crate::signed_in::ADMIN]).await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let address = format!("/office/people/{}", person(A_TEACHER));
    let text = admin.get(&address).await.text();
    assert!(text.contains("no mail address"));
    let change = [("name", "Person 3"), ("mail", "three@school.example")];
    admin.done(&address, &change).await;
    let send = [("way", "mail")];
    let invitation = format!("{address}/invitation");
    let text = admin.done(&invitation, &send).await.text();
    assert!(links(&text).is_empty());
    let link = until("the invitation is accepted", || {
        let accepted = mail.accepted();
        accepted.iter().find_map(|mail| {
            let text = mail.text();
            text.contains("/join#").then(|| links(&text).remove(0))
        })
    })
    .await;
    let signed_in = sign_in(&server, &link, 1).await.unwrap();
    assert_eq!(signed_in.person, person(A_TEACHER));
    until("the page says so", || {
        let sql = "select count(*) from invitation_mail where sent_at_utc_ms is not null";
        let sent: i64 = server
            .stored()
            .0
            .query_row(sql, [], |row| row.get(0))
            .unwrap();
        (sent == 1).then_some(())
    })
    .await;
    assert!(
        admin
            .get(&address)
            .await
            .text()
            .contains("The mail was accepted")
    );
}

#[tokio::test]
async fn two_entries_become_one_person() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    // Only what somebody said who was an admin by then counts.
    let sql = "update post set from_utc_ms = 0";
    server.stored().0.execute(sql, []).unwrap();
    let (stays, goes) = (person(A_TEACHER), person(4));
    let found = admin
        .get(&format!("/office/people/{stays}/merge?q=Person%204"))
        .await
        .text();
    let confirm = format!("/office/people/{stays}/merge/{goes}");
    assert!(found.contains(&confirm));
    let text = admin.get(&confirm).await.text();
    assert!(text.contains("This cannot be taken back"));
    let said = admin.post(&confirm, &[]).await;
    assert_eq!(said.status, 303);
    let mut merged = false;
    for _ in 0..500 {
        let list = admin.get("/office/people?q=Person%204").await.text();
        merged = list.contains("Nobody was found");
        if merged {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(merged, "the entry stands for itself no longer");
    let sheet = admin.get(&format!("/office/people/{stays}")).await.text();
    assert!(sheet.matches(&"/office/devices/".to_owned()).count() >= 2);
    let itself = format!("/office/people/{stays}/merge/{stays}");
    assert_eq!(admin.get(&itself).await.status, 404);
}

#[tokio::test]
async fn a_device_is_ended_for_good() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let text = admin.get("/office/devices?q=person%203").await.text();
    assert!(text.contains("1 device") && text.contains("a test"));
    let end = format!("/office/devices/{}/end", device_id(A_TEACHER));
    let back = [("back", "/office/devices?q=person")];
    let text = admin.done(&end, &back).await.text();
    assert!(text.contains("The device is signed out"));
    let said = super::door(&server, A_TEACHER).await;
    assert_eq!(said.status, 401);
    let text = admin.get("/office/devices?show=ended").await.text();
    assert!(text.contains("Person 3") && text.contains("1 device"));
}

#[tokio::test]
async fn sites_and_classes_are_added_renamed_and_ended() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let form = admin.get("/office/sites").await.text();
    let key = between(&form, "name=\"key\" value=\"", "\"").to_owned();
    let add = [("key", key.as_str()), ("name", "Loma Alta")];
    let said = admin.post("/office/sites", &add).await;
    let address = said
        .header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(admin.post("/office/sites", &add).await.status, 303);
    let text = admin.get("/office/sites").await.text();
    assert!(text.contains("2 schools") && text.matches("Loma Alta").count() == 1);
    admin.done(&address, &[("name", "Loma Alta School")]).await;
    let place = address.replace("/office/sites/", "site:");
    let posts = format!("/office/people/{}/posts", person(A_TEACHER));
    admin
        .done(&posts, &[("role", "teacher"), ("place", &place)])
        .await;
    let add = format!("{address}/classes/add");
    let form = admin.get(&add).await.text();
    assert!(form.contains("Person 3"));
    let key = between(&form, "name=\"key\" value=\"", "\"").to_owned();
    let teacher = person(A_TEACHER).to_string();
    let class = [
        ("key", key.as_str()),
        ("title", "Algebra 1, period 3"),
        ("year", "2027"),
        ("teacher", teacher.as_str()),
    ];
    let text = admin.done(&add, &class).await.text();
    assert!(text.contains("2026–27") && text.contains("Person 3"));
    let class = format!(
        "/office/classes/{}",
        between(&text, "/office/classes/", "\"")
    );
    let form = admin.get(&class).await.text();
    assert!(form.contains("value=\"Algebra 1, period 3\"") && form.contains(" checked"));
    let end = [("title", "Algebra 1"), ("ended", "yes")];
    let text = admin.done(&class, &end).await.text();
    assert!(text.contains("over") && text.contains("Algebra 1"));
    let wrong = [("title", ""), ("year", "soon")];
    assert_eq!(admin.post(&add, &wrong).await.status, 400);
}

#[rstest]
#[case::by_name("/office/people")]
#[tokio::test]
async fn a_long_list_comes_in_pages_that_miss_and_repeat_nobody(#[case] list: &str) {
    let server = school().await;
    let mut insert = String::new();
    for number in 0..60 {
        insert += &format!(
            "insert into person (id, name, added_at_utc_ms) \
             values (randomblob(16), '{} Teacher{:02}', 0);",
            if number % 2 == 0 { "same" } else { "Same" },
            number / 4
        );
    }
    server.stored().0.execute_batch(&insert).unwrap();
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let (mut page, mut seen) = (format!("{list}?q=teacher"), Vec::new());
    loop {
        let text = admin.get(&page).await.text();
        assert!(text.contains("60 people"));
        let rows = text.split("rowheader\"><a href=\"").skip(1);
        seen.extend(rows.map(|row| row.split('"').next().unwrap().to_owned()));
        let next = text
            .split("<a class=\"way\" href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .find(|address| address.contains("after="));
        match next {
            Some(next) => page = next.replace("&amp;", "&"),
            None => break,
        }
    }
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!((all, seen.len()), (60, 60));
}
