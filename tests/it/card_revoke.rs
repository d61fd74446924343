//! Who ends a card, and what that ends.

use crate::card::{Card, FAR};
use crate::server::{Said, client};
use crate::staff::{self, ADMIN, OBSERVER, OTHER, TEACHER, token};
use lookfor::domain::id::EventId;
use lookfor::domain::problem::Problem;
use lookfor::sync::protocol::CardsRevoked;
use rstest::rstest;
use rusqlite::params;

async fn revoke(card: &Card, number: u8) -> Said {
    let path = format!("/api/v1/cards/{}/revoke", card.feedback);
    let request = client()
        .post(format!("{}{path}", card.server.url))
        .header("authorization", format!("Bearer {}", token(number)));
    Said::from(request).await
}

#[rstest]
#[case::the_teacher(TEACHER)]
#[case::an_admin(ADMIN)]
#[tokio::test]
async fn a_card_is_revoked_by(#[case] number: u8) {
    let card = Card::made().await;
    card.give(&"7".repeat(64), FAR);
    // A mail that waits for its next try.
    let mail =
        "insert into mail (feedback, person, made_at_utc_ms, due_at_utc_ms) values (?1, ?2, 0, 0)";
    let (person, feedback) = (
        *staff::person(TEACHER).0.as_bytes(),
        *card.feedback.0.as_bytes(),
    );
    let stored = card.server.stored();
    stored.0.execute(mail, params![feedback, person]).unwrap();
    let said = revoke(&card, number).await;
    assert_eq!(said.status, 200);
    let answer: CardsRevoked = serde_json::from_slice(&said.body).unwrap();
    assert_eq!(answer.revoked, 2);
    assert_eq!(card.open().await.status, 410);
    let why = stored
        .0
        .query_row("select given_up from mail", [], |row| row.get(0));
    assert_eq!(why, Ok("revoked".to_owned()));
    // Asked again, there is nothing left to end.
    let again: CardsRevoked = serde_json::from_slice(&revoke(&card, number).await.body).unwrap();
    assert_eq!(again.revoked, 0);
}

#[rstest]
#[case::a_colleague(OTHER)]
#[case::the_observer(OBSERVER)]
#[tokio::test]
async fn a_card_is_not_revoked_by(#[case] number: u8) {
    let card = Card::made().await;
    let said = revoke(&card, number).await;
    assert_eq!((said.status, said.problem()), (403, Problem::NotAllowed));
    assert_eq!(card.open().await.status, 200);
}

#[tokio::test]
async fn a_card_is_revoked_by_nobody_who_is_not_signed_in_and_only_if_it_is_one() {
    let card = Card::made().await;
    let url = format!("{}/api/v1/cards/{}/revoke", card.server.url, card.feedback);
    assert_eq!(Said::from(client().post(url)).await.status, 401);
    for feedback in [EventId::mint(4, [4; 10]).to_string(), "everything".into()] {
        let url = format!("{}/api/v1/cards/{feedback}/revoke", card.server.url);
        let admin = format!("Bearer {}", token(ADMIN));
        let said = Said::from(client().post(url).header("authorization", admin)).await;
        assert_eq!((said.status, said.problem()), (404, Problem::NotFound));
    }
}
