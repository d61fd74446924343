//! What a link to a card may say at all: only while it is good, only from the card itself, and not without end; and that
//! the page with all of it stays light.

use crate::card_voice::{Card, SECRET, borrowed, hidden, pilot, today};
use crate::facts::wanted;
use crate::server::{Said, client, receipt};
use lookfor::domain::act::bright_spot::PermissionWithdrawn;
use lookfor::domain::act::support::Category;
use lookfor::domain::event::FACTS_MAX;
use lookfor::domain::id::EventId;
use rstest::rstest;

/// Every way to say something beside thanks and a reply.
const STEPS: [&str; 4] = ["spot", "support", "week", "lesson"];

/// Something for each step that a card of the team would take.
async fn forms(card: &Card) -> Vec<(&'static str, Vec<(String, String)>)> {
    let page = card.open().await;
    let today = today().to_string();
    let fields = |step| match step {
        "spot" => [("choice", "school")].to_vec(),
        "support" => [("want", "materials")].to_vec(),
        "week" => [("q.fits-my-period", "3")].to_vec(),
        _ => [("happened", "yes"), ("day", &*today)].to_vec(),
    };
    let form = |step| {
        let mut form = hidden(&page, step);
        let fields = fields(step).into_iter();
        form.extend(fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        (step, form)
    };
    STEPS.into_iter().map(form).collect()
}

const SAID: [&str; 4] = [
    "permission_given",
    "support_wanted",
    "survey_answered",
    "lesson_logged",
];

#[rstest]
#[case::expired("update secret set expires_utc_ms = 5 where kind = 'card'")]
#[case::revoked("update secret set revoked_at_utc_ms = 5 where kind = 'card'")]
#[case::unknown("delete from secret where kind = 'card'")]
#[case::of_who_has_left("update person set left_at_utc_ms = 5")]
#[tokio::test]
async fn a_link_that_is_not_good_makes_nothing(#[case] sql: &str) {
    let card = Card::in_team().await;
    card.ask().await;
    let forms = forms(&card).await;
    card.district.server.stored().0.execute(sql, []).unwrap();
    for (step, form) in forms {
        assert_eq!(
            card.post(step, &borrowed(&form)).await.status,
            410,
            "{step}"
        );
    }
    assert_eq!(card.count(&SAID), 0);
}

#[rstest]
#[case::another_site("cross-site")]
#[case::a_neighbour("same-site")]
#[tokio::test]
async fn only_the_card_itself_says_something(#[case] from: &str) {
    let card = Card::in_team().await;
    card.ask().await;
    for (step, form) in forms(&card).await {
        let said = card.post_from(from, step, &borrowed(&form)).await;
        assert_eq!(said.status, 403, "{step}");
    }
    assert_eq!(card.count(&SAID), 0);
    // The same forms are good where they come from.
    for (step, form) in forms(&card).await {
        assert_eq!(
            card.post(step, &borrowed(&form)).await.status,
            200,
            "{step}"
        );
    }
    assert_eq!(card.count(&SAID), 4);
}

#[tokio::test]
async fn a_form_without_its_key_says_nothing() {
    let card = Card::in_team().await;
    card.ask().await;
    for (step, mut form) in forms(&card).await {
        form.retain(|(name, _)| name != "key");
        assert_eq!(
            card.post(step, &borrowed(&form)).await.status,
            400,
            "{step}"
        );
    }
    assert_eq!(card.count(&SAID), 0);
}

#[tokio::test]
async fn whoever_left_the_team_is_asked_nothing_any_more() {
    let card = Card::in_team().await;
    card.ask().await;
    let forms = forms(&card).await;
    card.district.take_back(&card.teacher, &pilot());
    card.district.settled().await;
    for (step, form) in &forms[2..] {
        assert_eq!(card.post(step, &borrowed(form)).await.status, 404, "{step}");
    }
    assert_eq!(card.count(&["survey_answered", "lesson_logged"]), 0);
}

#[tokio::test]
async fn whoever_has_a_card_can_say_only_so_much_and_takes_no_no_away() {
    let card = Card::made().await;
    let page = card.open().await;
    let form = hidden(&page, "reply");
    let key = form.iter().find(|(name, _)| name == "key").unwrap();
    let mut statuses = Vec::new();
    for nth in 0..45 {
        let key = format!("{}{nth:08x}", &key.1[..key.1.len() - 8]);
        let form = [("key", &*key), ("reply", "again")];
        statuses.push(card.post("reply", &form).await.status);
    }
    assert_eq!(statuses[0], 200);
    assert_eq!(statuses[44], 400, "{statuses:?}");
    assert!(card.facts(&["feedback_answered"]).len() < 45);
    // The teacher's own device says what it likes, and after all that a no.
    let facts = (0..FACTS_MAX).map(|_| wanted(card.visit, Category::Content));
    let facts: Vec<_> = facts.map(|fact| card.teacher.seal(fact, &[]).1).collect();
    let server = &card.district.server;
    for some in facts.chunks(100) {
        card.teacher.push(server, some).await;
    }
    let spot = EventId::mint(1, [3; 10]);
    let no = PermissionWithdrawn {
        walkthrough: card.visit,
        bright_spot: spot,
        asked: spot,
    };
    let no = card.teacher.seal(no, &[]).1;
    receipt(&card.teacher.push(server, &[no]).await[0]);
    card.district.settled().await;
}

#[tokio::test]
async fn the_teacher_sees_when_it_was_opened() {
    let card = Card::made().await;
    for _ in 0..2 {
        assert!(card.open().await.text().contains("You opened it on "));
        card.district.settled().await;
    }
}

#[rstest]
#[case::in_english("en", "Ask for support", "This week’s questions", "Log a lesson")]
#[case::in_spanish("es", "Pedir apoyo", "Las preguntas de la semana", "Anotar una clase")]
#[tokio::test]
async fn a_card_with_all_there_is_to_say_is_folded_light_and_without_script(
    #[case] language: &str,
    #[case] support: &str,
    #[case] week: &str,
    #[case] lesson: &str,
) {
    let card = Card::in_team().await;
    card.ask().await;
    let url = format!("{}/card/{SECRET}?lang={language}", card.district.server.url);
    let page = Said::from(client().post(url)).await;
    let text = page.text();
    for wanted in [support, week, lesson] {
        assert!(text.contains(wanted), "{wanted}");
    }
    for banned in [
        "<script", "style=", "<style", "onclick", "http://", "https://",
    ] {
        assert!(!text.contains(banned), "{banned}");
    }
    // What waits for the teacher is open, and nothing else is.
    assert_eq!(text.matches("<details open").count(), 1);
    assert_eq!(
        text.matches("<details").count(),
        text.matches("</details>").count()
    );
    // The first screen is what it was: thanks and a reply stand before all of it.
    assert!(text.find("/reply?lang=").unwrap() < text.find("<details").unwrap());
    let at = text.find("/card.css?").unwrap();
    let style = &text[at..at + text[at..].find('"').unwrap()];
    let style = card.district.server.get(style).await;
    let whole = page.body.len() + style.body.len();
    assert!(whole < 30_000, "{whole}");
    // No id is there twice, and every label has its field.
    let ids: Vec<&str> = text
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    for named in text.split("aria-describedby=\"").skip(1) {
        for id in named.split('"').next().unwrap().split(' ') {
            assert!(ids.contains(&id), "{id}");
        }
    }
    assert_eq!(
        text.matches("<fieldset").count(),
        text.matches("<legend").count()
    );
}
