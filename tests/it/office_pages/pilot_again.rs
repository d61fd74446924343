//! The same pilot's form sent again by a lead, after an admin had a look at what it made.

use super::people::{links, posting, sign_in};
use super::pilot_lead::begins;
use super::visitor::between;
use super::{A_LEAD, AN_ADMIN, Visitor, school, school_on};
use crate::district::{District, IDEA, at_site};
use crate::notice::until;
use crate::signed_in;
use crate::support::mail::{MailServer, Security};
use lookfor::domain::id::PersonId;
use lookfor::domain::people::{PersonMerged, Role};
use lookfor::server::store::people::Persons;
use lookfor::sync::office::ChangePerson;

const MAIL: &str = "nina@a.example";

/// The link in the newest of so many mails.
async fn link_in(mail: &MailServer, count: usize) -> String {
    let link = || {
        let accepted = mail.accepted();
        let newest = accepted.get(count.checked_sub(1)?)?;
        links(&newest.text()).pop()
    };
    until("the invitation is accepted", link).await
}

#[tokio::test]
async fn who_was_confirmed_is_invited_by_the_lead_no_more() {
    let mail = MailServer::start(Security::Plain).await;
    let server = school_on(posting(&mail).await).await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let pasted = format!("Nina, {MAIL}");
    assert_eq!(begins(&mut lead, &pasted).await.0, 200);
    let first = link_in(&mail, 1).await;
    // Who is not confirmed is the lead's to invite.
    assert_eq!(begins(&mut lead, &pasted).await.0, 200);
    let second = link_in(&mail, 2).await;
    assert!(sign_in(&server, &first, 1).await.is_none());
    let stored = server.stored().0;
    let sql = "select id from person where mail = ?1";
    let nina: [u8; 16] = stored.query_row(sql, [MAIL], |row| row.get(0)).unwrap();
    let page = format!("/office/people/{}", uuid::Uuid::from_bytes(nina));
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    admin.get(&page).await;
    admin.done(&format!("{page}/confirm"), &[]).await;
    assert!(sign_in(&server, &second, 2).await.is_none());
    let (status, text) = begins(&mut lead, &pasted).await;
    assert_eq!(status, 200);
    assert!(text.contains("Already in Lookfor"), "{text}");
    // What the office sends stays good whatever the lead does.
    admin.get(&page).await;
    admin
        .done(&format!("{page}/invitation"), &[("way", "mail")])
        .await;
    let third = link_in(&mail, 3).await;
    assert_eq!(begins(&mut lead, &pasted).await.0, 200);
    assert!(sign_in(&server, &third, 3).await.is_some());
}

#[tokio::test]
async fn a_school_that_the_office_renamed_keeps_its_name() {
    let district = District::on(school().await);
    let server = &district.server;
    let mut lead = Visitor::enter(server, A_LEAD).await;
    let text = lead.get("/office/pilot").await.text();
    let key = between(&text, "name=\"key\" value=\"", "\"").to_owned();
    let stored = server.stored().0;
    let names = || -> Vec<String> {
        let mut names = stored
            .prepare("select name from site order by name")
            .unwrap();
        let names = names.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    };
    let begin = |name| {
        [
            ("key", key.clone()),
            ("people", "Nina".to_owned()),
            ("site_name", name),
            ("idea", IDEA.to_owned()),
        ]
    };
    for name in ["Roble", "Failing School"] {
        let fields = begin(name.to_owned());
        let fields = fields
            .each_ref()
            .map(|(field, value)| (*field, value.as_str()));
        let said = lead.post("/office/pilot", &fields).await;
        assert_eq!(said.status, 200);
        let sql = "update site set name = 'Roble Academy' where name = 'Roble'";
        stored.execute(sql, []).unwrap();
    }
    assert!(names().contains(&"Roble Academy".to_owned()));
    assert!(!names().contains(&"Failing School".to_owned()));
}

/// An admin joins what a lead added with an entry of the office, the wrong way round.
#[tokio::test]
async fn the_name_and_the_address_of_the_office_stand_whichever_entry_stays() {
    let district = District::on(school().await);
    let server = &district.server;
    let known = district.member(12, &[at_site(Role::Teacher)]);
    let change = ChangePerson {
        mail: Some(Some("adriana@a.example".into())),
        ..ChangePerson::default()
    };
    let changed = server.store().change_person(known.person, change, 1);
    changed.await.unwrap().unwrap();
    let mut lead = Visitor::enter(server, A_LEAD).await;
    let (_, text) = begins(&mut lead, &format!("Nina, {MAIL}")).await;
    let [nina] = links(&text).try_into().unwrap();
    let held = sign_in(server, &nina, 1).await.unwrap();
    let admin = district.member(13, &[signed_in::ADMIN]);
    let merged = PersonMerged {
        from: known.person,
        into: held.person,
    };
    admin.says(server, admin.seal(merged, &[])).await;
    district.settled().await;
    let stored = server.stored().0;
    let sql = "select name, mail from person where id = ?1";
    let said = |id: PersonId| -> (Option<String>, Option<String>) {
        let row = stored.query_row(sql, [id.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)));
        row.unwrap()
    };
    let (name, mail) = said(held.person);
    assert_eq!(mail.as_deref(), Some("adriana@a.example"));
    assert_ne!(name.as_deref(), Some("Nina"));
    let sql = "select count(*) from person where mail = ?1";
    let left: u32 = stored.query_row(sql, [MAIL], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}

/// Which id a line gets can be computed by whoever has the form: taken for a device of theirs before, it is nobody's.
#[tokio::test]
async fn a_line_whose_id_somebody_took_for_a_device_becomes_nobody() {
    let here = school().await;
    let mut lead = Visitor::enter(&here, A_LEAD).await;
    let text = lead.get("/office/pilot").await.text();
    let key = between(&text, "name=\"key\" value=\"", "\"").to_owned();
    let at = crate::district::site(1).to_string();
    let fields = [
        ("key", key.as_str()),
        ("people", "Ghost"),
        ("site", at.as_str()),
        ("idea", IDEA),
    ];
    assert_eq!(lead.post("/office/pilot", &fields).await.status, 200);
    let sql = "select id from person where name = 'Ghost'";
    let ghost: [u8; 16] = here
        .stored()
        .0
        .query_row(sql, [], |row| row.get(0))
        .unwrap();
    let there = school().await;
    let mut lead = Visitor::enter(&there, A_LEAD).await;
    lead.get("/office/pilot").await;
    let stored = there.stored().0;
    let taken = "insert into alias (source, external_id, person) values ('device', ?1, ?2)";
    let lead_id = crate::signed_in::person(A_LEAD);
    let row = (
        uuid::Uuid::from_bytes(ghost).to_string(),
        lead_id.0.into_bytes(),
    );
    assert_eq!(stored.execute(taken, row), Ok(1));
    assert_eq!(lead.post("/office/pilot", &fields).await.status, 400);
    let made: u32 = stored
        .query_row(
            "select count(*) from person where name = 'Ghost'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(made, 0);
}

#[tokio::test]
async fn a_line_that_stands_there_twice_is_said_to() {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let (status, text) = begins(&mut lead, "Ana Dup\nAna Dup").await;
    assert_eq!(status, 400);
    assert!(
        text.contains("Line 2: the same person or mail address"),
        "{text}"
    );
}
