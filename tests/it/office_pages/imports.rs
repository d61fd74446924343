//! Rosters in a browser: sent, read, taken.

use super::visitor::{MARK, between, site};
use super::{A_LEAD, AN_ADMIN, LEAD, Visitor, faults, school};
use crate::server::TestServer;
use crate::support::roster::{OF_STUDENTS, USERS, edited, small, with, zip};
use rstest::rstest;
use std::time::Duration;

const IMPORTS: &str = "/office/imports";

/// Sends a file, and answers the address of its page and what stands there.
async fn look(admin: &mut Visitor, name: &str, bytes: &[u8]) -> (String, String) {
    admin.get(IMPORTS).await;
    let said = admin
        .upload(IMPORTS, &[("source", "")], Some((name, bytes)))
        .await;
    assert_eq!(said.status, 303, "{}", said.text());
    let address = said.header("location").to_owned();
    let text = admin.get(&address).await.text();
    assert_eq!(faults(&text), Vec::<String>::new());
    (address, text)
}

#[tokio::test]
async fn a_roster_is_read_then_taken_whole_and_stands_in_the_history() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let odd = edited(small(), "users.csv", "ben@vista.example", "ben at vista");
    let (address, text) = look(&mut admin, "roster.zip", &zip(&odd)).await;
    assert!(
        text.contains("People: 4 added, 0 changed, 0 marked as left"),
        "{text}"
    );
    assert!(text.contains("3 students were counted; none of them is kept"));
    // What is wrong, by file, line and column.
    assert!(text.contains("users.csv, line 3, column “email”"), "{text}");
    assert!(!text.contains("name=\"leavers\""));
    let people = admin.get("/office/people?q=alvarez").await.text();
    assert!(
        people.contains("Nobody was found"),
        "nothing is taken before"
    );
    let text = admin.done(&format!("{address}/take"), &[]).await.text();
    assert!(text.contains("Taken, all of it.") && text.contains("What it changed"));
    let people = admin.get("/office/people?q=alvarez").await.text();
    assert!(people.contains("Ada Alvarez"));
    assert!(
        admin
            .get("/office/sites")
            .await
            .text()
            .contains("Vista High")
    );
    let history = admin.get(IMPORTS).await.text();
    assert!(history.contains("users.csv") && history.contains(">taken</span>"));
    for page in [text, history] {
        assert!(OF_STUDENTS.iter().all(|name| !page.contains(name)));
    }
    // The same again changes nothing, and has no button.
    let (_, text) = look(&mut admin, "roster.zip", &zip(&odd)).await;
    assert!(text.contains("It changes nothing") && !text.contains("/take\""));
    let speak = [("language", "es"), ("back", address.as_str())];
    let text = admin.done("/office/language", &speak).await.text();
    assert!(text.contains("Lo que cambió") && text.contains("línea 3, columna"));
}

#[tokio::test]
async fn many_who_leave_need_a_yes_of_their_own() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let (address, _) = look(&mut admin, "roster.zip", &zip(&small())).await;
    admin.done(&format!("{address}/take"), &[]).await;
    let header = USERS.lines().next().unwrap().to_owned() + "\n";
    let empty = zip(&with(small(), "users.csv", header));
    let (address, text) = look(&mut admin, "roster.zip", &empty).await;
    assert!(text.contains("name=\"leavers\"") && text.contains("Yes: 4 of 4 people have left"));
    let take = format!("{address}/take");
    let said = admin.post(&take, &[]).await;
    assert_eq!(said.status, 400, "{}", said.text());
    assert!(said.text().contains("Nothing was taken. More than a third"));
    assert!(
        admin
            .get("/office/people?q=alvarez")
            .await
            .text()
            .contains("Ada")
    );
    admin.done(&take, &[("leavers", "yes")]).await;
    let left = admin.get("/office/people?q=alvarez").await.text();
    assert!(left.contains("Nobody was found"));
}

#[tokio::test]
async fn what_cannot_be_taken_says_why_and_has_no_button() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let (address, text) = look(&mut admin, "C:\\files\\nothing.csv", b"nothing\n1\n").await;
    assert!(text.contains("cannot be taken") && !text.contains("/take\""));
    let said = admin.post(&format!("{address}/take"), &[]).await;
    assert_eq!(said.status, 400, "{}", said.text());
    admin.get(IMPORTS).await;
    let none = admin.upload(IMPORTS, &[("source", "")], None).await;
    assert!(none.status == 400 && none.text().contains("Choose a file."));
    let file = Some(("bells.csv", &b"x\n"[..]));
    let source = admin.upload(IMPORTS, &[("source", "No Such")], file).await;
    assert_eq!(source.status, 400);
    let text = source.text();
    assert_eq!(between(&text, "name=\"source\" value=\"", "\""), "No Such");
    assert!(text.contains("1 to 32 small letters"));
    for page in ["/office/imports/x", &address.replace("-7", "-0")] {
        assert!([404, 401].contains(&admin.get(page).await.status), "{page}");
    }
}

#[tokio::test]
async fn imports_are_for_admins() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let (address, _) = look(&mut admin, "roster.zip", &zip(&small())).await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    assert!(!lead.get("/office/ideas").await.text().contains(IMPORTS));
    let file = zip(&small());
    let said = lead.upload(IMPORTS, &[], Some(("roster.zip", &file))).await;
    assert_eq!(said.status, 403);
    assert_eq!(lead.get(&address).await.status, 403);
    let said = lead.post(&format!("{address}/take"), &[]).await;
    assert_eq!(said.status, 403);
    assert!(
        admin
            .get(&address)
            .await
            .text()
            .contains("Take it</button>")
    );
}

#[tokio::test]
async fn a_roster_that_was_not_taken_in_time_is_forgotten_when_the_server_starts() {
    let mut server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    look(&mut admin, "roster.zip", &zip(&small())).await;
    let kept = |server: &TestServer| {
        let sql = "select count(*) from import_roster";
        let connection = server.stored().0;
        let kept = connection.query_row(sql, [], |row| row.get::<_, u32>(0));
        kept.unwrap()
    };
    assert_eq!(kept(&server), 1);
    let sql = "update import set looked_at_utc_ms = looked_at_utc_ms - 86400001";
    server.stored().0.execute(sql, []).unwrap();
    server.stop().await;
    let data = server.data.clone();
    let again = TestServer::with(|config| config.data = data).await;
    assert_eq!(kept(&again), 0);
}

/// The first part, with the token of the last page.
fn token_part(token: &str) -> String {
    format!("--{MARK}\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--{MARK}")
}

#[rstest]
#[case::before_the_first_part(false, "")]
#[case::in_the_head_of_the_second_part(true, "\r\nContent-Disposition: form-data; name=\"")]
#[case::behind_the_mark_of_the_second_part(true, " ")]
#[tokio::test]
async fn a_part_that_never_begins_is_refused_after_64_kib_and_not_waited_for(
    #[case] with_token: bool,
    #[case] before: &str,
) {
    let server = TestServer::with(|config| config.read_timeout = Duration::from_secs(3)).await;
    site(&server).await;
    server.person(A_LEAD, &[LEAD]).await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    lead.get("/office/ideas").await;
    let token = token_part(&lead.token);
    let filled = |bytes: usize| {
        let begun = if with_token { &*token } else { "" };
        [begun, before, &" ".repeat(bytes)].concat().into_bytes()
    };
    let forms = "/office/ideas/forms";
    let too_much = lead.begin_upload(forms, &filled(192 * 1024)).await;
    assert_eq!(too_much, 413);
    // What may still become a part is waited for as long as anything else.
    let slow = lead.begin_upload(forms, &filled(32 * 1024)).await;
    assert_eq!(slow, 429);
}
