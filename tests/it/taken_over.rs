//! An entry that somebody added on the spot becomes that of a person whom the office knows: whoever was signed in as it
//! has said nothing for that person, by no way.

use crate::district::{District, Member, at_site, post};
use crate::facts::{named, sent};
use crate::met::meet;
use crate::voices::{School, counts, today, welcome};
use lookfor::domain::act::feedback::FeedbackShared;
use lookfor::domain::document::Document;
use lookfor::domain::erasure::{Why, WordsErased};
use lookfor::domain::event::{FACTS_MAX, said};
use lookfor::domain::id::EventId;
use lookfor::domain::people::{PersonMerged, Place, Role};
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::Answer;
use rusqlite::Connection;

fn merged(from: &Member, into: &Member) -> PersonMerged {
    PersonMerged {
        from: from.person,
        into: into.person,
    }
}

fn number(stored: &Connection, sql: &str) -> i64 {
    stored.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// A site with a coach, a teacher, an admin, and somebody whom a lead added.
struct Cast {
    district: District,
    coach: Member,
    teacher: Member,
    admin: Member,
    met: Member,
}

impl Cast {
    async fn open() -> Self {
        let district = District::open().await;
        let cast = Self {
            coach: district.member(1, &[at_site(Role::Coach)]),
            teacher: district.member(2, &[at_site(Role::Teacher)]),
            admin: district.member(3, &[post(Role::Admin, Place::District)]),
            met: district.member(4, &[at_site(Role::Teacher)]),
            district,
        };
        meet(&cast.district, &cast.met);
        cast
    }

    /// A visit of the coach to the teacher, and feedback about it.
    async fn written_up(&self) -> (EventId, EventId) {
        let server = &self.district.server;
        let visit = self.coach.visit(named(&self.teacher), "I saw pairs.");
        let visit = self.coach.says(server, visit).await;
        let words = [(said::FEEDBACK, "You asked twice.")];
        let feedback = self.coach.seal(sent(visit), &words);
        (visit, self.coach.says(server, feedback).await)
    }

    async fn merge(&self, from: &Member, into: &Member) {
        let merge = self.admin.seal(merged(from, into), &[]);
        self.admin.says(&self.district.server, merge).await;
        self.district.settled().await;
    }

    async fn text(&self) -> Option<String> {
        let documents = self.teacher.documents(&self.district.server).await;
        documents.into_iter().find_map(|document| match document {
            Document::Feedback(feedback) => Some(feedback.text),
            _ => None,
        })?
    }
}

#[tokio::test]
async fn neither_an_erasure_nor_a_merge_becomes_an_admins() {
    let cast = Cast::open().await;
    let server = &cast.district.server;
    let elsewhere = cast.district.member(5, &[at_site(Role::Teacher)]);
    let (_, feedback) = cast.written_up().await;
    let erased = WordsErased {
        events: vec![feedback],
        why: Why::Asked,
    };
    cast.met.says(server, cast.met.seal(erased, &[])).await;
    let grab = cast.met.seal(merged(&elsewhere, &cast.coach), &[]);
    cast.met.says(server, grab).await;
    cast.district.settled().await;
    cast.merge(&cast.met, &cast.admin).await;
    // All merges are looked at again with the next one.
    let [twin, other] =
        [6, 7].map(|number| cast.district.member(number, &[at_site(Role::Teacher)]));
    cast.merge(&twin, &other).await;
    assert_eq!(cast.text().await.as_deref(), Some("You asked twice."));
    let stored = server.stored().0;
    let aliases = "select count(*) from alias where source = 'merged'";
    assert_eq!(number(&stored, aliases), 2);
}

#[tokio::test]
async fn nobody_elses_words_go_by_it() {
    let cast = Cast::open().await;
    let server = &cast.district.server;
    let (_, feedback) = cast.written_up().await;
    let erased = WordsErased {
        events: vec![feedback],
        why: Why::Asked,
    };
    cast.met.says(server, cast.met.seal(erased, &[])).await;
    cast.district.settled().await;
    cast.merge(&cast.met, &cast.coach).await;
    assert_eq!(cast.text().await.as_deref(), Some("You asked twice."));
}

#[tokio::test]
async fn it_uses_up_nothing_that_the_person_may_say() {
    let cast = Cast::open().await;
    let server = &cast.district.server;
    let (walkthrough, feedback) = cast.written_up().await;
    let shared = FeedbackShared {
        walkthrough,
        feedback,
    };
    for _ in 0..FACTS_MAX / 50 {
        let round = (0..50).map(|_| cast.met.seal(shared.clone(), &[]).1);
        let round: Vec<_> = round.collect();
        let answers = cast.met.push(server, &round).await;
        assert!(answers.iter().all(|one| matches!(one, Answer::Receipt(_))));
    }
    let one_more = [cast.met.seal(shared.clone(), &[]).1];
    let too_many = Answer::Refused(Problem::TooMany { limit: FACTS_MAX });
    assert_eq!(cast.met.push(server, &one_more).await, [too_many]);
    cast.merge(&cast.met, &cast.teacher).await;
    let own = cast.teacher.seal(shared, &[]);
    cast.teacher.says(server, own).await;
}

#[tokio::test]
async fn a_visit_of_it_is_in_no_count_and_nobodys_copy_is_due() {
    let cast = Cast::open().await;
    let server = &cast.district.server;
    cast.district.gave(&cast.met, &at_site(Role::Principal));
    let visit = cast.met.visit(named(&cast.teacher), "I saw pairs.");
    cast.met.says(server, visit).await;
    cast.district.settled().await;
    let stored = server.stored().0;
    let left = || {
        ["counted_visit", "copy_due"]
            .map(|table| number(&stored, &format!("select count(*) from {table}")))
    };
    assert_eq!(left(), [1, 1]);
    cast.merge(&cast.met, &cast.coach).await;
    assert_eq!(left(), [0, 0]);
}

#[tokio::test]
async fn it_says_no_yes_to_colleagues_by_a_welcome() {
    let school = School::open().await;
    let server = &school.district.server;
    let met = school.district.member(30, &[at_site(Role::Teacher)]);
    let admin = school
        .district
        .member(31, &[post(Role::Admin, Place::District)]);
    meet(&school.district, &met);
    let welcomed = met.seal(welcome(today(), true), &[]);
    met.says(server, welcomed).await;
    let visit = || crate::welcomes::visits_today(&school);
    let before = visit().await;
    assert!(!counts(&school, before).await);
    admin
        .says(server, admin.seal(merged(&met, &school.teacher), &[]))
        .await;
    school.district.settled().await;
    assert!(!counts(&school, before).await);
    let after = visit().await;
    assert!(!counts(&school, after).await);
    let stored = server.stored().0;
    assert_eq!(number(&stored, "select count(*) from welcome"), 0);
}

/// Each may be in the hands of whoever added it, and would be the other by it.
#[tokio::test]
async fn of_two_whom_the_office_does_not_know_neither_becomes_the_other() {
    let cast = Cast::open().await;
    let server = &cast.district.server;
    let twin = cast.district.member(5, &[at_site(Role::Teacher)]);
    meet(&cast.district, &twin);
    let visit = cast.coach.visit(named(&twin), "I saw pairs.");
    cast.coach.says(server, visit).await;
    for (from, into) in [(&cast.met, &twin), (&twin, &cast.met)] {
        cast.merge(from, into).await;
        assert!(!cast.met.kinds(server).await.contains("walkthrough"));
        let path = format!("/api/v1/people/{}/merge", from.person);
        let into = format!("{{\"into\":\"{}\"}}", into.person);
        let said = cast.admin.post(server, &path, into).await;
        assert_ne!(said.status, 200, "{}", said.text());
    }
    assert!(twin.kinds(server).await.contains("walkthrough"));
}
