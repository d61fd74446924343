//! Sites, classes, and the agreement that holds there.

use crate::office::{brought, problem_at, site, with_an_admin};
use crate::signed_in::{assert_not_signed_in, get, person, post, read, token};
use lookfor::domain::agreement::Agreement;
use lookfor::domain::id::ClassId;
use lookfor::domain::problem::Problem;
use lookfor::sync::office::{AgreementVersions, Site, SitesPage};
use serde_json::{Value, json};

fn class(number: u8) -> ClassId {
    ClassId::mint(1, [number; 10])
}

#[tokio::test]
async fn a_site_is_kept_and_renamed() {
    let (server, admin) = with_an_admin().await;
    let renamed = json!({"id": site(1), "name": "North High"});
    read::<Site>(&post(&server, "/api/v1/sites", &admin, &renamed).await);
    brought(&server, "people").await;
    let page: SitesPage = read(&get(&server, "/api/v1/sites", &admin).await);
    let names: Vec<_> = page.sites.iter().map(|site| &*site.name).collect();
    assert_eq!((names, page.next), (vec!["North High"], None));
    let nameless = json!({"id": site(1), "name": " "});
    assert_eq!(
        problem_at(&post(&server, "/api/v1/sites", &admin, &nameless).await),
        "name"
    );
}

#[tokio::test]
async fn a_class_keeps_its_site_and_year() {
    let (server, admin) = with_an_admin().await;
    let kept = |change: Value| {
        let mut class = json!({
            "id": class(1), "site": site(1), "school_year": 2027,
            "title": "Algebra 1, period 3", "teachers": [person(2)],
        });
        class
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        class
    };
    let keep = async |change| post(&server, "/api/v1/classes", &admin, &kept(change)).await;
    assert_eq!(keep(json!({})).await.status, 200);
    brought(&server, "people").await;
    let teachers = json!({"title": "Algebra 1", "teachers": [person(2), person(3)], "ended": true});
    assert_eq!(keep(teachers).await.status, 200);
    for taken in [
        json!({"school_year": 2028}),
        json!({"id": class(1), "school_year": 2000}),
    ] {
        assert_eq!(keep(taken).await.problem(), Problem::IdTaken);
    }
    for (wrong, place) in [
        (json!({"site": site(9)}), "site"),
        (json!({"teachers": [person(99)]}), "teachers"),
        (json!({"title": ""}), "title"),
        (json!({"school_year": 27}), "school_year"),
        (json!({"teachers": vec![person(2); 51]}), "teachers"),
        (json!({"room": 7}), "request"),
    ] {
        assert_eq!(problem_at(&keep(wrong).await), place);
    }
    let stored = server.stored();
    let row = stored.0.query_row(
        "select title, ended_at_utc_ms is not null, (select count(*) from class_teacher) from class",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    );
    assert_eq!(row, Ok(("Algebra 1".to_owned(), true, 2)));
}

#[tokio::test]
async fn no_version_of_the_agreement_but_the_first_holds_before_it_is_adopted() {
    let (server, admin) = with_an_admin().await;
    let adopt = async |version: u32, from_utc_ms: i64| {
        let agreement = Agreement {
            version,
            from_utc_ms,
            ..Agreement::first()
        };
        let body = serde_json::to_value(&agreement).unwrap();
        post(&server, "/api/v1/agreement", &admin, &body).await
    };
    let signed_long_ago = 1_700_000_000_000;
    read::<AgreementVersions>(&adopt(2, signed_long_ago).await);
    for _ in 0..2 {
        // As if it opened what the second closed.
        let said = adopt(3, signed_long_ago + 100).await;
        assert_eq!(problem_at(&said), "agreement.from_utc_ms");
    }
    let to_come = 4_000_000_000_000;
    let versions = read::<AgreementVersions>(&adopt(3, to_come).await).versions;
    assert_eq!(versions.len(), 3);
    // Sent again, the first is what it was.
    read::<AgreementVersions>(&adopt(2, signed_long_ago).await);
}

#[tokio::test]
async fn the_agreement_is_read_by_all_and_set_by_an_admin_version_by_version() {
    let (server, admin) = with_an_admin().await;
    let all = async || {
        read::<AgreementVersions>(&get(&server, "/api/v1/agreement", &token(2)).await).versions
    };
    assert_eq!(all().await, [Agreement::first()]);
    let second = Agreement {
        version: 2,
        from_utc_ms: 1_800_000_000_000,
        names: false,
        ..Agreement::first()
    };
    let adopt = async |agreement: &Agreement| {
        let body = serde_json::to_value(agreement).unwrap();
        post(&server, "/api/v1/agreement", &admin, &body).await
    };
    for _ in 0..2 {
        let versions = read::<AgreementVersions>(&adopt(&second).await).versions;
        assert_eq!(versions, [Agreement::first(), second.clone()]);
    }
    brought(&server, "agreement").await;
    let other_words = Agreement {
        minutes_max: 20,
        ..second.clone()
    };
    assert_eq!(problem_at(&adopt(&other_words).await), "agreement.version");
    let earlier = Agreement {
        version: 1,
        ..second.clone()
    };
    assert_eq!(problem_at(&adopt(&earlier).await), "agreement.version");
    // One by one, or nobody could adopt another after the largest number.
    for far_ahead in [4, u32::MAX] {
        let far_ahead = Agreement {
            version: far_ahead,
            ..second.clone()
        };
        assert_eq!(problem_at(&adopt(&far_ahead).await), "agreement.version");
    }
    let too_long = Agreement {
        version: 3,
        minutes_max: 500,
        ..second.clone()
    };
    assert_eq!(problem_at(&adopt(&too_long).await), "agreement.minutes_max");
    // Nothing is agreed on that this server does not understand.
    let beyond = [
        ("visits_a_week_max", serde_json::json!(2)),
        (
            "withheld",
            serde_json::json!([{"row": "voices", "from": "principal"}]),
        ),
        (
            "withheld",
            serde_json::json!([{"row": "support", "from": "principal", "until": "june"}]),
        ),
    ];
    for (field, value) in beyond {
        let third = Agreement {
            version: 3,
            ..second.clone()
        };
        let mut body = serde_json::to_value(third).unwrap();
        body[field] = value;
        let refused = post(&server, "/api/v1/agreement", &admin, &body).await;
        assert_eq!(problem_at(&refused), "request", "{field}");
    }
    assert_eq!(all().await, [Agreement::first(), second]);
    assert_not_signed_in(&server.get("/api/v1/agreement").await);
}
