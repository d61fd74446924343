//! Numbered visits: nobody is named, and the teacher takes what is theirs.

use crate::district::{District, at_site, post, site};
use crate::facts::{numbered, tagged};
use lookfor::domain::agreement::Agreement;
use lookfor::domain::claim::ClaimCode;
use lookfor::domain::collect::walkthrough::Claim;
use lookfor::domain::event::said;
use lookfor::domain::people::{Place, Role};
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::{Answer, CLAIMS_PATH};

#[tokio::test]
async fn a_numbered_visit_names_nobody_until_its_teacher_takes_it() {
    let district = District::open().await;
    district.agree(&Agreement {
        names: false,
        ..Agreement::first()
    });
    let server = &district.server;
    let observer = district.member(1, &[post(Role::Teacher, Place::Site(site(2)))]);
    district.gave(&observer, &at_site(Role::Principal));
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let coach = district.member(3, &[at_site(Role::Coach)]);
    let colleague = district.member(4, &[at_site(Role::Teacher)]);
    let admin = district.member(5, &[post(Role::Admin, Place::District)]);
    let code = ClaimCode::mint([7; 10]);
    let visit = observer.visit(numbered(&code), "note-of-visit");
    let visit = observer.says(server, visit).await;
    let spot = observer.seal(tagged(visit), &[(said::NOTE, "note-of-spot")]);
    observer.says(server, spot).await;
    district.settled().await;
    assert!(teacher.kinds(server).await.is_empty());

    let claim = |code: &str| serde_json::json!({ "code": code }).to_string();
    for wrong in ["", "x", "00000-00000", "ÄÖÜ"] {
        let answer = teacher.post(server, CLAIMS_PATH, claim(wrong)).await;
        assert_eq!(answer.problem(), Problem::SecretUnknown, "{wrong}");
    }
    let typed = code.to_string().to_lowercase();
    // Who made the visit cannot be its teacher, and so keep it from them.
    let own = observer.post(server, CLAIMS_PATH, claim(&typed)).await;
    assert_eq!(own.problem(), Problem::SecretUnknown);
    // Nor does a push take it, whoever pushes and however old the id is.
    let (_, pushed) = colleague.seal(
        Claim {
            walkthrough: visit,
            teacher: colleague.person,
            code: code.clone(),
        },
        &[],
    );
    let answers = colleague.push(server, &[pushed]).await;
    assert!(matches!(
        answers[..],
        [Answer::Refused(Problem::NotAllowed)]
    ));
    for _ in 0..2 {
        let answer = teacher.post(server, CLAIMS_PATH, claim(&typed)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    let late = colleague.post(server, CLAIMS_PATH, claim(&typed)).await;
    assert_eq!((late.status, late.problem()), (410, Problem::SecretUnknown));
    district.settled().await;
    let kinds = teacher.kinds(server).await;
    assert!(kinds.contains("walkthrough") && kinds.contains("bright_spot"));
    // Once taken, it still names the teacher to nobody else.
    for (who, member) in [
        ("observer", &observer),
        ("teacher", &teacher),
        ("coach", &coach),
        ("colleague", &colleague),
        ("admin", &admin),
    ] {
        for document in member.documents(server).await {
            let kind = document.name().kind;
            if ["person", "agreement", "measures", "site", "district"].contains(&kind.as_str()) {
                continue;
            }
            let text = serde_json::to_string(&document).unwrap();
            let names = text.contains(&teacher.person.to_string());
            assert_eq!(
                names,
                who == "teacher" && kind != "support_counts",
                "{who}: {text}"
            );
        }
    }
}

/// Somebody who saw the code records a visit with it before the tablet of whoever made the visit has a network.
#[tokio::test]
async fn a_code_that_somebody_else_recorded_first_still_opens_the_visit() {
    let district = District::open().await;
    district.agree(&Agreement {
        names: false,
        ..Agreement::first()
    });
    let server = &district.server;
    let observer = district.member(1, &[at_site(Role::Principal)]);
    let teacher = district.member(2, &[at_site(Role::Teacher)]);
    let stranger = district.member(3, &[post(Role::Teacher, Place::Site(site(2)))]);
    let code = ClaimCode::mint([7; 10]);
    let claim = serde_json::json!({ "code": code.to_string() }).to_string();
    let taken = || async {
        let answer = teacher.post(server, CLAIMS_PATH, claim.clone()).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        district.settled().await;
        let documents = teacher.documents(server).await;
        let own = documents.iter().map(|document| document.name());
        own.filter(|name| name.kind == "walkthrough").count()
    };
    stranger
        .says(server, stranger.visit(numbered(&code), "mine"))
        .await;
    district.settled().await;
    assert_eq!(taken().await, 0);
    let visit = observer.visit(numbered(&code), "note-of-visit");
    observer.says(server, visit).await;
    district.settled().await;
    assert_eq!(taken().await, 1);
    // Again it is the same one.
    assert_eq!(taken().await, 1);
}
