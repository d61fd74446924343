//! A pilot without IT, from a server on which nobody is.

use super::people::{links, sign_in};
use super::visitor::between;
use super::{A_LEAD, AN_ADMIN, Visitor, faults, school};
use crate::device_sign_in::sign_in as sign_in_on;
use crate::native::{device, open, until_there};
use crate::server::TestServer;
use crate::signed_in::person;
use lookfor::domain::collect::today::Classroom;
use lookfor::domain::people::{Place, Role};
use lookfor::host::{Host, Reply, Request};
use lookfor::server::store::forms::Ideas;
use lookfor::server::store::people::Persons;
use lookfor::sync::office::ChangePerson;
use std::time::Duration;

const PASTED: &str = "Name\tE-mail\r\nAna Núñez <ana@school.example>\r\n\r\n\
                      2. Eva Lee; eva@school.example\r\nWilhelmina Ortega";

async fn form(visitor: &mut Visitor) -> String {
    let text = visitor.get("/office/pilot").await.text();
    between(&text, "name=\"key\" value=\"", "\"").to_owned()
}

#[tokio::test]
async fn from_pasted_lines_to_teachers_who_sign_in() {
    let server = TestServer::start().await;
    server.person(AN_ADMIN, &[crate::signed_in::ADMIN]).await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let key = form(&mut admin).await;
    let fields = [
        ("key", key.as_str()),
        ("people", PASTED),
        ("site_name", "Vista School"),
        ("idea", "three-reads"),
        ("language", "es"),
    ];
    let said = admin.post("/office/pilot", &fields).await;
    let text = said.text();
    assert_eq!(said.status, 200, "{text}");
    assert_eq!(faults(&text), Vec::<String>::new());
    assert!(text.contains("Three reads · Vista School"));
    let first = links(&text);
    assert_eq!(first.len(), 3);
    // Sent again it adds nobody; the links are new ones, and the old ones end.
    let again = links(&admin.post("/office/pilot", &fields).await.text());
    assert_eq!(again.len(), 3);
    assert!(sign_in(&server, &first[0], 1).await.is_none());
    for (number, (link, name)) in again
        .iter()
        .zip(["Ana Núñez", "Eva Lee", "Wilhelmina Ortega"])
        .enumerate()
    {
        let signed_in = sign_in(&server, link, number as u8).await.unwrap();
        assert_eq!(signed_in.name, name);
        let kept = server.store().person(signed_in.person).await.unwrap();
        let kept = kept.unwrap();
        let holds = |role| kept.posts.iter().any(|post| post.role == role);
        assert!(holds(Role::Teacher) && holds(Role::Pilot) && kept.posts.len() == 2);
        let idea = Place::Idea("three-reads".into());
        assert!(kept.posts.iter().any(|post| post.place == idea));
    }
    let text = admin.get("/office/people?q=ana%20nunez").await.text();
    assert!(text.contains("1 person") && text.contains("signed in"));
    let overview = admin.get("/office").await.text();
    assert!(overview.contains("Three reads") && !overview.contains("Nobody is invited yet"));
}

#[tokio::test]
async fn what_cannot_be_read_is_said_by_its_line_and_nothing_is_done() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    form(&mut admin).await;
    let site = crate::district::site(1).to_string();
    for (people, wanted) in [
        (
            "Ana, ana@a.example\neva@a.example",
            "Line 2: there is no name.",
        ),
        ("Ana ana@", "Line 1: the mail address is not complete."),
        ("", "Write at least one teacher."),
        ("A\nB\nC\nD\nE\nF", "At most five."),
    ] {
        let fields = [
            ("people", people),
            ("site", site.as_str()),
            ("idea", "three-reads"),
        ];
        let said = admin.post("/office/pilot", &fields).await;
        assert_eq!(said.status, 400);
        assert!(said.text().contains(wanted), "{wanted}");
        assert!(links(&said.text()).is_empty());
    }
    let no_school = [("people", "Ana"), ("idea", "three-reads")];
    let said = admin.post("/office/pilot", &no_school).await;
    assert!(said.status == 400 && said.text().contains("Choose a school"));
    let no_idea = [("people", "Ana"), ("site", site.as_str()), ("idea", "x")];
    assert_eq!(admin.post("/office/pilot", &no_idea).await.status, 400);
    let list = admin.get("/office/people?q=ana").await.text();
    assert!(list.contains("Nobody was found"));
}

#[tokio::test]
async fn a_lead_gets_links_for_newcomers_alone() {
    let server = school().await;
    // Somebody who was there before and never signed in, and one who is signed in.
    for (number, mail) in [(7, "seven@a.example"), (8, "eight@a.example")] {
        let teaches = crate::district::at_site(Role::Teacher);
        server.person(number, &[teaches]).await;
        let change = ChangePerson {
            mail: Some(Some(mail.into())),
            ..ChangePerson::default()
        };
        let changed = server.store().change_person(person(number), change, 1);
        changed.await.unwrap().unwrap();
    }
    let sql = "delete from device where person = ?1";
    let seven = person(7);
    server
        .stored()
        .0
        .execute(sql, [seven.0.as_bytes()])
        .unwrap();
    let site = crate::district::site(1).to_string();
    let people = "Seven, SEVEN@a.example\nEight, eight@a.example\nNew One, new@a.example";
    for (device, wanted) in [(A_LEAD, 1), (AN_ADMIN, 2)] {
        let mut visitor = Visitor::enter(&server, device).await;
        let key = form(&mut visitor).await;
        let fields = [
            ("key", key.as_str()),
            ("people", people),
            ("site", site.as_str()),
            ("idea", "three-reads"),
        ];
        let said = visitor.post("/office/pilot", &fields).await;
        assert_eq!(said.status, 200, "{}", said.text());
        assert_eq!(links(&said.text()).len(), wanted, "{device}");
        assert!(said.text().contains("Already in Lookfor"));
        if device == A_LEAD {
            // The office may have given the newcomer other posts since.
            let again = visitor.post("/office/pilot", &fields).await;
            assert_eq!((again.status, links(&again.text()).len()), (200, 0));
        }
    }
    // All of them are in the team.
    let seven = server.store().person(person(7)).await.unwrap().unwrap();
    assert_eq!(seven.posts.len(), 2);
}

#[tokio::test]
async fn somebody_who_has_left_is_said_by_line_and_nobody_is_added() {
    let server = school().await;
    let change = ChangePerson {
        mail: Some(Some("gone@a.example".into())),
        left: Some(true),
        ..ChangePerson::default()
    };
    let left = server.store().change_person(person(7), change, 1);
    left.await.unwrap().unwrap();
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    form(&mut admin).await;
    let site = crate::district::site(1).to_string();
    let fields = [
        ("people", "New One, new@a.example\nGone, gone@a.example"),
        ("site", site.as_str()),
        ("idea", "three-reads"),
    ];
    let said = admin.post("/office/pilot", &fields).await;
    assert!(said.status == 400 && said.text().contains("Line 2: this person is marked"));
    let list = admin.get("/office/people?q=new").await.text();
    assert!(list.contains("Nobody was found"));
}

#[tokio::test]
async fn the_device_of_an_invited_teacher_has_all_that_a_visit_needs() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let key = form(&mut admin).await;
    let site = crate::district::site(1).to_string();
    let fields = [
        ("key", key.as_str()),
        ("people", "Ana Núñez\nEva Lee"),
        ("site", site.as_str()),
        ("idea", "small-groups"),
        ("language", "es"),
    ];
    let said = admin.post("/office/pilot", &fields).await;
    let link = links(&said.text()).remove(0);
    // The class of the other teacher, whom the first one visits.
    let eva = admin.get("/office/people?q=eva").await.text();
    let eva = between(&eva, "rowheader\"><a href=\"/office/people/", "\"").to_owned();
    let add = format!("/office/sites/{site}/classes/add");
    admin.get(&add).await;
    let class = [
        ("title", "Algebra 1"),
        ("year", "2027"),
        ("teacher", eva.as_str()),
    ];
    admin.done(&add, &class).await;
    // The app's own store and sending, on the device of the first teacher.
    let folder = tempfile::tempdir().unwrap();
    let host = device(folder.path(), &server.url);
    open(&host).await;
    let secret = link.trim_start_matches("/join#").to_owned();
    sign_in_on(&host, secret).await;
    until_there(&host).await;
    let Ok(Reply::Today(today)) = host.ask(Request::Today).await else {
        panic!("no first screen")
    };
    let [idea] = today.ideas.as_slice() else {
        panic!("{:?}", today.ideas)
    };
    assert_eq!(idea.form.form.key, "small-groups");
    assert!(idea.baseline && idea.cycle == Some(1));
    let classes = until_classes(&host).await;
    assert_eq!(classes.len(), 1);
    assert_eq!(
        (classes[0].title.as_str(), classes[0].name.as_deref()),
        ("Algebra 1", Some("Eva Lee"))
    );
    assert_eq!(classes[0].teacher.to_string(), eva);
}

/// The classes that the device finds, as soon as there are any.
async fn until_classes(host: &Host) -> Vec<Classroom> {
    for _ in 0..2_000 {
        let request = Request::Classes {
            search: "algebra".into(),
            skip: 0,
        };
        match host.ask(request).await {
            Ok(Reply::Classes(classes)) if !classes.is_empty() => return classes,
            Ok(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            Err(problem) => panic!("{problem:?}"),
        }
    }
    panic!("no class came");
}

#[tokio::test]
async fn a_pilot_begins_what_nobody_looks_for_and_leaves_every_other_state_alone() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let text = admin.get("/office/pilot").await.text();
    assert_eq!(text.matches("<option value=\"small-groups\"").count(), 1);
    let site = crate::district::site(1).to_string();
    for (state, wanted, status) in [
        ("drafted", "baseline", 200),
        ("abandoned", "abandoned", 400),
    ] {
        let step = [("key", "small-groups"), ("state", state)];
        admin.done("/office/ideas", &step).await;
        let fields = [("people", "Ana"), ("site", &site), ("idea", "small-groups")];
        let said = admin.post("/office/pilot", &fields).await;
        assert_eq!(said.status, status, "{state}");
        let ideas = server.store().ideas().await.unwrap();
        assert_eq!(ideas[0].state.name(), wanted);
    }
    let text = admin.get("/office/pilot").await.text();
    assert!(!text.contains("<option value=\"small-groups\""));
}
