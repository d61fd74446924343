//! The agreement, from the form to every device.

use super::visitor::between;
use super::{AN_ADMIN, Visitor, faults, school};
use lookfor::domain::agreement::{Agreement, Withheld};
use lookfor::domain::visibility::{Relation, Row};
use lookfor::server::store::agreements::AgreementVersions;

const TYPED: [(&str, &str); 8] = [
    ("names", "no"),
    ("minutes", "15"),
    ("notice", ""),
    ("copy", "2"),
    ("peers", "voluntary"),
    ("kept", "180"),
    ("withheld", "5.5"),
    ("from", ""),
];

#[tokio::test]
async fn a_version_is_read_as_teachers_will_and_adopted_once() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    let form = admin.get("/office/agreement/change").await.text();
    assert!(form.contains("name=\"minutes\" value=\"10\""));
    let said = admin.post("/office/agreement/preview", &TYPED).await;
    let text = said.text();
    assert_eq!(said.status, 200);
    assert_eq!(faults(&text), Vec::<String>::new());
    assert!(text.contains("No form names a teacher.") && text.contains("Ningún formulario"));
    assert!(text.contains("Adopt version 2 now"));
    assert_eq!(between(&text, "name=\"version\" value=\"", "\""), "2");
    let none = server.store().agreements().await.unwrap();
    assert_eq!(none, Vec::<Agreement>::new());
    let mut adopt = TYPED.to_vec();
    adopt.push(("version", "2"));
    let text = admin.done("/office/agreement/adopt", &adopt).await.text();
    assert!(text.contains("is adopted") && text.contains("15 minutes"));
    // Sent again it is the same version.
    admin.done("/office/agreement/adopt", &adopt).await;
    let adopted = server.store().agreements().await.unwrap();
    assert_eq!(adopted.len(), 1);
    let wanted = Agreement {
        version: 2,
        from_utc_ms: adopted[0].from_utc_ms,
        names: false,
        minutes_max: 15,
        notice_from_observers: None,
        copy_within_days: 2,
        peer_visits_voluntary: true,
        words_kept_days: Some(180),
        withheld: vec![Withheld {
            row: Row::Support,
            from: Relation::District,
        }],
        ..Agreement::first()
    };
    assert_eq!(adopted, [wanted]);
    // It can be changed back from the preview, and the same again is nothing to adopt.
    let same = admin.post("/office/agreement/preview", &TYPED).await;
    assert!(same.status == 400 && same.text().contains("Nothing to adopt"));
    let mut back = TYPED.to_vec();
    back.push(("act", "back"));
    let text = admin.post("/office/agreement/preview", &back).await.text();
    assert!(
        text.contains("name=\"minutes\" value=\"15\"") && text.contains("value=\"5.5\" checked")
    );
}

#[tokio::test]
async fn two_admins_do_not_overwrite_each_other() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    admin.get("/office/agreement/change").await;
    let mut adopt = TYPED.to_vec();
    adopt.push(("version", "2"));
    admin.done("/office/agreement/adopt", &adopt).await;
    let mut other = TYPED.to_vec();
    other[1] = ("minutes", "20");
    other.push(("version", "2"));
    let said = admin.post("/office/agreement/adopt", &other).await;
    assert!(said.status == 409 && said.text().contains("meanwhile"));
    assert_eq!(server.store().agreements().await.unwrap().len(), 1);
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once_and_nothing_is_lost() {
    let server = school().await;
    let mut admin = Visitor::enter(&server, AN_ADMIN).await;
    admin.get("/office/agreement/change").await;
    let fields = [
        ("minutes", "200"),
        ("copy", "x"),
        ("notice", "4"),
        ("from", "2020-01-01"),
    ];
    let said = admin.post("/office/agreement/preview", &fields).await;
    let text = said.text();
    assert_eq!(said.status, 400);
    assert_eq!(faults(&text), Vec::<String>::new());
    assert_eq!(text.matches("aria-invalid").count(), 3);
    assert!(text.contains("value=\"200\"") && text.contains("A day from today on."));
}
