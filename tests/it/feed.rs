//! The feed over real HTTP: who gets what, from the first push to the last pull.

use crate::district::{District, IDEA, Member, at_site, post, site};
use crate::facts::{asked, given, named, replied, sent, tagged, wanted, withdrawn};
use lookfor::domain::act::bright_spot::Circle;
use lookfor::domain::act::support::Category;
use lookfor::domain::document::{Audience, Document};
use lookfor::domain::event::said;
use lookfor::domain::id::EventId;
use lookfor::domain::people::{Place, Role};
use lookfor::sync::protocol::{EXPORT_PATH, Exported, PULL_MAX_CHANGES, Pulled};
use serde_json::json;
use std::collections::BTreeSet;

/// One person for every relation to a visit of the first site.
struct Cast {
    observer: Member,
    teacher: Member,
    coach: Member,
    principal: Member,
    team: Member,
    district: Member,
    colleague: Member,
    other: Member,
}

impl Cast {
    fn of(district: &District) -> Self {
        let idea = || Place::Idea(IDEA.into());
        // Led the site when they visited, and is elsewhere now.
        let observer = district.member(1, &[post(Role::Teacher, Place::Site(site(2)))]);
        district.gave(&observer, &at_site(Role::Principal));
        Self {
            observer,
            teacher: district.member(2, &[at_site(Role::Teacher)]),
            coach: district.member(3, &[at_site(Role::Coach)]),
            principal: district.member(4, &[at_site(Role::Principal)]),
            team: district.member(5, &[at_site(Role::Teacher), post(Role::Pilot, idea())]),
            district: district.member(6, &[post(Role::Lead, Place::District)]),
            colleague: district.member(7, &[at_site(Role::Teacher)]),
            other: district.member(8, &[post(Role::Teacher, Place::Site(site(3)))]),
        }
    }

    fn all(&self) -> [(&'static str, &Member); 8] {
        [
            ("observer", &self.observer),
            ("teacher", &self.teacher),
            ("coach", &self.coach),
            ("principal", &self.principal),
            ("team", &self.team),
            ("district", &self.district),
            ("colleague", &self.colleague),
            ("other", &self.other),
        ]
    }
}

/// Who has a bright spot on their device.
async fn with_the_spot(cast: &Cast, district: &District) -> BTreeSet<&'static str> {
    let mut with = BTreeSet::new();
    for (who, member) in cast.all() {
        if member.kinds(&district.server).await.contains("bright_spot") {
            with.insert(who);
        }
    }
    with
}

#[tokio::test]
async fn a_bright_spot_is_shown_as_far_and_as_long_as_the_teacher_lets_it() {
    let district = District::open().await;
    let (cast, server) = (Cast::of(&district), &district.server);
    let near = BTreeSet::from(["observer", "teacher", "coach"]);

    let visit = cast.observer.visit(named(&cast.teacher), "I saw");
    let visit = cast.observer.says(server, visit).await;
    let spot = cast
        .observer
        .seal(tagged(visit), &[(said::NOTE, "a page of purposes")]);
    let spot = cast.observer.says(server, spot).await;
    district.settled().await;
    assert_eq!(with_the_spot(&cast, &district).await, near, "tagged");

    let question = cast.coach.seal(asked(visit, spot), &[]);
    let question = cast.coach.says(server, question).await;
    district.settled().await;
    assert_eq!(with_the_spot(&cast, &district).await, near, "asked");

    // A permission by anybody but the teacher is none.
    let forged = cast
        .coach
        .seal(given(visit, spot, question, Circle::District), &[]);
    cast.coach.says(server, forged).await;
    district.settled().await;
    assert_eq!(with_the_spot(&cast, &district).await, near, "forged");

    let permission = cast
        .teacher
        .seal(given(visit, spot, question, Circle::Site), &[]);
    cast.teacher.says(server, permission).await;
    district.settled().await;
    let wide = BTreeSet::from([
        "observer",
        "teacher",
        "coach",
        "principal",
        "team",
        "district",
        "colleague",
    ]);
    assert_eq!(with_the_spot(&cast, &district).await, wide, "given");

    let taken_back = cast.teacher.seal(withdrawn(visit, spot, question), &[]);
    cast.teacher.says(server, taken_back).await;
    district.settled().await;
    assert_eq!(with_the_spot(&cast, &district).await, near, "withdrawn");
    let export = Said::text(&cast.colleague, &district).await;
    assert!(!export.contains("a page of purposes"));
}

/// What a person takes along, as text.
struct Said;

impl Said {
    async fn text(member: &Member, district: &District) -> String {
        let request = member.request(&district.server, EXPORT_PATH);
        let answer = crate::server::Said::from(request).await;
        assert_eq!(answer.status, 200);
        answer.text()
    }
}

/// A visit with everything that can come of one.
async fn full_story(cast: &Cast, district: &District) -> EventId {
    let server = &district.server;
    let visit = cast.observer.visit(named(&cast.teacher), "note-of-visit");
    let visit = cast.observer.says(server, visit).await;
    let feedback = cast
        .observer
        .seal(sent(visit), &[(said::FEEDBACK, "text-of-feedback")]);
    let feedback = cast.observer.says(server, feedback).await;
    let reply = cast
        .teacher
        .seal(replied(visit, feedback), &[(said::REPLY, "text-of-reply")]);
    cast.teacher.says(server, reply).await;
    let spot = cast
        .observer
        .seal(tagged(visit), &[(said::NOTE, "note-of-spot")]);
    cast.observer.says(server, spot).await;
    let support = cast.observer.seal(wanted(visit, Category::Modelling), &[]);
    cast.observer.says(server, support).await;
    district.settled().await;
    visit
}

/// The rows of the table in `docs/visibility.md` that these documents stand for, with fewer than five teachers.
#[tokio::test]
async fn each_role_pulls_and_exports_what_the_table_gives_it_and_nothing_else() {
    let district = District::open().await;
    let cast = Cast::of(&district);
    // Measures are of visits to the team.
    let to_team = cast.observer.visit(named(&cast.team), "note-to-team");
    cast.observer.says(&district.server, to_team).await;
    full_story(&cast, &district).await;
    let table: [(&str, &[&str], &[&str]); 8] = [
        (
            // A visit makes nobody of the team, and measures rest on few.
            "observer",
            &["bright_spot", "feedback", "support", "walkthrough"],
            &[
                "note-of-visit",
                "text-of-feedback",
                "text-of-reply",
                "note-of-spot",
            ],
        ),
        (
            "teacher",
            &["bright_spot", "feedback", "support", "walkthrough"],
            &[
                "note-of-visit",
                "text-of-feedback",
                "text-of-reply",
                "note-of-spot",
            ],
        ),
        (
            "coach",
            &["bright_spot", "measures", "support"],
            &["note-of-spot"],
        ),
        // Calls of few are hidden, and so is that there are any.
        ("principal", &["measures"], &[]),
        ("team", &["measures", "walkthrough"], &[]),
        ("district", &[], &[]),
        ("colleague", &[], &[]),
        ("other", &[], &[]),
    ];
    for ((who, member), (name, kinds, texts)) in cast.all().into_iter().zip(table) {
        assert_eq!(who, name);
        let wanted: BTreeSet<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        assert_eq!(member.kinds(&district.server).await, wanted, "{who}");
        let exported = Said::text(member, &district).await;
        for text in [
            "note-of-visit",
            "text-of-feedback",
            "text-of-reply",
            "note-of-spot",
        ] {
            assert_eq!(
                exported.contains(text),
                texts.contains(&text),
                "{who}: {text}"
            );
        }
        // Of fewer than five teachers no category is shown.
        for document in member.documents(&district.server).await {
            if let Document::SupportCounts(counts) = document {
                assert!(counts.counts.is_empty() && counts.some_hidden, "{who}");
            }
        }
    }
}

#[tokio::test]
async fn an_export_holds_what_a_pull_gives() {
    let district = District::open().await;
    let cast = Cast::of(&district);
    full_story(&cast, &district).await;
    for (who, member) in cast.all() {
        let exported: Exported =
            serde_json::from_str(&Said::text(member, &district).await).unwrap();
        assert_eq!(exported.person, member.person);
        let count: usize = exported
            .portions
            .iter()
            .map(|portion| portion.documents.len())
            .sum();
        assert_eq!(
            count,
            member.documents(&district.server).await.len(),
            "{who}"
        );
    }
}

#[tokio::test]
async fn a_role_change_grows_and_shrinks_what_is_pulled() {
    let district = District::open().await;
    let cast = Cast::of(&district);
    full_story(&cast, &district).await;
    let member = &cast.other;
    assert!(member.kinds(&district.server).await.is_empty());

    district.give(member, &at_site(Role::Coach));
    district.settled().await;
    let kinds = member.kinds(&district.server).await;
    assert!(kinds.contains("bright_spot") && kinds.contains("support"));
    let coaches = format!("site:{}/coach", site(1));
    assert!(member.audiences().contains(&coaches));

    district.take_back(member, &at_site(Role::Coach));
    district.settled().await;
    assert!(member.kinds(&district.server).await.is_empty());
    assert!(!member.audiences().contains(&coaches));
}

#[tokio::test]
async fn a_new_device_is_filled_without_what_is_gone() {
    let district = District::open().await;
    let (cast, server) = (Cast::of(&district), &district.server);
    let visit = full_story(&cast, &district).await;
    // Measures of one teacher are shown to the principal; a bright spot was and is no longer.
    let spot = cast.observer.seal(tagged(visit), &[]);
    let spot = cast.observer.says(server, spot).await;
    let question = cast.observer.seal(asked(visit, spot), &[]);
    let question = cast.observer.says(server, question).await;
    let permission = cast
        .teacher
        .seal(given(visit, spot, question, Circle::Site), &[]);
    cast.teacher.says(server, permission).await;
    district.settled().await;
    assert!(cast.colleague.kinds(server).await.contains("bright_spot"));
    let end = cast.teacher.seal(withdrawn(visit, spot, question), &[]);
    cast.teacher.says(server, end).await;
    district.settled().await;

    let gone = cast.colleague.pull(server).await;
    assert!(
        gone.iter()
            .any(|(_, name, there)| name.kind == "bright_spot" && !there)
    );
    let newcomer = district.member(9, &[at_site(Role::Teacher)]);
    district.settled().await;
    let came = newcomer.pull(server).await;
    assert!(came.iter().all(|(_, _, there)| *there), "{came:?}");
    // Nor does a cursor that they make up tell that there was something.
    let site = Audience::Site(site(1)).to_string();
    let first = json!({ "protocol": 1, "feed": null, "cursors": {} });
    let first = newcomer.pull_once(server, &first).await;
    let Pulled { feed, .. } = serde_json::from_str(&first.text()).unwrap();
    let asked = json!({ "protocol": 1, "feed": feed, "cursors": { site: 1 } });
    let pulled = newcomer.pull_once(server, &asked).await.text();
    let pulled: Pulled = serde_json::from_str(&pulled).unwrap();
    let changes = pulled.portions.iter().flat_map(|portion| &portion.changes);
    let gone = changes.filter(|change| change.document.is_none());
    assert_eq!(gone.count(), 0);
}

/// The numbers of one write would say for whom the others were, if they came in the order of their readers.
#[tokio::test]
async fn documents_of_one_write_are_numbered_by_chance() {
    let district = District::open().await;
    for number in 1..12 {
        district.member(number, &[at_site(Role::Teacher)]);
    }
    district.settled().await;
    let stored = district.server.stored().0;
    stored.execute("delete from document", []).unwrap();
    crate::district::refresh(&stored, "people");
    district.settled().await;
    let sql = "select audience from document where kind = 'person' and audience like 'person:%' order by number";
    let mut statement = stored.prepare(sql).unwrap();
    let readers = statement.query_map([], |row| row.get(0)).unwrap();
    let readers: Vec<String> = readers.map(Result::unwrap).collect();
    assert!(readers.len() > 10);
    assert!(!readers.is_sorted());
}

#[tokio::test]
async fn a_long_feed_comes_in_portions_and_nothing_twice() {
    let district = District::open().await;
    let cast = Cast::of(&district);
    let server = &district.server;
    let visits: Vec<_> = (0..PULL_MAX_CHANGES + 50)
        .map(|_| cast.observer.visit(named(&cast.teacher), "I saw").1)
        .collect();
    for some in visits.chunks(100) {
        cast.observer.push(server, some).await;
    }
    district.settled().await;
    let came = cast.teacher.pull(server).await;
    let names: BTreeSet<_> = came
        .iter()
        .filter(|(_, name, _)| name.kind == "walkthrough")
        .map(|(_, name, _)| name.clone())
        .collect();
    assert_eq!(names.len(), visits.len());
    let all: BTreeSet<_> = came
        .iter()
        .map(|(audience, name, _)| (audience, name))
        .collect();
    assert_eq!(all.len(), came.len());
    assert!(cast.teacher.pull(server).await.is_empty());
}

#[tokio::test]
async fn a_pull_of_a_feed_that_is_made_again_starts_from_the_beginning() {
    let mut district = District::open().await;
    let cast = Cast::of(&district);
    full_story(&cast, &district).await;
    let before = cast.teacher.documents(&district.server).await;
    let data = district.server.data.clone();
    let first: Pulled = {
        let pull = serde_json::json!({ "protocol": 1, "feed": null, "cursors": {} });
        let answer = cast.teacher.pull_once(&district.server, &pull).await;
        serde_json::from_slice(&answer.body).unwrap()
    };
    let kept = district.feed();
    district.server.stop().await;
    let second = crate::server::TestServer::with(|config| {
        config.data = data;
        config.rebuild = true;
    })
    .await;
    district.follow(second);
    district.settled().await;
    assert_eq!(district.feed(), kept);
    assert_eq!(cast.teacher.documents(&district.server).await, before);
    let pull = serde_json::json!({ "protocol": 1, "feed": null, "cursors": {} });
    let answer = cast.teacher.pull_once(&district.server, &pull).await;
    let again: Pulled = serde_json::from_slice(&answer.body).unwrap();
    assert!(again.feed > first.feed);
}
