//! Rosters in a browser: sent, read, taken.

use super::visitor::between;
use super::{A_LEAD, AN_ADMIN, Visitor, faults, school};
use crate::support::roster::{OF_STUDENTS, USERS, edited, small, with, zip};

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
