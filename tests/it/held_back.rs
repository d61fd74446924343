//! Free text that somebody put where bodies have keys: it reaches nobody but the two whose visit it is, until a form
//! with it comes.

use crate::district::{District, IDEA, Member, at_site, post};
use crate::facts::{named, tagged, wanted};
use crate::hold::{seen_on, sees, teachers};
use crate::server::{TestServer, client, edited};
use crate::visitors::measures;
use lookfor::domain::act::bright_spot::BrightSpotFiled;
use lookfor::domain::act::support::Category;
use lookfor::domain::collect::look_for::LookForKey;
use lookfor::domain::document::{BrightSpotDocument, Document};
use lookfor::domain::people::{Place, Role};
use lookfor::domain::problem::Problem;
use lookfor::sync::office::ideas::{FORMS_PATH, TOML};
use lookfor::sync::protocol::Answer;
use rstest::rstest;

#[rstest]
#[case::a_look_for(r#""look_for":"purpose-said""#, r#""look_for":"Ms. Ortega shouted""#)]
#[case::a_form(r#""key":"three-reads""#, r#""key":"Ms. Ortega""#)]
#[case::an_empty_form(r#""key":"three-reads""#, r#""key":"""#)]
#[case::a_choice(r#""rating":"seen""#, r#""rating":{"one":"Ms. Ortega"}"#)]
#[tokio::test]
async fn a_record_whose_keys_are_no_keys_is_set_aside(#[case] from: &str, #[case] to: &str) {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let visit = seen_on(&coach, (IDEA, 2), Some(named(&teacher)), &["purpose-said"]).1;
    let visit = edited(visit, r#""schema":2"#, r#""schema":3"#);
    let answers = coach.push(server, &[edited(visit, from, to)]).await;
    assert!(
        matches!(&answers[0], Answer::Refused(Problem::Malformed { place, .. }) if place == "body.data"),
        "{answers:?}"
    );
    let said = serde_json::to_string(&answers).unwrap();
    assert!(!said.contains("Ortega"), "{said}");
}

#[tokio::test]
async fn what_no_form_has_is_in_no_figure_and_under_no_bright_spot() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let team = teachers(&district, 10, 1, true);
    sees(
        server,
        &coach,
        &team[0],
        &["purpose-said", "ortega-shouted"],
    )
    .await;
    for version in [99_999, 4_000_000_000] {
        let visit = seen_on(
            &coach,
            (IDEA, version),
            Some(named(&team[0])),
            &["own-words"],
        );
        coach.says(server, visit).await;
    }
    let visit = seen_on(&coach, (IDEA, 2), Some(named(&team[0])), &[]);
    let visit = coach.says(server, visit).await;
    let mut tag = tagged(visit);
    tag.look_for = Some(LookForKey("ortega-shouted".into()));
    let tag = coach.seal(tag, &[]);
    coach.says(server, tag).await;
    district.settled().await;
    let figures = measures(&district, &team[0]).await.unwrap();
    assert_eq!((figures.form.version, figures.visits), (2, 2));
    let keys: Vec<&str> = figures
        .look_fors
        .iter()
        .map(|one| &*one.look_for.0)
        .collect();
    assert_eq!(keys, ["purpose-said"]);
    let own = format!("person:{}", coach.person);
    let teachers = format!("person:{}", team[0].person);
    for (audience, kind, _, body) in district.feed() {
        let theirs = kind == "walkthrough" && (audience == own || audience == teachers);
        assert!(
            theirs || !body.contains("ortega-shouted"),
            "{audience} {kind}"
        );
    }
}

/// The spot as this person has it.
async fn spot(district: &District, member: &Member) -> Option<BrightSpotDocument> {
    let documents = member.documents(&district.server).await;
    documents.into_iter().find_map(|document| match document {
        Document::BrightSpot(spot) => Some(spot),
        _ => None,
    })
}

#[tokio::test]
async fn a_visit_on_a_form_that_has_not_come_waits_for_it_and_then_counts() {
    let mut district = District::open().await;
    let lead = district.member(1, &[post(Role::Lead, Place::District)]);
    let principal = district.member(2, &[at_site(Role::Principal)]);
    let coach = district.member(3, &[at_site(Role::Coach)]);
    let whole = || Place::Idea("whole".into());
    let teacher = district.member(4, &[at_site(Role::Teacher), post(Role::Pilot, whole())]);
    let visit = seen_on(&principal, ("whole", 1), Some(named(&teacher)), &["shown"]);
    let visit = principal.says(&district.server, visit).await;
    let mut tag = tagged(visit);
    tag.look_for = Some(LookForKey("shown".into()));
    let tag = principal.seal(tag, &[]);
    principal.says(&district.server, tag).await;
    let call = principal.seal(wanted(visit, Category::Content), &[]);
    principal.says(&district.server, call).await;
    district.settled().await;
    // Nothing is hidden from the two whose it is.
    assert!(
        teacher
            .kinds(&district.server)
            .await
            .contains("walkthrough")
    );
    assert!(coach.kinds(&district.server).await.is_empty());
    assert_eq!(measures(&district, &teacher).await, None);

    let token = lead.request(&district.server, "/").build().unwrap();
    let added = client()
        .post(format!("{}{FORMS_PATH}", district.server.url))
        .header("authorization", token.headers()["authorization"].clone())
        .header("content-type", TOML)
        .body(include_str!("../fixtures/forms/whole.toml"))
        .send()
        .await
        .unwrap();
    assert!(added.status().is_success());
    district.settled().await;
    let shown = spot(&district, &coach).await.expect("the coach has it");
    assert_eq!(shown.look_for, Some(LookForKey("shown".into())));
    assert!(coach.kinds(&district.server).await.contains("support"));
    let figures = measures(&district, &teacher).await.unwrap();
    assert_eq!((figures.visits, figures.look_fors.len()), (1, 1));

    let kept = district.feed();
    let data = district.server.data.clone();
    district.server.stop().await;
    let again = TestServer::with(|config| {
        config.data = data;
        config.rebuild = true;
    });
    district.follow(again.await);
    district.settled().await;
    assert_eq!(district.feed(), kept);
}

#[tokio::test]
async fn a_bright_spot_stands_where_it_was_put_last_whatever_ids_devices_make() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let principal = district.member(2, &[at_site(Role::Principal)]);
    let teacher = district.member(3, &[at_site(Role::Teacher)]);
    let visit = seen_on(&principal, (IDEA, 2), Some(named(&teacher)), &[]);
    let visit = principal.says(server, visit).await;
    let tag = principal.seal(tagged(visit), &[]);
    let bright_spot = principal.says(server, tag).await;
    let filed = |under: &str| BrightSpotFiled {
        walkthrough: visit,
        bright_spot,
        look_for: Some(LookForKey(under.into())),
    };
    let earlier_id = coach.seal(filed("own-words"), &[]);
    let later_id = coach.seal(filed("partner-talk"), &[]);
    coach.says(server, later_id).await;
    coach.says(server, earlier_id).await;
    district.settled().await;
    let shown = spot(&district, &coach).await.unwrap();
    assert_eq!(shown.look_for, Some(LookForKey("own-words".into())));
}
