//! What a lead can do with a pilot, and what they cannot: read what rests on few, or make teachers who count.

use super::people::{links, sign_in};
use super::visitor::between;
use super::{A_LEAD, A_TEACHER, AN_ADMIN, Visitor, school};
use crate::district::{District, IDEA, Member, at_site, post, site};
use crate::facts::named_by_id;
use crate::server::TestServer;
use crate::signed_in::{self, ADMIN, person};
use lookfor::domain::collect::form::Form;
use lookfor::domain::collect::survey::SurveyAnswered;
use lookfor::domain::document::{Document, Measures};
use lookfor::domain::event::said;
use lookfor::domain::id::PersonId;
use lookfor::domain::people::{PersonMerged, Place, Role};
use lookfor::domain::place::Day;
use lookfor::server::store::people::Persons;
use lookfor::sync::office::ChangePerson;
use lookfor::sync::protocol::{PROTOCOL, PULL_PATH, Pull, Pulled, SignInCode, SignedIn};
use rstest::rstest;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Sends the form with these lines, and says what came.
pub async fn begins(visitor: &mut Visitor, people: &str) -> (u16, String) {
    let text = visitor.get("/office/pilot").await.text();
    let key = between(&text, "name=\"key\" value=\"", "\"").to_owned();
    let at = site(1).to_string();
    let fields = [
        ("key", key.as_str()),
        ("people", people),
        ("site", at.as_str()),
        ("idea", IDEA),
    ];
    let said = visitor.post("/office/pilot", &fields).await;
    (said.status, said.text())
}

async fn has_mail(server: &TestServer, whom: u8, mail: &str) {
    let change = ChangePerson {
        mail: Some(Some(mail.into())),
        ..ChangePerson::default()
    };
    let changed = server.store().change_person(person(whom), change, 1);
    changed.await.unwrap().unwrap();
}

async fn roles(server: &TestServer, whom: PersonId) -> Vec<Role> {
    let posts = server.store().posts(whom).await.unwrap();
    posts.into_iter().map(|post| post.role).collect()
}

/// The audiences of whoever shows this token.
async fn audiences(server: &TestServer, token: &str) -> BTreeSet<String> {
    let pull = Pull {
        protocol: PROTOCOL,
        feed: None,
        cursors: BTreeMap::new(),
    };
    let pull = serde_json::to_value(&pull).unwrap();
    let said = signed_in::post(server, PULL_PATH, token, &pull).await;
    let pulled: Pulled = signed_in::read(&said);
    let portions = pulled.portions.iter();
    portions
        .map(|portion| portion.audience.to_string())
        .collect()
}

async fn measures(district: &District, member: &Member) -> Option<Measures> {
    let documents = member.documents(&district.server).await;
    documents.into_iter().find_map(|document| match document {
        Document::Measures(measures) => Some(measures),
        _ => None,
    })
}

#[rstest]
#[case::themselves(A_LEAD, &[])]
#[case::a_principal(4, &[at_site(Role::Principal)])]
#[case::a_coach_who_teaches(4, &[at_site(Role::Teacher), at_site(Role::Coach)])]
#[case::who_does_nothing_here(4, &[])]
#[tokio::test]
async fn a_lead_puts_nobody_into_a_team_who_is_known_and_does_anything_but_teach(
    #[case] whom: u8,
    #[case] posts: &[lookfor::domain::people::Post],
) {
    let server = school().await;
    server.person(whom, posts).await;
    has_mail(&server, whom, "whom@a.example").await;
    let before = roles(&server, person(whom)).await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let (status, text) = begins(&mut lead, "New, new@a.example\nWhom, WHOM@a.example").await;
    assert_eq!(status, 400);
    // Not which: the form would say of every address whose it is, and nothing would begin.
    assert!(text.contains("At least one of these people can be put into a team by an admin only"));
    assert!(!text.contains("Line "));
    assert_eq!(roles(&server, person(whom)).await, before);
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let list = admin.get("/office/people?q=new@a.example").await.text();
    assert!(list.contains("Nobody was found"));
    // An admin can.
    assert_eq!(begins(&mut admin, "Whom, whom@a.example").await.0, 200);
    assert!(roles(&server, person(whom)).await.contains(&Role::Pilot));
}

#[tokio::test]
async fn who_teaches_elsewhere_joins_the_team_and_no_other_school() {
    let server = school().await;
    let elsewhere = post(Role::Teacher, Place::Site(site(2)));
    let name = lookfor::sync::office::Site {
        id: site(2),
        name: "Elsewhere".into(),
    };
    use lookfor::server::store::people::Places;
    server.store().keep_site(name).await.unwrap();
    server.person(4, std::slice::from_ref(&elsewhere)).await;
    has_mail(&server, 4, "four@a.example").await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let (status, text) = begins(&mut lead, "Whoever, four@a.example").await;
    assert_eq!(status, 200);
    let posts = server.store().posts(person(4)).await.unwrap();
    let pilot = post(Role::Pilot, Place::Idea(IDEA.into()));
    assert_eq!(posts, [elsewhere, pilot]);
    // What was pasted, and neither a name nor a way to one.
    assert!(text.contains("Whoever") && !text.contains("Person 4"));
    assert!(!text.contains(&person(4).to_string()));
}

#[tokio::test]
async fn whom_a_lead_adds_counts_for_nobody_and_reads_no_teams_figures_until_an_admin_confirms() {
    let district = District::on(school().await);
    let server = &district.server;
    let pilot = post(Role::Pilot, Place::Idea(IDEA.into()));
    let coach = district.member(11, &[at_site(Role::Coach)]);
    let principal = district.member(14, &[at_site(Role::Principal)]);
    let known = district.member(12, &[at_site(Role::Teacher), pilot]);
    let everybody = district.member(13, &[post(Role::Teacher, Place::Site(site(2)))]);
    let mut lead = Visitor::enter(server, A_LEAD).await;
    let (status, text) = begins(&mut lead, "One\nTwo\nThree\nFour, four@a.example").await;
    assert_eq!(status, 200, "{text}");
    let (mut met, mut token) = (Vec::new(), String::new());
    for (number, link) in (20..).zip(links(&text)) {
        let new = sign_in(server, &link, number).await.unwrap();
        met.push(new.person);
        token = new.token;
    }
    assert_eq!(met.len(), 4);
    for teacher in met.iter().chain([&known.person]) {
        for observer in [&coach, &principal] {
            let visit = observer.visit(named_by_id(*teacher), "note-of-visit");
            observer.says(server, visit).await;
        }
    }
    district.settled().await;
    assert_eq!(measures(&district, &everybody).await, None);
    let small = measures(&district, &known).await.unwrap();
    assert_eq!((small.visits, small.teachers, small.small), (2, 1, true));
    // Their own record is theirs, whoever added them.
    let team = format!("idea:{IDEA}/team");
    let own = audiences(server, &token).await;
    assert!(own.contains(&format!("site:{}", site(1))) && !own.contains(&team));

    // What they call themselves makes nobody known.
    let path = format!("/api/v1/people/{}", met[3]);
    let renamed = signed_in::post(server, &path, &token, &json!({ "name": "Another" })).await;
    assert_eq!(renamed.status, 200, "{}", renamed.text());
    district.settled().await;
    assert_eq!(audiences(server, &token).await, own);
    let small = measures(&district, &known).await.unwrap();
    assert_eq!(small.teachers, 1);

    let mut admin = Visitor::enter(server, AN_ADMIN).await;
    let list = "/office/people?show=met";
    assert!(admin.get("/office").await.text().contains(list));
    let text = admin.get(list).await.text();
    assert!(met.iter().all(|who| text.contains(&who.to_string())));
    assert!(!text.contains(&known.person.to_string()));
    for teacher in &met {
        let page = format!("/office/people/{teacher}");
        assert!(admin.get(&page).await.text().contains("/confirm\""));
        let theirs = [("devices", "theirs")];
        admin.done(&format!("{page}/confirm"), &theirs).await;
        assert!(!admin.get(&page).await.text().contains("/confirm\""));
    }
    let none = admin.get(list).await.text();
    assert!(none.contains("Nobody was found"));
    assert!(!admin.get("/office").await.text().contains(list));
    district.settled().await;
    let large = measures(&district, &everybody).await.unwrap();
    assert_eq!((large.visits, large.teachers, large.small), (10, 5, false));
    assert!(audiences(server, &token).await.contains(&team));
}

#[tokio::test]
async fn a_lead_confirms_nobody() {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    begins(&mut lead, "One").await;
    let confirm = format!("/office/people/{}/confirm", person(A_TEACHER));
    assert_eq!(lead.post(&confirm, &[]).await.status, 403);
}

/// Whoever typed an address had the link to it: an office that takes the person over later ends what is open.
#[tokio::test]
async fn an_admin_who_takes_over_whom_a_lead_added_ends_the_link_that_the_lead_has() {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let (_, text) = begins(&mut lead, "Ana, ana@a.example\nEva, eva@a.example").await;
    let [ana, eva] = links(&text).try_into().unwrap();
    let held = sign_in(&server, &eva, 1).await.unwrap();
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let (status, text) = begins(&mut admin, "Ana, ana@a.example\nEva, eva@a.example").await;
    assert_eq!(status, 200);
    assert!(sign_in(&server, &ana, 2).await.is_none());
    let new = sign_in(&server, &links(&text)[0], 3).await.unwrap();
    let confirm = |who: PersonId| format!("/office/people/{who}/confirm");
    let mut waits = async |who: PersonId| {
        let page = admin.get(&format!("/office/people/{who}")).await.text();
        page.contains(&confirm(who))
    };
    assert!(!waits(new.person).await);
    // Somebody signed in as her already: nobody knows who, so they are signed out.
    assert!(!waits(held.person).await);
    assert_signed_out(&server, &held).await;
}

pub async fn assert_signed_out(server: &TestServer, held: &SignedIn) {
    let path = format!("/api/v1/people/{}", held.person);
    signed_in::assert_not_signed_in(&signed_in::get(server, &path, &held.token).await);
}

#[tokio::test]
async fn who_signed_in_by_the_link_that_a_lead_had_is_signed_out_when_an_admin_confirms() {
    let server = school().await;
    let mut lead = Visitor::enter(&server, A_LEAD).await;
    let (_, text) = begins(&mut lead, "Nora\nInes").await;
    let [nora, ines] = links(&text).try_into().unwrap();
    let nora = sign_in(&server, &nora, 1).await.unwrap();
    let ines = sign_in(&server, &ines, 2).await.unwrap();
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let page = format!("/office/people/{}", nora.person);
    assert!(admin.get(&page).await.text().contains("signed out"));
    let text = admin.done(&format!("{page}/confirm"), &[]).await.text();
    assert!(text.contains("give them a new link"));
    assert_signed_out(&server, &nora).await;
    // A name that the office gives says that it knows her, too.
    let change = ChangePerson {
        name: Some("Inés Ortega".into()),
        ..ChangePerson::default()
    };
    let changed = server.store().change_person(ines.person, change, 1);
    changed.await.unwrap().unwrap();
    assert_signed_out(&server, &ines).await;
}

fn week() -> Day {
    let now_utc_ms = chrono::Utc::now().timestamp_millis();
    Day::from_epoch(now_utc_ms.div_euclid(86_400_000))
        .unwrap()
        .week(1)
}

/// Every other way of confirming ends what the lead may hold; so does a merge with an entry of the office, however it
/// is said.
#[rstest]
#[case::in_the_office(true)]
#[case::from_a_device(false)]
#[tokio::test]
async fn a_merge_with_somebody_known_signs_out_whoever_had_the_link_of_a_lead(
    #[case] in_the_office: bool,
) {
    let district = District::on(school().await);
    let server = &district.server;
    let known = district.member(12, &[at_site(Role::Teacher)]);
    let mut lead = Visitor::enter(server, A_LEAD).await;
    let (_, text) = begins(&mut lead, "Nora").await;
    let [nora] = links(&text).try_into().unwrap();
    let held = sign_in(server, &nora, 1).await.unwrap();
    let given = signed_in::post(server, "/api/v1/codes", &held.token, &json!(null)).await;
    let code = signed_in::read::<SignInCode>(&given).code;
    // What the lead says as her is nothing that the known teacher said.
    let yes = json!({ "peer_visits": true });
    let path = format!("/api/v1/people/{}", held.person);
    let answered = signed_in::post(server, &path, &held.token, &yes).await;
    assert_eq!(answered.status, 200);
    let connection = server.stored().0;
    let stands = || {
        let sql = "select count(*) from event where author = ?1 and not exists (select 1 from \
                   not_theirs where not_theirs.author = event.author and until_utc_ms > \
                   event.received_at_utc_ms)";
        let id = held.person.0.as_bytes().as_slice();
        connection
            .query_row(sql, [id], |row| row.get::<_, u32>(0))
            .unwrap()
    };
    let twin = Member::signed_in(&held, signed_in::new_device(1));
    let answer = SurveyAnswered {
        form: Form::three_reads().form,
        week: week(),
        revision: 1,
        answers: [("fits-my-period".to_owned(), 1)].into(),
        named: true,
    };
    twin.says(server, twin.seal(answer, &[(said::ADDED, "I teach badly")]))
        .await;
    assert_eq!(stands(), 1);
    if in_the_office {
        let mut admin = Visitor::enter(server, AN_ADMIN).await;
        // Only what somebody said who was an admin by then counts.
        let since = "update post set from_utc_ms = 0";
        server.stored().0.execute(since, []).unwrap();
        let merge = format!("/office/people/{}/merge/{}", known.person, held.person);
        assert!(admin.get(&merge).await.text().contains("signed out"));
        admin.done(&merge, &[]).await;
    } else {
        let admin = district.member(13, &[ADMIN]);
        let merged = PersonMerged {
            from: held.person,
            into: known.person,
        };
        admin.says(server, admin.seal(merged, &[])).await;
    }
    district.settled().await;
    assert_signed_out(server, &held).await;
    let asking = signed_in::asking(&code, signed_in::new_device(2));
    signed_in::assert_unknown(&signed_in::ask(&server.url, &asking).await);
    assert_eq!(stands(), 0);
    let yes = "select count(*) from person where peer_visits = 1";
    let yes: u32 = connection.query_row(yes, [], |row| row.get(0)).unwrap();
    assert_eq!(yes, 0);
    let answers =
        "select count(*) from document where kind = 'survey_answers' and body is not null";
    let answers: u32 = connection.query_row(answers, [], |row| row.get(0)).unwrap();
    assert_eq!(answers, 0);
    // Whoever they are now is signed in as before.
    assert!(!known.documents(server).await.is_empty());
}
