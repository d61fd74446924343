//! Who may visit whom: what does not count stays with its observer, and makes nothing for anybody else.

use crate::district::{District, IDEA, Member, NOON, at_site, post, site};
use crate::facts::{named, named_by_id, numbered, sent, tagged, wanted};
use crate::server::TestServer;
use lookfor::domain::act::support::Category;
use lookfor::domain::agreement::Agreement;
use lookfor::domain::claim::ClaimCode;
use lookfor::domain::collect::draft::Rated;
use lookfor::domain::collect::rating::Rating;
use lookfor::domain::collect::samples::every_kind;
use lookfor::domain::collect::walkthrough::{Setting, Walkthrough, Whom};
use lookfor::domain::document::{Document, Measures, WalkthroughDocument};
use lookfor::domain::event::said;
use lookfor::domain::id::{DraftId, EventId, PersonId};
use lookfor::domain::moment::Moment;
use lookfor::domain::people::{PersonAdded, Place, Role};
use lookfor::domain::problem::Problem;
use serde_json::json;
use std::collections::BTreeSet;

pub fn pilot() -> lookfor::domain::people::Post {
    post(Role::Pilot, Place::Idea(IDEA.into()))
}

fn says_no(field: &str) -> Problem {
    Problem::AgreementSaysNo {
        field: field.into(),
    }
}

/// A visit with feedback, a bright spot and a call for support.
pub async fn visits(server: &TestServer, observer: &Member, whom: Whom) -> EventId {
    let visit = observer.visit(whom, "note-of-visit");
    let visit = observer.says(server, visit).await;
    let feedback = observer.seal(sent(visit), &[(said::FEEDBACK, "text-of-feedback")]);
    observer.says(server, feedback).await;
    let spot = observer.seal(tagged(visit), &[(said::NOTE, "note-of-spot")]);
    observer.says(server, spot).await;
    let support = observer.seal(wanted(visit, Category::Content), &[]);
    observer.says(server, support).await;
    visit
}

/// The visit as this person has it.
async fn seen(district: &District, member: &Member, visit: EventId) -> Option<WalkthroughDocument> {
    let documents = member.documents(&district.server).await;
    documents.into_iter().find_map(|document| match document {
        Document::Walkthrough(seen) if seen.id == visit => Some(seen),
        _ => None,
    })
}

/// Why the visit stays with its observer, who has it.
async fn refused(district: &District, observer: &Member, visit: EventId) -> Option<Problem> {
    let seen = seen(district, observer, visit).await;
    seen.expect("the observer has it").refused
}

pub async fn measures(district: &District, member: &Member) -> Option<Measures> {
    let documents = member.documents(&district.server).await;
    documents.into_iter().find_map(|document| match document {
        Document::Measures(measures) => Some(measures),
        _ => None,
    })
}

/// The teacher says yes or no to visits by peers, in the app.
async fn says_to_peers(district: &District, teacher: &Member, yes: bool) {
    let path = format!("/api/v1/people/{}", teacher.person);
    let change = json!({ "peer_visits": yes }).to_string();
    let said = teacher.post(&district.server, &path, change).await;
    assert_eq!(said.status, 200, "{}", said.text());
    district.settled().await;
}

/// Everything that is made for anybody but this person, beside people and the agreement.
fn made_for_others(district: &District, observer: &Member) -> BTreeSet<(String, String)> {
    let own = format!("person:{}", observer.person);
    let made = district.feed().into_iter();
    made.filter(|(audience, kind, ..)| {
        // What the district says of itself is for everybody and about no visit.
        let of_itself = [
            "person",
            "class",
            "agreement",
            "district",
            "site",
            "bells",
            "calendar",
            "form",
            "idea",
        ];
        *audience != own && !of_itself.contains(&kind.as_str())
    })
    .map(|(audience, kind, ..)| (audience, kind))
    .collect()
}

#[tokio::test]
async fn a_stranger_who_names_a_teacher_makes_nothing_for_anybody_and_gets_no_figures() {
    let district = District::open().await;
    let server = &district.server;
    let stranger = district.member(1, &[post(Role::Teacher, Place::Site(site(2)))]);
    let teacher = district.member(2, &[at_site(Role::Teacher), pilot()]);
    district.member(3, &[at_site(Role::Coach)]);
    district.member(4, &[pilot()]);
    let visit = visits(server, &stranger, named(&teacher)).await;
    district.settled().await;
    assert_eq!(made_for_others(&district, &stranger), BTreeSet::new());
    assert_eq!(
        refused(&district, &stranger, visit).await,
        Some(Problem::NotAllowed)
    );
    let kinds = stranger.kinds(server).await;
    assert_eq!(kinds, ["walkthrough".to_owned()].into());

    // The office is late: she coaches there. Then all that she said counts.
    district.give(&stranger, &at_site(Role::Coach));
    district.settled().await;
    assert_eq!(refused(&district, &stranger, visit).await, None);
    let kinds = teacher.kinds(server).await;
    assert!(kinds.contains("walkthrough") && kinds.contains("feedback"));
    assert!(measures(&district, &stranger).await.is_some());
}

#[tokio::test]
async fn a_peer_visits_who_said_yes_and_what_was_recorded_stays_when_that_is_taken_back() {
    let district = District::open().await;
    let server = &district.server;
    let peer = district.member(1, &[at_site(Role::Teacher)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let coach = district.member(3, &[at_site(Role::Coach)]);
    let no = Some(says_no("peer_visits_voluntary"));
    let first = visits(server, &peer, named(&teacher)).await;
    district.settled().await;
    assert_eq!(refused(&district, &peer, first).await, no);
    // No hidden note: the teacher sees the record and why it goes nowhere, and nothing else comes of it.
    let shown = seen(&district, &teacher, first).await;
    let shown = shown.expect("the teacher has it");
    assert_eq!(
        (shown.refused, shown.note),
        (no.clone(), Some("note-of-visit".into()))
    );
    assert_eq!(
        teacher.kinds(server).await,
        ["walkthrough".to_owned()].into()
    );
    assert_eq!(coach.kinds(server).await, BTreeSet::new());

    says_to_peers(&district, &teacher, true).await;
    assert_eq!(refused(&district, &peer, first).await, None);
    assert!(teacher.kinds(server).await.contains("feedback"));
    assert!(coach.kinds(server).await.contains("bright_spot"));

    says_to_peers(&district, &teacher, false).await;
    let second = visits(server, &peer, named(&teacher)).await;
    district.settled().await;
    assert_eq!(refused(&district, &peer, first).await, None);
    assert_eq!(refused(&district, &peer, second).await, no);
}

/// A clock that is set back does not bring back a yes.
#[tokio::test]
async fn a_yes_that_was_taken_back_holds_for_no_visit_that_comes_after_whatever_its_clock_says() {
    let mut district = District::open().await;
    let peer = district.member(1, &[at_site(Role::Teacher)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    says_to_peers(&district, &teacher, true).await;
    says_to_peers(&district, &teacher, false).await;
    let now = chrono::Utc::now().timestamp_millis();
    let weeks_ago = Moment {
        at_utc_ms: now - 60 * 24 * 60 * 60 * 1000,
        offset_min: -480,
    };
    let visit = peer.at(weeks_ago).visit(named(&teacher), "note-of-visit");
    let visit = peer.says(&district.server, visit).await;
    district.settled().await;
    let no = Some(says_no("peer_visits_voluntary"));
    assert_eq!(refused(&district, &peer, visit).await, no);
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
async fn a_team_visits_its_own_at_other_schools_and_who_was_added_there_on_the_spot() {
    let district = District::open().await;
    let server = &district.server;
    let member = district.member(1, &[pilot()]);
    let mate = district.member(2, &[at_site(Role::Teacher), pilot()]);
    let principal = district.member(3, &[at_site(Role::Principal)]);
    let other = district.member(4, &[at_site(Role::Teacher)]);
    says_to_peers(&district, &mate, true).await;
    says_to_peers(&district, &other, true).await;
    let to_mate = visits(server, &member, named(&mate)).await;
    let to_other = visits(server, &member, named(&other)).await;
    // The visit comes before the person.
    let met = PersonId::mint(NOON.at_utc_ms, [77; 10]);
    let to_met = visits(server, &principal, named_by_id(met)).await;
    district.settled().await;
    assert_eq!(refused(&district, &member, to_mate).await, None);
    let no = Some(Problem::NotAllowed);
    assert_eq!(refused(&district, &member, to_other).await, no);
    assert_eq!(refused(&district, &principal, to_met).await, no);

    let adds = PersonAdded {
        person: met,
        site: site(1),
    };
    let stranger = district.member(5, &[]);
    let by_stranger = stranger.seal(adds.clone(), &[(said::NAME, "Nobody")]);
    stranger.says(server, by_stranger).await;
    district.settled().await;
    assert_eq!(refused(&district, &principal, to_met).await, no);
    let by_principal = principal.seal(adds, &[(said::NAME, "Xiomara")]);
    principal.says(server, by_principal).await;
    district.settled().await;
    assert_eq!(refused(&district, &principal, to_met).await, None);
}

#[tokio::test]
async fn a_numbered_visit_of_a_stranger_to_a_site_can_be_taken_and_makes_nothing() {
    let district = District::open().await;
    district.agree(&Agreement {
        names: false,
        ..Agreement::first()
    });
    let server = &district.server;
    let stranger = district.member(1, &[post(Role::Coach, Place::Site(site(2)))]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let code = ClaimCode::mint([7; 10]);
    let visit = visits(server, &stranger, numbered(&code)).await;
    district.settled().await;
    let takes = json!({ "code": code.to_string() }).to_string();
    let taken = teacher.post(server, "/api/v1/claims", takes).await;
    assert_eq!(taken.status, 200);
    district.settled().await;
    assert_eq!(made_for_others(&district, &stranger), BTreeSet::new());
    assert_eq!(
        refused(&district, &stranger, visit).await,
        Some(Problem::NotAllowed)
    );
}

/// A clock cannot choose its agreement, and a rebuild chooses the same one.
#[tokio::test]
async fn the_agreement_of_a_visit_is_that_of_the_day_on_which_it_can_have_been() {
    let mut district = District::open().await;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let now = chrono::Utc::now().timestamp_millis();
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    // All visits of these tests take seven minutes, and their clock says a day that has not come.
    for (version, days, minutes_max) in [(2, -400, 20), (3, -200, 5), (4, 1, 20)] {
        district.agree(&Agreement {
            version,
            from_utc_ms: now + days * DAY_MS,
            minutes_max,
            ..Agreement::first()
        });
    }
    let visit = visits(&district.server, &coach, named(&teacher)).await;
    district.settled().await;
    let too_long = vec![says_no("minutes_max")];
    for member in [&coach, &teacher] {
        let seen = seen(&district, member, visit).await.expect("both have it");
        assert_eq!((seen.breaks, seen.refused), (too_long.clone(), None));
    }
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

    // Another version for that day has the visit looked at again, and only that.
    district.agree(&Agreement {
        version: 5,
        from_utc_ms: now - 100 * DAY_MS,
        ..Agreement::first()
    });
    district.settled().await;
    let seen = seen(&district, &coach, visit).await.expect("it is there");
    assert_eq!(seen.breaks, []);
}

/// Of a counter nothing is counted yet, so that the moment was wrong for it says nothing by itself.
#[tokio::test]
async fn figures_have_the_look_fors_that_are_states_alone() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let form = every_kind();
    let pilot = post(Role::Pilot, Place::Idea(form.form.key.clone()));
    let teacher = district.member(2, &[at_site(Role::Teacher), pilot]);
    let insert = "insert into form values (?1, 1, 'district', ?2, zeroblob(32), null, null, 0)";
    let json = serde_json::to_string(&form).unwrap();
    let row = (&form.form.key, json);
    server.stored().0.execute(insert, row).unwrap();
    let rated = form.look_fors.iter().map(|look_for| Rated {
        look_for: look_for.key.clone(),
        rating: Rating::NotTheMoment,
    });
    let walkthrough = Walkthrough {
        draft: DraftId::mint(1, [7; 10]),
        visit: 1,
        form: form.form.clone(),
        begun: NOON,
        rated: rated.collect(),
        setting: Some(Setting {
            site: site(1),
            whom: named(&teacher),
            observers: 1,
            notice_given: false,
            minutes: 7,
            agreement: 1,
        }),
        phase: None,
        students: None,
        focus_seats: None,
    };
    coach.says(server, coach.seal(walkthrough, &[])).await;
    district.settled().await;
    let small = measures(&district, &coach).await;
    let counted = small.expect("the coach has them").look_fors;
    let keys: Vec<_> = counted.iter().map(|tally| &*tally.look_for.0).collect();
    assert_eq!(keys, ["purpose-said"]);
    assert_eq!(counted[0].not_the_moment, 1);
}
