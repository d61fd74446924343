//! Who reads measures that rest on few teachers, and who counts as one.

use crate::district::{District, Member, at_site, post, site};
use crate::facts::{named, named_by_id, numbered};
use crate::visitors::{measures, pilot, visits};
use lookfor::domain::agreement::{Agreement, Withheld};
use lookfor::domain::claim::ClaimCode;
use lookfor::domain::event::said;
use lookfor::domain::id::PersonId;
use lookfor::domain::people::{PersonAdded, Place, Role};
use lookfor::domain::visibility::{Relation, Row};

#[tokio::test]
async fn a_visit_to_nobody_makes_nobody_a_reader_of_figures_that_rest_on_few() {
    let district = District::open().await;
    let server = &district.server;
    let principal = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher), pilot()]);
    let colleague = district.member(3, &[at_site(Role::Teacher)]);
    visits(server, &principal, named(&teacher)).await;
    visits(server, &colleague, numbered(&ClaimCode::mint([8; 10]))).await;
    district.settled().await;
    assert!(principal.kinds(server).await.contains("measures"));
    assert!(!colleague.kinds(server).await.contains("measures"));
}

#[tokio::test]
async fn what_rests_on_few_is_read_by_its_team_and_where_its_pilots_teach_and_by_no_other_visitor()
{
    let district = District::open().await;
    let server = &district.server;
    let principal = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let coach = district.member(3, &[at_site(Role::Coach)]);
    let mate = district.member(4, &[pilot()]);
    let alone = district.member(6, &[at_site(Role::Teacher)]);
    visits(server, &alone, named(&alone)).await;
    let elsewhere = Place::Site(site(2));
    let other_coach = district.member(5, &[post(Role::Coach, elsewhere)]);
    visits(server, &principal, named(&teacher)).await;
    district.settled().await;
    // Nobody here is of the team: one visit opens no figures of it.
    for member in [&principal, &coach, &other_coach] {
        assert_eq!(measures(&district, member).await, None);
    }
    // To visit oneself is no way in either, nor to be visited: that two agree on it opens nothing.
    for member in [&alone, &teacher] {
        assert_eq!(measures(&district, member).await, None);
    }
    // Nor is a visit to somebody outside the team a figure of it.
    assert_eq!(measures(&district, &mate).await, None);

    district.give(&teacher, &pilot());
    district.settled().await;
    for member in [&principal, &coach, &mate, &teacher] {
        let measures = measures(&district, member).await.unwrap();
        assert_eq!((measures.visits, measures.teachers), (1, 1));
    }
    assert_eq!(measures(&district, &other_coach).await, None);

    district.take_back(&teacher, &pilot());
    district.settled().await;
    for member in [&principal, &coach] {
        assert_eq!(measures(&district, member).await, None);
    }
    // What was recorded in the team stays its team's, and who is in it no more reads it no more.
    assert!(measures(&district, &mate).await.is_some());
    assert_eq!(measures(&district, &teacher).await, None);
}

/// A principal is a colleague, too: what is closed to them is not read with everybody.
#[tokio::test]
async fn what_is_closed_to_some_is_closed_to_all_with_whom_they_would_read_it() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let other = district.member(2, &[at_site(Role::Coach)]);
    let everybody = district.member(3, &[post(Role::Teacher, Place::Site(site(2)))]);
    district.agree(&Agreement {
        withheld: vec![Withheld {
            row: Row::Measures,
            from: Relation::Coach,
        }],
        ..Agreement::first()
    });
    for number in 10..16 {
        let teacher = district.member(number, &[at_site(Role::Teacher), pilot()]);
        visits(server, &coach, named(&teacher)).await;
        visits(server, &other, named(&teacher)).await;
    }
    let mate = district.member(20, &[pilot()]);
    district.settled().await;
    assert!(measures(&district, &mate).await.is_some());
    for member in [&coach, &other, &everybody] {
        assert_eq!(measures(&district, member).await, None);
    }
}

#[tokio::test]
async fn a_visitor_of_the_team_reads_what_rests_on_few_also_where_the_agreement_closes_it_for_the_team()
 {
    let district = District::open().await;
    let server = &district.server;
    let mate = district.member(1, &[at_site(Role::Teacher), pilot()]);
    let visitor = district.member(2, &[at_site(Role::Coach), pilot()]);
    district.agree(&Agreement {
        withheld: vec![Withheld {
            row: Row::Measures,
            from: Relation::Team,
        }],
        ..Agreement::first()
    });
    let idle = district.member(3, &[pilot()]);
    visits(server, &visitor, named(&mate)).await;
    district.settled().await;
    assert!(measures(&district, &visitor).await.is_some());
    assert_eq!(measures(&district, &idle).await, None);
}

#[tokio::test]
async fn made_up_ids_do_not_count_towards_five_teachers() {
    let district = District::open().await;
    let server = &district.server;
    let coach = district.member(1, &[at_site(Role::Coach)]);
    let everybody = district.member(2, &[post(Role::Teacher, Place::Site(site(2)))]);
    let principal = district.member(3, &[at_site(Role::Principal)]);
    let known: Vec<Member> = (10..14)
        .map(|number| district.member(number, &[at_site(Role::Teacher), pilot()]))
        .collect();
    for teacher in &known {
        visits(server, &coach, named(teacher)).await;
        visits(server, &principal, named(teacher)).await;
    }
    for number in 100..105 {
        let made_up = PersonId::mint(1, [number; 10]);
        visits(server, &coach, named_by_id(made_up)).await;
        // Not even when the coach says that they were met there.
        if number < 103 {
            let adds = PersonAdded {
                person: made_up,
                site: site(1),
            };
            let added = coach.seal(adds, &[(said::NAME, "Nobody")]);
            coach.says(server, added).await;
        }
    }
    district.settled().await;
    assert_eq!(measures(&district, &everybody).await, None);
    let small = measures(&district, &coach)
        .await
        .expect("the coach has them");
    assert_eq!((small.visits, small.teachers, small.small), (8, 4, true));

    // Nor who visits themselves: two who are curious would open what rests on three.
    let alone = district.member(15, &[at_site(Role::Teacher)]);
    visits(server, &alone, named(&alone)).await;
    district.settled().await;
    assert_eq!(measures(&district, &everybody).await, None);

    // The fifth whom the office knows makes them everybody's.
    let fifth = district.member(14, &[at_site(Role::Teacher), pilot()]);
    visits(server, &coach, named(&fifth)).await;
    district.settled().await;
    // But for the coach, who knows what the fifth adds.
    assert_eq!(measures(&district, &everybody).await, None);
    visits(server, &principal, named(&fifth)).await;
    district.settled().await;
    let large = measures(&district, &everybody)
        .await
        .expect("all have them");
    assert_eq!((large.visits, large.teachers, large.small), (10, 5, false));
}

#[tokio::test]
async fn an_agreement_that_was_dated_ahead_closes_figures_when_its_day_comes_though_nobody_says_anything()
 {
    let district = District::open().await;
    let server = &district.server;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher), pilot()]);
    visits(server, &observer, named(&teacher)).await;
    district.settled().await;
    let of_the_team = "select count(*) from document where kind = 'measures' \
                       and audience like 'idea:%' and body is not null";
    district.until(of_the_team, 1).await;
    district.agree(&Agreement {
        version: 2,
        from_utc_ms: chrono::Utc::now().timestamp_millis() + 2_000,
        withheld: vec![Withheld {
            row: Row::Measures,
            from: Relation::Team,
        }],
        ..Agreement::first()
    });
    district.settled().await;
    district.until(of_the_team, 0).await;
}
