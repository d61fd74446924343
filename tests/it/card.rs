//! The light card, as a reader's browser meets it.

use crate::notice::until;
use crate::server::{Said, TestServer, client};
use crate::staff::{self, HEARD, NOTICED, OBSERVER_NAME, TEACHER};
use lookfor::domain::event::Body;
use lookfor::domain::hash::Sha256;
use lookfor::domain::id::EventId;
use rstest::rstest;
use rusqlite::params;
use std::collections::BTreeMap;

pub const FAR: i64 = 9_000_000_000_000;

/// A server with feedback, and a card for it whose secret is known.
pub struct Card {
    pub server: TestServer,
    pub feedback: EventId,
    pub secret: String,
}

impl Card {
    pub async fn made() -> Self {
        let server = TestServer::start().await;
        staff::hire(&server.stored(), "en");
        let feedback = staff::write_up(&server.url, &server.data, 1).await;
        let card = Self {
            server,
            feedback,
            secret: "5".repeat(64),
        };
        card.give(&card.secret, FAR);
        card
    }

    /// Makes another secret good for the card.
    pub fn give(&self, secret: &str, expires_utc_ms: i64) {
        let sql = "insert into secret (sha256, kind, person, feedback, made_at_utc_ms, expires_utc_ms) \
                   values (?1, 'card', ?2, ?3, 0, ?4)";
        let sum = Sha256::of(secret.as_bytes()).0;
        let (person, feedback) = (
            *staff::person(TEACHER).0.as_bytes(),
            *self.feedback.0.as_bytes(),
        );
        let row = params![sum, person, feedback, expires_utc_ms];
        self.server.stored().0.execute(sql, row).unwrap();
    }

    pub fn path(&self, step: &str) -> String {
        format!("/card/{}{step}", self.secret)
    }

    /// Posts a form.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Said {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = client()
            .post(format!("{}{path}", self.server.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body);
        Said::from(request).await
    }

    pub async fn open(&self) -> Said {
        self.post(&self.path(""), &[]).await
    }

    fn project(&self) {
        staff::project(&self.server.stored(), true);
    }

    /// How many events of each kind there are.
    fn kinds(&self) -> BTreeMap<String, usize> {
        let mut kinds = BTreeMap::new();
        for row in self.server.stored().rows() {
            *kinds.entry(row.kind).or_default() += 1;
        }
        kinds
    }

    fn count(&self, kind: &str) -> usize {
        self.kinds().get(kind).copied().unwrap_or_default()
    }
}

/// The key in a form of the page: of the one that goes to this step.
fn key(page: &Said, step: &str) -> String {
    let text = page.text();
    let form = text
        .find(&format!("/{step}?lang="))
        .expect("the form is there");
    let value = form + text[form..].find("value=\"").unwrap() + "value=\"".len();
    text[value..value + 36].to_owned()
}

fn is_a_careful_page(page: &Said) {
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(
        page.header("content-security-policy")
            .contains("form-action 'self'")
    );
    let text = page.text();
    for banned in [
        "<script", "style=", "<style", "onclick", "http://", "https://",
    ] {
        assert!(!text.contains(banned), "{banned}");
    }
}

#[tokio::test]
async fn the_link_shows_a_button_and_the_same_page_for_every_secret() {
    let card = Card::made().await;
    let right = card.server.get(&card.path("")).await;
    let wrong = card.server.get(&format!("/card/{}", "6".repeat(64))).await;
    let odd = card.server.get("/card/%3Cscript%3E").await;
    assert_eq!((right.status, wrong.status, odd.status), (200, 200, 200));
    assert_eq!((&right.body, &wrong.body), (&wrong.body, &odd.body));
    is_a_careful_page(&right);
    assert!(!right.text().contains("Quetzal") && right.text().contains("<button"));
    // Whoever only looks has opened nothing: not even the secret is marked.
    assert_eq!(card.count("feedback_opened"), 0);
    let used = "select count(used_at_utc_ms) from secret where kind = 'card'";
    let used: i64 = card
        .server
        .stored()
        .0
        .query_row(used, [], |row| row.get(0))
        .unwrap();
    assert_eq!(used, 0);
}

#[tokio::test]
async fn the_button_opens_the_card_and_that_is_recorded_once() {
    let card = Card::made().await;
    let page = card.open().await;
    assert_eq!(page.status, 200);
    is_a_careful_page(&page);
    let text = page.text();
    let noticed = NOTICED.replace('<', "&lt;").replace('>', "&gt;");
    for wanted in [
        noticed.as_str(),
        HEARD,
        "A visit about “Three reads”",
        "Tuesday, November 24, 10:46",
        "Each read has a purpose, said aloud or shown",
        "<dd>Partly</dd>",
        OBSERVER_NAME,
        "never an evaluation",
        "erased after 365 days",
        "This link works until",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert!(!text.contains("<b>Quetzal"));

    card.open().await;
    card.give(&"7".repeat(64), FAR);
    card.post(&format!("/card/{}", "7".repeat(64)), &[]).await;
    card.project();
    card.open().await;
    assert_eq!(card.count("feedback_opened"), 1);
    let rows = card.server.stored().rows();
    let opened = rows
        .iter()
        .find(|row| row.kind == "feedback_opened")
        .unwrap();
    let body: Body = serde_json::from_slice(&opened.body).unwrap();
    assert_eq!(body.author, staff::person(TEACHER));
}

#[tokio::test]
async fn what_was_opened_in_the_app_is_not_recorded_again() {
    let card = Card::made().await;
    // Else it may be made anew, without what is written into it here.
    until("all is projected", || {
        let waits = "select (select count(*) from to_project) + (select count(*) from to_refresh)";
        let stored = card.server.stored().0;
        let waiting: i64 = stored.query_row(waits, [], |row| row.get(0)).unwrap();
        (waiting == 0).then_some(())
    })
    .await;
    let opened = "update document set body = json_set(body, '$.body.opened', \
                  json_extract(body, '$.body.at')) where kind = 'feedback'";
    card.server.stored().0.execute(opened, []).unwrap();
    assert_eq!(card.open().await.status, 200);
    assert_eq!(card.count("feedback_opened"), 0);
}

#[tokio::test]
async fn a_card_and_its_stylesheet_are_light() {
    let card = Card::made().await;
    let page = card.open().await;
    let text = page.text();
    let at = text.find("/card.css?").unwrap();
    let end = at + text[at..].find('"').unwrap();
    let style = card.server.get(&text[at..end]).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.header("cache-control").contains("immutable"));
    assert!(page.body.len() + style.body.len() < 30_000);
}

#[tokio::test]
async fn a_thank_you_is_recorded_once_however_often_it_is_posted() {
    let card = Card::made().await;
    let page = card.open().await;
    let key = key(&page, "thanks");
    for _ in 0..3 {
        let thanked = card.post(&card.path("/thanks"), &[("key", &key)]).await;
        assert_eq!(thanked.status, 200);
        assert!(thanked.text().contains("Your thank-you is kept."));
        assert!(thanked.text().contains("You said thank you."));
        card.project();
    }
    assert_eq!(card.count("feedback_answered"), 1);
    // Who has thanked is not asked to again.
    assert!(!card.open().await.text().contains("/thanks?"));
}

#[tokio::test]
async fn a_reply_is_recorded_once_and_a_changed_one_is_another() {
    let card = Card::made().await;
    let page = card.open().await;
    let key = key(&page, "reply");
    let reply = "They went back <i>together</i>.\r\nI asked & waited.";
    for _ in 0..3 {
        let said = card
            .post(&card.path("/reply"), &[("key", &key), ("reply", reply)])
            .await;
        assert_eq!(said.status, 200);
        let shown = "They went back &lt;i&gt;together&lt;/i&gt;.\nI asked &amp; waited.";
        assert_eq!(said.text().matches(shown).count(), 1);
        card.project();
    }
    assert_eq!(card.count("feedback_answered"), 1);
    // "Back", another sentence, and the button again.
    let other = [
        ("key", key.as_str()),
        ("reply", "And then they wrote it down."),
    ];
    let said = card.post(&card.path("/reply"), &other).await;
    assert!(said.text().contains("And then they wrote it down."));
    assert_eq!(card.count("feedback_answered"), 2);
    let words: Vec<String> = card
        .server
        .stored()
        .rows()
        .into_iter()
        .filter(|row| row.kind == "feedback_answered")
        .map(|row| String::from_utf8(row.words.unwrap()).unwrap())
        .collect();
    assert!(words[0].contains("I asked & waited.") && words[1].contains("wrote it down"));
}

#[rstest]
#[case::of_nothing("  \r\n ", "write a few words first", "")]
#[case::that_is_too_long(&"é".repeat(501), "the reply has 501 characters, and 500 fit", &"é".repeat(501))]
#[tokio::test]
async fn a_reply_is_not_taken_and_what_was_typed_stays(
    #[case] reply: &str,
    #[case] why: &str,
    #[case] kept: &str,
) {
    let card = Card::made().await;
    let key = key(&card.open().await, "reply");
    let said = card
        .post(&card.path("/reply"), &[("key", &key), ("reply", reply)])
        .await;
    assert_eq!(said.status, 400);
    assert!(said.text().contains(why) && said.text().contains(kept));
    assert_eq!(card.count("feedback_answered"), 0);
    let fits = "é".repeat(500);
    let said = card
        .post(&card.path("/reply"), &[("key", &key), ("reply", &fits)])
        .await;
    assert_eq!((said.status, card.count("feedback_answered")), (200, 1));
}

#[rstest]
#[case::none(&[("reply", "words")], 400)]
#[case::that_is_no_id(&[("key", "1"), ("reply", "words")], 400)]
#[case::that_is_no_id_of_ours(&[("key", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"), ("reply", "words")], 400)]
#[case::in_too_much(&[("key", "0"), ("reply", LONG)], 413)]
#[tokio::test]
async fn a_form_with_a_key(#[case] form: &[(&str, &str)], #[case] status: u16) {
    let card = Card::made().await;
    for step in ["/reply", "/thanks"] {
        let said = card.post(&card.path(step), form).await;
        assert_eq!(said.status, status);
        is_a_careful_page(&said);
    }
    assert_eq!(card.count("feedback_answered"), 0);
}

const LONG: &str = match str::from_utf8(&[b'x'; 17_000]) {
    Ok(text) => text,
    Err(_) => "",
};

#[rstest]
#[case::expired("update secret set expires_utc_ms = 5")]
#[case::revoked("update secret set revoked_at_utc_ms = 5")]
#[case::unknown("delete from secret")]
#[case::of_another_kind("update secret set kind = 'invitation', feedback = null")]
#[case::of_who_has_left("update person set left_at_utc_ms = 5")]
#[case::of_what_was_taken_away("update document set body = null")]
#[tokio::test]
async fn a_link_that_is_not_good_says_what_to_do(#[case] sql: &str) {
    let card = Card::made().await;
    card.server.stored().0.execute(sql, []).unwrap();
    let page = card.open().await;
    assert_eq!(page.status, 410);
    is_a_careful_page(&page);
    assert!(page.text().contains("open Lookfor where you are signed in"));
    assert!(!page.text().contains("Quetzal"));
    // Nobody's words are lost with it.
    let key = EventId::mint(1, [1; 10]).to_string();
    let form = [
        ("key", key.as_str()),
        ("reply", "Half an hour of <thought>"),
    ];
    let said = card.post(&card.path("/reply"), &form).await;
    assert_eq!(said.status, 410);
    assert!(said.text().contains("Half an hour of &lt;thought&gt;"));
    assert_eq!(card.kinds().len(), 2);
    // And the page in front of it is the one of every link.
    assert_eq!(card.server.get(&card.path("")).await.status, 200);
}

#[rstest]
#[case::another_site("cross-site", 403)]
#[case::a_neighbour("same-site", 403)]
#[case::the_card("same-origin", 200)]
#[case::the_reader("none", 200)]
#[tokio::test]
async fn only_the_card_itself_posts(#[case] from: &str, #[case] status: u16) {
    let card = Card::made().await;
    let url = format!("{}{}", card.server.url, card.path(""));
    let request = client().post(url).header("sec-fetch-site", from);
    let said = Said::from(request).await;
    assert_eq!(said.status, status);
    assert_eq!(card.count("feedback_opened"), usize::from(status == 200));
}

#[rstest]
#[case::of_the_person("es", "", None, "Una visita sobre «Tres lecturas»")]
#[case::that_was_asked_for("es", "?lang=en", Some("es"), "A visit about “Three reads”")]
#[case::of_the_other_link("en", "?lang=es", None, "Una visita sobre «Tres lecturas»")]
#[case::that_is_unknown("en", "?lang=<script>", None, "A visit about “Three reads”")]
#[tokio::test]
async fn a_card_is_in_the_language(
    #[case] of_the_person: &str,
    #[case] query: &str,
    #[case] browser: Option<&str>,
    #[case] heading: &str,
) {
    let card = Card::made().await;
    let sql = "update person set language = ?1";
    card.server
        .stored()
        .0
        .execute(sql, [of_the_person])
        .unwrap();
    let mut request = client().post(format!("{}{}{query}", card.server.url, card.path("")));
    if let Some(browser) = browser {
        request = request.header("accept-language", browser);
    }
    let page = Said::from(request).await;
    assert!(page.text().contains(heading));
    let (own, other) = match heading.starts_with('A') {
        true => ("<html lang=\"en\">", "lang=\"es\">Español"),
        false => ("<html lang=\"es\">", "lang=\"en\">English"),
    };
    assert!(page.text().contains(own) && page.text().contains(other));
}

#[tokio::test]
async fn erased_words_are_on_no_card() {
    let card = Card::made().await;
    card.server
        .stored()
        .0
        .execute("delete from words", [])
        .unwrap();
    card.project();
    let text = card.open().await.text();
    assert!(text.contains("These words were erased."));
    assert!(!text.contains("Quetzal") && !text.contains("Xylophone"));
}
